"""Temperatures."""

import pytest

from solver.search.heat import COLD, HOT, heat, hottest


def test_temperatures():
    """From hot to cold; with little work it begins cooler."""
    assert heat(HOT, 0.0) == pytest.approx(HOT)
    assert heat(HOT, 1.0) == heat(HOT, 2.0) == pytest.approx(COLD)
    assert HOT > heat(HOT, 0.5) > COLD
    assert [hottest(budget, 10) for budget in (0, 1_999, 2_000, 9_999, 10_000)] == [0.3, 0.3, 1.0, 1.0, HOT]
