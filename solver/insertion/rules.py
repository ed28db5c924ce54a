"""What the rules say of one leg and one start. Compiled."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.insertion.compiled import compiled
from solver.insertion.layout import Ints
from solver.problem import UNREACHABLE_S

Matrix = npt.NDArray[np.int32]


@compiled
def leg(matrix: Matrix, origin: int, destination: int) -> int:
    """Return the entry for a leg between places; nothing from or to anywhere (-1)."""
    return int(matrix[origin, destination]) if origin >= 0 and destination >= 0 else 0


@compiled
def start_s(node: Ints, window: Ints, task: int, arrive_s: int) -> int:
    """Return when a task starts on arrival at `arrive_s`, or `fields.NEVER`."""
    for row in range(node[task, f.WINDOW_FROM], node[task, f.WINDOW_TO]):
        if arrive_s <= window[row, 1]:
            return int(max(arrive_s, window[row, 0]))
    return int(arrive_s if node[task, f.SOFT] else f.NEVER)


@compiled
def time_cost(node: Ints, delay: Ints, breach_cost_per_s: int, task: int, start: int) -> int:
    """Return the delay and breach cost of a start."""
    if start <= node[task, f.QUIET]:
        return 0
    cost = 0
    for row in range(node[task, f.DELAY_FROM], node[task, f.DELAY_TO]):
        cost += max(0, start - delay[row, 0]) * delay[row, 1]
    if node[task, f.SOFT]:
        cost += max(0, start - node[task, f.LAST]) * breach_cost_per_s
    return cost


@compiled
def busy_s(node: Ints, before: int, task: int) -> int:
    """Return set-up and service seconds of a task done after node `before`."""
    place = node[before, f.PLACE]
    if place >= 0 and place != node[task, f.PLACE]:
        return int(node[task, f.SETUP] + node[task, f.SERVICE])
    return int(node[task, f.SERVICE])


@compiled
def no_way(node: Ints, origin: int, destination: int, seconds: int) -> bool:
    """Return whether a leg may not be planned."""
    return seconds >= UNREACHABLE_S and (node[origin, f.FREE] == 1 or node[destination, f.FREE] == 1)


@compiled
def latest_start(node: Ints, window: Ints, task: int, limit: int, quiet: bool) -> int:
    """Return the latest start up to `limit`, or `fields.NEVER`; without delay or breach if `quiet`."""
    if quiet:
        limit = min(limit, node[task, f.QUIET])
    elif node[task, f.SOFT] and limit > node[task, f.LAST]:
        return limit
    for row in range(node[task, f.WINDOW_TO] - 1, node[task, f.WINDOW_FROM] - 1, -1):
        if limit >= window[row, 0]:
            return int(min(limit, window[row, 1]))
    return f.NEVER
