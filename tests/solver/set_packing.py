"""Small problems of set packing, and their answers by trying every choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

import numpy as np

from solver.search.shares import Offers

Route = tuple[int, int]
"""The requests as bits of a number, and the cost."""

Routes = list[list[Route]]
"""Of each courier."""


def random_routes(chance: Random, *, bits: int, couriers: int, most: int, leg: int) -> Routes:
    """Return for each courier some sets of requests at about 2 legs a stop, and the empty one, for up to a leg."""
    routes = []
    for _ in range(couriers):
        idle = chance.randint(0, leg)
        sets = sorted({chance.randrange(1, 1 << bits) for _ in range(chance.randint(0, most))})
        known = [(bits_in, idle + chance.randint(leg, 3 * leg) * (bits_in.bit_count() + 1)) for bits_in in sets]
        known.insert(chance.randint(0, len(known)), (0, idle))
        routes.append(known)
    return routes


def choices(routes: Routes) -> Iterator[tuple[Route, ...]]:
    """Yield each choice of one route a courier in which no request is served twice."""
    for choice in product(*routes):
        if are_apart([served for served, _ in choice]):
            yield choice


def are_apart(sets: Sequence[int]) -> bool:
    """Return whether no request is in two of some sets."""
    return sum(sets) == union(sets)


def union(sets: Sequence[int]) -> int:
    """Return what is in any of some sets."""
    return int(np.bitwise_or.reduce(np.array([0, *sets])))


def worth(served: int, prices: Sequence[int]) -> int:
    """Return the prices of what is in a set."""
    return sum(price for bit, price in enumerate(prices) if served >> bit & 1)


def profit(choice: Sequence[Route], prices: Sequence[int]) -> int:
    """Return the prices of what is served, less the costs."""
    return sum(worth(served, prices) - cost for served, cost in choice)


def offers(routes: Routes, prices: Sequence[int]) -> Offers:
    """Return routes as they are offered; the highest price is the unit of prices."""
    flat = [route for each in routes for route in each]
    bits = [[bit for bit in range(len(prices)) if served >> bit & 1] for served, _ in flat]
    return Offers(
        first=np.cumsum([0, *map(len, routes)]),
        bit_from=np.cumsum([0, *map(len, bits)]),
        bit=np.array([bit for each in bits for bit in each], np.int64),
        profit=np.array([float(profit([route], prices)) for route in flat]),
        price=np.array([worth(served, prices) / max(prices) for served, _ in flat]),
    )
