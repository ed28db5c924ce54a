"""What of a wide problem's route does not depend on time: trips and their loads. Compiled."""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Layout
from solver.insertion.routes import Routes


@compiled
def is_on(routes: Routes, which: int, first: int, last: int, node: int) -> int:
    """Return the position of a node among those from `first` to `last` - 1 of an order, or -1."""
    position = routes.track[f.ORDER_AT, node]
    return int(position) if first <= position < last and routes.track[which, position] == node else -1


@compiled
def fault_of_loads(layout: Layout, routes: Routes, courier: int, which: int, count: int) -> int:
    """Return the first node found that breaks a rule of trips or loads, or -1.

    `fields.ORDER_AT` says where the nodes are. `Routes.load` is left with what is on board on departure from each.
    """
    rows, order, load = layout.node, routes.track[which], routes.load
    dimensions = load.shape[1]
    start = len(rows) - 2 * len(layout.courier) + courier
    fault = load_up(layout, routes, courier, which, 0, count, start)
    trip = 0  # the position at which the trip begins
    position = 0
    before = start
    while position < count and fault < 0:
        node = order[position]
        step = rows[node, f.STEP]
        if step == f.BREAK:
            for d in range(dimensions):
                load[node, d] = load[before, d]
                most = layout.most_load[node, d]
                if most >= 0 and load[node, d] > most and any_free(layout, routes, which, count):
                    fault = node
        elif step == f.RELOAD:
            trip = position + 1
            fault = load_up(layout, routes, courier, which, trip, count, node)
        else:
            for d in range(dimensions):
                more = layout.net[node, d]
                load[node, d] = load[before, d] + more
                if more > 0 and load[node, d] > layout.capacity[courier, d]:
                    fault = node
            if fault < 0 and layout.courier[courier, f.LIFO] and buried(layout, routes, which, trip, position):
                fault = node
        before = node
        position += 1
    return int(fault)


@compiled
def any_free(layout: Layout, routes: Routes, which: int, count: int) -> bool:
    """Return whether a route has a request that is not bound."""
    free = False
    for position in range(count):
        node = routes.track[which, position]
        free = free or (layout.node[node, f.STEP] == f.TASK and layout.node[node, f.FREE] == 1)
    return free


@compiled
def load_up(layout: Layout, routes: Routes, courier: int, which: int, first: int, count: int, node: int) -> int:
    """Find what is on board where a trip begins, at `node` before position `first`; return what breaks a rule, or -1.

    Requests without loads that are not bound are on board for their trip alone; the others as long as any of their
    tasks is to come.
    """
    rows, order, load = layout.node, routes.track[which], routes.load
    dimensions = load.shape[1]
    last = first
    while last < count and rows[order[last], f.STEP] != f.RELOAD:
        last += 1
    fault = -1
    for d in range(dimensions):
        load[node, d] = 0
    for d in range(dimensions):
        brings = -1
        for position in range(first, count):
            task = order[position]
            if rows[task, f.STEP] != f.TASK:
                continue
            number = rows[task, f.ROW]
            row = layout.request[number]
            begin, tasks = row[f.FIRST_TASK], row[f.TASKS]
            for_trip = row[f.LOADS] == 0 and rows[task, f.FREE] == 1
            if for_trip and position >= last:
                continue
            load[node, d] -= layout.net[task, d]
            if layout.left_over[number, d]:
                earliest = True
                for other in range(begin, begin + tasks):
                    at = is_on(routes, which, first, count, other)
                    earliest = earliest and (at < 0 or at >= position)
                if earliest:
                    load[node, d] += layout.left_over[number, d]
            if for_trip and layout.initial[number, d] > 0:
                brings = task
        if brings >= 0 and load[node, d] > layout.capacity[courier, d]:
            fault = brings
    if last < count:
        # What is put on for a trip is taken off in that trip.
        for position in range(first, last):
            task = order[position]
            row = layout.request[rows[task, f.ROW]]
            if rows[task, f.STEP] == f.TASK and row[f.LOADS] == 0 and rows[task, f.FREE] == 1:
                for other in range(row[f.FIRST_TASK], row[f.FIRST_TASK] + row[f.TASKS]):
                    if is_on(routes, which, first, last, other) < 0:
                        fault = task
    return fault


@compiled
def buried(layout: Layout, routes: Routes, which: int, trip: int, position: int) -> bool:
    """Return whether goods that are taken off at a position lie beneath others that were put on after them."""
    rows, order = layout.node, routes.track[which]
    node = order[position]
    own = rows[node, f.ROW]
    row = layout.request[own]
    if node < row[f.FIRST_TASK] + row[f.LOADS]:
        return False
    top = trip - 1
    for load in range(row[f.FIRST_TASK], row[f.FIRST_TASK] + row[f.LOADS]):
        top = max(top, is_on(routes, which, trip, position, load))
    for at in range(top + 1, position):
        above = order[at]
        number = rows[above, f.ROW]
        other = layout.request[number]
        first_unload = other[f.FIRST_TASK] + other[f.LOADS]
        if rows[above, f.STEP] != f.TASK or number == own or above >= first_unload:
            continue
        if rows[above, f.FREE] == 0 and rows[node, f.FREE] == 0:
            continue
        if other[f.TASKS] == other[f.LOADS]:
            return True
        for unload in range(first_unload, other[f.FIRST_TASK] + other[f.TASKS]):
            if is_on(routes, which, trip, position, unload) < 0:
                return True
    return False
