"""Tasks of two requests that are so far apart in time, whoever does them."""

from __future__ import annotations

from typing import Any

from solver.constraints.facts import is_same
from solver.routing.draft import HORIZON_S, Draft


def add_gaps(draft: Draft) -> None:
    """Tie the times of both tasks together where the request of the second is served; that of the first then is too."""
    model = draft.model
    solver = model.solver()
    for gap in draft.problem.gaps:
        first, second = draft.nodes.of(gap.first), draft.nodes.of(gap.second)
        served = model.ActiveVar(second)
        solver.Add(served <= model.ActiveVar(first))
        free_s = (1 - served) * (2 * HORIZON_S)
        departs, begins = draft.clocks[0].CumulVar(first) + int(draft.services_s[first]), draft.begins(second)
        solver.Add(departs + gap.least_s <= begins + free_s)
        together = is_same(model.VehicleVar(first), model.VehicleVar(second))
        free_s = free_s + (1 - together) * (2 * HORIZON_S)
        way_s = way_between(draft, first, second)
        solver.Add(way_s + free_s >= 0)
        if gap.most_s is not None:
            solver.Add(begins <= departs + gap.most_s + (1 - served) * (2 * HORIZON_S))
            solver.Add(way_s <= gap.most_s + free_s)


def way_between(draft: Draft, first: int, second: int) -> Any:
    """Return how long it takes from the departure of one task to the start of a later one of the route, without waits.

    Nothing more follows from rules about it than from those about the times, but it follows at once: a start that waits
    for another, which comes later because of that wait, would be moved on and on, second by second.
    """
    way, clock = draft.under_way, draft.clocks[0]
    setup_s = clock.CumulVar(second) - draft.begins(second)
    return way.CumulVar(second) - setup_s - way.CumulVar(first) - int(draft.services_s[first])
