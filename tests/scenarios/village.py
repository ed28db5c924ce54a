"""A village on a grid, for worlds and runs with figures worked out by hand.

A block is a thousandth of a degree, 60 s and 300 m; one travels along the grid. Zone west has a mall at the origin with
the stores m1 and m2 (parking takes 90 s), and the store s1 ten blocks east. Every store picks in 200 s and 10 s a unit;
a handover takes 30 s, a door 60 s. Nothing is random unless a test says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from dispatch.directory import Directory
from dispatch.estimates import Estimates, SecondsTable
from dispatch.hours import ALWAYS
from dispatch.messages import Action, Instruction, Report, StartPick, Visit, VisitTask
from dispatch.model import (
    Courier,
    Delivery,
    Fulfilment,
    Interval,
    Item,
    Line,
    Order,
    Part,
    Site,
    Store,
    Zone,
)
from dispatch.objective import Objective
from dispatch.policy import Policy
from dispatch.service_levels import EXPRESS_30, EXPRESS_60, SLOT, TWO_HOUR
from geo.areas import Radius
from geo.point import Point
from geo.travel import Travel
from scenarios.behaviour import Behaviour
from scenarios.durations import Constant, Durations, DurationTable
from scenarios.scenario import Scenario, StockRow
from scenarios.world.draws import Draws
from scenarios.world.world import World

T0 = 1_750_003_200
"""A Sunday, 16:00 in UTC."""

BLOCK = 0.001
BLOCK_S, BLOCK_M = 60, 300


def at(east: float, north: float) -> Point:
    """Return the place so many blocks east and north of the mall."""
    return Point(lat=north * BLOCK, lon=east * BLOCK)


MALL, DOOR = at(0, 0), at(0, 2)

LOAD, DROP, RETURN = Action.LOAD, Action.DROP, Action.RETURN


class GridTravel:
    """Travel along the grid, at the same pace for everyone."""

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


SITES = (Site(id="mall", point=at(0, 0), setup_s=90), Site(id="east", point=at(10, 0)))
ITEMS = (
    Item(sku="tea", weight_g=1_000, volume_ml=2_000),
    Item(sku="ice", weight_g=500, volume_ml=500, skills=frozenset({"cold"})),
)


def store(store_id: str, site: str, *, pickers: int = 1, metres: float = 6_000) -> Store:
    """Return a store that is always open."""
    return Store(id=store_id, site=site, zone="west", area=Radius(metres), hours=ALWAYS, pickers=pickers)


def directory(
    *, pickers: int = 1, zones: Sequence[str] = ("west",), stores: Iterable[Store] | None = None
) -> Directory:
    """Return the village."""
    return Directory(
        zones=[Zone(id=zone, timezone="UTC", profile="bike") for zone in zones],
        sites=SITES,
        stores=[store(name, site, pickers=pickers) for name, site in (("m1", "mall"), ("m2", "mall"), ("s1", "east"))]
        if stores is None
        else stores,
        items=ITEMS,
        service_levels=[EXPRESS_30, EXPRESS_60, TWO_HOUR, SLOT],
    )


def durations(*, pick_s: int = 200, unit_s: int = 10, cv: float = 0.0) -> Durations:
    """Return durations without chance, but for travel where `cv` is given."""
    return Durations(
        pick=DurationTable(default=Constant(pick_s)),
        pick_per_unit=DurationTable(default=Constant(unit_s)),
        handover=DurationTable(default=Constant(30)),
        door=DurationTable(default=Constant(60)),
        travel_factor_cv=cv,
    )


ESTIMATES = Estimates(
    pick=SecondsTable(default_s=200),
    pick_per_unit=SecondsTable(default_s=10),
    handover=SecondsTable(default_s=30),
    door=SecondsTable(default_s=60),
)


def order(
    order_id: str = "o1", *, destination: Point | None = None, placed_s: int = T0, units: int = 1, **fields: object
) -> Order:
    """Return an order for tea, two blocks north of the mall unless told otherwise."""
    whole: dict[str, object] = {
        "customer": "c",
        "lines": (Line(id="1", sku="tea", quantity=units),),
        "service_level": "express_60",
    }
    return Order(
        id=order_id,
        destination=destination or at(0, 2),
        placed_s=placed_s,
        **(whole | fields),  # type: ignore[arg-type]
    )


def courier(
    courier_id: str = "c1", *, start: Point | None = None, hours: tuple[float, float] = (0, 10), **fields: object
) -> Courier:
    """Return a courier who starts at the mall, on duty from and until so many hours after T0."""
    shift = Interval(T0 + int(3_600 * hours[0]), T0 + int(3_600 * hours[1]))
    return Courier(id=courier_id, zone="west", profile="bike", shift=shift, start=start or at(0, 0), **fields)  # type: ignore[arg-type]


class Papers:
    """Labels of parcels: an order's goods come from `stores`, one fulfilment each."""

    def __init__(self) -> None:
        self.fulfilments: dict[str, Fulfilment] = {}
        self.deliveries: dict[str, Delivery] = {}

    def write(self, whole: Order, *stores: str) -> Delivery:
        """Write the labels of an order."""
        goods = tuple(
            Fulfilment(
                id=f"{whole.id}:{name}",
                order=whole.id,
                store=name,
                site="east" if name == "s1" else "mall",
                zone="west",
                parts=tuple(Part(line.id, line.sku, line.quantity) for line in whole.lines),
            )
            for name in stores
        )
        self.fulfilments.update((part.id, part) for part in goods)
        delivery = self.deliveries[f"{whole.id}:d"] = Delivery(
            id=f"{whole.id}:d",
            order=whole.id,
            zone="west",
            destination=whole.destination,
            fulfilments=goods,
            promise=Interval(whole.placed_s, whole.placed_s + 3_600),
            late_limit_s=3_600,
            load=(0, 0, 1),
            skills=frozenset(),
        )
        return delivery

    def fulfilment(self, fulfilment: str, /) -> Fulfilment:
        """Return the fulfilment of this id."""
        return self.fulfilments[fulfilment]

    def delivery(self, delivery: str, /) -> Delivery:
        """Return the delivery of this id."""
        return self.deliveries[delivery]


def world(
    papers: Papers,
    *,
    orders: Sequence[Order] = (),
    couriers: Sequence[Courier] = (),
    pickers: int = 1,
    behaviour: Behaviour | None = None,
    takes: Durations | None = None,
    seed: int = 1,
    start_s: int = T0,
    travel: GridTravel | None = None,
) -> World:
    """Return the village with these people."""
    whole = directory(pickers=pickers)
    return World(
        start_s=start_s,
        orders=orders,
        couriers=couriers,
        stores=whole.stores.values(),
        sites=whole.sites.values(),
        travel=travel or GridTravel(),
        draws=Draws(seed=seed, timezone="UTC", durations=takes or durations(), behaviour=behaviour or Behaviour()),
        papers=papers,
    )


def pick(fulfilment: str, *, not_before_s: int = T0) -> StartPick:
    """Return the instruction to pick a fulfilment; its store is the end of its id."""
    return StartPick(fulfilment=fulfilment, store=fulfilment.rpartition(":")[2], not_before_s=not_before_s)


def visit(
    number: int,
    point: Point,
    *tasks: tuple[Action, str],
    site: str | None = None,
    set_off_s: int = T0,
    not_before_s: int = 0,
    courier_id: str = "c1",
) -> Visit:
    """Return the instruction to go to a place."""
    return Visit(
        id=f"{courier_id}.{number}",
        courier=courier_id,
        point=point,
        site=site,
        setup_s=0,
        tasks=tuple(VisitTask(action=action, id=name) for action, name in tasks),
        set_off_s=set_off_s,
        eta_s=set_off_s,
        not_before_s=not_before_s,
    )


def told(reports: Iterable[Report]) -> list[tuple[str, int]]:
    """Return what was reported as pairs of a kind and seconds after T0."""
    return [(type(report).__name__, report.at_s - T0) for report in reports]


def reports_of(village: World, instructions: Sequence[Instruction], *, until_s: int = T0 + 86_400) -> list[Report]:
    """Tell everything at T0 and let time pass."""
    reports = village.advance(until_s=T0)
    village.tell(instructions, at_s=T0)
    return reports + village.advance(until_s=until_s)


def only(reports: Sequence[Report], *kinds: str) -> list[tuple[str, int]]:
    """Return the reports of some kinds, as `told` does."""
    return [pair for pair in told(reports) if pair[0] in kinds]


def scenario(
    *,
    orders: Sequence[Order] = (),
    couriers: Sequence[Courier] = (),
    stock: int = 100,
    buffer: int = 0,
    places: Directory | None = None,
    behaviour: Behaviour | None = None,
    takes: Durations | None = None,
    policy: Policy | None = None,
    objective: Objective | None = None,
    rejected: Sequence[tuple[str, int, str]] = (),
    seed: int = 1,
    work_limit: int = 0,
    hours: float = 2,
) -> Scenario:
    """Return an afternoon in the village, with `stock` units of everything in every store."""
    whole = places or directory()
    return Scenario(
        name="village",
        seed=seed,
        timezone="UTC",
        start_s=T0,
        end_s=T0 + int(3_600 * hours),
        directory=whole,
        couriers=tuple(couriers),
        stock=tuple(
            StockRow(store=name, sku=item.sku, quantity=stock, buffer=buffer) for name in whole.stores for item in ITEMS
        ),
        orders=tuple(sorted(orders, key=lambda order: (order.placed_s, order.id))),
        rejected=tuple(rejected),
        believed=GridTravel(),
        true_travel=GridTravel(),
        estimates=ESTIMATES,
        durations=takes or durations(),
        behaviour=behaviour or Behaviour(),
        policy=policy or Policy(),
        objective=objective or Objective(),
        work_limit=work_limit,
        engine="auto",
    )
