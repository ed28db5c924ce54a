"""Limits of a route: tasks, seconds and metres of travel. Only a route of bound requests alone may exceed them."""

from __future__ import annotations

from typing import Any

from solver.routing.draft import HORIZON_S, Draft


def add_limits(draft: Draft) -> None:
    """Count tasks and travel where a courier has a limit, and keep to it."""
    couriers = draft.problem.couriers
    if any(courier.max_tasks is not None for courier in couriers):
        _keep(draft, draft.tasks_done, [courier.max_tasks for courier in couriers])
    if any(courier.max_travel_s is not None for courier in couriers):
        travel = _travelled(draft, "travel", 0)
        for node in range(draft.nodes.stops + draft.nodes.couriers):
            # What travel takes by the hour is more than the least that it ever takes.
            slack = travel.SlackVar(node)
            if node in draft.longer_s:
                draft.model.solver().Add(slack == draft.longer_s[node])
            else:
                slack.SetValue(0)
        _keep(draft, travel, [courier.max_travel_s for courier in couriers])
    if any(courier.max_distance_m is not None for courier in couriers):
        _keep(draft, _travelled(draft, "distance", 1), [courier.max_distance_m for courier in couriers])


def _travelled(draft: Draft, name: str, figure: int) -> Any:
    """Return a dimension that adds up the seconds or metres of legs."""
    model = draft.model
    evaluators = {
        profile: model.RegisterTransitMatrix(draft.legs[profile][figure].tolist()) for profile in draft.profiles
    }
    of_couriers = [evaluators[courier.profile] for courier in draft.problem.couriers]
    slack = HORIZON_S if draft.longer_s else 0
    model.AddDimensionWithVehicleTransits(of_couriers, slack, HORIZON_S, True, name)
    return model.GetDimensionOrDie(name)


def _keep(draft: Draft, dimension: Any, limits: list[int | None]) -> None:
    for courier, most in enumerate(limits):
        if most is not None:
            draft.add_unless_bound(courier, dimension.CumulVar(draft.nodes.end(courier)), most)
