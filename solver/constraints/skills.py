"""A courier has every skill that a request asks for, unless the request is bound to it."""

from __future__ import annotations

from solver.routing.draft import Draft


def add_skills(draft: Draft) -> None:
    """Restrict the couriers of requests that not every courier may serve."""
    couriers = draft.problem.couriers
    able: dict[frozenset[str], list[int]] = {}
    for number, request in enumerate(draft.problem.requests):
        if request.courier is not None or not request.skills:
            continue
        if request.skills not in able:
            able[request.skills] = [c for c, courier in enumerate(couriers) if request.skills <= courier.skills]
        if len(able[request.skills]) < len(couriers):
            for node in draft.nodes.of_request(number):
                draft.model.VehicleVar(node).SetValues([-1, *able[request.skills]])
