"""Service areas: where a store delivers to. A boundary is always inside."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geo.distance import EARTH_RADIUS_M, between_m
from geo.errors import AreaError
from geo.point import Point

DEFAULT_RADIUS_M = 6_000.0

MAX_RADIUS_M = math.ceil(math.pi * EARTH_RADIUS_M)
"""A circle of this radius is the whole earth."""


@dataclass(frozen=True, slots=True)
class Radius:
    """A circle round the store's own point: all within `metres` great-circle metres, exactly `metres` included.

    Raises
    ------
    AreaError
        If `metres` is not a number above 0 and at most half the earth's circumference.
    """

    metres: float = DEFAULT_RADIUS_M

    def __post_init__(self) -> None:
        """Refuse what is no radius."""
        value = self.metres
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MAX_RADIUS_M:
            raise AreaError(f"radius = {value!r}: give metres above 0, at most {MAX_RADIUS_M}")

    def covers(self, store: Point, destination: Point) -> bool:
        """Tell whether a store at `store` delivers to `destination`."""
        return between_m(store, destination) <= self.metres


@dataclass(frozen=True, slots=True)
class Polygon:
    """A polygon or several, with or without holes, as a shapely geometry of longitudes (x) and latitudes (y).

    Edges are straight in longitude and latitude (RFC 7946, section 3.1.1). The edge of a hole is part of the boundary,
    and so inside. No edge may span more than 180 degrees of longitude: an area across the antimeridian is a
    multipolygon of one part on either side (RFC 7946, section 3.1.9); -180 and 180 are then the same meridian.

    Raises
    ------
    AreaError
        If the geometry is of another type, empty, not valid (rings that cross themselves or each other), out of range,
        or has an edge that spans more than 180 degrees.
    """

    shape: Any

    def __post_init__(self) -> None:
        """Refuse what is no area."""
        shape = self.shape
        if not isinstance(shape, shapely.Polygon | shapely.MultiPolygon):
            kind = getattr(shape, "geom_type", type(shape).__name__)
            raise AreaError(f"area of type {kind}: give a Polygon or a MultiPolygon")
        if shape.is_empty:
            raise AreaError("area is empty: give at least one ring of four positions")
        object.__setattr__(self, "shape", shapely.force_2d(shape))
        for part in shapely.get_parts(shape):
            for ring in (part.exterior, *part.interiors):
                _check_ring(shapely.get_coordinates(ring))
        if not shape.is_valid:
            raise AreaError(
                f"area is no valid polygon: {shapely.is_valid_reason(shape)} (lon lat); "
                "give rings that neither cross nor overlap, holes inside their polygon"
            )

    @classmethod
    def from_coordinates(cls, coordinates: Sequence[Any]) -> Polygon:
        """Build from GeoJSON coordinates, told apart by their depth.

        A polygon is a list of rings (first the outside, then its holes), a multipolygon a list of such lists. A ring
        is a list of [lon, lat], closed: the last position repeats the first. A third number, the height, is left out.

        Raises
        ------
        AreaError
            As for the class, and for a ring that is too short or not closed, or positions that are not numbers.
        """
        depth = _depth(coordinates)
        if depth == 3:
            return cls(_polygon(coordinates))
        if depth == 4:
            return cls(shapely.MultiPolygon([_polygon(rings) for rings in coordinates]))
        if depth == 0:
            raise AreaError("area is empty: give at least one ring of four positions")
        raise AreaError(
            f"coordinates are nested {depth} deep: give a list of rings of [lon, lat] (a polygon, 3 deep), "
            "or a list of such lists (a multipolygon, 4 deep)"
        )

    @classmethod
    def from_geojson(cls, geometry: Mapping[str, Any]) -> Polygon:
        """Build from a GeoJSON geometry of type Polygon or MultiPolygon, or a Feature that holds one.

        Raises
        ------
        AreaError
            As for `from_coordinates`, and for another type.
        """
        if geometry.get("type") == "Feature" and isinstance(geometry.get("geometry"), Mapping):
            geometry = geometry["geometry"]
        kind, depths = geometry.get("type"), {"Polygon": 3, "MultiPolygon": 4}
        if kind not in depths:
            raise AreaError(f"area of type {kind!r}: give a GeoJSON Polygon or MultiPolygon")
        coordinates = geometry.get("coordinates") or ()
        if coordinates and (depth := _depth(coordinates)) != depths[kind]:
            raise AreaError(f"coordinates of a {kind} are nested {depth} deep: give {depths[kind]} levels")
        return cls.from_coordinates(coordinates)

    def covers(self, store: Point, destination: Point) -> bool:  # noqa: ARG002 - as of any area
        """Tell whether `destination` is inside; where the store stands does not matter."""
        inside = bool(shapely.intersects_xy(self.shape, destination.lon, destination.lat))
        if not inside and abs(destination.lon) == 180.0:
            inside = bool(shapely.intersects_xy(self.shape, -destination.lon, destination.lat))
        return inside


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _depth(coordinates: object) -> int:
    """Return how deep lists are nested, along the first elements; 0 if there is nothing at the bottom."""
    depth = 0
    while _is_list(coordinates):
        if not coordinates:
            return 0
        depth, coordinates = depth + 1, coordinates[0]  # type: ignore[index]
    return depth


def _polygon(rings: Sequence[Any]) -> Any:
    if not _is_list(rings) or not rings:
        raise AreaError(f"{_short(rings)}: give a list of rings")
    outside, *holes = (_ring(ring) for ring in rings)
    return shapely.Polygon(outside, holes)


def _ring(ring: Any) -> list[tuple[float, float]]:
    if not _is_list(ring):
        raise AreaError(f"ring {_short(ring)}: give a list of [lon, lat]")
    positions = [_position(position) for position in ring]
    if len(positions) < 4:
        raise AreaError(f"ring of {len(positions)} positions: give at least 4, the last the same as the first")
    if positions[0] != positions[-1]:
        raise AreaError(
            f"ring from {positions[0]} to {positions[-1]} is not closed: repeat its first position at its end"
        )
    return positions


def _position(position: Any) -> tuple[float, float]:
    numbers = tuple(position) if _is_list(position) else ()
    if len(numbers) not in (2, 3) or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        raise AreaError(f"position {_short(position)}: give [lon, lat] in degrees")
    _check_position(numbers[0], numbers[1])
    return float(numbers[0]), float(numbers[1])


def _check_position(lon: float, lat: float) -> None:
    if not (abs(lon) <= 180.0 and abs(lat) <= 90.0):  # in this form NaN is refused too
        hint = " (positions are [lon, lat])" if abs(lon) <= 90.0 < abs(lat) <= 180.0 else ""
        raise AreaError(f"position [{lon}, {lat}] is not on earth: give lon -180 to 180, lat -90 to 90{hint}")


def _check_ring(positions: Any) -> None:
    """Check one ring, an (n, 2) array of lon, lat."""
    wrong = ~(np.abs(positions) <= (180.0, 90.0)).all(axis=1)
    if wrong.any():
        _check_position(*positions[int(np.argmax(wrong))].tolist())
    span = np.abs(np.diff(positions[:, 0])) > 180.0
    if span.any():
        at = int(np.argmax(span))
        raise AreaError(
            f"edge from lon {positions[at, 0]:g} to lon {positions[at + 1, 0]:g} spans more than 180 degrees: "
            "cut an area at the antimeridian into a multipolygon of one part on either side (RFC 7946, 3.1.9)"
        )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
