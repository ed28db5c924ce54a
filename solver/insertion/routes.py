"""The routes under construction: linked nodes, with what is known of each, kept up to date route by route.

Compiled. A route runs from the node of its courier's start over its tasks to the node of its courier's end. `refresh`
makes everything known of a route right again after its links have changed, in one sweep forward and one back: with the
sweep back, whether an insertion breaks something later on is one comparison (Savelsbergh, "The Vehicle Routing Problem
with Time Windows: Minimizing Route Duration", ORSA Journal on Computing 1992).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Ints, Layout
from solver.problem import UNREACHABLE_S

Matrix = npt.NDArray[np.int32]


class Routes(NamedTuple):
    """Who does what in which order.

    Attributes
    ----------
    stop
        (nodes, `fields.STOP_FIELDS`); right for the nodes that are on a route. `fields.PREVIOUS` of others is -1.
    load
        (nodes, dimensions): on board on departure.
    fullest
        (nodes, dimensions): the largest load at any node from here on that puts something on board, or -`fields.FAR`.
    route
        (couriers, `fields.ROUTE_FIELDS`).
    courier_of
        (requests,): courier, or -1.
    """

    stop: Ints
    load: Ints
    fullest: Ints
    route: Ints
    courier_of: Ints


def new_routes(layout: Layout) -> Routes:
    """Return routes without stops."""
    nodes, dimensions = layout.net.shape
    couriers = len(layout.courier)
    routes = Routes(
        stop=np.zeros((nodes, f.STOP_FIELDS), np.int64),
        load=np.zeros((nodes, dimensions), np.int64),
        fullest=np.full((nodes, dimensions), -f.FAR, np.int64),
        route=np.zeros((couriers, f.ROUTE_FIELDS), np.int64),
        courier_of=np.full(len(layout.request), -1, np.int64),
    )
    routes.stop[:, f.AT] = layout.node[:, f.PLACE]
    routes.stop[: layout.tasks, f.PREVIOUS] = -1
    starts = np.arange(couriers) + layout.tasks
    routes.stop[starts, f.NEXT] = starts + couriers
    routes.stop[starts + couriers, f.PREVIOUS] = starts
    routes.route[:, f.FIRST_GAP] = starts
    ends = starts + couriers
    routes.stop[starts, f.DEPART] = layout.courier[:, f.OPENS]
    last = layout.node[ends, f.LAST]
    for column in (f.LATEST_SAME, f.LATEST_OTHER, f.RELAXED):
        routes.stop[ends, column] = np.where(layout.node[ends, f.SOFT] == 1, f.FAR, last)
    for column in (f.QUIET_SAME, f.QUIET_OTHER):
        routes.stop[ends, column] = last
    routes.load[starts] = layout.bound_initial
    routes.route[:, f.FAULT] = -1
    return routes


@compiled
def leg(matrix: Matrix, origin: int, destination: int) -> int:
    """Return the entry for a leg between places; nothing from or to anywhere (-1)."""
    return int(matrix[origin, destination]) if origin >= 0 and destination >= 0 else 0


@compiled
def start_s(node: Ints, window: Ints, task: int, arrive_s: int) -> int:
    """Return when a task starts on arrival at `arrive_s`, or `fields.NEVER`."""
    for row in range(node[task, f.WINDOW_FROM], node[task, f.WINDOW_TO]):
        if arrive_s <= window[row, 1]:
            return int(max(arrive_s, window[row, 0]))
    return int(arrive_s if node[task, f.SOFT] else f.NEVER)


@compiled
def time_cost(node: Ints, delay: Ints, breach_cost_per_s: int, task: int, start: int) -> int:
    """Return the delay and breach cost of a start."""
    if start <= node[task, f.QUIET]:
        return 0
    cost = 0
    for row in range(node[task, f.DELAY_FROM], node[task, f.DELAY_TO]):
        cost += max(0, start - delay[row, 0]) * delay[row, 1]
    if node[task, f.SOFT]:
        cost += max(0, start - node[task, f.LAST]) * breach_cost_per_s
    return cost


@compiled
def busy_s(node: Ints, before: int, task: int) -> int:
    """Return set-up and service seconds of a task done after node `before`."""
    place = node[before, f.PLACE]
    if place >= 0 and place != node[task, f.PLACE]:
        return int(node[task, f.SETUP] + node[task, f.SERVICE])
    return int(node[task, f.SERVICE])


@compiled
def no_way(node: Ints, origin: int, destination: int, seconds: int) -> bool:
    """Return whether a leg may not be planned."""
    return seconds >= UNREACHABLE_S and (node[origin, f.FREE] == 1 or node[destination, f.FREE] == 1)


@compiled
def latest_start(node: Ints, window: Ints, task: int, limit: int, quiet: bool) -> int:
    """Return the latest start up to `limit`, or `fields.NEVER`; without delay or breach if `quiet`."""
    if quiet:
        limit = min(limit, node[task, f.QUIET])
    elif node[task, f.SOFT] and limit > node[task, f.LAST]:
        return limit
    for row in range(node[task, f.WINDOW_TO] - 1, node[task, f.WINDOW_FROM] - 1, -1):
        if limit >= window[row, 0]:
            return int(min(limit, window[row, 1]))
    return f.NEVER


@compiled
def refresh(layout: Layout, routes: Routes, courier: int) -> int:
    """Make everything known of a route right, and return the first node that breaks a rule, or -1.

    What cannot have changed since the last time is passed over: in a route of thirty stops, nearly everything.
    """
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
            request = rows[node, f.REQUEST]
            for d in range(dimensions):
                more = layout.initial[request, d]
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
    row[f.COST] = cost + layout.courier[courier, f.FIXED] if count else 0
    row[f.VERSIONS] += 1
    row[f.VERSION] = row[f.VERSIONS]
    row[f.FAULT] = fault
    return fault


@compiled
def link(stop: Ints, node: int, before: int) -> None:
    """Put a node behind another."""
    after = stop[before, f.NEXT]
    stop[before, f.NEXT] = stop[after, f.PREVIOUS] = node
    stop[node, f.PREVIOUS], stop[node, f.NEXT] = before, after
    stop[node, f.FRESH] = stop[after, f.FRESH] = f.LINKED


@compiled
def unlink(stop: Ints, node: int) -> None:
    """Take a node out."""
    before, after = stop[node, f.PREVIOUS], stop[node, f.NEXT]
    stop[before, f.NEXT] = after
    stop[after, f.PREVIOUS] = before
    stop[node, f.PREVIOUS] = -1
    stop[after, f.FRESH] = f.LINKED


@compiled
def take_out(layout: Layout, routes: Routes, request: int) -> int:
    """Take a request off its route, refresh the route, and return the first node that now breaks a rule, or -1.

    Without a stop in between, a way may take longer: then a route that kept all rules may break one.
    """
    courier = routes.courier_of[request]
    first = layout.request[request, f.FIRST_TASK]
    for node in range(first, first + layout.request[request, f.TASKS]):
        unlink(routes.stop, node)
    routes.courier_of[request] = -1
    return refresh(layout, routes, courier)
