"""How long things take in the simulated world: distributions, and which applies where and when."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from dispatch.errors import ModelError

MAX_S = 86_400
"""The longest that anything may take; a longer draw is cut to it."""

_HOURS = range(24)


def _check(field: str, value: object, *, at_most: float, whole: bool = False) -> None:
    """Refuse what is no number from 0 to `at_most`."""
    number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
    if not (number and 0 <= value <= at_most):  # type: ignore[operator]
        raise ModelError(
            f"duration.{field}", f"{value!r}: give a {'whole ' if whole else ''}number from 0 to {at_most:g}"
        )


def _whole(seconds: float) -> int:
    return min(round(seconds), MAX_S)


class Duration(Protocol):
    """A distribution of seconds."""

    @property
    def mean_s(self) -> float:
        """The mean, which a planner may know."""
        ...

    def draw(self, rng: np.random.Generator) -> int:
        """Draw whole seconds, never below zero."""
        ...


@dataclass(frozen=True, slots=True)
class Constant:
    """Always the same."""

    seconds: int

    def __post_init__(self) -> None:
        """Check the bounds."""
        _check("seconds", self.seconds, at_most=MAX_S, whole=True)

    @property
    def mean_s(self) -> float:
        """Return the constant."""
        return float(self.seconds)

    def draw(self, rng: np.random.Generator) -> int:  # noqa: ARG002 - the protocol's form
        """Return the constant."""
        return self.seconds


@dataclass(frozen=True, slots=True)
class LogNormal:
    """Skewed to the right, as most handling times are; `cv` is standard deviation over mean."""

    mean: float
    cv: float

    def __post_init__(self) -> None:
        """Check the bounds."""
        _check("mean_s", self.mean, at_most=MAX_S)
        _check("cv", self.cv, at_most=5.0)

    @property
    def mean_s(self) -> float:
        """Return the mean."""
        return self.mean

    def draw(self, rng: np.random.Generator) -> int:
        """Draw whole seconds."""
        if self.mean <= 0.0:
            return 0
        variance = math.log1p(self.cv * self.cv)
        return _whole(rng.lognormal(math.log(self.mean) - variance / 2, math.sqrt(variance)))


@dataclass(frozen=True, slots=True)
class Exponential:
    """Without memory: often short, now and then very long."""

    mean: float

    def __post_init__(self) -> None:
        """Check the bounds."""
        _check("mean_s", self.mean, at_most=MAX_S)

    @property
    def mean_s(self) -> float:
        """Return the mean."""
        return self.mean

    def draw(self, rng: np.random.Generator) -> int:
        """Draw whole seconds."""
        return _whole(rng.exponential(self.mean))


@dataclass(frozen=True, slots=True)
class Sampled:
    """Drawn from observed values, each as likely as the next."""

    values_s: tuple[int, ...]

    def __post_init__(self) -> None:
        """Check every value."""
        if not self.values_s:
            raise ModelError("duration.values_s", "empty: give at least one value")
        for value in self.values_s:
            _check("values_s", value, at_most=MAX_S, whole=True)

    @property
    def mean_s(self) -> float:
        """Return the mean of the values."""
        return sum(self.values_s) / len(self.values_s)

    def draw(self, rng: np.random.Generator) -> int:
        """Draw one of the values."""
        return self.values_s[int(rng.integers(len(self.values_s)))]


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationTable:
    """One distribution, with exceptions by store, by hour of the local day (0 to 23), or by both.

    The most special applies: store and hour, then store, then hour, then `default`.
    """

    default: Duration
    by_store: Mapping[str, Duration] = field(default_factory=dict)
    by_hour: Mapping[int, Duration] = field(default_factory=dict)
    by_store_hour: Mapping[tuple[str, int], Duration] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the hours."""
        for hour in (*self.by_hour, *(hour for _, hour in self.by_store_hour)):
            if hour not in _HOURS:
                raise ModelError("duration.hour", f"{hour!r}: give an hour of the local day, 0 to 23")

    def of(self, store: str | None, hour: int) -> Duration:
        """Return the distribution that applies."""
        if store is not None:
            special = self.by_store_hour.get((store, hour)) or self.by_store.get(store)
            if special is not None:
                return special
        return self.by_hour.get(hour, self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """The world's handling times.

    `pick` is per fulfilment, `pick_per_unit` per unit in it, `handover` per fulfilment loaded, `door` per drop. What a
    site itself takes (its `setup_s`) the planner knows exactly. `travel_factor_cv` spreads a leg's travel time round
    the true one (log-normal, mean 1).
    """

    pick: DurationTable
    pick_per_unit: DurationTable
    handover: DurationTable
    door: DurationTable
    travel_factor_cv: float = 0.0

    def __post_init__(self) -> None:
        """Check the bounds."""
        _check("travel_factor_cv", self.travel_factor_cv, at_most=1.0)
