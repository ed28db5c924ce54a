"""One route a courier is chosen, by branch and bound."""

import math
from random import Random

import numpy as np
import pytest

from solver.insertion.compiled import interpreted
from solver.search.choose import choose, new_stack, others
from tests.solver.set_packing import are_apart, choices, profit, random_routes, worth

pytestmark = pytest.mark.usefixtures("interpreter")

EVERY = 10**6
"""More routes than are ever tried."""

PRICES = [10, 10]

EITHER = [[(0b01, 2), (0, 0)], [(0b01, 3), (0b10, 5), (0, 0)]]
"""The best for each courier is the same request: 8 and 7; together they come to 8 + 5."""


class Choosing:
    """Routes of couriers, sorted by what is left of their profit after shares, an empty one last."""

    def __init__(self, routes, prices, shares):
        flat, self.first = [], np.zeros(len(routes) + 1, np.int64)
        for courier, known in enumerate(routes):
            idle = next(route for route in known if route[0] == 0)
            best_first = sorted(known, key=lambda route: worth(route[0], shares) - profit([route], prices))
            flat += [*best_first, idle]
            self.first[courier + 1] = len(flat)
        self.routes = flat
        self.served = np.array([served for served, _ in flat], np.uint64)
        self.profit = np.array([float(profit([route], prices)) for route in flat])
        self.rest = self.profit - [float(worth(served, shares)) for served, _ in flat]
        self.base = float(sum(shares))
        self.stack = new_stack(len(routes))

    def choose(self, floor=-math.inf, most=EVERY):
        """Return the profit, and the routes chosen, None where no choice was found."""
        found = interpreted(choose)(self.first, self.served, self.profit, self.rest, self.base, floor, most, self.stack)
        if self.stack.chosen[0] < 0:
            assert (self.stack.chosen < 0).all()
            return found, None
        for courier, route in enumerate(self.stack.chosen):
            assert self.first[courier] <= route < self.first[courier + 1]
        return found, [self.routes[route] for route in self.stack.chosen]


def random_problem(seed):
    """Return routes, prices, and shares, some of which are none."""
    chance = Random(seed)
    prices = [chance.randint(20, 400) for _ in range(chance.randint(1, 6))]
    routes = random_routes(chance, bits=len(prices), couriers=chance.randint(1, 4), most=7, leg=30)
    shares = [chance.choice([0, chance.randint(0, price)]) for price in prices]
    return routes, prices, shares


@pytest.mark.parametrize("seed", range(60))
def test_the_best_choice_is_found(seed):
    """From below everything, and from just below it; above it nothing is found."""
    routes, prices, shares = random_problem(seed)
    best = max(profit(choice, prices) for choice in choices(routes))
    for floor in (-math.inf, best - 50.0, best - 1.0):
        found, chosen = Choosing(routes, prices, shares).choose(floor)
        assert found == best == profit(chosen, prices)
        assert are_apart([served for served, _ in chosen])
    for floor in (best, best + 1.0):
        assert Choosing(routes, prices, shares).choose(floor) == (floor, None)


@pytest.mark.parametrize("seed", range(20))
def test_what_it_may_try_limits_it(seed):
    """It tries no more, finds a choice of the profit it tells, if any, and never a worse one if it may try more."""
    routes, prices, shares = random_problem(seed)
    best = max(profit(choice, prices) for choice in choices(routes))
    whole = Choosing(routes, prices, shares)
    whole.choose()
    needed = int(whole.stack.nodes[0])
    before = -math.inf
    for most in range(needed + 1):
        choosing = Choosing(routes, prices, shares)
        found, chosen = choosing.choose(most=most)
        assert choosing.stack.nodes[0] == most
        assert found == (-math.inf if chosen is None else profit(chosen, prices))
        assert found >= before
        before = found
    assert before == best


def test_what_was_tried_before_counts():
    """Once as many were tried as may be, nothing is; with one route a courier more, the first choice is found."""
    choosing = Choosing(EITHER, PRICES, [0, 0])
    choosing.stack.nodes[0] = 7
    assert choosing.choose(most=7) == (-math.inf, None)
    assert choosing.choose(most=9) == (13.0, [(0b01, 2), (0b10, 5)])
    assert choosing.stack.nodes[0] == 9


@pytest.mark.parametrize(("shares", "tried"), [([0, 0], 2), ([5, 0], 1)])
def test_close_shares_leave_little_to_try(shares, tried):
    """That nothing is above 13 is known from the first route alone if what both want has a share of 5."""
    choosing = Choosing(EITHER, PRICES, shares)
    assert choosing.choose(13.0) == (13.0, None)
    assert choosing.stack.nodes[0] == tried
    assert Choosing(EITHER, PRICES, shares).choose(12.0) == (13.0, [(0b01, 2), (0b10, 5)])


def test_a_courier_may_do_nothing_for_another_to_do_more():
    """The only request is dear for the first; the second serves it for less."""
    routes = [[(0b1, 6), (0, 0)], [(0b1, 3), (0, 0)]]
    assert Choosing(routes, [10], [0]).choose() == (7.0, [(0, 0), (0b1, 3)])


def test_a_route_without_requests_costs_too():
    """One that costs 4 is driven all the same: nothing is above 1 - 4."""
    routes = [[(0, 4)], [(0b1, 9), (0, 0)]]
    assert Choosing(routes, [10], [0]).choose() == (-3.0, [(0, 4), (0b1, 9)])


def test_who_is_next_may_have_the_same_request_as_another():
    """Each courier after the first adds the most that leaves those before alone, whoever else does that, too."""
    routes = [[(0b001, 0), (0, 0)], [(0b001, 1), (0b110, 2), (0, 0)], [(0b010, 3), (0b100, 5), (0, 0)]]
    made = Choosing(routes, [10, 10, 10], [0, 0, 0])
    for depth, used, most in ((0, 0b000, 18 + 7), (0, 0b010, 9 + 5), (0, 0b111, 0), (1, 0b010, 5), (2, 0b000, 0)):
        assert interpreted(others)(made.first, made.served, made.rest, depth, np.uint64(used)) == most
