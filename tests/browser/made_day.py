"""Makes a small city's day at random: orders, couriers on their trips, stores."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dispatch.messages import Action
from dispatch.model import Interval, Outcome
from geo.point import Point
from scenarios.run_rows import CourierRow, OrderRow, StoreRow
from scenarios.world.records import Stop

TIMEZONE = "Europe/Vienna"

START_S = 1_777_878_000  # 2026-05-04T09:00:00+02:00

END_S = START_S + 13 * 3600

CENTRE = (48.300, 14.290)

SPEED_M_S = {"bike": 4.4, "scooter": 6.8, "van": 7.5}

PROMISE_S = {"express_30": 1_800, "two_hour": 7_200, "same_day": 0}

RIVER = [[14.17, 48.318], [14.22, 48.312], [14.26, 48.304], [14.30, 48.302], [14.34, 48.294], [14.41, 48.291]]

BRIDGES = [[14.22, 48.312], [14.275, 48.3033], [14.315, 48.2990], [14.36, 48.2931]]

SITES = (
    ("mall", "north", 48.3135, 14.287, "store", 6_000.0),
    ("old-town", "south", 48.2915, 14.283, "store", 4_000.0),
    ("harbour", "south", 48.2860, 14.325, "store", 4_500.0),
    ("university", "north", 48.3290, 14.318, "store", 4_000.0),
    ("station", "south", 48.2795, 14.262, "store", 4_000.0),
    ("hillside", "north", 48.3300, 14.255, "store", 3_500.0),
    ("depot", "south", 48.2700, 14.305, "warehouse", 12_000.0),
)


@dataclass(slots=True)
class Trip:
    """Orders of one site that a courier takes up together."""

    site: str
    from_s: int
    orders: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Day:
    """What `made_day` puts together, ready to be changed by a test before it is written."""

    orders: list[OrderRow] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    couriers: list[CourierRow] = field(default_factory=list)
    stores: list[StoreRow] = field(default_factory=list)
    name: str = "made"
    rivers: list[dict[str, Any]] = field(default_factory=lambda: [{"line": RIVER, "bridges": BRIDGES}])
    polygons: dict[str, Any] = field(default_factory=dict)
    audit: tuple[str, ...] = ()
    decided: bool = True


def made_day(*, orders: int = 300, couriers: int = 40, merchants: int = 40, seed: int = 7) -> Day:
    """Return a day with a lunch and an evening peak, some of it late, refused, failed and cancelled."""
    rng = np.random.default_rng(seed)
    day = Day(name="Made day")
    day.stores = [
        StoreRow(
            store=f"{site}-{number:02d}" if count > 1 else site,
            site=site,
            zone=zone,
            kind=kind,
            lat=lat,
            lon=lon,
            radius_m=radius,
            orders=0,
            units=0,
            refused_out_of_stock=0,
            picks=0,
            pick_mean_s=None,
        )
        for site, zone, lat, lon, kind, radius in SITES
        for count in [merchants if site == "mall" else 1]
        for number in range(1, count + 1)
    ]
    day.polygons = {"hillside": _hexagon(48.330, 14.255, 3_000)}
    crews = _crews(rng, couriers)
    drafts = _orders(rng, orders, stores=day.stores)
    trips: list[list[Trip]] = [[] for _ in crews]
    free_s = [on for _, _, _, on, _, _ in crews]
    for index, row in enumerate(drafts):
        if row.outcome is not Outcome.DELIVERED:
            continue
        _join(index, row, crews, trips, free_s)
    served: dict[int, OrderRow] = {}
    for number, crew in enumerate(crews):
        day.couriers.append(_work(rng, crew, trips[number], drafts, day.stops, served))
    day.orders = [served.get(index, row) for index, row in enumerate(drafts)]
    day.orders = [
        row if index in served or row.outcome is not Outcome.DELIVERED else _unserved(row)
        for index, row in enumerate(day.orders)
    ]
    _count_stores(rng, day)
    return day


Crew = tuple[str, str, str, int, int, Point]
"""Id, zone, profile, begin and end of the shift, where it begins."""


def _crews(rng: np.random.Generator, count: int) -> list[Crew]:
    shifts = ((0, 8), (2, 6), (2, 10), (7, 13), (8, 13), (5, 13))
    crews = []
    for number in range(count):
        site, zone, lat, lon, _, _ = SITES[int(rng.choice(len(SITES), p=[0.46, 0.12, 0.1, 0.1, 0.1, 0.06, 0.06]))]
        profile = "van" if site == "depot" else str(rng.choice(["bike", "scooter"], p=[0.6, 0.4]))
        begin, end = shifts[number % len(shifts)]
        crews.append(
            (
                f"{profile}-{number + 1:03d}",
                zone,
                profile,
                START_S + begin * 3600,
                START_S + end * 3600,
                Point(lat, lon),
            )
        )
    return crews


def _orders(rng: np.random.Generator, count: int, *, stores: Sequence[StoreRow]) -> list[OrderRow]:
    hours = np.array([1, 2, 4, 9, 8, 4, 3, 3, 5, 9, 10, 6, 2], dtype=float)
    placed = START_S + np.sort(
        rng.choice(13, size=count, p=hours / hours.sum()) * 3600 + rng.integers(0, 3600, size=count)
    )
    rows = []
    for number, at in enumerate(placed):
        lat = CENTRE[0] + float(np.clip(rng.normal(0.004, 0.012), -0.038, 0.04))
        lon = CENTRE[1] + float(np.clip(rng.normal(0, 0.021), -0.065, 0.07))
        level = str(rng.choice(list(PROMISE_S), p=[0.5, 0.32, 0.18]))
        site = _nearest(lat, lon, level)
        taken = [str(row.store) for row in stores if row.site == site[0]]
        some = 1 + int(rng.random() < 0.35 and len(taken) > 1) + int(rng.random() < 0.1 and len(taken) > 1)
        chosen = tuple(sorted({taken[int(rng.integers(len(taken)))] for _ in range(some)})) if taken else ()
        due = int(at) + PROMISE_S[level] if PROMISE_S[level] else END_S
        kind = rng.random()
        refused = kind < 0.05 or not chosen
        row = OrderRow(
            order=f"o{number + 1:05d}",
            service_level=level,
            placed_s=int(at),
            outcome=Outcome.DELIVERED,
            ended_s=int(at),
            lat=round(lat, 6),
            lon=round(lon, 6),
            lines=1 + int(rng.integers(4)),
            units=1 + int(rng.integers(9)),
        )
        if refused:
            reason = str(rng.choice(["NO_STOCK", "NO_STOCK", "TOO_SLOW", "NO_STORE_IN_REACH"]))
            rows.append(_with(row, outcome=Outcome.REFUSED, reason=reason))
            continue
        metres = round(_metres(lat, lon, site[2], site[3]))
        row = _with(
            row,
            zone=site[1],
            sites=1,
            stores=chosen,
            promise=Interval(int(at), due),
            distance_m=metres,
            travel_s=round(metres / 5),
        )
        if kind < 0.075:
            row = _with(row, outcome=Outcome.CANCELLED, reason="CUSTOMER_CANCELLED", ended_s=int(at) + 300)
        rows.append(row)
    return rows


def _nearest(lat: float, lon: float, level: str) -> tuple[str, str, float, float, str, float]:
    return min(
        (site for site in SITES if (site[0] == "depot") <= (level == "same_day")),
        key=lambda site: (
            _metres(lat, lon, site[2], site[3]) * (0.55 if site[0] == "mall" else 0.4 if site[0] == "depot" else 1)
        ),
    )


def _join(index: int, row: OrderRow, crews: Sequence[Crew], trips: list[list[Trip]], free_s: list[int]) -> None:
    """Give an order to a trip that has not begun, or to the courier that can be back from it first."""
    site = row.stores[0].rpartition("-")[0] if row.stores[0].startswith("mall") else row.stores[0]
    patient = row.service_level == "same_day"
    for number, own in enumerate(trips):
        for trip in own[-1:]:
            if trip.site == site and trip.from_s > row.placed_s and len(trip.orders) < (4 if patient else 2):
                trip.orders.append(index)
                free_s[number] += 400
                return
    _, _, lat, lon, _, _ = next(place for place in SITES if place[0] == site)
    best = None
    for number, (_, _, profile, on, off, _) in enumerate(crews):
        begin = max(free_s[number], on, row.placed_s + (2_700 if patient else 60))
        round_trip = 2.2 * 1.3 * _metres(row.lat or 0.0, row.lon or 0.0, lat, lon) / SPEED_M_S[profile] + 600
        if begin < off - 1_200 and (best is None or begin + round_trip < best[0]):
            best = (begin + round_trip, begin, number)
    if best is not None:
        trips[best[2]].append(Trip(site, best[1], [index]))
        free_s[best[2]] = round(best[0])


def _work(
    rng: np.random.Generator,
    crew: Crew,
    trips: Sequence[Trip],
    drafts: Sequence[OrderRow],
    stops: list[Stop],
    served: dict[int, OrderRow],
) -> CourierRow:
    """Let a courier drive its trips, and write down its stops and what became of the orders."""
    name, zone, profile, on, off, start = crew
    now, at = on + int(rng.integers(0, 120)), start
    began = now
    sums: Counter[str] = Counter()

    def visit(point: Point, not_before: int) -> tuple[int, int, int, int]:
        """Drive there; return when it set off, arrived, the seconds and the metres of the way."""
        nonlocal now, at
        metres = round(_metres(at.lat, at.lon, point.lat, point.lon) * 1.3)
        travel = round(metres / SPEED_M_S[profile] * float(rng.lognormal(0, 0.12)))
        leave = max(now, not_before)
        now, at = leave + travel, point
        sums["distance"] += metres
        sums["driving"] += travel
        sums["visits"] += 1
        return leave, now, travel, metres

    for number, trip in enumerate(trips):
        place = next(site for site in SITES if site[0] == trip.site)
        leg = visit(Point(place[2], place[3]), trip.from_s)
        for order in trip.orders:
            ready = drafts[order].placed_s + int(rng.lognormal(math.log(330), 0.35))
            wait = max(0, ready - now)
            done = now + wait + int(rng.integers(40, 110))
            stops.append(
                _stop(name, f"{name}:{2 * number}", Action.LOAD, drafts[order], leg, now + wait, done, wait, place)
            )
            sums["waiting"] += wait
            sums["service"] += done - now - wait
            served[order] = _with(drafts[order], ready_s=ready)
            now, leg = done, (leg[1], leg[1], 0, 0)
        for order in sorted(trip.orders, key=lambda order: _from(at, drafts[order])):
            row = served[order]
            door = Point(row.lat or 0.0, row.lon or 0.0)
            leg = visit(door, 0)
            absent = rng.random() < 0.02
            done = now + int(rng.integers(50, 200))
            visit_id = f"{name}:{2 * number + 1}:{order}"
            stops.append(
                _stop(
                    name,
                    visit_id,
                    Action.DROP,
                    row,
                    leg,
                    now,
                    done,
                    0,
                    None,
                    failed="customer absent" if absent else "",
                )
            )
            sums["service"] += done - now
            sums["deliveries"] += not absent
            row = _with(row, courier=name, attempts=1, moves=int(rng.random() < 0.15))
            served[order] = (
                _with(row, outcome=Outcome.FAILED, reason="CUSTOMER_ABSENT", ended_s=done)
                if absent
                else _with(row, door_s=now, delivered_s=done, ended_s=done)
            )
            now = done
    end = max(off, now)
    return CourierRow(
        courier=name,
        zone=zone,
        profile=profile,
        shift=Interval(on, off),
        start_lat=start.lat,
        start_lon=start.lon,
        on_duty_s=began,
        off_duty_s=end,
        off_reason="shift over",
        deliveries=sums["deliveries"],
        visits=sums["visits"],
        distance_m=sums["distance"],
        driving_s=sums["driving"],
        waiting_s=sums["waiting"],
        service_s=sums["service"],
        overtime_s=end - off,
        cost=10 * sums["driving"] + sums["distance"],
    )


def _stop(
    courier: str,
    visit: str,
    action: Action,
    row: OrderRow,
    leg: tuple[int, int, int, int],
    started: int,
    done: int,
    wait: int,
    place: tuple[str, str, float, float, str, float] | None,
    failed: str = "",
) -> Stop:
    set_off, arrived, travel, metres = leg
    return Stop(
        courier=courier,
        visit=visit,
        action=action,
        id=f"{row.order}:1",
        order=row.order,
        fulfilments=(f"{row.order}:1",),
        site=place[0] if place else None,
        point=Point(place[2], place[3]) if place else Point(row.lat or 0.0, row.lon or 0.0),
        told_s=set_off,
        eta_s=arrived,
        set_off_s=set_off,
        arrived_s=arrived,
        started_s=started,
        done_s=done,
        travel_s=travel,
        distance_m=metres,
        wait_s=wait,
        attempt=int(action is Action.DROP),
        failed=failed,
    )


def _unserved(row: OrderRow) -> OrderRow:
    end = (row.promise.until_s if row.promise else row.placed_s) + 900
    return _with(row, outcome=Outcome.FAILED, reason="NO_COURIER_IN_TIME", ended_s=end)


def _count_stores(rng: np.random.Generator, day: Day) -> None:
    taken: Counter[str] = Counter()
    units: Counter[str] = Counter()
    for row in day.orders:
        for store in row.stores:
            taken[store] += 1
            units[store] += row.units
    day.stores = [
        _with(
            row,
            orders=taken[row.store],
            units=units[row.store],
            picks=taken[row.store],
            pick_mean_s=float(rng.integers(180, 420)) if taken[row.store] else None,
            refused_out_of_stock=int(rng.poisson(0.3)),
        )
        for row in day.stores
    ]


def _hexagon(lat: float, lon: float, radius_m: float) -> dict[str, Any]:
    ring = [
        [
            round(lon + radius_m * math.cos(turn) / 111_195 / math.cos(math.radians(lat)), 6),
            round(lat + radius_m * math.sin(turn) / 111_195, 6),
        ]
        for turn in (math.tau * corner / 6 for corner in range(6))
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    east = (other_lon - lon) * math.cos(math.radians(lat))
    return 111_195 * math.hypot(east, other_lat - lat)


def _from(at: Point, row: OrderRow) -> float:
    return _metres(at.lat, at.lon, row.lat or 0.0, row.lon or 0.0)


def _with(row: Any, **changes: Any) -> Any:
    return type(row)(**{name: getattr(row, name) for name in row.__slots__} | changes)
