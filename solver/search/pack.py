"""The best plan that can be put together of routes known: one a courier, no request in two of them.

That is set packing. Shares of the profit bound it from above (`solver.search.shares`); then few routes are left that
may be part of a better plan, and all choices among these are tried (`solver.search.choose`). Where prices are much
higher than costs, as many requests as can be are to be served, and the bound is only close if it is known how many that
is: so one more than in the best plan is tried first, as long as that succeeds, and then as many.
"""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.insertion.layout import Ints, Rows
from solver.search.catalogue import USED, Catalogue, Masks
from solver.search.choose import Floats, choose, new_stack
from solver.search.shares import BOUND, LENGTH, Offers, lower, new_shares

STEPS = 25
"""Of lowering the bound, between two looks at the clock."""

LONG, SHORT = 30.0, 0.1
"""Steps at first and at last, in mean legs."""

MOST_STEPS = 750
"""Of lowering it for one number of requests."""

MOST_NODES = 100_000
"""Routes tried for one number of requests."""

PRICES_APART = 20.0
"""In mean legs: only if prices are apart by more, it is asked how many requests can be served."""


class Packing:
    """Routes of a catalogue, to be put together.

    Parameters
    ----------
    price
        (bits,): price of each request.
    leg_cost
        Cost of a mean leg: the scale of what is near and far.
    """

    def __init__(self, catalogue: Catalogue, price: Ints, couriers: int, *, leg_cost: float) -> None:
        known = np.flatnonzero(catalogue.cost[: catalogue.state[USED]] < f.FAR)
        self._known: Ints = known[np.argsort(catalogue.owner[known], kind="stable")]
        self._node = catalogue.node
        self._owner: Ints = catalogue.owner[self._known]
        self._served: Masks = catalogue.served[self._known]
        self._first = np.searchsorted(self._owner, np.arange(couriers + 1))
        self._idle: Ints = np.flatnonzero(self._served == 0)
        self._price = price
        self._top = float(max(1, price.max()))
        self._leg = leg_cost
        bits = np.arange(len(price)).astype(np.uint64)
        self._is_in = (self._served[:, None] >> bits) & np.uint64(1) == 1
        worth = self._is_in @ price
        self._profit: Floats = (worth - catalogue.cost[self._known]).astype(np.float64)
        self._offers = Offers(
            first=self._first,
            bit_from=np.concatenate([[0], np.cumsum(self._is_in.sum(axis=1))]),
            bit=np.nonzero(self._is_in)[1],
            profit=self._profit,
            price=worth / self._top,
        )

    def better(self, cost: int, left_out: int, *, stop_s: float) -> Rows | None:
        """Return a plan that costs less than one that leaves out requests of some price, or None.

        It takes until `time.monotonic` is `stop_s` at the most.
        """
        if len(np.unique(self._owner[self._idle])) < len(self._first) - 1:
            return None
        total = int(self._price.sum())
        best, found, proven = float(total - cost), None, False
        step = int(np.gcd.reduce(self._price))
        most = total
        if step > PRICES_APART * self._leg:
            most = total - left_out
            while most + step <= total:
                routes, proven = self._attempt((most + step) / self._top, best, stop_s)
                if routes is None:
                    break
                best, found = float(self._profit[routes].sum()), routes
                most = int(self._price[self._is_in[routes].any(axis=0)].sum())
        if not proven:
            routes, _ = self._attempt(most / self._top, best, stop_s)
            found = found if routes is None else routes
        if found is None:
            return None
        rows: Rows = []
        for route in found.tolist():
            nodes = self._node[self._known[route]].tolist()
            rows.append(nodes[: nodes.index(-1)])
        return rows

    def _attempt(self, most: float, best: float, stop_s: float) -> tuple[Ints | None, bool]:
        """Return the best choice above a profit that serves so much at the most, and whether there is surely none.

        Without a choice and without proof there may be one: the limits are on work and time.
        """
        shares = new_shares(len(self._price), length=LONG * self._leg)
        for _ in range(MOST_STEPS // STEPS):
            if shares.state[LENGTH] < SHORT * self._leg:
                break
            lower(self._offers, shares, most, STEPS)
            if shares.state[BOUND] <= best or time.monotonic() >= stop_s:
                return None, bool(shares.state[BOUND] <= best)
        share = shares.best
        rest = self._profit - share[-1] * self._offers.price - self._is_in @ share[:-1]
        behind = np.repeat(np.maximum.reduceat(rest, self._first[:-1]), np.diff(self._first)) - rest
        base, bound = float(share[:-1].sum() + share[-1] * most), float(shares.state[BOUND])
        gap, floor = self._leg, np.inf
        stack = new_stack(len(self._first) - 1)
        while floor > best and stack.nodes[0] < MOST_NODES and time.monotonic() < stop_s:
            floor = max(best, bound - gap)
            kept = self._kept(behind <= bound - floor, rest)
            first = np.searchsorted(self._owner[kept], np.arange(len(self._first)))
            profit = choose(first, self._served[kept], self._profit[kept], rest[kept], base, floor, MOST_NODES, stack)
            if profit > floor:
                return kept[stack.chosen], False
            gap *= 2
        return None, bool(floor == best and stack.nodes[0] < MOST_NODES)

    def _kept(self, near: npt.NDArray[np.bool_], rest: Floats) -> Ints:
        """Return the routes of each courier that are near, the greatest rest first, and one without requests behind."""
        numbers = np.flatnonzero(near)
        routes = np.concatenate((numbers, self._idle))
        last = np.concatenate((-rest[numbers], np.full(len(self._idle), np.inf)))
        kept: Ints = routes[np.lexsort((last, self._owner[routes]))]
        return kept
