"""`doorstep draw`: a plan as one offline page, with a map and a timeline."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

if TYPE_CHECKING:
    from api.drawing.model import Drawing

BAD_INPUT = 2
"""Exit status."""

STANDARD = "-"


class _FileError(Exception):
    """A file cannot be used: the text names it, what is wrong, and what to do."""


def draw(
    file: Annotated[
        str, typer.Argument(metavar="PLAN", help="What doorstep plan or VROOM wrote; - for standard input.")
    ],
    problem: Annotated[
        str | None,
        typer.Option(
            "--problem",
            metavar="FILE",
            help="The problem that it was made for, in VROOM's JSON: windows, shifts, capacities, travel times.",
        ),
    ] = None,
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

    if output is None:
        output = STANDARD if file == STANDARD else str(Path(file).with_suffix(".html"))
    try:
        if file == problem == STANDARD:
            raise _FileError("--problem -: the plan is read from standard input already; give a file")
        if output != STANDARD and not Path(output).absolute().parent.is_dir():
            raise _FileError(f"{output}: its directory does not exist; make it, or give another, or -")
        if output in (file, problem) and output != STANDARD:
            raise _FileError(f"{output}: is what is drawn, and would be written over; give another --output")
        drawing = _drawing(file, problem)
        _write(output, render(drawing, version=installed_version("doorstep")))
    except _FileError as error:
        console.print(f"doorstep: {error}", highlight=False, markup=False, soft_wrap=True)
        raise typer.Exit(BAD_INPUT) from None
    stops = sum(lane.tasks for lane in drawing.lanes)
    where = "" if output == STANDARD else f": {output}"
    console.print(
        f"{stops:,} stops on {len(drawing.lanes):,} routes, {len(drawing.left_out):,} tasks left out{where}",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


def _drawing(file: str, problem: str | None) -> Drawing:
    from api.drawing.from_vroom import from_vroom
    from api.drawing.vroom_asked import read_asked
    from solver.errors import ProblemError

    asked = None
    data = _read(file, "VROOM output JSON")
    if problem is not None:
        try:
            asked = read_asked(_read(problem, "VROOM input JSON"))
        except ProblemError as error:
            raise _FileError(f"{_name(problem)}: {error}") from None
    try:
        return from_vroom(data, asked, title="Plan" if file == STANDARD else Path(file).stem)
    except ProblemError as error:
        raise _FileError(f"{_name(file)}: {error}") from None


def _read(file: str, what: str) -> Any:
    try:
        text = sys.stdin.read() if file == STANDARD else Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _FileError(f"{file}: {error.strerror}; give a file of {what}, or -") from None
    except UnicodeDecodeError as error:
        raise _FileError(f"{_name(file)}: not UTF-8 at byte {error.start}; give {what}") from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _FileError(f"{_name(file)}: not JSON at {where}: {error.msg}; give {what}") from None
    except RecursionError:
        raise _FileError(f"{_name(file)}: nested too deeply to be {what}") from None
    except ValueError:  # the only other one: a number of more digits than Python converts
        raise _FileError(f"{_name(file)}: has a number of thousands of digits; give {what}") from None


def _write(output: str, text: str) -> None:
    if output == STANDARD:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise _FileError(f"{output}: {error.strerror}; give a file that can be written, or -") from None


def _name(file: str) -> str:
    return "standard input" if file == STANDARD else file
