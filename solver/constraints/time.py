"""Travel, set-up and service take time, from the start of the shift on."""

from __future__ import annotations

from itertools import count

from solver.routing.draft import HORIZON_S, Draft


def add_time(draft: Draft, *, clocks: int = 1) -> None:
    """Add `clocks` time dimensions to the model.

    They count from node to node: service, travel, and the set-up at the second node if it is at another place. Every
    courier sets off at the start of its shift; waiting is slack. A leg that may not be planned leads past the horizon.
    """
    model = draft.model
    arrival_s = draft.services_s[:, None] + draft.moved * draft.setups_s[None, :]
    evaluators = {}
    for profile in draft.profiles:
        step_s = draft.legs[profile][0] + arrival_s
        step_s[draft.no_way[profile]] = HORIZON_S + 1
        evaluators[profile] = model.RegisterTransitMatrix(step_s.tolist())
    draft.steps = [evaluators[courier.profile] for courier in draft.problem.couriers]
    for number, _ in zip(count(len(draft.clocks)), range(clocks)):
        name = f"clock {number}"
        model.AddDimensionWithVehicleTransits(draft.steps, draft.horizon_s, draft.horizon_s, False, name)
        clock = model.GetDimensionOrDie(name)
        draft.clocks.append(clock)
        for courier_number, courier in enumerate(draft.problem.couriers):
            clock.CumulVar(model.Start(courier_number)).SetValue(courier.shift.earliest_s)
