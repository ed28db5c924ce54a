"""What each courier did when: driving, waiting, loading, dropping off, nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scenarios.report.rows import StopRow

DRIVE, WAIT, LOAD, DROP, RETURN = range(5)
"""What a segment is; the page knows them by these numbers. Idle is what is left of the time on duty."""

NAMES = ("Driving", "Waiting at a place", "Loading at a store", "Handing over at a door", "Returning goods")

_ACTIONS = {"load": LOAD, "drop": DROP, "return": RETURN}


class Segment(NamedTuple):
    """One stretch of a courier's time. `stop` is the index of its row in ``stops.csv``."""

    kind: int
    from_s: int
    until_s: int
    stop: int


def stops_by_courier(stops: Sequence[StopRow]) -> Mapping[str, tuple[int, ...]]:
    """Return the indices of each courier's rows, in the order of time."""
    rows: dict[str, list[int]] = {}
    for index, stop in enumerate(stops):
        rows.setdefault(stop.courier, []).append(index)
    return {courier: tuple(sorted(own, key=lambda row: stops[row].started_s)) for courier, own in rows.items()}


def segments_of(stops: Sequence[StopRow], rows: Sequence[int]) -> tuple[Segment, ...]:
    """Return one courier's segments in the order of time, without overlaps.

    A leg ends when its visit is reached; waiting comes right before a task, and setting up (what is left between
    arriving and starting) counts as part of the task.
    """
    segments: list[Segment] = []
    free_s = None
    for row in rows:
        stop = stops[row]
        kind = _ACTIONS.get(stop.action, DROP)
        set_off = stop.arrived_s - stop.travel_s if stop.set_off_s is None else stop.set_off_s
        if free_s is not None:
            set_off = max(set_off, free_s)
        _add(segments, DRIVE, set_off, stop.arrived_s, row)
        begin = stop.arrived_s if free_s is None else max(stop.arrived_s, free_s)
        wait_from = max(begin, stop.started_s - stop.wait_s)
        _add(segments, kind, begin, wait_from, row)
        _add(segments, WAIT, wait_from, stop.started_s, row)
        _add(segments, kind, max(begin, stop.started_s), stop.done_s, row)
        free_s = max(begin, stop.done_s)
    return tuple(segments)


def _add(segments: list[Segment], kind: int, from_s: int, until_s: int, row: int) -> None:
    if until_s > from_s:
        segments.append(Segment(kind, from_s, until_s, row))
