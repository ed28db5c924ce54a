"""OR-Tools in this process, within its limits."""

import pytest

from solver.check import check
from solver.nodes import number_nodes
from solver.problem import Sequences
from solver.routing.search import NEIGHBOURS_PER_UNIT, TIME_CHECK_PERIOD, Limits, Search
from solver.schedule import schedule
from tests.solver import instances


@pytest.fixture
def problem():
    """Return eight orders and three couriers."""
    return instances.orders_from_stores(8, 3)


def nothing(problem) -> Sequences:
    """Return no tasks for every courier."""
    return tuple(() for _ in problem.couriers)


def run(problem, limits, search=None):
    """Return the steps made and every plan reported, starting from no stops at all."""
    reported = []
    search = search or Search(problem)
    steps = search.run(number_nodes(problem).rows(nothing(problem)), limits=limits, report=reported.append)
    return steps, reported


def test_each_plan_reported_is_better(problem):
    """From nothing to all served, every plan of it allowed and cheaper than the one before."""
    _, reported = run(problem, Limits(work=10))
    plans = [schedule(problem, number_nodes(problem).sequences(rows)) for rows in reported]
    for plan in plans:
        check(problem, plan)
    costs = [plan.cost.total for plan in plans]
    assert len(costs) > 3
    assert costs == sorted(costs, reverse=True)
    assert not plans[-1].left_out


def test_a_work_limit_is_exact_and_repeats(problem):
    """The same steps and the same plans, in a new model each time."""
    first, second = run(problem, Limits(work=3)), run(problem, Limits(work=3))
    assert first == second
    assert first[0] == 3 * NEIGHBOURS_PER_UNIT


def test_the_clock_is_looked_at_now_and_then(problem):
    """The third look ends the search."""
    looks = iter([False, False, True])
    steps, _ = run(problem, Limits(out_of_time=lambda: next(looks)))
    assert steps == 3 * TIME_CHECK_PERIOD


def test_a_search_without_better_plans_ends():
    """One order, one courier: nothing can be found, and the work limit still ends it."""
    problem = instances.orders_from_stores(1, 1)
    _, reported = run(problem, Limits(work=1))
    steps = Search(problem).run(reported[-1], limits=Limits(work=2), report=reported.append)
    assert steps == 2 * NEIGHBOURS_PER_UNIT
    assert len(reported) == 1


def test_a_plan_that_breaks_a_rule_is_no_start(problem):
    """An unload before its load."""
    rows = [[1, 0], [], []]
    assert Search(problem).run(rows, limits=Limits(work=1), report=print) is None


def test_an_error_in_a_callback_ends_the_search(problem):
    """What the report raises, and what the clock raises, reaches the caller."""

    def broken(*_):
        raise BrokenPipeError("nobody listens")

    search = Search(problem)
    rows = number_nodes(problem).rows(nothing(problem))
    with pytest.raises(BrokenPipeError):
        search.run(rows, limits=Limits(), report=broken)
    with pytest.raises(BrokenPipeError):
        search.run(rows, limits=Limits(out_of_time=broken), report=[].append)
    assert search.run(rows, limits=Limits(work=1), report=[].append) == NEIGHBOURS_PER_UNIT
