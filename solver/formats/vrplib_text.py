"""The layout of a VRPLIB text: header lines, sections, EOF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from solver.errors import ProblemError
from solver.formats.headed import Header
from solver.formats.lines import Line, Lines, Word

KEYS = (
    *("NAME", "COMMENT", "TYPE", "DIMENSION", "CAPACITY", "VEHICLES", "DISTANCE", "SERVICE_TIME"),
    *("EDGE_WEIGHT_TYPE", "EDGE_WEIGHT_FORMAT", "NODE_COORD_TYPE", "DISPLAY_DATA_TYPE"),
)
SECTIONS = (
    *("NODE_COORD_SECTION", "DISPLAY_DATA_SECTION", "EDGE_WEIGHT_SECTION", "DEMAND_SECTION"),
    *("SERVICE_TIME_SECTION", "TIME_WINDOW_SECTION", "DEPOT_SECTION"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """The lines under a section's name."""

    title: Line
    rows: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the section is called."""
        return self.title.text.strip().rstrip(":").strip()

    def words(self) -> Iterator[tuple[Line, str]]:
        """Return all words with their lines, whatever the lines are."""
        return ((row, word) for row in self.rows for word in row.words)

    def nodes(self, columns: tuple[str, ...], dimension: int) -> list[dict[str, Word]]:
        """Return the rows of a section that has one for each node, in the order of the nodes.

        Raises
        ------
        ProblemError
            Where a node is missing, given twice, or does not exist.
        """
        found: dict[int, dict[str, Word]] = {}
        for line in self.rows:
            row = line.row(("node", *columns))
            number = row["node"].whole(least=1, most=dimension)
            if number in found:
                raise row["node"].refuse(
                    f"line {found[number]['node'].line.number} has it already: give each node once"
                )
            found[number] = row
        if len(found) < dimension:
            missing = next(number for number in range(1, dimension + 1) if number not in found)
            raise self.title.refuse(
                f"{self.name} has {len(found)} rows where DIMENSION is {dimension}: give one to node {missing} too"
            )
        return [found[number] for number in range(1, dimension + 1)]


@dataclass(frozen=True, slots=True)
class VrplibText:
    """Header and sections of a text."""

    header: Header
    sections: dict[str, Section]

    def require(self, name: str) -> Section:
        """Return a section that must be there."""
        if name not in self.sections:
            raise ProblemError("the text as a whole", f"has no {name}: give one")
        return self.sections[name]


def split(text: str) -> VrplibText:
    """Return the parts of a VRPLIB text.

    Raises
    ------
    ProblemError
        Naming a line whose key or section is not known or given twice; or where the text ends without EOF.
    """
    lines = Lines(text)
    header = Header(KEYS)
    sections: dict[str, Section] = {}
    current: Section | None = None
    while (line := lines.take("EOF, without which the text may be cut off,")).text.strip() != "EOF":
        if not line.is_words():
            if current is None:
                raise line.refuse("has numbers before any section: give 'KEY: value' lines first")
            current.rows.append(line)
            continue
        section = Section(line)
        if not section.name.endswith("_SECTION"):
            header.add(line)
        elif section.name not in SECTIONS:
            raise line.refuse(f"{section.name} is not honoured: known are {', '.join(SECTIONS)}")
        elif section.name in sections:
            raise line.refuse(f"{section.name} is given a second time: give it once")
        else:
            current = sections[section.name] = section
    return VrplibText(header, sections)


__all__ = ["Section", "VrplibText", "split"]
