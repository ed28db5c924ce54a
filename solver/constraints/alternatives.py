"""A request with alternatives is served in one of its ways, or left out at its price."""

from __future__ import annotations

from solver.routing.draft import Draft


def add_alternatives(draft: Draft) -> None:
    """Choose among the first tasks of each way; the others of a way follow its first (`solver.constraints.pairing`)."""
    model, nodes = draft.model, draft.nodes
    for number, request in enumerate(draft.problem.requests):
        firsts = nodes.first[number]
        if len(firsts) == 1:
            continue
        if request.courier is None:
            model.AddDisjunction(firsts, request.price)
        else:
            model.AddDisjunction(firsts)  # without a price, one of them must be
        for node in nodes.of_request(number):
            if node not in firsts:
                model.AddDisjunction([node], 0)
