"""Routes that a search knows: for a courier and a set of requests, the cheapest order found so far.

Compiled. Sets are bits of a number: a catalogue is for problems with few requests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Ints, Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import Routes, assign, link

Masks = npt.NDArray[np.uint64]

MOST_REQUESTS = 64
"""As many as a set has bits for."""

MOST_STOPS = 40
"""Of a route in a catalogue, with the -1 behind the last."""

MOST_ROUTES = 150_000
"""In a catalogue, with the sets for which no order is known."""

REMEMBERED = 8
"""In sets of up to so many requests it is remembered what led to the same place with the same done."""

PATH_FIELDS = 7
"""See `solver.search.arrange`."""

# Catalogue.state
USED = 0  # routes
FULL = 1  # whether there was no room for one
LEVEL_BEGIN = 2  # sets of the size that is added to now: from this route on
LEVEL_END = 3  # to before this one
NEXT_LEVEL = 4  # sets with one request more: from this route on
NEXT_ROUTE = 5  # the one that is looked at next
NOTING = 6  # whether a search notes the routes that it comes by
ARRANGED = 7  # how many sets were tried in all orders
PAIRS = 8  # whether that can be done for all sets of the present courier
STATES = 9


class Catalogue(NamedTuple):
    """Routes by number.

    Attributes
    ----------
    request
        (bits,): which request a bit of a set stands for, by the row of its first way.
    bit
        (rows,): the other way round, -1 for those that no set has.
    couriers
        (couriers,): in which order they are listed, those with few routes first.
    served
        (routes,): the set of each route.
    owner, cost
        (routes,): whose it is, and what it costs, `fields.FAR` if no order is known.
    node
        (routes, `MOST_STOPS`): its stops in order, ended by -1.
    place
        Where a set of a courier stands, by a number made of both: route + 1, or 0.
    path
        (`PATH_FIELDS`, `MOST_STOPS`): room to work in (`solver.search.arrange`).
    seen
        (3 ** `REMEMBERED` * `REMEMBERED`, 3): room to work in, too.
    state
        Counters: see above.
    """

    request: Ints
    bit: Ints
    couriers: Ints
    served: Masks
    owner: Ints
    cost: Ints
    node: Ints
    place: Ints
    path: Ints
    seen: Ints
    state: Ints


def new_catalogue(layout: Layout, frozen: Sequence[int]) -> Catalogue:
    """Return an empty catalogue; one without room where the problem is not of a kind or size for it.

    Requests with frozen stops, and those bound to a courier, are in all routes of that one, and in no set.
    """
    free = [row for row in layout.leaders.tolist() if layout.request[row, f.BOUND_TO] < 0 and row not in frozen]
    fits = 1 < len(free) <= MOST_REQUESTS and not (layout.wide or len(layout.friend) or len(layout.gap))
    most = MOST_ROUTES if fits else 0
    bit = np.full(len(layout.request), -1, np.int64)
    bit[free if fits else []] = np.arange(len(free) if fits else 0)
    return Catalogue(
        request=np.array(free, np.int64),
        bit=bit,
        couriers=np.argsort(_reached(layout, free if fits else []), kind="stable").astype(np.int64),
        served=np.zeros(most, np.uint64),
        owner=np.zeros(most, np.int64),
        cost=np.zeros(most, np.int64),
        node=np.zeros((most, MOST_STOPS), np.int64),
        place=np.zeros(4 * most, np.int64),
        path=np.zeros((PATH_FIELDS, MOST_STOPS), np.int64),
        seen=np.zeros((3**REMEMBERED * REMEMBERED if fits else 1, 3), np.int64),
        state=np.zeros(STATES, np.int64),
    )


def _reached(layout: Layout, requests: Sequence[int]) -> Ints:
    """Return for each courier how many requests it could serve if nothing else had to be done, but for waiting."""
    couriers = len(layout.courier)
    node, first = layout.node, layout.request[list(requests), f.FIRST_TASK]
    last = first + layout.request[list(requests), f.TASKS] - 1
    start = node[layout.tasks : layout.tasks + couriers, f.PLACE]
    profile = layout.courier[:, f.PROFILE, None]
    reached = np.zeros((couriers, len(first)), np.int64)
    reached += layout.courier[:, f.OPENS, None]
    for before, task in ((start[:, None], first), (node[first, f.PLACE], last)):
        way = layout.durations_s[profile, before, node[task, f.PLACE]].astype(np.int64)
        reached += np.where(before < 0, 0, way)
    in_time = (reached <= node[last, f.LAST]) & (layout.eligible[list(requests)].T == 1)
    count: Ints = np.count_nonzero(in_time, axis=1)
    return count


@compiled
def mixed(served: np.uint64, courier: int) -> np.uint64:
    """Return a number that differs for other sets and other couriers, all of whose bits do (as in splitmix64)."""
    number = (served ^ (np.uint64(courier + 1) * np.uint64(0x9E3779B97F4A7C15))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return number ^ (number >> np.uint64(31))


@compiled
def find(catalogue: Catalogue, served: np.uint64, courier: int) -> int:
    """Return the place of a set of a courier, or the free one where it belongs."""
    size = len(catalogue.place)
    slot = int(np.int64(mixed(served, courier) % np.uint64(size)))
    while catalogue.place[slot]:
        number = catalogue.place[slot] - 1
        if catalogue.served[number] == served and catalogue.owner[number] == courier:
            break
        slot = slot + 1 if slot + 1 < size else 0
    return slot


@compiled
def known(catalogue: Catalogue, served: np.uint64, courier: int) -> bool:
    """Return whether an order is known in which a courier serves a set."""
    number = catalogue.place[find(catalogue, served, courier)] - 1
    return bool(number >= 0 and catalogue.cost[number] < f.FAR)


@compiled
def enter(catalogue: Catalogue, served: np.uint64, courier: int) -> int:
    """Return the number of a set of a courier, a new one if it has none, -1 if there is no room."""
    slot = find(catalogue, served, courier)
    number = catalogue.place[slot] - 1
    if number < 0:
        number = catalogue.state[USED]
        if number == len(catalogue.cost):
            catalogue.state[FULL] = 1
            return -1
        catalogue.state[USED] += 1
        catalogue.place[slot] = number + 1
        catalogue.served[number] = served
        catalogue.owner[number] = courier
        catalogue.cost[number] = f.FAR
        catalogue.node[number, 0] = -1
    return int(number)


@compiled
def note(layout: Layout, routes: Routes, catalogue: Catalogue, courier: int) -> int:
    """Note a courier's route if it breaks no rule and is the cheapest with its set; return its number, or -1."""
    couriers = len(layout.courier)
    start = len(layout.node) - 2 * couriers + courier
    if routes.route[courier, f.FAULT] >= 0 or routes.route[courier, f.COUNT] >= MOST_STOPS:
        return -1
    served = np.uint64(0)
    node = routes.stop[start, f.NEXT]
    while node != start + couriers:
        bit = catalogue.bit[layout.node[node, f.REQUEST]]
        if bit >= 0:
            served |= np.uint64(1) << np.uint64(bit)
        node = routes.stop[node, f.NEXT]
    number = enter(catalogue, served, courier)
    if number < 0 or catalogue.cost[number] <= routes.route[courier, f.COST]:
        return number
    catalogue.cost[number] = routes.route[courier, f.COST]
    position = 0
    node = routes.stop[start, f.NEXT]
    while node != start + couriers:
        catalogue.node[number, position] = node
        position += 1
        node = routes.stop[node, f.NEXT]
    catalogue.node[number, position] = -1
    return int(number)


@compiled
def load_route(layout: Layout, routes: Routes, courier: int, nodes: Ints) -> int:
    """Have a courier drive some nodes, ended by -1, and nothing else; return the first that breaks a rule, or -1."""
    couriers = len(layout.courier)
    start = len(layout.node) - 2 * couriers + courier
    node = routes.stop[start, f.NEXT]
    while node != start + couriers:
        after = routes.stop[node, f.NEXT]
        routes.stop[node, f.PREVIOUS] = -1
        routes.courier_of[layout.node[node, f.REQUEST]] = -1
        node = after
    routes.stop[start, f.NEXT] = start + couriers
    routes.stop[start + couriers, f.PREVIOUS] = start
    routes.stop[start + couriers, f.FRESH] = f.LINKED
    before = start
    position = 0
    while nodes[position] >= 0:
        link(routes.stop, nodes[position], before)
        assign(layout, routes, layout.node[nodes[position], f.ROW], courier)
        before = nodes[position]
        position += 1
    return refresh(layout, routes, courier)


@compiled
def take_over(catalogue: Catalogue, other: Catalogue, first: int) -> None:
    """Take over from another catalogue the routes from one on that are not known here, or are cheaper there."""
    for theirs in range(first, other.state[USED]):
        number = enter(catalogue, other.served[theirs], other.owner[theirs])
        if number >= 0 and other.cost[theirs] < catalogue.cost[number]:
            catalogue.cost[number] = other.cost[theirs]
            for position in range(MOST_STOPS):
                catalogue.node[number, position] = other.node[theirs, position]
                if other.node[theirs, position] < 0:
                    break
