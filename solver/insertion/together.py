"""A request is inserted where others have to wait for it."""

from __future__ import annotations

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.desk import Desk
from solver.insertion.insert import put_in
from solver.insertion.layout import Layout
from solver.insertion.routes import Routes
from solver.insertion.settle import settle
from solver.insertion.survey import fits


def insert_with_others(layout: Layout, routes: Routes, desk: Desk, request: int) -> int:
    """Insert a request with gaps where it pays if tasks of other routes wait for it; return the courier, or -1.

    Of each route the position that is cheapest for it is tried, in each way to serve the request.
    """
    before = _cost(layout, routes)
    saved = [array.copy() for array in routes]
    for row in range(request, request + int(layout.request[request, f.WAYS])):
        for courier in np.flatnonzero(layout.eligible[row]).tolist():
            routes.track[f.TOTAL, f.OTHERS] = f.FOLLOW
            if fits(layout, routes, desk, row, courier):
                interpreted(put_in)(layout, routes, desk, row, courier)
                if interpreted(settle)(layout, routes) and _cost(layout, routes) < before:
                    return int(courier)
            for array, old in zip(routes, saved, strict=True):
                array[...] = old
    return -1


def _cost(layout: Layout, routes: Routes) -> int:
    """Return what a plan costs."""
    left_out = layout.leaders[routes.courier_of[layout.leaders] < 0]
    return int(routes.route[:, f.COST].sum() + layout.request[left_out, f.PRICE].sum())
