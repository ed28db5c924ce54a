"""Header lines, ``KEY: value``, of the formats that descend from TSPLIB."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from solver.errors import ProblemError
from solver.formats.lines import Line, Word


@dataclass(frozen=True, slots=True)
class Header:
    """Values by key, and the lines they stand in. Every key must be among `known`; none stands twice."""

    known: tuple[str, ...]
    words: dict[str, Word] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """Take the key and the value of a line."""
        key, colon, value = line.text.partition(":")
        name = key.strip()
        if not colon:
            raise line.refuse(f"is {name[:60]!r}: give 'KEY: value', or the name of a section")
        if name not in self.known:
            near = get_close_matches(name, self.known, 1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise line.refuse(f"{name[:60]} is not honoured: {hint}Known here: {', '.join(self.known)}")
        if name in self.words:
            raise line.refuse(f"gives {name} again, after line {self.words[name].line.number}: give it once")
        self.words[name] = Word(line, value.strip(), name)

    def get(self, name: str) -> Word | None:
        """Return a value, or None."""
        return self.words.get(name)

    def require(self, name: str) -> Word:
        """Return a value that must be there."""
        if name not in self.words:
            raise ProblemError("the header", f"has no {name}: give a line '{name}: value'")
        return self.words[name]

    def choose(self, name: str, choices: Mapping[str, str] | tuple[str, ...]) -> str:
        """Return a value that must be one of a few."""
        word = self.require(name)
        if word.text not in choices:
            raise word.refuse(f"give one of {', '.join(choices)}")
        return word.text


__all__ = ["Header"]
