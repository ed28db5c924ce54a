"""What planning believes about handling times: means, by store and hour. Drawn values are the world's affair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dispatch.errors import ModelError
from dispatch.hours import local_hour


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondsTable:
    """One mean, with exceptions by store (or site), by hour of the local day (0 to 23), or by both.

    The most special applies: store and hour, then store, then hour, then `default_s`.

    Raises
    ------
    ModelError
        If a figure is below zero, or an hour is none.
    """

    default_s: float = 0.0
    by_store: Mapping[str, float] = field(default_factory=dict)
    by_hour: Mapping[int, float] = field(default_factory=dict)
    by_store_hour: Mapping[tuple[str, int], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check figures and hours."""
        figures = [self.default_s, *self.by_store.values(), *self.by_hour.values(), *self.by_store_hour.values()]
        for value in figures:
            if not 0.0 <= value < 1e9:
                raise ModelError("estimates", f"{value!r}: give 0 or more seconds")
        for hour in [*self.by_hour, *(hour for _, hour in self.by_store_hour)]:
            if not 0 <= hour <= 23:
                raise ModelError("estimates", f"hour {hour!r}: give 0 to 23")

    def of(self, store: str | None, hour: int) -> float:
        """Return the mean that applies."""
        if store is not None:
            special = self.by_store_hour.get((store, hour))
            if special is None:
                special = self.by_store.get(store)
            if special is not None:
                return special
        return self.by_hour.get(hour, self.default_s)

    def names(self) -> frozenset[str]:
        """Return the stores (or sites) that the table has an exception for."""
        return frozenset(self.by_store) | frozenset(store for store, _ in self.by_store_hour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """Mean seconds of handling, as planning believes them.

    Attributes
    ----------
    pick, pick_per_unit
        Of one fulfilment, and of every unit in it; by store.
    handover
        Of giving one fulfilment to a courier; by store.
    door
        Of one drop at a door.
    setup
        Of one visit to a site, beside the site's own `setup_s`; its exceptions are by site.
    """

    pick: SecondsTable = SecondsTable(default_s=180.0)
    pick_per_unit: SecondsTable = SecondsTable()
    handover: SecondsTable = SecondsTable(default_s=60.0)
    door: SecondsTable = SecondsTable(default_s=120.0)
    setup: SecondsTable = SecondsTable()

    def pick_s(self, store: str, at_s: int, units: int, timezone: str) -> int:
        """Return seconds from the first touch of a fulfilment of so many units to its being packed."""
        hour = local_hour(at_s, timezone)
        return int(self.pick.of(store, hour) + units * self.pick_per_unit.of(store, hour) + 0.5)

    def handover_s(self, store: str, at_s: int, timezone: str) -> int:
        """Return seconds that giving one fulfilment to a courier takes."""
        return int(self.handover.of(store, local_hour(at_s, timezone)) + 0.5)

    def door_s(self, at_s: int, timezone: str) -> int:
        """Return seconds that a drop takes at the door."""
        return int(self.door.of(None, local_hour(at_s, timezone)) + 0.5)

    def setup_s(self, site: str, at_s: int, timezone: str) -> int:
        """Return seconds that a visit to a site takes on top of the site's own set-up time."""
        return int(self.setup.of(site, local_hour(at_s, timezone)) + 0.5)
