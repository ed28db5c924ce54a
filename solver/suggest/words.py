"""Suggestions in words."""

from __future__ import annotations

from collections.abc import Callable

from solver.problem import Problem
from solver.suggestion import Kind, Suggestion
from solver.words import told_cost, told_count, told_skills, told_time, told_units


def in_words(problem: Problem, suggestion: Suggestion) -> str:
    """Return what a suggestion says, for people."""
    return _WORDS[suggestion.kind](problem, suggestion)


def _id(problem: Problem, suggestion: Suggestion) -> str:
    assert suggestion.courier is not None  # every kind that is about a courier names one
    return problem.couriers[suggestion.courier].id


def _room(problem: Problem, suggestion: Suggestion) -> str:
    return f"room for {told_units(problem, suggestion.units)} more on courier {_id(problem, suggestion)}"


def _skills(problem: Problem, suggestion: Suggestion) -> str:
    return f"courier {_id(problem, suggestion)} with {told_skills(suggestion.skills)}"


def _price(problem: Problem, suggestion: Suggestion) -> str:
    price = told_cost(problem, suggestion.price, up=True)
    return f"a price of {price} instead of {told_cost(problem, problem.requests[suggestion.request].price)}"


def _courier(problem: Problem, suggestion: Suggestion) -> str:
    skills = problem.couriers[suggestion.courier or 0].skills
    told = f", with {told_skills(skills)}" if skills else ""
    return f"one more courier like {_id(problem, suggestion)}{told}"


_WORDS: dict[Kind, Callable[[Problem, Suggestion], str]] = {
    Kind.NONE: lambda _, __: "no single change found",
    Kind.LONGER_SEARCH: lambda _, __: "no change: a longer search serves it",
    Kind.LATER: lambda p, told: f"due {told_time(p, told.more_s)} later",
    Kind.LONGER_ON_BOARD: lambda p, told: f"{told_time(p, told.more_s)} longer on board",
    Kind.LONGER_SHIFT: lambda p, told: f"shift of courier {_id(p, told)} {told_time(p, told.more_s)} longer",
    Kind.LONGER_TRAVEL: lambda p, told: f"{told_time(p, told.more_s)} more travel for courier {_id(p, told)}",
    Kind.LONGER_DISTANCE: lambda p, told: f"{told.more_m:,} m more travel for courier {_id(p, told)}",
    Kind.MORE_TASKS: lambda p, told: f"{told_count(told.more_tasks, 'more task')} for courier {_id(p, told)}",
    Kind.MORE_ROOM: _room,
    Kind.MORE_SKILLS: _skills,
    Kind.HIGHER_PRICE: _price,
    Kind.ONE_MORE_COURIER: _courier,
}

__all__ = ["in_words"]
