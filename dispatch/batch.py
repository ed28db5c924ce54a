"""Allocates many orders one after the other, and shares the work that does not depend on what was allocated before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from dispatch.allocation import Allocator
from dispatch.decision import Decision
from dispatch.model import Order

CHUNK = 2_048
"""Orders whose candidates and travel are found at once: large enough to share, small enough for the cache."""


def allocate_many(
    allocator: Allocator,
    orders: Iterable[Order],
    *,
    now_s: Callable[[Order], int] = lambda order: order.placed_s,
    queued: Callable[[str], int] | None = None,
    chunk: int = CHUNK,
) -> Iterator[Decision]:
    """Yield the decision on each order, in the order given: the same as by `Allocator.allocate`, one by one.

    Nothing is done ahead but candidates and travel: an order is decided, and its stock held, when its decision is asked
    for.

    Parameters
    ----------
    now_s
        When an order is decided; when it was placed, if nothing else is said.
    queued
        Fulfilments that wait for a picker at a store when the decision is asked for.
    chunk
        Orders that are prepared at once.
    """
    rest = iter(orders)
    while part := list(islice(rest, chunk)):
        prepared = allocator.prepare(part, [now_s(order) for order in part])
        for number in range(len(part)):
            yield allocator.decide(prepared, number, queued=queued)
