"""Figures and names in the texts that people read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solver.problem import Problem


def told_cost(problem: Problem, cost: int, *, up: bool = False) -> str:
    """Return a cost as people count costs (`Problem.cost_scale`), to the hundredth: the nearest, or the next one up."""
    return _decimal(cost, problem.cost_scale, digits=2, up=up)


def told_time(problem: Problem, seconds: int) -> str:
    """Return 31 min, 6 min 40 s, 2 h 5 min: hours from two of them on; or 12.5 units (`Problem.time_scale`).

    Parts of units are told to the thousandth, the next one up: what is missing is never told to be less than it is.
    """
    if problem.time_scale is not None:
        units = _decimal(seconds, problem.time_scale, digits=3, up=True)
        return f"{units} unit{'' if units == '1' else 's'}"
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


def _decimal(amount: int, scale: int, *, digits: int, up: bool) -> str:
    """Return `amount` / `scale` with at most so many digits after the point: the nearest, or the next one up."""
    one: int = 10**digits
    parts = -(-one * amount // scale) if up else (2 * one * amount + scale) // (2 * scale)
    whole, rest = divmod(abs(parts), one)
    return f"{'-' * (parts < 0)}{whole:,}" + f".{rest:0{digits}}".rstrip("0") * (rest > 0)


def _one(name: str) -> str:
    """Return the name of one unit of a dimension; names that files give are left as they are."""
    return f"unit{name.removeprefix('units')}" if name == "units" or name.startswith("units of ") else name


__all__ = ["told_cost", "told_count", "told_list", "told_skills", "told_time", "told_units"]
