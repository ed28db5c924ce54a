import math

import pytest

from geo.errors import CoordinateError
from geo.point import Point


@pytest.mark.parametrize(("lat", "lon"), [(90, 180), (-90.0, -180.0), (0, 0)])
def test_keeps_what_is_on_earth(lat: float, lon: float) -> None:
    """Poles and both names of the antimeridian are places."""
    point = Point(lat, lon)
    assert (point.lat, point.lon) == (lat, lon)


@pytest.mark.parametrize("lat", [90.1, -91, math.nan, math.inf, 10**400, "60", None, True])
def test_refuses_what_is_no_latitude(lat: float) -> None:
    """What is out of range or no number is named."""
    with pytest.raises(CoordinateError, match=r"lat = .*-90 to 90"):
        Point(lat, 0.0)


def test_refuses_what_is_no_longitude() -> None:
    """Longitudes have a bound of their own."""
    with pytest.raises(CoordinateError, match=r"lon = 181.*-180 to 180"):
        Point(0.0, 181)
