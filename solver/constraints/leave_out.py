"""A request may be left out at its price, unless it is bound."""

from __future__ import annotations

from solver.routing.draft import Draft


def add_leave_out(draft: Draft) -> None:
    """Price leaving out: the first task carries the price, the others follow it (`solver.constraints.pairing`).

    Requests with alternatives are the matter of `solver.constraints.alternatives`.
    """
    for number, request in enumerate(draft.problem.requests):
        if request.courier is None and len(draft.nodes.first[number]) == 1:
            nodes = draft.nodes.of_request(number)
            draft.model.AddDisjunction([nodes[0]], request.price)
            for node in nodes[1:]:
                draft.model.AddDisjunction([node], 0)
