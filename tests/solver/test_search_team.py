"""Searches side by side."""

import time

import pytest

from solver.check import check
from solver.insertion.plan import insert
from solver.nodes import number_nodes
from solver.schedule import schedule
from solver.search.team import COSTS_PER_UNIT, Team
from tests.solver import instances

PROBLEM = instances.orders_from_stores(40, 8)


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """Have everything compiled before any time runs."""
    team(1).with_work(1)


def team(threads, *, seed=1):
    """Return a team that starts from the insertion plan."""
    rows = number_nodes(PROBLEM).rows(insert(PROBLEM).sequences(8))
    return Team(PROBLEM, rows, seed=seed, threads=threads)


def cost_of(found):
    """Return what the judge says the best plan costs."""
    plan = schedule(PROBLEM, number_nodes(PROBLEM).sequences(found.best()))
    check(PROBLEM, plan)
    return plan.cost.total


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_with_work_the_same_is_found_each_time(threads):
    """And it is better than insertion; no more work is done than asked for, but for the last rounds."""
    first, second = team(threads), team(threads)
    for each in (first, second):
        each.with_work(6)
    assert (first.cost, first.best(), first.found) == (second.cost, second.best(), second.found)
    assert cost_of(first) == first.cost < insert(PROBLEM).cost.total
    assert 6 * COSTS_PER_UNIT <= first.found < 7 * COSTS_PER_UNIT


@pytest.mark.parametrize("threads", [1, 2])
def test_with_time_it_ends_in_time(threads):
    """Whatever the number of threads."""
    found = team(threads)
    stop_s = time.monotonic() + 0.3
    found.until(stop_s)
    assert time.monotonic() >= stop_s
    assert cost_of(found) == found.cost < insert(PROBLEM).cost.total


def test_who_listens_may_stop_it():
    """At the second word, long before the time is up."""
    found, heard = team(2), []

    def listener(cost):
        heard.append(cost)
        return len(heard) == 2

    stop_s = time.monotonic() + 60
    found.until(stop_s, listener=listener)
    assert time.monotonic() < stop_s - 30
    assert len(heard) == 2
    assert heard[0] >= heard[1] >= found.cost


def test_a_failure_ends_all():
    """What a listener raises is raised, and nobody is waited for."""

    def listener(_):
        raise RuntimeError("enough")

    stop_s = time.monotonic() + 60
    with pytest.raises(RuntimeError, match="enough"):
        team(2).until(stop_s, listener=listener)
    assert time.monotonic() < stop_s - 30


def test_what_is_left_out_is_filled_in():
    """All members go on from there."""
    empty = Team(PROBLEM, [[] for _ in PROBLEM.couriers], seed=1, threads=2)
    before = empty.cost
    empty.fill(stop_s=time.monotonic() + 60)
    assert cost_of(empty) == empty.cost < before
    assert len({member.cost for member in empty._members}) == 1
