"""Which request goes in next: the one that would lose most by waiting.

Compiled. Regret-2 (Potvin and Rousseau, "A parallel route building algorithm for the vehicle routing and scheduling
problem with time windows", European Journal of Operational Research 1993): a request's regret is what its second best
route, or being left out, would cost more than its best one. With many requests waiting, the regret is estimated from
bounds of those costs, and found out only for the request that seems to have the largest.
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.insert import Desk, added_cost, put_in
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes
from solver.insertion.table import Table, rank, renew

MANY = 400
"""More requests than this are ranked by estimates."""


@compiled
def choose(layout: Layout, table: Table, requests: Ints) -> int:
    """Return the position in `requests` of the one with the largest regret, or -1 if none pays."""
    chosen, most, due = -1, -f.FAR, f.FAR
    for position in range(len(requests)):
        request = requests[position]
        first, second = table.first[request], table.second[request]
        if first < 0:
            continue
        otherwise = layout.request[request, f.PRICE] if second < 0 else table.cost[request, second]
        regret = otherwise - table.cost[request, first]
        if regret > most or (regret == most and layout.request[request, f.DUE] < due):
            chosen, most, due = position, regret, layout.request[request, f.DUE]
    return chosen


@compiled
def insert_by_regret(
    layout: Layout, routes: Routes, desk: Desk, table: Table, waiting: Ints, certain: int, budget: int
) -> int:
    """Insert ranked requests while any pays, until about `budget` costs had to be found.

    `waiting` is reordered: those not inserted come first. Their number is returned; if the budget ran out, it is
    negated and one less.
    """
    count = len(waiting)
    while count:
        position = choose(layout, table, waiting[:count])
        if position < 0:
            return count
        request = waiting[position]
        if table.sure[request] < 2:
            found = rank(layout, routes, desk, table, request, 2)
            budget -= found
            if found:
                continue
        courier = table.first[request]
        added_cost(layout, routes, desk, request, courier, f.FAR, False)
        put_in(layout, routes, desk, request, courier)
        count -= 1
        waiting[position], waiting[count] = waiting[count], request
        budget -= 1 + renew(layout, routes, desk, table, waiting[:count], request, certain)
        if budget < 0:
            return -count - 1
    return 0


@compiled
def insert_what_fits(
    layout: Layout, routes: Routes, desk: Desk, waiting: Ints, tried: Ints, changed: Ints, budget: int
) -> int:
    """Insert each waiting request where it costs least, if that pays, again and again until none does.

    Tries every courier and every insertion, assuming nothing of the matrices: a request that is still waiting at the
    end fits nowhere at less than its price.

    Parameters
    ----------
    waiting
        Requests, in the order in which they are tried; -1 is put in the place of those inserted.
    tried, changed
        (requests,), (couriers,): counts of the insertions before the request was last tried, and before the route was
        last changed; zeros and ones to begin with.
    budget
        About how many costs to find.

    Returns
    -------
    int
        What is left of the budget, or a negative number if it ran out before the end was reached.
    """
    couriers = len(layout.courier)
    clock = 0
    for courier in range(couriers):
        clock = max(clock, changed[courier])
    again = True
    while again:
        again = False
        for position in range(len(waiting)):
            request = waiting[position]
            if request < 0:
                continue
            best, chosen = layout.request[request, f.PRICE], -1
            for courier in range(couriers):
                if layout.eligible[request, courier] and changed[courier] > tried[request]:
                    budget -= 1
                    cost = added_cost(layout, routes, desk, request, courier, best, True)
                    if cost < best:
                        best, chosen = cost, courier
            tried[request] = clock
            if chosen >= 0:
                added_cost(layout, routes, desk, request, chosen, f.FAR, True)
                put_in(layout, routes, desk, request, chosen)
                waiting[position] = -1
                clock += 1
                changed[chosen] = clock
                again = True
            if budget < 0:
                return budget
    return budget
