"""Reloads are put on a route, or one is taken off, by chance.

What they are good for shows when requests are put back.
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

PAIR = 4
"""Of so many times that a reload is put on a route, two are once: the second may be worth it where one is not."""


@only_wide(None)
def change_reload(layout: Layout, routes: Routes, yard: Yard) -> None:
    """Now and then, put one reload somewhere on its courier's route, perhaps between frozen stops, or take it off."""
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
    pair = next_of_its_kind(layout, routes, yard, number) if draw(yard.chance, PAIR) == 0 else -1
    count = list_stops(layout, routes, courier)
    gap = draw(yard.chance, count + 1)
    start = len(layout.node) - 2 * len(layout.courier) + courier
    link(routes.stop, layout.request[request, f.FIRST_TASK], routes.track[f.ORDER, gap - 1] if gap else start)
    assign(layout, routes, request, courier)
    if pair >= 0:
        link(routes.stop, layout.request[pair, f.FIRST_TASK], layout.request[request, f.FIRST_TASK])
        assign(layout, routes, pair, courier)
    if refresh(layout, routes, courier) >= 0:
        lift(layout, routes, request)
        if pair >= 0:
            lift(layout, routes, pair)
        refresh(layout, routes, courier)


@only_wide(-1)
def next_of_its_kind(layout: Layout, routes: Routes, yard: Yard, number: int) -> int:  # noqa: ARG001 - it says for whom
    """Return another reload of the same courier that is not on its route, the next one in turn; -1 if there is none."""
    for step in range(1, len(yard.reload)):
        other = (number + step) % len(yard.reload)
        request, courier = yard.reload[other, 0], yard.reload[other, 1]
        if courier == yard.reload[number, 1] and routes.courier_of[request] < 0:
            return int(request)
    return -1
