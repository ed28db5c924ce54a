"""The stores whose service area contains a destination, by site, with the way to the door: for many orders at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from dispatch.directory import Directory
from dispatch.hours import QUARTER_S
from dispatch.model import Site, Store
from geo.index import ServiceAreaIndex
from geo.point import Point
from geo.travel import Travel, TravelTimes

IntArray = npt.NDArray[np.int64]


@runtime_checkable
class PairedTravel(Protocol):
    """Travel times that can also be asked for many pairs at once."""

    def pairs_of(self, origins: npt.ArrayLike, destinations: npt.ArrayLike, *, profile: str, depart_s: int) -> Travel:
        """Return travel from the first origin to the first destination, from the second to the second, and so on.

        Parameters
        ----------
        origins, destinations
            (n, 2) each: lat, lon in degrees.

        Returns
        -------
        (n,) seconds and metres, those of `many_to_many`.
        """
        ...


NO_LIMIT = 2**62
"""Of a store that takes any number of orders."""


class Places:
    """The directory's stores and sites by number: stores in the order of their site's id, then their own.

    Attributes
    ----------
    stores, store_ids, site_of_store, zone_of_store, capacities
        By store number.
    zone_number, place_in_zone
        By store number: which of `zones`, and its place among the stores of that zone.
    limits
        By store number: orders a bucket, or `NO_LIMIT`.
    sites, zone_of_site, profile_of_site
        By site number, in the order of ids.
    """

    def __init__(self, directory: Directory) -> None:
        self.stores: tuple[Store, ...] = tuple(sorted(directory.stores.values(), key=lambda s: (s.site, s.id)))
        self.store_ids = [store.id for store in self.stores]
        site_ids = sorted({store.site for store in self.stores})
        number_of_site = {site: number for number, site in enumerate(site_ids)}
        self.sites: tuple[Site, ...] = tuple(directory.sites[site] for site in site_ids)
        self.site_of_store = np.array([number_of_site[store.site] for store in self.stores], dtype=np.int64)
        first_at = np.searchsorted(self.site_of_store, np.arange(len(self.sites)))
        self.zone_of_site = [self.stores[first].zone for first in first_at]
        self.zone_of_store = [store.zone for store in self.stores]
        self.zones = sorted(set(self.zone_of_site))
        self.zone_number = np.array([self.zones.index(zone) for zone in self.zone_of_store], dtype=np.int64)
        self.place_in_zone = np.zeros(len(self.stores), dtype=np.int64)
        for number in range(len(self.zones)):
            inside = self.zone_number == number
            self.place_in_zone[inside] = np.arange(np.count_nonzero(inside))
        self.capacities = [store.capacity for store in self.stores]
        self.limits = np.array([NO_LIMIT if c is None else c.orders for c in self.capacities], dtype=np.int64)
        profiles = [directory.zones[zone].profile for zone in self.zone_of_site]
        self.profiles = sorted(set(profiles))
        self.profile_of_site = np.array([self.profiles.index(profile) for profile in profiles], dtype=np.int64)
        self.timezone_of_site = [directory.zones[zone].timezone for zone in self.zone_of_site]
        self.degrees = np.array([(site.point.lat, site.point.lon) for site in self.sites]).reshape(-1, 2)
        points = [directory.sites[store.site].point for store in self.stores]
        self.index = ServiceAreaIndex(points, [store.area for store in self.stores])

    def stores_of_zone(self, zone: str) -> list[str]:
        """Return the ids of a zone's stores, in the order of their numbers."""
        return [store.id for store in self.stores if store.zone == zone]


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Sites with a store in reach of each of many destinations, as rows of a sparse matrix (CSR).

    Attributes
    ----------
    offsets
        (destinations + 1,): the rows of destination i are ``offsets[i]:offsets[i + 1]``, in the order of site numbers.
    destination, site
        (rows,) numbers.
    first, count
        (rows,): the row's stores in reach are ``stores[first:first + count]``.
    metres
        (rows,) great-circle metres from the site.
    stores
        (stores in reach,) store numbers.
    """

    offsets: IntArray
    destination: IntArray
    site: IntArray
    first: IntArray
    count: IntArray
    metres: npt.NDArray[np.float64]
    stores: IntArray


def reach(places: Places, destinations: Sequence[Point]) -> Reached:
    """Find who delivers to each destination; the boundary of an area is inside."""
    if len(destinations) == 1:
        one = places.index.within_reach(destinations[0])
        stores, metres = one.positions, one.metres
        destination = np.zeros(len(stores), dtype=np.int64)
    else:
        many = places.index.within_reach_many([p.lat for p in destinations], [p.lon for p in destinations])
        stores, metres = many.positions, many.metres
        destination = np.repeat(np.arange(len(destinations)), np.diff(many.offsets))
    site = places.site_of_store[stores]
    # Stores of a site stand side by side, so a row begins where the site or the destination changes.
    begins = np.ones(len(stores), dtype=bool)
    begins[1:] = (site[1:] != site[:-1]) | (destination[1:] != destination[:-1])
    first = np.flatnonzero(begins)
    row_of = destination[first]
    return Reached(
        offsets=np.searchsorted(row_of, np.arange(len(destinations) + 1)),
        destination=row_of,
        site=site[first],
        first=first,
        count=np.diff(first, append=len(stores)),
        metres=metres[first],
        stores=stores,
    )


def way_to_the_door(
    places: Places, travel: TravelTimes, reached: Reached, destinations: Sequence[Point], depart_s: IntArray
) -> tuple[IntArray, IntArray]:
    """Return seconds and metres from every row's site to its destination, by the profile of the site's zone.

    Parameters
    ----------
    depart_s
        (destinations,) when a courier would leave. Whole quarters of an hour are asked for, so that an order gets the
        same figures alone and among many.
    """
    duration_s = np.empty(len(reached.site), dtype=np.int64)
    distance_m = np.empty(len(reached.site), dtype=np.int64)
    quarter = depart_s // QUARTER_S
    group = places.profile_of_site[reached.site] + quarter[reached.destination] * len(places.profiles)
    asked = np.unique(group)
    for key in asked:
        rows = slice(None) if len(asked) == 1 else np.flatnonzero(group == key)
        part = _travel(
            places,
            travel,
            reached.site[rows],
            reached.destination[rows],
            destinations,
            profile=places.profiles[int(key % len(places.profiles))],
            depart_s=int(key // len(places.profiles)) * QUARTER_S,
        )
        duration_s[rows], distance_m[rows] = part
    return duration_s, distance_m


def _travel(
    places: Places,
    travel: TravelTimes,
    site: IntArray,
    destination: IntArray,
    destinations: Sequence[Point],
    *,
    profile: str,
    depart_s: int,
) -> tuple[IntArray, IntArray]:
    if isinstance(travel, PairedTravel):
        degrees = np.array([(point.lat, point.lon) for point in destinations]).reshape(-1, 2)
        found = travel.pairs_of(places.degrees[site], degrees[destination], profile=profile, depart_s=depart_s)
        return found.durations_s.astype(np.int64), found.distances_m.astype(np.int64)
    duration_s, distance_m = np.empty(len(site), dtype=np.int64), np.empty(len(site), dtype=np.int64)
    for number in np.unique(destination):
        rows = np.flatnonzero(destination == number)
        origins = [places.sites[each].point for each in site[rows]]
        found = travel.many_to_many(origins, [destinations[number]], profile=profile, depart_s=depart_s)
        duration_s[rows], distance_m[rows] = found.durations_s[:, 0], found.distances_m[:, 0]
    return duration_s, distance_m
