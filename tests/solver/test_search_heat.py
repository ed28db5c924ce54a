"""Temperatures."""

import pytest

from solver.search.heat import COLD, HOT, coolings, heat, hottest


def test_temperatures():
    """From hot to cold; with little work it begins cooler."""
    assert heat(HOT, 0.0) == pytest.approx(HOT)
    assert heat(HOT, 1.0) == heat(HOT, 2.0) == pytest.approx(COLD)
    assert HOT > heat(HOT, 0.5) > COLD
    assert [hottest(budget, 10) for budget in (0, 1_999, 2_000, 9_999, 10_000)] == [0.3, 0.3, 1.0, 1.0, HOT]


def test_with_much_work_it_cools_down_again_and_again():
    """For 30 requests every 81,000 costs, for two every 10,000; warm again after each, and cold in the end."""
    assert [coolings(budget, 30) for budget in (0, 161_999, 162_000, 810_000)] == [1, 1, 2, 10]
    assert coolings(100_000, 2) == 10
    assert heat(HOT, 0.25, 2) == pytest.approx(heat(HOT, 0.5))
    assert heat(HOT, 0.5, 2) == pytest.approx(HOT)
    assert heat(HOT, 1.0, 2) == pytest.approx(COLD)
