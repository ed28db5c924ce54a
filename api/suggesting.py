"""For what a plan leaves out: the reasons there was no time for, and the smallest change that would serve it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from solver.plan import LeftOut, Plan
    from solver.problem import Problem
    from solver.solve import Solver

REASONS = 0.25
"""The part of the time that reasons may take."""


def with_suggestions(problem: Problem, plan: Plan, *, solver: Solver, limit_s: float, seed: int) -> Plan:
    """Return the plan with a suggestion for each request left out, and with reasons where there were none."""
    from solver.suggest import suggest

    began_s = time.monotonic()
    left_out = _explained(problem, plan, began_s + REASONS * limit_s)
    left_s = began_s + limit_s - time.monotonic()
    suggestions = suggest(problem, plan, time_limit_s=max(0.0, left_s), seed=seed, solver=solver)
    told = {suggestion.request: replace(suggestion, orders=()) for suggestion in suggestions}
    return replace(plan, left_out=tuple(replace(item, suggestion=told[item.request]) for item in left_out))


def tell_suggestions(console: Console, problem: Problem, plan: Plan) -> None:
    """Print for each request left out what would serve it, and why it is left out."""
    from solver.words import told_list

    for item in plan.left_out:
        by = told_list([problem.requests[number].id for number in item.by])
        why = item.reason.replace("_", " ") + (f" by {by}" if by else "") + (f": {item.detail}" if item.detail else "")
        suggested = item.suggestion.text if item.suggestion else ""
        line = f"{problem.requests[item.request].id}: {suggested} ({why})"
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _explained(problem: Problem, plan: Plan, until_s: float) -> tuple[LeftOut, ...]:
    """Return what is left out, explained as far as there is time."""
    from solver.reasons import Inquiry

    silent = [item.request for item in plan.left_out if not item.detail]
    if not silent:
        return plan.left_out
    inquiry = Inquiry(problem, plan.sequences(len(problem.couriers)))
    told: dict[int, LeftOut] = {}
    while len(told) < len(silent) and time.monotonic() < until_s:
        (item,) = inquiry.answers(silent[len(told) : len(told) + 1])
        told[item.request] = item
    return tuple(told.get(item.request, item) for item in plan.left_out)


__all__ = ["tell_suggestions", "with_suggestions"]
