"""A request with alternatives is served in one of its ways, or left out at its price."""

from __future__ import annotations

from solver.routing.draft import Draft


def add_alternatives(draft: Draft) -> None:
    """Choose among the first tasks of each way; the others of a way follow its first (`solver.constraints.pairing`).

    OR-Tools moves a pair as one, and changes its alternatives: it is told the last loads and the first unloads of all
    ways as one pair.
    """
    model, nodes = draft.model, draft.nodes
    for number, request in enumerate(draft.problem.requests):
        firsts = list(nodes.first[number])
        if len(firsts) == 1:
            continue
        # Without a price, one of them must be.
        price = () if request.courier is not None else (request.price,)
        chosen = model.AddDisjunction(firsts, *price)
        apart = {node for node in nodes.of_request(number) if node not in firsts}
        ways = draft.ways(number)
        if all(loads and unloads for loads, unloads in ways):
            last_loads, first_unloads = [loads[-1] for loads, _ in ways], [unloads[0] for _, unloads in ways]
            if last_loads != firsts:
                chosen = model.AddDisjunction(last_loads, 0)
            model.AddPickupAndDeliverySets(chosen, model.AddDisjunction(first_unloads, 0))
            apart -= {*last_loads, *first_unloads}
        for node in sorted(apart):
            model.AddDisjunction([node], 0)
