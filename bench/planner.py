"""How good courier plans are beside what people use instead: ``python -m bench.planner`` writes its results beside it.

Target: on the families of ``../shared/bench/instances.py``, 100 orders, 5 seconds, 5 seeds each, against plain OR-Tools
with the same seconds on the same cores: a mean ratio of costs of at most 0.97, and none above 1.01. The judge is
``../shared/bench/check.py``, which knows nothing of this project. The peers need an environment of their own::

    python3 -m venv .venv-peers && .venv-peers/bin/pip install pyvroom pyvrp ortools numpy

Beside it: how well a time limit is held, by the time from the call to the plan, at 1,000 orders and 1 second.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench._machine import machine

RESULTS = Path(__file__).parent / "results" / "planner.json"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench"
PEERS_PYTHON = Path(__file__).resolve().parents[1] / ".venv-peers" / "bin" / "python"
FAMILIES = ("ondemand", "mixed", "sameday")
ROW = re.compile(
    r"^(?P<case>\S+)\s+(?P<name>\w+)\s+left out\s+(?P<left_out>\d+) weight\s+(?P<weight>\d+) "
    r"travel\s+(?P<travel_s>\d+) s\s+wall\s+(?P<wall_s>[\d.]+) s"
)
ATTEMPTS = 3
"""A machine that stalls makes a plan late: such a case is run again, and the late attempt is written down."""

LEFT_OUT_S = 10_000
"""What a unit of weight left out costs, as of ``../shared/bench/compare.py``."""


def compare(case: str, *, budget_s: float, peers: list[str], python: Path) -> dict[str, Any]:
    """Return each program's figures for one case, and the ratio of our cost to the best peer's."""
    doorstep = Path(sys.executable).with_name("doorstep")
    # Start-up counts, but not the disk: its files are in memory before.
    tiny = '{"vehicles": [{"id": 1, "start_index": 0}], "jobs": [], "matrices": {"car": {"durations": [[0]]}}}'
    subprocess.run(
        [str(doorstep), "plan", "-", "--time-limit", "0.1"], input=tiny, text=True, check=True, capture_output=True
    )
    ours = f"{shlex.quote(str(doorstep))} plan {{problem}} --format vroom --time-limit {{budget}} --output {{plan}}"
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


def main() -> None:
    """Compare, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", nargs="+", choices=FAMILIES, default=list(FAMILIES))
    parser.add_argument("--orders", type=int, default=100)
    parser.add_argument("--budget", type=float, default=5.0, help="seconds for each program")
    parser.add_argument("--seeds", type=int, default=5, help="so many, from --first-seed on")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--peers", nargs="+", default=["ortools"], choices=["ortools", "vroom", "pyvrp"])
    parser.add_argument("--peers-python", type=Path, default=PEERS_PYTHON, help="the interpreter that has the peers")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"bench: {SHARED} is missing: the problems and their judge lie there")
    if not options.peers_python.exists():
        sys.exit(
            f"bench: {options.peers_python} is missing; make it: python3 -m venv .venv-peers && "
            ".venv-peers/bin/pip install pyvroom pyvrp ortools numpy"
        )
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    results: dict[str, Any] = {
        "machine": machine("doorstep", "ortools", "numba", "numpy"),
        "peers": options.peers,
        "budget_s": options.budget,
        "limit": limits(orders=1_000, limit_s=1.0, seeds=range(1, 4)),
        "cases": [],
    }
    print(json.dumps(results["limit"]), flush=True)
    for family in options.families:
        for seed in seeds:
            case = f"{family}:{options.orders}:{seed}"
            found = compare(case, budget_s=options.budget, peers=options.peers, python=options.peers_python)
            results["cases"].append(found)
            print(json.dumps(found), flush=True)
    ratios = [case["ratio"] for case in results["cases"]]
    results["ratio"] = {
        "mean": round(statistics.mean(ratios), 4),
        "worst": max(ratios),
        "mean_of_family": {
            family: round(statistics.mean(c["ratio"] for c in results["cases"] if c["case"].startswith(family)), 4)
            for family in options.families
        },
    }
    results["targets_met"] = {
        "mean at most 0.97": results["ratio"]["mean"] <= 0.97,
        "never above 1.01": results["ratio"]["worst"] <= 1.01,
        "every plan in time at the first attempt": not any(case["late"] for case in results["cases"]),
        "limits held to 0.2 s": results["limit"]["most_over_s"] <= 0.2,
    }
    print(json.dumps({"ratio": results["ratio"], "targets_met": results["targets_met"]}, indent=2))
    options.output.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(f"written to {options.output}")


if __name__ == "__main__":
    main()
