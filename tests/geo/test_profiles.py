from typing import Any

import pytest

from geo.errors import ProfileError
from geo.profiles import Profile


def test_speed_follows_the_hour() -> None:
    """The hour's factor multiplies the speed, which is turned into metres a second."""
    factors = [1.0] * 24
    factors[8] = 0.5
    profile = Profile("bike", speed_kmh=18, speed_factor_by_hour=factors)
    assert profile.speed_m_per_s(hour=7) == pytest.approx(5.0)
    assert profile.speed_m_per_s(hour=8) == pytest.approx(2.5)


def test_is_a_value() -> None:
    """Factors given as a list are kept as a tuple, so that equal profiles are equal and hash alike."""
    listed, tupled = (Profile("van", speed_kmh=30, speed_factor_by_hour=kind([1] * 24)) for kind in (list, tuple))
    assert listed == tupled
    assert hash(listed) == hash(tupled)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"name": " "}, "name = ' '"),
        ({"name": 7}, "name = 7"),
        ({"speed_kmh": 0}, "profile bike: speed_kmh = 0: give a number from 0.1 to 300"),
        ({"speed_kmh": float("nan")}, "speed_kmh = nan"),
        ({"speed_kmh": True}, "speed_kmh = True"),
        ({"speed_kmh": "15"}, "speed_kmh = '15'"),
        ({"speed_kmh": 10**400}, "speed_kmh = 1000"),
        ({"detour_factor": 0.99}, "detour_factor = 0.99: give a number from 1 to 10"),
        ({"detour_factor": float("inf")}, "detour_factor = inf"),
        ({"speed_factor_by_hour": (1.0,) * 23}, "give 24 numbers"),
        ({"speed_factor_by_hour": 1.0}, "give 24 numbers"),
        ({"speed_factor_by_hour": (1.0,) * 7 + (0,) + (1.0,) * 16}, r"speed_factor_by_hour\[7\] = 0"),
        ({"speed_factor_by_hour": "1" * 24}, r"speed_factor_by_hour\[0\] = '1'"),
    ],
)
def test_refuses_senseless_figures(changed: dict[str, Any], named: str) -> None:
    """The field at fault is named, with what is allowed."""
    with pytest.raises(ProfileError, match=named):
        Profile(**{"name": "bike", "speed_kmh": 15.0, **changed})
