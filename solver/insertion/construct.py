"""Which request goes in next: the one that would lose most by waiting.

Compiled. Regret-2 (Potvin and Rousseau, "A parallel route building algorithm for the vehicle routing and scheduling
problem with time windows", European Journal of Operational Research 1993): a request's regret is what its second best
route, or being left out, would cost more than its best one. With many requests waiting, the regret is estimated from
bounds of those costs, and found out only for the request that seems to have the largest.
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled, inlined
from solver.insertion.insert import Desk, added_cost, put_in
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes
from solver.insertion.table import Table, fill_table, rank, renew

MANY = 400
"""More requests than this are ranked by estimates."""


@inlined
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
    layout: Layout, routes: Routes, desk: Desk, table: Table, waiting: Ints, certain: int, anew: bool, budget: int
) -> int:
    """Insert ranked requests while any pays, until about `budget` costs had to be found.

    `waiting` is reordered: those not inserted come first. Their number is returned; if the budget ran out, it is
    negated and one less.
    """
    count = len(waiting)
    if anew:
        fill_table(layout, routes, table, waiting, certain)
    while count and budget > 0:
        for request in waiting[:count]:
            if table.sure[request] < table.wanted[request]:
                budget -= rank(layout, routes, desk, table, request)
        position = choose(layout, table, waiting[:count])
        if position < 0:
            return count
        request = waiting[position]
        if table.sure[request] < 2:
            table.wanted[request] = 2
            continue
        courier = table.first[request]
        added_cost(layout, routes, desk, request, courier, f.FAR, False)
        put_in(layout, routes, desk, request, courier)
        count -= 1
        budget -= 1
        waiting[position], waiting[count] = waiting[count], request
        renew(layout, routes, desk, table, waiting[:count], request, certain)
    return -count - 1 if count else 0
