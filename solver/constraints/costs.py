"""What couriers cost: a fixed sum if they have stops; travel by the second and the metre; service by the second."""

from __future__ import annotations

from solver.routing.draft import Draft


def add_costs(draft: Draft) -> None:
    """Price arcs and the use of couriers. Couriers of one profile and the same prices share a matrix."""
    model = draft.model
    evaluators: dict[tuple[int, int, int, int], int] = {}
    for number, courier in enumerate(draft.problem.couriers):
        kind = (courier.profile, courier.cost_per_s, courier.cost_per_m, courier.cost_per_service_s)
        if kind not in evaluators:
            seconds, metres = draft.legs[courier.profile]
            cost = courier.cost_per_s * seconds
            if courier.cost_per_m:
                cost += courier.cost_per_m * metres
            if courier.cost_per_service_s:
                cost += courier.cost_per_service_s * (draft.services_s + draft.moved * draft.setups_s)
            evaluators[kind] = model.RegisterTransitMatrix(cost.tolist())
        model.SetArcCostEvaluatorOfVehicle(evaluators[kind], number)
        if courier.fixed_cost:
            model.SetFixedCostOfVehicle(courier.fixed_cost, number)
