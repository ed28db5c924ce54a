"""A value inside a JSON document, with its place: every refusal names where it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from solver.errors import ProblemError
from solver.formats.json_text import Doubled


@dataclass(frozen=True, slots=True)
class At:
    """A value and its JSON pointer (RFC 6901). Every method raises `ProblemError` naming the place."""

    value: Any
    place: str = ""

    def refuse(self, message: str) -> ProblemError:
        """Return the error that this value is refused with."""
        return ProblemError(self.place or "/", message)

    def object(self, *, known: tuple[str, ...], required: tuple[str, ...] = ()) -> dict[str, At]:
        """Return the members of an object; those not known are refused, for what is ignored would be missed."""
        if not isinstance(self.value, dict):
            raise self.refuse(f"is {_kind(self.value)}: give an object")
        if isinstance(self.value, Doubled):
            raise At(None, f"{self.place}/{_escape(self.value.name)}").refuse("is given twice: give it once")
        members = {name: At(value, f"{self.place}/{_escape(name)}") for name, value in self.value.items()}
        for name, member in members.items():
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = f"did you mean {near[0]}? " if near else ""
                raise member.refuse(f"is not honoured: {hint}Known here: {', '.join(known)}")
        for name in required:
            if name not in members:
                raise self.refuse(f"has no {name}: give one")
        return members

    def items(self, *, length: int | None = None, least: int = 0, most: int | None = None) -> list[At]:
        """Return the elements of an array, which has `length` of them if given, or `least` to `most`."""
        if not isinstance(self.value, list):
            raise self.refuse(f"is {_kind(self.value)}: give an array")
        if length is not None:
            least = most = length
        if len(self.value) < least or (most is not None and len(self.value) > most):
            bounds = f"{least}" if least == most else f"{least} to {most}" if most is not None else f"{least} or more"
            raise self.refuse(f"has {len(self.value)} elements: give {bounds}")
        return list(self._elements())

    def integer(self, *, least: int = 0, most: int) -> int:
        """Return a whole number within bounds."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.refuse(f"is {_kind(self.value)}: give a whole number")
        if not least <= self.value <= most:
            raise self.refuse(f"is {self.value}: give {least} to {most}")
        return self.value

    def number(self) -> float:
        """Return a finite number."""
        # Compared, not asked of math: whole numbers may be larger than any float. NaN is not less than anything.
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        if not is_number or not abs(self.value) <= sys.float_info.max:
            raise self.refuse("is no number: give a finite one")
        return float(self.value)

    def integers(self, *, least: int = 0, most: int, length: int | None = None) -> tuple[int, ...]:
        """Return an array of whole numbers."""
        return tuple(item.integer(least=least, most=most) for item in self.items(length=length))

    def text(self) -> str:
        """Return a string."""
        if not isinstance(self.value, str):
            raise self.refuse(f"is {_kind(self.value)}: give a string")
        if any("\ud800" <= letter <= "\udfff" for letter in self.value):
            raise self.refuse("has half a surrogate pair, which no file can hold: give whole characters")
        return self.value

    def _elements(self) -> Iterator[At]:
        for number, value in enumerate(self.value):
            yield At(value, f"{self.place}/{number}")


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return "a string" if isinstance(value, str) else "an array" if isinstance(value, list) else "an object"


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
