"""What one route costs, and whether it keeps all rules, found by driving it from start to end. Compiled.

This knows the whole model. It is what insertion asks where a problem has more than windows, loads and travel costs (a
*wide* one, `Layout.wide`): with breaks, reloads, time on board or hours, what an insertion changes further on can no
longer be told by one comparison.
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Layout
from solver.insertion.routes import Routes
from solver.insertion.rules import leg, no_way, start_s, time_cost
from solver.insertion.trips import fault_of_loads, is_on

HOURS = 20
"""Where the hour matters, waiting for a quicker one may take so many times more rounds."""


@compiled
def drive(layout: Layout, routes: Routes, courier: int, which: int, count: int, limit: int) -> int:
    """Return the cost of a courier's route, or FAR if it breaks a rule; some number from `limit` on if it costs more.

    The first `count` entries of row `which` of `Routes.track` are its nodes. Without tasks it costs nothing.
    """
    rows, track = layout.node, routes.track
    order, total = track[which], track[f.TOTAL]
    total[f.FAULTY] = -1
    tasks = 0
    free = holds = False
    # From the limit on nothing more is looked at, for waiting adds to the cost. But where the hour matters, ways may be
    # quicker then, and bound goods, for which nobody waits, may be on board for less time.
    falls = layout.has_hours
    rounds = 1
    break_before = -1
    for position in range(count):
        node = order[position]
        if rows[node, f.STEP] == f.BREAK:
            if node < break_before:
                total[f.FAULTY] = node
            break_before = node
        track[f.ORDER_AT, node] = position
        track[f.NOT_BEFORE, position] = 0
        if rows[node, f.STEP] == f.TASK:
            tasks += 1
            free = free or rows[node, f.FREE] == 1
            keeps = layout.request[rows[node, f.ROW], f.ON_BOARD] >= 0
            holds = holds or keeps or rows[node, f.GAP_TO] > 0
            falls = falls or (keeps and rows[node, f.FREE] == 0)
            rounds += rows[node, f.WINDOW_TO] - rows[node, f.WINDOW_FROM] - 1
    if tasks == 0:
        return 0 if total[f.FAULTY] < 0 else f.FAR
    if free and tasks > layout.courier[courier, f.MAX_TASKS]:
        total[f.FAULTY] = order[count - 1]
    if total[f.FAULTY] < 0:
        total[f.FAULTY] = fault_of_loads(layout, routes, courier, which, count)
    if total[f.FAULTY] >= 0:
        return f.FAR
    cost = tour(layout, routes, courier, which, count)
    rounds *= (count + 1) * (HOURS if layout.has_hours else 1)
    while holds and cost < (f.FAR if falls else limit):
        waits = max(hold_back(layout, routes, which, count), keep_gaps(layout, routes, which, count))
        if total[f.FAULTY] >= 0:
            return f.FAR
        if waits == 0:
            break
        rounds -= 1
        if rounds == 0:
            total[f.FAULTY] = order[0]
            return f.FAR
        cost = tour(layout, routes, courier, which, count)
    if cost >= f.FAR:
        return f.FAR
    if free and total[f.TRAVEL_S] > layout.courier[courier, f.MAX_TRAVEL]:
        total[f.FAULTY] = order[count - 1]
    if free and total[f.DISTANCE_M] > layout.courier[courier, f.MAX_DISTANCE]:
        total[f.FAULTY] = order[count - 1]
    if total[f.FAULTY] >= 0:
        return f.FAR
    return int(cost + layout.courier[courier, f.FIXED])


@compiled
def tour(layout: Layout, routes: Routes, courier: int, which: int, count: int) -> int:
    """Time a route, each stop as early as it can be and not before `NOT_BEFORE`; return what that costs, or FAR."""
    rows, window, track = layout.node, layout.window, routes.track
    order, total, crew = track[which], track[f.TOTAL], layout.courier[courier]
    end = len(rows) - len(layout.courier) + courier
    start = end - len(layout.courier)
    clock, place, origin = crew[f.OPENS], rows[start, f.PLACE], start
    way = cost = 0
    spare = 0
    total[f.TRAVEL_S] = total[f.DISTANCE_M] = 0
    task_before, set_off = -1, False
    for position in range(count + 1):
        node = end if position == count else order[position]
        step = rows[node, f.STEP]
        track[f.WAY_COST, position] = 0
        if not set_off:
            # Where a break is next, the way leads to what comes after it.
            ahead, target = position, node
            while ahead < count and rows[target, f.STEP] == f.BREAK:
                ahead += 1
                target = end if ahead == count else order[ahead]
            destination = rows[target, f.PLACE]
            if place >= 0 and destination >= 0:
                way = set_out(layout, routes, courier, place, destination, clock)
                seconds = total[f.TRAVELLED_S]
                metres = leg(layout.distances_m[crew[f.PROFILE]], place, destination) if layout.has_metres else 0
                total[f.TRAVEL_S] += seconds
                total[f.DISTANCE_M] += metres
                if no_way(rows, origin, target, seconds):
                    total[f.FAULTY] = target if target != end else origin
                    return f.FAR
                track[f.WAY_COST, position] = crew[f.PER_S] * seconds + crew[f.PER_M] * metres
                cost += track[f.WAY_COST, position]
            set_off = True
        arrive = clock if step == f.BREAK else clock + way
        begin = start_s(rows, window, node, max(arrive, track[f.NOT_BEFORE, position] if position < count else 0))
        if begin < 0:
            total[f.FAULTY] = node
            return f.FAR
        if step == f.BREAK:
            way -= min(way, begin - arrive)
            clock = begin + rows[node, f.SERVICE]
        else:
            busy = rows[node, f.SERVICE]
            if place >= 0 and place != rows[node, f.PLACE]:
                busy += rows[node, f.SETUP]
                spare += crew[f.PER_SERVICE] * rows[node, f.SETUP]
            clock = begin + busy
            cost += crew[f.PER_SERVICE] * rows[node, f.SERVICE]
            place, origin, way = rows[node, f.PLACE], node, 0
            set_off = False
        spare += time_cost(rows, layout.delay, layout.breach_cost_per_s, node, begin)
        track[f.BEGIN, position], track[f.LEAVE, position] = begin, clock
        if step == f.TASK and position < count:
            row = rows[node, f.ROW]
            spare += reorder_cost(layout, courier, node, task_before)
            cost += move_cost(layout, courier, node)
            task_before = node
            if layout.request[row, f.ON_BOARD] >= 0 and layout.request[row, f.BOUND_TO] >= 0:
                spare += layout.breach_cost_per_s * too_long_s(layout, routes, which, position)
    total[f.SPARE_COST] = spare
    return int(cost + spare)


@compiled
def set_out(layout: Layout, routes: Routes, courier: int, origin: int, destination: int, leave: int) -> int:
    """Return seconds until arrival of who may leave at `leave`; of these, `Routes.track` has those of travel."""
    profile = layout.courier[courier, f.PROFILE]
    seconds = int(layout.durations_s[profile, origin, destination])
    until, travelled = seconds, seconds
    hours = layout.later_from.shape[1]
    for hour in range(hours):
        begins = layout.later_from[profile, hour]
        if begins == f.FAR:
            break
        seconds = int(layout.later_s[profile * hours + hour, origin, destination])
        wait = max(0, begins - leave)
        if begins <= leave or wait + seconds < until:
            until, travelled = wait + seconds, seconds
    routes.track[f.TOTAL, f.TRAVELLED_S] = travelled
    return int(until)


@compiled
def move_cost(layout: Layout, courier: int, node: int) -> int:
    """Return what is paid, at the first task of a request, for another courier than before."""
    row = layout.request[layout.node[node, f.ROW]]
    if node == row[f.FIRST_TASK] and row[f.PREVIOUS_COURIER] >= 0 and row[f.PREVIOUS_COURIER] != courier:
        return int(row[f.MOVE_COST])
    return 0


@compiled
def reorder_cost(layout: Layout, courier: int, node: int, before: int) -> int:
    """Return what is paid for doing a task after another one than before."""
    if layout.node[node, f.OLD_COURIER] == courier and layout.node[node, f.OLD_BEFORE] != before:
        return int(layout.courier[courier, f.REORDER])
    return 0


@compiled
def too_long_s(layout: Layout, routes: Routes, which: int, position: int) -> int:
    """Return how much longer than allowed goods unloaded at a position have been on board, all loads counted."""
    node = routes.track[which, position]
    row = layout.request[layout.node[node, f.ROW]]
    first = row[f.FIRST_TASK]
    excess = 0
    if node >= first + row[f.LOADS]:
        for load in range(first, first + row[f.LOADS]):
            at = is_on(routes, which, 0, position, load)
            if at >= 0:
                excess += max(0, routes.track[f.BEGIN, position] - routes.track[f.LEAVE, at] - row[f.ON_BOARD])
    return int(excess)


@compiled
def hold_back(layout: Layout, routes: Routes, which: int, count: int) -> int:
    """Have loads wait whose goods would be on board for too long, and return 1 if any must; who cannot is at fault."""
    rows, track = layout.node, routes.track
    waits = 0
    for position in range(count):
        node = track[which, position]
        if rows[node, f.STEP] != f.TASK:
            continue
        row = layout.request[rows[node, f.ROW]]
        first = row[f.FIRST_TASK]
        if row[f.ON_BOARD] < 0 or row[f.BOUND_TO] >= 0 or node >= first + row[f.LOADS]:
            continue
        for unload in range(first + row[f.LOADS], first + row[f.TASKS]):
            at = is_on(routes, which, 0, count, unload)
            if at < 0:
                continue
            excess = track[f.BEGIN, at] - track[f.LEAVE, position] - row[f.ON_BOARD]
            if excess > 0:
                waits = max(waits, put_off(layout, routes, which, position, track[f.BEGIN, position] + excess))
    return waits


@compiled
def put_off(layout: Layout, routes: Routes, which: int, position: int, earliest: int) -> int:
    """Have a task wait until a moment, and return 1 if it did not yet; it is at fault if that is too late for it."""
    track = routes.track
    node = track[which, position]
    if earliest > layout.node[node, f.LAST]:
        track[f.TOTAL, f.FAULTY] = node
    if earliest <= track[f.NOT_BEFORE, position] or earliest <= track[f.BEGIN, position]:
        return 0
    track[f.NOT_BEFORE, position] = earliest
    return 1


@compiled
def keep_gaps(layout: Layout, routes: Routes, which: int, count: int) -> int:
    """Have tasks wait that are too early for a gap, and return 1 if any must; who cannot keep one is at fault.

    Tasks of other routes are taken to stay when they are: see `fields.KEEP`.
    """
    rows, track = layout.node, routes.track
    others = track[f.TOTAL, f.OTHERS]
    waits = 0
    for position in range(count):
        node = track[which, position]
        for number in range(rows[node, f.GAP_FROM], rows[node, f.GAP_TO]):
            gap = layout.gap[number]
            across = gap[f.ACROSS]
            at = is_on(routes, which, 0, count, across)
            begin, leave = track[f.BEGIN, position], track[f.LEAVE, position]
            if at >= 0:
                other_begin, other_leave = track[f.BEGIN, at], track[f.LEAVE, at]
            elif others == f.IGNORE:
                continue
            elif routes.courier_of[rows[across, f.REQUEST]] < 0:
                if gap[f.IS_SECOND]:
                    track[f.TOTAL, f.FAULTY] = node
                continue
            else:
                other_begin, other_leave = routes.stop[across, f.START], routes.stop[across, f.DEPART]
            if gap[f.IS_SECOND]:
                waits = max(waits, put_off(layout, routes, which, position, other_leave + gap[f.LEAST]))
                broken = gap[f.MOST] < f.FAR and begin > other_leave + gap[f.MOST]
            else:
                if gap[f.MOST] < f.FAR:
                    earliest = other_begin - gap[f.MOST] - leave + begin
                    waits = max(waits, put_off(layout, routes, which, position, earliest))
                broken = leave + gap[f.LEAST] > other_begin
            if broken and at < 0 and others == f.KEEP:
                track[f.TOTAL, f.FAULTY] = node
    return waits
