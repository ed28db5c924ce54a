"""Whether there is room on board. Arguments are one row each: a number per capacity dimension. Compiled."""

from __future__ import annotations

from solver.insertion.compiled import compiled
from solver.insertion.layout import Ints


@compiled
def has_room(net: Ints, load: Ints, extra: Ints, capacity: Ints) -> bool:
    """Return whether a task may put on board what it does, beside the load and what else there is of the request."""
    fits = True
    for d in range(len(net)):
        fits = fits and (net[d] <= 0 or load[d] + extra[d] <= capacity[d])
    return fits


@compiled
def has_room_after(fullest: Ints, extra: Ints, capacity: Ints) -> bool:
    """Return whether all that follows has room beside what the request leaves on board."""
    fits = True
    for d in range(len(extra)):
        fits = fits and fullest[d] + extra[d] <= capacity[d]
    return fits


@compiled
def may_begin(initial: Ints, load: Ints, capacity: Ints) -> bool:
    """Return whether there is room at the start for what an unbound request has on board there."""
    fits = True
    for d in range(len(initial)):
        fits = fits and (initial[d] <= 0 or load[d] + initial[d] <= capacity[d])
    return fits
