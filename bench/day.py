"""How fast a big day is lived through: ``python -m bench.day`` writes ``bench/results/day.json``.

Targets, on two cores: 10,000 orders, 10 stores, 300 couriers in less than 10 minutes and 2 GB, with a share of orders
on time within one point of the same day at ten times the solver's work; orders, stores and couriers doubled: at most
2.3 times the time.

The city is a grid of stores three kilometres apart, in one zone. Orders come from 08:00 to 22:00 from all around them,
most in two peaks; four in ten are promised within 30 minutes, the rest within an hour, two hours or the day. Couriers
ride scooters, a third of them from morning to afternoon, a third to the night, a third in the peaks. Each day is run in
a process of its own, with all of its files but the report.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench._machine import machine

RESULTS = Path(__file__).parent / "results" / "day.json"

ORDERS, STORES, COURIERS = 10_000, 10, 300
ROWS = 5
"""Stores from north to south; a bigger city grows to the east."""

SHAPE = (0.35, 0.45, 0.55, 0.9, 1.7, 1.8, 1.0, 0.7, 0.7, 0.9, 1.5, 1.9, 1.5, 0.8)
"""Orders by hour from 08:00, relative to the mean."""

SKUS = 200

DAYS = {"day": (1, 1), "ten_times_the_work": (1, 10), "doubled": (2, 1)}
"""Name of a run, times the size, times the work."""


def city(*, orders: int, stores: int, couriers: int, work_limit: int | None, seed: int) -> str:
    """Return the scenario file of a city."""
    lines = [
        'name = "big-day"',
        f"seed = {seed}",
        'timezone = "Europe/Helsinki"',
        "start = 2025-06-12T08:00:00",
        "hours = 14",
        "behaviour = {cancelled = 0.01, absent = 0.02, courier_late = 0.05, courier_ill = 0.01}",
        "durations = {travel_factor_cv = 0.15}",
        "[[zones]]",
        'id = "city"',
        'profile = "scooter"',
        "[[profiles]]",
        'id = "scooter"',
        "speed_kmh = 24",
        "detour_factor = 1.3",
    ]
    if work_limit is not None:
        lines += ["[solver]", f"work_limit = {work_limit}"]
    names = []
    for number in range(stores):
        column, row = divmod(number, ROWS)
        lat, lon = 60.15 + 0.027 * row, 24.7 + 0.054 * column
        names.append(f"S{number:02}")
        lines += [
            "[[stores]]",
            f'id = "{names[-1]}"',
            'zone = "city"',
            f"lat = {lat:.4f}",
            f"lon = {lon:.4f}",
            "radius_m = 4000",
            "setup_s = 30",
            f"pickers = {max(2, round(6 * orders / stores / 1_000))}",
        ]
    for number in range(SKUS):
        lines += ["[[items]]", f'sku = "sku-{number:03}"', "weight_g = 600", "volume_ml = 1500"]
    lines += ["[[stock_rules]]", "quantity = 2000"]
    for name, count, shifts in (
        ("early", couriers // 3, '["07:45-15:45"]'),
        ("late", couriers - 2 * (couriers // 3), '["14:30-22:30"]'),
        ("peak", couriers // 3, '["10:45-20:45"]'),
    ):
        lines += ["[[fleets]]", f'id = "{name}"', 'zone = "city"', 'profile = "scooter"', f"count = {count}"]
        lines += [f"shifts = {shifts}", f"sites = {json.dumps(names)}"]
    rates = [0.0] * 24
    for hour, share in enumerate(SHAPE):
        rates[8 + hour] = round(orders * share / sum(SHAPE), 3)
    lines += [
        "[[demand]]",
        'id = "o"',
        f"orders_per_hour = {rates}",
        "service_levels = {express_30 = 4, express_60 = 2, two_hour = 3, same_day = 1}",
        'places = {kind = "around_sites", radius_m = 2400}',
        "basket = {lines = {1 = 4, 2 = 3, 3 = 2, 5 = 1}}",
    ]
    return "\n".join(lines) + "\n"


def live(path: Path, out: Path) -> dict[str, Any]:
    """Live through the scenario of a file, write it, and return the figures. Runs in a process of its own."""
    from scenarios.load import load
    from scenarios.outputs import HistoryFiles, write_run, write_timings
    from scenarios.run import run

    began = time.perf_counter()
    scenario = load(path)
    with HistoryFiles(out) as history:
        result = run(scenario, sink=history)
    written = write_run(out, result)
    write_timings(out, result.clockwork, phases_s={"all": time.perf_counter() - began})
    timings = json.loads((out / "timings.json").read_text(encoding="utf-8"))
    figures = written.figures
    return {
        "seconds": round(timings["phases"]["all"], 1),
        "solver_seconds": round(timings["solver"]["seconds"], 1),
        "solves": timings["solver"]["solves"],
        "step_p99_seconds": timings["steps"]["p99"],
        "peak_memory_mb": {
            name.removesuffix("_bytes"): round(size / 1e6) for name, size in timings["peak_memory"].items()
        },
        "orders": figures["orders"]["total"],
        "couriers": figures["couriers"]["total"],
        "work_limit": scenario.work_limit,
        "on_time_share": figures["on_time"]["share"],
        "outcomes": {name: figures["orders"][name] for name in ("delivered", "refused", "failed", "cancelled")},
        "courier_use": figures["couriers"]["use"],
        "objective": figures["objective"]["total"],
        "audit_faults": figures["audit"]["found"],
    }


def measure(name: str, *, scale: float, seed: int, work_limit: int | None) -> dict[str, Any]:
    """Run one of `DAYS` in a process of its own and return its figures."""
    size, work = DAYS[name]
    base = default_work() if work_limit is None else work_limit
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "day.toml", Path(folder) / "run"
        out.mkdir()
        text = city(
            orders=round(size * scale * ORDERS),
            stores=max(1, round(size * scale * STORES)),
            couriers=round(size * scale * COURIERS),
            work_limit=base * work,
            seed=seed,
        )
        path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "bench.day", "--live", str(path), str(out)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def default_work() -> int:
    """Return the work limit that a scenario has unless it says otherwise."""
    from scenarios.schema import SolverTable

    return SolverTable().work_limit


def judge(days: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what the targets say of the days that were run."""
    day, hard, double = (days.get(name) for name in DAYS)
    found: dict[str, Any] = {}
    if day:
        megabytes = sum(day["peak_memory_mb"].values())
        found["under_600_seconds"] = day["seconds"] < 600
        found["under_2_gb"] = megabytes < 2_000
    if day and hard:
        gap = 100 * (hard["on_time_share"] - day["on_time_share"])
        found["points_gained_by_ten_times_the_work"] = round(gap, 3)
        found["within_one_point"] = gap <= 1
    if day and double:
        ratio = double["seconds"] / day["seconds"]
        found["times_as_long_doubled"] = round(ratio, 2)
        found["at_most_2.3_times"] = ratio <= 2.3
    return found


def main() -> None:
    """Run the days and write what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", nargs="+", choices=list(DAYS), default=list(DAYS), help="which to run")
    parser.add_argument("--scale", type=float, default=1.0, help="times orders, stores and couriers; not written")
    parser.add_argument("--work-limit", type=int, help="instead of the scenario's default; not written")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--live", nargs=2, type=Path, metavar=("SCENARIO", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.live:
        print(json.dumps(live(*options.live)))
        return
    results: dict[str, Any] = {"machine": machine("doorstep", "numpy", "ortools", "numba"), "days": {}}
    if RESULTS.exists() and set(options.days) != set(DAYS):
        # Days that are not run again keep their figures.
        results["days"] = json.loads(RESULTS.read_text(encoding="utf-8"))["days"]
    for name in options.days:
        figures = measure(name, scale=options.scale, seed=options.seed, work_limit=options.work_limit)
        results["days"][name] = figures
        print(f"{name}: {json.dumps(figures, indent=2)}", flush=True)
    results["targets"] = judge(results["days"])
    print(json.dumps(results["targets"], indent=2))
    if options.scale == 1.0 and options.work_limit is None:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
