"""A route may end so much later than its courier's shift, at a cost; one with a bound request later still."""

from __future__ import annotations

from solver.problem import Courier, Problem
from solver.routing.draft import Draft


def end_slopes(problem: Problem, courier: Courier, *, bound: bool) -> list[tuple[int, int]]:
    """Return from when on each further second of a route costs how much more, in ascending order.

    Parameters
    ----------
    bound
        Whether the courier has bound requests: after the overtime that is allowed, each second is a breach besides.
    """
    shift_s = courier.shift.latest_s
    kinks = [(shift_s, courier.overtime_cost_per_s)]
    if bound:
        kinks.append((shift_s + courier.overtime_s, problem.breach_cost_per_s))
    return [(after_s, per_s) for after_s, per_s in kinks if per_s]


def add_overtime(draft: Draft) -> None:
    """Restrict and price the ends of couriers that may work overtime: one kink on each clock."""
    for number, courier in enumerate(draft.problem.couriers):
        if not courier.overtime_s:
            continue
        end, bound = draft.nodes.end(number), number in draft.bound_couriers
        if not bound:
            draft.clocks[0].CumulVar(end).SetMax(courier.shift.latest_s + courier.overtime_s)
        for clock, (after_s, per_s) in zip(draft.clocks, end_slopes(draft.problem, courier, bound=bound), strict=False):
            clock.SetCumulVarSoftUpperBound(end, after_s, per_s)
