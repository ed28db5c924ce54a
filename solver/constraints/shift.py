"""A route ends inside its courier's shift; one with a bound request may end later, at a price.

Couriers that may work overtime are the matter of `solver.constraints.overtime`.
"""

from __future__ import annotations

from solver.routing.draft import Draft


def add_shift(draft: Draft) -> None:
    """Restrict the end of every route on the first clock. The start is fixed by `solver.constraints.time`."""
    clock, model = draft.clocks[0], draft.model
    for number, courier in enumerate(draft.problem.couriers):
        if courier.overtime_s:
            continue
        end = model.End(number)
        if number in draft.bound_couriers:
            clock.SetCumulVarSoftUpperBound(end, courier.shift.latest_s, draft.problem.breach_cost_per_s)
        else:
            clock.CumulVar(end).SetMax(courier.shift.latest_s)
