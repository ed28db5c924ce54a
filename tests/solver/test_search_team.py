"""Searches side by side."""

import time
from itertools import product

import numpy as np
import pytest

from solver.check import check
from solver.insertion.fields import FAR
from solver.insertion.plan import insert
from solver.nodes import number_nodes
from solver.schedule import schedule
from solver.search import reinsertion as reinsertion_module
from solver.search import team as team_module
from solver.search.catalogue import USED
from solver.search.listing import Listed
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


FEW = instances.orders_from_stores(9, 3, tight=True)


def few(threads, *, seed=1):
    """Return a team for a problem with so few routes that all are listed."""
    rows = number_nodes(FEW).rows(insert(FEW).sequences(3))
    return Team(FEW, rows, seed=seed, threads=threads)


def least(member):
    """Return the least cost of a plan made of routes that a search has listed, by trying all choices."""
    catalogue, used = member.catalogue, int(member.catalogue.state[USED])
    prices = member.prices.tolist()
    worth = {}
    for number in np.flatnonzero(catalogue.cost[:used] < FAR).tolist():
        served = int(catalogue.served[number])
        profit = sum(price for bit, price in enumerate(prices) if served >> bit & 1) - int(catalogue.cost[number])
        worth.setdefault(int(catalogue.owner[number]), []).append((served, profit))
    best = {0: 0}
    for routes in worth.values():
        after = {}
        for (taken, sum_so_far), (served, profit) in product(best.items(), routes):
            if not taken & served:
                after[taken | served] = max(after.get(taken | served, 0), sum_so_far + profit)
        best = after
    return sum(prices) - max(best.values())


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_where_there_are_few_routes_the_best_choice_of_all_is_found(threads):
    """With work as with time; all members know the same routes."""
    for how, found in (("time", few(threads)), ("work", few(threads))):
        if how == "time":
            found.until(time.monotonic() + 0.5)
        else:
            found.with_work(8 * threads)
        assert found._members[0].listed is Listed.ALL
        sets = [
            {
                (int(owner), int(served)): int(cost)
                for owner, served, cost in zip(one.owner[:used], one.served[:used], one.cost[:used], strict=True)
            }
            for one in (member.catalogue for member in found._members)
            for used in (int(one.state[USED]),)
        ]
        assert all(other == sets[0] for other in sets)
        assert found.cost <= least(found._members[0])


@pytest.mark.parametrize("how", ["work", "time"])
def test_with_no_time_for_all_routes_those_come_by_are_chosen_from_too(monkeypatch, how):
    """They are put together twice: when listing stops, and towards the end."""
    monkeypatch.setattr(team_module, "LISTED", team_module.FIRST + 0.001)
    monkeypatch.setattr(team_module, "FIRST_S", 0.0)
    monkeypatch.setattr(team_module, "MUCH", 0)
    packed = []
    pack = Team._pack

    def count(self, *, stop_s):
        packed.append(int(self._members[0].catalogue.state[USED]))
        pack(self, stop_s=stop_s)

    monkeypatch.setattr(Team, "_pack", count)
    found = team(2)
    if how == "work":
        found.with_work(200)
    else:
        found.until(time.monotonic() + 0.5)
    assert found._members[0].listed is Listed.SOME
    assert len(packed) == 2
    assert packed[0] < packed[1]
    assert cost_of(found) == found.cost < insert(PROBLEM).cost.total


def test_a_failure_while_routes_are_listed_ends_all(monkeypatch):
    """Nobody waits for who is not to come."""

    def fail(*_, part, meet, **__):
        if part:
            raise RuntimeError("no room")
        return Listed.ALL if meet() else Listed.SOME

    monkeypatch.setattr(reinsertion_module, "list_all", fail)
    with pytest.raises(RuntimeError, match="no room"):
        few(2).until(time.monotonic() + 60)


@pytest.mark.parametrize("word", [1, 3])
def test_who_listens_may_stop_the_listing(word):
    """Early in a minute; what was found by then is the answer."""
    found, heard = few(2), []

    def listener(cost):
        heard.append(cost)
        return len(heard) == word

    found.until(time.monotonic() + 60, listener=listener)
    assert len(heard) == word
    assert found.cost <= insert(FEW).cost.total
