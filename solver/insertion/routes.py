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
        fullest=np.zeros((nodes, dimensions), np.int64),
        route=np.zeros((couriers, f.ROUTE_FIELDS), np.int64),
        courier_of=np.full(len(layout.request), -1, np.int64),
    )
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
    routes.fullest[ends] = -f.FAR
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
    """Make everything known of a route right, and return the first node that breaks a rule, or -1."""
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
        request = rows[node, f.REQUEST]
        if rows[node, f.FREE] and layout.request[request, f.FIRST_TASK] == node:
            for d in range(dimensions):
                more = layout.initial[request, d]
                load[start, d] += more
                if more and load[start, d] > layout.capacity[courier, d]:
                    fault = node
        node = stop[node, f.NEXT]
    # Forward: times, loads, costs.
    now = layout.courier[courier, f.OPENS]
    stop[start, f.DEPART] = now
    cost = 0
    count = 0
    before, node = start, stop[start, f.NEXT]
    while True:
        if node == end and count == 0:
            stop[end, f.LEG_COST] = 0
            stop[end, f.TIME_COST] = 0
            break
        origin, place = rows[before, f.PLACE], rows[node, f.PLACE]
        seconds = leg(durations, origin, place)
        if fault < 0 and no_way(rows, before, node, seconds):
            fault = node
        begin = start_s(rows, window, node, now + seconds)
        if begin < 0:
            begin = now + seconds
            if fault < 0:
                fault = node
        stop[node, f.LEG_COST] = per_s * seconds
        if per_m:
            stop[node, f.LEG_COST] += per_m * leg(distances, origin, place)
        stop[node, f.TIME_COST] = time_cost(rows, layout.delay, layout.breach_cost_per_s, node, begin)
        cost += stop[node, f.LEG_COST] + stop[node, f.TIME_COST]
        now = begin + busy_s(rows, before, node)
        stop[node, f.DEPART] = now
        for d in range(dimensions):
            load[node, d] = load[before, d] + net[node, d]
            if net[node, d] > 0 and load[node, d] > layout.capacity[courier, d] and fault < 0:
                fault = node
        if node == end:
            break
        count += 1
        before, node = node, stop[node, f.NEXT]
    # Back: what may still be broken, and what it costs, from each node on.
    stop[end, f.COST_AFTER] = stop[end, f.TIME_COST]
    latest = f.FAR if rows[end, f.SOFT] else rows[end, f.LAST]
    stop[end, f.LATEST_SAME] = stop[end, f.LATEST_OTHER] = stop[end, f.RELAXED] = latest
    stop[end, f.QUIET_SAME] = stop[end, f.QUIET_OTHER] = rows[end, f.LAST]
    for d in range(dimensions):
        fullest[end, d] = -f.FAR
    after, node = end, stop[end, f.PREVIOUS]
    while node != start:
        seconds = leg(durations, rows[node, f.PLACE], rows[after, f.PLACE])
        same = busy_s(rows, node, after) == rows[after, f.SERVICE]
        service, setup = rows[node, f.SERVICE], rows[node, f.SETUP]
        limit = stop[after, f.LATEST_SAME if same else f.LATEST_OTHER] - seconds - service
        quiet = stop[after, f.QUIET_SAME if same else f.QUIET_OTHER] - seconds - service
        stop[node, f.LATEST_SAME] = stop[node, f.LATEST_OTHER] = latest_start(rows, window, node, limit, False)
        stop[node, f.QUIET_SAME] = stop[node, f.QUIET_OTHER] = latest_start(rows, window, node, quiet, True)
        if setup:
            stop[node, f.LATEST_OTHER] = latest_start(rows, window, node, limit - setup, False)
            stop[node, f.QUIET_OTHER] = latest_start(rows, window, node, quiet - setup, True)
        last = f.FAR if rows[node, f.SOFT] else rows[node, f.LAST]
        stop[node, f.RELAXED] = min(last, stop[after, f.RELAXED] - service)
        stop[node, f.COST_AFTER] = stop[after, f.COST_AFTER] + stop[node, f.TIME_COST]
        for d in range(dimensions):
            fullest[node, d] = max(fullest[after, d], load[node, d]) if net[node, d] > 0 else fullest[after, d]
        after, node = node, stop[node, f.PREVIOUS]
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


@compiled
def unlink(stop: Ints, node: int) -> None:
    """Take a node out."""
    before, after = stop[node, f.PREVIOUS], stop[node, f.NEXT]
    stop[before, f.NEXT] = after
    stop[after, f.PREVIOUS] = before
    stop[node, f.PREVIOUS] = -1


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
