"""What a run writes: `docs/outputs.md` describes every file, column and key."""

from __future__ import annotations

import gzip
import json
import platform
import resource
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version as installed_version
from io import BufferedWriter, TextIOWrapper
from pathlib import Path
from typing import Any

from dispatch.decision import Decision
from dispatch.events import Event
from scenarios.audit import Audit, audit
from scenarios.collect import courier_rows, order_rows, store_rows
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
from scenarios.describe import describe
from scenarios.metrics import measure
from scenarios.plain import Clock, plain, to_json
from scenarios.run import Clockwork, RunResult
from scenarios.statistics import mean, percentile

VERSIONS = ("doorstep", "numpy", "ortools")
"""Distributions whose version decides what a run gives."""

STOCK = ("received", "on_hand", "held", "allocated", "picked", "on_courier", "quarantine", "delivered", "lost")


class HistoryFiles:
    """A context and a `scenarios.sink.Sink`: writes events and decisions, compressed, as they come."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._stack = ExitStack()

    def __enter__(self) -> HistoryFiles:
        """Open both files."""
        self._events = self._open("events.ndjson.gz")
        self._decisions = self._open("decisions.ndjson.gz")
        return self

    def __exit__(self, *_: object) -> None:
        """Close them."""
        self._stack.close()

    def event(self, event: Event, /) -> None:
        """Write one event."""
        self._events.write(json.dumps(event.to_json(), separators=(",", ":"), ensure_ascii=False) + "\n")

    def decision(self, decision: Decision, /) -> None:
        """Write one decision."""
        self._decisions.write(decision.to_json() + "\n")

    def _open(self, name: str) -> TextIOWrapper:
        file: BufferedWriter = self._stack.enter_context((self._directory / name).open("wb"))
        # No name and no time of day in the header: the same history gives the same bytes.
        packed = self._stack.enter_context(gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0))
        return self._stack.enter_context(TextIOWrapper(packed, encoding="utf-8", newline="\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: the figures of `result.json`, and the audit."""

    figures: Mapping[str, Any]
    audit: Audit


def write_run(directory: Path, result: RunResult) -> Written:
    """Write everything but the history, the timings and the report."""
    scenario = result.scenario
    clock = Clock(scenario.timezone)
    write_csv(directory / "orders.csv", ORDERS, (order_cells(row, clock) for row in order_rows(result)))
    write_csv(directory / "stops.csv", STOPS, stop_rows(result.diary.stops, clock))
    write_csv(directory / "couriers.csv", COURIERS, (courier_cells(row, clock) for row in courier_rows(result)))
    write_csv(directory / "stores.csv", STORES, (store_cells(row) for row in store_rows(result)))
    whole = describe(scenario, version=installed_version("doorstep"))
    (directory / "scenario.json").write_text(to_json(whole), encoding="utf-8")
    book = audit(result)
    figures = summarise(result, book)
    (directory / "result.json").write_text(to_json(figures), encoding="utf-8")
    return Written(figures=figures, audit=book)


def summarise(result: RunResult, book: Audit) -> dict[str, Any]:
    """Return the figures of `result.json`, rounded as they stand there."""
    scenario = result.scenario
    clock = Clock(scenario.timezone)
    figures = measure(
        order_rows(result), courier_rows(result), scenario.objective, levels=sorted(scenario.directory.levels)
    )
    figures |= {
        "name": scenario.name,
        "seed": scenario.seed,
        "timezone": scenario.timezone,
        "start": clock.text(scenario.start_s),
        "end": clock.text(scenario.end_s),
        "ended": clock.text(result.ended_s),
        "versions": {name: installed_version(name) for name in VERSIONS} | {"python": platform.python_version()},
        "work": {
            "decisions": result.watch.decisions,
            "events": result.watch.events,
            "instructions": result.watch.instructions,
            "reports": result.reports,
            "steps": result.counters.steps,
            "solves": result.clockwork.solves,
        },
        "stock": {name: sum(getattr(balance, name) for _, _, balance in result.balances) for name in STOCK},
        "audit": {
            "plans_checked": result.clockwork.solves,
            "checks": book.checks,
            "faults": len(book.faults),
            "found": list(book.faults),
        },
    }
    rounded: dict[str, Any] = plain(figures)
    return rounded


def write_timings(directory: Path, clockwork: Clockwork, *, phases_s: Mapping[str, float]) -> None:
    """Write how long everything took, by the wall, and the memory it took."""
    steps = clockwork.steps_s
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    memory = {
        "process_bytes": unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "children_bytes": unit * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
    }
    timings = {
        "phases": dict(phases_s),
        "steps": {
            "count": len(steps),
            "mean": mean(steps),
            "p50": percentile(steps, share=0.50),
            "p99": percentile(steps, share=0.99),
            "max": max(steps, default=None),
        },
        "solver": {"solves": clockwork.solves, "seconds": clockwork.solver_s},
        "peak_memory": memory,
    }
    (directory / "timings.json").write_text(to_json(timings), encoding="utf-8")
