"""Random small problems of the whole model: what insertion and search find is held against judge and brute force."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from solver.check import check, check_left_out
from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.desk import new_desk
from solver.insertion.flatten import flatten
from solver.insertion.insert import put_in
from solver.insertion.plan import insert
from solver.insertion.routes import new_routes
from solver.insertion.survey import cheapest_way, fits, survey
from solver.insertion.wide import is_wide
from solver.nodes import number_nodes
from solver.params import SolveParams
from solver.problem import FOREVER_S, Problem
from solver.reasons import explain_left_out
from solver.schedule import schedule
from solver.search.reinsertion import Reinsertion
from solver.solve import Solver
from tests.solver.brute_force import best_plan
from tests.solver.in_python import in_python
from tests.solver.strategies import problems, sequences
from tests.solver.wide_strategies import quick_features

QUIET = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])

apart = problems(wide=True, most_requests=5, most_tasks=3)
linked = problems(wide=True, gaps=True, most_requests=5, most_tasks=3)
tiny = problems(wide=True, most_requests=3, most_couriers=2, most_tasks=2)

# With nothing but what the quick insertions know.
quick = problems(wide=True, features=quick_features, most_requests=6, most_tasks=4)
tiny_quick = problems(wide=True, features=quick_features, most_requests=3, most_couriers=2, most_tasks=2)


@pytest.fixture(scope="module")
def solver():
    """Return a solver that has everything compiled, for all tests of this file."""
    with Solver() as own:
        own.warm_up()
        own.warm_up(wide=True)
        yield own


@QUIET
@given(apart | quick, st.data())
def test_the_judge_accepts_every_insertion_plan(problem, data):
    """From any start, however bad; what is left out fits nowhere."""
    plan = insert(problem, start=data.draw(st.none() | sequences(problem, wide=True)))
    check(problem, plan)
    check_left_out(problem, plan)


@QUIET
@given(linked, st.data())
def test_where_routes_wait_for_each_other_the_judge_accepts_it_too(problem, data):
    """With gaps between tasks of two couriers."""
    check(problem, insert(problem, start=data.draw(st.none() | sequences(problem, wide=True))))


@QUIET
@given(linked | quick, st.integers(0, 9))
def test_a_search_finds_nothing_that_the_judge_refuses(problem, seed):
    """It is no dearer than insertion, and costs what it says; with gaps perhaps less, for waits are told again."""
    assume(problem.couriers and problem.requests)
    nodes = number_nodes(problem)
    first = insert(problem)
    search = Reinsertion(problem, nodes.rows(first.sequences(len(problem.couriers))), seed=seed)
    assert search.cost == first.cost.total
    search.run(1_000, hot=1.0, cold=0.03)
    plan = schedule(problem, nodes.sequences(search.best()))
    check(problem, plan)
    assert plan.cost.total <= search.cost <= first.cost.total
    assert problem.gaps or plan.cost.total == search.cost


@QUIET
@given(apart | quick, st.data())
def test_an_insertion_costs_what_it_was_said_to(problem, data):
    """Whatever the route that it goes into."""
    layout = flatten(problem)
    routes, desk = new_routes(layout), new_desk(layout)
    begin_routes(problem, layout, routes, desk, data.draw(sequences(problem, wide=True)))
    couriers = np.arange(len(problem.couriers))
    for request in layout.leaders.tolist():
        if routes.courier_of[request] >= 0:
            continue
        row, courier, cost = cheapest_way(layout, routes, desk, request, couriers)
        if cost == f.FAR:
            continue
        orders = [order_of(layout, routes, number) for number in range(len(problem.couriers))]
        before = schedule(problem, tuple(orders)).cost.total
        inserted = _carried_out(layout, routes, desk, row, courier)
        orders[courier] = inserted
        price = problem.requests[int(layout.request[request, f.NUMBER])].price
        assert schedule(problem, tuple(orders)).cost.total == before + cost - price


def _carried_out(layout, routes, desk, row, courier):
    """Insert a request for good, and return the order of its route."""
    assert fits(layout, routes, desk, row, courier)
    put_in(layout, routes, desk, row, courier)
    return order_of(layout, routes, courier)


@QUIET
@given(quick, st.data())
def test_what_the_quick_insertions_know_costs_what_it_does_when_it_is_driven(problem, data):
    """A limit of travel that is far away has the same routes driven, and the same insertions tried."""
    far = replace(problem, couriers=tuple(replace(crew, max_travel_s=FOREVER_S) for crew in problem.couriers))
    assert [is_wide(made) for made in (problem, far)] == [False, True]
    start = data.draw(st.none() | sequences(problem, wide=True))
    costs = []
    for made in (problem, far):
        layout = flatten(made)
        routes, desk = new_routes(layout), new_desk(layout)
        begin_routes(made, layout, routes, desk, start)
        start = tuple(order_of(layout, routes, number) for number in range(len(made.couriers)))
        rows = np.array(
            [row for row in range(len(layout.request)) if routes.courier_of[layout.request[row, f.LEADER]] < 0]
        )
        table = np.empty((len(rows), len(made.couriers)), np.int64)
        survey(layout, routes, desk, rows.astype(np.int64), np.arange(len(made.couriers)), table)
        costs.append((routes.route[:, [f.COUNT, f.COST, f.FAULT]].tolist(), start, table.tolist()))
    assert costs[0] == costs[1]


@settings(QUIET, max_examples=40, derandomize=True)
@given(tiny | tiny_quick)
def test_a_search_finds_the_best_plan(solver, problem):
    """Whatever the features, where there is no more than a few tasks."""
    best, orders = best_plan(problem)
    check(problem, schedule(problem, orders))
    assert solver.solve(problem, SolveParams(work_limit=8)).cost.total == best


@settings(QUIET, max_examples=25)
@given(linked | quick, st.integers(0, 9), st.data())
def test_the_interpreter_finds_what_compiled_code_finds(problem, seed, data):
    """Nothing overflows, and nothing is read that is not there."""
    start = data.draw(st.none() | sequences(problem, wide=True))
    compiled = everything(problem, start, seed)
    with in_python():
        assert everything(problem, start, seed) == compiled


def everything(problem: Problem, start, seed):
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
