"""Routes that wait for each other are timed together. Compiled."""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import only_wide
from solver.insertion.layout import Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import Routes


@only_wide(True)
def settle(layout: Layout, routes: Routes) -> bool:
    """Make all starts as early as gaps between tasks of different routes allow; return whether all gaps are kept.

    Beginning with the starts of each route by itself, those that are too early get later, again and again: where that
    ends, they are the earliest there are.
    """
    couriers = len(layout.courier)
    track = routes.track
    rounds = len(layout.node)
    sound = changed = True
    track[f.TOTAL, f.OTHERS] = f.IGNORE
    for courier in range(couriers):
        if moments(layout, routes, courier) >= 0:
            sound = sound and refresh(layout, routes, courier) < 0
    track[f.TOTAL, f.OTHERS] = f.FOLLOW
    while changed and sound:
        changed = False
        rounds -= 1
        for courier in range(couriers):
            before = moments(layout, routes, courier)
            if before >= 0:
                sound = sound and refresh(layout, routes, courier) < 0
                changed = changed or moments(layout, routes, courier) != before
        sound = sound and rounds > 0
    track[f.TOTAL, f.OTHERS] = f.KEEP
    for courier in range(couriers):
        if moments(layout, routes, courier) >= 0:
            sound = sound and refresh(layout, routes, courier) < 0
    return sound


@only_wide(-1)
def moments(layout: Layout, routes: Routes, courier: int) -> int:
    """Return the sum of all starts of a route that has gaps, which changes if any start gets later; -1 of others."""
    node = routes.stop[len(layout.node) - 2 * len(layout.courier) + courier, f.NEXT]
    end = len(layout.node) - len(layout.courier) + courier
    total, gaps = 0, 0
    while node != end:
        total += routes.stop[node, f.START]
        gaps += layout.node[node, f.GAP_TO]
        node = routes.stop[node, f.NEXT]
    return int(total) if gaps else -1
