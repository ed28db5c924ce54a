from typing import Any

import pytest
import shapely

from geo.areas import MAX_RADIUS_M, Polygon, Radius
from geo.distance import between_m
from geo.errors import AreaError
from geo.point import Point

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]
ISLAND = [[10, 10], [11, 10], [11, 11], [10, 10]]
STORE = Point(0.0, 0.0)


def _inside(area: Polygon, lon: float, lat: float) -> bool:
    return area.covers(STORE, Point(lat, lon))


def test_radius_is_six_kilometres_unless_told() -> None:
    """The default of the service radius."""
    assert Radius() == Radius(6_000)


def _exactly_6000_m_north() -> Point:
    """Bisect latitudes until the distance from the store is 6,000.0 m to the last bit."""
    low, high = 0.05, 0.06
    while between_m(STORE, Point((low + high) / 2, 0.0)) != 6_000.0:
        middle = (low + high) / 2
        assert low < middle < high
        low, high = (middle, high) if between_m(STORE, Point(middle, 0.0)) < 6_000.0 else (low, middle)
    return Point((low + high) / 2, 0.0)


def test_exactly_the_radius_is_inside() -> None:
    """6,000 m is within 6,000 m; a micrometre more is not."""
    at = _exactly_6000_m_north()
    assert Radius(6_000).covers(STORE, at)
    assert not Radius(6_000).covers(STORE, Point(at.lat + 1e-11, 0.0))


@pytest.mark.parametrize("metres", [0, -1, float("nan"), float("inf"), MAX_RADIUS_M + 1, "6000", True, None])
def test_refuses_what_is_no_radius(metres: Any) -> None:
    """The value and what is allowed are named."""
    with pytest.raises(AreaError, match=r"radius = .*: give metres above 0"):
        Radius(metres)


def test_the_greatest_radius_is_the_whole_earth() -> None:
    """Even the antipode is inside."""
    assert Radius(MAX_RADIUS_M).covers(STORE, Point(0.0, 180.0))


def test_holes_are_outside_and_their_edge_is_inside() -> None:
    """Inside, in the hole, on both boundaries, and outside."""
    area = Polygon.from_coordinates([SQUARE, HOLE])
    assert _inside(area, 0.5, 0.5)
    assert not _inside(area, 2, 2)
    assert _inside(area, 1, 2)
    assert _inside(area, 4, 4)
    assert _inside(area, 0, 2)
    assert not _inside(area, 4.000001, 2)


def test_multipolygons_have_several_parts() -> None:
    """Each part counts; between them is outside."""
    area = Polygon.from_coordinates([[SQUARE, HOLE], [ISLAND]])
    assert _inside(area, 10.5, 10.1)
    assert _inside(area, 0.5, 0.5)
    assert not _inside(area, 7, 7)


def test_reads_geojson() -> None:
    """A geometry, or a feature that holds one; heights are left out; equal areas are equal values."""
    flat = Polygon.from_geojson({"type": "Polygon", "coordinates": [SQUARE]})
    high = Polygon.from_geojson({"type": "Polygon", "coordinates": [[[*place, 12.5] for place in SQUARE]]})
    feature = {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE], [ISLAND]]}}
    assert flat == high
    assert hash(flat) == hash(high)
    assert _inside(Polygon.from_geojson(feature), 10.5, 10.1)


def test_an_area_across_the_antimeridian_comes_in_two_parts() -> None:
    """180 and -180 are one meridian: the places on it are inside by either name."""
    east = [[179, 0], [180, 0], [180, 1], [179, 1], [179, 0]]
    west = [[-180, 0], [-179, 0], [-179, 1], [-180, 1], [-180, 0]]
    both = Polygon.from_coordinates([[east], [west]])
    assert all(_inside(both, lon, 0.5) for lon in (179.5, 180, -180, -179.5))
    only_east = Polygon.from_coordinates([east])
    assert _inside(only_east, -180, 0.5)
    assert not _inside(only_east, -179.9, 0.5)


@pytest.mark.parametrize(
    ("coordinates", "named"),
    [
        ([], "empty"),
        ([[]], "empty"),
        ([[[]]], "empty"),
        ([SQUARE[:-1]], r"from \(0.0, 0.0\) to \(0.0, 4.0\) is not closed"),
        ([[[0, 0], [1, 1], [0, 0]]], "ring of 3 positions"),
        ([[[0, 0], [4, 4], [4, 0], [0, 4], [0, 0]]], "Self-intersection"),
        ([HOLE, SQUARE], "no valid polygon"),
        ([SQUARE, [[10, 10], [11, 10], [11, 11], [10, 10]]], "no valid polygon"),
        ([[[0, 0], [0, 0], [0, 0], [0, 0]]], "no valid polygon"),
        ([[[0, 0], [181, 0], [4, 4], [0, 0]]], r"\[181, 0\] is not on earth: give lon -180 to 180, lat -90 to 90$"),
        ([[[60, 0], [60, 100], [4, 4], [60, 0]]], r"\[60, 100\] is not on earth.*positions are \[lon, lat\]"),
        ([[[0, 0], [float("nan"), 0], [4, 4], [0, 0]]], "not on earth"),
        ([[[0, 0], [10**400, 0], [4, 4], [0, 0]]], "not on earth"),
        ([[[0, 0], ["a", 0], [4, 4], [0, 0]]], "position .*'a'"),
        ([[[0, 0], [1], [4, 4], [0, 0]]], r"position \[1\]"),
        ([[[0, 0], [1, 2, 3, 4], [4, 4], [0, 0]]], r"position \[1, 2, 3, 4\]"),
        ([[[0, 0], [True, 2], [4, 4], [0, 0]]], r"position \[True, 2\]"),
        ([[[0, 0], "place", [4, 4], [0, 0]]], "position 'place'"),
        ([SQUARE, "hole" * 30], r"ring 'hole.*\.\.\."),
        ([[SQUARE], 7], "7: give a list of rings"),
        ([[SQUARE], []], "give a list of rings"),
        ([[[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]]], "spans more than 180 degrees: cut"),
        ([0, 0], "nested 1 deep"),
        ("somewhere", "empty"),
    ],
)
def test_refuses_what_is_no_polygon(coordinates: Any, named: str) -> None:
    """Unclosed, too short, crossing, off the earth, of no shape at all: each is named."""
    with pytest.raises(AreaError, match=named):
        Polygon.from_coordinates(coordinates)


@pytest.mark.parametrize(
    ("geometry", "named"),
    [
        ({"type": "Point", "coordinates": [0, 0]}, "type 'Point'"),
        ({}, "type None"),
        ({"type": "Polygon"}, "empty"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "Polygon", "coordinates": [[SQUARE]]}, "coordinates of a Polygon are nested 4 deep: give 3"),
        ({"type": "Feature", "geometry": None}, "type 'Feature'"),
    ],
)
def test_refuses_other_geojson(geometry: dict[str, Any], named: str) -> None:
    """Only polygons and multipolygons are areas."""
    with pytest.raises(AreaError, match=named):
        Polygon.from_geojson(geometry)


@pytest.mark.parametrize(
    ("shape", "named"),
    [
        (shapely.Point(0, 0), "type Point"),
        ("a polygon", "type str"),
        (shapely.Polygon(), "empty"),
        (shapely.box(-200, 0, 0, 10), r"\[-200\.0, 0\.0\] is not on earth|\[-200\.0, 10\.0\] is not on earth"),
        (shapely.Polygon([(0, 0), (4, 4), (4, 0), (0, 4)]), "Self-intersection"),
    ],
)
def test_refuses_shapes_that_are_no_area(shape: Any, named: str) -> None:
    """A geometry made elsewhere is checked just the same."""
    with pytest.raises(AreaError, match=named):
        Polygon(shape)
