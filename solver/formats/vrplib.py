"""VRPLIB's text of vehicle routing problems: capacity (CVRP) and time windows (VRPTW), or Solomon's text.

Source: the CVRPLIB site and TSPLIB 95 (Reinelt 1995), from which the layout descends. What is read, and what is not,
stands in ``docs/formats.md``.

The cost is the distance: explicit, or Euclidean and rounded as its type says; the fleet costs nothing, and is as large
as the customers are many unless ``VEHICLES`` gives a limit. Where a time or a weight has a fraction, a unit is 1,000
seconds here.
"""

from __future__ import annotations

from solver.errors import ProblemError
from solver.formats.customers import Customer, VrplibProblem, make_customers, read_vrplib_plan, write_vrplib
from solver.formats.lines import LARGEST_AMOUNT, Word
from solver.formats.solomon import is_solomon, read_solomon
from solver.formats.vrplib_text import VrplibText, split
from solver.formats.vrplib_weights import has_real_weights, weights
from solver.problem import Window

REAL_SCALE = 1_000
LARGEST_DIMENSION = 20_000
"""Nodes: with more, the matrix would not fit in memory."""


def read_vrplib(text: str, *, unlimited: bool = False) -> VrplibProblem:
    """Return the problem of a text in VRPLIB's or in Solomon's format.

    Parameters
    ----------
    unlimited
        Whether the fleet is as large as can be used, whatever ``VEHICLES`` says (not read with Solomon's format).

    Raises
    ------
    ProblemError
        Naming the line that is cut off, not honoured, or no row of numbers.
    """
    if is_solomon(text):
        return read_solomon(text)
    parts = split(text)
    header = parts.header
    kind = header.choose("TYPE", ("CVRP", "VRPTW"))
    dimension = header.require("DIMENSION").whole(least=1, most=LARGEST_DIMENSION)
    _check_depot(parts)
    scale = REAL_SCALE if has_real_weights(parts) or _has_fractions(parts) else 1
    windows = _windows(parts, dimension, scale, kind)
    services = _services(parts, dimension, scale)
    demands = parts.require("DEMAND_SECTION").nodes(("demand",), dimension)
    customers = [
        Customer(line=row["demand"].line, demand=row["demand"].whole(), window=window, service_s=service_s)
        for row, window, service_s in zip(demands, windows, services, strict=True)
    ]
    vehicles = header.get("VEHICLES")
    limit = vehicles.whole(least=1) if vehicles and not unlimited else LARGEST_AMOUNT
    return make_customers(
        customers,
        weights(parts, dimension, scale),
        capacity=header.require("CAPACITY").whole(),
        most_couriers=limit,
        scale=scale,
        few_first=False,
    )


def _check_depot(parts: VrplibText) -> None:
    section = parts.require("DEPOT_SECTION")
    words = [Word(line, text, "the depot") for line, text in section.words()]
    ends = [number for number, word in enumerate(words) if word.text == "-1"]
    depots = words[: ends[0]] if ends else words
    if len(depots) != 1 or (ends and ends[0] != len(words) - 1):
        raise section.title.refuse(f"names {len(depots)} depots, or more after -1: give one, then -1")
    if depots[0].whole() != 1:
        raise depots[0].refuse("give node 1: solutions count customers from the node after the depot")


def _windows(parts: VrplibText, dimension: int, scale: int, kind: str) -> list[Window]:
    """Return the window of each node. Without any, couriers are out for as long as ``DISTANCE`` allows."""
    distance = parts.header.get("DISTANCE")
    if "TIME_WINDOW_SECTION" not in parts.sections:
        if kind == "VRPTW":
            raise ProblemError("the text as a whole", "is a VRPTW without TIME_WINDOW_SECTION: give one")
        shift = Window() if distance is None else Window(latest_s=distance.time(scale, up=False))
        return [shift] + [Window()] * (dimension - 1)
    section = parts.sections["TIME_WINDOW_SECTION"]
    if kind != "VRPTW":
        raise section.title.refuse(
            "TIME_WINDOW_SECTION belongs to TYPE VRPTW, and this is a CVRP: give one or the other"
        )
    if distance is not None:
        raise distance.refuse("is not honoured together with time windows: close the depot earlier")
    windows = []
    for row in section.nodes(("open", "close"), dimension):
        window = Window(earliest_s=row["open"].time(scale), latest_s=row["close"].time(scale, up=False))
        if window.earliest_s > window.latest_s:
            raise row["close"].refuse(f"and open is {row['open'].text}: give a window that ends after it begins")
        windows.append(window)
    return windows


def _services(parts: VrplibText, dimension: int, scale: int) -> list[int]:
    common = parts.header.get("SERVICE_TIME")
    if "SERVICE_TIME_SECTION" not in parts.sections:
        service_s = common.time(scale) if common else 0
        return [0] + [service_s] * (dimension - 1)
    section = parts.sections["SERVICE_TIME_SECTION"]
    if common:
        raise section.title.refuse(f"contradicts SERVICE_TIME in line {common.line.number}: give one of them")
    return [row["service"].time(scale) for row in section.nodes(("service",), dimension)]


def _has_fractions(parts: VrplibText) -> bool:
    """Tell whether a time has a fraction."""
    header = [word for name in ("DISTANCE", "SERVICE_TIME") if (word := parts.header.get(name))]
    sections = [
        parts.sections[name] for name in ("SERVICE_TIME_SECTION", "TIME_WINDOW_SECTION") if name in parts.sections
    ]
    words = header + [Word(line, text, "a time") for section in sections for line, text in section.words()]
    return any(word.number().denominator != 1 for word in words)


__all__ = ["VrplibProblem", "read_vrplib", "read_vrplib_plan", "write_vrplib"]
