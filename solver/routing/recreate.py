"""Requests are put back one by one where they cost least, in an order of chance. Compiled."""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.insert import Desk, added_cost, put_in, quick_cost
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes
from solver.routing.yard import ROUNDS, SAVED, STAMP, TOUCHED, Yard, adopt, draw, touch

FEW_COURIERS = 10
"""Up to so many couriers, all of them are looked at for each insertion."""


@compiled
def sort_out(layout: Layout, yard: Yard, count: int) -> None:
    """Put the first `count` of `Yard.out` into an order of insertion: by chance, by due time, or by the way to go."""
    out = yard.out
    for position in range(count - 1, 0, -1):
        other = draw(yard.chance, position + 1)
        out[position], out[other] = out[other], out[position]
    kind = draw(yard.chance, 8)
    if kind < 4:
        return
    for position in range(1, count):
        other = position
        while other > 0 and key(layout, out[other], kind) < key(layout, out[other - 1], kind):
            out[other], out[other - 1] = out[other - 1], out[other]
            other -= 1


@compiled
def key(layout: Layout, request: int, kind: int) -> int:
    """Return what requests are inserted in the order of."""
    row = layout.request[request]
    if kind < 6:
        return int(row[f.DUE])
    if kind == 6:
        return -int(row[f.PRICE])
    first = row[f.FIRST_TASK]
    a, b = layout.node[first, f.PLACE], layout.node[first + row[f.TASKS] - 1, f.PLACE]
    return -int(layout.durations_s[0, a, b])


@compiled
def look_at(
    layout: Layout, routes: Routes, desk: Desk, yard: Yard, request: int, courier: int, limit: int, found: Ints
) -> int:
    """Return the cost of a request in a route, or `limit` if it is not below that; count what is news in `found`."""
    if not layout.eligible[request, courier]:
        return limit
    version = routes.route[courier, f.VERSION]
    known = yard.version[request, courier]
    if known == version or (known == -2 - version and yard.cost[request, courier] >= limit):
        return int(min(limit, yard.cost[request, courier]))
    cost = quick_cost(layout, routes, desk, request, courier, limit)
    yard.cost[request, courier] = cost
    yard.version[request, courier] = version if cost < limit or limit == f.FAR else -2 - version
    found[0] += 1
    return int(cost)


@compiled
def insert_cheapest(layout: Layout, routes: Routes, desk: Desk, yard: Yard, request: int, found: Ints) -> bool:
    """Insert a request where it costs least, if that pays, and return whether it was."""
    couriers = len(layout.courier)
    bound = layout.request[request, f.BOUND_TO]
    limit = f.FAR if bound >= 0 else layout.request[request, f.PRICE]
    chosen = -1
    if bound >= 0:
        if look_at(layout, routes, desk, yard, request, bound, limit, found) < limit:
            chosen = bound
    elif couriers <= FEW_COURIERS:
        skip = draw(yard.chance, 4 * couriers)
        for courier in range(couriers):
            if courier != skip:
                cost = look_at(layout, routes, desk, yard, request, courier, limit, found)
                if cost < limit:
                    limit, chosen = cost, courier
    else:
        yard.state[STAMP] += 1
        stamp = yard.state[STAMP]
        skip = draw(yard.chance, 40)
        neighbours, starts = yard.near.shape[1], yard.starts.shape[1]
        for position in range(yard.state[TOUCHED] + neighbours + starts):
            if position < yard.state[TOUCHED]:
                courier = yard.touched[position]
            elif position < yard.state[TOUCHED] + neighbours:
                courier = routes.courier_of[yard.near[request, position - yard.state[TOUCHED]]]
            else:
                courier = yard.starts[request, position - yard.state[TOUCHED] - neighbours]
            if courier < 0 or yard.mark[1, courier] == stamp:
                continue
            yard.mark[1, courier] = stamp
            skip -= 1
            if skip == 0:
                continue
            cost = look_at(layout, routes, desk, yard, request, courier, limit, found)
            if cost < limit:
                limit, chosen = cost, courier
        if chosen < 0:
            for courier in range(couriers):
                if yard.mark[1, courier] != stamp:
                    cost = look_at(layout, routes, desk, yard, request, courier, limit, found)
                    if cost < limit:
                        limit, chosen = cost, courier
    if chosen < 0:
        return False
    touch(layout, routes, yard, chosen)
    added_cost(layout, routes, desk, request, chosen, f.FAR, False)
    put_in(layout, routes, desk, request, chosen)
    return True


@compiled
def fill(layout: Layout, routes: Routes, desk: Desk, yard: Yard, requests: Ints, found: Ints) -> None:
    """Insert those of some requests that are left out and pay, one after the other, each where it costs least."""
    for request in requests:
        if routes.courier_of[request] < 0:
            yard.state[ROUNDS] += 1
            yard.state[TOUCHED] = yard.state[SAVED] = 0
            insert_cheapest(layout, routes, desk, yard, request, found)
    adopt(layout, routes, yard)
