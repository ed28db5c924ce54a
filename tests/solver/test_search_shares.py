"""Shares of requests in the profit: how they bound it."""

from random import Random

import numpy as np
import pytest

from solver.insertion.compiled import interpreted
from solver.search.shares import BOUND, LENGTH, PATIENCE, SINCE, copy, lower, new_shares
from tests.solver.set_packing import choices, offers, profit, random_routes, union, worth

pytestmark = pytest.mark.usefixtures("interpreter")

EITHER = [[(0b01, 2), (0, 0)], [(0b01, 3), (0b10, 5), (0, 0)]]
"""The first courier's only request is for the second courier cheaper than the other one."""


def lowered(routes, prices, *, most=None, times=30, steps=25):
    """Return shares after so many times some steps, and what is offered; with no limit all may be served."""
    offered, shares = offers(routes, prices), new_shares(len(prices), length=30.0)
    limit = sum(prices) / max(prices) if most is None else most
    for _ in range(times):
        interpreted(lower)(offered, shares, limit, steps)
    return offered, shares


def bound_of(offered, share, most):
    """Return what the profit is at the most with some shares: each courier takes the route with the greatest rest."""
    total = share[-1] * most + share[:-1].sum()
    for begin, end in zip(offered.first, offered.first[1:], strict=False):
        total += max(
            offered.profit[route]
            - share[-1] * offered.price[route]
            - sum(share[offered.bit[offered.bit_from[route] : offered.bit_from[route + 1]]])
            for route in range(begin, end)
        )
    return total


@pytest.mark.parametrize("seed", range(30))
def test_no_choice_has_more_profit_than_the_bound(seed):
    """Nor, of those that serve no more than a limit, than the bound for that. The best shares make the bound."""
    chance = Random(seed)
    prices = [chance.randint(20, 400) for _ in range(chance.randint(1, 5))]
    routes = random_routes(chance, bits=len(prices), couriers=chance.randint(1, 3), most=6, leg=20)
    everything = sum(prices) / max(prices)
    profits = [
        (worth(union([served for served, _ in choice]), prices) / max(prices), profit(choice, prices))
        for choice in choices(routes)
    ]
    for most in (0.0, 1.0, everything / 2, everything):
        best = max(gained for served, gained in profits if served <= most + 1e-9)
        offered, shares = lowered(routes, prices, most=most)
        assert shares.state[BOUND] >= best - 1e-6
        assert bound_of(offered, shares.best, most) == pytest.approx(shares.state[BOUND])


@pytest.mark.parametrize("seed", range(10))
def test_steps_lower_the_bound(seed):
    """It never rises, and where all want the same it comes down to less than half way to the best choice."""
    chance = Random(seed)
    prices = [chance.randint(200, 400) for _ in range(5)]
    (known,) = random_routes(chance, bits=5, couriers=1, most=9, leg=20)
    routes = 3 * [[*known, (0b11111, 150)]]
    offered, shares = offers(routes, prices), new_shares(5, length=30.0)
    bounds = []
    for _ in range(200):
        interpreted(lower)(offered, shares, 5.0, 1)
        bounds.append(shares.state[BOUND])
        assert shares.request.min() >= 0.0
        assert shares.best.min() >= 0.0
    assert bounds == sorted(bounds, reverse=True)
    best = max(profit(choice, prices) for choice in choices(routes))
    assert bounds[0] - best > 1.0
    assert bounds[-1] - best < (bounds[0] - best) / 2


def test_the_first_step_looks_at_shares_of_nothing():
    """Each courier then takes what has the most profit: 8 and 7, both with the same request, which gets a share."""
    _, shares = lowered(EITHER, [10, 10], times=1, steps=1)
    assert shares.state[BOUND] == 15.0
    assert shares.best.tolist() == [0.0, 0.0, 0.0]
    # One too few of the first are left, one of the second, none of the limit: a step of 30 in one direction.
    assert shares.request.tolist() == [30.0, 0.0, 0.0]


def test_what_two_want_has_a_share():
    """The second courier takes the other request as soon as the first's costs 2: then 2 + 6 + 5 are the best choice."""
    _, shares = lowered(EITHER, [10, 10])
    assert shares.state[BOUND] == pytest.approx(13.0, abs=0.1)
    assert 2.0 - 0.1 <= shares.best[0] <= 8.0 + 0.1
    assert shares.best[1] == pytest.approx(0.0, abs=0.1)


def test_what_nobody_wants_twice_has_no_share():
    """Then the first bound is the best choice: none changes."""
    _, shares = lowered([[(0b01, 2), (0, 0)], [(0b10, 5), (0, 0)]], [10, 10])
    assert shares.state[BOUND] == 13.0
    assert shares.request.tolist() == shares.best.tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(("most", "bound"), [(0.0, 0.0), (1.0, 8.0), (1.5, 10.5), (2.0, 13.0), (9.0, 13.0)])
def test_no_more_is_served_than_allowed(most, bound):
    """The dearer of two at 10 is left out first: 8 and 5; of half a request half the profit counts."""
    _, shares = lowered([[(0b01, 2), (0, 0)], [(0b10, 5), (0, 0)]], [10, 10], most=most)
    assert shares.state[BOUND] == pytest.approx(bound, abs=0.1)
    assert (shares.best[-1] > 1.0) == (most < 2.0)


def test_what_is_served_counts_by_its_price():
    """Of 10 and 5, half the dearer: the other one, for 4.5, not a half of 8. As much as the dearer: both in part."""
    routes = [[(0b01, 2), (0, 0)], [(0b10, 0.5), (0, 0)]]
    for most, bound in ((0.5, 4.5), (1.0, 4.5 + 8.0 / 2), (1.5, 12.5)):
        _, shares = lowered(routes, [10, 5], most=most)
        assert shares.state[BOUND] == pytest.approx(bound, abs=0.1)


def test_without_progress_steps_become_half_as_long():
    """And they go on from the best shares, in no direction yet."""
    offered, shares = offers(EITHER, [10, 10]), new_shares(2, length=30.0)
    lengths = [30.0]
    for _ in range(300):
        since = shares.state[SINCE]
        interpreted(lower)(offered, shares, 2.0, 1)
        if shares.state[LENGTH] < lengths[-1]:
            assert since == PATIENCE - 1
            assert shares.request.tolist() == shares.best.tolist()
            assert shares.direction.tolist() == [0.0, 0.0, 0.0]
            assert shares.state[SINCE] == 0.0
            lengths.append(float(shares.state[LENGTH]))
        assert shares.state[SINCE] < PATIENCE
    assert len(lengths) > 5
    assert lengths == [30.0 * 0.5**number for number in range(len(lengths))]


def test_steps_in_one_go_are_those_one_by_one():
    """All that is needed to go on is in the shares."""
    _, at_once = lowered(EITHER, [10, 10], times=1, steps=60)
    offered, shares = offers(EITHER, [10, 10]), new_shares(2, length=30.0)
    for _ in range(60):
        interpreted(lower)(offered, shares, 2.0, 1)
    for one, other in zip(at_once, shares, strict=True):
        assert one.tolist() == other.tolist()


def test_a_copy_is_another_array():
    """What is done to it later is not done to its source."""
    source, target = np.array([1.0, 2.0]), np.zeros(2)
    interpreted(copy)(source, target)
    target[0] = 3.0
    assert (source.tolist(), target.tolist()) == ([1.0, 2.0], [3.0, 2.0])
