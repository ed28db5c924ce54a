import numpy as np
import numpy.typing as npt
import pytest
from geopy.distance import geodesic
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from geo.distance import (
    EARTH_RADIUS_M,
    between_m,
    check_degrees,
    great_circle_m,
    great_circle_matrix_m,
    unit_vectors,
)
from geo.errors import CoordinateError
from geo.point import Point

LATS = st.floats(-90.0, 90.0) | st.sampled_from([-90.0, -89.9999999, 0.0, 89.9999999, 90.0])
LONS = st.floats(-180.0, 180.0) | st.sampled_from([-180.0, -179.9999999, 0.0, 179.9999999, 180.0])
NUDGES = st.floats(-1e-3, 1e-3) | st.sampled_from([0.0, 1e-6, 1e-9, 1e-12])


def _within(lat: float, lon: float) -> tuple[float, float]:
    """Bring nudged degrees back on earth."""
    return min(max(lat, -90.0), 90.0), (lon + 180.0) % 360.0 - 180.0


def _assert_near_geodesic(lat1: float, lon1: float, lat2: float, lon2: float) -> None:
    expected_m = geodesic((lat1, lon1), (lat2, lon2)).meters
    # A micrometre: the oracle's own accuracy is some nanometres.
    assert float(great_circle_m(lat1, lon1, lat2, lon2)) == pytest.approx(expected_m, rel=0.006, abs=1e-6)


@settings(deadline=None, max_examples=300)
@given(LATS, LONS, LATS, LONS)
@example(0.0, 179.9, 0.0, -179.9)
@example(90.0, 0.0, -90.0, 0.0)
@example(90.0, 17.0, 90.0, -100.0)
def test_is_near_the_geodesic_anywhere(lat1: float, lon1: float, lat2: float, lon2: float) -> None:
    """The sphere is less than 0.6 % off the ellipsoid, wherever the two places are."""
    _assert_near_geodesic(lat1, lon1, lat2, lon2)


@settings(deadline=None, max_examples=300)
@given(LATS, LONS, NUDGES, NUDGES)
@example(0.0, 0.0, 1e-3, 0.0)
@example(89.9995, 0.0, 1e-3, 0.0)
@example(0.0, 180.0, 0.0, 1e-6)
def test_is_near_the_geodesic_close_by(lat: float, lon: float, up: float, aside: float) -> None:
    """Metres and micrometres apart, the error is no greater."""
    _assert_near_geodesic(lat, lon, *_within(lat + up, lon + aside))


@settings(deadline=None, max_examples=300)
@given(LATS, LONS, NUDGES, NUDGES)
@example(0.0, 0.0, 0.0, 0.0)
@example(30.0, 100.0, 1e-9, 0.0)
def test_is_near_the_geodesic_at_the_antipodes(lat: float, lon: float, up: float, aside: float) -> None:
    """Half the earth away, where the chord hardly changes, the error is no greater."""
    _assert_near_geodesic(lat, lon, *_within(-lat + up, lon + 180.0 + aside))


@settings(deadline=None, max_examples=200)
@given(LATS, LONS, st.floats(1e-9, 1e-3))
def test_is_exact_to_a_micrometre_near_the_antipode(lat: float, lon: float, off: float) -> None:
    """What lies `off` degrees from the antipode along a meridian is that much nearer than half the circumference."""
    assume(abs(lat) + off < 90.0)
    lat2, lon2 = _within(-lat + off, lon + 180.0)
    off_m = np.radians(lat2 + lat) * EARTH_RADIUS_M
    assert float(great_circle_m(lat, lon, lat2, lon2)) == pytest.approx(np.pi * EARTH_RADIUS_M - off_m, abs=1e-6, rel=0)


def _places(rng: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """Draw places near and far: half anywhere, half within a few kilometres."""
    anywhere = np.column_stack((rng.uniform(-90, 90, count), rng.uniform(-180, 180, count)))
    nearby = np.column_stack((rng.uniform(60.1, 60.2, count), rng.uniform(24.9, 25.0, count)))
    return np.where(rng.random((count, 1)) < 0.5, anywhere, nearby)


def test_a_pair_has_the_same_bits_in_any_company() -> None:
    """Alone, in a list and in a matrix, there and back: the same float."""
    rng = np.random.default_rng(1)
    origins, destinations = _places(rng, 37), _places(rng, 53)
    matrix = great_circle_matrix_m(origins, destinations)
    assert matrix.shape == (37, 53)
    assert np.array_equal(matrix, great_circle_matrix_m(destinations, origins).T)
    broadcast = great_circle_m(origins[:, 0, None], origins[:, 1, None], destinations[:, 0], destinations[:, 1])
    assert np.array_equal(matrix, broadcast)
    for i, j in zip(rng.integers(37, size=200), rng.integers(53, size=200), strict=True):
        assert between_m(Point(*origins[i]), Point(*destinations[j])) == matrix[i, j]


def test_broadcasts() -> None:
    """One place against many gives many; numbers give an array of no dimension."""
    lats = np.array([[60.0, 61.0, 62.0], [60.0, 0.0, -60.0]])
    lons = np.array([[25.0, 25.0, 25.0], [25.0, 25.0, -155.0]])
    metres = great_circle_m(60.0, 25.0, lats, lons)
    assert metres.shape == (2, 3)
    assert metres[0, 0] == metres[1, 0] == 0.0
    assert metres[0, 1] == pytest.approx(np.radians(1.0) * EARTH_RADIUS_M)
    assert metres[1, 2] == pytest.approx(np.pi * EARTH_RADIUS_M)
    assert great_circle_m(0.0, 0.0, 0.0, 90.0).shape == ()
    assert great_circle_m(lats, lons, lats[0], lons[0]).shape == (2, 3)
    assert great_circle_matrix_m([], [(1.0, 2.0)]).shape == (0, 1)


@settings(deadline=None, max_examples=200)
@given(LATS, LONS, LATS, LONS, LATS, LONS)
def test_the_direct_way_is_the_shortest(
    lat1: float, lon1: float, lat2: float, lon2: float, lat3: float, lon3: float
) -> None:
    """The triangle inequality holds, to rounding, and nothing is negative."""
    a, b, c = Point(lat1, lon1), Point(lat2, lon2), Point(lat3, lon3)
    assert 0.0 <= between_m(a, c) <= between_m(a, b) + between_m(b, c) + 1e-6
    assert between_m(a, a) == 0.0


def test_unit_vectors_are_of_length_one() -> None:
    """The components come first, whatever the shape of the places."""
    rng = np.random.default_rng(2)
    vectors = unit_vectors(rng.uniform(-90, 90, (4, 5)), rng.uniform(-180, 180, (4, 5)))
    assert vectors.shape == (3, 4, 5)
    assert np.allclose((vectors**2).sum(axis=0), 1.0, rtol=0, atol=1e-15)


@pytest.mark.parametrize(
    ("lats", "lons", "named"),
    [
        ([0.0, 90.5], [0.0, 0.0], r"lat\[1\] = 90\.5"),
        ([0.0, 0.0], [np.nan, 0.0], r"lon\[0\] = nan"),
        ([0.0], [-np.inf], r"lon\[0\] = -inf"),
        ([0.0, 1.0], [0.0], "equal length"),
        ([[0.0]], [[0.0]], "equal length"),
    ],
)
def test_refuses_degrees_off_the_earth(lats: npt.ArrayLike, lons: npt.ArrayLike, named: str) -> None:
    """The first wrong value is named by its position."""
    with pytest.raises(CoordinateError, match=named):
        check_degrees(lats, lons)
