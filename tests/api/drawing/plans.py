"""A small problem in VROOM's JSON and a plan for it, to be changed by tests."""

from __future__ import annotations

import copy
from typing import Any

PROBLEM: dict[str, Any] = {
    "vehicles": [
        {"id": 1, "start_index": 0, "end_index": 0, "capacity": [4], "time_window": [0, 7200], "description": "Ana"},
        {"id": 2, "start_index": 0, "capacity": [4], "time_window": [0, 7200]},
        {"id": 3, "start_index": 0, "capacity": [4]},
    ],
    "jobs": [
        {"id": 7, "location_index": 1, "service": 120, "setup": 30, "time_windows": [[0, 500], [1000, 2000]]},
        {"id": 8, "location_index": 4, "pickup": [1], "priority": 5},
    ],
    "shipments": [
        {
            "amount": [1],
            "priority": 2,
            "pickup": {"id": 1, "location_index": 2, "service": 60, "time_windows": [[600, 7200]]},
            "delivery": {"id": 31, "location_index": 3, "service": 60, "time_windows": [[0, 900]]},
        }
    ],
    "matrices": {"car": {"durations": [[abs(a - b) * 200 for b in range(5)] for a in range(5)]}},
}
"""Five places on a line, 200 s apart."""

PLAN: dict[str, Any] = {
    "code": 0,
    "summary": {"cost": 1600, "unassigned": 1},
    "unassigned": [{"id": 8, "type": "job", "location_index": 4, "reason": "crowded_out", "detail": "no room"}],
    "routes": [
        {
            "vehicle": 1,
            "cost": 1200,
            "steps": [
                {"type": "start", "location_index": 0, "arrival": 0, "duration": 0, "load": [0]},
                {
                    **{"type": "pickup", "id": 1, "location_index": 2, "arrival": 400, "duration": 400},
                    **{"service": 60, "waiting_time": 200, "load": [1], "distance": 900},
                },
                {"type": "delivery", "id": 31, "location_index": 3, "arrival": 1000, "duration": 740, "service": 60},
                {"type": "end", "location_index": 0, "arrival": 1600, "duration": 1280},
            ],
        },
        {
            "vehicle": 2,
            "cost": 400,
            "steps": [{"type": "job", "id": 7, "location_index": 1, "arrival": 200, "setup": 30, "service": 120}],
        },
    ],
}


def problem() -> dict[str, Any]:
    """Return the problem, free to be changed."""
    return copy.deepcopy(PROBLEM)


def plan() -> dict[str, Any]:
    """Return the plan, free to be changed."""
    return copy.deepcopy(PLAN)


def with_coordinates(data: Any, *, lon: float = 16.0, lat: float = 48.0, by: float = 0.01) -> Any:
    """Return the same with coordinates beside every index: places on a line to the east, `by` degrees apart."""
    if isinstance(data, list):
        return [with_coordinates(item, lon=lon, lat=lat, by=by) for item in data]
    if not isinstance(data, dict):
        return data
    told = {name: with_coordinates(value, lon=lon, lat=lat, by=by) for name, value in data.items()}
    for name in ("location", "start", "end"):
        if f"{name}_index" in told:
            told[name] = [lon + by * told[f"{name}_index"], lat]
    return told
