"""The cheapest places for a request of one load and one unload in a route. Compiled.

What `solver.insertion.insert` finds for any request in its quick mode, found by less work for this kind. For each gap
that the load may go into, the unload is tried in that gap and in each further one, as long as what has been inserted
breaks nothing and could still be cheaper: the least detour of the unload from each gap on is known beforehand.
"""

from __future__ import annotations

from typing import Final

from solver.insertion import fields as f
from solver.insertion.compiled import compiled, never_wide
from solver.insertion.insert import later_cost
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes
from solver.insertion.rules import busy_s, leg, no_way, start_s, time_cost

# Columns of `ways`: from the node before a gap to the unload, and from there to the node behind it.
REACH_S: Final = 0
ONWARD_S: Final = 1
REACH_COST: Final = 2
ONWARD_COST: Final = 3
DETOUR: Final = 4
LEAST: Final = 5  # the least detour in this gap or a further one
WAYS: Final = 6


@compiled
def note_unload(layout: Layout, routes: Routes, task: int, courier: int, ways: Ints) -> int:
    """Note what the unload alone would cost in every gap it could be in time for, and return how many those are."""
    rows, stop = layout.node, routes.stop
    crew = layout.courier[courier]
    per_s, per_m = crew[f.PER_S], crew[f.PER_M]
    distances = layout.distances_m[crew[f.PROFILE] if per_m else 0]
    end = len(rows) - len(layout.courier) + courier
    last = f.FAR if rows[task, f.SOFT] else rows[task, f.LAST]
    place = rows[task, f.PLACE]
    to_it, from_it = layout.reverse_s[crew[f.PROFILE], place], layout.durations_s[crew[f.PROFILE], place]
    at = routes.route[courier, f.FIRST_GAP]
    here = stop[at, f.AT]
    gaps = 0
    while at != end and stop[at, f.DEPART] <= last:
        after = stop[at, f.NEXT]
        ahead = stop[after, f.AT]
        reach_s = int(to_it[here]) if here >= 0 else 0
        onward_s = int(from_it[ahead]) if ahead >= 0 else 0
        reach_cost, onward_cost = per_s * reach_s, per_s * onward_s
        if per_m:
            reach_cost += per_m * leg(distances, here, place)
            onward_cost += per_m * leg(distances, place, ahead)
        ways[gaps, REACH_S], ways[gaps, ONWARD_S] = reach_s, onward_s
        ways[gaps, REACH_COST], ways[gaps, ONWARD_COST] = reach_cost, onward_cost
        ways[gaps, DETOUR] = ways[gaps, LEAST] = reach_cost + onward_cost - stop[after, f.LEG_COST]
        gaps += 1
        at, here = after, ahead
    for gap in range(gaps - 2, -1, -1):
        ways[gap, LEAST] = min(ways[gap, LEAST], ways[gap + 1, LEAST])
    return gaps


@compiled
def close(
    layout: Layout,
    routes: Routes,
    request: int,
    courier: int,
    before: int,
    arrive: int,
    after: int,
    onward_s: int,
    cost: int,
    best: int,
) -> int:
    """Return the whole cost if the unload follows `before`, reached at `arrive`; `best` if it is not below that.

    `cost` is that of all legs and of what is late up to `before`.
    """
    rows, stop = layout.node, routes.stop
    task = layout.request[request, f.FIRST_TASK] + 1
    begin = start_s(rows, layout.window, task, arrive)
    if begin < 0 or no_way(rows, task, after, onward_s):
        return best
    arrive = begin + busy_s(rows, before, task) + onward_s
    same = not rows[after, f.SETUP] or rows[task, f.PLACE] == rows[after, f.PLACE]
    if arrive > stop[after, f.LATEST_SAME if same else f.LATEST_OTHER]:
        return best
    room = layout.capacity[courier]
    origin = before if rows[before, f.ROW] != request else stop[after, f.PREVIOUS]
    for d in range(len(room)):
        held = layout.net[task - 1, d] + layout.net[task, d]
        if layout.net[task, d] > 0 and routes.load[origin, d] + held > room[d]:
            return best
        if routes.fullest[after, d] + held > room[d]:
            return best
    cost += time_cost(rows, layout.delay, layout.breach_cost_per_s, task, begin)
    if arrive > stop[after, f.QUIET_SAME if same else f.QUIET_OTHER]:
        if cost - stop[after, f.COST_AFTER] >= best:
            return best
        cost += later_cost(layout, routes, courier, task, after, arrive)
    else:
        cost -= stop[after, f.COST_AFTER]
    return int(min(cost, best))


@never_wide(f.FAR)
def cost_of_two(
    layout: Layout, routes: Routes, request: int, courier: int, limit: int, answer: Ints, ways: Ints
) -> int:
    """Return the least cost that a load and an unload add to a route, or `limit` if it is not below that.

    The nodes that they are to follow stand in `answer`, the same one twice if the unload comes directly after the load.

    Parameters
    ----------
    ways
        (tasks + 1, `WAYS`): room to work in.
    """
    rows, window, delay, breach = layout.node, layout.window, layout.delay, layout.breach_cost_per_s
    net, load, stop = layout.net, routes.load, routes.stop
    crew, room = layout.courier[courier], layout.capacity[courier]
    first = layout.request[request, f.FIRST_TASK]
    second = first + 1
    end = len(rows) - len(layout.courier) + courier
    gaps = note_unload(layout, routes, second, courier, ways)
    durations, per_s, per_m = layout.durations_s[crew[f.PROFILE]], crew[f.PER_S], crew[f.PER_M]
    distances = layout.distances_m[crew[f.PROFILE] if per_m else 0]
    p, q = rows[first, f.PLACE], rows[second, f.PLACE]
    between_s = leg(durations, p, q)
    between_cost = per_s * between_s + (per_m * leg(distances, p, q) if per_m else 0)
    adjacent = not no_way(rows, first, second, between_s)
    last_p = f.FAR if rows[first, f.SOFT] else rows[first, f.LAST]
    last_q = f.FAR if rows[second, f.SOFT] else rows[second, f.LAST]
    dimensions = net.shape[1]
    once = 0 if routes.route[courier, f.COUNT] else crew[f.FIXED]
    best = limit
    at = routes.route[courier, f.FIRST_GAP]
    for gap in range(gaps):
        if at == end or stop[at, f.DEPART] > last_p:
            break
        after = stop[at, f.NEXT]
        here, ahead = rows[at, f.PLACE], rows[after, f.PLACE]
        reach_s = leg(durations, here, p)
        begin = start_s(rows, window, first, stop[at, f.DEPART] + reach_s)
        fits = begin >= 0 and not no_way(rows, at, first, reach_s)
        for d in range(dimensions):
            fits = fits and (net[first, d] <= 0 or load[at, d] + net[first, d] <= room[d])
        if fits:
            cost = once + per_s * reach_s - stop[after, f.LEG_COST] + time_cost(rows, delay, breach, first, begin)
            if per_m:
                cost += per_m * leg(distances, here, p)
            leaves = begin + busy_s(rows, at, first)
            way = ways[gap]
            if adjacent:
                whole = cost + between_cost + way[ONWARD_COST]
                if whole - stop[after, f.COST_AFTER] < best:
                    found = close(
                        layout, routes, request, courier, first, leaves + between_s, after, way[ONWARD_S], whole, best
                    )
                    if found < best:
                        best = found
                        answer[0] = answer[1] = at
            onward_s = leg(durations, p, ahead)
            cost += per_s * onward_s
            if per_m:
                cost += per_m * leg(distances, p, ahead)
            node, before, arrive, further = after, first, leaves + onward_s, gap + 1
            if no_way(rows, first, after, onward_s):
                further = gaps
            while further < gaps and cost + ways[further, LEAST] - stop[node, f.COST_AFTER] < best:
                same = not rows[node, f.SETUP] or rows[before, f.PLACE] == rows[node, f.PLACE]
                if arrive > stop[node, f.LATEST_SAME if same else f.LATEST_OTHER]:
                    break
                if rows[node, f.PUTS_ON]:
                    for d in range(dimensions):
                        fits = fits and (net[node, d] <= 0 or load[node, d] + net[first, d] <= room[d])
                    if not fits:
                        break
                if rows[node, f.KIND] == f.PLAIN:
                    leaves = max(arrive, rows[node, f.OPENS_S]) + rows[node, f.SERVICE]
                else:
                    begin = start_s(rows, window, node, arrive)
                    cost += time_cost(rows, delay, breach, node, begin) - stop[node, f.TIME_COST]
                    leaves = begin + busy_s(rows, before, node)
                if leaves > last_q:
                    break
                beyond = stop[node, f.NEXT]
                way = ways[further]
                whole = cost + way[DETOUR]
                if whole - stop[beyond, f.COST_AFTER] < best and not no_way(rows, node, second, way[REACH_S]):
                    found = close(
                        layout,
                        routes,
                        request,
                        courier,
                        node,
                        leaves + way[REACH_S],
                        beyond,
                        way[ONWARD_S],
                        whole,
                        best,
                    )
                    if found < best:
                        best = found
                        answer[0], answer[1] = at, node
                arrive = leaves + leg(durations, rows[node, f.PLACE], rows[beyond, f.PLACE])
                before, node = node, beyond
                further += 1
        at = after
    return int(best)
