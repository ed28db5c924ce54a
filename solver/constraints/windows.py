"""A task starts inside one of its windows; if bound, it may start after the last, at a price (`add_delay`)."""

from __future__ import annotations

from itertools import pairwise

from solver.problem import FOREVER_S
from solver.routing.draft import HORIZON_S, Draft


def add_windows(draft: Draft) -> None:
    """Restrict the start of every task: exactly on the first clock, by its earliest start on the others."""
    for node, task in enumerate(draft.tasks):
        windows = task.windows
        bound = draft.requests[node].courier is not None
        earliest_s, latest_s = windows[0].earliest_s, windows[-1].latest_s
        for clock in draft.clocks:
            clock.CumulVar(node).SetMin(earliest_s + draft.earliest_offset_s(node))
        if earliest_s == 0 and len(windows) == 1 and (bound or latest_s == FOREVER_S):
            continue
        start, offset_s = draft.begin(node)
        start.SetRange(earliest_s + offset_s, HORIZON_S if bound else latest_s + offset_s)
        for before, after in pairwise(windows):
            start.RemoveInterval(before.latest_s + 1 + offset_s, after.earliest_s - 1 + offset_s)
            for clock in draft.clocks[1:]:
                low_s = before.latest_s + 1 + int(draft.setups_s[node])
                clock.CumulVar(node).RemoveInterval(low_s, after.earliest_s - 1 + draft.earliest_offset_s(node))
