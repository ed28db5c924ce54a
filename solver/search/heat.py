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


def heat(hot: float, part: float) -> float:
    """Return the temperature after a part of the search that began with `hot`."""
    return float(hot * (COLD / hot) ** min(1.0, part))
