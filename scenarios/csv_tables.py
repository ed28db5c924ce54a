"""A run's tables as CSV. `docs/outputs.md` describes the columns."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scenarios.plain import DECIMALS, Clock
from scenarios.run_rows import CourierRow, OrderRow, StoreRow
from scenarios.world.records import Stop

Cell = str | int | float | None

ORDERS = (
    "order", "zone", "service_level", "placed", "lat", "lon", "lines", "units", "sites", "stores", "promise_from",
    "promise_until", "ready", "door", "delivered", "ended", "outcome", "reason", "detail", "late_s", "on_time",
    "click_to_door_s", "ready_to_door_s", "courier", "distance_m", "travel_s", "attempts", "moves",
)  # fmt: skip

STOPS = (
    "courier", "visit", "sequence", "action", "order", "fulfilment", "site", "lat", "lon", "told", "eta", "set_off",
    "arrived", "started", "done", "travel_s", "distance_m", "wait_s", "attempt", "failed",
)  # fmt: skip

COURIERS = (
    "courier", "zone", "profile", "shift_from", "shift_until", "on_duty", "off_duty", "off_reason", "start_lat",
    "start_lon", "deliveries", "visits", "distance_m", "driving_s", "waiting_s", "service_s", "idle_s", "overtime_s",
    "use", "cost",
)  # fmt: skip

STORES = (
    "store", "site", "zone", "kind", "lat", "lon", "radius_m", "orders", "units", "refused_out_of_stock", "picks",
    "pick_mean_s",
)  # fmt: skip


def order_cells(row: OrderRow, clock: Clock) -> tuple[Cell, ...]:
    """Return a row of ``orders.csv``."""
    promise = row.promise
    return (
        row.order,
        row.zone,
        row.service_level,
        clock.text(row.placed_s),
        row.lat,
        row.lon,
        row.lines,
        row.units,
        row.sites,
        "+".join(row.stores),
        clock.maybe(promise.from_s if promise else None),
        clock.maybe(promise.until_s if promise else None),
        clock.maybe(row.ready_s),
        clock.maybe(row.door_s),
        clock.maybe(row.delivered_s),
        clock.text(row.ended_s),
        row.outcome.value,
        row.reason,
        row.detail,
        row.late_s,
        None if row.late_s is None else int(row.on_time),
        row.click_to_door_s,
        row.ready_to_door_s,
        row.courier,
        row.distance_m,
        row.travel_s,
        row.attempts,
        row.moves,
    )


def stop_rows(stops: Iterable[Stop], clock: Clock) -> Iterator[tuple[Cell, ...]]:
    """Return the rows of ``stops.csv``, by courier, then in the order in which they were done."""
    number: Counter[str] = Counter()
    for stop in sorted(stops, key=lambda stop: stop.courier):
        number[stop.courier] += 1
        yield (
            stop.courier,
            stop.visit,
            number[stop.courier],
            stop.action.value,
            stop.order,
            "+".join(stop.fulfilments),
            stop.site or "",
            stop.point.lat,
            stop.point.lon,
            clock.text(stop.told_s),
            clock.text(stop.eta_s),
            clock.text(stop.set_off_s),
            clock.text(stop.arrived_s),
            clock.text(stop.started_s),
            clock.text(stop.done_s),
            stop.travel_s,
            stop.distance_m,
            stop.wait_s,
            stop.attempt or None,
            stop.failed,
        )


def courier_cells(row: CourierRow, clock: Clock) -> tuple[Cell, ...]:
    """Return a row of ``couriers.csv``."""
    return (
        row.courier,
        row.zone,
        row.profile,
        clock.text(row.shift.from_s),
        clock.text(row.shift.until_s),
        clock.maybe(row.on_duty_s),
        clock.maybe(row.off_duty_s if row.on_duty_s is not None else None),
        row.off_reason,
        row.start_lat,
        row.start_lon,
        row.deliveries,
        row.visits,
        row.distance_m,
        row.driving_s,
        row.waiting_s,
        row.service_s,
        row.idle_s,
        row.overtime_s,
        round(row.use, DECIMALS),
        row.cost,
    )


def store_cells(row: StoreRow) -> tuple[Cell, ...]:
    """Return a row of ``stores.csv``."""
    return (
        row.store,
        row.site,
        row.zone,
        row.kind,
        row.lat,
        row.lon,
        row.radius_m,
        row.orders,
        row.units,
        row.refused_out_of_stock,
        row.picks,
        None if row.pick_mean_s is None else round(row.pick_mean_s, DECIMALS),
    )


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table: UTF-8, a line of column names, lines that end in one newline."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
