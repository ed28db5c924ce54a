"""The best insertion of one request into one route, exactly: all of its tasks, in every order, at every position.

Compiled. The route is walked once. At each node there are *labels*: ways to have some of the request's tasks done by
now, each with what it has added to the cost and the time of departure. A label that another with the same tasks done
beats in both is dropped: feasibility and every cost of time only get worse with time, so nothing good can come of it.
(Dynamic programming with dominance, as for the elementary shortest path problem: Feillet, Dejax, Gendreau and Gueguen,
Networks 2004.)

Nothing is assumed of the matrices. Where a detour may save time, one more task may mend what an insertion broke;
therefore a label is dropped for what it breaks later on only where no insertion could mend it (`thorough`). The quick
mode assumes that a detour never saves anything, and so may miss such insertions.
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.anywhere import cost_anywhere
from solver.insertion.compiled import compiled, inlined, never_wide
from solver.insertion.desk import Desk, new_desk, prepare
from solver.insertion.flat import flat_cost, is_full
from solver.insertion.labels import copy, is_beaten, make_place
from solver.insertion.layout import Ints, Layout
from solver.insertion.refresh import refresh
from solver.insertion.room import has_room, has_room_after, may_begin
from solver.insertion.routes import Routes, assign, link
from solver.insertion.rules import Matrix, busy_s, leg, no_way, start_s, time_cost


@compiled
def later_cost(layout: Layout, routes: Routes, courier: int, before: int, node: int, arrive_s: int) -> int:
    """Return what arrival at `arrive_s` adds to delay and breach from `node` on. Nothing hard may be broken by it."""
    rows = layout.node
    durations = layout.durations_s[layout.courier[courier, f.PROFILE]]
    added = 0
    end = len(rows) - len(layout.courier) + courier
    while True:
        begin = start_s(rows, layout.window, node, arrive_s)
        added += time_cost(rows, layout.delay, layout.breach_cost_per_s, node, begin) - routes.stop[node, f.TIME_COST]
        depart = begin + busy_s(rows, before, node)
        if node == end or depart == routes.stop[node, f.DEPART]:
            return int(added)
        before, node = node, routes.stop[node, f.NEXT]
        arrive_s = depart + leg(durations, rows[before, f.PLACE], rows[node, f.PLACE])


@inlined
def least_detour(layout: Layout, routes: Routes, courier: int, task: int) -> int:
    """Return the least travel cost that one task alone adds to a route where time allows, or FAR."""
    rows, stop = layout.node, routes.stop
    durations = layout.durations_s[layout.courier[courier, f.PROFILE]]
    per_s, per_m = layout.courier[courier, f.PER_S], layout.courier[courier, f.PER_M]
    distances = layout.distances_m[layout.courier[courier, f.PROFILE] if per_m else 0]
    place, service = rows[task, f.PLACE], rows[task, f.SERVICE]
    last = f.FAR if rows[task, f.SOFT] else rows[task, f.LAST]
    end = len(rows) - len(layout.courier) + courier
    least = f.FAR
    at = routes.route[courier, f.FIRST_GAP]
    while at != end and stop[at, f.DEPART] <= last:
        after = stop[at, f.NEXT]
        at_place, after_place = rows[at, f.PLACE], rows[after, f.PLACE]
        reach, onward = leg(durations, at_place, place), leg(durations, place, after_place)
        arrive = stop[at, f.DEPART] + reach
        if arrive <= last and arrive + service + onward <= stop[after, f.LATEST_SAME]:
            detour = per_s * (reach + onward) - stop[after, f.LEG_COST]
            if per_m:
                detour += per_m * (leg(distances, at_place, place) + leg(distances, place, after_place))
            least = min(least, detour)
        at = after
    return least


@inlined
def quick_cost(layout: Layout, routes: Routes, desk: Desk, request: int, courier: int, limit: int) -> int:
    """Do what `added_cost` does, quickly."""
    end = len(layout.node) - len(layout.courier) + courier
    start = end - len(layout.courier)
    if routes.route[courier, f.COUNT]:
        lower = limit + routes.stop[routes.stop[start, f.NEXT], f.COST_AFTER]
        first = layout.request[request, f.FIRST_TASK]
        for task in range(first, first + layout.request[request, f.TASKS]):
            if routes.stop[task, f.PREVIOUS] < 0 and least_detour(layout, routes, courier, task) >= lower:
                return limit
    return added_cost(layout, routes, desk, request, courier, limit, False)


@compiled
def note_ways(
    rows: Ints, durations: Matrix, distances: Matrix, per_s: int, per_m: int, desk: Desk, at: int, after: int
) -> None:
    """Note in `Desk.gap` the way from node `at` over each task to node `after`."""
    origin, destination = rows[at, f.PLACE], rows[after, f.PLACE]
    for t in range(desk.shape[0]):
        place = rows[desk.task[t], f.PLACE]
        way = desk.gap[t]
        way[0] = leg(durations, origin, place)
        way[1] = leg(durations, place, destination)
        way[2] = per_s * way[0]
        way[3] = per_s * way[1]
        if per_m:
            way[2] += per_m * leg(distances, origin, place)
            way[3] += per_m * leg(distances, place, destination)


@compiled
def added_cost(
    layout: Layout, routes: Routes, desk: Desk, request: int, courier: int, limit: int, thorough: bool
) -> int:
    """Return the least cost that inserting a request adds to a route, or `limit` if it is not below that.

    The insertion stands in `Desk.answer`.
    """
    prepare(layout, routes, desk, request)
    if layout.wide:
        return cost_anywhere(layout, routes, desk, request, courier, limit, thorough)
    tasks = routes.route[courier, f.COUNT] + desk.shape[0]
    if is_full(layout.courier, layout.node, routes.stop, courier, tasks, layout.request[request, f.BOUND_TO] < 0):
        return limit
    flat = flat_cost(layout.flat, layout.request, routes.stop, request, courier)
    return int(cost_by_labels(layout, routes, desk, request, courier, limit - flat, thorough) + flat)


@never_wide(f.FAR)
def cost_by_labels(
    layout: Layout, routes: Routes, desk: Desk, request: int, courier: int, limit: int, thorough: bool
) -> int:
    """Do what `added_cost` does for a request whose tasks are on the desk, but for flat costs."""
    rows, window, net, load = layout.node, layout.window, layout.net, routes.load
    delay, breach = layout.delay, layout.breach_cost_per_s
    label, extra, due = desk.label, desk.extra, desk.due
    tasks, full = desk.shape[0], desk.shape[1]
    crew, room, route = layout.courier[courier], layout.capacity[courier], routes.route[courier]
    durations, per_s, per_m = layout.durations_s[crew[f.PROFILE]], crew[f.PER_S], crew[f.PER_M]
    distances = layout.distances_m[crew[f.PROFILE] if per_m else 0]
    at = len(rows) - 2 * len(layout.courier) + courier
    end = at + len(layout.courier)
    best = limit
    if layout.request[request, f.BOUND_TO] < 0 and not may_begin(extra[0], load[at], room):
        return best
    once = 0 if route[f.COUNT] else crew[f.FIXED]
    opened = False
    untouched = True  # nothing inserted yet is still a way to be here
    ways = 0
    while True:
        opened = opened or at == route[f.FIRST_GAP]
        after = routes.stop[at, f.NEXT]
        here, there = routes.stop[at], routes.stop[after]
        used = ways
        if untouched and opened:
            first = label[used]
            first[f.LABEL_COST], first[f.LABEL_TIME] = 0, here[f.DEPART]
            first[f.LABEL_SLOT], first[f.LABEL_COUNT] = 0, 0
            used += 1
        rest = used
        note_ways(rows, durations, distances, per_s, per_m, desk, at, after)
        saved, spare = there[f.LEG_COST] - once, there[f.COST_AFTER]
        row = 0
        while row < used:
            way = label[row]
            slot, count = way[f.LABEL_SLOT], way[f.LABEL_COUNT]
            column = f.LABEL_TASKS + 2 * count
            before = at if row < rest else way[column - 2]
            for t in range(tasks):
                done = desk.step[slot, t]
                if done < 0:
                    continue
                task = desk.task[t]
                gap = desk.gap[t]
                seconds, cost = gap[0], way[f.LABEL_COST] + gap[2]
                if row >= rest:
                    origin, place = rows[before, f.PLACE], rows[task, f.PLACE]
                    seconds = leg(durations, origin, place)
                    cost = way[f.LABEL_COST] + per_s * seconds
                    if per_m:
                        cost += per_m * leg(distances, origin, place)
                # The detour is the whole cost if this is the last task. Any other task costs more in the end, if no
                # way round is shorter than the way.
                whole = done == full
                if (whole or not thorough) and cost + gap[3] - saved - spare >= best:
                    continue
                if no_way(rows, before, task, seconds):
                    continue
                begin = start_s(rows, window, task, way[f.LABEL_TIME] + seconds)
                if begin < 0 or not has_room(net[task], load[at], extra[done], room):
                    continue
                depart = begin + busy_s(rows, before, task)
                cost += time_cost(rows, delay, breach, task, begin)
                if whole or not thorough:
                    same = busy_s(rows, task, after) == rows[after, f.SERVICE]
                    arrive = depart + gap[1]
                    if arrive > there[f.LATEST_SAME if same else f.LATEST_OTHER] or no_way(rows, task, after, gap[1]):
                        continue
                    detour = cost + gap[3] - saved - spare
                    if detour >= best:
                        continue
                    if whole:
                        if not has_room_after(routes.fullest[after], extra[full], room):
                            continue
                        if arrive > there[f.QUIET_SAME if same else f.QUIET_OTHER]:
                            detour += spare + later_cost(layout, routes, courier, task, after, arrive)
                        if detour < best:
                            best = detour
                            way[column], way[column + 1] = task, at
                            for number in range(count + 1):
                                answer = desk.answer[number]
                                copy(way[f.LABEL_TASKS + 2 * number :], answer, 2)
                        continue
                if depart > due[done] or used == len(label):
                    continue
                if not is_beaten(label, rest, used, done, column, task, cost, depart):
                    fresh = label[used]
                    copy(way, fresh, column)
                    fresh[f.LABEL_COST], fresh[f.LABEL_TIME] = cost, depart
                    fresh[f.LABEL_SLOT], fresh[f.LABEL_COUNT] = done, count + 1
                    fresh[f.LABEL_ONWARD], fresh[f.LABEL_ONWARD_COST] = gap[1], gap[3]
                    fresh[column], fresh[column + 1] = task, at
                    used += 1
            row += 1
        if after == end:
            return int(best)
        # On to the next node, with what is left of the labels.
        ways = 0
        straight = leg(durations, rows[at, f.PLACE], rows[after, f.PLACE])
        puts_on = rows[after, f.PUTS_ON]
        for row in range(used):
            way = label[row]
            slot, count, cost = way[f.LABEL_SLOT], way[f.LABEL_COUNT], way[f.LABEL_COST]
            if count == 0:
                continue
            column = f.LABEL_TASKS + 2 * count
            before, seconds = at, straight
            if row >= rest:
                before, seconds = way[column - 2], way[f.LABEL_ONWARD]
                if no_way(rows, before, after, seconds):
                    continue
                cost += way[f.LABEL_ONWARD_COST] - there[f.LEG_COST]
            arrive = way[f.LABEL_TIME] + seconds
            begin = start_s(rows, window, after, arrive)
            if begin < 0 or (puts_on and not has_room(net[after], load[after], extra[slot], room)):
                continue
            cost += time_cost(rows, delay, breach, after, begin) - there[f.TIME_COST]
            busy = busy_s(rows, before, after)
            depart = begin + busy
            if thorough:
                hopeless = begin > there[f.RELAXED]
            else:
                same = busy == rows[after, f.SERVICE]
                hopeless = arrive > there[f.LATEST_SAME if same else f.LATEST_OTHER]
                hopeless = hopeless or cost + once - spare + there[f.TIME_COST] >= best
            if hopeless or depart > due[slot]:
                continue
            left = make_place(label, ways, slot, cost, depart)
            if left >= 0:
                target = label[left]
                copy(way, target, column)
                target[f.LABEL_COST], target[f.LABEL_TIME] = cost, depart
                ways = left + 1
        at = after
        untouched = (
            untouched and there[f.DEPART] <= due[0] and (not puts_on or has_room(net[at], load[at], extra[0], room))
        )
        if not untouched and ways == 0:
            return int(best)


@compiled
def put_in(layout: Layout, routes: Routes, desk: Desk, request: int, courier: int) -> None:
    """Carry out `Desk.answer`, and refresh the route."""
    last, gap = -1, -1
    for number in range(desk.shape[0]):
        node, follows = desk.answer[number, 0], desk.answer[number, 1]
        link(routes.stop, node, last if follows == gap else follows)
        last, gap = node, follows
    assign(layout, routes, request, courier)
    refresh(layout, routes, courier)


__all__ = ["Desk", "added_cost", "new_desk", "put_in", "quick_cost"]
