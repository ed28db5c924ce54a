"""Streams: the same draw for the same seed, purpose and entity, whatever else happens."""

import subprocess
import sys

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.streams import stream, uniform

PINNED = [0.44000957616917424, 0.11935850205224441]
PINNED_UNIFORM = 0.5897951199586441
PINNED_INTEGER = 445569

SOME_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x1f"), max_size=20)


def test_known_draws_stay_as_they_are() -> None:
    """A change of these figures would change every published result."""
    assert stream(1, "pick", "O-1").random(2).tolist() == PINNED
    assert uniform(1, "pick", "O-1") == PINNED_UNIFORM
    assert stream(-5, "pick", "O-1").integers(1_000_000) == PINNED_INTEGER


def test_another_process_draws_the_same() -> None:
    """Python's salted hashes play no part."""
    code = "from scenarios.streams import stream, uniform; print(stream(7, 'a', 'b').random(), uniform(7, 'a', 'b'))"
    for salt in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": salt}, capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == [str(stream(7, "a", "b").random()), str(uniform(7, "a", "b"))]


@given(
    first=st.tuples(st.integers(), SOME_TEXT, SOME_TEXT),
    second=st.tuples(st.integers(), SOME_TEXT, SOME_TEXT),
)
@settings(deadline=None, max_examples=100)
def test_streams_differ_where_their_names_do(first: tuple[int, str, str], second: tuple[int, str, str]) -> None:
    """Equal names give equal draws, and any difference another stream."""
    same = stream(*first).random(4).tolist() == stream(*second).random(4).tolist()
    assert same == (first == second)
    assert (uniform(*first) == uniform(*second)) == (first == second)


def test_draws_are_spread_evenly() -> None:
    """Over many entities, first draws and uniforms fill every tenth of the range alike."""
    count = 5_000
    firsts = np.array([stream(3, "even", str(number)).random() for number in range(count)])
    hashed = np.array([uniform(3, "even", str(number)) for number in range(count)])
    for draws in (firsts, hashed):
        assert draws.min() >= 0.0
        assert draws.max() < 1.0
        tenths = np.histogram(draws, bins=10, range=(0.0, 1.0))[0]
        # Five standard deviations of a binomial count.
        assert np.abs(tenths - count / 10).max() < 5 * np.sqrt(count * 0.09)
    assert abs(np.corrcoef(firsts, hashed)[0, 1]) < 0.1


def test_a_stream_begins_anew_each_time() -> None:
    """Two streams of one name do not share their state."""
    one, two = stream(1, "x", "y"), stream(1, "x", "y")
    one.random(100)
    assert two.random() == stream(1, "x", "y").random()
