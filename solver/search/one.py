"""The cheapest place for a request of one task in a route. Compiled.

What `solver.insertion.insert` finds for any request in its quick mode, found by less work for this kind.
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled, never_wide
from solver.insertion.insert import later_cost
from solver.insertion.layout import Ints, Layout
from solver.insertion.room import has_room, may_begin
from solver.insertion.routes import Routes
from solver.insertion.rules import leg, no_way, start_s, time_cost


@never_wide(f.FAR)
def cost_of_one(layout: Layout, routes: Routes, request: int, courier: int, limit: int, answer: Ints) -> int:
    """Return the least cost that a request's only task adds to a route, or `limit` if it is not below that.

    The node that it is to follow stands in `answer[0]`.
    """
    rows, window, net, load, stop = layout.node, layout.window, layout.net, routes.load, routes.stop
    crew, room, initial = layout.courier[courier], layout.capacity[courier], layout.initial[request]
    task = layout.request[request, f.FIRST_TASK]
    end = len(rows) - len(layout.courier) + courier
    bound = layout.request[request, f.BOUND_TO] >= 0
    start = end - len(layout.courier)
    at = routes.route[courier, f.FIRST_GAP]
    if not bound and not may_begin(initial, load[start], room):
        return limit
    if not bound and not fits_before(layout, routes, start, at, initial, room):
        return limit
    per_s, per_m = crew[f.PER_S], crew[f.PER_M]
    distances = layout.distances_m[crew[f.PROFILE] if per_m else 0]
    place, service, setup = rows[task, f.PLACE], rows[task, f.SERVICE], rows[task, f.SETUP]
    to_it, from_it = layout.reverse_s[crew[f.PROFILE], place], layout.durations_s[crew[f.PROFILE], place]
    last = f.FAR if rows[task, f.SOFT] else rows[task, f.LAST]
    plain, opens = rows[task, f.KIND] == f.PLAIN, rows[task, f.OPENS_S]
    loaded = net.shape[1] > 0
    once = 0 if routes.route[courier, f.COUNT] else crew[f.FIXED]
    best = limit
    here = stop[at, f.AT]
    while at != end:
        after = stop[at, f.NEXT]
        ahead = stop[after, f.AT]
        depart = stop[at, f.DEPART]
        if depart > last:
            break
        if stop[after, f.LATEST_SAME] < opens + service:
            # Whatever comes next cannot wait for this task to begin.
            at, here = after, ahead
            if rows[at, f.PUTS_ON] and not bound and not has_room(net[at], load[at], initial, room):
                break
            continue
        reach = int(to_it[here]) if here >= 0 else 0
        onward = int(from_it[ahead]) if ahead >= 0 else 0
        cost = per_s * (reach + onward) - stop[after, f.LEG_COST] - stop[after, f.COST_AFTER] + once
        if per_m:
            cost += per_m * (leg(distances, here, place) + leg(distances, place, ahead))
        if cost < best and not no_way(rows, at, task, reach) and not no_way(rows, task, after, onward):
            if plain:
                begin = max(depart + reach, opens)
                if begin > last:
                    begin = f.NEVER
            else:
                begin = start_s(rows, window, task, depart + reach)
            if begin >= 0:
                leaves = begin + service
                if not plain:
                    if setup and here >= 0 and here != place:
                        leaves += setup
                    cost += time_cost(rows, layout.delay, layout.breach_cost_per_s, task, begin)
                arrive = leaves + onward
                same = not rows[after, f.SETUP] or place == ahead
                if (
                    cost < best
                    and arrive <= stop[after, f.LATEST_SAME if same else f.LATEST_OTHER]
                    and (not loaded or fits_here(layout, routes, request, task, at, after, room, bound))
                ):
                    if arrive > stop[after, f.QUIET_SAME if same else f.QUIET_OTHER]:
                        cost += stop[after, f.COST_AFTER] + later_cost(layout, routes, courier, task, after, arrive)
                    if cost < best:
                        best = cost
                        answer[0] = at
        at, here = after, ahead
        if rows[at, f.PUTS_ON] and not bound and not has_room(net[at], load[at], initial, room):
            break
    return int(best)


@compiled
def fits_before(layout: Layout, routes: Routes, start: int, gap: int, initial: Ints, room: Ints) -> bool:
    """Return whether the frozen stops, up to the first gap, have room for what is brought along."""
    fits = True
    node = start
    while fits and node != gap:
        node = routes.stop[node, f.NEXT]
        fits = not layout.node[node, f.PUTS_ON] or has_room(layout.net[node], routes.load[node], initial, room)
    return fits


@compiled
def fits_here(
    layout: Layout, routes: Routes, request: int, task: int, at: int, after: int, room: Ints, bound: bool
) -> bool:
    """Return whether there is room for a task between two nodes, and for what it leaves on board from there on."""
    fits = True
    for d in range(len(room)):
        more = layout.net[task, d]
        held = (0 if bound else layout.initial[request, d]) + more
        fits = fits and (more <= 0 or routes.load[at, d] + held <= room[d])
        fits = fits and routes.fullest[after, d] + held <= room[d]
    return fits
