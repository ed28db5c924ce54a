"""How good courier plans are beside what people use instead: ``python -m bench.planner`` writes its results beside it.

Each row of `TABLE` is a family of ``../shared/bench/instances.py`` at some sizes, planned in some seconds by every
program on the same two cores, one after the other; its target is a mean ratio of our cost to the best peer's, and a
worst one. The judge is ``../shared/bench/check.py``, which knows nothing of this project. All of it takes an hour and a
half; ``--families`` and ``--sizes`` choose rows, ``--budgets`` and ``--seeds`` other ones; ``--keep`` keeps
what was measured before, ``--missing`` goes on where a run was broken off.
The peers need an environment of their own::

    python3 -m venv .venv-peers && .venv-peers/bin/pip install pyvroom pyvrp ortools numpy

Beside it: how well a time limit is held, by the time from the call to the plan, at 1,000 orders and 1 second.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import shlex
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from bench._machine import machine

RESULTS = Path(__file__).parent / "results" / "planner.json"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench"
PEERS_PYTHON = Path(__file__).resolve().parents[1] / ".venv-peers" / "bin" / "python"
FAMILIES = ("ondemand", "mixed", "sameday")
ROW = re.compile(
    r"^(?P<case>\S+)\s+(?P<name>\w+)\s+left out\s+(?P<left_out>\d+) weight\s+(?P<weight>\d+) "
    r"travel\s+(?P<travel_s>\d+) s\s+wall\s+(?P<wall_s>[\d.]+) s"
)


class Row(NamedTuple):
    """Sizes and budgets of a family that share a target: a mean ratio of costs, and a worst one."""

    family: str
    sizes: tuple[int, ...]
    budgets_s: tuple[float, ...]
    mean: float
    worst: float

    @property
    def name(self) -> str:
        """What the row is called in the results."""
        return f"{self.family} {', '.join(map(str, self.sizes))}"


NEVER = float("inf")

TABLE = (
    Row("ondemand", (30,), (1, 5), 1.0, 1.03),
    Row("ondemand", (100, 300), (1, 5, 20), 0.94, 1.0),
    Row("ondemand", (1_000,), (5, 20, 60), 0.95, 1.0),
    Row("mixed", (100, 300), (2, 10), 0.94, 1.0),
    Row("sameday", (100,), (2, 10), 1.002, NEVER),
    Row("sameday", (400, 1_000), (2, 10, 30), 0.99, 1.005),
)

SEEDS = 5
"""So many cases of each size and budget are what the targets are about."""

ATTEMPTS = 3
"""A machine that stalls makes a plan late: such a case is run again, and the late attempt is written down."""

LEFT_OUT_S = 10_000
"""What a unit of weight left out costs, as of ``../shared/bench/compare.py``."""


def compare(case: str, *, budget_s: float, engine: str, peers: list[str], python: Path) -> dict[str, Any]:
    """Return each program's figures for one case, and the ratio of our cost to the best peer's."""
    doorstep = Path(sys.executable).with_name("doorstep")
    # Start-up counts, but not the disk: its files are in memory before.
    tiny = '{"vehicles": [{"id": 1, "start_index": 0}], "jobs": [], "matrices": {"car": {"durations": [[0]]}}}'
    subprocess.run(
        [str(doorstep), "plan", "-", "--time-limit", "0.1"], input=tiny, text=True, check=True, capture_output=True
    )
    ours = (
        f"{shlex.quote(str(doorstep))} plan {{problem}} --format vroom --engine {engine} "
        "--time-limit {budget} --output {plan}"
    )
    command = [sys.executable, str(SHARED / "compare.py"), "--budget", f"{budget_s:g}", "--case", case]
    for peer in peers:
        command += ["--peer", peer]
    command += ["--python", str(python), "--ours", ours]
    late: list[str] = []
    rows: dict[str, dict[str, str]] = {}
    while "ours" not in rows or len(rows) < 2:
        text = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        rows = {row["name"]: row.groupdict() for row in map(ROW.match, text.splitlines()) if row}
        late += [line for line in text.splitlines() if " no plan: " in line]
        if len(late) == ATTEMPTS:
            raise RuntimeError(f"{case}: a plan is missing:\n" + "\n".join(late))
    costs = {name: LEFT_OUT_S * int(row["weight"]) + int(row["travel_s"]) for name, row in rows.items()}
    best = min(cost for name, cost in costs.items() if name != "ours")
    return {
        "case": case,
        "budget_s": budget_s,
        "ratio": round(costs["ours"] / best, 4),
        "late": late,
        "costs": costs,
        "left_out": {name: int(row["left_out"]) for name, row in rows.items()},
        "wall_s": {name: float(row["wall_s"]) for name, row in rows.items()},
    }


def limits(*, orders: int, limit_s: float, seeds: range) -> dict[str, Any]:
    """Return by how much a time limit is overrun, per family: from the call of the solver to its plan."""
    sys.path.insert(0, str(SHARED))
    import instances  # type: ignore[import-not-found]

    from solver.formats.vroom import read_vroom
    from solver.params import SolveParams
    from solver.solve import Solver

    over: dict[str, list[float]] = {}
    with Solver() as solver:
        solver.warm_up()
        for family in FAMILIES:
            for seed in seeds:
                problem = read_vroom(instances.FAMILIES[family](orders, seed)).problem
                began_s = time.perf_counter()
                solver.solve(problem, SolveParams(time_limit_s=limit_s))
                over.setdefault(family, []).append(round(time.perf_counter() - began_s - limit_s, 3))
    return {"orders": orders, "limit_s": limit_s, "over_s": over, "most_over_s": max(map(max, over.values()))}


def judge(cases: dict[str, dict[str, Any]], *, seeds: int) -> list[dict[str, Any]]:
    """Return what the rows of the table come to; a row is met only if it was run whole, with so many seeds."""
    found = []
    for row in TABLE:
        ratios_of: dict[str, list[float]] = {}
        for size, budget in itertools.product(row.sizes, row.budgets_s):
            start = f"{row.family}:{size}:"
            ratios_of[f"{size} in {budget:g} s"] = [
                case["ratio"]
                for case in cases.values()
                if case["case"].startswith(start) and case["budget_s"] == budget
            ]
        ratios = list(itertools.chain.from_iterable(ratios_of.values()))
        mean, worst = (statistics.mean(ratios), max(ratios)) if ratios else (None, None)
        whole = all(len(of_kind) >= seeds for of_kind in ratios_of.values())
        found.append(
            {
                "row": row.name,
                "cases": len(ratios),
                "whole": whole,
                "mean": mean and round(mean, 4),
                "worst": worst,
                "mean_at_most": row.mean,
                "never_above": None if row.worst == NEVER else row.worst,
                "met": whole and mean is not None and mean <= row.mean and max(ratios) <= row.worst,
                "mean_by_size_and_budget": {
                    name: round(statistics.mean(of_kind), 4) for name, of_kind in ratios_of.items() if of_kind
                },
            }
        )
    return found


def versions(python: Path) -> dict[str, str]:
    """Return the versions of the peers."""
    code = (
        "from importlib.metadata import version; import json; "
        "print(json.dumps({n: version(n) for n in ('pyvroom', 'pyvrp', 'ortools')}))"
    )
    told: dict[str, str] = json.loads(subprocess.run([str(python), "-c", code], check=True, capture_output=True).stdout)
    return told


def main() -> None:
    """Compare, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", nargs="+", choices=FAMILIES, default=list(FAMILIES))
    parser.add_argument("--sizes", nargs="+", type=int, help="only these of the table's")
    parser.add_argument("--budgets", nargs="+", type=float, help="seconds, instead of the table's")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="so many, from --first-seed on")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--engine", default="auto", help="of ours")
    parser.add_argument(
        "--peers", nargs="+", default=["vroom", "pyvrp", "ortools"], choices=["ortools", "vroom", "pyvrp"]
    )
    parser.add_argument("--peers-python", type=Path, default=PEERS_PYTHON, help="the interpreter that has the peers")
    parser.add_argument("--keep", action="store_true", help="keep the cases of the results that are not run again")
    parser.add_argument("--missing", action="store_true", help="keep all cases of the results, and run the others")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"bench: {SHARED} is missing: the problems and their judge lie there")
    if not options.peers_python.exists():
        sys.exit(
            f"bench: {options.peers_python} is missing; make it: python3 -m venv .venv-peers && "
            ".venv-peers/bin/pip install pyvroom pyvrp ortools numpy"
        )
    cases: dict[str, dict[str, Any]] = {}
    if (options.keep or options.missing) and options.output.exists():
        cases = json.loads(options.output.read_text(encoding="utf-8"))["cases"]
    results: dict[str, Any] = {
        "machine": machine("doorstep", "ortools", "numba", "numpy"),
        "peers": versions(options.peers_python),
        "engine": options.engine,
        "limit": limits(orders=1_000, limit_s=1.0, seeds=range(1, 4)),
        "cases": cases,
    }
    print(json.dumps(results["limit"]), flush=True)
    wanted = dict.fromkeys(
        (f"{row.family}:{size}:{seed}", budget)
        for row in TABLE
        if row.family in options.families
        for size in row.sizes
        if options.sizes is None or size in options.sizes
        for budget in options.budgets or row.budgets_s
        for seed in range(options.first_seed, options.first_seed + options.seeds)
    )
    if options.missing:
        wanted = {key: None for key in wanted if f"{key[0]}:{key[1]:g}" not in cases}
    for number, (case, budget) in enumerate(wanted, 1):
        found = compare(case, budget_s=budget, engine=options.engine, peers=options.peers, python=options.peers_python)
        cases[f"{case}:{budget:g}"] = found
        print(f"{number}/{len(wanted)} {json.dumps(found)}", flush=True)
        results["rows"] = judge(cases, seeds=SEEDS)
        ratios = [case["ratio"] for case in cases.values()]
        results["ratio"] = {"mean": round(statistics.mean(ratios), 4), "worst": max(ratios)}
        results["targets_met"] = {
            "every row": all(row["met"] for row in results["rows"]),
            "every plan in time at the first attempt": not any(case["late"] for case in cases.values()),
            "limits held to 0.2 s": results["limit"]["most_over_s"] <= 0.2,
        }
        # After each case: what was measured is not lost if the rest is broken off.
        options.output.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(
        json.dumps(
            {"rows": results["rows"], "ratio": results["ratio"], "targets_met": results["targets_met"]}, indent=2
        )
    )
    print(f"written to {options.output}")


if __name__ == "__main__":
    main()
