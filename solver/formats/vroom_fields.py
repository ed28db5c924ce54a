"""The fields of VROOM's input, and how those that several objects share are read."""

from __future__ import annotations

from itertools import pairwise

from solver.formats.pointer import At
from solver.problem import FOREVER_S, Window

INPUT = ("jobs", "shipments", "vehicles", "matrices", "matrix")
_PLACED = ("id", "description", "location", "location_index", "time_windows")
_TIMES = ("setup", "service", "setup_per_type", "service_per_type")
JOB = (*_PLACED, *_TIMES, "delivery", "pickup", "amount", "skills", "priority")
SHIPMENT = ("pickup", "delivery", "amount", "skills", "priority")
SHIPMENT_STEP = (*_PLACED, *_TIMES)
VEHICLE = (
    *("id", "profile", "description", "start", "start_index", "end", "end_index", "capacity", "costs", "skills"),
    *("type", "time_window", "breaks", "speed_factor", "max_tasks", "max_travel_time", "max_distance", "steps"),
)
COSTS = ("fixed", "per_hour", "per_task_hour", "per_km")
BREAK = ("id", "description", "time_windows", "service", "max_load")
FORCED = ("service_at", "service_after", "service_before")
STEP = ("type", "id", *FORCED)
MATRIX = ("durations", "distances", "costs")

LARGEST_ID = 2**64 - 1
LARGEST_AMOUNT = 2**32
LARGEST = 2**32 - 1
"""No limit, cost or skill is larger."""


def seconds(fields: dict[str, At], name: str) -> int:
    """Return a duration; 0 if it is not given."""
    return fields[name].integer(most=FOREVER_S) if name in fields else 0


def limit(fields: dict[str, At], name: str) -> int | None:
    """Return what must not be exceeded; None if it is not given."""
    return fields[name].integer(most=LARGEST) if name in fields else None


def text(fields: dict[str, At], name: str) -> str:
    """Return a string; an empty one if it is not given."""
    return fields[name].text() if name in fields else ""


def skills(fields: dict[str, At]) -> frozenset[str]:
    """Return skills, which are numbers in VROOM."""
    return frozenset(map(str, fields["skills"].integers(most=LARGEST))) if "skills" in fields else frozenset()


def window(at: At) -> Window:
    """Return one interval; what ends after all times is open."""
    earliest_s, latest_s = at.integers(most=2**63, length=2)
    if earliest_s > latest_s:
        raise at.refuse(f"ends at {latest_s}, before it begins at {earliest_s}")
    return Window(earliest_s=min(earliest_s, FOREVER_S), latest_s=min(latest_s, FOREVER_S))


def windows(fields: dict[str, At]) -> tuple[Window, ...]:
    """Return ``time_windows`` in ascending order; any time if there are none."""
    if "time_windows" not in fields:
        return (Window(),)
    given = [(window(at), at) for at in fields["time_windows"].items()]
    given.sort(key=lambda pair: (pair[0].earliest_s, pair[0].latest_s))
    if not given:
        raise fields["time_windows"].refuse("is empty: give at least one window, or leave it out for any time")
    for (before, _), (own, at) in pairwise(given):
        if own.earliest_s <= before.latest_s:
            raise at.refuse(
                f"begins at {own.earliest_s}, not after {before.latest_s}, the end of another: "
                "give windows that do not overlap"
            )
    return tuple(own for own, _ in given)
