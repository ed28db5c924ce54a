"""One route a courier, no request in two of them, of the most profit: by branch and bound. Compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.insertion.compiled import compiled
from solver.insertion.layout import Ints
from solver.search.catalogue import Masks

Floats = npt.NDArray[np.float64]


class Stack(NamedTuple):
    """Room to work in: by depth, which is a courier, in the order of the routes to choose from.

    Attributes
    ----------
    at, chosen
        (couriers,): the route tried; those of the best choice, -1 as long as there is none.
    used
        (couriers + 1,): what those before serve.
    profit, bound
        (couriers + 1,): of those before; what all could come to, but for who is yet to choose.
    nodes
        (1,): routes tried.
    """

    at: Ints
    chosen: Ints
    used: Masks
    profit: Floats
    bound: Floats
    nodes: Ints


def new_stack(couriers: int) -> Stack:
    """Return room for so many couriers."""
    return Stack(
        at=np.zeros(couriers, np.int64),
        chosen=np.full(couriers, -1, np.int64),
        used=np.zeros(couriers + 1, np.uint64),
        profit=np.zeros(couriers + 1),
        bound=np.zeros(couriers + 1),
        nodes=np.zeros(1, np.int64),
    )


@compiled
def choose(
    first: Ints, served: Masks, profit: Floats, rest: Floats, base: float, floor: float, most: int, stack: Stack
) -> float:
    """Return the most profit above a floor, or the floor, after trying `most` routes at the most.

    `rest` is what is left of each route's profit after its requests have had their shares, all of which are `base`:
    what they come to, with the greatest rest of each courier, is never less than the profit. Each courier's routes are
    sorted by that, and the last serves nobody.
    """
    couriers = len(first) - 1
    depth = 0
    stack.bound[0] = base
    stack.at[0] = first[0] - 1
    while depth >= 0:
        stack.at[depth] += 1
        route, used = stack.at[depth], stack.used[depth]
        if route == first[depth + 1] or stack.nodes[0] == most:
            depth -= 1
            continue
        if served[route] & used:
            continue
        stack.nodes[0] += 1
        bound = stack.bound[depth] + rest[route]
        if bound + others(first, served, rest, depth, used | served[route]) <= floor:
            if bound + others(first, served, rest, depth, used) <= floor:
                # So it is for all that come after this one.
                depth -= 1
            continue
        total = stack.profit[depth] + profit[route]
        if depth + 1 == couriers:
            if total > floor:
                floor = total
                for courier in range(couriers):
                    stack.chosen[courier] = stack.at[courier]
            continue
        depth += 1
        stack.used[depth] = used | served[route]
        stack.profit[depth] = total
        stack.bound[depth] = bound
        stack.at[depth] = first[depth] - 1
    return floor


@compiled
def others(first: Ints, served: Masks, rest: Floats, depth: int, used: np.uint64) -> float:
    """Return the most that the couriers after one could add, each for itself."""
    total = 0.0
    for courier in range(depth + 1, len(first) - 1):
        route = first[courier]
        while served[route] & used:
            route += 1
        total += rest[route]
    return total
