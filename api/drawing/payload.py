"""What the page's script is given: the drawing as plain lists, in columns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from api.drawing.model import CourierLane, Drawing, DrawnStop, Ground, LeftOut, Place, Window

TONES = 8
"""Colours that are told apart by the colour-blind too; `drawing.css` has them as ``--tone-0`` and so on."""

DASHES = 3
"""Kinds of line, by which couriers of the same colour differ."""

_MARGIN = 0.06
_LEAST_SPAN = {Ground.MAP: 500.0, Ground.TRAVEL_TIMES: 60.0}


def payload_of(drawing: Drawing) -> dict[str, Any]:
    """Return what is embedded as JSON. Times count from ``base_s``, the first moment of any route."""
    stops = [stop for lane in drawing.lanes for stop in lane.stops]
    base_s = min((stop.arrive_s for stop in stops), default=0)
    until_s = max((stop.depart_s for stop in stops), default=base_s)
    told = [stop.place for stop in stops] + [item.place for item in drawing.left_out]
    places = [place for place in told if place is not None]
    tones = tones_of(drawing.lanes)
    return {
        "base_s": base_s + (drawing.epoch_s or 0),
        "unix": drawing.epoch_s is not None,
        "until_s": until_s - base_s,
        "ground": drawing.ground.value,
        "view": view_of(places, least=_LEAST_SPAN.get(drawing.ground, 0.0)),
        "couriers": {
            "id": [lane.label for lane in drawing.lanes],
            "profile": [lane.profile for lane in drawing.lanes],
            "tone": [tone % TONES for tone in tones],
            "dash": [tone // TONES % DASHES for tone in tones],
            "shift": [lane.shift and _window(lane.shift, base_s) for lane in drawing.lanes],
            "capacity": [lane.capacity for lane in drawing.lanes],
            "tasks": [lane.tasks for lane in drawing.lanes],
        },
        "stops": [_stops(lane.stops, base_s) for lane in drawing.lanes],
        "left": _left_out(drawing.left_out, base_s),
    }


def tones_of(lanes: Sequence[CourierLane]) -> list[int]:
    """Return a number for each courier, by the direction in which its stops lie.

    Neighbours on the map get numbers that follow each other, and so colours that differ.
    """
    middles = [_middle(stop.place for stop in lane.stops) for lane in lanes]
    centre = _middle(middles) or (0.0, 0.0)

    def direction(number: int) -> float:
        place = middles[number]
        return math.atan2(place[1] - centre[1], place[0] - centre[0]) if place else math.inf

    tones = [0] * len(lanes)
    for tone, number in enumerate(sorted(range(len(lanes)), key=lambda number: (direction(number), number))):
        tones[number] = tone
    return tones


def view_of(places: Sequence[Place], *, least: float) -> tuple[float, float, float, float]:
    """Return west, south, east and north of what the map shows first, with a margin; never less than `least` wide."""
    spans = []
    for axis in (0, 1):
        values = [place[axis] for place in places] or [0.0]
        low, high = min(values), max(values)
        half = max(high - low, least) / 2 * (1 + 2 * _MARGIN)
        spans.append([(low + high) / 2, half])
    # A line has a side of no length: it is given some, for a view needs both.
    most = max(half for _, half in spans) or 1.0
    (x, wide), (y, high) = ((centre, half or most) for centre, half in spans)
    return x - wide, y - high, x + wide, y + high


def _middle(places: Iterable[Place | None]) -> Place | None:
    known = [place for place in places if place is not None]
    if not known:
        return None
    return sum(x for x, _ in known) / len(known), sum(y for _, y in known) / len(known)


def _stops(stops: Sequence[DrawnStop], base_s: int) -> dict[str, Any]:
    return {
        "kind": [stop.kind.value for stop in stops],
        "label": [stop.label for stop in stops],
        "place": [stop.place for stop in stops],
        "arrive": [stop.arrive_s - base_s for stop in stops],
        "wait_s": [stop.wait_s for stop in stops],
        "setup_s": [stop.setup_s for stop in stops],
        "service_s": [stop.service_s for stop in stops],
        "travel_s": [stop.travel_s for stop in stops],
        "distance_m": [stop.distance_m for stop in stops],
        "late_s": [stop.late_s for stop in stops],
        "windows": [[_window(window, base_s) for window in stop.windows] for stop in stops],
        "load": [stop.load for stop in stops],
        "request": [stop.request for stop in stops],
        "priority": [stop.priority for stop in stops],
        "faults": [stop.faults for stop in stops],
    }


def _left_out(items: Sequence[LeftOut], base_s: int) -> dict[str, Any]:
    return {
        "kind": [item.kind.value for item in items],
        "label": [item.label for item in items],
        "place": [item.place for item in items],
        "windows": [[_window(window, base_s) for window in item.windows] for item in items],
        "priority": [item.priority for item in items],
        "reason": [item.reason for item in items],
        "detail": [item.detail for item in items],
    }


def _window(window: Window, base_s: int) -> list[int | None]:
    return [None if end is None else end - base_s for end in (window.earliest_s, window.latest_s)]
