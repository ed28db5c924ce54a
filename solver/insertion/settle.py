"""Routes that wait for each other are timed together. Compiled."""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import Routes


@compiled
def settle(layout: Layout, routes: Routes) -> bool:
    """Make all starts as early as gaps between tasks of different routes allow; return whether all gaps are kept.

    Each route has been refreshed by itself (`fields.IGNORE`). From there on, starts only get later: where that ends,
    they are the earliest there are.
    """
    couriers = len(layout.courier)
    sound = True
    track = routes.track
    rounds = len(layout.node)
    changed = True
    track[f.TOTAL, f.OTHERS] = f.FOLLOW
    while changed and sound:
        changed = False
        rounds -= 1
        for courier in range(couriers):
            before = moments(layout, routes, courier)
            sound = sound and refresh(layout, routes, courier) < 0
            changed = changed or moments(layout, routes, courier) != before
        sound = sound and rounds > 0
    track[f.TOTAL, f.OTHERS] = f.KEEP
    for courier in range(couriers):
        sound = sound and refresh(layout, routes, courier) < 0
    return sound


@compiled
def moments(layout: Layout, routes: Routes, courier: int) -> int:
    """Return the sum of all starts of a route that has gaps: starts that only get later change it."""
    node = routes.stop[len(layout.node) - 2 * len(layout.courier) + courier, f.NEXT]
    end = len(layout.node) - len(layout.courier) + courier
    total = 0
    while node != end:
        total += routes.stop[node, f.START]
        node = routes.stop[node, f.NEXT]
    return int(total)
