"""Rivers: what is near by air and far by road.

A river is a line that parts two banks. A way between places on different banks passes one of its bridges.

Which bank a place is on: the line's two ends are drawn on, each in the direction it ends in, to a circle `REACH_M`
beyond the river; the drawn-on line and one arc of that circle enclose the one bank, everything else is the other. For
places within the circle this is the same as asking whether a straight segment between them crosses the drawn-on line
an odd number of times, but it is found once per place and not once per pair. A line that ends where it begins (round
an island) parts inside from outside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.distance import EARTH_RADIUS_M, FloatArray, unit_vectors, vector_distance_m
from geo.errors import BarrierError, CoordinateError
from geo.point import Point

REACH_M = 100_000.0
"""How far beyond a river its two ends are drawn on. Farther off, everything lies on one bank."""

MAX_RIVERS = 62
"""Sides are kept as bits of an int64."""

_DEGREE_M = math.radians(1.0) * EARTH_RADIUS_M
_ARC_STEP_RAD = math.radians(3.0)

Sides = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class River:
    """A polyline that parts two banks, and the places where one gets across.

    Parameters
    ----------
    line
        Two or more (lon, lat) in degrees. Its ends should lie outside of where one drives. Where the first repeats as
        the last, with at least three different ones, the river goes round an island. A line may cross the
        antimeridian: every step goes the short way round.
    bridges
        Where one gets across, on any profile. None at all: there is no way to the other bank.

    Raises
    ------
    BarrierError
        If the line has fewer than two different places, a coordinate is out of range, or the line crosses itself or its
        drawn-on ends.
    """

    line: tuple[tuple[float, float], ...]
    bridges: tuple[Point, ...] = ()
    _bank: Any = field(init=False, repr=False, compare=False)
    _west: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find the bank, and refuse what parts nothing."""
        object.__setattr__(self, "line", tuple((lon, lat) for lon, lat in self.line))
        object.__setattr__(self, "bridges", tuple(self.bridges))
        for lon, lat in self.line:
            try:
                Point(lat, lon)
            except CoordinateError as error:
                raise BarrierError(f"river at [{lon!r}, {lat!r}]: {error}") from None
        degrees = np.array([place for place, _ in groupby(self.line)], dtype=np.float64)
        if len(degrees) < 2:
            raise BarrierError(f"river of {len(degrees)} places: give a line of at least two different (lon, lat)")
        # Longitudes are unwrapped, then counted from half a turn west of the middle, so that none of them jumps nearby.
        lons = np.unwrap(degrees[:, 0], period=360.0)
        west = float((lons.min() + lons.max()) / 2.0 - 180.0)
        plane = np.column_stack((lons - west, degrees[:, 1]))
        closed = self.line[0] == self.line[-1] and len(degrees) >= 4
        bank = shapely.Polygon(plane if closed else _draw_on(plane))
        if not bank.is_valid:
            raise BarrierError(
                f"river from {self.line[0]} to {self.line[-1]} crosses itself or its drawn-on ends: give a line "
                "without loops whose first and last steps lead out of the area served"
            )
        object.__setattr__(self, "_bank", bank)
        object.__setattr__(self, "_west", west)

    def prepare(self) -> None:
        """Make `side_of` fast. A copy that came from another process needs it anew."""
        shapely.prepare(self._bank)

    def side_of(self, lats: FloatArray, lons: FloatArray) -> npt.NDArray[np.bool_]:
        """Return which bank each place is on: True is the one enclosed; the line itself belongs to the other."""
        inside: npt.NDArray[np.bool_] = shapely.contains_xy(self._bank, np.mod(lons - self._west, 360.0), lats)
        return inside


def _draw_on(plane: FloatArray) -> FloatArray:
    """Return the ring that encloses one bank: the line, drawn on to a circle round it, and an arc of that circle."""
    middle = (plane.min(axis=0) + plane.max(axis=0)) / 2.0
    scale = _DEGREE_M * np.array((max(math.cos(math.radians(middle[1])), 0.01), 1.0))
    metres = (plane - middle) * scale
    radius = float(np.hypot(*metres.T).max()) + REACH_M
    first = _hit(metres[0], metres[0] - metres[1], radius)
    last = _hit(metres[-1], metres[-1] - metres[-2], radius)
    begin, end = math.atan2(last[1], last[0]), math.atan2(first[1], first[0])
    turn = (end - begin) % math.tau
    angles = begin + np.linspace(0.0, turn, max(2, math.ceil(turn / _ARC_STEP_RAD) + 1))[1:-1]
    arc = radius * np.column_stack((np.cos(angles), np.sin(angles)))
    ring: FloatArray = np.concatenate((first[None], metres, last[None], arc)) / scale + middle
    return ring


def _hit(start: FloatArray, direction: FloatArray, radius: float) -> FloatArray:
    """Return where a ray from inside a circle round the origin meets it."""
    unit = direction / np.hypot(*direction)
    along = float(start @ unit)
    reach = -along + math.sqrt(along * along + radius * radius - float(start @ start))
    met: FloatArray = start + reach * unit
    return met


class Crossings:
    """The ways across several rivers: what a provider of travel times asks.

    A way leads from bridge to bridge; between two of its places all rivers must be on the same side, but for the river
    that a bridge itself is of. The least way through the bridges is found once, here.
    """

    def __init__(self, rivers: Sequence[River]) -> None:
        if len(rivers) > MAX_RIVERS:
            raise BarrierError(f"{len(rivers)} rivers: give at most {MAX_RIVERS}")
        self.rivers = tuple(rivers)
        for river in self.rivers:
            river.prepare()
        bridges = [(number, bridge) for number, river in enumerate(rivers) for bridge in river.bridges]
        lats = np.array([bridge.lat for _, bridge in bridges], dtype=np.float64)
        lons = np.array([bridge.lon for _, bridge in bridges], dtype=np.float64)
        self._vectors = unit_vectors(lats, lons)
        self._sides = self.sides_of(lats, lons)
        # A bridge reaches both banks of its own river: that bit is not compared.
        self._compared = ~np.array([1 << number for number, _ in bridges], dtype=np.int64)
        self._between_m = self._bridge_to_bridge_m()

    def __reduce__(self) -> tuple[type[Crossings], tuple[tuple[River, ...]]]:
        return Crossings, (self.rivers,)

    def sides_of(self, lats: FloatArray, lons: FloatArray) -> Sides:
        """Return the banks of places as bits, one a river: places are apart where the numbers differ."""
        sides = np.zeros(len(lats), dtype=np.int64)
        for number, river in enumerate(self.rivers):
            sides |= river.side_of(lats, lons).astype(np.int64) << number
        return sides

    def to_bridges_m(self, vectors: FloatArray, sides: Sides) -> FloatArray:
        """Return (bridges, places) metres from places to bridges; infinite where another river lies between.

        Parameters
        ----------
        vectors
            (3, places) unit vectors.
        sides
            (places,), as by `sides_of`.
        """
        metres = vector_distance_m(self._vectors[:, :, None], vectors[:, None, :])
        if len(self.rivers) > 1:
            metres[((self._sides[:, None] ^ sides) & self._compared[:, None]) != 0] = np.inf
        return metres

    def across_m(self, out_m: FloatArray, back_m: FloatArray) -> FloatArray:
        """Return (origins, destinations) metres over the bridges, infinite where there is no way.

        Parameters
        ----------
        out_m, back_m
            (bridges, origins) and (bridges, destinations) metres, as by `to_bridges_m`.
        """
        best: FloatArray = (self._last_bridge_m(out_m)[:, :, None] + back_m[:, None, :]).min(axis=0, initial=np.inf)
        return best

    def across_pairs_m(self, out_m: FloatArray, back_m: FloatArray) -> FloatArray:
        """Return (pairs,) metres over the bridges, as `across_m` does for every origin and its own destination only."""
        best: FloatArray = (self._last_bridge_m(out_m) + back_m).min(axis=0, initial=np.inf)
        return best

    def _last_bridge_m(self, out_m: FloatArray) -> FloatArray:
        """Return metres to each bridge as the last: over one river the only one, over more reached by others too."""
        if len(self.rivers) == 1:
            return out_m
        return np.asarray((self._between_m[:, :, None] + out_m[:, None, :]).min(axis=0, initial=np.inf))

    def _bridge_to_bridge_m(self) -> FloatArray:
        """Return the least metres from bridge to bridge, through others if need be (Floyd and Warshall)."""
        metres = vector_distance_m(self._vectors[:, :, None], self._vectors[:, None, :])
        compared = self._compared[:, None] & self._compared
        metres[((self._sides[:, None] ^ self._sides) & compared) != 0] = np.inf
        for middle in range(len(metres)):
            np.minimum(metres, metres[:, middle, None] + metres[middle], out=metres)
        return metres
