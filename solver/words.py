"""Figures and names in the texts that people read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solver.problem import Problem


def told_cost(problem: Problem, cost: int, *, up: bool = False) -> str:
    """Return a cost as people count costs (`Problem.cost_scale`), to the hundredth: the nearest, or the next one up."""
    scale = problem.cost_scale
    hundredths = -(-100 * cost // scale) if up else (200 * cost + scale) // (2 * scale)
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' * (hundredths < 0)}{whole:,}" + f".{rest:02}".rstrip("0") * (rest > 0)


def told_time(seconds: int) -> str:
    """Return 31 min, 6 min 40 s, 2 h 5 min: hours from two of them on."""
    hours = seconds // 3_600 if seconds >= 7_200 else 0
    minutes, rest = divmod(seconds - 3_600 * hours, 60)
    parts = ((hours, "h"), (minutes, "min"), (rest, "s"))
    return " ".join(f"{figure:,} {unit}" for figure, unit in parts if figure) or "0 s"


def told_count(count: int, one: str) -> str:
    """Return 1 stop, or 1,234 stops."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def told_units(problem: Problem, units: Iterable[int]) -> str:
    """Return amounts with the names of their dimensions, those that are nothing left out: 2 kg and 1 l."""
    named = zip(units, problem.dimensions, strict=True)
    return told_list([f"{amount:,} {_one(name) if amount == 1 else name}" for amount, name in named if amount])


def told_skills(skills: Iterable[str]) -> str:
    """Return skill cold, or skills cold and van."""
    names = sorted(skills)
    return f"skill{'s' * (len(names) != 1)} {told_list(names)}"


def told_list(names: Sequence[str]) -> str:
    """Return a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _one(name: str) -> str:
    """Return the name of one unit of a dimension; names that files give are left as they are."""
    return f"unit{name.removeprefix('units')}" if name == "units" or name.startswith("units of ") else name


__all__ = ["told_cost", "told_count", "told_list", "told_skills", "told_time", "told_units"]
