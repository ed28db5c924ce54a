"""Which bridges couriers took: a leg between two banks is drawn over a bridge, not through the water."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from geo.barriers import River
from geo.errors import GeoError
from geo.point import Point
from scenarios.page.plane import Place, Plane
from scenarios.report.ground import positions


class Banks:
    """The rivers of ``scenario.json`` as what parts places; one that parts nothing is left out."""

    def __init__(self, scenario: Mapping[str, Any], plane: Plane) -> None:
        self._rivers: list[tuple[River, tuple[Place, ...]]] = []
        rivers = scenario.get("rivers")
        for river in rivers if isinstance(rivers, list) else ():
            if not isinstance(river, Mapping):
                continue
            line, bridges = positions(river.get("line")), positions(river.get("bridges"))
            try:
                parted = River(line=tuple(line), bridges=tuple(Point(lat, lon) for lon, lat in bridges))
            except GeoError:
                continue
            if bridges:
                parted.prepare()
                self._rivers.append((parted, tuple(plane.place(lat, lon) for lon, lat in bridges)))

    def sides_of(self, places: Sequence[tuple[float, float]]) -> list[tuple[bool, ...]]:
        """Return for each (lat, lon) on which bank of each river it is."""
        if not places or not self._rivers:
            return [()] * len(places)
        lats, lons = np.array(places, dtype=np.float64).T
        columns = [river.side_of(lats, lons).tolist() for river, _ in self._rivers]
        return list(zip(*columns, strict=True))

    def bridges_between(
        self, begin: Place, end: Place, begin_sides: Sequence[bool], end_sides: Sequence[bool]
    ) -> tuple[Place, ...]:
        """Return the bridges of a leg in the order of driving: of each river between, the one least out of the way."""
        crossed = [
            min(bridges, key=lambda bridge: math.dist(begin, bridge) + math.dist(bridge, end))
            for (_, bridges), one, other in zip(self._rivers, begin_sides, end_sides, strict=True)
            if one != other
        ]
        return tuple(sorted(crossed, key=lambda bridge: math.dist(begin, bridge)))
