"""How fast orders are allocated: ``python -m bench.allocation`` prints the figures and writes them beside this file.

Target: 100,000 orders, 10,000 stores, 1,000 skus, decisions kept, in one process: 5,000 orders a second or more, less
than 2 GB at the peak. The stores lie as densely as gives each destination some fifty of them in reach, in four zones
that share borders; each carries four in ten skus; orders of one to four lines, the popular skus far more often, come
over ten hours. Every hold is committed. What it takes to store the decisions as JSON, compressed, is measured apart.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import sys
import time
import zlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from bench._machine import machine
from dispatch.allocation import AllocationParams, Allocator
from dispatch.batch import allocate_many
from dispatch.directory import Directory
from dispatch.estimates import Estimates, SecondsTable
from dispatch.hours import ALWAYS, OpeningHours
from dispatch.ledger.memory import MemoryLedger
from dispatch.ledger.protocol import Demand
from dispatch.model import BucketCapacity, Item, Line, Order, Site, Store, Zone
from dispatch.service_levels import DEFAULT_LEVELS
from geo.areas import Radius
from geo.great_circle import GreatCircleTravel
from geo.point import Point
from geo.profiles import Profile

SOUTH, WEST = 60.0, 24.0
DEGREE_M = 111_195.0
RADIUS_M = 6_000.0
CARRIED = 0.4
HOURS = 10
BEGIN_S = int(datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp())
PACKED_TOGETHER = 64

RESULTS = Path(__file__).parent / "results" / "allocation.json"


def world(rng: np.random.Generator, *, stores: int, skus: int, in_reach: int) -> tuple[Directory, float]:
    """Return the directory, and the side of its square in degrees of latitude."""
    side = float(np.sqrt(stores / in_reach * np.pi)) * RADIUS_M / DEGREE_M
    offices = ("always", "07:00-23:00", {"mon-sat": "08:00-22:00", "sun": "10:00-20:00"})
    hours = [ALWAYS if text == "always" else OpeningHours.parse(text) for text in offices]
    places = rng.uniform(0, side, (stores, 2))
    sites = [
        Site(id=f"site-{number}", point=Point(SOUTH + lat, WEST + 2 * lon), setup_s=60)
        for number, (lat, lon) in enumerate(places.tolist())
    ]
    shops = [
        Store(
            id=f"store-{number}",
            site=f"site-{number}",
            zone=f"zone-{int(lat > side / 2)}{int(lon > side / 2)}",
            area=Radius(RADIUS_M),
            hours=hours[number % 3],
            pickers=2,
            capacity=BucketCapacity(orders=20),
        )
        for number, (lat, lon) in enumerate(places.tolist())
    ]
    zones = [
        Zone(id=zone, timezone="Europe/Helsinki", profile="bike") for zone in sorted({shop.zone for shop in shops})
    ]
    items = [Item(sku=f"sku-{number}", weight_g=300 + number, volume_ml=500) for number in range(skus)]
    return Directory(zones, sites, shops, items, DEFAULT_LEVELS), side


def ledgers_of(rng: np.random.Generator, directory: Directory) -> dict[str, MemoryLedger]:
    """Return the ledgers, with stock on the shelves."""
    ledgers = {zone: MemoryLedger() for zone in directory.zones}
    skus = list(directory.items)
    for store in directory.stores.values():
        carried = np.flatnonzero(rng.random(len(skus)) < CARRIED)
        units = rng.integers(3, 40, len(carried))
        ledgers[store.zone].receive(
            [Demand(store.id, skus[sku], count) for sku, count in zip(carried.tolist(), units.tolist(), strict=True)],
            now_s=BEGIN_S,
        )
    return ledgers


def orders_of(rng: np.random.Generator, *, orders: int, skus: int, side: float) -> list[Order]:
    """Return the orders by the time of placing."""
    placed_s = np.sort(rng.integers(BEGIN_S, BEGIN_S + HOURS * 3600, orders)).tolist()
    places = rng.uniform(0, side, (orders, 2)).tolist()
    popularity = 1.0 / np.arange(1, skus + 1)
    popularity /= popularity.sum()
    drawn = rng.choice(skus, (orders, 4), p=popularity).tolist()
    lines = rng.integers(1, 5, orders).tolist()
    levels = rng.choice(["express_30", "express_60", "two_hour"], orders).tolist()
    return [
        Order(
            id=f"order-{number}",
            customer=f"customer-{number}",
            destination=Point(SOUTH + lat, WEST + 2 * lon),
            lines=tuple(
                Line(id=str(at), sku=f"sku-{sku}", quantity=1 + at % 2)
                for at, sku in enumerate(dict.fromkeys(drawn[number][: lines[number]]))
            ),
            service_level=levels[number],
            placed_s=placed_s[number],
        )
        for number, (lat, lon) in enumerate(places)
    ]


def measure(*, orders: int, stores: int, skus: int, in_reach: int, seed: int) -> dict[str, Any]:
    """Allocate a day, commit every hold, keep every decision, and return the figures."""
    rng = np.random.default_rng(seed)
    directory, side = world(rng, stores=stores, skus=skus, in_reach=in_reach)
    ledgers = ledgers_of(rng, directory)
    day = orders_of(rng, orders=orders, skus=skus, side=side)
    travel = GreatCircleTravel([Profile("bike", speed_kmh=18)], "Europe/Helsinki")
    estimates = Estimates(
        pick=SecondsTable(default_s=120.0),
        pick_per_unit=SecondsTable(default_s=15.0),
        handover=SecondsTable(default_s=60),
    )
    begin = time.perf_counter()
    allocator = Allocator(directory, travel, estimates, ledgers, AllocationParams(choices=1))
    built_s = time.perf_counter() - begin
    # What stands by now stays: the collector need not walk through it again and again.
    gc.collect()
    gc.freeze()
    begin = time.perf_counter()
    decisions = []
    for decision in allocate_many(allocator, day):
        decisions.append(decision)
        if decision.allocation is not None:
            zone = decision.allocation.delivery.zone
            ledgers[zone].commit(decision.hold, now_s=decision.at_s)
    seconds = time.perf_counter() - begin
    peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    for ledger in ledgers.values():
        ledger.verify(now_s=BEGIN_S + 2 * HOURS * 3600)
    outcomes = Counter("allocated" if decision.code is None else str(decision.code) for decision in decisions)
    begin = time.perf_counter()
    longest = total = packed = 0
    for first in range(0, orders, PACKED_TOGETHER):
        texts = [decision.to_json() for decision in decisions[first : first + PACKED_TOGETHER]]
        longest = max(longest, *map(len, texts))
        total += sum(map(len, texts))
        packed += len(zlib.compress("\n".join(texts).encode(), 1))
    return {
        "orders": orders,
        "stores": stores,
        "skus": skus,
        "in_reach_mean": sum(decision.in_reach for decision in decisions) / orders,
        "seconds": seconds,
        "orders_per_s": orders / seconds,
        "build_s": built_s,
        "peak_bytes": peak_bytes,
        "json_and_zlib_seconds": time.perf_counter() - begin,
        "json_bytes_mean": total / orders,
        "json_bytes_max": longest,
        "packed_bytes_mean": packed / orders,
        "outcomes": dict(sorted(outcomes.items())),
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="Measures how fast orders are allocated.")
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--stores", type=int, default=10_000)
    parser.add_argument("--skus", type=int, default=1_000)
    parser.add_argument("--in-reach", type=int, default=50, help="mean number of stores in reach of an order")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    args = parser.parse_args()
    figures = measure(orders=args.orders, stores=args.stores, skus=args.skus, in_reach=args.in_reach, seed=args.seed)
    result = {
        "machine": machine("numpy", "scipy", "shapely"),
        "allocation": figures,
        "targets_met": {
            "5,000 orders/s": figures["orders_per_s"] >= 5_000,
            "less than 2 GB": figures["peak_bytes"] < 2 * 10**9,
        },
    }
    for group, values in result.items():
        for name, value in values.items():
            print(f"{group:12} {name:24} {f'{value:,.4g}' if isinstance(value, float) else value}")
    args.output.parent.mkdir(parents=True, exist_ok=True)
    args.output.write_text(json.dumps(result, indent=2) + "\n")
    print(f"written to {args.output}")


if __name__ == "__main__":
    main()
