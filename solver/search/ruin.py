"""Strings of stops are taken out of neighbouring routes.

Compiled. Slack induction by string removals (Christiaens and Vanden Berghe, "Slack Induction by String Removals for
Vehicle Routing Problems", Transportation Science 2020).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.insertion.compiled import compiled, only_wide
from solver.insertion.layout import Ints, Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import Routes, lift
from solver.problem import RELOAD
from solver.search.yard import LEFT, LONGEST, ROUNDS, Yard, draw, touch

STRING = 10
"""Most requests taken out of one route."""

LENGTH_HOLDS = 64
"""Rounds between two looks at how long routes are."""

LEFT_OUT = 12
"""Most requests left out that are tried in one round."""


@compiled
def take_string(layout: Layout, routes: Routes, yard: Yard, courier: int, around: int, length: int, count: int) -> int:
    """Take about `length` requests out of a route, those with stops next to a stop of `around`.

    They are added to `Yard.out` behind the first `count`; the new count is returned, -1 if what is left breaks a rule.
    """
    couriers = len(layout.courier)
    start = len(layout.node) - 2 * couriers + courier
    end = start + couriers
    stop = routes.stop
    tasks = layout.request[routes.way_of[around], f.TASKS]
    middle = layout.request[routes.way_of[around], f.FIRST_TASK] + draw(yard.chance, tasks)
    touch(layout, routes, yard, courier)
    # Go back some stops, then collect requests stop by stop, perhaps sparing one stretch in the middle of the string.
    first = middle
    for _ in range(draw(yard.chance, length * tasks)):
        if stop[first, f.PREVIOUS] == start:
            break
        first = stop[first, f.PREVIOUS]
    spared = draw(yard.chance, 4) if draw(yard.chance, 2) else 0
    spare_at = draw(yard.chance, length) if length > 1 else -1
    begin = count
    node = first
    while node != end and count - begin < length:
        request = layout.node[node, f.REQUEST]
        if count - begin == spare_at and spared > 0 and node != middle:
            spared -= 1
        elif yard.movable[request]:
            listed = False
            for position in range(begin, count):
                listed = listed or yard.out[position] == request
            if not listed:
                yard.out[count] = request
                count += 1
        node = stop[node, f.NEXT]
    if len(layout.friend):
        count = take_friends(
            layout.friend_from, layout.friend, routes.courier_of, yard.movable, yard.out, courier, begin, count
        )
    for position in range(begin, count):
        lift(layout, routes, yard.out[position])
    if len(layout.gap):
        count = take_followers(layout, routes, yard, begin, count)
    refresh(layout, routes, courier)
    # A reload is not put back for its own sake: `anneal` tries one now and then.
    left = begin
    for position in range(begin, count):
        if layout.request[yard.out[position], f.NUMBER] != RELOAD:
            yard.out[left] = yard.out[position]
            left += 1
    return left


@compiled
def take_friends(
    friend_from: Ints,
    friend: Ints,
    courier_of: Ints,
    movable: npt.NDArray[np.uint8],
    out: Ints,
    courier: int,
    begin: int,
    count: int,
) -> int:
    """Add to those taken off a route the others that may only leave with them; return how many there are then."""
    position = begin
    while position < count:
        request = out[position]
        for number in range(friend_from[request], friend_from[request + 1]):
            other = friend[number, f.OTHER]
            if friend[number, f.ALIKE] == 1 and courier_of[other] == courier and movable[other]:
                listed = False
                for place in range(begin, count):
                    listed = listed or out[place] == other
                if not listed:
                    out[count] = other
                    count += 1
        position += 1
    return count


@only_wide(-1)
def take_followers(layout: Layout, routes: Routes, yard: Yard, begin: int, count: int) -> int:
    """Take out, off whatever route, the requests that are not served without those taken out; return how many now."""
    position = begin
    while position < count:
        row = layout.request[yard.out[position]]
        for node in range(row[f.FIRST_TASK], row[f.FIRST_TASK] + row[f.TASKS]):
            for number in range(layout.node[node, f.GAP_FROM], layout.node[node, f.GAP_TO]):
                request = layout.node[layout.gap[number, f.ACROSS], f.REQUEST]
                courier = routes.courier_of[request]
                if not layout.gap[number, f.IS_SECOND] and courier >= 0:
                    touch(layout, routes, yard, courier)
                    lift(layout, routes, request)
                    refresh(layout, routes, courier)
                    yard.out[count] = request
                    count += 1
        position += 1
    return count


@compiled
def ruin(layout: Layout, routes: Routes, yard: Yard, average: int) -> int:
    """Take strings out of neighbouring routes, and return how many requests stand in `Yard.out`."""
    requests, couriers, state = len(layout.leaders), len(layout.courier), yard.state
    seed = draw(yard.chance, requests)
    if state[ROUNDS] % LENGTH_HOLDS == 0 or state[LONGEST] == 0:
        planned = used = 0
        for courier in range(couriers):
            used += routes.route[courier, f.COUNT] > 0
        for request in layout.leaders:
            planned += routes.courier_of[request] >= 0
        state[LONGEST] = max(1, min(STRING, planned // max(1, used)))
    longest = state[LONGEST]
    # Between 1 and 4 * average / (1 + longest), rounded down, the fraction by chance: `average` requests in the mean.
    most_strings = max(100, 400 * average // (1 + longest) - 100)
    strings = (100 + draw(yard.chance, most_strings)) // 100
    count = 0
    for position in range(-1, yard.near.shape[1]):
        request = layout.leaders[seed] if position < 0 else yard.near[layout.leaders[seed], position]
        courier = routes.courier_of[request]
        if courier < 0 or yard.mark[0, courier] == state[ROUNDS] or not yard.movable[request]:
            continue
        stops = routes.route[courier, f.COUNT]
        length = 1 + draw(yard.chance, max(1, min(longest, stops)))
        count = take_string(layout, routes, yard, courier, request, length, count)
        strings -= 1
        if strings == 0:
            break
    return count


@compiled
def add_left_out(layout: Layout, routes: Routes, yard: Yard, count: int) -> int:
    """Add some of the requests left out to `Yard.out`, behind the `count` that were taken out."""
    if yard.state[LEFT] == 0:
        return count
    requests = len(layout.leaders)
    taken = count
    number = draw(yard.chance, requests)
    for _ in range(requests):
        if count - taken == LEFT_OUT or count == len(yard.out):
            break
        number = number + 1 if number + 1 < requests else 0
        request = layout.leaders[number]
        if routes.courier_of[request] < 0:
            listed = False
            for position in range(taken):
                listed = listed or yard.out[position] == request
            if not listed:
                yard.out[count] = request
                count += 1
    return count
