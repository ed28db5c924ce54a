"""`doorstep plan`: courier routes for one problem, stateless."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from api.planner import PREPARING

if TYPE_CHECKING:
    from solver.params import SolveParams
    from solver.plan import Plan
    from solver.problem import Problem

BAD_INPUT = 2
"""Exit status."""

STARTED_S = time.monotonic()
"""About when the program was started: this module is one of the first it loads."""

USUAL_START_S = 2.0
"""A start that takes longer, as from a busy disk, is taken off the search, but no more than half of it."""

FORMATS = ("vroom",)
STANDARD = "-"


def plan(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The problem, with its matrices; - for standard input.")],
    problem_format: Annotated[str, typer.Option("--format", help=f"What FILE is: {', '.join(FORMATS)}.")] = "vroom",
    time_limit_s: Annotated[
        float,
        typer.Option(
            "--time-limit", metavar="S", help="Seconds to search for the best plan; a slow start is taken off."
        ),
    ] = 5.0,
    seed: Annotated[int, typer.Option("--seed", help="Another seed takes another way to a plan as good.")] = 0,
    engine: Annotated[
        str, typer.Option("--engine", help="auto, search, ortools, or insertion: the first plan alone.")
    ] = "auto",
    output: Annotated[
        str, typer.Option("--output", metavar="PLAN", help="Where to write; - for standard output.")
    ] = "-",
) -> None:
    """Plan courier routes for a problem in VROOM's format, and write them in VROOM's output format."""
    console = Console(stderr=True)
    from solver.errors import ParameterError, ProblemError
    from solver.formats.vroom import read_vroom, write_vroom
    from solver.params import SolveParams

    if problem_format not in FORMATS:
        raise _refuse(console, f"--format {problem_format}: give one of {', '.join(FORMATS)}")
    try:
        params = SolveParams(time_limit_s=time_limit_s, seed=seed, engine=engine)
    except ParameterError as error:
        raise _refuse(console, str(error)) from None
    if output != STANDARD and not Path(output).absolute().parent.is_dir():
        raise _refuse(console, f"{output}: its directory does not exist; make it, or give another, or -")
    data = _read(console, file)
    try:
        vroom = read_vroom(data)
    except ProblemError as error:
        raise _refuse(console, f"{_name(file)}: {error}") from None
    found = _solve(console, vroom.problem, params)
    _write(console, output, write_vroom(vroom, found))
    _summarise(console, found)


def _read(console: Console, file: str) -> Any:
    try:
        text = sys.stdin.read() if file == STANDARD else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise _refuse(console, f"{file}: {error.strerror}; give a file of VROOM input JSON, or -") from None
    except UnicodeDecodeError as error:
        raise _refuse(console, f"{_name(file)}: not UTF-8 at byte {error.start}; give VROOM input JSON") from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _refuse(console, f"{_name(file)}: not JSON at {where}: {error.msg}") from None
    except RecursionError:
        raise _refuse(console, f"{_name(file)}: nested too deeply to be VROOM input JSON") from None


def _solve(console: Console, problem: Problem, params: SolveParams) -> Plan:
    from solver.solve import Solver

    size = f"{len(problem.requests):,} requests, {len(problem.couriers):,} couriers"
    with Solver() as solver, console.status(PREPARING) as status:
        solver.warm_up(params.engine)
        limit_s = _left_s(params.time_limit_s or 0.0, time.monotonic() - STARTED_S)
        status.update(f"planning {size} for {limit_s:.3g} s")
        return solver.solve(problem, replace(params, time_limit_s=limit_s))


def _left_s(limit_s: float, start_s: float) -> float:
    """Return for how long to search: who waits for the plan waits for the start too."""
    return max(limit_s - max(0.0, start_s - USUAL_START_S), limit_s / 2)


def _write(console: Console, output: str, data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False) + "\n"
    if output == STANDARD:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise _refuse(console, f"{output}: {error.strerror}; give a file that can be written, or -") from None


def _summarise(console: Console, found: Plan) -> None:
    stops = sum(len(route.stops) for route in found.routes)
    console.print(
        f"{stops:,} stops on {len(found.routes):,} routes, {len(found.left_out):,} requests left out, "
        f"cost without these {found.cost.total - found.cost.left_out:,}",
        highlight=False,
    )


def _refuse(console: Console, text: str) -> typer.Exit:
    console.print(f"doorstep: {text}", highlight=False, markup=False, soft_wrap=True)
    return typer.Exit(BAD_INPUT)


def _name(file: str) -> str:
    return "standard input" if file == STANDARD else file
