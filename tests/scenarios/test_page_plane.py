"""The plane of the map, and what of it is shown first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.distance import between_m
from geo.point import Point
from scenarios.page.plane import Plane, plane_of, view_of


@settings(deadline=None, max_examples=60)
@given(
    lat=st.floats(-60, 60),
    lon=st.floats(-180, 180),
    east=st.floats(-0.05, 0.05),
    north=st.floats(-0.05, 0.05),
)
def test_metres_of_a_city_are_true(lat: float, lon: float, east: float, north: float) -> None:
    """Within a city the plane's distances are those on earth to one in a hundred, also at the antimeridian."""
    there = Point(lat + north, (lon + east + 540) % 360 - 180)
    x, y = Plane(lat, lon).place(there.lat, there.lon)
    truth = between_m(Point(lat, lon), there)
    assert (x * x + y * y) ** 0.5 == pytest.approx(truth, rel=0.01, abs=1.5)


def test_north_is_up_and_east_to_the_right() -> None:
    """A degree of latitude is 111 km north, one of longitude at 60 degrees half of that east."""
    assert Plane(60.0, 25.0).place(61.0, 25.0) == (0, 111_195)
    assert Plane(60.0, 25.0).place(60.0, 26.0) == (55_598, 0)


def test_the_plane_lies_in_the_middle_of_most_places() -> None:
    """One place far off does not pull the plane away, and no place at all gives some plane."""
    places = [(48.0, 14.0), (48.1, 14.1), (48.2, 14.2), (0.0, 0.0), (48.1, 14.1)]
    assert plane_of(places).lat == pytest.approx(48.1)
    assert plane_of(places).lon == pytest.approx(14.1)
    assert plane_of([]) == Plane(0.0, 0.0)
    assert abs(plane_of([(0.0, 179.9), (0.0, -179.9), (0.0, 180.0)]).lon) == pytest.approx(180.0)


def test_the_view_holds_all_sites_and_most_doors() -> None:
    """Every site is in view, with a margin; one door in two hundred may be outside."""
    doors = [(x, 0) for x in range(0, 2000, 10)]
    doors[17] = (5_000_000, -5_000_000)
    west, south, east, north = view_of([(0, 0), (100, 3_000)], doors)
    assert west < 0 < 1_900 < east < 5_000
    assert south < 0 < 3_000 < north < 5_000


def test_the_view_of_one_place_or_none() -> None:
    """A single place, or none, is shown with a kilometre round it."""
    assert view_of([(500, 500)], []) == (-60, -60, 1_060, 1_060)
    assert view_of([], []) == (-560, -560, 560, 560)
