"""Random problems of the whole model: what times a plan and what judges it agree, and nothing passes but what is so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from solver.check import check, check_left_out, drive_all
from solver.checking.figures import check_cost, check_figures
from solver.errors import PlanFault
from solver.plan import Cost, Plan, Route, Stop
from solver.problem import Problem
from solver.schedule import schedule
from tests.solver.brute_force import best_plan
from tests.solver.strategies import problems, sequences

QUIET = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(QUIET, max_examples=25)

wide = problems(wide=True) | problems(wide=True, gaps=True)
tiny = problems(wide=True, gaps=True, most_requests=3, most_couriers=2, most_tasks=2)

FIGURES = {
    Stop: {"place", "arrive_s", "start_s", "depart_s", "late_s", "load", "too_long_s"},
    Route: {"end_s", "travel_s", "distance_m", "overrun_s", "overtime_s"},
    Cost: {"left_out", "fixed", "travel", "distance", "delay", "breach", "service", "overtime", "change"},
}


@QUIET
@given(wide, st.data())
def test_every_figure_is_the_judge_s(problem: Problem, data: st.DataObject) -> None:
    """Whatever rule the orders break, but for waits that nothing can satisfy: of these the judge says so itself."""
    plan = schedule(problem, data.draw(sequences(problem, wide=True)))
    drives, broken = drive_all(problem, plan.sequences(len(problem.couriers)))
    if broken is None:
        for route, drive in zip(plan.routes, drives, strict=True):
            check_figures(problem, route, drive)
        check_cost(problem, plan, drives)
    assert not (fault_of(problem, plan) or "").endswith("_WRONG")


@QUIET
@given(wide, st.data())
def test_any_figure_off_by_one_is_told(problem: Problem, data: st.DataObject) -> None:
    """Of a plan that keeps all rules."""
    plan = schedule(problem, data.draw(sequences(problem, wide=True)))
    assume(fault_of(problem, plan) is None)
    for wrong in (*with_wrong_routes(plan), *with_wrong_costs(plan)):
        with pytest.raises(PlanFault, match=r"^[A-Z_]*_WRONG: "):
            check(problem, wrong)


def test_all_figures_are_tampered_with() -> None:
    """A new field of a plan needs a place above."""
    whole = {"task", "courier", "stops"}
    for kind, figures in FIGURES.items():
        assert {field.name for field in fields(kind)} - whole == figures


def fault_of(problem: Problem, plan: Plan) -> str | None:
    """Return the code of the first fault; None for a plan that keeps all rules."""
    try:
        check(problem, plan)
    except PlanFault as fault:
        return fault.code
    return None


def with_wrong_routes(plan: Plan) -> Iterator[Plan]:
    """Yield the plan with one figure of one route, or of one of its stops, off by one."""
    for number, route in enumerate(plan.routes):
        wrong = [replace(route, **{name: getattr(route, name) + 1}) for name in FIGURES[Route]]
        for at, stop in enumerate(route.stops):
            wrong += [
                replace(route, stops=(*route.stops[:at], off, *route.stops[at + 1 :])) for off in off_by_one(stop)
            ]
        for changed in wrong:
            yield replace(plan, routes=(*plan.routes[:number], changed, *plan.routes[number + 1 :]))


def off_by_one(stop: Stop) -> Iterator[Stop]:
    """Yield a stop with each of its figures off by one."""
    for name in FIGURES[Stop] - {"load"}:
        yield replace(stop, **{name: getattr(stop, name) + 1})
    for dimension, units in enumerate(stop.load):
        yield replace(stop, load=(*stop.load[:dimension], units + 1, *stop.load[dimension + 1 :]))


def with_wrong_costs(plan: Plan) -> Iterator[Plan]:
    """Yield the plan with one term of its cost off by one."""
    for name in FIGURES[Cost]:
        yield replace(plan, cost=replace(plan.cost, **{name: getattr(plan.cost, name) + 1}))


@FEW
@given(tiny)
def test_nothing_fits_into_the_best_plan(problem: Problem) -> None:
    """It keeps all rules, costs what trying everything says, and what it leaves out would make it dearer."""
    cost, orders = best_plan(problem)
    plan = schedule(problem, orders)
    check(problem, plan)
    check_left_out(problem, plan)
    assert plan.cost.total == cost


@FEW
@given(tiny, st.data())
def test_no_plan_is_better_than_the_best(problem: Problem, data: st.DataObject) -> None:
    """Of all that keep the rules."""
    plan = schedule(problem, data.draw(sequences(problem, wide=True)))
    assume(fault_of(problem, plan) is None)
    assert best_plan(problem)[0] <= plan.cost.total
