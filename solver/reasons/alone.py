"""Couriers with nothing else to do: what they can do then, and what is proven that they cannot."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.insertion.anywhere import MANY_TASKS
from solver.insertion.layout import Ints, Layout
from solver.problem import RELOAD

MOST_DETOURS = 64
"""Reload places that are looked at as places to drive through. With more of them nothing is proven."""


def idle(layout: Layout) -> Layout:
    """Return a problem without bound requests: nothing is on board, and no break or end of a shift may be late."""
    node = layout.node.copy()
    node[layout.node[:, f.STEP] == f.BREAK, f.SOFT] = 0
    node[layout.tasks :, f.SOFT] = 0
    return layout._replace(node=node, bound_initial=np.zeros_like(layout.bound_initial))


def unhindered(layout: Layout) -> Layout | None:
    """Return a problem in which who may reload can do all that it could with any number of reloads, and more.

    With nothing else to do, a reload on the way may save time where matrices are not those of shortest ways, spare a
    set-up at its place, or empty the vehicle before a break. Here the ways of who may reload lead over reload places
    where that is shorter, at any hour, set-up at these takes no time, and anything may be on board during breaks: who
    is late even so is late in any case. None if there are too many reload places.
    """
    places = np.unique(layout.node[layout.node[:, f.STEP] == f.RELOAD, f.PLACE])
    if len(places) > MOST_DETOURS:
        return None
    durations_s = np.concatenate([layout.durations_s, _over(fastest_s(layout), places)])
    distances_m = layout.distances_m
    if layout.has_metres:
        distances_m = np.concatenate([distances_m, _over(distances_m.astype(np.int64), places)])
    node, courier = layout.node.copy(), layout.courier.copy()
    node[np.isin(node[:, f.PLACE], places), f.SETUP] = 0
    courier[reloads(layout), f.PROFILE] += len(layout.later_from)
    return layout._replace(
        durations_s=durations_s,
        reverse_s=np.ascontiguousarray(durations_s.transpose(0, 2, 1)),
        distances_m=distances_m,
        later_from=np.concatenate([layout.later_from, np.full_like(layout.later_from, f.FAR)]),
        node=node,
        courier=courier,
        most_load=np.full_like(layout.most_load, -1),
    )


def fastest_s(layout: Layout) -> Ints:
    """Return what each way takes at the hour when it takes least."""
    hours = layout.later_from.shape[1]
    durations_s = layout.durations_s.astype(np.int64)
    for profile, hour in zip(*np.nonzero(layout.later_from < f.FAR), strict=True):
        np.minimum(durations_s[profile], layout.later_s[profile * hours + hour], out=durations_s[profile])
    return durations_s


def _over(least: Ints, places: Ints) -> npt.NDArray[np.int32]:
    """Return what ways take that lead over places where that is shorter; `least` is made use of."""
    for place in places:
        np.minimum(least, least[:, :, place, None] + least[:, place, None, :], out=least)
    return np.minimum(least, np.iinfo(np.int32).max).astype(np.int32)


def reloads(layout: Layout) -> npt.NDArray[np.bool_]:
    """Return which couriers may reload."""
    own = layout.eligible[layout.request[:, f.NUMBER] == RELOAD]
    return np.asarray(own.any(axis=0))


def tried_in_full(layout: Layout, row: int) -> bool:
    """Return whether every order of a row's tasks is tried when it is inserted, at every position."""
    loads, tasks = int(layout.request[row, f.LOADS]), int(layout.request[row, f.TASKS])
    return tasks <= MANY_TASKS if layout.wide else max(loads, tasks - loads) <= f.ORDERED


__all__ = ["fastest_s", "idle", "reloads", "tried_in_full", "unhindered"]
