"""Costs that put first things first: all served, then few couriers, then little travel."""

from __future__ import annotations

from solver.problem import FOREVER_S, UNREACHABLE_S, IntMatrix, Window


def most_travel_s(durations_s: IntMatrix, *, tasks: int, couriers: int, shift: Window) -> int:
    """Return more than any plan travels, all couriers starting and ending at places.

    A plan has a leg to each task and one home for each courier, none of them over a way that does not exist; and no
    courier travels for longer than its shift.
    """
    longest_s = int(durations_s.max(where=durations_s < UNREACHABLE_S, initial=0))
    most_s = (tasks + couriers) * longest_s
    if shift.latest_s < FOREVER_S:
        most_s = min(most_s, couriers * (shift.latest_s - shift.earliest_s))
    return most_s + 1


def few_couriers_first(most_travel_s: int, couriers: int) -> tuple[int, int]:
    """Return a fixed cost that no saving of travel is worth, and a price that no plan that serves more costs."""
    return most_travel_s, most_travel_s * (couriers + 1)


__all__ = ["few_couriers_first", "most_travel_s"]
