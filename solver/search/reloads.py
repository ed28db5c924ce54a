"""A reload is put on a route, or taken off it, by chance: what it is good for shows when requests are put back.

Compiled.
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import only_wide
from solver.insertion.layout import Layout
from solver.insertion.refresh import list_stops, refresh
from solver.insertion.routes import Routes, assign, lift, link
from solver.search.yard import Yard, draw, touch

CHANCE = 3
"""In one round of so many."""


@only_wide(None)
def change_reload(layout: Layout, routes: Routes, yard: Yard) -> None:
    """Now and then, put one reload somewhere on its courier's route, or take it off."""
    if draw(yard.chance, CHANCE):
        return
    number = draw(yard.chance, len(yard.reload))
    request, courier = yard.reload[number, 0], yard.reload[number, 1]
    touch(layout, routes, yard, courier)
    if routes.courier_of[request] >= 0:
        # Where the route breaks a rule without it, the round is undone in the end.
        lift(layout, routes, request)
        refresh(layout, routes, courier)
        return
    count = list_stops(layout, routes, courier)
    first = 0
    for position in range(count):
        if routes.track[f.ORDER, position] == routes.route[courier, f.FIRST_GAP]:
            first = position + 1
    gap = first + draw(yard.chance, count - first + 1)
    start = len(layout.node) - 2 * len(layout.courier) + courier
    link(routes.stop, layout.request[request, f.FIRST_TASK], routes.track[f.ORDER, gap - 1] if gap else start)
    assign(layout, routes, request, courier)
    if refresh(layout, routes, courier) >= 0:
        lift(layout, routes, request)
        refresh(layout, routes, courier)
