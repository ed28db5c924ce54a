"""Solomon's text of vehicle routing problems with time windows, also that of Gehring and Homberger.

Source: M. M. Solomon, "Algorithms for the vehicle routing and scheduling problems with time window constraints"
(Operations Research 35, 1987). A name; ``VEHICLE`` and a heading, then number and capacity; ``CUSTOMER`` and a heading,
then ``number x y demand ready due service`` for each node, the depot first as node 0.

Scale, rounding and objective (fewest couriers first) are those of `solver.formats.li_lim`.
"""

from __future__ import annotations

from solver.formats.customers import Customer, VrplibProblem, make_customers
from solver.formats.euclid import distances
from solver.formats.lines import Line, Lines, check_reachable
from solver.problem import Window

SCALE = 1_000
FLEET = ("number", "capacity")
ROW = ("number", "x", "y", "demand", "ready", "due", "service")


def is_solomon(text: str) -> bool:
    """Tell whether a text is in Solomon's format, by its sections."""
    return "VEHICLE" in (line.strip() for line in text.splitlines()[:10])


def read_solomon(text: str) -> VrplibProblem:
    """Return the problem of a text in Solomon's format.

    Raises
    ------
    ProblemError
        Naming the line that is cut off or no row of numbers.
    """
    lines = Lines(text)
    while lines.take("VEHICLE").text.strip() != "VEHICLE":
        pass
    fleet = _first_row(lines, "number and capacity of vehicles").row(FLEET)
    _take_word(lines, "CUSTOMER")
    customers: list[Customer] = []
    places: list[tuple[float, float]] = []
    line = _first_row(lines, "the depot, as node 0")
    while True:
        row = line.row(ROW)
        if row["number"].whole() != len(customers):
            raise row["number"].refuse(f"give {len(customers)}, for nodes are numbered from 0")
        window = Window(earliest_s=row["ready"].time(SCALE), latest_s=row["due"].time(SCALE, up=False))
        if window.earliest_s > window.latest_s:
            raise row["due"].refuse(f"and ready is {row['ready'].text}: give a window that ends after it begins")
        customers.append(
            Customer(line=line, demand=row["demand"].whole(), window=window, service_s=row["service"].time(SCALE))
        )
        places.append((float(row["x"].number()), float(row["y"].number())))
        if lines.peek() is None:
            break
        line = lines.take("a customer")
    durations = distances(places, scale=SCALE, up=True)
    check_reachable(durations, [customer.line for customer in customers])
    return make_customers(
        customers,
        durations.astype("int32"),
        capacity=fleet["capacity"].whole(),
        most_couriers=fleet["number"].whole(least=1),
        scale=SCALE,
        few_first=True,
    )


def _first_row(lines: Lines, expected: str) -> Line:
    """Take a heading of one line, then the row below it."""
    heading = lines.take(f"the heading above {expected}")
    if not heading.is_words():
        raise heading.refuse(f"is no heading: give one above {expected}")
    return lines.take(expected)


def _take_word(lines: Lines, word: str) -> None:
    line = lines.take(word)
    if line.text.strip() != word:
        raise line.refuse(f"is {line.text.strip()[:60]!r}, where {word} must come")


__all__ = ["is_solomon", "read_solomon"]
