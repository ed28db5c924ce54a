"""The fields that VROOM's input and output share, read leniently: what is not drawn is not looked at."""

from __future__ import annotations

from api.drawing.layout import Coordinates, Spot
from api.drawing.model import Kind, Window
from solver.formats.pointer import At

LARGEST = 2**63
"""No number of the format is larger."""

NEVER_S = 2**32 - 1
"""A window that ends so late never closes."""


def members(at: At, *required: str) -> dict[str, At]:
    """Return the members of an object, whatever they are called."""
    known = tuple(at.value) if isinstance(at.value, dict) else ()
    return at.object(known=known, required=required)


def number(fields: dict[str, At], name: str, default: int = 0) -> int:
    """Return a whole number that is not below 0, or the default where it is missing."""
    return fields[name].integer(most=LARGEST) if name in fields else default


def numbers(fields: dict[str, At], name: str) -> tuple[int, ...]:
    """Return an array of them, or nothing."""
    return fields[name].integers(most=LARGEST) if name in fields else ()


def text(fields: dict[str, At], name: str) -> str:
    """Return a string, or nothing."""
    return fields[name].text() if name in fields else ""


def spot(fields: dict[str, At], name: str = "location") -> Spot:
    """Return where something is, by ``location`` and ``location_index`` (or ``start``, ``end`` of a vehicle)."""
    index_name = f"{name}_index"
    index = fields[index_name].integer(most=LARGEST) if index_name in fields else None
    return Spot(index, _coordinates(fields[name]) if name in fields else None)


def window(at: At) -> Window:
    """Return one interval; what reaches from 0, or to the end of all times, is open there."""
    earliest_s, latest_s = at.integers(most=LARGEST, length=2)
    if earliest_s > latest_s:
        raise at.refuse(f"ends at {latest_s}, before it begins at {earliest_s}")
    return Window(earliest_s or None, latest_s if latest_s < NEVER_S else None)


def windows(fields: dict[str, At]) -> tuple[Window, ...]:
    """Return ``time_windows`` in ascending order."""
    given = [window(at) for at in fields["time_windows"].items()] if "time_windows" in fields else []
    return tuple(sorted(given, key=lambda own: own.earliest_s or 0))


def label(kind: Kind, given: int | str, description: str) -> str:
    """Return what people call a task: its description with its id, or its kind with it."""
    return f"{description} ({kind} {given})" if description else f"{kind} {given}"


def _coordinates(at: At) -> Coordinates:
    pair = at.items(length=2)
    for item in pair:
        if isinstance(item.value, bool) or not isinstance(item.value, int | float) or not abs(item.value) < LARGEST:
            raise item.refuse("is no coordinate: give [longitude, latitude]")
    return float(pair[0].value), float(pair[1].value)
