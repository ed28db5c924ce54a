"""What more orders cost, and what one more does: ``python -m bench.growth`` writes its results beside it.

* Memory: the most that planning 1,000 orders takes.
* Ten cities of 300 orders each are planned in `CITY_S` seconds apiece, then all 3,000 orders as one problem, until that
  plan is as good: so much longer it takes.
* A plan for 300 open orders, found in 10 s, gets one more order and `REPLAN_S` seconds; beside it, the same problem is
  planned for 10 s from nothing.

The problems are those of ``../shared/bench/instances.py``.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench._machine import machine
from solver.formats.vroom import read_vroom
from solver.params import SolveParams
from solver.problem import Matrix, Problem, Request, Task
from solver.solve import Progress, Solver

RESULTS = Path(__file__).parent / "results" / "growth.json"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench"

CITY_S = 4.0
CITIES = 10
APART_S = 20_000
"""From a place in one city to any place in another."""

MOST_TIMES = 12.0
REPLAN_S = 0.9
LONG_S = 10.0
MOST_GB = 1.0

_PLAN_1000 = """
import sys
sys.path.insert(0, {shared!r})
import instances
from solver.formats.vroom import read_vroom
from solver.params import SolveParams
from solver.solve import solve
solve(read_vroom(instances.ondemand(1_000, 1)).problem, SolveParams(time_limit_s=10.0))
"""


def ondemand(orders: int, seed: int) -> Problem:
    """Return a problem of the family of that name."""
    if str(SHARED) not in sys.path:
        sys.path.insert(0, str(SHARED))
    import instances  # type: ignore[import-not-found]

    return read_vroom(instances.ondemand(orders, seed)).problem


def together(problems: list[Problem]) -> Problem:
    """Return several cities as one problem, so far apart that each is best served by its own couriers."""
    first = np.cumsum([0, *(problem.places for problem in problems)])
    durations = np.full((first[-1], first[-1]), APART_S, np.int32)
    for problem, at in zip(problems, first[:-1], strict=True):
        durations[at : at + problem.places, at : at + problem.places] = problem.matrices[0].durations_s
    couriers, requests = [], []
    for number, (problem, at) in enumerate(zip(problems, first[:-1].tolist(), strict=True)):
        for courier in problem.couriers:
            start = None if courier.start is None else courier.start + at
            end = None if courier.end is None else courier.end + at
            couriers.append(replace(courier, id=f"{number}-{courier.id}", start=start, end=end))
        requests += [_moved(request, number, at) for request in problem.requests]
    return replace(
        problems[0],
        matrices=(Matrix(durations_s=durations, distances_m=np.zeros_like(durations)),),
        couriers=tuple(couriers),
        requests=tuple(requests),
    )


def _moved(request: Request, city: int, at: int) -> Request:
    def move(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
        return tuple(replace(task, place=task.place + at) for task in tasks)

    return replace(request, id=f"{city}-{request.id}", loads=move(request.loads), unloads=move(request.unloads))


def growth(solver: Solver) -> dict[str, Any]:
    """Return how many times as long ten cities take together as one alone, for plans as good."""
    cities = [ondemand(300, seed) for seed in range(1, CITIES + 1)]
    costs = [solver.solve(city, SolveParams(time_limit_s=CITY_S)).cost.total for city in cities]
    whole = together(cities)
    reached: list[float] = []

    def watch(progress: Progress) -> bool:
        if progress.cost <= sum(costs):
            reached.append(progress.seconds)
        return bool(reached)

    began_s = time.perf_counter()
    plan = solver.solve(whole, SolveParams(time_limit_s=3 * MOST_TIMES * CITY_S), watch=watch)
    took_s = time.perf_counter() - began_s
    return {
        "city_s": CITY_S,
        "cost_of_cities": sum(costs),
        "cost_together": plan.cost.total,
        "seconds": round(took_s, 2),
        "times": round(took_s / CITY_S, 2) if reached else None,
    }


def replan(solver: Solver) -> dict[str, Any]:
    """Return what a short re-plan after one more order costs, beside a long plan from nothing; five seeds."""
    ratios = []
    for seed in range(1, 6):
        after = ondemand(300, seed)
        before = replace(after, requests=after.requests[:-1])
        open_plan = solver.solve(before, SolveParams(time_limit_s=LONG_S)).sequences(len(before.couriers))
        began_s = time.perf_counter()
        short = solver.solve(after, SolveParams(time_limit_s=REPLAN_S), start=open_plan)
        took_s = time.perf_counter() - began_s
        long = solver.solve(after, SolveParams(time_limit_s=LONG_S))
        ratios.append({"ratio": round(short.cost.total / long.cost.total, 4), "seconds": round(took_s, 3)})
    return {"orders": 300, "cases": ratios, "mean_ratio": round(sum(r["ratio"] for r in ratios) / len(ratios), 4)}


def memory_gb() -> float:
    """Return the most memory that planning 1,000 orders took, in a process of its own."""
    subprocess.run([sys.executable, "-c", _PLAN_1000.format(shared=str(SHARED))], check=True)
    return round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20, 2)


def main() -> None:
    """Measure, print, write."""
    if not SHARED.is_dir():
        sys.exit(f"bench: {SHARED} is missing: the problems lie there")
    results: dict[str, Any] = {"machine": machine("doorstep", "numba", "numpy"), "memory_gb": memory_gb()}
    print(json.dumps(results), flush=True)
    with Solver() as solver:
        solver.warm_up()
        results["growth"] = growth(solver)
        print(json.dumps(results["growth"]), flush=True)
        results["replan"] = replan(solver)
        print(json.dumps(results["replan"]), flush=True)
    times = results["growth"]["times"]
    results["targets_met"] = {
        f"under {MOST_GB:g} GB for 1,000 orders": results["memory_gb"] < MOST_GB,
        f"3,000 orders at most {MOST_TIMES:g} times as long as 300": times is not None and times <= MOST_TIMES,
        "re-plans under 1 s": all(case["seconds"] < 1.0 for case in results["replan"]["cases"]),
        "re-plans as good as 10 s from nothing": results["replan"]["mean_ratio"] <= 1.0,
    }
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(results["targets_met"], indent=2))
    print(f"written to {RESULTS}")


if __name__ == "__main__":
    main()
