"""`doorstep check`: whether a plan keeps the rules of its problem, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.formats import DEFAULT, FORMATS

if TYPE_CHECKING:
    from api.formats import OpenProblem
    from solver.plan import Plan

FAULTY = 1
"""Exit status where the plan breaks a rule."""

BAD_INPUT = 2
"""Exit status where the problem or the plan cannot be read."""

TERMS = ("left_out", "fixed", "travel", "distance", "delay", "breach", "service", "overtime", "change", "total")


def check(
    problem: Annotated[str, typer.Argument(metavar="PROBLEM", help="The problem; - for standard input.")],
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan for it; - for standard input.")],
    problem_format: Annotated[str, typer.Option("--format", help=f"What both are: {', '.join(FORMATS)}.")] = DEFAULT,
) -> None:
    """Judge any plan by the rules of its problem: print its costs and `valid`, or the first fault."""
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    from api.formats import open_problem, unknown_format
    from api.text_files import STANDARD, TextError, name_of, read_text
    from solver.check import check as judge
    from solver.errors import PlanFault, ProblemError

    def refuse(text: str) -> typer.Exit:
        console.print(f"doorstep: {text}")
        return typer.Exit(BAD_INPUT)

    if told := unknown_format(problem_format):
        raise refuse(told)
    if problem == plan == STANDARD:
        raise refuse("PROBLEM and PLAN are both -: give a file for one of them")
    try:
        problem_text, plan_text = read_text(problem), read_text(plan)
    except TextError as error:
        raise refuse(str(error)) from None
    try:
        opened = open_problem(problem_format, problem_text)
    except ProblemError as error:
        raise refuse(f"{name_of(problem)}: {error}") from None
    try:
        found = opened.read_plan(plan_text)
        judge(opened.problem, found)
    except ProblemError as error:
        raise refuse(f"{name_of(plan)}: {error}") from None
    except PlanFault as fault:
        typer.echo(str(fault))
        raise typer.Exit(FAULTY) from None
    if opened.note:
        console.print(f"doorstep: {opened.note}")
    typer.echo("\n".join([*_figures(opened, found), "valid"]))


def _figures(opened: OpenProblem, plan: Plan) -> list[str]:
    """Return routes, requests left out, and the costs by term, in units of the text as far as it has any."""
    figures = {"routes": f"{len(plan.routes):,}", "requests left out": f"{len(plan.left_out):,}"}
    figures |= {f"cost {term}": opened.in_units(getattr(plan.cost, term)) for term in TERMS}
    if travel := opened.travel(plan):
        figures["travel"] = travel
    width = max(map(len, figures.values()))
    return [f"{name:<17} {value:>{width}}" for name, value in figures.items()]
