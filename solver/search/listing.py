"""All routes that there are, where there are few: for each courier, each set of requests that it could serve.

Compiled. Sets are listed by courier and size. One is tried if all its parts with one request less can be served, as in
Agrawal and Srikant ("Fast Algorithms for Mining Association Rules", VLDB 1994): by the cheapest insertion of the last
request into the best order known of each part, and where none fits, in every order. Where a detour is a short cut, some
sets may be missed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.insert import Desk
from solver.insertion.layout import Ints, Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import Routes, lift
from solver.search.arrange import arrange, is_pair
from solver.search.catalogue import (
    FULL,
    LEVEL_BEGIN,
    LEVEL_END,
    NEXT_LEVEL,
    NEXT_ROUTE,
    PAIRS,
    USED,
    Catalogue,
    enter,
    find,
    known,
    load_route,
    mixed,
    note,
    take_over,
)
from solver.search.place import put_at
from solver.search.recreate import cost_in
from solver.search.yard import PLACES, Yard

STRETCH = 5_000
"""Costs found between two looks at whether it is over."""

ROOM_FOR_LEVEL = 0.25
"""Part of the room that sets of one size may take as long as there are ever more of them."""


class Listed(Enum):
    """What routes were listed."""

    NONE = "none"
    """No listing was begun, or it was given up: there seem to be too many."""
    SOME = "some"
    """There was no time for all, or no room."""
    ALL = "all"
    """Every one."""


def list_all(
    layout: Layout,
    routes: Routes,
    desk: Desk,
    yard: Yard,
    catalogue: Catalogue,
    found: Ints,
    *,
    others: Sequence[Catalogue],
    part: int,
    room: int,
    over: Callable[[], bool],
    meet: Callable[[], bool],
) -> Listed:
    """List all routes together with others who do so at the same time, and return how far that went.

    The routes under construction are those of a plan, and are left as they happen to be.

    Parameters
    ----------
    others
        The catalogues of the others, in order.
    part
        The how manyth of them all this one is: each tries other sets. The first brings together what all have found.
    room
        How many routes may be listed: if there seem to be more, it is given up.
    over
        Says whether to stop.
    meet
        Waits for the others and says whether to go on: the same to all, and not if a catalogue is full.
    """
    state, parts = catalogue.state, len(others) + 1

    def add() -> bool:
        return expand(layout, routes, desk, yard, catalogue, part, parts, STRETCH, found)

    def arrange_some() -> bool:
        return arrange_missed(layout, routes, catalogue, part, parts, STRETCH, found)

    begin(layout, routes, catalogue)
    room = min(room, len(catalogue.cost))
    left, used = len(catalogue.couriers), int(state[USED])
    for courier in catalogue.couriers:
        begin_courier(layout, routes, catalogue, courier)
        size = 1
        while size:
            for first, stage in ((state[LEVEL_BEGIN], add), (state[NEXT_LEVEL], arrange_some)):
                state[NEXT_ROUTE] = first
                while not over() and stage():
                    pass
                for turn in (True, False):
                    if not meet():
                        return Listed.SOME
                    if (part == 0) == turn:
                        for other in others if turn else others[:1]:
                            take_over(catalogue, other, int(other.state[NEXT_LEVEL]))
                if not meet():
                    return Listed.SOME
            size, before = int(state[USED] - state[NEXT_LEVEL]), size
            if size > max(2 * before, ROOM_FOR_LEVEL * room):
                return Listed.NONE
            state[LEVEL_BEGIN], state[LEVEL_END], state[NEXT_LEVEL] = state[NEXT_LEVEL], state[USED], state[USED]
        # Those to come have no fewer.
        left -= 1
        used, before = int(state[USED]), used
        if used + left * (used - before) > room:
            return Listed.NONE
    return Listed.ALL


@compiled
def begin(layout: Layout, routes: Routes, catalogue: Catalogue) -> None:
    """Begin with what each courier has to do in any case: nothing, or what is bound to it."""
    for request in catalogue.request:
        if routes.courier_of[request] >= 0:
            lift(layout, routes, request)
    for courier in range(len(layout.courier)):
        refresh(layout, routes, courier)
        note(layout, routes, catalogue, courier)


@compiled
def begin_courier(layout: Layout, routes: Routes, catalogue: Catalogue, courier: int) -> None:
    """Have nobody serve a request that could be served by this courier too."""
    for request in catalogue.request:
        if routes.courier_of[request] >= 0:
            lift(layout, routes, request)
    state = catalogue.state
    number = catalogue.place[find(catalogue, np.uint64(0), courier)] - 1
    state[PAIRS] = number >= 0 and catalogue.node[number, 0] < 0
    for request in catalogue.request:
        state[PAIRS] = state[PAIRS] and is_pair(layout, request)
    # Where that breaks a rule already there is nothing to add to.
    state[NEXT_LEVEL] = state[USED]
    state[LEVEL_BEGIN] = number if number >= 0 else state[USED]
    state[LEVEL_END] = number + 1 if number >= 0 else state[USED]


@compiled
def expand(
    layout: Layout,
    routes: Routes,
    desk: Desk,
    yard: Yard,
    catalogue: Catalogue,
    part: int,
    parts: int,
    budget: int,
    found: Ints,
) -> bool:
    """Add a request to sets of one size until about `budget` costs have been found; return whether there is more to do.

    Of `parts` catalogues with the same sets, each adds to other ones.
    """
    state = catalogue.state
    begin = found[0]
    while state[NEXT_ROUTE] < state[LEVEL_END] and not state[FULL]:
        if found[0] - begin >= budget:
            return True
        number = state[NEXT_ROUTE]
        if is_mine(catalogue.served[number], part, parts) and catalogue.cost[number] < f.FAR:
            add_each(layout, routes, desk, yard, catalogue, number, found)
        found[0] += 1
        state[NEXT_ROUTE] += 1
    return False


@compiled
def is_mine(served: np.uint64, part: int, parts: int) -> bool:
    """Return whether a set is one for this part of several: about as many are for each, whatever the sets."""
    return bool(mixed(served, parts) % np.uint64(parts) == np.uint64(part))


@compiled
def arrange_missed(
    layout: Layout, routes: Routes, catalogue: Catalogue, part: int, parts: int, budget: int, found: Ints
) -> bool:
    """Try every order for sets that no request could be inserted into; see `expand`."""
    state = catalogue.state
    begin = found[0]
    while state[NEXT_ROUTE] < state[USED]:
        if found[0] - begin >= budget:
            return True
        number = state[NEXT_ROUTE]
        if is_mine(catalogue.served[number], part, parts) and catalogue.cost[number] == f.FAR:
            arrange(layout, routes, catalogue, number)
            found[0] += 10
        state[NEXT_ROUTE] += 1
    return False


@compiled
def add_each(
    layout: Layout, routes: Routes, desk: Desk, yard: Yard, catalogue: Catalogue, number: int, found: Ints
) -> None:
    """List the sets of a route with one request more."""
    courier, served, state = catalogue.owner[number], catalogue.served[number], catalogue.state
    load_route(layout, routes, courier, catalogue.node[number])
    for bit in range(len(catalogue.request)):
        this = np.uint64(1) << np.uint64(bit)
        if served & this or not parts_known(catalogue, served, this, courier):
            continue
        request = catalogue.request[bit]
        other = catalogue.place[find(catalogue, served | this, courier)] - 1
        if other >= 0 and catalogue.cost[other] == f.FAR and state[PAIRS]:
            continue  # It is tried in every order.
        limit, way, able = f.FAR, -1, False
        for row in range(request, request + layout.request[request, f.WAYS]):
            if layout.eligible[row, courier]:
                cost = cost_in(layout, routes, desk, yard, row, courier, f.FAR, yard.known[row, courier])
                found[0] += 1
                able = True
                if cost < limit:
                    limit, way = cost, row
        if way < 0 and able:
            enter(catalogue, served | this, courier)
        if way < 0 or (other >= 0 and catalogue.cost[other] <= catalogue.cost[number] + limit):
            continue
        put_at(layout, routes, desk, way, courier, yard.known[way, courier, PLACES:])
        note(layout, routes, catalogue, courier)
        lift(layout, routes, request)
        refresh(layout, routes, courier)


@compiled
def parts_known(catalogue: Catalogue, served: np.uint64, this: np.uint64, courier: int) -> bool:
    """Return whether a courier can serve each set that is made of a set, one of it replaced by another request."""
    left = served
    while left:
        one = left & (~left + np.uint64(1))
        if not known(catalogue, (served ^ one) | this, courier):
            return False
        left ^= one
    return True
