"""What is left over is inserted wherever it fits and pays, until nothing is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.desk import Desk
from solver.insertion.insert import put_in
from solver.insertion.layout import Ints, Layout
from solver.insertion.routes import Routes
from solver.insertion.survey import cheapest_way, fits
from solver.insertion.together import insert_with_others


def insert_what_fits(layout: Layout, routes: Routes, desk: Desk, waiting: Ints, is_over: Callable[[], bool]) -> None:
    """Insert each waiting request where it costs least, if that pays, again and again until none does.

    Every insertion is tried, and nothing is assumed of the matrices: what is still waiting at the end fits nowhere at
    less than its price. A request is tried again only in routes that have changed since, unless a rule that it shares
    with others may have changed who may serve it.
    """
    tried = np.zeros(len(layout.request), np.int64)
    changed = np.ones(len(layout.courier), np.int64)
    insertions = 1
    left = waiting.tolist()
    before = -1
    while before != len(left):
        before = len(left)
        for request in tuple(left):
            if is_over():
                return
            ways = slice(request, request + int(layout.request[request, f.WAYS]))
            couriers = np.flatnonzero((changed > tried[request]) & layout.eligible[ways].any(axis=0))
            tried[request] = insertions
            way, courier, cost = cheapest_way(layout, routes, desk, request, couriers)
            pays = cost < layout.request[request, f.PRICE]
            if pays:
                fits(layout, routes, desk, way, courier)
                interpreted(put_in)(layout, routes, desk, way, courier)
            elif layout.request[request, f.GAPS]:
                courier = insert_with_others(layout, routes, desk, request)
                pays = courier >= 0
            if pays:
                insertions += 1
                changed[courier] = insertions
                for other in layout.friend[layout.friend_from[request] : layout.friend_from[request + 1], f.OTHER]:
                    tried[other] = 0
                left.remove(request)
