"""Requests that only one courier may serve together, and requests that none may. Bound ones are where they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from solver.routing.draft import Draft


def add_relations(draft: Draft) -> None:
    """Restrict the couriers of requests that are not bound, by each other and by those of bound ones."""
    for members in draft.problem.same_courier:
        _serve_by_one(draft, members)
    for members in draft.problem.never_together:
        _keep_apart(draft, members)


def _serve_by_one(draft: Draft, members: Sequence[int]) -> None:
    free, taken = _free_and_taken(draft, members)
    if taken:
        allowed = [-1, *taken] if len(taken) == 1 else [-1]
        for number in free:
            for first in draft.nodes.first[number]:
                draft.model.VehicleVar(first).SetValues(allowed)
        return
    # Known as soon as one of them is served.
    solver = draft.model.solver()
    one = solver.IntVar(0, len(draft.problem.couriers) - 1, "one courier")
    for number in free:
        courier = draft.courier_of(number)
        solver.Add((courier == -1) + (courier == one) >= 1)


def _keep_apart(draft: Draft, members: Sequence[int]) -> None:
    free, taken = _free_and_taken(draft, members)
    couriers: list[Any] = []
    for number in free:
        for first in draft.nodes.first[number]:
            draft.model.VehicleVar(first).RemoveValues(sorted(taken))
        couriers.append(draft.courier_of(number))
    if len(couriers) > 1:
        solver = draft.model.solver()
        solver.Add(solver.AllDifferentExcept(couriers, -1))


def _free_and_taken(draft: Draft, members: Sequence[int]) -> tuple[list[int], set[int]]:
    """Return the members that are not bound, and the couriers of those that are."""
    requests = draft.problem.requests
    free = [number for number in members if requests[number].courier is None]
    return free, {courier for number in members if (courier := requests[number].courier) is not None}
