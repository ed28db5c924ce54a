"""Requests are put back one by one where they cost least, in an order of chance. Compiled."""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled, only_wide
from solver.insertion.flat import flat_cost, is_full
from solver.insertion.friends import may_serve
from solver.insertion.insert import Desk, added_cost, quick_cost
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes
from solver.search.one import cost_of_one
from solver.search.place import put_at
from solver.search.two import cost_of_two
from solver.search.yard import (
    AT_LEAST,
    COST,
    INELIGIBLE,
    PLACES,
    ROUNDS,
    SAVED,
    STAMP,
    TOUCHED,
    VERSION,
    Yard,
    adopt,
    draw,
    touch,
)

FEW_COURIERS = 20
"""Up to so many couriers, all of them are looked at for each insertion."""

LOOKED_AT = 24
"""Neighbours of a request whose couriers are looked at."""

BLINK = 100
"""Of so many candidates one is passed over by chance."""

BLINK_FEW = 2
"""Of so many times the number of requests, where that is less: in tiny problems all rounds are much alike."""


@compiled
def sort_out(layout: Layout, yard: Yard, count: int) -> None:
    """Put the first `count` of `Yard.out` into an order of insertion: by chance, by due time, or by the way to go."""
    out = yard.out
    for position in range(count - 1, 0, -1):
        other = draw(yard.chance, position + 1)
        out[position], out[other] = out[other], out[position]
    kind = draw(yard.chance, 8)
    if kind >= 4:
        sort_by(layout, out, count, kind)
    if len(layout.gap):
        sort_by_depth(layout, out, count)


@compiled
def sort_by(layout: Layout, out: Ints, count: int, kind: int) -> None:
    """Sort the first `count` requests by their keys of a kind; those with the same key stay in order."""
    for position in range(1, count):
        other = position
        while other > 0 and key(layout, out[other], kind) < key(layout, out[other - 1], kind):
            out[other], out[other - 1] = out[other - 1], out[other]
            other -= 1


@only_wide(None)
def sort_by_depth(layout: Layout, out: Ints, count: int) -> None:
    """Change the places of those with gaps among the first `count`: each comes after those that it waits for."""
    for position in range(count):
        row = layout.request[out[position]]
        for other in range(position if row[f.GAPS] else 0):
            before = layout.request[out[other]]
            if before[f.GAPS] and before[f.DEPTH] > layout.request[out[position], f.DEPTH]:
                out[position], out[other] = out[other], out[position]


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
def cost_in(
    layout: Layout, routes: Routes, desk: Desk, yard: Yard, request: int, courier: int, limit: int, known: Ints
) -> int:
    """Find the cost of a request in a route, or that it is `limit` or more, and note it in its row of `Yard.known`."""
    row, stop = layout.request[request], routes.stop
    tasks, free = row[f.TASKS], row[f.BOUND_TO] < 0
    if layout.wide:
        cost = added_cost(layout, routes, desk, request, courier, limit, False)
    elif tasks > 2 or (tasks == 2 and row[f.LOADS] != 1):
        cost = quick_cost(layout, routes, desk, request, courier, limit)
    elif is_full(layout.courier, layout.node, stop, courier, routes.route[courier, f.COUNT] + tasks, free):
        cost = limit
    else:
        flat = flat_cost(layout.flat, layout.request, stop, request, courier)
        if tasks == 1:
            cost = cost_of_one(layout, routes, request, courier, limit - flat, known[PLACES:])
        else:
            cost = cost_of_two(layout, routes, request, courier, limit - flat, known[PLACES:], yard.ways)
        cost += flat
    version = routes.route[courier, f.VERSION]
    known[COST] = cost
    known[VERSION] = version if cost < limit or limit == f.FAR else AT_LEAST - version
    return int(cost)


@compiled
def candidates(layout: Layout, routes: Routes, yard: Yard, request: int, beyond: bool) -> int:
    """Put couriers that a request may be cheapest with into `Yard.candidates`, and return how many.

    These are all, where there are few; else who had it in the plan before, those with routes changed in this round,
    those that serve its neighbours, and those that start near it; all others if `beyond`.
    """
    couriers, state, mark = len(routes.route), yard.state, yard.mark
    count = 0
    if couriers <= FEW_COURIERS or beyond:
        for courier in range(couriers):
            if not beyond or mark[1, courier] != state[STAMP]:
                yard.candidates[count] = courier
                count += 1
        return count
    state[STAMP] += 1
    stamp, touched, near, starts = (
        state[STAMP],
        state[TOUCHED],
        min(LOOKED_AT, yard.near.shape[1]),
        yard.starts.shape[1],
    )
    for position in range(-1, touched + near + starts):
        if position < 0:
            courier = layout.request[request, f.PREVIOUS_COURIER]
        elif position < touched:
            courier = yard.touched[position]
        elif position < touched + near:
            courier = routes.courier_of[yard.near[request, position - touched]]
        else:
            courier = yard.starts[request, position - touched - near]
        if courier >= 0 and mark[1, courier] != stamp:
            mark[1, courier] = stamp
            yard.candidates[count] = courier
            count += 1
    return count


@compiled
def insert_cheapest(layout: Layout, routes: Routes, desk: Desk, yard: Yard, request: int, found: Ints) -> bool:
    """Insert a request where it costs least, in the way that does, if that pays, and return whether it was."""
    attempts = 2 if layout.request[request, f.GAPS] else 1
    # Perhaps the tasks that it is to come after, or before, can wait for it (`solver.insertion.settle`); perhaps not.
    others = f.FOLLOW if attempts == 2 and draw(yard.chance, 2) else f.KEEP
    inserted = False
    if layout.wide and layout.request[request, f.CIRCLE] and draw(yard.chance, 2):
        # What it needs, and what needs it, may be put back after it: in the end, `anneal` looks whether it was.
        routes.track[f.TOTAL, f.OTHERS] = f.IGNORE
        inserted = insert_if_it_pays(layout, routes, desk, yard, request, found)
    while not inserted and attempts:
        routes.track[f.TOTAL, f.OTHERS] = others
        inserted = insert_if_it_pays(layout, routes, desk, yard, request, found)
        others = f.FOLLOW - others
        attempts -= 1
    routes.track[f.TOTAL, f.OTHERS] = f.KEEP
    return inserted


@compiled
def insert_if_it_pays(layout: Layout, routes: Routes, desk: Desk, yard: Yard, request: int, found: Ints) -> bool:
    """Do what `insert_cheapest` does, for tasks of other routes as `fields.OTHERS` says."""
    bound = layout.request[request, f.BOUND_TO]
    # More than its price, where others wait for it: they may pay for it. If they do not, the round is undone.
    limit = f.FAR if bound >= 0 else layout.request[request, f.WORTH]
    chosen, way = -1, request
    beyond = False
    while chosen < 0:
        count = 1
        if bound >= 0:
            yard.candidates[0] = bound
        else:
            count = candidates(layout, routes, yard, request, beyond)
        # Now and then the best is passed over: what comes second may do better in the end.
        skip = draw(yard.chance, min(BLINK, BLINK_FEW * len(layout.leaders))) if bound < 0 and not beyond else -1
        for position in range(count):
            courier = yard.candidates[position]
            if position == skip or (len(layout.friend) and not may_serve(layout, routes, request, courier)):
                continue
            version = routes.route[courier, f.VERSION]
            for row in range(request, request + layout.request[request, f.WAYS]):
                known = yard.known[row, courier]
                cost = known[COST]
                is_known = known[VERSION] == version or (known[VERSION] == AT_LEAST - version and cost >= limit)
                # With gaps, other routes count too.
                if not is_known or layout.request[row, f.GAPS]:
                    if known[VERSION] == INELIGIBLE:
                        continue
                    cost = cost_in(layout, routes, desk, yard, row, courier, limit, known)
                    found[0] += 1
                if cost < limit:
                    limit, chosen, way = cost, courier, row
        if beyond or bound >= 0 or len(routes.route) <= FEW_COURIERS:
            break
        beyond = True
    if chosen < 0:
        return False
    touch(layout, routes, yard, chosen)
    put_at(layout, routes, desk, way, chosen, yard.known[way, chosen, PLACES:])
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
