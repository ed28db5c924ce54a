"""How long goods are on board; too long on a courier that a request is bound to has a price."""

from __future__ import annotations

from solver.constraints.gaps import way_between
from solver.routing.draft import Draft


def add_time_on_board(draft: Draft) -> None:
    """Restrict the time from each load to each unload, or price what a bound request exceeds it by."""
    solver, clock = draft.model.solver(), draft.clocks[0]
    for number, request in enumerate(draft.problem.requests):
        most_s = request.max_on_board_s
        if most_s is None:
            continue
        for loads, unloads in draft.ways(number):
            for unload in unloads:
                begins = draft.begins(unload)
                for load in loads:
                    departs = clock.CumulVar(load) + int(draft.services_s[load])
                    if request.courier is None:
                        free_s = draft.free_s(unload)
                        solver.Add(begins <= departs + most_s + free_s)
                        solver.Add(way_between(draft, load, unload) <= most_s + free_s)
                    else:
                        too_long_s = solver.Max(begins - departs - most_s, 0)
                        cost = too_long_s * draft.problem.breach_cost_per_s
                        draft.surcharges.setdefault(unload, []).append(cost)
