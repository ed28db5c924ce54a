"""A `Plan` as VROOM's output JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from solver.formats.vroom_input import VroomProblem
from solver.formats.vroom_route import tell_route
from solver.plan import Plan

Json = dict[str, Any]

INPUT_ERROR = 2
"""VROOM's code where a problem cannot be read."""

_SUMS = ("setup", "service", "duration", "waiting_time", "priority")
_AMOUNTS = ("delivery", "amount", "pickup")


def write_vroom(vroom: VroomProblem, plan: Plan, *, loading_ms: int = 0, solving_ms: int = 0) -> Json:
    """Return the output JSON of a plan for the problem of `vroom`.

    Parameters
    ----------
    loading_ms, solving_ms
        How long it took to read the problem, and to plan.
    """
    routes = [tell_route(vroom, route) for route in plan.routes]
    unassigned = [
        {**task, "reason": item.reason.value, **({"detail": item.detail} if item.detail else {})}
        for item in plan.left_out
        for task in vroom.tasks[item.request]
    ]
    cost = sum(route["cost"] for route in routes)
    summary: Json = {"cost": cost, "routes": len(routes), "unassigned": len(unassigned)}
    if dimensions := len(vroom.problem.dimensions):
        for name in _AMOUNTS:
            summary[name] = [sum(route[name][number] for route in routes) for number in range(dimensions)]
    summary |= {name: sum(route[name] for route in routes) for name in _SUMS}
    if all(vroom.distances[courier.profile] is not None for courier in vroom.problem.couriers):
        summary["distance"] = sum(route["distance"] for route in routes)
    summary["violations"] = _all_violations(routes)
    summary["computing_times"] = {"loading": loading_ms, "solving": solving_ms, "routing": 0}
    return {"code": 0, "summary": summary, "unassigned": unassigned, "routes": routes}


def vroom_error(message: str) -> Json:
    """Return the output JSON that says that a problem cannot be read."""
    return {"code": INPUT_ERROR, "error": message}


def _all_violations(routes: Sequence[Json]) -> list[Json]:
    late_s = sum(violation["duration"] for route in routes for violation in route["violations"])
    return [{"cause": "delay", "duration": late_s}] if late_s else []
