"""What is visited starts inside one of its windows; a bound task may start after the last, at a price (`add_delay`)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from solver.problem import FOREVER_S
from solver.routing.draft import HORIZON_S, Draft


def add_windows(draft: Draft) -> None:
    """Restrict the start of every task and reload: exactly on the first clock, by its earliest start on the others."""
    for node, visit in draft.visits.items():
        windows = visit.windows
        bound = node < len(draft.tasks) and draft.requests[node].courier is not None
        earliest_s, latest_s = windows[0].earliest_s, windows[-1].latest_s
        for clock in draft.clocks:
            clock.CumulVar(node).SetMin(earliest_s + draft.earliest_offset_s(node))
        if earliest_s == 0 and len(windows) == 1 and (bound or latest_s == FOREVER_S):
            continue
        start, offset_s = draft.begin(node)
        if not offset_s:
            # A variable of its own follows the start on the first clock: the others must not run ahead of that.
            for clock in draft.clocks[1:]:
                draft.model.solver().Add(clock.CumulVar(node) >= draft.clocks[0].CumulVar(node))
        start.SetRange(earliest_s + offset_s, HORIZON_S if bound else latest_s + offset_s)
        if len(windows) > 1:
            # Not by IntVar.RemoveInterval: that keeps a bit for every second up to the horizon.
            solver = draft.model.solver()
            opens_s, setup_s = draft.earliest_offset_s(node), int(draft.setups_s[node])
            gaps = [(before.latest_s + 1, after.earliest_s - 1) for before, after in pairwise(windows)]
            solver.Add(outside(solver, start, gaps, offset_s, offset_s))
            for clock in draft.clocks[1:]:
                solver.Add(outside(solver, clock.CumulVar(node), gaps, setup_s, opens_s))


def outside(solver: Any, variable: Any, gaps: list[tuple[int, int]], first_s: int = 0, last_s: int = 0) -> Any:
    """Return the constraint that a variable is in none of the gaps, their ends moved by `first_s` and `last_s`."""
    gaps = [(low + first_s, high + last_s) for low, high in gaps if low + first_s <= high + last_s]
    return solver.NotMemberCt(variable, [low for low, _ in gaps], [high for _, high in gaps])
