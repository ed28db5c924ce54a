import math
import pickle
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.barriers import River
from geo.distance import between_m, great_circle_matrix_m
from geo.errors import CoordinateError, ProfileError, TimezoneError
from geo.great_circle import GreatCircleTravel
from geo.point import Point
from geo.profiles import Profile
from geo.travel import UNREACHABLE_S, TravelTimes

RUSH = tuple(0.5 if hour == 8 else 1.0 for hour in range(24))
BIKE = Profile("bike", speed_kmh=18.0, detour_factor=1.25)
VAN = Profile("van", speed_kmh=36.0, detour_factor=1.4, speed_factor_by_hour=RUSH)
LINE = ((25.0, 60.0), (25.0, 60.3))
BRIDGE = Point(60.28, 25.0)
HELSINKI = GreatCircleTravel((BIKE, VAN), "Europe/Helsinki")
RIVERSIDE = GreatCircleTravel((BIKE, VAN), "Europe/Helsinki", (River(LINE, (BRIDGE,)),))
NOON_S = int(datetime(2026, 1, 15, 12, tzinfo=UTC).timestamp())

POINTS = st.builds(Point, st.floats(60.0, 60.3), st.floats(24.8, 25.2)) | st.builds(
    Point, st.floats(-90, 90), st.floats(-180, 180)
)


def _one(travel: TravelTimes, a: Point, b: Point, profile: str = "bike", depart_s: int = NOON_S) -> tuple[int, int]:
    """Return seconds and metres of one way."""
    answer = travel.many_to_many([a], [b], profile=profile, depart_s=depart_s)
    assert answer.durations_s.dtype == answer.distances_m.dtype == np.int32
    assert answer.durations_s.shape == answer.distances_m.shape == (1, 1)
    return int(answer.durations_s[0, 0]), int(answer.distances_m[0, 0])


def test_follows_the_formula() -> None:
    """Great circle times detour; divided by the speed; both rounded up."""
    a, b = Point(60.1, 24.9), Point(60.2, 25.1)
    metres = between_m(a, b) * 1.25
    assert _one(HELSINKI, a, b) == (math.ceil(metres / 5.0), math.ceil(metres))


def test_speed_follows_the_local_hour() -> None:
    """Eight in the morning is at 06 UTC in Helsinki's winter and 05 UTC in its summer."""
    a, b = Point(60.1, 24.9), Point(60.2, 25.1)
    free_s, metres = _one(HELSINKI, a, b, "van")
    at = {
        (month, hour): _one(HELSINKI, a, b, "van", int(datetime(2026, month, 15, hour, 59, tzinfo=UTC).timestamp()))
        for month in (1, 7)
        for hour in (5, 6)
    }
    assert at[1, 5] == at[7, 6] == (free_s, metres)
    assert at[1, 6] == at[7, 5] == (math.ceil(between_m(a, b) * 1.4 / 5.0), metres)


def test_the_same_place_is_no_way_off() -> None:
    """Zero seconds and metres, also by another name of the antimeridian or of a pole."""
    for a, b in [
        (Point(60.1, 25.1), Point(60.1, 25.1)),
        (Point(10.0, 180.0), Point(10.0, -180.0)),
        (Point(90.0, 10.0), Point(90.0, -70.0)),
    ]:
        assert _one(RIVERSIDE, a, b) == (0, 0)


def test_across_the_water_is_far_by_road() -> None:
    """Two kilometres by air, and round by the bridge some forty."""
    west, east = Point(60.1, 24.98), Point(60.1, 25.02)
    by_air_s, by_air_m = _one(HELSINKI, west, east)
    by_road_s, by_road_m = _one(RIVERSIDE, west, east)
    assert by_air_m < 3_000
    assert by_road_m == math.ceil((between_m(west, BRIDGE) + between_m(BRIDGE, east)) * 1.25) > 40_000
    assert by_road_s > 14 * by_air_s
    assert _one(RIVERSIDE, west, Point(60.15, 24.98)) == _one(HELSINKI, west, Point(60.15, 24.98))


def test_without_a_bridge_the_other_bank_is_out_of_reach() -> None:
    """Said as `UNREACHABLE_S`, in seconds and in metres."""
    cut = GreatCircleTravel((BIKE,), "Europe/Helsinki", (River(LINE),))
    assert _one(cut, Point(60.1, 24.98), Point(60.1, 25.02)) == (UNREACHABLE_S, UNREACHABLE_S)
    assert _one(cut, Point(60.1, 24.98), Point(60.1, 24.99))[0] < UNREACHABLE_S


@settings(deadline=None, max_examples=100)
@given(st.lists(POINTS, min_size=3, max_size=6), st.sampled_from(["bike", "van"]))
def test_ways_are_sane(points: list[Point], profile: str) -> None:
    """Nothing is negative; there is as far as back; no detour by a third place is shorter, rounded figures included."""
    for travel in (HELSINKI, RIVERSIDE):
        answer = travel.many_to_many(points, points, profile=profile, depart_s=NOON_S)
        for figures in (answer.durations_s.astype(np.int64), answer.distances_m.astype(np.int64)):
            assert (figures >= 0).all()
            assert (np.diag(figures) == 0).all()
            assert np.array_equal(figures, figures.T)
            for middle in range(len(points)):
                assert (figures <= figures[:, middle, None] + figures[middle]).all()


def test_a_pair_has_the_same_figures_in_any_matrix() -> None:
    """Alone, in a matrix of more pairs than are worked on at once, from points and from arrays."""
    rng = np.random.default_rng(3)
    places = rng.uniform((60.0, 24.8), (60.3, 25.2), (150, 2))
    points = [Point(lat, lon) for lat, lon in places.tolist()]
    for travel in (HELSINKI, RIVERSIDE):
        large = travel.many_to_many(points, points[:140], profile="bike", depart_s=NOON_S)
        arrays = travel.matrix_of(places, places[:140], profile="bike", depart_s=NOON_S)
        assert large.durations_s.shape == (150, 140)
        assert np.array_equal(large.durations_s, arrays.durations_s)
        assert np.array_equal(large.distances_m, arrays.distances_m)
        for i, j in rng.integers(140, size=(40, 2)).tolist():
            assert _one(travel, points[i], points[j]) == (large.durations_s[i, j], large.distances_m[i, j])
    straight = np.ceil(great_circle_matrix_m(places, places[:140]) * 1.25 - 1e-6)
    direct = HELSINKI.matrix_of(places, places[:140], profile="bike", depart_s=NOON_S).distances_m
    assert np.array_equal(direct, straight)


@pytest.mark.parametrize(("origins", "destinations"), [(0, 0), (0, 3), (3, 0)])
def test_no_places_give_an_empty_matrix(origins: int, destinations: int) -> None:
    """Also where there is a river."""
    for travel in (HELSINKI, RIVERSIDE):
        points = [Point(60.1, 24.9), Point(60.1, 25.1), Point(60.2, 25.1)]
        answer = travel.many_to_many(points[:origins], points[:destinations], profile="van", depart_s=NOON_S)
        assert answer.durations_s.shape == answer.distances_m.shape == (origins, destinations)


def test_an_unknown_profile_names_the_nearest() -> None:
    """A slip of the keyboard is told the right name; a stranger is told all; without any there are none."""
    point = [Point(60.0, 25.0)]
    with pytest.raises(ProfileError, match=r"'bikes': did you mean 'bike'\? there are: bike, van"):
        HELSINKI.many_to_many(point, point, profile="bikes", depart_s=0)
    with pytest.raises(ProfileError, match="'zeppelin': there are: bike, van"):
        HELSINKI.matrix_of([(0, 0)], [(0, 0)], profile="zeppelin", depart_s=0)
    with pytest.raises(ProfileError, match="there are: none"):
        GreatCircleTravel((), "UTC").many_to_many(point, point, profile="bike", depart_s=0)


def test_two_profiles_of_one_name_are_refused() -> None:
    """Names tell profiles apart."""
    with pytest.raises(ProfileError, match="two profiles are called 'bike'"):
        GreatCircleTravel((BIKE, replace(BIKE, speed_kmh=20.0)), "UTC")


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Europe/Helsinky", "did you mean 'Europe/Helsinki'"), ("Europe", "IANA"), ("../etc", "IANA"), ("", "IANA")],
)
def test_an_unknown_time_zone_is_refused(name: str, hint: str) -> None:
    """Misspelt, a folder of zones, a path, nothing."""
    with pytest.raises(TimezoneError, match=hint):
        GreatCircleTravel((BIKE,), name)


def test_arrays_off_the_earth_are_refused() -> None:
    """Arrays are checked as points are."""
    with pytest.raises(CoordinateError, match=r"lon\[1\] = 200"):
        HELSINKI.matrix_of([(60.0, 25.0)], [(60.0, 200.0)], profile="bike", depart_s=0)


def test_the_version_names_the_settings() -> None:
    """Equal settings, in any order of profiles and kind of number, on any machine; another with each change."""
    assert HELSINKI.version == "great-circle-19cdaddd8d53deda"
    assert GreatCircleTravel((VAN, replace(BIKE, speed_kmh=18)), "Europe/Helsinki").version == HELSINKI.version
    river = River(LINE, (BRIDGE,))
    others = [
        GreatCircleTravel((BIKE,), "Europe/Helsinki"),
        GreatCircleTravel((BIKE, VAN), "Europe/Tallinn"),
        GreatCircleTravel((replace(BIKE, speed_kmh=18.5), VAN), "Europe/Helsinki"),
        GreatCircleTravel((replace(BIKE, detour_factor=1.3), VAN), "Europe/Helsinki"),
        GreatCircleTravel((replace(BIKE, speed_factor_by_hour=RUSH), VAN), "Europe/Helsinki"),
        GreatCircleTravel((replace(BIKE, name="cargo"), VAN), "Europe/Helsinki"),
        RIVERSIDE,
        GreatCircleTravel((BIKE, VAN), "Europe/Helsinki", (River(LINE),)),
        GreatCircleTravel((BIKE, VAN), "Europe/Helsinki", (river, River(((25.1, 60.0), (25.1, 60.3))))),
    ]
    assert len({HELSINKI.version, *(other.version for other in others)}) == len(others) + 1


def test_survives_a_change_of_process() -> None:
    """A pickled copy gives the same figures under the same version."""
    copy = pickle.loads(pickle.dumps(RIVERSIDE))
    a, b = Point(60.1, 24.98), Point(60.1, 25.02)
    assert copy.version == RIVERSIDE.version
    assert copy.profiles == (BIKE, VAN)
    assert _one(copy, a, b) == _one(RIVERSIDE, a, b)
