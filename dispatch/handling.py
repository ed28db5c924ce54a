"""Expected handling times by id: the directory knows the time zone that the estimates ask for."""

from __future__ import annotations

from dispatch.directory import Directory
from dispatch.estimates import Estimates


class Handling:
    """Expected seconds of picking, parking, handing over and dropping, at a moment in Unix seconds."""

    def __init__(self, directory: Directory, estimates: Estimates) -> None:
        self._directory = directory
        self._estimates = estimates

    def pick_s(self, store: str, *, units: int, at_s: int) -> int:
        """Return seconds of picking so many units."""
        return self._estimates.pick_s(store, at_s, units, self._timezone(self._directory.stores[store].zone))

    def handover_s(self, store: str, *, at_s: int) -> int:
        """Return seconds of giving one fulfilment to a courier, or of taking one back."""
        return self._estimates.handover_s(store, at_s, self._timezone(self._directory.stores[store].zone))

    def setup_s(self, site: str, *, zone: str, at_s: int) -> int:
        """Return seconds that a visit to a site takes whatever is done there."""
        return self._directory.sites[site].setup_s + self._estimates.setup_s(site, at_s, self._timezone(zone))

    def door_s(self, zone: str, *, at_s: int) -> int:
        """Return seconds of a drop at a door."""
        return self._estimates.door_s(at_s, self._timezone(zone))

    def _timezone(self, zone: str) -> str:
        return self._directory.zones[zone].timezone
