"""The best insertion of one request into a route of a wide problem: every order, every position, driven through.

Compiled. Slower by far than the labels of `solver.insertion.insert`, and right whatever the rules: what comes of an
insertion is not foretold but tried. Only what travel alone makes too dear is passed over, unless it depends on the
hour.
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled, only_wide
from solver.insertion.desk import Desk
from solver.insertion.drive import drive
from solver.insertion.layout import Layout
from solver.insertion.refresh import list_stops
from solver.insertion.routes import Routes
from solver.insertion.rules import leg

MANY_TASKS = 4
"""More tasks than this are inserted in the order given and at two places at most: all loads at one, all unloads at
another."""


@only_wide(f.FAR)
def cost_anywhere(
    layout: Layout, routes: Routes, desk: Desk, row: int, courier: int, limit: int, thorough: bool
) -> int:
    """Return the least cost that inserting a request, in the way of a row, adds to a route, or `limit` if none is less.

    The tasks to insert are on the desk; the insertion stands in `Desk.answer`. If not `thorough`, it is taken for
    granted that nothing gets sooner by an insertion.
    """
    tasks = desk.shape[0]
    count = list_stops(layout, routes, courier)
    old = routes.route[courier, f.COST]
    first_gap = 0
    if layout.node[desk.task[0], f.STEP] != f.BREAK:
        last_frozen = routes.route[courier, f.FIRST_GAP]
        for position in range(count):
            if routes.track[f.ORDER, position] == last_frozen:
                first_gap = position + 1
    note_detours(layout, routes, desk, courier, count)
    spare = routes.route[courier, f.SPARE]
    best = limit
    loads = 0
    for number in range(tasks):
        loads += desk.task[number] < layout.request[row, f.FIRST_TASK] + layout.request[row, f.LOADS]
    if loads < 2 and tasks - loads < 2 and not layout.has_hours:
        trials = list_trials(layout, routes, desk, courier, count, first_gap, best + spare, thorough)
        if trials >= 0:
            return nearest_first(layout, routes, desk, courier, count, trials, old, spare, best)
    for number in range(tasks):
        desk.order[number], desk.gaps[number] = number, first_gap
    while True:
        best = in_this_order(layout, routes, desk, courier, count, first_gap, loads, old, spare, best)
        if tasks > MANY_TASKS or not next_order(desk, loads, tasks):
            return int(best)


@compiled
def list_trials(
    layout: Layout,
    routes: Routes,
    desk: Desk,
    courier: int,
    count: int,
    first_gap: int,
    most: int,
    thorough: bool,
) -> int:
    """Put the positions for one task, or a load and its unload, that cost less than `most` into `Desk.trial`.

    Return how many there are, -1 if there is no room for them. Where a task would be too late, it is not put.
    """
    tasks, used = desk.shape[0], 0
    desk.order[0], desk.gaps[0] = 0, first_gap
    if tasks == 2:
        desk.order[1] = 1
    for first in range(first_gap, count + 1):
        if is_too_late(layout, routes, desk, courier, 0, first, thorough):
            break
        desk.gaps[0] = first
        last = count if tasks == 2 else first
        for second in range(first, last + 1):
            if tasks == 2:
                if is_too_late(layout, routes, desk, courier, 1, second, thorough):
                    break
                desk.gaps[1] = second
            detour = least_detour(layout, routes, desk, courier, count)
            if detour < most:
                if used == len(desk.trial):
                    return -1
                desk.trial[used, 0], desk.trial[used, 1], desk.trial[used, 2] = detour, first, second
                used += 1
    return used


@compiled
def is_too_late(
    layout: Layout, routes: Routes, desk: Desk, courier: int, number: int, gap: int, thorough: bool
) -> bool:
    """Return whether the stop before a gap is left later than a task may start.

    That is when it is left now; an insertion ahead of it can make that sooner, by a short cut, a set-up that is saved
    or a load that need not wait any longer: if `thorough`, what counts is when it is left at the soonest.
    """
    task = desk.task[number]
    if gap == 0 or layout.node[task, f.SOFT] or routes.route[courier, f.COUNT] == 0:
        return False
    left = routes.stop[routes.track[f.ORDER, gap - 1], f.DEPART]
    if thorough:
        left = desk.detour[gap, 1 + 2 * desk.shape[0]]
    return bool(left > layout.node[task, f.LAST])


@compiled
def nearest_first(
    layout: Layout,
    routes: Routes,
    desk: Desk,
    courier: int,
    count: int,
    trials: int,
    old: int,
    spare: int,
    best: int,
) -> int:
    """Try the positions in `Desk.trial`, those of the least detour first; return the least cost added, or `best`."""
    tasks = desk.shape[0]
    while trials:
        least = 0
        for number in range(1, trials):
            if desk.trial[number, 0] < desk.trial[least, 0]:
                least = number
        if desk.trial[least, 0] - spare >= best:
            break
        desk.gaps[0] = desk.trial[least, 1]
        if tasks == 2:
            desk.gaps[1] = desk.trial[least, 2]
        best = try_gaps(layout, routes, desk, courier, count, old, best)
        trials -= 1
        for column in range(3):
            desk.trial[least, column] = desk.trial[trials, column]
    return int(best)


@compiled
def try_gaps(layout: Layout, routes: Routes, desk: Desk, courier: int, count: int, old: int, best: int) -> int:
    """Drive the route with the tasks at the positions of `Desk.gaps`; return what they add if less than `best`."""
    tasks = desk.shape[0]
    merge(routes, desk, count)
    cost = drive(layout, routes, courier, f.TRIAL, count + tasks, old + best if best < f.FAR - old else f.FAR)
    if cost >= f.FAR or cost - old >= best:
        return best
    for number in range(tasks):
        desk.answer[number, 0] = desk.task[desk.order[number]]
        desk.answer[number, 1] = before_gap(layout, routes, courier, desk.gaps[number])
    return int(cost - old)


@compiled
def in_this_order(
    layout: Layout,
    routes: Routes,
    desk: Desk,
    courier: int,
    count: int,
    first_gap: int,
    loads: int,
    old: int,
    spare: int,
    best: int,
) -> int:
    """Try all positions for the tasks in the order of `Desk.order`; return the least cost added, or `best`."""
    tasks = desk.shape[0]
    gaps = desk.gaps
    for number in range(tasks):
        gaps[number] = first_gap
    while True:
        if layout.has_hours or least_detour(layout, routes, desk, courier, count) - spare < best:
            best = try_gaps(layout, routes, desk, courier, count, old, best)
        # The next positions: the last task moves on first, none comes before the one ahead of it.
        number = tasks - 1
        while number >= 0 and gaps[number] == count:
            number -= 1
        if number < 0:
            return int(best)
        if tasks > MANY_TASKS:
            number = loads if number >= loads else 0
        gaps[number] += 1
        for later in range(number + 1, tasks):
            gaps[later] = gaps[number]


@compiled
def next_order(desk: Desk, loads: int, tasks: int) -> bool:
    """Put the next order of loads, then of unloads, into `Desk.order`; False after the last one."""
    return next_permutation(desk, loads, tasks) or next_permutation(desk, 0, loads)


@compiled
def next_permutation(desk: Desk, first: int, last: int) -> bool:
    """Put entries `first` to `last` - 1 of `Desk.order` into the next order; False, and into the first, at the end."""
    order = desk.order
    pivot = last - 2
    while pivot >= first and order[pivot] > order[pivot + 1]:
        pivot -= 1
    found = pivot >= first
    if found:
        other = last - 1
        while order[other] < order[pivot]:
            other -= 1
        order[pivot], order[other] = order[other], order[pivot]
    left, right = pivot + 1 if found else first, last - 1
    while left < right:
        order[left], order[right] = order[right], order[left]
        left, right = left + 1, right - 1
    return found


@compiled
def merge(routes: Routes, desk: Desk, count: int) -> None:
    """Put the route with the tasks inserted into row `fields.TRIAL` of `Routes.track`."""
    tasks, used, number = desk.shape[0], 0, 0
    for position in range(count + 1):
        while number < tasks and desk.gaps[number] == position:
            routes.track[f.TRIAL, used] = desk.task[desk.order[number]]
            used, number = used + 1, number + 1
        if position < count:
            routes.track[f.TRIAL, used] = routes.track[f.ORDER, position]
            used += 1


@compiled
def before_gap(layout: Layout, routes: Routes, courier: int, gap: int) -> int:
    """Return the node that a gap follows."""
    if gap:
        return int(routes.track[f.ORDER, gap - 1])
    return len(layout.node) - 2 * len(layout.courier) + courier


@compiled
def place_ahead(layout: Layout, routes: Routes, courier: int, position: int, count: int, step: int) -> int:
    """Return the place of the first stop from a position on, by `step`, that is not a break; or of start or end."""
    while 0 <= position < count:
        node = routes.track[f.ORDER, position]
        if layout.node[node, f.STEP] != f.BREAK:
            return int(layout.node[node, f.PLACE])
        position += step
    end = len(layout.node) - len(layout.courier) + courier
    return int(layout.node[end if step > 0 else end - len(layout.courier), f.PLACE])


@compiled
def way_cost(layout: Layout, courier: int, origin: int, destination: int) -> int:
    """Return what a leg costs, whatever the hour."""
    crew = layout.courier[courier]
    cost = crew[f.PER_S] * leg(layout.durations_s[crew[f.PROFILE]], origin, destination)
    if crew[f.PER_M]:
        cost += crew[f.PER_M] * leg(layout.distances_m[crew[f.PROFILE]], origin, destination)
    return int(cost)


@compiled
def note_detours(layout: Layout, routes: Routes, desk: Desk, courier: int, count: int) -> None:
    """Note in `Desk.detour`, per gap: the way as it is, and to each task from the gap's begin and to the gap's end.

    Then, when the stop before it is left at the soonest, were all places one; and the first gap of the same way, which
    breaks do not end.
    """
    soonest, same = layout.courier[courier, f.OPENS], 0
    for gap in range(count + 1):
        if gap:
            node = routes.track[f.ORDER, gap - 1]
            soonest = max(soonest, layout.node[node, f.OPENS_S]) + layout.node[node, f.SERVICE]
            if layout.node[node, f.STEP] != f.BREAK:
                same = gap
        desk.detour[gap, 1 + 2 * desk.shape[0]] = soonest
        desk.detour[gap, 2 + 2 * desk.shape[0]] = same
        origin = place_ahead(layout, routes, courier, gap - 1, count, -1)
        destination = place_ahead(layout, routes, courier, gap, count, 1)
        desk.detour[gap, 0] = way_cost(layout, courier, origin, destination)
        for number in range(desk.shape[0]):
            task = desk.task[number]
            place = layout.node[task, f.PLACE]
            if layout.node[task, f.STEP] == f.BREAK:
                desk.detour[gap, 1 + 2 * number] = 0
                desk.detour[gap, 2 + 2 * number] = desk.detour[gap, 0]
            else:
                desk.detour[gap, 1 + 2 * number] = way_cost(layout, courier, origin, place)
                desk.detour[gap, 2 + 2 * number] = way_cost(layout, courier, place, destination)


@compiled
def least_detour(layout: Layout, routes: Routes, desk: Desk, courier: int, count: int) -> int:
    """Return what travel costs more with the tasks at the positions of `Desk.gaps`."""
    tasks, cost = desk.shape[0], 0
    way = 2 + 2 * tasks
    number = 0
    while number < tasks:
        gap = desk.gaps[number]
        task = desk.order[number]
        cost += desk.detour[gap, 1 + 2 * task] - desk.detour[gap, 0]
        while number + 1 < tasks and desk.detour[desk.gaps[number + 1], way] == desk.detour[gap, way]:
            following = desk.order[number + 1]
            origin, destination = layout.node[desk.task[task], f.PLACE], layout.node[desk.task[following], f.PLACE]
            cost += way_cost(layout, courier, origin, destination)
            number, task = number + 1, following
        cost += desk.detour[gap, 2 + 2 * task]
        number += 1
    if routes.route[courier, f.COUNT]:
        return int(cost)
    # Of a courier that stays where it is, no way is saved; breaks may lie between the tasks.
    return int(cost + desk.detour[0, 0] + layout.courier[courier, f.FIXED]) if count == 0 else 0
