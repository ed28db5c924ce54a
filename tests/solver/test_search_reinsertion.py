"""Ruin and recreate."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.check import check
from solver.insertion.plan import insert
from solver.nodes import number_nodes
from solver.problem import Courier, Matrix, Problem, Request, Task, TaskRef, Window
from solver.schedule import schedule
from solver.search.reinsertion import Reinsertion
from solver.search.yard import draw
from tests.solver import instances
from tests.solver.strategies import problems


def from_insertion(problem, *, seed=0):
    """Return a search from the insertion plan, and that plan."""
    plan = insert(problem)
    return Reinsertion(problem, number_nodes(problem).rows(plan.sequences(len(problem.couriers))), seed=seed), plan


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most_requests=8), st.integers(0, 2**31 - 1))
def test_every_best_plan_is_allowed_and_priced_right(problem, seed):
    """Never dearer than the insertion plan; the checker and the schedule agree with the figures."""
    if not problem.couriers or not problem.requests:
        return
    search, first = from_insertion(problem, seed=seed)
    assert search.cost == first.cost.total
    search.run(200, hot=1.0, cold=0.02)
    rows = search.best()
    plan = schedule(problem, number_nodes(problem).sequences(rows))
    check(problem, plan)
    assert plan.cost.total == search.cost <= first.cost.total
    assert search.price(rows) == search.cost


def test_it_improves_on_insertion():
    """Forty orders, eight couriers."""
    search, first = from_insertion(instances.orders_from_stores(40, 8))
    search.run(20_000, hot=1.0, cold=0.02)
    assert search.cost < 0.95 * first.cost.total


@pytest.mark.parametrize("problem", [instances.orders_from_stores(20, 12), instances.parcels_from_a_depot(25, 3)])
def test_the_same_seed_takes_the_same_way(problem):
    """Twice the same, with many couriers and with few; another seed goes another way."""
    found = []
    for seed in (1, 1, 2):
        search, _ = from_insertion(problem, seed=seed)
        search.run(3_000, hot=1.0, cold=0.02)
        found.append((search.cost, search.best(), search.found))
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_the_budget_is_kept():
    """As many costs as asked for, and those of the last round."""
    search, _ = from_insertion(instances.orders_from_stores(10, 3))
    search.run(500, hot=1.0, cold=0.02)
    assert 500 <= search.found < 700


def test_it_goes_on_from_a_better_plan_only():
    """Another search's plan is taken, a worse one and one that breaks a rule are not."""
    problem = instances.orders_from_stores(30, 6, tight=True)
    good, first = from_insertion(problem)
    good.run(10_000, hot=1.0, cold=0.02)
    search, _ = from_insertion(problem)
    start = search.best()
    search.go_to(good.best())
    assert (search.cost, search.best()) == (good.cost, good.best())
    search.go_to(start)
    assert search.cost == good.cost
    backwards = [row[::-1] for row in start]
    assert search.price(backwards) is None
    search.go_to(backwards)
    assert search.best() == good.best()
    assert first.cost.total > good.cost


def test_back_to_the_best():
    """After hot rounds the current plan is not the best; going back makes it so, and changes nothing told."""
    search, _ = from_insertion(instances.orders_from_stores(30, 6))
    search.run(2_000, hot=5.0, cold=5.0)
    best = search.best()
    search.go_to_best()
    search.go_to_best()
    assert search.best() == best
    search.run(500, hot=0.01, cold=0.01)
    assert search.price(search.best()) == search.cost


def test_what_is_left_out_is_filled_in_quickly():
    """From nothing: every order finds a courier, at the cost told; with no time left, none does."""
    problem = instances.orders_from_stores(60, 20)
    search = Reinsertion(problem, [[] for _ in problem.couriers], seed=0)
    empty = search.cost
    search.fill(stop_s=-math.inf)
    assert search.cost == empty
    search.fill(stop_s=math.inf)
    rows = search.best()
    assert sorted(node for row in rows for node in row) == list(range(120))
    plan = schedule(problem, number_nodes(problem).sequences(rows))
    check(problem, plan)
    assert plan.cost.total == search.cost < empty


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most_requests=8))
def test_filling_in_breaks_no_rule(problem):
    """After insertion of bound requests alone; never dearer than that."""
    if not problem.couriers or not problem.requests:
        return
    first = insert(problem, deadline_s=-math.inf)
    search = Reinsertion(problem, number_nodes(problem).rows(first.sequences(len(problem.couriers))), seed=0)
    search.fill(stop_s=math.inf)
    plan = schedule(problem, number_nodes(problem).sequences(search.best()))
    check(problem, plan)
    assert plan.cost.total == search.cost <= first.cost.total


def test_a_start_that_breaks_a_rule_is_refused():
    """Twelve orders for one courier, all of them too late."""
    with pytest.raises(ValueError, match="breaks a rule"):
        Reinsertion(instances.orders_from_stores(12, 1, tight=True), [list(range(24))], seed=0)


def test_frozen_stops_stay():
    """A frozen request keeps its place while others move round it."""
    problem = instances.orders_from_stores(12, 3)
    bound = Request(id="bound", unloads=(Task(place=5),), courier=0)
    head = Courier(
        id="c0", shift=Window(latest_s=7_200), start=problem.couriers[0].start, capacity=(4,), frozen=(TaskRef(0, 0),)
    )
    frozen = Problem(
        matrices=problem.matrices,
        couriers=(head, *problem.couriers[1:]),
        requests=(bound, *problem.requests),
        dimensions=problem.dimensions,
    )
    search, _ = from_insertion(frozen)
    search.run(5_000, hot=1.0, cold=0.02)
    assert search.best()[0][0] == 0
    check(frozen, schedule(frozen, number_nodes(frozen).sequences(search.best())))


def test_a_problem_without_ways_has_a_scale():
    """Where no leg costs anything, temperatures are those of one cost unit."""
    table = np.zeros((2, 2), np.int32)
    problem = Problem(
        matrices=(Matrix(durations_s=table, distances_m=table),),
        couriers=(Courier(id="c", shift=Window(), start=0),),
        requests=tuple(Request(id=name, unloads=(Task(place=1),), price=5) for name in "ab"),
    )
    search, _ = from_insertion(problem)
    search.run(50, hot=1.0, cold=0.02)
    assert search.cost == 0


def test_chance_is_even():
    """All of ten numbers come up, about as often."""
    chance = np.array([7], np.uint64)
    counts = np.bincount([draw(chance, 10) for _ in range(5_000)], minlength=10)
    assert counts.min() > 400
    assert counts.max() < 600
