"""Suggestions in words."""

from __future__ import annotations

from collections.abc import Callable

from solver.problem import Problem
from solver.suggestion import Kind, Suggestion


def in_words(problem: Problem, suggestion: Suggestion) -> str:
    """Return what a suggestion says, for people."""
    return _WORDS[suggestion.kind](problem, suggestion)


def _seconds(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return " ".join(f"{figure} {unit}" for figure, unit in ((minutes, "min"), (rest, "s")) if figure)


def _id(problem: Problem, suggestion: Suggestion) -> str:
    assert suggestion.courier is not None  # every kind that is about a courier names one
    return problem.couriers[suggestion.courier].id


def _room(problem: Problem, suggestion: Suggestion) -> str:
    named = zip(suggestion.units, problem.dimensions, strict=True)
    units = ", ".join(f"{amount} {dimension}" for amount, dimension in named if amount)
    return f"room for {units} more on courier {_id(problem, suggestion)}"


def _skills(problem: Problem, suggestion: Suggestion) -> str:
    return f"courier {_id(problem, suggestion)} with {', '.join(sorted(suggestion.skills))}"


def _price(problem: Problem, suggestion: Suggestion) -> str:
    return f"a price of {suggestion.price} instead of {problem.requests[suggestion.request].price}"


def _courier(problem: Problem, suggestion: Suggestion) -> str:
    skills = problem.couriers[suggestion.courier or 0].skills
    told = f", with {', '.join(sorted(skills))}" if skills else ""
    return f"one more courier like {_id(problem, suggestion)}{told}"


_WORDS: dict[Kind, Callable[[Problem, Suggestion], str]] = {
    Kind.NONE: lambda _, __: "no single change found",
    Kind.LONGER_SEARCH: lambda _, __: "no change: a longer search serves it",
    Kind.LATER: lambda _, told: f"due {_seconds(told.more_s)} later",
    Kind.LONGER_ON_BOARD: lambda _, told: f"{_seconds(told.more_s)} longer on board",
    Kind.LONGER_SHIFT: lambda p, told: f"shift of courier {_id(p, told)} {_seconds(told.more_s)} longer",
    Kind.LONGER_TRAVEL: lambda p, told: f"{_seconds(told.more_s)} more travel for courier {_id(p, told)}",
    Kind.LONGER_DISTANCE: lambda p, told: f"{told.more_m} m more for courier {_id(p, told)}",
    Kind.MORE_TASKS: lambda p, told: f"{told.more_tasks} more tasks for courier {_id(p, told)}",
    Kind.MORE_ROOM: _room,
    Kind.MORE_SKILLS: _skills,
    Kind.HIGHER_PRICE: _price,
    Kind.ONE_MORE_COURIER: _courier,
}

__all__ = ["in_words"]
