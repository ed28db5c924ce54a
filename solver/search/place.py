"""A request is put where it was found to cost least, whatever its kind. Compiled."""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.insert import Desk, added_cost, put_in
from solver.insertion.layout import Ints, Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import Routes, assign, link


@compiled
def put_at(layout: Layout, routes: Routes, desk: Desk, request: int, courier: int, answer: Ints) -> None:
    """Insert a request, in the way of a row, where it was found to be cheapest, and refresh the route."""
    row = layout.request[request]
    first = row[f.FIRST_TASK]
    if layout.wide:
        added_cost(layout, routes, desk, request, courier, f.FAR, False)
        put_in(layout, routes, desk, request, courier)
        return
    if row[f.TASKS] == 1:
        link(routes.stop, first, answer[0])
    elif row[f.TASKS] == 2 and row[f.LOADS] == 1:
        if answer[1] != answer[0]:
            link(routes.stop, first + 1, answer[1])
        link(routes.stop, first, answer[0])
        if answer[1] == answer[0]:
            link(routes.stop, first + 1, first)
    else:
        added_cost(layout, routes, desk, request, courier, f.FAR, False)
        put_in(layout, routes, desk, request, courier)
        return
    assign(layout, routes, request, courier)
    refresh(layout, routes, courier)
