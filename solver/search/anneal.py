"""Ruin and recreate, again and again, with simulated annealing: what is dearer is kept too, ever more seldom.

Compiled. The work is counted in costs found, not timed: the same seed and the same counts give the same routes.
"""

from __future__ import annotations

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.insert import Desk
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes
from solver.insertion.settle import moments, settle
from solver.search.catalogue import NOTING, Catalogue, note
from solver.search.recreate import insert_cheapest, sort_out
from solver.search.reloads import change_reload
from solver.search.ruin import add_left_out, ruin
from solver.search.yard import BEST, CURRENT, LEFT, ROUNDS, SAVED, TOUCHED, Yard, draw, keep_best, touch, undo


@compiled
def anneal(
    layout: Layout,
    routes: Routes,
    desk: Desk,
    yard: Yard,
    catalogue: Catalogue,
    budget: int,
    average: int,
    hot: float,
    cold: float,
    found: Ints,
) -> None:
    """Ruin and recreate until `budget` costs have been found, the temperature falling from `hot` to `cold`.

    `found` counts on; the best plan stands in `Yard.best`. A catalogue that is to notes the routes come by.
    """
    state = yard.state
    begin = found[0]
    while found[0] - begin < budget:
        found[0] += 4  # so that rounds that find no new cost end as well
        state[ROUNDS] += 1
        state[TOUCHED] = state[SAVED] = 0
        taken = ruin(layout, routes, yard, average)
        if len(yard.reload):
            change_reload(layout, routes, yard)
        if len(layout.gap):
            # What is put back may have the other tasks of its gaps wait.
            for courier in range(len(routes.route)):
                if moments(layout, routes, courier) >= 0:
                    touch(layout, routes, yard, courier)
        count = add_left_out(layout, routes, yard, taken)
        if count == 0 and state[TOUCHED] == 0:
            continue
        before = after = 0
        for position in range(taken, count):
            before += layout.request[yard.out[position], f.PRICE]
        sort_out(layout, yard, count)
        possible = True
        failed = 0
        for position in range(count):
            request = yard.out[position]
            if not insert_cheapest(layout, routes, desk, yard, request, found):
                after += layout.request[request, f.PRICE]
                failed += 1
                if layout.request[request, f.BOUND_TO] >= 0:
                    possible = False
                    break
        if len(layout.gap) and possible:
            possible = settle(layout, routes)
        for number in range(state[TOUCHED]):
            before += yard.old_route[number, f.COST]
            after += routes.route[yard.touched[number], f.COST]
            if routes.route[yard.touched[number], f.FAULT] >= 0:
                possible = False
        if catalogue.state[NOTING]:
            for number in range(state[TOUCHED]):
                note(layout, routes, catalogue, yard.touched[number])
        temperature = hot * (cold / hot) ** ((found[0] - begin) / budget)
        slack = -temperature * np.log((draw(yard.chance, 1 << 30) + 1) / (1 << 30))
        if not possible or after - before >= slack:
            undo(layout, routes, yard)
            continue
        state[CURRENT] += after - before
        state[LEFT] += failed - (count - taken)
        if state[CURRENT] < state[BEST]:
            keep_best(layout, routes, yard)
