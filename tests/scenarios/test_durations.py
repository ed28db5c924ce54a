"""Durations: means as they say, bounds kept, and the most special one applies."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.errors import ModelError
from scenarios.durations import (
    MAX_S,
    Constant,
    Duration,
    Durations,
    DurationTable,
    Exponential,
    LogNormal,
    Sampled,
)

ANY = st.one_of(
    st.integers(0, MAX_S).map(Constant),
    st.builds(LogNormal, st.floats(0, MAX_S), st.floats(0, 5)),
    st.floats(0, MAX_S).map(Exponential),
    st.lists(st.integers(0, MAX_S), min_size=1, max_size=5).map(lambda values: Sampled(tuple(values))),
)


@given(duration=ANY, seed=st.integers(0, 1_000))
@settings(deadline=None, max_examples=100)
def test_draws_are_whole_seconds_within_a_day(duration: Duration, seed: int) -> None:
    """No draw is below zero or beyond a day, whatever the figures."""
    drawn = duration.draw(np.random.default_rng(seed))
    assert isinstance(drawn, int)
    assert 0 <= drawn <= MAX_S
    assert duration.mean_s >= 0.0


@pytest.mark.parametrize(
    "duration",
    [Constant(100), LogNormal(100.0, 0.5), Exponential(100.0), Sampled((50, 100, 150)), LogNormal(100.0, 0.0)],
)
def test_draws_have_the_mean_that_is_said(duration: Duration) -> None:
    """The mean of many draws is `mean_s`."""
    rng = np.random.default_rng(1)
    draws = [duration.draw(rng) for _ in range(20_000)]
    assert duration.mean_s == 100.0
    assert np.mean(draws) == pytest.approx(100.0, rel=0.03)


def test_a_lognormal_spreads_as_its_cv_says() -> None:
    """Standard deviation over mean of the draws is cv."""
    rng = np.random.default_rng(2)
    draws = [LogNormal(1_000.0, 0.4).draw(rng) for _ in range(20_000)]
    assert np.std(draws) / np.mean(draws) == pytest.approx(0.4, rel=0.05)
    assert LogNormal(0.0, 1.0).draw(rng) == 0


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Constant(-1), "seconds"),
        (lambda: Constant(True), "seconds"),
        (lambda: Constant(1.5), "seconds"),  # type: ignore[arg-type]
        (lambda: LogNormal(math.nan, 0.1), "mean_s"),
        (lambda: LogNormal(10.0, 6.0), "cv"),
        (lambda: Exponential(math.inf), "mean_s"),
        (lambda: Sampled(()), "values_s"),
        (lambda: Sampled((1, MAX_S + 1)), "values_s"),
        (lambda: DurationTable(default=Constant(1), by_hour={24: Constant(1)}), "hour"),
        (lambda: DurationTable(default=Constant(1), by_store_hour={("S1", -1): Constant(1)}), "hour"),
    ],
)
def test_senseless_figures_are_refused_by_name(make: object, field: str) -> None:
    """Each error names the field and what is allowed."""
    with pytest.raises(ModelError, match=f"duration.{field}"):
        make()  # type: ignore[operator]


def test_travel_may_not_spread_beyond_its_mean() -> None:
    """The spread of travel times is a share."""
    table = DurationTable(default=Constant(1))
    with pytest.raises(ModelError, match="travel_factor_cv"):
        Durations(pick=table, pick_per_unit=table, handover=table, door=table, travel_factor_cv=1.5)


def test_the_most_special_duration_applies() -> None:
    """Store and hour go before store, store before hour, hour before the rest."""
    table = DurationTable(
        default=Constant(1),
        by_hour={12: Constant(2)},
        by_store={"S1": Constant(3)},
        by_store_hour={("S1", 12): Constant(4)},
    )
    found = [table.of(store, hour).mean_s for store, hour in (("S1", 12), ("S1", 9), ("S2", 12), (None, 12), ("S2", 9))]
    assert found == [4, 3, 2, 2, 1]
