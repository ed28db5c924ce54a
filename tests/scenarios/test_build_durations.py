"""Durations and what is believed of them, or faults that say where."""

from pathlib import Path

import pytest

from geo.point import Point
from scenarios.load import load
from tests.scenarios.corner_shop import START_S, corner, faults


def test_the_world_may_differ_from_what_is_believed(tmp_path: Path) -> None:
    """True speeds and detours, and estimates apart from durations."""
    estimates = "[estimates]\npick_factor=2\ndoor=33\n[durations]\npick={default=100, exceptions=["
    estimates += '{duration=50, hours=[9]}, {duration=30, stores=["S1"]}, {duration=20, stores=["S1"], hours=[9]}]}\n'
    true = [
        "profiles.bike.true_speed_kmh=7.5",
        "profiles.bike.true_detour_factor=2.6",
        f"profiles.bike.true_speed_factor_by_hour={[1.0] * 24}",
    ]
    day = load(corner(tmp_path, estimates), overrides=true)
    places = [Point(60.17, 24.94)], [Point(60.2, 24.94)]
    believed = day.believed.many_to_many(*places, profile="bike", depart_s=START_S)
    really = day.true_travel.many_to_many(*places, profile="bike", depart_s=START_S)
    assert abs(int(really.durations_s[0, 0]) - 4 * int(believed.durations_s[0, 0])) <= 4
    pick = day.estimates.pick
    assert (pick.default_s, pick.of("S1", 9), pick.of("S1", 10), pick.of("S2", 9)) == (200, 40, 60, 100)
    assert day.estimates.door.default_s == 33
    assert day.durations.door.default.mean_s == 90


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("[durations]\npick={default=1, exceptions=[{duration=2}]}\n", "exceptions[0]: is for no store and no hour"),
        (
            '[durations]\npick={default=1, exceptions=[{duration=2, stores=["S2"]}]}\n',
            "durations.pick.exceptions[0].stores: S2 is not known",
        ),
        (
            '[durations]\ndoor={default=1, exceptions=[{duration=2, stores=["S1"]}]}\n',
            "durations.door.exceptions[0].stores: a door belongs to no store",
        ),
    ],
)
def test_exceptions_of_nothing_known_are_named(tmp_path: Path, more: str, says: str) -> None:
    """An exception is for a store or an hour that there is."""
    assert says in faults(tmp_path, more)
