"""`doorstep draw`: a plan as one offline page, with a map and a timeline."""

from __future__ import annotations

from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.formats import DEFAULT, FORMATS, open_problem, unknown_format
from api.text_files import STANDARD, TextError, check_writable, name_of, read_text, title_of, write_text

if TYPE_CHECKING:
    from api.drawing.model import Drawing

BAD_INPUT = 2
"""Exit status."""


def draw(
    file: Annotated[
        str, typer.Argument(metavar="PLAN", help="What doorstep plan or VROOM wrote; - for standard input.")
    ],
    problem: Annotated[
        str | None,
        typer.Option(
            "--problem",
            metavar="FILE",
            help="The problem that it was made for: windows, shifts, capacities, travel times.",
        ),
    ] = None,
    problem_format: Annotated[
        str, typer.Option("--format", help=f"What PLAN and FILE are: {', '.join(FORMATS)}.")
    ] = DEFAULT,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", metavar="HTML", help="Where to write; - for standard output. If not given, beside PLAN."
        ),
    ] = None,
) -> None:
    """Draw a plan: one HTML file with a map and the couriers' timelines, that opens without network."""
    console = Console(stderr=True)
    from api.drawing.page import render
    from solver.errors import PlanFault
    from solver.words import told_count

    if output is None:
        output = STANDARD if file == STANDARD else str(Path(file).with_suffix(".html"))
    try:
        if told := unknown_format(problem_format):
            raise TextError(told)
        if file == problem == STANDARD:
            raise TextError("--problem -: the plan is read from standard input already; give a file")
        check_writable(output)
        if output in (file, problem) and output != STANDARD:
            raise TextError(f"{output}: is what is drawn, and would be written over; give another --output")
        draw_it = _drawing if problem_format == DEFAULT else _drawing_of_plan
        drawing = draw_it(file, problem, problem_format)
        write_text(output, render(drawing, version=installed_version("doorstep")))
    except (TextError, PlanFault) as error:
        console.print(f"doorstep: {error}", highlight=False, markup=False, soft_wrap=True)
        raise typer.Exit(BAD_INPUT) from None
    stops = sum(lane.tasks for lane in drawing.lanes)
    where = "" if output == STANDARD else f": {output}"
    console.print(
        f"{told_count(stops, 'stop')} on {told_count(len(drawing.lanes), 'route')}, "
        f"{told_count(len(drawing.left_out), 'task')} left out{where}",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


def _drawing(file: str, problem: str | None, _: str) -> Drawing:
    """Return the drawing of VROOM's output JSON, which has times and perhaps coordinates of its own."""
    from api.drawing.from_vroom import from_vroom
    from api.drawing.vroom_asked import read_asked
    from solver.errors import ProblemError
    from solver.formats.json_text import load_json

    asked = None
    if problem is not None:
        try:
            asked = read_asked(load_json(read_text(problem)))
        except ProblemError as error:
            raise TextError(f"{name_of(problem)}: {error}") from None
    try:
        return from_vroom(load_json(read_text(file)), asked, title=title_of(file) or "Plan")
    except ProblemError as error:
        raise TextError(f"{name_of(file)}: {error}") from None


def _drawing_of_plan(file: str, problem: str | None, problem_format: str) -> Drawing:
    """Return the drawing of a plan in a format that says little without the problem."""
    from api.drawing.from_plan import from_plan
    from solver.check import check
    from solver.errors import PlanFault, ProblemError

    if problem is None:
        raise TextError(f"--format {problem_format}: give the problem that the plan was made for as --problem")
    try:
        opened = open_problem(problem_format, read_text(problem), title=title_of(problem))
    except ProblemError as error:
        raise TextError(f"{name_of(problem)}: {error}") from None
    try:
        plan = opened.read_plan(read_text(file))
        check(opened.problem, plan)
    except (ProblemError, PlanFault) as error:
        raise TextError(f"{name_of(file)}: {error}") from None
    return from_plan(opened.problem, plan, title=title_of(file) or "Plan")
