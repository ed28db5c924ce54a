"""The tasks of each way to serve a request: one courier, all or none, every load before every unload."""

from __future__ import annotations

from solver.routing.draft import Draft


def add_pairing(draft: Draft) -> None:
    """Tie the tasks of each way together.

    OR-Tools moves pairs as one: the last load and the first unload are told to it as a pair, further tasks follow by
    constraints alone. Pairs of requests with several ways are the matter of `solver.constraints.alternatives`.
    """
    model = draft.model
    solver = model.solver()
    for number in range(len(draft.problem.requests)):
        ways = draft.ways(number)
        for loads, unloads in ways:
            first, *others = (*loads, *unloads)
            if loads and unloads and len(ways) == 1:
                model.AddPickupAndDelivery(loads[-1], unloads[0])
            for node in others:
                solver.Add(model.VehicleVar(first) == model.VehicleVar(node))
            pairs = [(load, unload) for load in loads for unload in unloads]
            # Not by the clocks: to conclude from those that a load does not come after an unload, OR-Tools would move
            # both on, turn by turn, up to the horizon.
            if len(pairs) > 1:
                for load, unload in pairs:
                    solver.Add(draft.tasks_done.CumulVar(load) + 1 <= draft.tasks_done.CumulVar(unload))
