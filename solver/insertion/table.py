"""What every waiting request would cost in every route: found where it matters, bounded from below elsewhere.

Compiled. The bound is the travel cost of the detour for each task alone, where time allows, added up; or of the detour
for both tasks of a pair in one gap. It is right if no way round is shorter than the way. It is kept up to date gap by
gap: an insertion replaces one or two gaps of one route.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import compiled, inlined
from solver.insertion.insert import Desk, added_cost
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes
from solver.insertion.rules import leg

LARGEST_TABLE = 2_000_000
"""Requests times couriers up to which a table is kept: about 130 MB."""


class Table(NamedTuple):
    """Costs of requests in routes, beside what is there.

    Attributes
    ----------
    cost, version
        (requests, couriers): added cost, and the version of the route that it is of; of version -2 - v, it is but a
        bound below the cost in version v. Version -1 is none at all.
    first, second
        (requests,): couriers with the least cost and the next, below the price, or -1.
    sure, wanted
        (requests,): how many of those two are cheapest for sure, -1 if neither is known; how many ought to be.
    detour, gap
        (couriers, 3, requests): the least travel cost that any gap offers to the first task, to the last task, and to
        both together, and the node in front of that gap.
    place, last, service_s
        (2, requests): of the first and the last task.
    stale
        (requests,): room to work in.
    """

    cost: Ints
    version: Ints
    first: Ints
    second: Ints
    sure: Ints
    wanted: Ints
    detour: Ints
    gap: Ints
    place: Ints
    last: Ints
    service_s: Ints
    stale: Ints


def new_table(layout: Layout) -> Table:
    """Return a table in which nothing is known."""
    requests, couriers = layout.eligible.shape
    begins = layout.request[:, f.FIRST_TASK]
    ends = layout.node[np.stack([begins, begins + layout.request[:, f.TASKS] - 1])]
    return Table(
        cost=np.full((requests, couriers), f.FAR, np.int64),
        version=np.full((requests, couriers), -1, np.int64),
        first=np.full(requests, -1, np.int64),
        second=np.full(requests, -1, np.int64),
        sure=np.full(requests, -1, np.int64),
        wanted=np.zeros(requests, np.int64),
        detour=np.full((couriers, 3, requests), f.FAR, np.int64),
        gap=np.full((couriers, 3, requests), -1, np.int64),
        place=np.ascontiguousarray(ends[:, :, f.PLACE]),
        last=np.where(ends[:, :, f.SOFT] == 1, f.FAR, ends[:, :, f.LAST]),
        service_s=np.ascontiguousarray(ends[:, :, f.SERVICE]),
        stale=np.zeros(requests, np.int64),
    )


@compiled
def note_gaps(
    layout: Layout, routes: Routes, table: Table, requests: Ints, courier: int, at: int, until: int, anew: bool
) -> None:
    """Note what the gaps behind node `at` up to node `until` offer to `requests`; forget all else if `anew`."""
    profile, per_s = layout.courier[courier, f.PROFILE], layout.courier[courier, f.PER_S]
    there, back = layout.durations_s[profile], layout.reverse_s[profile]
    detour, gap, place, last, service = (
        table.detour[courier],
        table.gap[courier],
        table.place,
        table.last,
        table.service_s,
    )
    used = routes.route[courier, f.COUNT] > 0
    if anew:
        for request in requests:
            detour[0, request] = detour[1, request] = detour[2, request] = f.FAR
            gap[0, request] = gap[1, request] = gap[2, request] = -1
    while at != until:
        after = routes.stop[at, f.NEXT]
        origin, destination = layout.node[at, f.PLACE], layout.node[after, f.PLACE]
        saved = leg(there, origin, destination) if used else 0
        depart, latest = routes.stop[at, f.DEPART], routes.stop[after, f.LATEST_SAME]
        for request in requests:
            p, q = place[0, request], place[1, request]
            arrive = depart + (np.int64(there[origin, p]) if origin >= 0 else 0)
            pair = layout.request[request, f.TASKS] == 2
            if arrive <= last[0, request]:
                onward = np.int64(back[destination, p]) if destination >= 0 else 0
                if arrive + service[0, request] + onward <= latest:
                    cost = per_s * (arrive - depart + onward - saved)
                    if cost < detour[0, request]:
                        detour[0, request], gap[0, request] = cost, at
                if pair:
                    between = np.int64(there[p, q])
                    reach = arrive + service[0, request] + between
                    onward = np.int64(back[destination, q]) if destination >= 0 else 0
                    if reach <= last[1, request] and reach + service[1, request] + onward <= latest:
                        cost = per_s * (arrive - depart + between + onward - saved)
                        if cost < detour[2, request]:
                            detour[2, request], gap[2, request] = cost, at
            if pair or layout.request[request, f.TASKS] > 2:
                arrive = depart + (np.int64(there[origin, q]) if origin >= 0 else 0)
                if arrive <= last[1, request]:
                    onward = np.int64(back[destination, q]) if destination >= 0 else 0
                    if arrive + service[1, request] + onward <= latest:
                        cost = per_s * (arrive - depart + onward - saved)
                        if cost < detour[1, request]:
                            detour[1, request], gap[1, request] = cost, at
        at = after


@inlined
def set_bound(layout: Layout, routes: Routes, table: Table, request: int, courier: int) -> int:
    """Put the bound of one request in one route into the table, from the gaps noted, and return it."""
    detour = table.detour[courier]
    tasks = layout.request[request, f.TASKS]
    if tasks == 1:
        bound = detour[0, request]
    elif tasks == 2:
        bound = min(detour[0, request] + detour[1, request], detour[2, request])
    else:
        bound = max(detour[0, request], detour[1, request])
    if routes.route[courier, f.COUNT]:
        start = len(layout.node) - 2 * len(layout.courier) + courier
        bound -= routes.stop[routes.stop[start, f.NEXT], f.COST_AFTER]
    else:
        bound += layout.courier[courier, f.FIXED]
    table.cost[request, courier] = bound
    table.version[request, courier] = -2 - routes.route[courier, f.VERSION]
    return int(bound)


@inlined
def rank(layout: Layout, routes: Routes, desk: Desk, table: Table, request: int) -> int:
    """Find the two cheapest routes of a request, as many of them for sure as are wanted.

    Returns how many costs had to be found.
    """
    cost, version, certain = table.cost[request], table.version[request], table.wanted[request]
    price = layout.request[request, f.PRICE]
    found = 0
    while True:
        first = second = -1
        least = next_least = price
        for courier in range(len(cost)):
            if cost[courier] < next_least:
                if cost[courier] < least:
                    second, next_least = first, least
                    first, least = courier, cost[courier]
                else:
                    second, next_least = courier, cost[courier]
        unsure = -1
        if certain > 0 and first >= 0 and version[first] < 0:
            unsure = first
        elif certain > 1 and second >= 0 and version[second] < 0:
            unsure = second
        if unsure < 0:
            table.first[request], table.second[request] = first, second
            table.sure[request] = certain
            return found
        found += 1
        cost[unsure] = added_cost(layout, routes, desk, request, unsure, price, False)
        version[unsure] = routes.route[unsure, f.VERSION]


@inlined
def fill_table(layout: Layout, routes: Routes, table: Table, requests: Ints, certain: int) -> None:
    """Note what all routes offer to `requests`, all of which are to be ranked."""
    couriers = len(layout.courier)
    for courier in range(couriers):
        end = len(layout.node) - couriers + courier
        note_gaps(layout, routes, table, requests, courier, routes.route[courier, f.FIRST_GAP], end, True)
        for request in requests:
            if layout.eligible[request, courier]:
                set_bound(layout, routes, table, request, courier)
    for request in requests:
        table.sure[request], table.wanted[request] = -1, certain


@inlined
def renew(
    layout: Layout, routes: Routes, desk: Desk, table: Table, requests: Ints, inserted: int, certain: int
) -> None:
    """Bring what is noted for `requests` up to date after one was inserted; some are to be ranked anew."""
    courier = routes.courier_of[inserted]
    end = len(layout.node) - len(layout.courier) + courier
    # The gaps in front of the tasks inserted are no longer what they were.
    stale = 0
    for request in requests:
        for which in range(3):
            gap = table.gap[courier, which, request]
            if gap >= 0 and layout.node[routes.stop[gap, f.NEXT], f.REQUEST] == inserted:
                table.stale[stale] = request
                stale += 1
                break
    first_gap = routes.route[courier, f.FIRST_GAP]
    note_gaps(layout, routes, table, table.stale[:stale], courier, first_gap, end, True)
    for number in range(desk.shape[0]):
        task = desk.answer[number, 0]
        note_gaps(layout, routes, table, requests, courier, task, routes.stop[task, f.NEXT], False)
        before = routes.stop[task, f.PREVIOUS]
        if layout.node[before, f.REQUEST] != inserted:
            note_gaps(layout, routes, table, requests, courier, before, task, False)
    for request in requests:
        if layout.eligible[request, courier]:
            bound = set_bound(layout, routes, table, request, courier)
            first, second = table.first[request], table.second[request]
            limit = layout.request[request, f.PRICE] if second < 0 else table.cost[request, second]
            if bound < limit or courier in (first, second):
                table.sure[request], table.wanted[request] = -1, certain
