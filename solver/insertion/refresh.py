"""Makes everything known of a route right again after its links have changed. Compiled.

One sweep forward and one back: with the sweep back, whether an insertion breaks something later on is one comparison
(Savelsbergh, "The Vehicle Routing Problem with Time Windows: Minimizing Route Duration", ORSA Journal on Computing
1992). Of a wide problem only what the route costs is known (`solver.insertion.drive`).
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled, never_wide, only_wide
from solver.insertion.drive import drive
from solver.insertion.flat import flat_costs, is_full
from solver.insertion.layout import Layout
from solver.insertion.routes import Routes, lift
from solver.insertion.rules import busy_s, latest_start, no_way, start_s, time_cost
from solver.problem import UNREACHABLE_S


@compiled
def refresh(layout: Layout, routes: Routes, courier: int) -> int:
    """Make everything known of a route right, and return the first node that breaks a rule, or -1.

    What cannot have changed since the last time is passed over: in a route of thirty stops, nearly everything.
    """
    if layout.wide:
        return drive_again(layout, routes, courier)
    return sweep(layout, routes, courier)


@never_wide(-1)
def sweep(layout: Layout, routes: Routes, courier: int) -> int:
    """Do what `refresh` does, forward and back, for a problem that is not wide."""
    rows, window, net = layout.node, layout.window, layout.net
    stop, load, fullest = routes.stop, routes.load, routes.fullest
    couriers = len(layout.courier)
    start = len(rows) - 2 * couriers + courier
    end = start + couriers
    dimensions = load.shape[1]
    durations = layout.durations_s[layout.courier[courier, f.PROFILE]]
    per_s, per_m = layout.courier[courier, f.PER_S], layout.courier[courier, f.PER_M]
    distances = layout.distances_m[layout.courier[courier, f.PROFILE] if per_m else 0]
    fault = -1
    for d in range(dimensions):
        load[start, d] = layout.bound_initial[courier, d]
    node = stop[start, f.NEXT]
    while node != end and dimensions:
        if rows[node, f.BRINGS]:
            way = rows[node, f.ROW]
            for d in range(dimensions):
                more = layout.initial[way, d]
                load[start, d] += more
                if more and load[start, d] > layout.capacity[courier, d]:
                    fault = node
        node = stop[node, f.NEXT]
    if not layout.puts_on:
        dimensions = 0  # What is on board only grows less: what there is at the start says all.
    # Forward: times, loads, costs. Of a route that broke a rule nothing is passed over, for the fault is to be found.
    moved = routes.route[courier, f.FAULT] >= 0
    stop[start, f.DEPART] = layout.courier[courier, f.OPENS]
    cost = 0
    count = fresh = 0
    before, node = start, stop[start, f.NEXT]
    while True:
        if moved or stop[node, f.FRESH]:
            # Who has nothing to do stays where it is.
            here, place = -1 if before == start and node == end else rows[before, f.PLACE], rows[node, f.PLACE]
            seconds = int(durations[here, place]) if here >= 0 and place >= 0 else 0
            begin = stop[before, f.DEPART] + seconds
            stop[node, f.LEG_COST] = per_s * seconds
            if per_m and here >= 0 and place >= 0:
                stop[node, f.LEG_COST] += per_m * distances[here, place]
            if seconds >= UNREACHABLE_S and fault < 0 and no_way(rows, before, node, seconds):
                fault = node
            late = 0
            if rows[node, f.KIND] == f.PLAIN:
                begin = max(begin, rows[node, f.OPENS_S])
                depart = begin + rows[node, f.SERVICE]
                if begin > rows[node, f.LAST] and fault < 0:
                    fault = node
            else:
                start_at = start_s(rows, window, node, begin)
                if start_at >= 0:
                    begin = start_at
                elif fault < 0:
                    fault = node
                late = time_cost(rows, layout.delay, layout.breach_cost_per_s, node, begin)
                depart = begin + busy_s(rows, before, node)
            if late != stop[node, f.TIME_COST]:
                stop[node, f.TIME_COST] = late
                stop[node, f.FRESH] |= f.RETIMED
            moved = routes.route[courier, f.FAULT] >= 0 or depart != stop[node, f.DEPART]
            stop[node, f.DEPART] = depart
            fresh += stop[node, f.FRESH] > 0
        cost += stop[node, f.LEG_COST] + stop[node, f.TIME_COST]
        for d in range(dimensions):
            more = net[node, d]
            held = load[before, d] + more
            load[node, d] = held
            if more > 0 and held > layout.capacity[courier, d] and fault < 0:
                fault = node
        if node == end:
            break
        count += 1
        before, node = node, stop[node, f.NEXT]
    if fault < 0 and is_full(layout.courier, rows, stop, courier, count, False):
        fault = before
    # Back: what may still be broken, and what it costs, from each node on.
    altered = stop[end, f.COST_AFTER] != stop[end, f.TIME_COST]
    stop[end, f.COST_AFTER] = stop[end, f.TIME_COST]
    after, node = end, stop[end, f.PREVIOUS]
    while node != start and (fresh or altered or dimensions):
        if altered or stop[after, f.FRESH] & f.LINKED or stop[node, f.FRESH] & f.RETIMED:
            place, there = rows[node, f.PLACE], rows[after, f.PLACE]
            busy = rows[node, f.SERVICE] + (int(durations[place, there]) if there >= 0 else 0)
            same = place == there or rows[after, f.SETUP] == 0
            limit = stop[after, f.LATEST_SAME if same else f.LATEST_OTHER] - busy
            quiet = stop[after, f.QUIET_SAME if same else f.QUIET_OTHER] - busy
            relaxed = stop[after, f.RELAXED] - rows[node, f.SERVICE]
            if rows[node, f.KIND] == f.PLAIN:
                latest = min(limit, rows[node, f.LAST])
                other = latest = latest if latest >= rows[node, f.OPENS_S] else f.NEVER
                quiet = min(quiet, rows[node, f.LAST])
                other_quiet = quiet = quiet if quiet >= rows[node, f.OPENS_S] else f.NEVER
                relaxed = min(rows[node, f.LAST], relaxed)
            else:
                setup, soon = rows[node, f.SETUP], quiet
                latest = other = latest_start(rows, window, node, limit, False)
                quiet = other_quiet = latest_start(rows, window, node, soon, True)
                if setup:
                    other = latest_start(rows, window, node, limit - setup, False)
                    other_quiet = latest_start(rows, window, node, soon - setup, True)
                if not rows[node, f.SOFT]:
                    relaxed = min(rows[node, f.LAST], relaxed)
            cost_after = stop[after, f.COST_AFTER] + stop[node, f.TIME_COST]
            altered = (
                latest != stop[node, f.LATEST_SAME]
                or other != stop[node, f.LATEST_OTHER]
                or quiet != stop[node, f.QUIET_SAME]
                or other_quiet != stop[node, f.QUIET_OTHER]
                or relaxed != stop[node, f.RELAXED]
                or cost_after != stop[node, f.COST_AFTER]
            )
            stop[node, f.LATEST_SAME], stop[node, f.LATEST_OTHER] = latest, other
            stop[node, f.QUIET_SAME], stop[node, f.QUIET_OTHER] = quiet, other_quiet
            stop[node, f.RELAXED], stop[node, f.COST_AFTER] = relaxed, cost_after
        for d in range(dimensions):
            fullest[node, d] = max(fullest[after, d], load[node, d]) if net[node, d] > 0 else fullest[after, d]
        if stop[after, f.FRESH]:
            stop[after, f.FRESH] = 0
            fresh -= 1
        after, node = node, stop[node, f.PREVIOUS]
    stop[after, f.FRESH] = 0
    row = routes.route[courier]
    row[f.COUNT] = count
    cost += flat_costs(layout.flat, layout.request, rows, stop, courier, start, end)
    row[f.COST] = cost + layout.courier[courier, f.FIXED] if count else 0
    row[f.VERSIONS] += 1
    row[f.VERSION] = row[f.VERSIONS]
    row[f.FAULT] = fault
    return fault


@only_wide(-1)
def drive_again(layout: Layout, routes: Routes, courier: int) -> int:
    """Do what `refresh` does for a wide problem: of a stop, only the departure and the cost of the way are known."""
    stop, track = routes.stop, routes.track
    count = list_stops(layout, routes, courier)
    tasks = 0
    for position in range(count):
        tasks += layout.node[track[f.ORDER, position], f.STEP] == f.TASK
    cost = drive(layout, routes, courier, f.ORDER, count, f.FAR)
    for position in range(count):
        node = track[f.ORDER, position]
        stop[node, f.DEPART], stop[node, f.LEG_COST] = track[f.LEAVE, position], track[f.WAY_COST, position]
        stop[node, f.START] = track[f.BEGIN, position]
    row = routes.route[courier]
    row[f.COUNT], row[f.COST] = tasks, cost if cost < f.FAR else 0
    row[f.SPARE] = track[f.TOTAL, f.SPARE_COST] if tasks and cost < f.FAR else 0
    row[f.VERSIONS] += 1
    row[f.VERSION] = row[f.VERSIONS]
    row[f.FAULT] = track[f.TOTAL, f.FAULTY] if cost >= f.FAR else -1
    return int(row[f.FAULT])


@compiled
def list_stops(layout: Layout, routes: Routes, courier: int) -> int:
    """Put the nodes of a route into row `fields.ORDER` of `Routes.track`, and return how many there are."""
    node = routes.stop[len(layout.node) - 2 * len(layout.courier) + courier, f.NEXT]
    end = len(layout.node) - len(layout.courier) + courier
    count = 0
    while node != end:
        routes.track[f.ORDER, count] = node
        count += 1
        node = routes.stop[node, f.NEXT]
    return count


@compiled
def take_out(layout: Layout, routes: Routes, request: int) -> int:
    """Take a request off its route, refresh the route, and return the first node that now breaks a rule, or -1.

    Without a stop in between, a way may take longer: then a route that kept all rules may break one.
    """
    courier = routes.courier_of[request]
    lift(layout, routes, request)
    return refresh(layout, routes, courier)
