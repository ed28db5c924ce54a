"""Judges a plan by the rules of its problem, all over again: nothing that makes plans is used here.

The rules are those at the top of `solver.problem`. The first fault is raised as a `PlanFault`, with one of the codes

    structure   COURIER_UNKNOWN COURIER_ORDER ROUTE_EMPTY TASK_UNKNOWN TASK_TWICE REQUEST_SPLIT REQUEST_INCOMPLETE
                REQUEST_MISSING REQUEST_TWICE LEFT_OUT_UNKNOWN LEFT_OUT_ORDER BOUND_LEFT_OUT BOUND_ELSEWHERE
                FROZEN_MOVED UNLOAD_BEFORE_LOAD SKILL_MISSING WAY_MIXED BREAK_MISSING BREAK_ORDER RELOAD_TOO_OFTEN
    relations   COURIERS_DIFFER TOGETHER NEEDS_OTHER GAP_BROKEN
    figures     PLACE_WRONG TIME_WRONG LATE_WRONG LOAD_WRONG TOO_LONG_WRONG TRAVEL_WRONG DISTANCE_WRONG OVERRUN_WRONG
                OVERTIME_WRONG COST_WRONG
    limits      UNREACHABLE WINDOW_MISSED ON_BOARD_TOO_LONG SHIFT_OVERRUN TRIP_SPLIT CAPACITY BREAK_TOO_FULL
                LAST_IN_FIRST_OUT TOO_MANY_TASKS TRAVEL_TOO_LONG TOO_FAR
    left out    FITS (only `check_left_out`)
"""

from __future__ import annotations

from solver.checking.drive import Drive, drive_all
from solver.checking.figures import check_cost, check_figures
from solver.checking.left_out import check_left_out
from solver.checking.relations import relation_faults
from solver.checking.structure import check_structure
from solver.errors import PlanFault
from solver.plan import Plan
from solver.problem import Problem


def check(problem: Problem, plan: Plan) -> None:
    """Raise the first fault of `plan`.

    Raises
    ------
    PlanFault
        The text names courier, stop and figures.
    """
    check_structure(problem, plan)
    orders = plan.sequences(len(problem.couriers))
    for code, text in relation_faults(problem, orders):
        raise PlanFault(code, text)
    drives, broken = drive_all(problem, orders)
    if broken is not None:
        # Whatever the plan says: there are no times for these orders of stops.
        raise PlanFault(broken.code, broken.text)
    for route, drive in zip(plan.routes, drives, strict=True):
        check_figures(problem, route, drive)
        for code, text in drive.faults:
            raise PlanFault(code, text)
    check_cost(problem, plan, drives)


__all__ = ["Drive", "check", "check_left_out", "drive_all", "relation_faults"]
