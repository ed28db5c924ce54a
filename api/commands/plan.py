"""`doorstep plan`: courier routes for one problem, stateless."""

from __future__ import annotations

import signal
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer
from rich.console import Console

from api.formats import DEFAULT, FORMATS, OpenProblem, Took
from api.planner import PREPARING
from api.suggesting import tell_suggestions, with_suggestions
from api.text_files import TextError, check_writable, name_of, read_text, title_of, write_text

if TYPE_CHECKING:
    from solver.params import SolveParams
    from solver.plan import Plan
    from solver.solve import Progress

BAD_INPUT = 2
"""Exit status."""

STARTED_S = time.monotonic()
"""About when the program was started: this module is one of the first it loads."""

USUAL_START_S = 2.0
"""A start that takes longer, as from a busy disk, is taken off the search, but no more than half of it."""


def plan(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The problem; - for standard input.")],
    problem_format: Annotated[str, typer.Option("--format", help=f"What FILE is: {', '.join(FORMATS)}.")] = DEFAULT,
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
    threads: Annotated[
        int | None, typer.Option("--threads", help="How many search; if not given, one a processor, at most four.")
    ] = None,
    output: Annotated[
        str, typer.Option("--output", metavar="PLAN", help="Where to write; - for standard output.")
    ] = "-",
    suggest_s: Annotated[
        float | None,
        typer.Option(
            "--suggest",
            metavar="S",
            min=0,
            help="Seconds, beyond those, to look for the smallest change that would serve what is left out.",
        ),
    ] = None,
) -> None:
    """Plan courier routes for a problem, and write them in the format of the problem."""
    console = Console(stderr=True)
    from api.formats import open_problem, unknown_format
    from solver.errors import ParameterError, ProblemError
    from solver.params import SolveParams

    if told := unknown_format(problem_format):
        raise _refuse(console, told)
    try:
        params = SolveParams(time_limit_s=time_limit_s, seed=seed, engine=engine, threads=threads)
        check_writable(output)
    except (ParameterError, TextError) as error:
        raise _refuse(console, str(error)) from None
    began_s = time.monotonic()
    try:
        opened = open_problem(problem_format, read_text(file), title=title_of(file))
    except TextError as error:
        raise _refuse_problem(console, str(error), problem_format, output) from None
    except ProblemError as error:
        raise _refuse_problem(console, f"{name_of(file)}: {error}", problem_format, output) from None
    if opened.note:
        console.print(f"doorstep: {opened.note}", highlight=False, markup=False, soft_wrap=True)
    loading_s = time.monotonic() - began_s
    found, solving_s = _solve(console, opened, params, suggest_s)
    try:
        write_text(output, opened.write(found, Took(loading_s=loading_s, solving_s=solving_s)))
    except TextError as error:
        raise _refuse(console, str(error)) from None
    _summarise(console, found, opened)
    if suggest_s is not None:
        tell_suggestions(console, opened.problem, found)


def _solve(console: Console, opened: OpenProblem, params: SolveParams, suggest_s: float | None) -> tuple[Plan, float]:
    """Return the plan, with suggestions if they are asked for, and how many seconds it took without these."""
    from solver.insertion.wide import is_wide
    from solver.solve import Solver
    from solver.words import told_count

    problem = opened.problem
    size = f"{told_count(len(problem.requests), 'request')}, {told_count(len(problem.couriers), 'courier')}"
    with Solver() as solver, console.status(PREPARING) as status:
        solver.warm_up(params.engine, wide=is_wide(problem))
        limit_s = _left_s(params.time_limit_s or 0.0, time.monotonic() - STARTED_S)
        status.update(f"planning {size} for {limit_s:.3g} s")
        with _Interruption() as interruption:

            def watch(progress: Progress) -> bool:
                status.update(
                    f"planning {size}: best cost {opened.in_units(progress.cost)} "
                    f"after {progress.seconds:.1f} of {limit_s:.3g} s, Ctrl-C takes it"
                )
                return interruption.came

            began_s = time.monotonic()
            found = solver.solve(problem, replace(params, time_limit_s=limit_s), start=opened.start, watch=watch)
            solving_s = time.monotonic() - began_s
        if suggest_s is not None and found.left_out:
            left_out = told_count(len(found.left_out), "request")
            status.update(f"looking for what would serve {left_out}, for {suggest_s:.3g} s")
            found = with_suggestions(problem, found, solver=solver, limit_s=suggest_s, seed=params.seed)
        return found, solving_s


class _Interruption:
    """Takes note of the first Ctrl-C; a second one ends the program as ever."""

    def __init__(self) -> None:
        self.came = False
        self._before: Any = None

    def __enter__(self) -> Self:
        self._before = signal.getsignal(signal.SIGINT)
        if self._before is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _note(self, *_: object) -> None:
        self.came = True
        signal.signal(signal.SIGINT, self._before)


def _left_s(limit_s: float, start_s: float) -> float:
    """Return for how long to search: who waits for the plan waits for the start too."""
    return max(limit_s - max(0.0, start_s - USUAL_START_S), limit_s / 2)


def _summarise(console: Console, found: Plan, opened: OpenProblem) -> None:
    from solver.words import told_count

    stops = sum(not stop.task.is_step for route in found.routes for stop in route.stops)
    travel = f", travel {told}" if (told := opened.travel(found)) else ""
    console.print(
        f"{told_count(stops, 'stop')} on {told_count(len(found.routes), 'route')}, "
        f"{told_count(len(found.left_out), 'request')} left out, "
        f"cost without these {opened.in_units(found.cost.total - found.cost.left_out)}{travel}",
        highlight=False,
        soft_wrap=True,
    )


def _refuse_problem(console: Console, text: str, problem_format: str, output: str) -> typer.Exit:
    """Say what is wrong, also where the plan would be if the format has a form for that: no old plan is left there."""
    from api.formats import error_text

    if answer := error_text(problem_format, text):
        try:
            write_text(output, answer)
        except TextError as error:
            _refuse(console, str(error))
    return _refuse(console, text)


def _refuse(console: Console, text: str) -> typer.Exit:
    console.print(f"doorstep: {text}", highlight=False, markup=False, soft_wrap=True)
    return typer.Exit(BAD_INPUT)
