"""Pickup and delivery on city streets: ``python -m bench.pdptw`` writes its results beside it.

Sartori and Buriol's problems (``../shared/data/pdptw/city``), fewest vehicles first, then least travel, each planned in
so many seconds and held against the best known solution. 60 s and all problems of 100 and 200 locations take half an
hour; ``--problems`` and ``--seconds`` choose.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import sys
from pathlib import Path
from typing import Any

from bench._machine import machine
from solver.formats.city_pdptw import read_city_pdptw
from solver.params import SolveParams
from solver.solve import Solver

RESULTS = Path(__file__).parent / "results" / "pdptw.json"
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdptw" / "city"
SIZES = ("n100", "n200")

MEAN_GAP, VEHICLES_REACHED = 0.03, 0.8


def best_known() -> dict[str, tuple[int, int]]:
    """Return vehicles and travel of the best known solutions, by problem."""
    with (DATA / "best-known.csv").open(encoding="utf-8", newline="") as file:
        return {row["instance"]: (int(row["vehicles"]), int(row["cost"])) for row in csv.DictReader(file)}


def measure(solver: Solver, name: str, *, seconds: float, best: tuple[int, int]) -> dict[str, Any]:
    """Return what was found for one problem, beside the best known."""
    given = read_city_pdptw((DATA / f"{name}.txt").read_text(encoding="utf-8"))
    plan = solver.solve(given.problem, SolveParams(time_limit_s=seconds, seed=1))
    travel = sum(route.travel_s for route in plan.routes)
    return {
        "vehicles": len(plan.routes),
        "travel": travel,
        "left_out": len(plan.left_out),
        "best_vehicles": best[0],
        "best_travel": best[1],
        "gap": round(travel / best[1] - 1, 4),
    }


def judge(cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the mean gap, how often the best number of vehicles was reached, and whether that is as wanted."""
    gap = statistics.mean(case["gap"] for case in cases.values())
    reached = statistics.mean(
        case["vehicles"] <= case["best_vehicles"] and not case["left_out"] for case in cases.values()
    )
    return {
        "problems": len(cases),
        "mean_gap": round(gap, 4),
        "vehicles_reached": round(reached, 4),
        "targets_met": {
            f"mean gap under {MEAN_GAP:.0%}": gap < MEAN_GAP,
            f"best number of vehicles in {VEHICLES_REACHED:.0%}": reached >= VEHICLES_REACHED,
        },
    }


def main() -> None:
    """Plan, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--problems", nargs="+", help="instead of all of 100 and 200 locations")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"bench: {DATA} is missing: the problems lie there")
    known = best_known()
    names = options.problems or [name for name in sorted(known) if any(size in name for size in SIZES)]
    names = [name for name in names if (DATA / f"{name}.txt").exists()]
    results: dict[str, Any] = {"machine": machine("doorstep", "numba", "numpy"), "seconds": options.seconds}
    cases: dict[str, dict[str, Any]] = {}
    with Solver() as solver:
        solver.warm_up()
        for number, name in enumerate(names, 1):
            cases[name] = measure(solver, name, seconds=options.seconds, best=known[name])
            print(f"{number}/{len(names)} {name} {json.dumps(cases[name])}", flush=True)
            results |= judge(cases) | {"cases": cases}
            # After each: what was measured is not lost if the rest is broken off.
            options.output.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(json.dumps({name: results[name] for name in ("mean_gap", "vehicles_reached", "targets_met")}, indent=2))
    print(f"written to {options.output}")


if __name__ == "__main__":
    main()
