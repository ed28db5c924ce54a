"""What a request costs on a route, or breaks, wherever in it its tasks go. Compiled.

The price of another courier than before, seconds of service that are paid for (`Layout.flat`), and how many tasks a
route may have: the quick insertions look for the place, and these count on top. Of a wide problem all of it is driven
(`solver.insertion.drive`); so is service that is paid for where there is set-up, for that may be saved.

These functions take a few arrays each, not all there are: that many are what takes the compiler its time.
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Ints


@compiled
def flat_cost(flat: Ints, requests: Ints, stop: Ints, request: int, courier: int) -> int:
    """Return what a request, in the way of a row, costs flatly on a route; nothing if its first task is there."""
    if len(flat) and stop[requests[request, f.FIRST_TASK], f.PREVIOUS] < 0:
        return int(flat[request, courier])
    return 0


@compiled
def flat_costs(flat: Ints, requests: Ints, nodes: Ints, stop: Ints, courier: int, start: int, end: int) -> int:
    """Return what the requests between the start and the end of a route cost flatly."""
    cost = 0
    node = stop[start, f.NEXT] if len(flat) else end
    while node != end:
        row = nodes[node, f.ROW]
        if requests[row, f.FIRST_TASK] == node:
            cost += flat[row, courier]
        node = stop[node, f.NEXT]
    return int(cost)


@compiled
def is_full(couriers: Ints, nodes: Ints, stop: Ints, courier: int, tasks: int, is_free: bool) -> bool:
    """Return whether so many tasks, with those that are to be inserted, are too many for a route.

    Only where all its requests are bound, and those to be inserted are not free, it may have any number.
    """
    if tasks <= couriers[courier, f.MAX_TASKS]:
        return False
    end = len(nodes) - len(couriers) + courier
    node = stop[end - len(couriers), f.NEXT]
    while not is_free and node != end:
        is_free = nodes[node, f.FREE] == 1
        node = stop[node, f.NEXT]
    return is_free
