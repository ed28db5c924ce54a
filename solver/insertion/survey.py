"""What requests would cost wherever they fit."""

from __future__ import annotations

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.friends import may_serve
from solver.insertion.insert import Desk, added_cost
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes


@compiled
def survey(layout: Layout, routes: Routes, desk: Desk, requests: Ints, couriers: Ints, costs: Ints) -> None:
    """Fill `costs`, (requests, couriers), with the least added cost wherever a request fits, else with FAR.

    `Desk.answer` has the insertion of the last request into the route of the last courier, if it fits.
    """
    for row in range(len(requests)):
        for column in range(len(couriers)):
            costs[row, column] = f.FAR
            if layout.eligible[requests[row], couriers[column]] and may_serve(
                layout, routes, requests[row], couriers[column]
            ):
                costs[row, column] = added_cost(layout, routes, desk, requests[row], couriers[column], f.FAR, True)


def cheapest_way(layout: Layout, routes: Routes, desk: Desk, request: int, couriers: Ints) -> tuple[int, int, int]:
    """Return the way, by its row, and the courier to serve a request at least cost, and that cost.

    `request` is the row of its first way. The cost is FAR if it fits nowhere.
    """
    best = (request, -1, f.FAR)
    for row in range(request, request + int(layout.request[request, f.WAYS])):
        courier, cost = cheapest(layout, routes, desk, row, couriers)
        if cost < best[2]:
            best = row, courier, cost
    return best


def cheapest(layout: Layout, routes: Routes, desk: Desk, request: int, couriers: Ints) -> tuple[int, int]:
    """Return the courier that could serve a request at least cost, and that cost: (-1, FAR) if none can."""
    if not len(couriers):
        return -1, f.FAR
    costs = np.empty((1, len(couriers)), np.int64)
    survey(layout, routes, desk, np.array([request]), couriers, costs)
    best = int(costs[0].argmin())
    return int(couriers[best]), int(costs[0, best])


def fits(layout: Layout, routes: Routes, desk: Desk, request: int, courier: int) -> bool:
    """Return whether a request fits into a route; if so, `Desk.answer` has its cheapest insertion."""
    return cheapest(layout, routes, desk, request, np.array([courier]))[1] < f.FAR
