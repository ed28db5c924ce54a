"""How dearer plans a search accepts as it goes on: temperatures, in mean legs of the plan it starts from."""

from __future__ import annotations

HOT, COLD = 3.0, 0.03
"""From first to last."""

LITTLE_WORK = ((200, 0.3), (1_000, 1.0))
"""With fewer costs a request than this, a search begins no hotter than that: it has no time to cool down."""


def hottest(budget: int, requests: int) -> float:
    """Return the temperature to begin with, for a number of costs that a search may find."""
    for costs, hot in LITTLE_WORK:
        if budget < costs * requests:
            return hot
    return HOT


COOLING = 3
"""Costs of one cooling, times the number of requests to the power of three. With more work than that, a search warms up
and cools down again: for 30 requests, twenty such coolings found the best known plan twice as often as a long one."""

SHORTEST_COOLING = 10_000


def coolings(budget: int, requests: int) -> int:
    """Return how many times a search cools down that may find a number of costs."""
    return max(1, budget // max(SHORTEST_COOLING, COOLING * requests**3))


def heat(hot: float, part: float, times: int = 1) -> float:
    """Return the temperature after a part of the search that cools down from `hot` so many times."""
    return float(hot * (COLD / hot) ** (1.0 if part >= 1.0 else part * times % 1.0))
