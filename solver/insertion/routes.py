"""The routes under construction: linked nodes, with what is known of each, kept up to date route by route.

Compiled. A route runs from the node of its courier's start over its tasks, breaks and reloads to the node of its
courier's end. After its links have changed, `solver.insertion.refresh` makes what is known of it right again.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Ints, Layout


class Routes(NamedTuple):
    """Who does what in which order.

    Attributes
    ----------
    stop
        (nodes, `fields.STOP_FIELDS`); right for the nodes that are on a route. `fields.PREVIOUS` of others is -1.
    load
        (nodes, dimensions): on board on departure.
    fullest
        (nodes, dimensions): the largest load at any node from here on that puts something on board, or -`fields.FAR`.
    route
        (couriers, `fields.ROUTE_FIELDS`).
    courier_of, way_of
        (requests,): by the row of the first way: courier, or -1; the row of the way that is on the route.
    track
        (`fields.TRACKS`, nodes): room to work in (`solver.insertion.drive`).
    """

    stop: Ints
    load: Ints
    fullest: Ints
    route: Ints
    courier_of: Ints
    way_of: Ints
    track: Ints


def new_routes(layout: Layout) -> Routes:
    """Return routes without stops."""
    nodes, dimensions = layout.net.shape
    couriers = len(layout.courier)
    routes = Routes(
        stop=np.zeros((nodes, f.STOP_FIELDS), np.int64),
        load=np.zeros((nodes, dimensions), np.int64),
        fullest=np.full((nodes, dimensions), -f.FAR, np.int64),
        route=np.zeros((couriers, f.ROUTE_FIELDS), np.int64),
        courier_of=np.full(len(layout.request), -1, np.int64),
        way_of=np.arange(len(layout.request)),
        track=np.zeros((f.TRACKS, max(nodes, f.TOTALS) if layout.wide else f.TOTALS), np.int64),
    )
    routes.stop[:, f.AT] = layout.node[:, f.PLACE]
    routes.stop[: layout.tasks, f.PREVIOUS] = -1
    starts = np.arange(couriers) + layout.tasks
    routes.stop[starts, f.NEXT] = starts + couriers
    routes.stop[starts + couriers, f.PREVIOUS] = starts
    routes.route[:, f.FIRST_GAP] = starts
    ends = starts + couriers
    routes.stop[starts, f.DEPART] = layout.courier[:, f.OPENS]
    last = layout.node[ends, f.LAST]
    for column in (f.LATEST_SAME, f.LATEST_OTHER, f.RELAXED):
        routes.stop[ends, column] = np.where(layout.node[ends, f.SOFT] == 1, f.FAR, last)
    for column in (f.QUIET_SAME, f.QUIET_OTHER):
        routes.stop[ends, column] = layout.node[ends, f.QUIET]
    routes.load[starts] = layout.bound_initial
    routes.route[:, f.FAULT] = -1
    return routes


@compiled
def link(stop: Ints, node: int, before: int) -> None:
    """Put a node behind another."""
    after = stop[before, f.NEXT]
    stop[before, f.NEXT] = stop[after, f.PREVIOUS] = node
    stop[node, f.PREVIOUS], stop[node, f.NEXT] = before, after
    stop[node, f.FRESH] = stop[after, f.FRESH] = f.LINKED


@compiled
def unlink(stop: Ints, node: int) -> None:
    """Take a node out."""
    before, after = stop[node, f.PREVIOUS], stop[node, f.NEXT]
    stop[before, f.NEXT] = after
    stop[after, f.PREVIOUS] = before
    stop[node, f.PREVIOUS] = -1
    stop[after, f.FRESH] = f.LINKED


@compiled
def lift(layout: Layout, routes: Routes, request: int) -> None:
    """Take a request, named by the row of its first way, off its route, which is to be refreshed."""
    row = layout.request[routes.way_of[request]]
    for node in range(row[f.FIRST_TASK], row[f.FIRST_TASK] + row[f.TASKS]):
        unlink(routes.stop, node)
    routes.courier_of[request] = -1


@compiled
def assign(layout: Layout, routes: Routes, row: int, courier: int) -> None:
    """Note that a courier serves a request in the way of a row."""
    leader = layout.request[row, f.LEADER]
    routes.courier_of[leader], routes.way_of[leader] = courier, row
