"""The tasks of a request: one courier, all or none, every load before every unload."""

from __future__ import annotations

from solver.routing.draft import Draft


def add_pairing(draft: Draft) -> None:
    """Tie the tasks of each request together.

    OR-Tools moves pairs as one: the last load and the first unload of a request are told to it as a pair, further tasks
    follow by constraints alone.
    """
    model, clock = draft.model, draft.clocks[0]
    solver = model.solver()
    for number, request in enumerate(draft.problem.requests):
        nodes = draft.nodes.of_request(number)
        loads, unloads = nodes[: len(request.loads)], nodes[len(request.loads) :]
        if loads and unloads:
            model.AddPickupAndDelivery(loads[-1], unloads[0])
        for node in nodes[1:]:
            solver.Add(model.VehicleVar(nodes[0]) == model.VehicleVar(node))
        for load in loads:
            done = clock.CumulVar(load) + draft.tasks[load].service_s
            for unload in unloads:
                solver.Add(done <= clock.CumulVar(unload))
