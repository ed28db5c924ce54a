"""What can go wrong with scenarios.

ScenarioError             base; also an unknown scenario name, or a file that cannot be read
├── SyntaxFault           the file is no TOML, or a CSV has the wrong form; names the line
├── ContentFault          keys or values of the file are wrong; lists each with its place
└── ImportFault           a data set to import is cut off or of another form; names the line
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class ScenarioError(Exception):
    """Base of all errors about scenario files. The text names the file and what to do."""


class SyntaxFault(ScenarioError):  # noqa: N818 - it is the file's fault, not the program's
    """The file cannot be parsed."""


class ImportFault(ScenarioError):  # noqa: N818
    """A data set to import is cut off or of another form than said."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: `place` is a key path such as ``stores[2].radius_m`` or ``stores.csv line 3, column lat``."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


MAX_SHOWN = 10


class ContentFault(ScenarioError):  # noqa: N818
    """Keys or values of a scenario are wrong. `faults` has all of them; the text shows the first ten."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        lines = [f"{file}: {fault}" for fault in self.faults[:MAX_SHOWN]]
        if len(self.faults) > MAX_SHOWN:
            lines.append(f"{file}: and {len(self.faults) - MAX_SHOWN} more")
        super().__init__("\n".join(lines))
