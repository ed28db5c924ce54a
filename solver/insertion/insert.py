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
from solver.insertion.compiled import compiled, inlined
from solver.insertion.desk import Desk, new_desk, prepare
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import (
    Routes,
    busy_s,
    leg,
    link,
    no_way,
    refresh,
    start_s,
    time_cost,
)


@compiled
def has_room(net: Ints, load: Ints, extra: Ints, capacity: Ints, task: int, at: int, slot: int, courier: int) -> bool:
    """Return whether a task may put on board what it does, at node `at` of the route, the request being in `slot`."""
    for d in range(net.shape[1]):
        if net[task, d] > 0 and load[at, d] + extra[slot, d] > capacity[courier, d]:
            return False
    return True


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
def added_cost(
    layout: Layout, routes: Routes, desk: Desk, request: int, courier: int, limit: int, thorough: bool
) -> int:
    """Return the least cost that inserting a request adds to a route, or `limit` if it is not below that.

    The insertion stands in `Desk.answer`.
    """
    prepare(layout, routes, desk, request)
    rows, window, net, capacity = layout.node, layout.window, layout.net, layout.capacity
    delay, breach = layout.delay, layout.breach_cost_per_s
    stop, load = routes.stop, routes.load
    label, extra, due, gap = desk.label, desk.extra, desk.due, desk.gap
    tasks, full = desk.shape[0], desk.shape[1]
    durations = layout.durations_s[layout.courier[courier, f.PROFILE]]
    per_s, per_m = layout.courier[courier, f.PER_S], layout.courier[courier, f.PER_M]
    distances = layout.distances_m[layout.courier[courier, f.PROFILE] if per_m else 0]
    start = len(rows) - 2 * len(layout.courier) + courier
    end = start + len(layout.courier)
    first_gap = routes.route[courier, f.FIRST_GAP]
    once = 0 if routes.route[courier, f.COUNT] else layout.courier[courier, f.FIXED]
    best = limit
    for d in range(net.shape[1]):
        if (
            layout.request[request, f.BOUND_TO] < 0
            and extra[0, d] > 0
            and load[start, d] + extra[0, d] > capacity[courier, d]
        ):
            return best
    opened = False
    untouched = True  # nothing inserted yet is still a way to be here
    ways = 0
    at = start
    while True:
        opened = opened or at == first_gap
        after = stop[at, f.NEXT]
        at_place, after_place = rows[at, f.PLACE], rows[after, f.PLACE]
        used = ways
        if untouched and opened:
            label[used, f.LABEL_COST] = 0
            label[used, f.LABEL_TIME] = stop[at, f.DEPART]
            label[used, f.LABEL_SLOT] = 0
            label[used, f.LABEL_COUNT] = 0
            used += 1
        rest = used
        # What all ways to be at this node have in common: the way to each task, and from there on to the next node.
        for t in range(tasks):
            task = desk.task[t]
            place = rows[task, f.PLACE]
            reach = leg(durations, at_place, place)
            onward = leg(durations, place, after_place)
            cost = per_s * (reach + onward) - stop[after, f.LEG_COST] + once
            if per_m:
                cost += per_m * (leg(distances, at_place, place) + leg(distances, place, after_place))
            gap[t, 0], gap[t, 1], gap[t, 2] = reach, onward, cost
        spare = stop[after, f.COST_AFTER]
        row = 0
        while row < used:
            slot, count = label[row, f.LABEL_SLOT], label[row, f.LABEL_COUNT]
            before = at if row < rest else label[row, f.LABEL_TASKS + 2 * count - 2]
            for t in range(tasks):
                done = desk.step[slot, t]
                if done < 0:
                    continue
                task = desk.task[t]
                place = rows[task, f.PLACE]
                # The detour: the whole cost if this is the last task, and no more than that for any other task, if
                # no way round is shorter.
                seconds, detour = gap[t, 0], label[row, f.LABEL_COST] + gap[t, 2]
                onward = gap[t, 1]
                if row >= rest:
                    seconds = leg(durations, rows[before, f.PLACE], place)
                    detour += per_s * (seconds - gap[t, 0])
                    if per_m:
                        detour += per_m * leg(distances, rows[before, f.PLACE], place)
                        detour -= per_m * leg(distances, at_place, place)
                if (done == full or not thorough) and detour - spare >= best:
                    continue
                if no_way(rows, before, task, seconds):
                    continue
                begin = start_s(rows, window, task, label[row, f.LABEL_TIME] + seconds)
                if begin < 0 or not has_room(net, load, extra, capacity, task, at, done, courier):
                    continue
                depart = begin + busy_s(rows, before, task)
                detour += time_cost(rows, delay, breach, task, begin)
                passable = not no_way(rows, task, after, onward)
                same = busy_s(rows, task, after) == rows[after, f.SERVICE]
                in_time = depart + onward <= stop[after, f.LATEST_SAME if same else f.LATEST_OTHER]
                if done == full:
                    if not passable or not in_time or detour - spare >= best:
                        continue
                    fits = True
                    for d in range(net.shape[1]):
                        fits = fits and routes.fullest[after, d] + extra[full, d] <= capacity[courier, d]
                    if not fits:
                        continue
                    if depart + onward <= stop[after, f.QUIET_SAME if same else f.QUIET_OTHER]:
                        detour -= spare
                    else:
                        detour += later_cost(layout, routes, courier, task, after, depart + onward)
                    if detour < best:
                        best = detour
                        for number in range(count):
                            desk.answer[number, 0] = label[row, f.LABEL_TASKS + 2 * number]
                            desk.answer[number, 1] = label[row, f.LABEL_TASKS + 2 * number + 1]
                        desk.answer[count, 0], desk.answer[count, 1] = task, at
                    continue
                if depart > due[done] or used == len(label):
                    continue
                if not thorough and not (passable and in_time and detour - spare < best):
                    continue
                cost = detour - per_s * onward + stop[after, f.LEG_COST] - once
                if per_m:
                    cost -= per_m * leg(distances, place, after_place)
                beaten = False
                for other in range(rest, used):
                    beaten = beaten or (
                        label[other, f.LABEL_SLOT] == done
                        and label[other, f.LABEL_TASKS + 2 * count] == task
                        and label[other, f.LABEL_COST] <= cost
                        and label[other, f.LABEL_TIME] <= depart
                    )
                if beaten:
                    continue
                label[used, f.LABEL_COST] = cost
                label[used, f.LABEL_TIME] = depart
                label[used, f.LABEL_SLOT] = done
                label[used, f.LABEL_COUNT] = count + 1
                label[used, f.LABEL_ONWARD] = onward
                for column in range(f.LABEL_TASKS, f.LABEL_TASKS + 2 * count):
                    label[used, column] = label[row, column]
                label[used, f.LABEL_TASKS + 2 * count] = task
                label[used, f.LABEL_TASKS + 2 * count + 1] = at
                used += 1
            row += 1
        if after == end:
            return best
        # On to the next node, with what is left of the labels.
        ways = 0
        straight = leg(durations, at_place, after_place)
        puts_on = rows[after, f.PUTS_ON]
        for row in range(used):
            count = label[row, f.LABEL_COUNT]
            if count == 0:
                continue
            slot, cost = label[row, f.LABEL_SLOT], label[row, f.LABEL_COST]
            before, seconds = at, straight
            if row >= rest:
                before = label[row, f.LABEL_TASKS + 2 * count - 2]
                seconds = label[row, f.LABEL_ONWARD]
                if no_way(rows, before, after, seconds):
                    continue
                cost += per_s * seconds - stop[after, f.LEG_COST]
                if per_m:
                    cost += per_m * leg(distances, rows[before, f.PLACE], after_place)
            arrive = label[row, f.LABEL_TIME] + seconds
            begin = start_s(rows, window, after, arrive)
            if begin < 0 or (puts_on and not has_room(net, load, extra, capacity, after, after, slot, courier)):
                continue
            cost += time_cost(rows, delay, breach, after, begin) - stop[after, f.TIME_COST]
            busy = busy_s(rows, before, after)
            depart = begin + busy
            if depart > due[slot]:
                continue
            if thorough:
                if begin > stop[after, f.RELAXED]:
                    continue
            else:
                same = busy == rows[after, f.SERVICE]
                if arrive > stop[after, f.LATEST_SAME if same else f.LATEST_OTHER]:
                    continue
                if cost + once - stop[stop[after, f.NEXT], f.COST_AFTER] >= best:
                    continue
            beaten = False
            other = 0
            while other < ways:
                if label[other, f.LABEL_SLOT] == slot:
                    if label[other, f.LABEL_COST] <= cost and label[other, f.LABEL_TIME] <= depart:
                        beaten = True
                        break
                    if label[other, f.LABEL_COST] >= cost and label[other, f.LABEL_TIME] >= depart:
                        ways -= 1
                        for column in range(label.shape[1]):
                            label[other, column] = label[ways, column]
                        continue
                other += 1
            if beaten:
                continue
            label[ways, f.LABEL_COST] = cost
            label[ways, f.LABEL_TIME] = depart
            label[ways, f.LABEL_SLOT] = slot
            label[ways, f.LABEL_COUNT] = count
            for column in range(f.LABEL_TASKS, f.LABEL_TASKS + 2 * count):
                label[ways, column] = label[row, column]
            ways += 1
        at = after
        untouched = (
            untouched
            and stop[at, f.DEPART] <= due[0]
            and (not puts_on or has_room(net, load, extra, capacity, at, at, 0, courier))
        )
        if not untouched and ways == 0:
            return best


@compiled
def put_in(layout: Layout, routes: Routes, desk: Desk, request: int, courier: int) -> None:
    """Carry out `Desk.answer`, and refresh the route."""
    last, gap = -1, -1
    for number in range(desk.shape[0]):
        node, follows = desk.answer[number, 0], desk.answer[number, 1]
        link(routes.stop, node, last if follows == gap else follows)
        last, gap = node, follows
    routes.courier_of[request] = courier
    refresh(layout, routes, courier)


__all__ = ["Desk", "added_cost", "new_desk", "put_in", "quick_cost"]
