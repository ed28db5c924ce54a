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
                if len(nodes.first[number]) == 1:
                    model.VehicleVar(node).SetValue(request.courier)
                else:
                    model.VehicleVar(node).SetValues([-1, request.courier])
    for number, courier in enumerate(draft.problem.couriers):
        if courier.reloads:
            # Reloads may come between them.
            for position, ref in enumerate(courier.frozen):
                draft.tasks_done.CumulVar(nodes.of(ref)).SetValue(position)
            continue
        chain = [model.Start(number), *(nodes.of(ref) for ref in courier.frozen)]
        for before, after in pairwise(chain):
            model.NextVar(before).SetValue(after)
