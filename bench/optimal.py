"""How often plans of tiny problems are the best there are: ``python -m bench.optimal`` writes its results beside it.

Random problems of the whole model, up to seven tasks each, every other one with gaps between tasks of two couriers:
alternatives, breaks, hours, limits, overtime, reloads and all the rest, a few at a time (`tests.solver.strategies`).
Brute force tries every plan of each (`tests.solver.brute_force`), and its judge is not the code that searches. Both
engines solve each problem with a small limit of work, so that the same seed gives the same figures everywhere.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from rich.progress import track

from bench._machine import machine
from solver.check import check
from solver.params import SolveParams
from solver.problem import Problem
from solver.solve import Solver
from tests.solver.brute_force import best_plan
from tests.solver.strategies import problems

RESULTS = Path(__file__).parent / "results" / "optimal.json"
MOST_TASKS = 7
WORK = {"search": 8, "ortools": 8}
"""Units of work for each engine."""

TARGETS = {"search": 1.0, "ortools": 0.99}
"""The least part of the problems in which the best plan is found."""

MOST_ABOVE = 0.01
"""How much dearer than the best a plan may be anywhere."""


def tasks(problem: Problem) -> int:
    """Return how many tasks there are, each request in its longest way."""
    return sum(max(len(way.tasks) for way in request.ways) for request in problem.requests)


def drawn(seed: int, *, gaps: bool) -> Iterator[Problem]:
    """Yield random problems that have a choice, no two of them alike."""
    seen: set[str] = set()
    found: list[Problem] = []
    while True:
        found.clear()

        @hypothesis.seed(seed + len(seen))
        @settings(
            max_examples=100,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(problems(wide=True, gaps=gaps, most_requests=4, most_couriers=3, most_tasks=3))
        def draw(problem: Problem) -> None:
            if tasks(problem) <= MOST_TASKS and repr(problem) not in seen:
                seen.add(repr(problem))
                found.append(problem)

        draw()
        yield from tuple(found)
        seed += 1


def compare(cases: int, seed: int) -> dict[str, Any]:
    """Return how often each engine finds the best plan, and by how much it misses it at most."""
    kinds = [drawn(seed, gaps=False), drawn(seed, gaps=True)]
    missed: dict[str, list[dict[str, Any]]] = {engine: [] for engine in WORK}
    with Solver() as solver:
        for engine in WORK:
            solver.warm_up(engine)
            solver.warm_up(engine, wide=True)
        for case in track(range(cases), description="problems"):
            problem = next(kinds[case % 2])
            best, _ = best_plan(problem)
            for engine, work in WORK.items():
                plan = solver.solve(problem, SolveParams(work_limit=work, engine=engine))
                check(problem, plan)
                cost = plan.cost.total
                if cost < best:
                    raise RuntimeError(f"problem {case}: {engine} has a plan for {cost}, brute force none below {best}")
                if cost > best:
                    missed[engine].append({"problem": case, "cost": cost, "best": best})
    return {
        engine: {
            "work": WORK[engine],
            "found": round(1 - len(some) / cases, 4),
            "most_above": round(max((case["cost"] / max(1, case["best"]) - 1 for case in some), default=0.0), 4),
            "missed": some,
        }
        for engine, some in missed.items()
    }


def main() -> None:
    """Solve, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    options = parser.parse_args()
    engines = compare(options.cases, options.seed)
    results = {
        "machine": machine("doorstep", "ortools", "numba", "hypothesis"),
        "cases": options.cases,
        "seed": options.seed,
        "engines": engines,
        "targets_met": {
            **{f"{engine} finds the best plan": engines[engine]["found"] >= least for engine, least in TARGETS.items()},
            "none is dearer by more than 1 %": all(told["most_above"] <= MOST_ABOVE for told in engines.values()),
        },
    }
    options.output.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=2))
    print(f"written to {options.output}")


if __name__ == "__main__":
    main()
