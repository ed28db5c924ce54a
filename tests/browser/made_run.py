"""Writes the directory of a run without a run, by the project's own writers of tables."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

from dispatch.codes import OrderCode
from dispatch.decision import Decision
from dispatch.model import Outcome
from dispatch.objective import Objective
from scenarios.csv_tables import (
    COURIERS,
    ORDERS,
    STOPS,
    STORES,
    courier_cells,
    order_cells,
    stop_rows,
    store_cells,
    write_csv,
)
from scenarios.metrics import measure
from scenarios.plain import Clock, to_json
from scenarios.run_rows import OrderRow
from tests.browser.made_day import END_S, PROMISE_S, SITES, START_S, TIMEZONE, Day


def write_day(run_dir: Path, day: Day) -> Path:
    """Write the files of a run that the report reads, and return the directory."""
    run_dir.mkdir(parents=True, exist_ok=True)
    clock = Clock(TIMEZONE)
    write_csv(run_dir / "orders.csv", ORDERS, (order_cells(row, clock) for row in day.orders))
    write_csv(run_dir / "stops.csv", STOPS, stop_rows(day.stops, clock))
    write_csv(run_dir / "couriers.csv", COURIERS, (courier_cells(row, clock) for row in day.couriers))
    stores = [row if row.store not in day.polygons else replace(row, radius_m=None) for row in day.stores]
    write_csv(run_dir / "stores.csv", STORES, (store_cells(row) for row in stores))
    heads = {
        "name": day.name,
        "seed": 7,
        "timezone": TIMEZONE,
        "start": clock.text(START_S),
        "end": clock.text(END_S),
    }
    figures = measure(day.orders, day.couriers, Objective(), levels=sorted(PROMISE_S))
    audit = {"plans_checked": 0, "checks": 0, "faults": len(day.audit), "found": list(day.audit)}
    result = figures | heads | {"versions": {"doorstep": "0.1.0"}, "audit": audit}
    (run_dir / "result.json").write_text(to_json(result), encoding="utf-8")
    stores_said = [
        {"id": row.store, "site": row.site, "radius_m": row.radius_m, "polygon": day.polygons.get(row.store)}
        for row in stores
    ]
    scenario = heads | {"version": "0.1.0", "rivers": day.rivers, "stores": stores_said}
    (run_dir / "scenario.json").write_text(to_json(scenario), encoding="utf-8")
    if day.decided:
        with gzip.open(run_dir / "decisions.ndjson.gz", "wt", encoding="utf-8") as stream:
            stream.writelines(_decision(row).to_json() + "\n" for row in day.orders)
    return run_dir


def _decision(row: OrderRow) -> Decision:
    """Return as much of a decision as the report tells."""
    refused = row.outcome is Outcome.REFUSED and row.reason in set(OrderCode)
    return Decision(
        order=row.order,
        at_s=row.placed_s,
        level=row.service_level,
        directory="made",
        travel="made",
        promise=row.promise,
        in_reach=len(SITES),
        code=OrderCode(row.reason) if refused else None,
    )
