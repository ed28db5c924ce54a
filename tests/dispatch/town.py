"""A small town on a grid, for tests with figures worked out by hand.

A block is a thousandth of a degree, 60 s and 300 m; one travels along the grid. Zone north has a mall (stores m1, m2)
at the origin and the store s2 ten blocks east; zone south has t1 twenty blocks south. Stores pick in 300 s, hand over
in 60 s; a drop takes 120 s; parking at the mall takes 90 s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dispatch.directory import Directory
from dispatch.estimates import Estimates, SecondsTable
from dispatch.handling import Handling
from dispatch.hours import ALWAYS
from dispatch.ledger.memory import MemoryLedger
from dispatch.ledger.protocol import Choice, Demand
from dispatch.model import (
    Allocation,
    Courier,
    Delivery,
    Fulfilment,
    Interval,
    Item,
    Line,
    Order,
    Part,
    Site,
    Source,
    Store,
    StoreParts,
    Zone,
)
from dispatch.service_levels import EXPRESS_30, EXPRESS_60, SLOT, TWO_HOUR
from dispatch.state import CourierRecord, Duty, FulfilmentRecord, FulfilmentStatus, OrderRecord, OrderStatus, State
from geo.areas import Radius
from geo.point import Point
from geo.travel import Travel

T0 = 1_750_000_000
BLOCK = 0.001
BLOCK_S, BLOCK_M = 60, 300


def at(east: float, north: float) -> Point:
    """Return the place so many blocks east and north of the mall."""
    return Point(lat=north * BLOCK, lon=east * BLOCK)


class GridTravel:
    """Travel along the grid."""

    version = "grid"

    def many_to_many(
        self, origins: Sequence[Point], destinations: Sequence[Point], *, profile: str, depart_s: int
    ) -> Travel:
        """Return whole blocks times seconds and metres of a block."""
        del profile, depart_s
        one = np.array([(p.lat, p.lon) for p in origins]).reshape(-1, 1, 2)
        two = np.array([(p.lat, p.lon) for p in destinations]).reshape(1, -1, 2)
        blocks = np.rint(np.abs(one - two).sum(-1) / BLOCK).astype(np.int32)
        return Travel(blocks * np.int32(BLOCK_S), blocks * np.int32(BLOCK_M))


MALL = at(0, 0)
DIRECTORY = Directory(
    zones=[Zone(id="north", timezone="UTC", profile="bike"), Zone(id="south", timezone="UTC", profile="bike")],
    sites=[
        Site(id="mall", point=MALL, setup_s=90),
        Site(id="east", point=at(10, 0)),
        Site(id="far", point=at(0, -20)),
    ],
    stores=[
        Store(id="m1", site="mall", zone="north", area=Radius(6_000), hours=ALWAYS),
        Store(id="m2", site="mall", zone="north", area=Radius(6_000), hours=ALWAYS),
        Store(id="s2", site="east", zone="north", area=Radius(6_000), hours=ALWAYS),
        Store(id="t1", site="far", zone="south", area=Radius(6_000), hours=ALWAYS),
    ],
    items=[
        Item(sku="tea", weight_g=1_000, volume_ml=2_000),
        Item(sku="ice", weight_g=500, volume_ml=500, skills=frozenset({"cold"})),
    ],
    service_levels=[EXPRESS_30, EXPRESS_60, TWO_HOUR, SLOT],
)
ESTIMATES = Estimates(
    pick=SecondsTable(default_s=300), handover=SecondsTable(default_s=60), door=SecondsTable(default_s=120)
)
HANDLING = Handling(DIRECTORY, ESTIMATES)
TRAVEL = GridTravel()


def order(order_id: str = "o1", *, destination: Point | None = None, placed_s: int = T0, **fields: object) -> Order:
    """Return an order for one tea, two blocks north of the mall unless told otherwise."""
    whole: dict[str, object] = {
        "customer": "c",
        "lines": (Line(id="1", sku="tea", quantity=1),),
        "service_level": "express_60",
    }
    return Order(
        id=order_id,
        destination=destination or at(0, 2),
        placed_s=placed_s,
        **(whole | fields),  # type: ignore[arg-type]
    )


def allocated(
    order_id: str = "o1",
    *,
    stores: Sequence[str] = ("m1",),
    destination: Point | None = None,
    ready_s: int = T0,
    promise: tuple[int, int] = (T0, T0 + 3_600),
    skus: Sequence[str] = ("tea",),
    status: FulfilmentStatus = FulfilmentStatus.TOLD,
) -> OrderRecord:
    """Return an open order that is to be fetched from `stores` and is (expected to be) packed at `ready_s`."""
    whole = order(order_id, destination=destination)
    zone = DIRECTORY.stores[stores[0]].zone
    parts = tuple(Part("1", sku, 1) for sku in skus)
    fulfilments = tuple(
        Fulfilment(
            id=f"{order_id}:{store}",
            order=order_id,
            store=store,
            site=DIRECTORY.stores[store].site,
            zone=zone,
            parts=parts,
        )
        for store in stores
    )
    items = [DIRECTORY.items[sku] for sku in skus]
    window = Interval(*promise)
    delivery = Delivery(
        id=f"{order_id}:d",
        order=order_id,
        zone=zone,
        destination=whole.destination,
        fulfilments=fulfilments,
        promise=window,
        late_limit_s=1_800,
        load=(sum(i.weight_g for i in items) * len(stores), sum(i.volume_ml for i in items) * len(stores), 1),
        skills=frozenset().union(*(item.skills for item in items)),
    )
    sources = tuple(
        Source(
            site=f.site,
            zone=zone,
            stores=(StoreParts(f.store, parts),),
            travel_s=0,
            distance_m=0,
            ready_s=ready_s,
            arrive_s=ready_s,
        )
        for f in fulfilments
    )
    record = OrderRecord(
        order=whole,
        status=OrderStatus.OPEN,
        allocation=Allocation(
            order=order_id, hold=f"order:{order_id}", at_s=T0, sources=sources, promise=window, delivery=delivery
        ),
    )
    for fulfilment in fulfilments:
        record.fulfilments[fulfilment.id] = FulfilmentRecord(
            fulfilment=fulfilment, units=len(parts), pick_from_s=T0, ready_s=ready_s, status=status
        )
    return record


def courier(
    courier_id: str = "c1",
    *,
    point: Point = MALL,
    zone: str = "north",
    duty: Duty = Duty.ON,
    shift: tuple[int, int] = (T0, T0 + 36_000),
    capacity: tuple[int, int, int] = (20_000, 60_000, 4),
    skills: frozenset[str] = frozenset(),
) -> CourierRecord:
    """Return a courier who waits at `point`."""
    crew = Courier(
        id=courier_id, zone=zone, profile="bike", shift=Interval(*shift), start=point, capacity=capacity, skills=skills
    )
    return CourierRecord(courier=crew, point=point, duty=duty)


def state(couriers: Sequence[CourierRecord], orders: Sequence[OrderRecord]) -> State:
    """Return a state of these couriers and orders, all orders active."""
    known = State(couriers={record.id: record for record in couriers})
    for record in orders:
        known.orders[record.id] = known.active[record.id] = record
        for fulfilment in record.fulfilments.values():
            known.fulfilment_order[fulfilment.fulfilment.id] = record.id
            store = fulfilment.fulfilment.store
            known.queued[store] = known.queued.get(store, 0) + 1
    return known


def ledgers(orders: Sequence[OrderRecord] = (), *, stock: Mapping[str, int] | None = None) -> dict[str, MemoryLedger]:
    """Return a ledger a zone with `stock` units of every item in every store, and the orders' goods allocated."""
    made = {zone: MemoryLedger() for zone in DIRECTORY.zones}
    for store in DIRECTORY.stores.values():
        for sku in DIRECTORY.items:
            made[store.zone].receive([Demand(store.id, sku, (stock or {}).get(sku, 100))], now_s=T0)
    for record in orders:
        demands = tuple(demand for goods in record.fulfilments.values() for demand in goods.demands)
        ledger = made[record.live.delivery.zone]
        ledger.hold(record.live.hold, [Choice(demands)], expires_s=T0 + 600, now_s=T0)
        ledger.commit(record.live.hold, now_s=T0)
    return made
