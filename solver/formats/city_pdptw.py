"""Sartori and Buriol's text of pickup and delivery problems on city streets.

Source: C. S. Sartori and L. S. Buriol, "A study on the pickup and delivery problem with time windows: Matheuristics and
new instances" (Computers & Operations Research 124, 2020). Lines ``KEY: value``; ``NODES``, then a line ``id lat lon
demand open close service pickup delivery`` for each node, the depot first as node 0; ``EDGES``, then the travel times
from each node as a line; ``EOF``.

Times are whole minutes: a minute is 1 second here, so that costs are those of the published tables. Distances are not
given, and are 0.
"""

from __future__ import annotations

import numpy as np

from solver.formats.headed import Header
from solver.formats.lines import LARGEST_AMOUNT, Line, Lines, Word
from solver.formats.pdptw import NODE, Node, PdptwProblem, make_pdptw, read_pdptw_plan, write_pdptw_plan
from solver.problem import IntMatrix

SCALE = 1
KEYS = (
    *("NAME", "LOCATION", "COMMENT", "TYPE", "SIZE", "DISTRIBUTION", "DEPOT", "ROUTE-TIME", "TIME-WINDOW"),
    "CAPACITY",
)
ROW = ("id", "lat", "lon", *NODE)
LARGEST_SIZE = 20_000
"""Nodes: with more, the matrix would not fit in memory."""


def read_city_pdptw(text: str) -> PdptwProblem:
    """Return the problem of a text in Sartori and Buriol's format: all served, fewest couriers first, least travel.

    Raises
    ------
    ProblemError
        Naming the line that is cut off, no row of numbers, or a node without its other half.
    """
    lines = Lines(text)
    header = Header(KEYS)
    while (line := lines.take("NODES")).text.strip() != "NODES":
        header.add(line)
    header.choose("TYPE", ("PDPTW",))
    size = header.require("SIZE").whole(least=1, most=LARGEST_SIZE)
    capacity = header.require("CAPACITY").whole()
    nodes = [_node(lines.take(f"node {number} of {size}"), number) for number in range(size)]
    _check_route_time(header, nodes[0])
    _take_word(lines, "EDGES", f"the {size} nodes that SIZE announces")
    durations: IntMatrix = np.empty((size, size), dtype=np.int32)
    for number in range(size):
        durations[number] = _times(lines.take(f"row {number} of {size} of EDGES"), size)
    _take_word(lines, "EOF", f"{size} rows of EDGES")
    return make_pdptw(
        nodes,
        durations,
        np.zeros_like(durations),
        capacity=capacity,
        most_couriers=LARGEST_AMOUNT,
        scale=SCALE,
    )


def _node(line: Line, number: int) -> Node:
    if line.is_words():
        raise line.refuse(
            f"is {line.text.strip()[:60]!r}, where node {number} must come: give as many nodes as SIZE says"
        )
    row = line.row(ROW)
    if row["id"].whole() != number:
        raise row["id"].refuse(f"give {number}, for nodes are numbered from 0")
    row["lat"].number()
    row["lon"].number()
    return Node.read(line, row, SCALE)


def _check_route_time(header: Header, depot: Node) -> None:
    """Refuse a limit on the duration of a route that the depot's hours do not imply: couriers set off when it opens."""
    limit = header.get("ROUTE-TIME")
    if limit is not None and limit.number() < depot.window.latest_s - depot.window.earliest_s:
        raise limit.refuse(
            f"the depot is open for {depot.window.latest_s - depot.window.earliest_s}; "
            "a limit below that is not honoured: give that, or close the depot earlier"
        )


def _times(line: Line, size: int) -> list[int]:
    if line.is_words():
        raise line.refuse(f"is {line.text.strip()[:60]!r}, where a row of {size} times must come: give {size} rows")
    words = line.words
    if len(words) != size:
        raise line.refuse(f"has {len(words)} times: give {size}, one to each node")
    return [
        int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else Word(line, word, "a time").whole()
        for word in words
    ]


def _take_word(lines: Lines, word: str, after: str) -> None:
    line = lines.take(word)
    if line.text.strip() != word:
        raise line.refuse(f"is {line.text.strip()[:60]!r}, where {word} must come after {after}")


write_city_pdptw = write_pdptw_plan
read_city_pdptw_plan = read_pdptw_plan

__all__ = ["read_city_pdptw", "read_city_pdptw_plan", "write_city_pdptw"]
