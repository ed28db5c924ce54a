"""Means, percentiles and intervals, against hand and against NumPy and SciPy."""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.statistics import estimate, mean, paired, percentile

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


def test_nothing_has_no_mean_and_no_percentile() -> None:
    """Over nothing, both are None."""
    assert mean([]) is None
    assert percentile([], share=0.5) is None


def test_percentile_interpolates_between_ranks() -> None:
    """The 90th of 0, 10, ..., 100 lies on a rank; of 1, 2, 3, 4 the median and the 90th lie between two."""
    assert percentile(range(0, 101, 10), share=0.9) == 90
    assert percentile([4, 1, 3, 2], share=0.5) == 2.5
    assert percentile([4, 1, 3, 2], share=0.9) == pytest.approx(3.7)
    assert percentile([7], share=0.99) == 7


@settings(deadline=None, max_examples=100)
@given(values=VALUES, share=st.floats(0, 1))
def test_percentile_is_numpys(values: list[float], share: float) -> None:
    """The definition is the one of `numpy.percentile`."""
    assert percentile(values, share=share) == pytest.approx(float(np.percentile(values, 100 * share)), abs=1e-6)


@settings(deadline=None, max_examples=50)
@given(values=st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40))
def test_interval_is_scipys(values: list[float]) -> None:
    """The interval is Student's t, as SciPy has it."""
    found = estimate(values)
    error = float(np.std(values, ddof=1)) / len(values) ** 0.5
    assert found.days == len(values)
    assert found.mean == pytest.approx(float(np.mean(values)), abs=1e-6)
    reach = scipy.stats.t.ppf(0.975, len(values) - 1) * error
    assert found.half_width == pytest.approx(float(reach), abs=1e-5, rel=1e-9)


def test_one_day_has_no_interval() -> None:
    """A single value has a mean and nothing else; none has not even that."""
    assert estimate([3.0]).mean == 3.0
    assert estimate([3.0]).half_width is None
    assert not estimate([3.0]).decided
    assert estimate([]).mean is None


def test_paired_differences_are_of_the_same_day() -> None:
    """Days on which either has no value are left out; a difference that never varies is decided."""
    found = paired([1.0, 5.0, None, 2.0], [2.0, 6.0, 9.0, None])
    assert (found.days, found.mean, found.low, found.high) == (2, 1.0, 1.0, 1.0)
    assert found.decided
    assert not paired([1.0, 2.0], [2.0, 1.0]).decided


def test_pairs_must_match() -> None:
    """As many days of one as of the other."""
    with pytest.raises(ValueError, match="zip"):
        paired([1.0], [1.0, 2.0])
