"""Limits and choices of a solve."""

import pytest

from solver.errors import ParameterError
from solver.params import ENGINES, SolveParams


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("limit", [{"time_limit_s": 0.001}, {"time_limit_s": 86_400}, {"work_limit": 0}])
def test_everything_within_bounds_is_taken(engine, limit):
    """Bounds themselves are inside."""
    assert SolveParams(seed=2**31 - 1, engine=engine, **limit).engine == engine


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "exactly one"),
        ({"time_limit_s": 1.0, "work_limit": 1}, "exactly one"),
        ({"time_limit_s": 0}, "time_limit_s = 0"),
        ({"time_limit_s": 86_401}, "time_limit_s = 86401"),
        ({"time_limit_s": float("nan")}, "time_limit_s = nan"),
        ({"work_limit": -1}, "work_limit = -1"),
        ({"work_limit": 2**31}, "work_limit = 2147483648"),
        ({"work_limit": 0, "seed": -1}, "seed = -1"),
        ({"work_limit": 0, "seed": 2**31}, "seed = 2147483648"),
        ({"work_limit": 0, "engine": "ortool"}, "give one of auto, insertion, ortools, search"),
        ({"work_limit": 0, "threads": 0}, "threads = 0: give 1 to 64"),
        ({"work_limit": 0, "threads": 65}, "threads = 65"),
    ],
)
def test_each_bound_is_kept(given, words):
    """The error says which one, and what is allowed."""
    with pytest.raises(ParameterError, match=words):
        SolveParams(**given)
