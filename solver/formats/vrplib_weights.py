"""VRPLIB's edge weights as a matrix."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from solver.errors import ProblemError
from solver.formats.euclid import distances
from solver.formats.lines import Line, Word, check_reachable
from solver.formats.vrplib_text import Section, VrplibText
from solver.problem import IntMatrix
from solver.validation.matrices import LARGEST_ENTRY

TYPES = ("EXPLICIT", "EUC_2D", "CEIL_2D")
FORMATS = ("FULL_MATRIX", "LOWER_ROW", "LOWER_DIAG_ROW", "UPPER_ROW", "UPPER_DIAG_ROW")


def has_real_weights(text: VrplibText) -> bool:
    """Tell whether an explicit weight has a fraction."""
    if text.header.choose("EDGE_WEIGHT_TYPE", TYPES) != "EXPLICIT":
        return False
    return any("." in row.text or "e" in row.text.lower() for row in text.require("EDGE_WEIGHT_SECTION").rows)


def weights(text: VrplibText, dimension: int, scale: int) -> IntMatrix:
    """Return the (n, n) travel between nodes, times `scale`, a fraction that is left rounded up.

    Raises
    ------
    ProblemError
        Naming the line of a weight that is no number, too large, or one too many; or the section that has too few.
    """
    kind = text.header.choose("EDGE_WEIGHT_TYPE", TYPES)
    if kind == "EXPLICIT":
        layout = text.header.choose("EDGE_WEIGHT_FORMAT", FORMATS)
        return _explicit(text.require("EDGE_WEIGHT_SECTION"), layout, dimension, scale)
    if "EDGE_WEIGHT_SECTION" in text.sections:
        raise text.sections["EDGE_WEIGHT_SECTION"].title.refuse(f"contradicts EDGE_WEIGHT_TYPE {kind}: give EXPLICIT")
    rows = text.require("NODE_COORD_SECTION").nodes(("x", "y"), dimension)
    places = [(float(row["x"].number()), float(row["y"].number())) for row in rows]
    # Rounded as the type says, and only then scaled, for that is what the published costs are in.
    whole = distances(places, scale=1, up=kind == "CEIL_2D") * scale
    check_reachable(whole, [row["node"].line for row in rows])
    return whole.astype(np.int32)


def _explicit(section: Section, layout: str, dimension: int, scale: int) -> IntMatrix:
    cells = _cells(layout, dimension)
    matrix: IntMatrix = np.zeros((dimension, dimension), dtype=np.int32)
    count = 0
    last: Line = section.title
    for line, text in section.words():
        cell = next(cells, None)
        if cell is None:
            raise line.refuse(f"has more weights than the {count} of a {layout} of {dimension} nodes: give that many")
        weight = _weight(line, text, scale)
        matrix[cell] = weight
        if layout != "FULL_MATRIX":
            matrix[cell[::-1]] = weight
        count, last = count + 1, line
    if next(cells, None) is not None:
        raise ProblemError(
            f"line {last.number}",
            f"EDGE_WEIGHT_SECTION ends after {count} weights: give {count + 1 + sum(1 for _ in cells)}, "
            f"as {layout} of {dimension} nodes has; the text may be cut off",
        )
    return matrix


def _weight(line: Line, text: str, scale: int) -> int:
    if scale == 1 and text.isascii() and text.isdecimal() and len(text) < 10:
        return int(text)
    word = Word(line, text, "a weight")
    weight = word.number() * scale
    if not 0 <= weight <= LARGEST_ENTRY:
        raise word.refuse(f"give 0 to {LARGEST_ENTRY // scale}")
    return math.ceil(weight)


def _cells(layout: str, dimension: int) -> Iterator[tuple[int, int]]:
    """Yield row and column of each weight in the order of the section."""
    for row in range(dimension):
        if layout == "FULL_MATRIX":
            columns = range(dimension)
        elif layout.startswith("LOWER"):
            columns = range(row + ("DIAG" in layout))
        else:
            columns = range(row + ("DIAG" not in layout), dimension)
        for column in columns:
            yield row, column


__all__ = ["has_real_weights", "weights"]
