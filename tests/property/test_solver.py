"""Random small problems: what the solver finds is held against trying everything, and against its own judge."""

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from solver.check import check, check_left_out
from solver.errors import PlanFault
from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.desk import Desk, new_desk
from solver.insertion.flatten import flatten
from solver.insertion.insert import added_cost, put_in, quick_cost
from solver.insertion.layout import Layout
from solver.insertion.plan import insert
from solver.insertion.routes import Routes, new_routes
from solver.insertion.survey import cheapest
from solver.nodes import number_nodes
from solver.params import SolveParams
from solver.plan import Cost, Reason, Route
from solver.problem import Problem, Sequences
from solver.reasons import explain_left_out
from solver.schedule import schedule
from solver.search.reinsertion import Reinsertion
from solver.solve import Solver
from tests.solver.brute_force import best_insertion, best_plan
from tests.solver.in_python import in_python
from tests.solver.strategies import problems, sequences

QUIET = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(QUIET, max_examples=20)

small = problems(most_requests=4, most_tasks=3)
tiny = problems(most_requests=3, most_couriers=2, most_tasks=2)

STOP_FIGURES = ("place", "arrive_s", "start_s", "depart_s", "late_s")


@pytest.fixture(scope="module")
def solver() -> Iterator[Solver]:
    """Return a solver that keeps its child for all tests of this file."""
    with Solver() as own:
        own.warm_up()
        yield own


def begun(problem: Problem, start: Sequences | None) -> tuple[Layout, Routes, Desk]:
    """Return routes with the bound requests of a problem, and with what of `start` keeps all rules."""
    layout = flatten(problem)
    routes, desk = new_routes(layout), new_desk(layout)
    begin_routes(problem, layout, routes, desk, start)
    return layout, routes, desk


def waiting(problem: Problem, routes: Routes) -> list[tuple[int, int]]:
    """Return each request that is on no route with each courier."""
    numbers = [number for number in range(len(problem.requests)) if routes.courier_of[number] < 0]
    return [(number, courier) for number in numbers for courier in range(len(problem.couriers))]


@QUIET
@given(small, st.data())
def test_an_insertion_is_the_best_there_is(problem: Problem, data: st.DataObject) -> None:
    """Whatever the route, the matrix and the request; the quick search finds none that is cheaper than that."""
    layout, routes, desk = begun(problem, data.draw(sequences(problem)))
    for number, courier in waiting(problem, routes):
        best = None
        if problem.requests[number].skills <= problem.couriers[courier].skills:
            best = best_insertion(problem, courier, order_of(layout, routes, courier), number)
        exact = f.FAR if best is None else best
        assert cheapest(layout, routes, desk, number, np.array([courier]))[1] == exact
        if layout.eligible[number, courier]:
            assert added_cost(layout, routes, desk, number, courier, f.FAR, False) >= exact
            assert quick_cost(layout, routes, desk, number, courier, f.FAR) >= exact


@QUIET
@given(small, st.data())
def test_an_insertion_costs_what_it_was_said_to(problem: Problem, data: st.DataObject) -> None:
    """Carried out, it adds just that to the plan."""
    layout, routes, desk = begun(problem, data.draw(sequences(problem)))
    for number, courier in waiting(problem, routes):
        if routes.courier_of[number] < 0 and layout.eligible[number, courier]:
            before = priced(problem, layout, routes)
            cost = added_cost(layout, routes, desk, number, courier, f.FAR, True)
            if cost < f.FAR:
                put_in(layout, routes, desk, number, courier)
                assert priced(problem, layout, routes) == before + cost - problem.requests[number].price


def priced(problem: Problem, layout: Layout, routes: Routes) -> int:
    """Return the cost of the plan that the routes are, which the judge accepts."""
    orders = tuple(order_of(layout, routes, courier) for courier in range(len(problem.couriers)))
    check(problem, plan := schedule(problem, orders))
    return plan.cost.total


@QUIET
@given(tiny, st.integers(0, 9))
def test_a_search_is_between_the_best_and_insertion(solver: Solver, problem: Problem, seed: int) -> None:
    """Whatever the prices: two requests may pay together that do not pay alone, and are not found then."""
    best, _ = best_plan(problem)
    plan = solver.solve(problem, SolveParams(work_limit=20, seed=seed))
    assert best <= plan.cost.total <= insert(problem).cost.total


@settings(QUIET, max_examples=40, derandomize=True)
@given(problems(most_requests=3, most_couriers=2, most_tasks=2, bound=False))
def test_a_search_finds_the_best_plan(solver: Solver, problem: Problem) -> None:
    """Where every request is worth any way, and none is bound."""
    problem = replace(problem, requests=tuple(replace(request, price=100_000) for request in problem.requests))
    best, orders = best_plan(problem)
    check(problem, schedule(problem, orders))
    assert solver.solve(problem, SolveParams(work_limit=20)).cost.total == best


@QUIET
@given(problems(), st.data())
def test_the_judge_accepts_every_plan(problem: Problem, data: st.DataObject) -> None:
    """From any start, however bad; what is left out fits nowhere and is explained."""
    plan = insert(problem, start=data.draw(st.none() | sequences(problem)))
    check(problem, plan)
    check_left_out(problem, plan)
    left = explain_left_out(problem, plan.sequences(len(problem.couriers)), [item.request for item in plan.left_out])
    check(problem, replace(plan, left_out=left))
    assert all(item.detail and item.reason is not Reason.NOT_FOUND for item in left)


@QUIET
@given(problems(), st.data())
def test_the_judge_refuses_a_plan_that_was_tampered_with(problem: Problem, data: st.DataObject) -> None:
    """A stop dropped, done twice, put elsewhere; a figure of a stop, of a route, of the cost off by one."""
    plan = insert(problem)
    assume(plan.routes)
    routes = list(plan.routes)
    number = data.draw(st.integers(0, len(routes) - 1))
    routes[number] = data.draw(st.sampled_from([dropped, doubled, swapped, restated]))(routes[number], data)
    for wrong in (replace(plan, routes=tuple(routes)), replace(plan, cost=recounted(plan.cost, data))):
        with pytest.raises(PlanFault):
            check(problem, wrong)


def dropped(route: Route, data: st.DataObject) -> Route:
    """Return the route without one of its stops."""
    at = data.draw(st.integers(0, len(route.stops) - 1))
    return replace(route, stops=route.stops[:at] + route.stops[at + 1 :])


def doubled(route: Route, data: st.DataObject) -> Route:
    """Return the route with a stop done twice."""
    at = data.draw(st.integers(0, len(route.stops) - 1))
    return replace(route, stops=route.stops[: at + 1] + route.stops[at:])


def swapped(route: Route, data: st.DataObject) -> Route:
    """Return the route with two stops changed round that are not at the same time."""
    stops = list(route.stops)
    one, other = (data.draw(st.integers(0, len(stops) - 1)) for _ in range(2))
    assume(stops[one].arrive_s != stops[other].arrive_s)
    stops[one], stops[other] = stops[other], stops[one]
    return replace(route, stops=tuple(stops))


def restated(route: Route, data: st.DataObject) -> Route:
    """Return the route with one figure off by one."""
    figure = data.draw(st.sampled_from(["end_s", "travel_s", "distance_m", "overrun_s", *STOP_FIGURES]))
    if figure not in STOP_FIGURES:
        return replace(route, **{figure: getattr(route, figure) + 1})
    at = data.draw(st.integers(0, len(route.stops) - 1))
    stop = route.stops[at]
    changed = replace(stop, **{figure: getattr(stop, figure) + 1})
    return replace(route, stops=(*route.stops[:at], changed, *route.stops[at + 1 :]))


def recounted(cost: Cost, data: st.DataObject) -> Cost:
    """Return the cost with two terms off by one, the total as it was."""
    up, down = data.draw(st.permutations([field.name for field in fields(Cost)]))[:2]
    return replace(cost, **{up: getattr(cost, up) + 1, down: getattr(cost, down) - 1})


@FEW
@given(tiny, st.integers(0, 2**31 - 1))
def test_the_same_seed_makes_the_same_plan(solver: Solver, problem: Problem, seed: int) -> None:
    """To the last figure."""
    params = SolveParams(work_limit=2, seed=seed)
    assert solver.solve(problem, params) == solver.solve(problem, params)


@FEW
@given(problems(), st.integers(0, 9), st.data())
def test_the_interpreter_finds_what_compiled_code_finds(problem: Problem, seed: int, data: st.DataObject) -> None:
    """Insertion, reasons, and ruin and recreate: nothing overflows, and nothing is read that is not there."""
    start = data.draw(st.none() | sequences(problem))
    compiled = everything(problem, start, seed)
    with in_python():
        assert everything(problem, start, seed) == compiled


def everything(problem: Problem, start: Sequences | None, seed: int) -> tuple[object, ...]:
    """Return the insertion plan, the reasons for what is left out, and what a short search makes of it."""
    plan = insert(problem, start=start)
    orders = plan.sequences(len(problem.couriers))
    left = explain_left_out(problem, orders, [item.request for item in plan.left_out])
    if not problem.couriers or not problem.requests:
        return plan, left
    search = Reinsertion(problem, number_nodes(problem).rows(orders), seed=seed)
    search.run(40, hot=1.0, cold=0.02)
    search.go_to_best()
    return plan, left, search.cost, search.best(), search.found
