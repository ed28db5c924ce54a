"""Which stores deliver to a destination: an index over service areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree

from geo.areas import Polygon, Radius
from geo.distance import EARTH_RADIUS_M, FloatArray, check_degrees, degrees_of, unit_vectors, vector_distance_m
from geo.errors import AreaError
from geo.point import Point

Area = Radius | Polygon

IntArray = npt.NDArray[np.int64]

_FEW = 8
"""So many stores of like radius need no tree: the distance to each of them costs less than a look into it."""

_PAIRS_AT_ONCE = 2**23
"""Destinations times stores looked up at once: bounds the memory beside the answer where everything is in reach."""


class Reach(NamedTuple):
    """The stores that deliver to one destination.

    Attributes
    ----------
    positions
        (k,) int64, ascending: places in the sequence of stores the index was built from.
    metres
        (k,) float64 great-circle metres from store to destination.
    """

    positions: IntArray
    metres: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ReachMany:
    """The stores that deliver to each of many destinations, as the rows of a sparse matrix (CSR).

    Attributes
    ----------
    offsets
        (n + 1,) int64: the stores of destination i stand at ``offsets[i]:offsets[i + 1]``.
    positions, metres
        As of `Reach`, one destination after the other.
    """

    offsets: IntArray
    positions: IntArray
    metres: FloatArray

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def of(self, destination: int) -> Reach:
        """Return the stores of one destination, by its position."""
        part = slice(self.offsets[destination], self.offsets[destination + 1])
        return Reach(self.positions[part], self.metres[part])


class _RadiusClass(NamedTuple):
    """Stores of like radii: a tree of their unit vectors, where they stand, and a chord not short of any radius."""

    tree: cKDTree
    positions: IntArray
    chord: float


class ServiceAreaIndex:
    """Finds the stores whose service area contains a destination; boundaries are inside.

    Radii: k-d trees of unit vectors (chords order as arcs do) yield candidates, one tree for each power of two of the
    radius, so that one huge radius does not spoil the rest; `geo.distance` then decides, so that the index and the
    distance agree to the last bit. Polygons: a tree of bounding boxes (STR) yields candidates, shapely decides.

    Parameters
    ----------
    points
        Where the stores stand.
    areas
        Their service areas, as many, in the same order.

    Raises
    ------
    AreaError
        If there are not as many areas as points.
    """

    def __init__(self, points: Sequence[Point], areas: Sequence[Area]) -> None:
        if len(points) != len(areas):
            raise AreaError(f"{len(points)} points and {len(areas)} areas: give each store one area")
        degrees = degrees_of(points)
        self._vectors = unit_vectors(*degrees)
        # What the great circle must not exceed; for polygons the shape alone decides.
        self._limits_m = np.array([area.metres if isinstance(area, Radius) else np.inf for area in areas])
        self._classes, self._always = self._radius_classes()
        self._shape_positions = np.flatnonzero(np.isinf(self._limits_m))
        shapes = [area.shape for area in areas if isinstance(area, Polygon)]
        self._shapes = np.empty(len(shapes), dtype=object)
        self._shapes[:] = shapes
        shapely.prepare(self._shapes)
        self._boxes = shapely.STRtree(self._shapes)

    def __len__(self) -> int:
        return len(self._limits_m)

    def within_reach(self, point: Point) -> Reach:
        """Return the stores that deliver to one destination."""
        vector = unit_vectors([point.lat], [point.lon])
        found = [self._always] if len(self._always) else []
        for tree, stores, chord in self._classes:
            near = tree.query_ball_point(vector[:, 0], chord)
            if near:
                found.append(stores[near])
        if len(self._shapes):
            found.append(self._shapes_at(point.lat, point.lon))
        if not found:
            return Reach(np.empty(0, dtype=np.int64), np.empty(0))
        positions = np.concatenate(found)  # a copy even of one, because it is sorted in place
        positions.sort()
        metres = vector_distance_m(self._vectors.take(positions, axis=1), vector)
        inside = metres <= self._limits_m[positions]
        return Reach(positions[inside], metres[inside])

    def within_reach_many(self, lats: npt.ArrayLike, lons: npt.ArrayLike) -> ReachMany:
        """Return the stores that deliver to each of many destinations.

        Parameters
        ----------
        lats, lons
            (n,) degrees of the destinations.

        Raises
        ------
        CoordinateError
            If the two differ in length, or a value is not finite or out of range.
        """
        lats, lons = check_degrees(lats, lons)
        step = max(1, _PAIRS_AT_ONCE // max(1, len(self)))
        parts = [
            self._chunk(lats[begin : begin + step], lons[begin : begin + step]) for begin in range(0, len(lats), step)
        ]
        offsets = np.zeros(len(lats) + 1, dtype=np.int64)
        if not parts:
            return ReachMany(offsets, np.empty(0, dtype=np.int64), np.empty(0))
        counts, positions, metres = (np.concatenate(column) for column in zip(*parts, strict=True))
        np.cumsum(counts, out=offsets[1:])
        return ReachMany(offsets, positions, metres)

    def _chunk(self, lats: FloatArray, lons: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Return stores per destination, and positions and metres of all, sorted by destination, then position."""
        vectors = unit_vectors(lats, lons)
        destinations = [np.repeat(np.arange(len(lats)), len(self._always))]
        positions = [np.tile(self._always, len(lats))]
        for radius_class in self._classes:
            # Both trees are walked at once, and the pairs come as arrays: no Python object a pair.
            pairs = cKDTree(vectors.T).sparse_distance_matrix(
                radius_class.tree, radius_class.chord, output_type="ndarray"
            )
            destinations.append(pairs["i"])
            positions.append(radius_class.positions[pairs["j"]])
        if len(self._shapes):
            inside, shape = self._shapes_at_many(lats, lons)
            destinations.append(inside)
            positions.append(self._shape_positions[shape])
        keys = np.concatenate(destinations) * np.int64(len(self)) + np.concatenate(positions)
        keys.sort()
        destination, position = np.divmod(keys, np.int64(max(len(self), 1)))
        metres = vector_distance_m(self._vectors.take(position, axis=1), vectors.take(destination, axis=1))
        keep = metres <= self._limits_m[position]
        return np.bincount(destination[keep], minlength=len(lats)), position[keep], metres[keep]

    def _radius_classes(self) -> tuple[tuple[_RadiusClass, ...], IntArray]:
        """Return the classes of radii, and the stores of those too small to need a tree."""
        exponents = np.frexp(self._limits_m)[1]
        has_radius = np.isfinite(self._limits_m)
        classes, always = [], [np.empty(0, dtype=np.int64)]
        for exponent in np.unique(exponents[has_radius]):
            positions = np.flatnonzero(has_radius & (exponents == exponent))
            if len(positions) <= _FEW:
                always.append(positions)
                continue
            half_angle = min(float(self._limits_m[positions].max()) / EARTH_RADIUS_M, np.pi) / 2.0
            # A little more than the chord: rounding must not lose a store that the distance lets in.
            chord = 2.0 * np.sin(half_angle) * (1.0 + 1e-9) + 1e-9
            classes.append(_RadiusClass(cKDTree(self._vectors[:, positions].T), positions, float(chord)))
        return tuple(classes), np.concatenate(always)

    def _shapes_at(self, lat: float, lon: float) -> IntArray:
        near = self._boxes.query(shapely.Point(lon, lat))
        inside = near[shapely.intersects_xy(self._shapes[near], lon, lat)]
        if abs(lon) == 180.0:  # the same meridian has two names
            near = self._boxes.query(shapely.Point(-lon, lat))
            inside = np.union1d(inside, near[shapely.intersects_xy(self._shapes[near], -lon, lat)])
        return np.asarray(self._shape_positions[inside])

    def _shapes_at_many(self, lats: FloatArray, lons: FloatArray) -> tuple[IntArray, IntArray]:
        destination, shape = self._inside(lats, lons, np.arange(len(lats)))
        edge = np.flatnonzero(np.abs(lons) == 180.0)
        if len(edge):
            more_destinations, more_shapes = self._inside(lats[edge], -lons[edge], edge)
            pairs = np.concatenate(((destination, shape), (more_destinations, more_shapes)), axis=1)
            destination, shape = np.unique(pairs, axis=1)
        return destination, shape

    def _inside(self, lats: FloatArray, lons: FloatArray, names: IntArray) -> tuple[IntArray, IntArray]:
        near: Any = self._boxes.query(shapely.points(lons, lats))
        inside = shapely.intersects_xy(self._shapes[near[1]], lons[near[0]], lats[near[0]])
        return names[near[0][inside]], np.asarray(near[1][inside], dtype=np.int64)
