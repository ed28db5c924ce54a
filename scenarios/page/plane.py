"""The map's flat ground: metres east and north of the middle of the day."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_DEGREE_M = math.radians(1.0) * 6_371_008.8
_MARGIN = 0.06
_LEAST_SPAN_M = 1_000.0

Place = tuple[int, int]
"""Whole metres east and north."""


@dataclass(frozen=True, slots=True)
class Plane:
    """An equirectangular plane that touches the earth at `lat`, `lon`: over a city, good to metres in a kilometre.

    Longitudes are counted the short way round, so that a city on the antimeridian stays in one piece.
    """

    lat: float
    lon: float

    def place(self, lat: float, lon: float) -> Place:
        """Return whole metres east and north of the plane's origin."""
        east = (lon - self.lon + 540.0) % 360.0 - 180.0
        return round(east * math.cos(math.radians(self.lat)) * _DEGREE_M), round((lat - self.lat) * _DEGREE_M)


def plane_of(places: Iterable[tuple[float, float]]) -> Plane:
    """Return the plane in the middle of (lat, lon) places: the median, so that one far off does not pull it away."""
    listed = list(places)
    if not listed:
        return Plane(0.0, 0.0)
    first = listed[0][1]
    lats = sorted(lat for lat, _ in listed)
    lons = sorted((lon - first + 540.0) % 360.0 - 180.0 for _, lon in listed)
    middle = len(listed) // 2
    return Plane(lats[middle], (first + lons[middle] + 540.0) % 360.0 - 180.0)


def view_of(always: Iterable[Place], mostly: Iterable[Place]) -> tuple[int, int, int, int]:
    """Return west, south, east and north of what the map shows first, with a margin.

    All of `always` (sites, couriers' starts) is in view; of `mostly` (customers) the middle 98 % each way, because a
    slip in one address should not shrink the city to a dot.
    """
    kept = list(always)
    many = list(mostly)
    spans: list[tuple[float, float]] = []
    for axis in (0, 1):
        values = [place[axis] for place in kept] + _middle([place[axis] for place in many])
        low, high = (min(values), max(values)) if values else (0.0, 0.0)
        centre, half = (low + high) / 2, max(high - low, _LEAST_SPAN_M) / 2 * (1 + 2 * _MARGIN)
        spans.append((centre - half, centre + half))
    (west, east), (south, north) = spans
    return round(west), round(south), round(east), round(north)


def _middle(values: list[int]) -> list[int]:
    values.sort()
    cut = len(values) // 100
    return values[cut : len(values) - cut]
