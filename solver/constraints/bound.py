"""What is on board, pinned or begun stays with its courier; frozen stops come first, in their order."""

from __future__ import annotations

from itertools import pairwise

from solver.routing.draft import Draft


def add_bound(draft: Draft) -> None:
    """Fix the courier of bound requests, and the first stops of couriers with frozen ones."""
    model, nodes = draft.model, draft.nodes
    for number, request in enumerate(draft.problem.requests):
        if request.courier is not None:
            for node in nodes.of_request(number):
                model.VehicleVar(node).SetValue(request.courier)
    for number, courier in enumerate(draft.problem.couriers):
        chain = [model.Start(number), *(nodes.of(ref) for ref in courier.frozen)]
        for before, after in pairwise(chain):
            model.NextVar(before).SetValue(after)
