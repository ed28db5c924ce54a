"""Whether the figures that a plan tells are those that its orders of stops make."""

from __future__ import annotations

from collections.abc import Sequence

from solver.checking.drive import Drive
from solver.errors import PlanFault
from solver.plan import Plan, Route
from solver.problem import Problem

TERMS = ("left_out", "fixed", "travel", "distance", "delay", "breach", "service", "overtime", "change")
"""Every term of a cost."""


def check_figures(problem: Problem, route: Route, drive: Drive) -> None:
    """Raise the first figure of a route that is not as it must be."""
    for number, (stop, passed) in enumerate(zip(route.stops, drive.passed, strict=True)):
        for code, name in (
            ("PLACE_WRONG", "place"),
            ("TIME_WRONG", "arrive_s"),
            ("TIME_WRONG", "start_s"),
            ("TIME_WRONG", "depart_s"),
            ("LATE_WRONG", "late_s"),
            ("LOAD_WRONG", "load"),
            ("TOO_LONG_WRONG", "too_long_s"),
        ):
            told, right = getattr(stop, name), getattr(passed, name)
            if told != right:
                raise PlanFault(code, f"stop {number} of courier {route.courier} has {name} {told}, not {right}")
    for code, name in (
        ("TIME_WRONG", "end_s"),
        ("TRAVEL_WRONG", "travel_s"),
        ("DISTANCE_WRONG", "distance_m"),
        ("OVERRUN_WRONG", "overrun_s"),
        ("OVERTIME_WRONG", "overtime_s"),
    ):
        told, right = getattr(route, name), getattr(drive, name)
        if told != right:
            name_of = problem.couriers[route.courier].id
            raise PlanFault(code, f"the route of courier {route.courier} ({name_of}) has {name} {told}, not {right}")


def check_cost(problem: Problem, plan: Plan, drives: Sequence[Drive]) -> None:
    """Raise the first term of the cost that is not what the routes and the requests left out make it."""
    right = {term: sum(drive.cost.get(term, 0) for drive in drives) for term in TERMS}
    right["left_out"] = sum(problem.requests[item.request].price for item in plan.left_out)
    for term, cost in right.items():
        told = getattr(plan.cost, term)
        if told != cost:
            raise PlanFault(
                "COST_WRONG", f"the plan says {told} for {term}, its routes and left-out requests make {cost}"
            )


__all__ = ["check_cost", "check_figures"]
