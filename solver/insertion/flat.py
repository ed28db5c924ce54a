"""What a request costs on a route, or breaks, wherever in it its tasks go. Compiled.

The price of another courier than before, seconds of service that are paid for, and how many tasks a route may have: the
quick insertions look for the place, and then these count on top. Of a wide problem all of it is driven
(`solver.insertion.drive`); so is service that is paid for where there is set-up, for that may be saved.
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled, never_wide
from solver.insertion.drive import move_cost
from solver.insertion.layout import Layout
from solver.insertion.routes import Routes


@never_wide(0)
def flat_cost(layout: Layout, routes: Routes, request: int, courier: int) -> int:
    """Return what those tasks of a request, in the way of a row, cost flatly that are not on the route yet."""
    cost = 0
    if layout.has_flat:
        first = layout.request[request, f.FIRST_TASK]
        for task in range(first, first + layout.request[request, f.TASKS]):
            if routes.stop[task, f.PREVIOUS] < 0:
                cost += flat_cost_of(layout, courier, task)
    return int(cost)


@never_wide(0)
def flat_costs(layout: Layout, routes: Routes, courier: int) -> int:
    """Return what all tasks of a route cost flatly."""
    cost = 0
    if layout.has_flat:
        end = len(layout.node) - len(layout.courier) + courier
        node = routes.stop[end - len(layout.courier), f.NEXT]
        while node != end:
            cost += flat_cost_of(layout, courier, node)
            node = routes.stop[node, f.NEXT]
    return int(cost)


@compiled
def flat_cost_of(layout: Layout, courier: int, task: int) -> int:
    """Return what a task costs flatly with a courier."""
    return int(layout.courier[courier, f.PER_SERVICE] * layout.node[task, f.SERVICE] + move_cost(layout, courier, task))


@never_wide(False)
def is_full(layout: Layout, routes: Routes, request: int, courier: int) -> bool:
    """Return whether a route would have too many tasks with a request, in the way of a row.

    Only where all requests, this one too, are bound it may have any number.
    """
    row = layout.request[request]
    more = row[f.TASKS]
    if routes.route[courier, f.COUNT] + more <= layout.courier[courier, f.MAX_TASKS]:
        return False
    for task in range(row[f.FIRST_TASK], row[f.FIRST_TASK] + row[f.TASKS]):
        more -= routes.stop[task, f.PREVIOUS] >= 0
    if routes.route[courier, f.COUNT] + more <= layout.courier[courier, f.MAX_TASKS]:
        return False
    return bool(row[f.BOUND_TO] < 0 or has_free(layout, routes, courier))


@never_wide(False)
def has_free(layout: Layout, routes: Routes, courier: int) -> bool:
    """Return whether a route has a request that is not bound."""
    end = len(layout.node) - len(layout.courier) + courier
    node = routes.stop[end - len(layout.courier), f.NEXT]
    while node != end and not layout.node[node, f.FREE]:
        node = routes.stop[node, f.NEXT]
    return bool(node != end)
