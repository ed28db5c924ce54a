"""The formats of problems and plans that commands take by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from solver.plan import Plan
    from solver.problem import Problem, Sequences

FORMATS = ("native", "vroom", "li-lim", "city-pdptw", "vrplib")
DEFAULT = "vroom"


@dataclass(frozen=True, slots=True)
class Took:
    """How long it took to read a problem, and to plan, for formats whose plans say so."""

    loading_s: float = 0.0
    solving_s: float = 0.0


@dataclass(frozen=True, slots=True)
class OpenProblem:
    """A problem that was read, and how plans for it are written and read in the same format.

    Attributes
    ----------
    write
        Returns the text of a plan.
    read_plan
        Returns the plan of a text. Raises `ProblemError` where it cannot be read, `PlanFault` where it names what the
        problem does not have.
    start
        Orders of tasks that the text gives couriers to begin with.
    note
        What people should know about how it was read.
    """

    problem: Problem
    write: Callable[[Plan, Took], str]
    read_plan: Callable[[str], Plan]
    start: Sequences | None = None
    note: str = ""

    def in_units(self, cost: int) -> str:
        """Return a cost in units of the text, for people."""
        scale = self.problem.cost_scale
        return f"{cost:,}" if scale == 1 else f"{cost / scale:,.2f}"

    def travel(self, plan: Plan) -> str:
        """Return the travel of a plan in units of the text, for people; nothing where a second is one."""
        scale = self.problem.time_scale or 1
        return "" if scale == 1 else f"{sum(route.travel_s for route in plan.routes) / scale:,.3f}"


def unknown_format(name: str) -> str:
    """Return what is wrong with `name` as a format, or nothing."""
    if name in FORMATS:
        return ""
    near = get_close_matches(name, FORMATS, 1)
    return f"--format {name}: give one of {', '.join(FORMATS)}" + (f"; did you mean {near[0]}?" if near else "")


def open_problem(name: str, text: str, *, title: str = "") -> OpenProblem:
    """Return the problem of a text in the format `name`.

    Parameters
    ----------
    title
        What the problem is called, for formats whose plans say so.

    Raises
    ------
    ProblemError
        Naming the place of what is wrong.
    """
    if name == "native":
        return _native(text)
    if name == "vroom":
        return _vroom(text)
    if name == "vrplib":
        return _vrplib(text)
    return _pdptw(name, text, title)


def error_text(name: str, message: str) -> str:
    """Return what is written in place of a plan where a problem cannot be read; nothing in most formats."""
    if name != "vroom":
        return ""
    from solver.formats.vroom import vroom_error

    return _line(vroom_error(message))


def _native(text: str) -> OpenProblem:
    from solver.formats.json_text import load_json
    from solver.formats.native import read_plan, read_problem, write_plan

    problem = read_problem(load_json(text))
    return OpenProblem(
        problem=problem,
        write=lambda plan, _: _line(write_plan(plan, problem)),
        read_plan=lambda told: read_plan(load_json(told), problem),
    )


def _vroom(text: str) -> OpenProblem:
    from api.own_travel import OwnTravel
    from solver.formats.json_text import load_json
    from solver.formats.orders import time_orders
    from solver.formats.vroom import read_vroom, read_vroom_plan, write_vroom

    travel = OwnTravel()
    vroom = read_vroom(load_json(text), travel=travel)

    def write(plan: Plan, took: Took) -> str:
        loading_ms, solving_ms = round(1000 * took.loading_s), round(1000 * took.solving_s)
        return _line(write_vroom(vroom, plan, loading_ms=loading_ms, solving_ms=solving_ms))

    return OpenProblem(
        problem=vroom.problem,
        write=write,
        read_plan=lambda told: time_orders(vroom.problem, read_vroom_plan(vroom, load_json(told))),
        start=vroom.start,
        note=travel.note(),
    )


def _pdptw(name: str, text: str, title: str) -> OpenProblem:
    from solver.formats.city_pdptw import read_city_pdptw
    from solver.formats.li_lim import read_li_lim
    from solver.formats.orders import time_orders
    from solver.formats.pdptw import read_pdptw_plan, write_pdptw_plan

    given = read_li_lim(text) if name == "li-lim" else read_city_pdptw(text)
    return OpenProblem(
        problem=given.problem,
        write=lambda plan, _: write_pdptw_plan(given, plan, name=title),
        read_plan=lambda told: time_orders(given.problem, read_pdptw_plan(given, told)),
    )


def _vrplib(text: str) -> OpenProblem:
    from solver.formats.orders import time_orders
    from solver.formats.vrplib import read_vrplib, read_vrplib_plan, write_vrplib

    given = read_vrplib(text)
    return OpenProblem(
        problem=given.problem,
        write=lambda plan, _: write_vrplib(given, plan),
        read_plan=lambda told: time_orders(given.problem, read_vrplib_plan(given, told)),
    )


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"


__all__ = ["DEFAULT", "FORMATS", "OpenProblem", "Took", "error_text", "open_problem", "unknown_format"]
