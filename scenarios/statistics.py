"""Means, percentiles and intervals, each with one definition for the whole project."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

CONFIDENCE = 0.95


def mean(values: Sequence[float]) -> float | None:
    """Return the arithmetic mean, None over nothing. The sum is exact, so the order of values does not matter."""
    return math.fsum(values) / len(values) if values else None


def percentile(values: Sequence[float], *, share: float) -> float | None:
    """Return the value below which `share` (0 to 1) of the values lie, None over nothing.

    Linear interpolation between the two closest ranks: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical
    Packages", The American Statistician 50 (1996), which is NumPy's default.
    """
    if not values:
        return None
    ranked = sorted(values)
    rank = share * (len(ranked) - 1)
    below = math.floor(rank)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (ranked[above] - ranked[below]) * (rank - below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean over days, and the 95 % interval of the true mean by Student's t. One day alone has no interval."""

    days: int
    mean: float | None
    low: float | None
    high: float | None

    @property
    def half_width(self) -> float | None:
        """Half the interval's width: what stands after the plus-minus."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2

    @property
    def decided(self) -> bool:
        """Tell whether the interval leaves zero out: as a difference, it has a sign."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of independent values with its 95 % interval.

    The interval is mean ± t(0.975, n - 1) · s / √n, with s the sample's standard deviation.
    """
    centre = mean(values)
    if centre is None or len(values) < 2:
        return Estimate(days=len(values), mean=centre, low=None, high=None)
    # Imported late: it takes a second, which a plain run would wait for nothing.
    from scipy.special import stdtrit

    variance = math.fsum((value - centre) ** 2 for value in values) / (len(values) - 1)
    reach = float(stdtrit(len(values) - 1, (1 + CONFIDENCE) / 2)) * math.sqrt(variance / len(values))
    return Estimate(days=len(values), mean=centre, low=centre - reach, high=centre + reach)


def paired(base: Sequence[float | None], variant: Sequence[float | None]) -> Estimate:
    """Return the mean difference, variant less base, day by day; days on which either has no value do not count."""
    pairs = zip(base, variant, strict=True)
    return estimate([after - before for before, after in pairs if before is not None and after is not None])
