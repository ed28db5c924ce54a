"""What each request, and each courier, is worth at the most where one route a courier is to be chosen.

Compiled. Lagrangian relaxation of "each request at most once" and of "not more than so much is served", by subgradients
with a memory of the last directions (Held, Wolfe and Crowder, "Validation of subgradient optimization", Mathematical
Programming 1974; Camerini, Fratta and Maffioli, "On improving relaxation methods by modified gradient techniques",
Mathematical Programming Study 1975).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.insertion.compiled import compiled
from solver.insertion.layout import Ints

Floats = npt.NDArray[np.float64]

MEMORY = 0.6
"""Of the direction before, in the next."""

PATIENCE = 20
"""Steps without progress after which they become half as long."""

PROGRESS = 0.02
"""Of the length of steps, that the bound has to fall by."""

# Shares.state
BOUND = 0  # the least found
LENGTH = 1  # of steps
SINCE = 2  # steps since the last progress
STATES = 3


class Offers(NamedTuple):
    """Routes to choose from, those of each courier side by side.

    Attributes
    ----------
    first
        (couriers + 1,): where those of each courier begin.
    bit_from, bit
        (routes + 1,): where the requests of each route begin; (n,): requests by number.
    profit
        (routes,): prices of what is served, less the cost.
    price
        (routes,): prices of what is served, in units of the highest price.
    """

    first: Ints
    bit_from: Ints
    bit: Ints
    profit: Floats
    price: Floats


class Shares(NamedTuple):
    """What is asked for.

    Attributes
    ----------
    request, best
        (requests + 1,): for serving each request, and for each unit of price served; those with the least bound.
    direction, excess
        (requests + 1,): room to work in.
    state
        See above.
    """

    request: Floats
    best: Floats
    direction: Floats
    excess: Floats
    state: Floats


def new_shares(requests: int, *, length: float) -> Shares:
    """Return shares of nothing."""
    none = np.zeros(requests + 1)
    return Shares(none, none.copy(), none.copy(), none.copy(), np.array([np.inf, length, 0.0]))


@compiled
def lower(offers: Offers, shares: Shares, most: float, steps: int) -> None:
    """Lower the bound on the profit, with no more served than `most` units of price, by some steps."""
    share, excess, direction, state = shares.request, shares.excess, shares.direction, shares.state
    requests = len(share) - 1
    for _ in range(steps):
        bound = share[requests] * most
        for request in range(requests):
            bound += share[request]
            excess[request] = 1.0
        excess[requests] = most
        for courier in range(len(offers.first) - 1):
            limit, chosen = -np.inf, -1
            for route in range(offers.first[courier], offers.first[courier + 1]):
                rest = offers.profit[route] - share[requests] * offers.price[route]
                for place in range(offers.bit_from[route], offers.bit_from[route + 1]):
                    rest -= share[offers.bit[place]]
                if rest > limit:
                    limit, chosen = rest, route
            bound += limit
            for place in range(offers.bit_from[chosen], offers.bit_from[chosen + 1]):
                excess[offers.bit[place]] -= 1.0
            excess[requests] -= offers.price[chosen]
        state[SINCE] = 0.0 if bound < state[BOUND] - PROGRESS * state[LENGTH] else state[SINCE] + 1.0
        if bound < state[BOUND]:
            state[BOUND] = bound
            copy(share, shares.best)
        if state[SINCE] >= PATIENCE:
            state[LENGTH] *= 0.5
            state[SINCE] = 0.0
            copy(shares.best, share)
            for number in range(requests + 1):
                direction[number] = 0.0
            continue
        square = 0.0
        for number in range(requests + 1):
            direction[number] = MEMORY * direction[number] + excess[number]
            if direction[number] < 0.0 or share[number] > 0.0:
                square += direction[number] ** 2
        if square == 0.0:
            continue
        step = (bound - state[BOUND] + state[LENGTH]) / square
        for number in range(requests + 1):
            share[number] = max(0.0, share[number] - step * direction[number])


@compiled
def copy(source: Floats, target: Floats) -> None:
    """Copy some numbers: for few of them this is quicker than a slice."""
    for number in range(len(source)):
        target[number] = source[number]
