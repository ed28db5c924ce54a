"""Travel for many pairs at once gives what matrices give."""

import numpy as np
import pytest

from geo.barriers import River
from geo.errors import CoordinateError, ProfileError
from geo.great_circle import GreatCircleTravel
from geo.point import Point
from geo.profiles import Profile
from geo.travel import UNREACHABLE_S

BIKE = Profile("bike", speed_kmh=18.0, detour_factor=1.25)
FIRST = River(((25.0, 60.0), (25.0, 60.3)), (Point(60.28, 25.0), Point(60.05, 25.0)))
SECOND = River(((25.1, 60.0), (25.1, 60.3)), (Point(60.2, 25.1),))
UNBRIDGED = River(((25.05, 60.0), (25.05, 60.3)))


@pytest.mark.parametrize("rivers", [(), (FIRST,), (FIRST, SECOND), (UNBRIDGED,)])
def test_pairs_have_the_figures_of_a_matrix(rivers: tuple[River, ...]) -> None:
    """Without a river, over one, over two, and where there is no way; more pairs than are worked on at once."""
    travel = GreatCircleTravel((BIKE,), "Europe/Helsinki", rivers)
    rng = np.random.default_rng(5)
    places = rng.uniform((60.0, 24.8), (60.3, 25.2), (150, 2))
    matrix = travel.matrix_of(places, places, profile="bike", depart_s=0)
    origins, destinations = rng.integers(150, size=(2, 20_000))
    pairs = travel.pairs_of(places[origins], places[destinations], profile="bike", depart_s=0)
    assert pairs.durations_s.dtype == pairs.distances_m.dtype == np.int32
    assert np.array_equal(pairs.durations_s, matrix.durations_s[origins, destinations])
    assert np.array_equal(pairs.distances_m, matrix.distances_m[origins, destinations])
    assert (pairs.durations_s.max() == UNREACHABLE_S) == (rivers == (UNBRIDGED,))


def test_no_pairs_and_wrong_ones() -> None:
    """No pair gives no figures; what is off the earth, or an unknown profile, is refused."""
    travel = GreatCircleTravel((BIKE,), "Europe/Helsinki")
    assert travel.pairs_of([], [], profile="bike", depart_s=0).durations_s.shape == (0,)
    with pytest.raises(CoordinateError):
        travel.pairs_of([(91.0, 0.0)], [(0.0, 0.0)], profile="bike", depart_s=0)
    with pytest.raises(ProfileError, match="bike"):
        travel.pairs_of([(0.0, 0.0)], [(0.0, 0.0)], profile="bik", depart_s=0)
