"""Strings of stops are taken out of neighbouring routes.

Compiled. Slack induction by string removals (Christiaens and Vanden Berghe, "Slack Induction by String Removals for
Vehicle Routing Problems", Transportation Science 2020).
"""

from __future__ import annotations

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Layout
from solver.insertion.routes import Routes, refresh, unlink
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
    tasks = layout.request[around, f.TASKS]
    middle = layout.request[around, f.FIRST_TASK] + draw(yard.chance, tasks)
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
    for position in range(begin, count):
        request = yard.out[position]
        task = layout.request[request, f.FIRST_TASK]
        for node in range(task, task + layout.request[request, f.TASKS]):
            unlink(stop, node)
        routes.courier_of[request] = -1
    refresh(layout, routes, courier)
    return count


@compiled
def ruin(layout: Layout, routes: Routes, yard: Yard, average: int) -> int:
    """Take strings out of neighbouring routes, and return how many requests stand in `Yard.out`."""
    requests, couriers, state = len(layout.request), len(layout.courier), yard.state
    seed = draw(yard.chance, requests)
    if state[ROUNDS] % LENGTH_HOLDS == 0 or state[LONGEST] == 0:
        planned = used = 0
        for courier in range(couriers):
            used += routes.route[courier, f.COUNT] > 0
        for request in range(requests):
            planned += routes.courier_of[request] >= 0
        state[LONGEST] = max(1, min(STRING, planned // max(1, used)))
    longest = state[LONGEST]
    # Between 1 and 4 * average / (1 + longest), rounded down, the fraction by chance: `average` requests in the mean.
    most_strings = max(100, 400 * average // (1 + longest) - 100)
    strings = (100 + draw(yard.chance, most_strings)) // 100
    count = 0
    for position in range(-1, yard.near.shape[1]):
        request = seed if position < 0 else yard.near[seed, position]
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
    requests = len(layout.request)
    taken = count
    request = draw(yard.chance, requests)
    for _ in range(requests):
        if count - taken == LEFT_OUT or count == requests:
            break
        request = request + 1 if request + 1 < requests else 0
        if routes.courier_of[request] < 0:
            listed = False
            for position in range(taken):
                listed = listed or yard.out[position] == request
            if not listed:
                yard.out[count] = request
                count += 1
    return count
