"""A problem as flat arrays, for compiled code: what there is (`solver.insertion.flatten` makes it).

Nodes are numbered as in `solver.nodes`. What belongs to a node, to a way of a request, or to a courier is a row;
`fields` names the columns. A break or a reload is a request of one task.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

Rows = list[list[int]]
"""Task nodes per courier, in order; see `solver.nodes`."""


class Layout(NamedTuple):
    """What never changes while a plan is made.

    Attributes
    ----------
    durations_s, distances_m
        (profiles, places, places) int32; `distances_m` is (1, 1, 1) unless `has_metres`.
    reverse_s
        `durations_s`, destinations in rows: all ways to a place side by side.
    later_from, later_s
        (profiles, hours): from when on travel is another, FAR if there is no such hour; (profiles * hours, places,
        places) int32: what it is then; (1, 1, 1) unless `has_hours`.
    node
        (stops + 2 couriers, `fields.NODE_FIELDS`); stops are tasks, breaks and reloads.
    net
        (nodes, dimensions): what a task adds to the load.
    most_load
        (nodes, dimensions): what may be on board during a break, -1 for anything; one row if there is no step.
    window, delay
        (n, 2): earliest and latest; deadline and cost per second.
    request, initial, peak, left_over
        (rows, `fields.REQUEST_FIELDS`); (rows, dimensions): on board from the start; most on board at a time if it is
        alone; on board to the end.
    leaders
        (requests,): the row of the first way of each request of the problem.
    courier, capacity, bound_initial
        (couriers, `fields.COURIER_FIELDS`); (couriers, dimensions): room; on board from the start for bound requests.
    eligible
        (rows, couriers) uint8: skills, binding and room of an empty courier allow it.
    friend_from, friend
        (rows + 1,): where each request's rows of `friend` begin; (n, 2): the other, and whether they are to be alike.
    gap
        (n, 4): of each task with gaps, the other tasks, and how far apart they are to be.
    breach_cost_per_s
    puts_on
        Whether any task puts something on board.
    wide
        Whether the quick insertions do not know all of it: see `solver.insertion.wide.is_wide`.
    flat
        (rows, couriers): what a request costs wherever in a route it is done; without rows where nothing does, or where
        the problem is wide (`solver.insertion.flat`).
    has_metres, has_hours
        Whether anything depends on metres, and on the hour.
    slots
        Most states of doneness of any request.
    """

    durations_s: npt.NDArray[np.int32]
    distances_m: npt.NDArray[np.int32]
    reverse_s: npt.NDArray[np.int32]
    later_from: Ints
    later_s: npt.NDArray[np.int32]
    node: Ints
    net: Ints
    most_load: Ints
    window: Ints
    delay: Ints
    request: Ints
    leaders: Ints
    initial: Ints
    peak: Ints
    left_over: Ints
    courier: Ints
    capacity: Ints
    bound_initial: Ints
    eligible: npt.NDArray[np.uint8]
    friend_from: Ints
    friend: Ints
    gap: Ints
    breach_cost_per_s: int
    puts_on: bool
    wide: bool
    flat: Ints
    has_metres: bool
    has_hours: bool
    slots: int

    @property
    def tasks(self) -> int:
        """Number of tasks and steps: also the node of the first courier's start."""
        return len(self.node) - 2 * len(self.courier)


class WideLayout(Layout):
    """The layout of a wide problem: to the compiler another type (`solver.insertion.compiled.only_wide`)."""

    __slots__ = ()
