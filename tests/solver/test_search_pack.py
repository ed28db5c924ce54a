"""The best plan is put together of routes known."""

import itertools
import math
from random import Random

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.search import pack
from solver.search.catalogue import MOST_STOPS, STATES, USED, Catalogue
from tests.solver.set_packing import are_apart, choices, profit, random_routes, union, worth

pytestmark = pytest.mark.usefixtures("interpreter")

LEG = 20

FAR_APART = 40 * LEG
"""A price so high that it is asked how many requests can be served."""


class Packed:
    """A catalogue of routes, in any order, and what is packed of them; each drives to nodes of its own."""

    def __init__(self, routes, prices, *, leg=LEG, shuffled=0):
        self.routes, self.prices = routes, prices
        flat = [(courier, *route) for courier, known in enumerate(routes) for route in known]
        Random(shuffled).shuffle(flat)
        self.by_nodes = {tuple(self.nodes(number, served)): number for number, (_, served, _) in enumerate(flat)}
        self.flat = flat
        none, room = np.zeros(0, np.int64), len(flat) + 1
        catalogue = Catalogue(
            request=none,
            bit=none,
            couriers=none,
            served=np.zeros(room, np.uint64),
            owner=np.zeros(room, np.int64),
            cost=np.zeros(room, np.int64),
            node=np.zeros((room, MOST_STOPS), np.int64),
            place=none,
            path=none,
            seen=none,
            state=np.zeros(STATES, np.int64),
        )
        for number, (courier, served, cost) in enumerate(flat):
            nodes = [*self.nodes(number, served), -1]
            catalogue.owner[number], catalogue.served[number], catalogue.cost[number] = courier, served, cost
            catalogue.node[number, : len(nodes)] = nodes
        catalogue.state[USED] = len(flat)
        self.packing = pack.Packing(catalogue, np.array(prices, np.int64), len(routes), leg_cost=float(leg))

    def nodes(self, number, served):
        """Return a node for each request, and one for the route."""
        return [100 * number, *(100 * number + bit + 1 for bit in range(64) if served >> bit & 1)]

    def cost(self, choice):
        """Return what a choice costs, with what it leaves out."""
        return sum(self.prices) - profit(choice, self.prices)

    def better_than(self, choice, *, stop_s=math.inf):
        """Return the choice that is found to be better, and costs less, or None."""
        left_out = sum(self.prices) - worth(union([served for served, _ in choice]), self.prices)
        rows = self.packing.better(self.cost(choice), left_out, stop_s=stop_s)
        if rows is None:
            return None
        found = [self.flat[self.by_nodes[tuple(row)]] for row in rows]
        assert [courier for courier, *_ in found] == list(range(len(self.routes)))
        better = [(served, cost) for _, served, cost in found]
        assert are_apart([served for served, _ in better])
        assert self.cost(better) < self.cost(choice)
        return better


def idle(routes):
    """Return the choice of the routes without requests."""
    return [next(route for route in known if route[0] == 0) for known in routes]


def price_tags(chance, kind):
    """Return some prices."""
    count = chance.randint(1, 5)
    if kind == "equal":
        return [chance.randint(11 * LEG, 200 * LEG)] * count
    if kind == "apart":
        return [FAR_APART * chance.randint(1, 5) for _ in range(count)]
    if kind == "unequal":
        return [chance.randint(11 * LEG, 200 * LEG) for _ in range(count)]
    return [chance.randint(1, 9 * LEG) for _ in range(count)]


@pytest.mark.parametrize("kind", ["equal", "apart", "unequal", "near"])
@pytest.mark.parametrize("seed", range(15))
def test_the_least_cost_is_found(kind, seed):
    """From nothing, from any choice, from the next best, and from the best, than which none is better."""
    chance = Random(seed)
    prices = price_tags(chance, kind)
    routes = random_routes(chance, bits=len(prices), couriers=chance.randint(1, 3), most=6, leg=LEG)
    packed = Packed(routes, prices, shuffled=seed)
    every = sorted(choices(routes), key=packed.cost)
    least = packed.cost(every[0])
    next_best = next((choice for choice in every if packed.cost(choice) > least), every[0])
    for start in (idle(routes), chance.choice(every), next_best, every[0]):
        found = packed.better_than(start)
        if packed.cost(start) == least:
            assert found is None
        else:
            assert packed.cost(found) == least


TWO_OR_THREE = [[(0b011, 10), (0b001, 50), (0, 0)], [(0b110, 90), (0b100, 70), (0b010, 10), (0, 0)]]


def test_one_more_is_served_for_more_travel():
    """At 800 each all three are, for 80 or more; at 50 two for 10, as the third is dearer than that."""
    assert Packed(TWO_OR_THREE, [FAR_APART] * 3).better_than([(0b011, 10), (0, 0)]) == [(0b011, 10), (0b100, 70)]
    near = Packed(TWO_OR_THREE, [50] * 3)
    assert near.better_than([(0b011, 10), (0, 0)]) is None
    assert near.better_than([(0, 0), (0b100, 70)]) == [(0b011, 10), (0, 0)]


def test_as_many_are_served_for_less_travel():
    """All three are already, or no more than two can be: then the way is shorter."""
    packed = Packed(TWO_OR_THREE, [FAR_APART] * 3)
    assert packed.better_than([(0b001, 50), (0b110, 90)]) == [(0b011, 10), (0b100, 70)]
    packed = Packed([[(0b011, 10), (0b001, 50), (0, 0)], [(0b010, 10), (0, 0)]], [FAR_APART] * 3)
    assert packed.better_than([(0b001, 50), (0b010, 10)]) == [(0b011, 10), (0, 0)]


def test_it_is_asked_how_many_only_if_prices_are_high(monkeypatch):
    """One more than two, and then all three are; where prices are low, nothing is left to be asked: any number."""
    asked = []
    attempt = pack.Packing._attempt

    def listen(self, most, best, stop_s):
        asked.append(most)
        return attempt(self, most, best, stop_s)

    monkeypatch.setattr(pack.Packing, "_attempt", listen)
    Packed(TWO_OR_THREE, [FAR_APART] * 3).better_than([(0b001, 50), (0, 0)])
    # Two were asked for, three were served.
    assert asked[0] == 2.0
    assert asked[-1] == 3.0
    asked.clear()
    Packed(TWO_OR_THREE, [10 * LEG] * 3).better_than([(0b001, 50), (0, 0)])
    assert asked == [3.0]
    asked.clear()
    # In steps of what all prices are multiples of; that no more can be served proves that nothing is better.
    Packed([[(0b01, 5), (0, 0)]], [2 * FAR_APART, 3 * FAR_APART]).better_than([(0b01, 5)])
    assert asked == [1.0]


def test_who_has_no_route_without_requests_is_not_known_well_enough():
    """Whatever else there is: nothing is put together."""
    routes = [[(0b01, 5), (0, 0)], [(0b10, 5)]]
    assert Packed(routes, [FAR_APART] * 2).packing.better(10**6, 2 * FAR_APART, stop_s=math.inf) is None
    assert Packed([*routes, []], [FAR_APART] * 2).packing.better(10**6, 2 * FAR_APART, stop_s=math.inf) is None
    routes[1].append((0, 0))
    assert Packed(routes, [FAR_APART] * 2).better_than([(0, 0), (0, 0)]) == [(0b01, 5), (0b10, 5)]


def test_a_set_without_an_order_is_no_route():
    """It costs too much to be told; a courier without another one has none."""
    routes = [[(0b11, f.FAR), (0b01, 5), (0, 0)], [(0, 0)]]
    assert Packed(routes, [FAR_APART] * 2).better_than([(0, 0), (0, 0)]) == [(0b01, 5), (0, 0)]
    routes[1] = [(0, f.FAR), (0b10, 5)]
    assert Packed(routes, [FAR_APART] * 2).packing.better(10**6, 2 * FAR_APART, stop_s=math.inf) is None


def test_what_is_free_of_charge_is_not_served():
    """Where all prices are nothing, nothing pays."""
    packed = Packed([[(0b1, 5), (0, 0)], [(0b10, 5), (0, 0)]], [0, 0])
    assert packed.better_than([(0b1, 5), (0b10, 5)]) == [(0, 0), (0, 0)]
    assert packed.better_than([(0, 0), (0, 0)]) is None


def test_the_last_of_64_requests_counts():
    """Its bit is the highest there is."""
    routes = [[(1 << 63, 5), (1, 5), (0, 0)], [(1 << 63, 9), (0, 0)]]
    served = Packed(routes, [FAR_APART] * 64).packing.better(64 * FAR_APART, 64 * FAR_APART, stop_s=math.inf)
    assert served is not None
    assert sorted(len(row) for row in served) == [2, 2]
    assert [row[1] % 100 for row in served] == [1, 64]


def test_when_the_time_is_over_nothing_is_found():
    """It was over before it began."""
    packed = Packed(TWO_OR_THREE, [FAR_APART] * 3)
    assert packed.better_than([(0, 0), (0, 0)], stop_s=-math.inf) is None
    assert packed.better_than([(0, 0), (0, 0)]) is not None


def test_what_was_found_in_time_is_kept(monkeypatch):
    """The more looks at the clock there is time for, the less the plan costs, down to the least there is."""
    packed = Packed(TWO_OR_THREE, [FAR_APART] * 3)
    start = [(0, 0), (0, 0)]
    costs = []
    for looks in range(0, 120, 4):
        clock = itertools.count(1)
        monkeypatch.setattr(pack.time, "monotonic", lambda clock=clock: next(clock))
        found = packed.better_than(start, stop_s=looks + 0.5)
        costs.append(packed.cost(start if found is None else found))
    assert costs == sorted(costs, reverse=True)
    assert costs[0] == packed.cost(start)
    assert costs[-1] == 80
    # One of three was served, or two, when the time was over.
    assert len(set(costs)) > 2


@pytest.mark.parametrize("most", [1, 3, 10, 30])
def test_few_may_be_tried(monkeypatch, most):
    """Then what is found is better, if it is not the best, or nothing is found."""
    monkeypatch.setattr(pack, "MOST_NODES", most)
    tried = []
    pick = pack.choose

    def count(*arguments):
        answer = pick(*arguments)
        tried.append(int(arguments[-1].nodes[0]))
        return answer

    monkeypatch.setattr(pack, "choose", count)
    found = 0
    for seed in range(8):
        chance = Random(seed)
        routes = random_routes(chance, bits=5, couriers=4, most=8, leg=LEG)
        found += Packed(routes, [3 * LEG] * 5, shuffled=seed).better_than(idle(routes)) is not None
    assert max(tried) <= most
    # A choice of four routes takes four.
    assert (found > 0) == (most > 3)
