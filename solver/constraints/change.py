"""What it costs to change the plan before: other couriers for requests, other orders of tasks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solver.problem import Courier
from solver.routing.draft import MOST_COST, Draft


def add_change(draft: Draft) -> None:
    """Add up the costs of change by a dimension: what it comes to at the end of a route is its cost.

    Giving a request to another courier is paid at the first task of its way; another order, on coming to a task.
    """
    couriers, model = draft.problem.couriers, draft.model
    if not any(r.previous is not None and r.move_cost for r in draft.problem.requests) and not any(
        courier.previous and courier.reorder_cost for courier in couriers
    ):
        return
    evaluators: dict[bytes, int] = {}
    of_couriers = []
    for number, courier in enumerate(couriers):
        moves = _moves(draft, number)
        if courier.previous and courier.reorder_cost and not courier.reloads:
            of_couriers.append(model.RegisterTransitMatrix((moves[:, None] + _reorders(draft, number)).tolist()))
            continue
        key = moves.tobytes()
        if key not in evaluators:
            evaluators[key] = model.RegisterUnaryTransitVector(moves.tolist())
        of_couriers.append(evaluators[key])
    model.AddDimensionWithVehicleTransits(of_couriers, 0, MOST_COST, True, "change")
    change = model.GetDimensionOrDie("change")
    for number, courier in enumerate(couriers):
        change.SetCumulVarSoftUpperBound(draft.nodes.end(number), 0, 1)
        if courier.previous and courier.reorder_cost and courier.reloads:
            _price_by_count(draft, number, courier)


def _moves(draft: Draft, courier: int) -> npt.NDArray[np.int64]:
    """Return what it costs, per node, that this courier has come there rather than the one before."""
    costs = np.zeros(len(draft.nodes.places), np.int64)
    for request, firsts in zip(draft.problem.requests, draft.nodes.first, strict=False):
        if request.previous not in (None, courier):
            costs[list(firsts)] = request.move_cost
    return costs


def _reorders(draft: Draft, courier: int) -> npt.NDArray[np.int64]:
    """Return what it costs, from node to node, to come to a task from another than before."""
    nodes, crew = draft.nodes, draft.problem.couriers[courier]
    costs = np.zeros((len(nodes.places), len(nodes.places)), np.int64)
    before = nodes.start(courier)
    for node in map(nodes.of, crew.previous):
        costs[:, node] = crew.reorder_cost
        costs[before, node] = 0
        before = node
    return costs


def _price_by_count(draft: Draft, number: int, courier: Courier) -> None:
    """Price another order where reloads may come between two tasks: which follow each other, their count tells."""
    model, nodes, done = draft.model, draft.nodes, draft.tasks_done
    before = None
    for node in map(nodes.of, courier.previous):
        own = model.VehicleVar(node) == number
        if before is None:
            follows = done.CumulVar(node) == 0
        else:
            together = model.VehicleVar(before) == number
            follows = together * (done.CumulVar(node) == done.CumulVar(before) + 1)
        draft.surcharges.setdefault(node, []).append(own * (1 - follows) * courier.reorder_cost)
        before = node
