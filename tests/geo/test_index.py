import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.areas import MAX_RADIUS_M, Polygon, Radius
from geo.distance import between_m
from geo.errors import AreaError, CoordinateError
from geo.index import Area, Reach, ServiceAreaIndex
from geo.point import Point

CENTRE = Point(60.17, 24.94)
HALF_DEGREES = st.integers(-20, 20).map(lambda halves: halves / 2)


def _near(lat: float, lon: float) -> st.SearchStrategy[Point]:
    """Places within some kilometres of one, some of them alike."""
    steps = st.integers(-40, 40)
    return st.builds(
        lambda up, aside: Point(min(max(lat + up * 0.002, -90.0), 90.0), (lon + aside * 0.002 + 180.0) % 360.0 - 180.0),
        steps,
        steps,
    )


PLACES = (
    _near(CENTRE.lat, CENTRE.lon)
    | _near(0.0, 180.0)
    | _near(90.0, 0.0)
    | st.builds(Point, HALF_DEGREES, HALF_DEGREES)
    | st.builds(Point, HALF_DEGREES, st.sampled_from([-180.0, 180.0]))
)


@st.composite
def _boxes(draw: st.DrawFn) -> Polygon:
    """Rectangles, some with a hole, some across the antimeridian, on the grid that some places lie on."""
    west, south = draw(st.integers(-8, 4)), draw(st.integers(-8, 4))
    wide, high = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    if draw(st.booleans()):
        west = draw(st.sampled_from([180 - wide, -180]))
    rings = [_box(west, south, west + wide, south + high)]
    if draw(st.booleans()):
        rings.append(_box(west + 0.5, south + 0.5, west + 1, south + 1.5))
    if draw(st.booleans()):
        return Polygon.from_coordinates([rings, [_box(24.9, 60.1, 25.0, 60.2)]])
    return Polygon.from_coordinates(rings)


def _box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


RADII = st.builds(Radius, st.sampled_from([1, 500, 6_000, 6_000.0, 20_000, 1_000_000, MAX_RADIUS_M]))


@st.composite
def _stores(draw: st.DrawFn) -> tuple[list[Point], list[Area], list[Point]]:
    """Stores and destinations; some radii end exactly at a destination, or one float before it."""
    points = draw(st.lists(PLACES, max_size=25))
    destinations = draw(st.lists(PLACES, min_size=1, max_size=8))
    areas: list[Area] = []
    for point in points:
        area: Area = draw(RADII | _boxes())
        metres = between_m(point, draw(st.sampled_from(destinations)))
        if metres > 0.0 and draw(st.booleans()):
            area = Radius(metres if draw(st.booleans()) else float(np.nextafter(metres, 0.0)))
        areas.append(area)
    # Each store nine times over: then there are enough of like radii for a tree.
    copies = draw(st.sampled_from([1, 9]))
    return points * copies, areas * copies, destinations


@settings(deadline=None, max_examples=150)
@given(_stores())
def test_finds_what_every_store_would_say(stores: tuple[list[Point], list[Area], list[Point]]) -> None:
    """One by one and all at once, the index answers as asking each area does, to the last bit."""
    points, areas, destinations = stores
    index = ServiceAreaIndex(points, areas)
    many = index.within_reach_many([p.lat for p in destinations], [p.lon for p in destinations])
    assert len(index) == len(points)
    assert len(many) == len(destinations)
    for number, destination in enumerate(destinations):
        expected = [i for i, area in enumerate(areas) if area.covers(points[i], destination)]
        for reach in (index.within_reach(destination), many.of(number)):
            assert reach.positions.tolist() == expected
            assert reach.metres.tolist() == [between_m(points[i], destination) for i in expected]


def test_many_destinations_come_in_order() -> None:
    """More destinations than are looked up at once: each row is what asking for it alone gives."""
    rng = np.random.default_rng(5)
    points = [Point(lat, lon) for lat, lon in rng.uniform((60.0, 24.5), (62.0, 28.5), (3_000, 2)).tolist()]
    areas: list[Area] = [Radius(6_000) for _ in points]
    areas[::100] = [Radius(200_000)] * 30
    areas[1::100] = [Polygon.from_coordinates([_box(25.0, 60.2, 27.0, 61.4)])] * 30
    areas[2::1000] = [Radius(1_000)] * 3
    index = ServiceAreaIndex(points, areas)
    lats, lons = rng.uniform(60.0, 62.0, 5_000), rng.uniform(24.5, 28.5, 5_000)
    many = index.within_reach_many(lats, lons)
    assert many.offsets[0] == 0
    assert many.offsets[-1] == len(many.positions) == len(many.metres)
    assert many.positions.dtype == many.offsets.dtype == np.int64
    for number in range(0, 5_000, 97):
        one = index.within_reach(Point(lats[number], lons[number]))
        assert many.of(number).positions.tolist() == one.positions.tolist()
        assert many.of(number).metres.tolist() == one.metres.tolist()


def _assert_empty(reach: Reach) -> None:
    assert reach.positions.tolist() == []
    assert reach.metres.tolist() == []
    assert reach.positions.dtype == np.int64


@pytest.mark.parametrize(
    "index",
    [
        ServiceAreaIndex([], []),
        ServiceAreaIndex([Point(0, 0)], [Radius()]),
        ServiceAreaIndex([Point(0, 0)], [Polygon.from_coordinates([_box(0, 0, 1, 1)])]),
    ],
    ids=["no stores", "radius", "polygon"],
)
def test_nothing_in_reach_is_no_error(index: ServiceAreaIndex) -> None:
    """No stores at all, or none near: empty answers of the right types, also for no destinations."""
    _assert_empty(index.within_reach(CENTRE))
    many = index.within_reach_many([CENTRE.lat] * 3, [CENTRE.lon] * 3)
    assert many.offsets.tolist() == [0, 0, 0, 0]
    _assert_empty(many.of(1))
    none = index.within_reach_many([], [])
    assert len(none) == 0
    assert none.offsets.tolist() == [0]


def test_each_store_has_one_area() -> None:
    """More points than areas is an error that counts both."""
    with pytest.raises(AreaError, match="2 points and 1 areas"):
        ServiceAreaIndex([CENTRE, CENTRE], [Radius()])


def test_refuses_destinations_off_the_earth() -> None:
    """The first such destination is named."""
    with pytest.raises(CoordinateError, match=r"lat\[1\] = nan"):
        ServiceAreaIndex([CENTRE], [Radius()]).within_reach_many([60.0, np.nan], [25.0, 25.0])
