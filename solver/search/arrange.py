"""The order of stops in which a courier serves some requests with the least travel, of all that are in time.

Compiled.
"""

from __future__ import annotations

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Layout
from solver.insertion.routes import Routes
from solver.search.catalogue import ARRANGED, MOST_STOPS, REMEMBERED, Catalogue, find, load_route

MOST_TRIES = 1_000
"""Stops put behind each other for one set."""

THREE = tuple(3**number for number in range(MOST_STOPS // 2))
"""What one task more of each request of a set adds to the number of what is done."""

# Catalogue.path, by request of the set
FIRST = 0  # its load
DONE = 1  # how many of its two tasks
# and by stop of the order tried
CHOICE = 2  # whose turn it is: a request of the set, or -1 for none yet
AT = 3  # its node
LEAVES = 4
TRAVELLED = 5
# and by task of the set, two for each request
DUE = 6  # latest start


@compiled
def arrange(layout: Layout, routes: Routes, catalogue: Catalogue, number: int) -> bool:
    """Find the best order for a set of the catalogue, write it there, and return whether there is one.

    Only for couriers with nothing else to do, and requests of a load and an unload with no more than a window each.
    """
    path, node, courier = catalogue.path, layout.node, catalogue.owner[number]
    idle = catalogue.place[find(catalogue, np.uint64(0), courier)] - 1
    if idle < 0 or catalogue.node[idle, 0] >= 0:
        return False
    catalogue.state[ARRANGED] += 1
    count = 0
    for bit in range(len(catalogue.request)):
        if (catalogue.served[number] >> np.uint64(bit)) & np.uint64(1):
            if not is_pair(layout, catalogue.request[bit]) or 2 * count + 2 >= MOST_STOPS:
                return False
            first = layout.request[catalogue.request[bit], f.FIRST_TASK]
            # The most urgent first: what is in time is found sooner.
            place = count
            while place and node[path[FIRST, place - 1] + 1, f.LAST] > node[first + 1, f.LAST]:
                path[FIRST, place] = path[FIRST, place - 1]
                place -= 1
            path[FIRST, place] = first
            path[DONE, count] = 0
            count += 1
    start = len(node) - 2 * len(layout.courier) + courier
    end = start + len(layout.courier)
    durations = layout.durations_s[layout.courier[courier, f.PROFILE]]
    best = f.FAR
    for position in range(2 * count):
        task = path[FIRST, position // 2] + position % 2
        path[DUE, position] = node[task, f.LAST]
        if position % 2 == 0:
            # The unload follows, at the earliest right behind.
            left = durations[node[task, f.PLACE], node[task + 1, f.PLACE]] + node[task, f.SERVICE]
            path[DUE, position] = min(path[DUE, position], node[task + 1, f.LAST] - left)
    depth = tries = 0
    done = 0  # DONE of all, as one number
    path[CHOICE, 0] = -1
    while depth >= 0:
        here, leaves, travelled = node[start, f.PLACE], layout.courier[courier, f.OPENS], 0
        if depth:
            here = node[path[AT, depth - 1], f.PLACE]
            leaves, travelled = path[LEAVES, depth - 1], path[TRAVELLED, depth - 1]
        choice = path[CHOICE, depth]
        if choice >= 0:
            path[DONE, choice] -= 1
            done -= THREE[choice]
        elif not in_time(layout, catalogue, courier, count, here, leaves):
            choice = count
        choice += 1
        while choice < count and path[DONE, choice] == 2:
            choice += 1
        if choice >= count or tries == MOST_TRIES:
            depth -= 1
            continue
        tries += 1
        task = path[FIRST, choice] + path[DONE, choice]
        way = int(durations[here, node[task, f.PLACE]]) if here >= 0 else 0
        begin = int(max(leaves + way, node[task, f.OPENS_S]))
        path[CHOICE, depth] = choice
        path[DONE, choice] += 1
        done += THREE[choice]
        path[AT, depth] = task
        path[LEAVES, depth] = begin + node[task, f.SERVICE]
        path[TRAVELLED, depth] = travelled + way
        if begin > node[task, f.LAST] or travelled + way >= best or not has_room(layout, catalogue, courier, depth):
            continue
        if count <= REMEMBERED and is_worse(catalogue, done * count + choice, path[LEAVES, depth], travelled + way):
            continue
        if depth + 1 < 2 * count:
            depth += 1
            path[CHOICE, depth] = -1
            continue
        # Only now does the way to the courier's end count.
        place = node[end, f.PLACE]
        home = int(durations[node[task, f.PLACE], place]) if place >= 0 else 0
        if path[LEAVES, depth] + home > node[end, f.LAST] or travelled + way + home >= best:
            continue
        best = travelled + way + home
        for position in range(2 * count):
            catalogue.node[number, position] = path[AT, position]
        catalogue.node[number, 2 * count] = -1
    if best == f.FAR or load_route(layout, routes, courier, catalogue.node[number]) >= 0:
        return False
    catalogue.cost[number] = routes.route[courier, f.COST]
    return True


@compiled
def is_pair(layout: Layout, request: int) -> bool:
    """Return whether a request is a load and an unload, with a window each and no more to it."""
    row = layout.request[request]
    if row[f.TASKS] != 2 or row[f.LOADS] != 1 or row[f.WAYS] > 1 or row[f.ON_BOARD] >= 0:
        return False
    first = row[f.FIRST_TASK]
    return bool(layout.node[first, f.KIND] == f.PLAIN and layout.node[first + 1, f.KIND] == f.PLAIN)


@compiled
def is_worse(catalogue: Catalogue, place: int, leaves: int, travelled: int) -> bool:
    """Return whether the same has been done before, to the same place, no later, with no more travel, or note it."""
    seen, stamp = catalogue.seen, catalogue.state[ARRANGED]
    if seen[place, 0] == stamp and seen[place, 1] <= leaves and seen[place, 2] <= travelled:
        return True
    if seen[place, 0] != stamp or (seen[place, 1] >= leaves and seen[place, 2] >= travelled):
        seen[place, 0], seen[place, 1], seen[place, 2] = stamp, leaves, travelled
    return False


@compiled
def in_time(layout: Layout, catalogue: Catalogue, courier: int, count: int, here: int, leaves: int) -> bool:
    """Return whether each request of a set could be in time if it came next."""
    path, node = catalogue.path, layout.node
    durations = layout.durations_s[layout.courier[courier, f.PROFILE]]
    for choice in range(count if here >= 0 else 0):
        done = path[DONE, choice]
        if done < 2:
            place = node[path[FIRST, choice] + done, f.PLACE]
            if leaves + durations[here, place] > path[DUE, 2 * choice + done]:
                return False
    return True


@compiled
def has_room(layout: Layout, catalogue: Catalogue, courier: int, depth: int) -> bool:
    """Return whether what is on board after the last stop of the order tried has room."""
    for dimension in range(layout.net.shape[1]):
        load = 0
        for position in range(depth + 1):
            load += layout.net[catalogue.path[AT, position], dimension]
        if load > layout.capacity[courier, dimension]:
            return False
    return True
