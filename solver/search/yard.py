"""What ruin and recreate remembers beside the routes: neighbours, costs, and what to go back to. Compiled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.friends import may_serve
from solver.insertion.labels import copy
from solver.insertion.layout import Ints, Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import Routes, assign, link
from solver.insertion.settle import settle
from solver.problem import BREAK, RELOAD
from solver.search.two import WAYS

NEIGHBOURS = 40
"""Requests that each request knows as its neighbours."""

START_COURIERS = 8
"""Couriers that each request knows as starting near it."""

# Yard.state
CURRENT = 0  # cost of the routes and of what is left out
BEST = 1
ROUNDS = 2
TOUCHED = 3  # routes changed in this round
SAVED = 4  # of `Yard.saved` in use
STAMP = 5
LEFT = 6  # requests left out
LONGEST = 7  # of the strings taken out now
STATES = 8

# Yard.known: what inserting a request into a route costs.
VERSION = 0  # of the route, or `AT_LEAST` - version where the cost is only known to be no less, or `INELIGIBLE`
COST = 1
PLACES = 2  # and the next: where (`solver.search.place`)
KNOWN = 4

AT_LEAST = -2
INELIGIBLE = -(2**62)


class Yard(NamedTuple):
    """What a search remembers beside the routes.

    Attributes
    ----------
    near
        (requests, `NEIGHBOURS` or fewer): other requests, nearest first. Here and below requests are named by the rows
        of their first ways (`solver.insertion.layout`), and breaks and reloads are requests.
    starts
        (requests, `START_COURIERS` or fewer): couriers by the way from their start.
    movable
        (requests,): 0 for those with frozen stops.
    reload
        (reloads, 2): requests that are reloads, and whose.
    known
        (requests, couriers, `KNOWN`): cost of insertion, and the order of stops that it was found for.
    candidates
        (couriers,): room to work in (`solver.search.recreate`).
    ways
        Room to work in (`solver.search.two`).
    out
        (requests,): those taken out in this round, then those left out that are tried with them.
    touched, old_route
        (couriers,), (couriers, `fields.ROUTE_FIELDS`): whose routes have changed in this round, and what they were.
    saved, old_stop, old_load, old_fullest
        (nodes, ...): their nodes before, each route from its start to its end, and what was known of them.
    best
        (tasks + couriers,): tasks of every route of the best plan, each ended by -1.
    mark
        (2, couriers): stamps of the round that last touched the route, and of the insertion that last looked at it.
    state, chance
        Counters (see above), and the state of the random numbers.
    """

    near: Ints
    starts: Ints
    movable: npt.NDArray[np.uint8]
    reload: Ints
    known: Ints
    candidates: Ints
    ways: Ints
    out: Ints
    touched: Ints
    old_route: Ints
    saved: Ints
    old_stop: Ints
    old_load: Ints
    old_fullest: Ints
    best: Ints
    mark: Ints
    state: Ints
    chance: npt.NDArray[np.uint64]


def new_yard(layout: Layout, routes: Routes, *, frozen: Sequence[int], seed: int) -> Yard:
    """Return a yard for routes that are refreshed and break no rule. Requests with frozen stops are not moved."""
    requests, couriers = layout.eligible.shape
    yard = Yard(
        near=_near(layout),
        starts=_starts(layout),
        movable=np.ones(requests, np.uint8),
        reload=_reloads(layout),
        known=np.zeros((requests, couriers, KNOWN), np.int64),
        candidates=np.zeros(couriers, np.int64),
        ways=np.zeros((layout.tasks + 1, WAYS), np.int64),
        out=np.zeros(requests, np.int64),
        touched=np.zeros(couriers, np.int64),
        old_route=np.zeros_like(routes.route),
        saved=np.zeros(len(layout.node), np.int64),
        old_stop=np.zeros_like(routes.stop),
        old_load=np.zeros_like(routes.load),
        old_fullest=np.zeros_like(routes.fullest),
        best=np.zeros(layout.tasks + couriers, np.int64),
        mark=np.zeros((2, couriers), np.int64),
        state=np.zeros(STATES, np.int64),
        chance=np.array([seed], np.uint64),
    )
    yard.movable[list(frozen)] = 0
    yard.known[:, :, VERSION] = np.where(layout.eligible == 1, AT_LEAST + 1, INELIGIBLE)
    adopt(layout, routes, yard)
    return yard


def _near(layout: Layout) -> Ints:
    """Return each request's neighbours: near at both ends and due at like times. Breaks and reloads have none."""
    leaders = layout.request[layout.leaders]
    first = leaders[:, f.FIRST_TASK]
    last = first + leaders[:, f.TASKS] - 1
    durations = layout.durations_s[0]
    apart = np.abs(np.subtract.outer(leaders[:, f.DUE], leaders[:, f.DUE])) // 4
    np.minimum(apart, 3_600, out=apart)
    for task in (first, last):
        place = layout.node[task, f.PLACE]
        apart += durations[np.ix_(place, place)]
    np.fill_diagonal(apart, -1)
    keep = min(NEIGHBOURS + 1, len(first))
    near = np.zeros((len(layout.request), max(keep - 1, 0)), np.int64)
    near[layout.leaders] = layout.leaders[_smallest(apart, keep)[:, 1:]]
    return near


def _reloads(layout: Layout) -> Ints:
    """Return the requests that are reloads, and whose they are."""
    rows = np.flatnonzero(layout.request[:, f.NUMBER] == RELOAD)
    return np.stack([rows, layout.eligible[rows].argmax(axis=1)], axis=1) if len(rows) else np.zeros((0, 2), np.int64)


def _starts(layout: Layout) -> Ints:
    """Return the couriers that start nearest to each request."""
    couriers = len(layout.courier)
    place = layout.node[layout.tasks : layout.tasks + couriers, f.PLACE]
    task = layout.node[layout.request[:, f.FIRST_TASK], f.PLACE]
    way = layout.durations_s[layout.courier[:, f.PROFILE][None, :], place[None, :], task[:, None]].astype(np.int64)
    way[:, place < 0] = 0
    way[layout.eligible == 0] = f.FAR
    return np.ascontiguousarray(_smallest(way, min(START_COURIERS, couriers)))


def _smallest(table: Ints, count: int) -> Ints:
    """Return the columns of the `count` smallest entries of each row, in ascending order, ties by column."""
    columns = table.shape[1]
    # Each entry with its column in the last place: no two are alike.
    distinct = np.minimum(table, f.FAR // columns - 1) * columns + np.arange(columns)
    if count < columns:
        distinct = np.partition(distinct, count - 1, axis=1)[:, :count]
    order: Ints = np.sort(distinct, axis=1) % columns
    return order


@compiled
def draw(chance: npt.NDArray[np.uint64], below: int) -> int:
    """Return a whole number from 0 to `below` - 1 (splitmix64: Steele, Lea and Flood, OOPSLA 2014)."""
    chance[0] += np.uint64(0x9E3779B97F4A7C15)
    z = chance[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return int(np.int64(z >> np.uint64(33)) % below)


@compiled
def lay(layout: Layout, routes: Routes, rows: Ints) -> int:
    """Make the routes what `rows` says (as in `Yard.best`), and return the plan's cost, or -1 if a rule is broken."""
    couriers = len(layout.courier)
    first = len(layout.node) - 2 * couriers
    routes.stop[:first, f.PREVIOUS] = -1
    routes.courier_of[:] = -1
    used = 0
    total = 0
    sound = True
    for courier in range(couriers):
        start = first + courier
        routes.stop[start, f.NEXT] = start + couriers
        routes.stop[start + couriers, f.PREVIOUS] = start
        routes.stop[start + couriers, f.FRESH] = f.LINKED
        routes.route[courier, f.FIRST_GAP] = start
        before = start
        frozen = layout.courier[courier, f.FROZEN]
        while rows[used] >= 0:
            node = rows[used]
            link(routes.stop, node, before)
            assign(layout, routes, layout.node[node, f.ROW], courier)
            before = node
            used += 1
            if layout.node[node, f.STEP] == f.TASK:
                frozen -= 1
                if frozen == 0:
                    routes.route[courier, f.FIRST_GAP] = node
        used += 1
        routes.track[f.TOTAL, f.OTHERS] = f.IGNORE
        sound = sound and refresh(layout, routes, courier) < 0
        routes.track[f.TOTAL, f.OTHERS] = f.KEEP
    if len(layout.gap) and sound:
        sound = settle(layout, routes)
    for courier in range(couriers):
        total += routes.route[courier, f.COST]
    for request in layout.leaders:
        courier = routes.courier_of[request]
        if courier < 0:
            total += layout.request[request, f.PRICE]
        elif len(layout.friend):
            sound = sound and may_serve(layout, routes, request, courier)
    return total if sound and (not layout.wide or has_breaks(layout, routes)) else -1


@compiled
def has_breaks(layout: Layout, routes: Routes) -> bool:
    """Return whether every courier with tasks takes all of its breaks."""
    taken = True
    for request in range(len(layout.request)):
        row = layout.request[request]
        if row[f.NUMBER] == BREAK and routes.courier_of[request] < 0:
            taken = taken and routes.route[row[f.BOUND_TO], f.COUNT] == 0
    return taken


@compiled
def adopt(layout: Layout, routes: Routes, yard: Yard) -> None:
    """Take the routes as they are for the current plan, and for the best."""
    total = 0
    for courier in range(len(layout.courier)):
        total += routes.route[courier, f.COST]
    yard.state[LEFT] = 0
    for request in layout.leaders:
        if routes.courier_of[request] < 0:
            total += layout.request[request, f.PRICE]
            yard.state[LEFT] += 1
    yard.state[CURRENT] = total
    keep_best(layout, routes, yard)


@compiled
def keep_best(layout: Layout, routes: Routes, yard: Yard) -> None:
    """Note the current plan as the best."""
    couriers = len(layout.courier)
    first = len(layout.node) - 2 * couriers
    used = 0
    for courier in range(couriers):
        node = routes.stop[first + courier, f.NEXT]
        while node != first + couriers + courier:
            yard.best[used] = node
            used += 1
            node = routes.stop[node, f.NEXT]
        yard.best[used] = -1
        used += 1
    yard.state[BEST] = yard.state[CURRENT]


@compiled
def touch(layout: Layout, routes: Routes, yard: Yard, courier: int) -> None:
    """Save a route before its first change in this round."""
    state = yard.state
    if yard.mark[0, courier] == state[ROUNDS]:
        return
    yard.mark[0, courier] = state[ROUNDS]
    number = state[TOUCHED]
    yard.touched[number] = courier
    copy(routes.route[courier], yard.old_route[number], f.ROUTE_FIELDS)
    state[TOUCHED] = number + 1
    couriers = len(layout.courier)
    node = len(layout.node) - 2 * couriers + courier
    end = node + couriers
    place = state[SAVED]
    while True:
        yard.saved[place] = node
        copy(routes.stop[node], yard.old_stop[place], f.STOP_FIELDS)
        copy(routes.load[node], yard.old_load[place], routes.load.shape[1])
        copy(routes.fullest[node], yard.old_fullest[place], routes.load.shape[1])
        place += 1
        if node == end:
            break
        node = routes.stop[node, f.NEXT]
    state[SAVED] = place


@compiled
def undo(layout: Layout, routes: Routes, yard: Yard) -> None:
    """Put the touched routes back."""
    couriers = len(layout.courier)
    first = len(layout.node) - 2 * couriers
    for number in range(yard.state[TOUCHED]):
        start = first + yard.touched[number]
        node = routes.stop[start, f.NEXT]
        while node != start + couriers:
            after = routes.stop[node, f.NEXT]
            routes.stop[node, f.PREVIOUS] = -1
            routes.courier_of[layout.node[node, f.REQUEST]] = -1
            node = after
    number = 0
    for place in range(yard.state[SAVED]):
        node = yard.saved[place]
        copy(yard.old_stop[place], routes.stop[node], f.STOP_FIELDS)
        copy(yard.old_load[place], routes.load[node], routes.load.shape[1])
        copy(yard.old_fullest[place], routes.fullest[node], routes.load.shape[1])
        if node < first:
            assign(layout, routes, layout.node[node, f.ROW], yard.touched[number])
        elif node >= first + couriers:
            courier = yard.touched[number]
            # Names of orders of stops are never given twice.
            names = routes.route[courier, f.VERSIONS]
            copy(yard.old_route[number], routes.route[courier], f.ROUTE_FIELDS)
            routes.route[courier, f.VERSIONS] = names
            number += 1
