"""Estimated travel where a problem has coordinates alone."""

import pytest

from api.own_travel import MEANS, OwnTravel


def test_an_hour_by_any_means():
    """A minute of the equator's arc is 1,853.25 m on the sphere: 1.3 times that at 30, 15, 5 and 25 km/h."""
    places = [(0.0, 0.0), (1 / 60, 0.0)]
    travel = OwnTravel()
    found = {means: travel.matrix(means, places) for means in ("car", "bike", "foot", "scooter")}
    assert {means: matrix.durations_s[0, 1] for means, matrix in found.items()} == {
        "car": 290,
        "bike": 579,
        "foot": 1735,
        "scooter": 347,
    }
    assert {int(matrix.distances_m[1, 0]) for matrix in found.values()} == {2410}
    assert found["car"].durations_s.diagonal().tolist() == [0, 0]


def test_longitude_comes_first():
    """At 60 degrees north, a degree to the east is half of one to the north."""
    matrix = OwnTravel().matrix("car", [(0.0, 60.0), (1.0, 60.0), (0.0, 61.0)])
    assert matrix.distances_m[0, 1] == pytest.approx(matrix.distances_m[0, 2] / 2, rel=1e-3)


@pytest.mark.parametrize("name", MEANS)
def test_each_name_has_its_means(name):
    """Whatever the routing engine calls it."""
    travel = OwnTravel()
    assert name in travel.profiles
    assert travel.matrix(name, []).durations_s.shape == (0, 0)
    assert f"{name} at " in travel.note()


def test_nothing_asked_is_nothing_told():
    """No note."""
    assert OwnTravel().note() == ""
