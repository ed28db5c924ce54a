"""What the constraints have gathered in a draft becomes part of its model."""

from __future__ import annotations

from solver.routing.draft import MOST_COST, Draft
from solver.routing.settle import Settle


def finish(draft: Draft) -> None:
    """Add what holds up couriers, what there is to pay besides, and what settles the times."""
    _hold_up(draft)
    _surcharge(draft)
    if draft.waits or draft.pauses_s or draft.arrivals:
        _follow_the_first_clock(draft)
    if draft.waits or draft.pauses_s or draft.arrivals or draft.surcharges:
        draft.settle = Settle(draft)
        draft.model.solver().AddConstraint(draft.settle)


def _hold_up(draft: Draft) -> None:
    """Have the first clock, and what is at least under way, wait for breaks; and the clock for what the hour costs."""
    solver, model, clock = draft.model.solver(), draft.model, draft.clocks[0]
    for node, pauses in draft.pauses_s.items():
        solver.Add(clock.SlackVar(node) >= solver.Sum(pauses))
    times = [clock.CumulVar(node) for node in range(len(draft.nodes.places))]
    for node, arrives in draft.arrivals.items():
        # Not by the slack: what follows from both ends of it is less than what follows from the times themselves.
        after, setups_s = model.NextVar(node), (draft.moved[node] * draft.setups_s).tolist()
        held_up_s = solver.Sum([solver.Element(setups_s, after), *draft.pauses_s.get(node, [])])
        solver.Add(solver.Element(times, after) >= arrives + held_up_s)
    if "under_way" in vars(draft) and draft.has_breaks:
        for node in range(draft.nodes.stops + draft.nodes.couriers):
            solver.Add(draft.under_way.SlackVar(node) == solver.Sum(draft.pauses_s.get(node, [])))


def _surcharge(draft: Draft) -> None:
    """Sum up surcharges by a dimension of their own: what it comes to at the end of a route is its cost."""
    if not draft.surcharges:
        return
    model, nodes = draft.model, draft.nodes
    solver = model.solver()
    nothing = model.RegisterUnaryTransitVector([0] * len(nodes.places))
    model.AddDimension(nothing, MOST_COST, MOST_COST, True, "surcharges")
    bill = model.GetDimensionOrDie("surcharges")
    for node in range(nodes.stops + nodes.couriers):
        costs = draft.surcharges.get(node)
        if costs is None:
            bill.SlackVar(node).SetValue(0)
        else:
            used = 1 if node < nodes.stops else model.ActiveVehicleVar(node - nodes.stops)
            solver.Add(bill.SlackVar(node) == solver.Sum(costs) * used)
    for courier in range(nodes.couriers):
        bill.SetCumulVarSoftUpperBound(nodes.end(courier), 0, 1)


def _follow_the_first_clock(draft: Draft) -> None:
    """Have no clock run ahead of the first, which alone knows why to wait."""
    ends = [draft.nodes.end(courier) for courier in range(draft.nodes.couriers)]
    for clock in draft.clocks[1:]:
        for node in (*draft.visits, *ends):
            draft.model.solver().Add(clock.CumulVar(node) >= draft.clocks[0].CumulVar(node))
