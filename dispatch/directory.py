"""Who and what there is: zones, sites, stores, items and service levels, by id, with every reference checked."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from dispatch.errors import ModelError, UnknownIdError
from dispatch.hours import check_timezone
from dispatch.model import Item, Site, Store, Zone
from dispatch.service_levels import ServiceLevel
from geo.areas import Polygon

T = TypeVar("T")


@dataclass(frozen=True, slots=True, init=False, eq=False)
class Directory:
    """The nouns that orders refer to. Never changed: a change of the world is a new directory with another version.

    Parameters
    ----------
    zones, sites, stores, items, service_levels
        In any order; ids differ within each.

    Attributes
    ----------
    zones, sites, stores, items, levels
        By id; the mappings are read, never written.
    version
        Names the content: equal content, equal version, on any machine and in any order.

    Raises
    ------
    ModelError
        If an id is given twice, a zone's time zone is unknown, or the stores of one site are of different zones.
    UnknownIdError
        If a store names a site or a zone that is not there; names the nearest.
    """

    zones: Mapping[str, Zone]
    sites: Mapping[str, Site]
    stores: Mapping[str, Store]
    items: Mapping[str, Item]
    levels: Mapping[str, ServiceLevel]
    version: str

    def __init__(
        self,
        zones: Iterable[Zone],
        sites: Iterable[Site],
        stores: Iterable[Store],
        items: Iterable[Item],
        service_levels: Iterable[ServiceLevel],
    ) -> None:
        put = object.__setattr__
        put(self, "zones", _by_id("zone", ((zone.id, zone) for zone in zones)))
        put(self, "sites", _by_id("site", ((site.id, site) for site in sites)))
        put(self, "stores", _by_id("store", ((store.id, store) for store in stores)))
        put(self, "items", _by_id("item", ((item.sku, item) for item in items)))
        put(self, "levels", _by_id("service level", ((level.id, level) for level in service_levels)))
        self._check()
        put(self, "version", self._digest())

    def zone_of(self, store: str) -> Zone:
        """Return the zone of a store.

        Raises
        ------
        UnknownIdError
            If there is no such store.
        """
        return self.zones[find("store", self.stores, store).zone]

    def site_of(self, store: str) -> Site:
        """Return the site of a store.

        Raises
        ------
        UnknownIdError
            If there is no such store.
        """
        return self.sites[find("store", self.stores, store).site]

    def _check(self) -> None:
        for zone in self.zones.values():
            check_timezone(f"zone {zone.id}: timezone", zone.timezone)
        zone_of_site: dict[str, Store] = {}
        for store in self.stores.values():
            find(f"store {store.id}: site", self.sites, store.site)
            find(f"store {store.id}: zone", self.zones, store.zone)
            first = zone_of_site.setdefault(store.site, store)
            if first.zone != store.zone:
                raise ModelError(
                    f"store {store.id}: zone",
                    f"{store.zone!r}, but {first.id} at the same site {store.site} is of {first.zone!r}: "
                    "give the stores of one site one zone",
                )

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for values in (self.zones, self.sites, self.stores, self.items, self.levels):
            for key in sorted(values):
                digest.update(json.dumps(_plain(values[key])).encode())
            digest.update(b"\n")
        return f"directory-{digest.hexdigest()[:16]}"


def find(what: str, known: Mapping[str, T], key: str) -> T:
    """Return what `known` has under `key`.

    Raises
    ------
    UnknownIdError
        If it has nothing; names the nearest.
    """
    try:
        return known[key]
    except (KeyError, TypeError):
        raise UnknownIdError(f"{what} {key!r} is not known{nearest(key, known)}") from None


def nearest(key: str, known: Iterable[str]) -> str:
    """Return a hint at the known id that is most like `key`, such as ``"; did you mean 'milk'?"``, or nothing."""
    near = difflib.get_close_matches(str(key), list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _by_id(what: str, pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for key, value in pairs:
        if key in found:
            raise ModelError(what, f"{key!r} is there twice: give each {what} its own id")
        found[key] = value
    return found


def _plain(value: object) -> object:
    """Return lists, texts and numbers that say the same on every machine: sets are sorted, shapes are their bytes."""
    if isinstance(value, Polygon):
        return ["polygon", value.shape.wkb_hex]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return [type(value).__name__, *(_plain(getattr(value, field.name)) for field in fields(value))]  # type: ignore[arg-type]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
