"""Small markets for tests of allocation: a block is a thousandth of a degree, 60 s and 100 m, travelled along the grid.

Places north of 0.5 degrees cannot be reached. Stores pick in 300 s and hand over in 60 s; sites have no set-up time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from dispatch.allocation import AllocationParams, Allocator
from dispatch.directory import Directory
from dispatch.estimates import Estimates, SecondsTable
from dispatch.hours import ALWAYS, OpeningHours
from dispatch.ledger.memory import MemoryLedger
from dispatch.ledger.protocol import Demand
from dispatch.model import BucketCapacity, Interval, Item, Line, Order, Site, Store, Zone
from dispatch.scoring import Scoring
from dispatch.service_levels import DEFAULT_LEVELS, ServiceLevel
from geo.areas import Radius
from geo.point import Point
from geo.travel import UNREACHABLE_S, Travel

T0 = 1_750_000_000
"""15 June 2025, 15:06:40 UTC: a Sunday."""

BLOCK, BLOCK_S, BLOCK_M = 0.001, 60, 100
PICK_S, HANDOVER_S = 300, 60
ESTIMATES = Estimates(pick=SecondsTable(default_s=PICK_S), handover=SecondsTable(default_s=HANDOVER_S))


def at(east: float, north: float = 0.0) -> Point:
    """Return the place so many blocks east and north of the origin."""
    return Point(lat=north * BLOCK, lon=east * BLOCK)


class GridTravel:
    """Travel along the grid; the same for every profile and hour."""

    version = "grid"

    def many_to_many(
        self,
        origins: Sequence[Point],
        destinations: Sequence[Point],
        *,
        profile: str,  # noqa: ARG002 - the protocol's form
        depart_s: int,  # noqa: ARG002 - the protocol's form
    ) -> Travel:
        """Return whole blocks times seconds and metres of a block."""
        blocks = np.array(
            [[round((abs(a.lat - b.lat) + abs(a.lon - b.lon)) / BLOCK) for b in destinations] for a in origins],
            dtype=np.int32,
        ).reshape(len(origins), len(destinations))
        cut_off = np.array([[(a.lat > 0.5) != (b.lat > 0.5) for b in destinations] for a in origins], dtype=bool)
        cut_off = cut_off.reshape(blocks.shape)
        return Travel(
            durations_s=np.where(cut_off, UNREACHABLE_S, blocks * BLOCK_S).astype(np.int32),
            distances_m=np.where(cut_off, UNREACHABLE_S, blocks * BLOCK_M).astype(np.int32),
        )


def store(
    store_id: str,
    *,
    site: str | None = None,
    zone: str = "z",
    hours: OpeningHours = ALWAYS,
    capacity: BucketCapacity | None = None,
    pickers: int = 1,
    radius_m: float = 6_000,
) -> Store:
    """Return a store, at a site of its own name unless it says another."""
    return Store(
        id=store_id,
        site=site or store_id,
        zone=zone,
        area=Radius(radius_m),
        hours=hours,
        capacity=capacity,
        pickers=pickers,
    )


def line(sku: str, quantity: int = 1, *, line_id: str | None = None, **rest: object) -> Line:
    """Return a line, by the name of its sku unless it says another."""
    return Line(id=line_id or sku, sku=sku, quantity=quantity, **rest)  # type: ignore[arg-type]


def order(
    *lines: Line,
    to: Point | None = None,
    order_id: str = "o1",
    level: str = "two_hour",
    placed_s: int = T0,
    slot: Interval | None = None,
    split: bool = False,
) -> Order:
    """Return an order to the origin, unless it says another place."""
    return Order(
        id=order_id,
        customer="c1",
        destination=to or at(0),
        lines=lines,
        service_level=level,
        placed_s=placed_s,
        slot=slot,
        split_allowed=split,
    )


class Market:
    """A directory, its ledgers with stock, and an allocator.

    Parameters
    ----------
    sites
        Where each site is.
    stock
        Units by store and sku; what is not there is not carried.
    """

    def __init__(
        self,
        sites: Mapping[str, Point],
        stores: Iterable[Store],
        stock: Mapping[str, Mapping[str, int]],
        *,
        zones: Iterable[Zone] = (Zone(id="z", timezone="UTC", profile="bike"),),
        items: Iterable[Item] = (),
        levels: Iterable[ServiceLevel] = DEFAULT_LEVELS,
        estimates: Estimates = ESTIMATES,
        params: AllocationParams | None = None,
        scoring: Scoring | None = None,
        setup_s: int = 0,
    ) -> None:
        known = {item.sku: item for item in items}
        for skus in stock.values():
            for sku in skus:
                known.setdefault(sku, Item(sku=sku, weight_g=100, volume_ml=10))
        self.directory = Directory(
            zones,
            [Site(id=site, point=point, setup_s=setup_s) for site, point in sites.items()],
            stores,
            known.values(),
            levels,
        )
        self.ledgers = {zone: MemoryLedger() for zone in self.directory.zones}
        for store_id, skus in stock.items():
            demands = [Demand(store_id, sku, units) for sku, units in skus.items() if units]
            self.ledgers[self.directory.stores[store_id].zone].receive(demands, now_s=T0 - 86_400)
        self.allocator = Allocator(self.directory, GridTravel(), estimates, self.ledgers, params, scoring)

    def verify(self, *, now_s: int = T0) -> None:
        """Prove the ledgers' sums."""
        for ledger in self.ledgers.values():
            ledger.verify(now_s=now_s)


def row(*stores: str, stock: Mapping[str, Mapping[str, int]], **rest: object) -> Market:
    """Return a market of stores in a row, the first one block east of the origin, the next two, and so on."""
    sites = {name: at(number) for number, name in enumerate(stores, start=1)}
    return Market(sites, [store(name) for name in stores], stock, **rest)  # type: ignore[arg-type]
