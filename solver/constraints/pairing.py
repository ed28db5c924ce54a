"""The tasks of a request: one courier, all or none, every load before every unload."""

from __future__ import annotations

from solver.routing.draft import HORIZON_S, Draft


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
        # What is left out may have windows that contradict each other: then the rule must not hold.
        free_s = 0 if request.courier is not None else (1 - model.ActiveVar(nodes[0])) * (2 * HORIZON_S)
        for load in loads:
            done = clock.CumulVar(load) + draft.tasks[load].service_s
            for unload in unloads:
                solver.Add(done <= clock.CumulVar(unload) + free_s)
