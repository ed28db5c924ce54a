"""How long things take in the simulated world: distributions, and which applies where and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np


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

    @property
    def mean_s(self) -> float:
        """Return the mean."""
        return self.mean

    def draw(self, rng: np.random.Generator) -> int:
        """Draw whole seconds."""
        if self.mean <= 0.0:
            return 0
        variance = float(np.log1p(self.cv * self.cv))
        return round(float(rng.lognormal(np.log(self.mean) - variance / 2, np.sqrt(variance))))


@dataclass(frozen=True, slots=True)
class Sampled:
    """Drawn from observed values, each as likely as the next."""

    values_s: tuple[int, ...]

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

    `pick` is per fulfilment, `pick_per_unit` per unit in it, `setup` per visit to a site (beside the site's own `setup_s`, which
    the planner knows), `handover` per fulfilment loaded, `door` per drop. `travel_factor_cv` spreads a leg's travel time
    round the true one (log-normal, mean 1).
    """

    pick: DurationTable
    pick_per_unit: DurationTable
    handover: DurationTable
    door: DurationTable
    travel_factor_cv: float = 0.0
