"""A text of lines and numbers: every refusal names its line."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from solver.errors import ProblemError
from solver.problem import FOREVER_S, UNREACHABLE_S, IntMatrix

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
LINE_END = re.compile("\r\n|\r|\n")
LONGEST_NUMBER = 40
"""Characters."""

LARGEST_AMOUNT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, with its number in the text, from 1."""

    number: int
    text: str

    @property
    def words(self) -> list[str]:
        """What stands between blanks and tabs."""
        return self.text.split()

    def refuse(self, message: str) -> ProblemError:
        """Return the error that this line is refused with."""
        return ProblemError(f"line {self.number}", message)

    def row(self, names: Sequence[str]) -> dict[str, Word]:
        """Return the words of a row, by the names of its columns."""
        words = self.words
        if len(words) != len(names):
            raise self.refuse(f"has {len(words)} words: give {len(names)} numbers ({' '.join(names)})")
        return {name: Word(self, word, name) for name, word in zip(names, words, strict=True)}

    def is_words(self) -> bool:
        """Tell whether this is no row of numbers."""
        return self.text.lstrip()[0].isalpha()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line, and what it stands for there."""

    line: Line
    text: str
    name: str

    def refuse(self, message: str) -> ProblemError:
        """Return the error that this word is refused with."""
        return self.line.refuse(f"{self.name} is {self.text[:LONGEST_NUMBER]}: {message}")

    def number(self) -> Fraction:
        """Return a finite number, exactly as written."""
        if len(self.text) > LONGEST_NUMBER or not NUMBER.fullmatch(self.text):
            raise self.refuse("give a number")
        return Fraction(self.text)

    def whole(self, *, least: int = 0, most: int = LARGEST_AMOUNT) -> int:
        """Return a whole number within bounds; ``10.0`` is one."""
        number = self.number()
        if number.denominator != 1 or not least <= number <= most:
            raise self.refuse(f"give a whole number from {least} to {most}")
        return int(number)

    def time(self, scale: int, *, up: bool = True) -> int:
        """Return a time of 0 or more in units of 1 / `scale`, rounded up or down; beyond `FOREVER_S` is for ever."""
        number = self.number() * scale
        if number < 0:
            raise self.refuse("give 0 or more")
        return min(math.ceil(number) if up else math.floor(number), FOREVER_S)


class Lines:
    """The lines of a text, one after the other."""

    def __init__(self, text: str) -> None:
        numbered = enumerate(LINE_END.split(text.removeprefix("\ufeff")), 1)
        self._lines = [Line(number, line) for number, line in numbered if line.strip()]
        self._next = 0

    def peek(self) -> Line | None:
        """Return the next line without taking it; None at the end."""
        return self._lines[self._next] if self._next < len(self._lines) else None

    def take(self, expected: str) -> Line:
        """Return the next line, of which `expected` says what it must be."""
        line = self.peek()
        if line is None:
            last = self._lines[-1].number if self._lines else 0
            raise ProblemError(f"line {last + 1}", f"the text ends where {expected} must come: give all of it")
        self._next += 1
        return line


def check_reachable(matrix: IntMatrix, lines: Sequence[Line]) -> None:
    """Refuse places so far apart that their distance would say that there is no way.

    Parameters
    ----------
    lines
        That of each place.
    """
    if matrix.size and matrix.max() >= UNREACHABLE_S:
        place, other = divmod(int(matrix.argmax()), len(matrix))
        raise lines[place].refuse(
            f"is {matrix[place, other]} away from the place of line {lines[other].number}: "
            f"give coordinates that keep distances below {UNREACHABLE_S}"
        )


def in_lines(error: ProblemError, requests: Mapping[int, Line] | Sequence[Line]) -> ProblemError:
    """Return an error of a problem as one of the text it was read from, given the line of each request."""
    if match := re.match(r"/requests/(\d+)/", error.place):
        return requests[int(match[1])].refuse(error.message)
    return ProblemError("the text as a whole", error.message)


__all__ = ["LARGEST_AMOUNT", "Line", "Lines", "Word", "check_reachable", "in_lines"]
