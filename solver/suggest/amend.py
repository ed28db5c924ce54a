"""What a change makes of a layout, for every courier at once, so that one survey tells who could use it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.insertion.layout import Ints, Layout
from solver.problem import FOREVER_S
from solver.suggestion import Kind

Skilled = npt.NDArray[np.bool_]
"""Which couriers have the skills for a request."""


def amend(layout: Layout, kind: Kind, rows: Ints, amount: int, skilled: Skilled) -> Layout:
    """Return the layout with so much more of something.

    Parameters
    ----------
    rows
        Of the ways of the request that it is to help.
    amount
        Of kinds that are about a courier, every courier gets that much more; of room, in each dimension, but no more
        than the request takes.
    """
    return _AMENDED[kind](layout, rows, amount, skilled)


def room(layout: Layout, rows: Ints, units: Ints, skilled: Skilled) -> Layout:
    """Return the layout with room for so many units more, per dimension."""
    capacity = layout.capacity + units
    return layout._replace(capacity=capacity, eligible=_eligible(layout, rows, capacity, skilled))


def _later(layout: Layout, rows: Ints, more_s: int, _: Skilled) -> Layout:
    node, window = layout.node.copy(), layout.window.copy()
    for row in layout.request[rows]:
        for task in node[row[f.FIRST_TASK] : row[f.FIRST_TASK] + row[f.TASKS]]:
            task[f.LAST] = window[task[f.WINDOW_TO] - 1, 1] = min(FOREVER_S, task[f.LAST] + more_s)
    return layout._replace(node=node, window=window)


def _longer_on_board(layout: Layout, rows: Ints, more_s: int, _: Skilled) -> Layout:
    request = layout.request.copy()
    request[rows, f.ON_BOARD] += more_s
    return layout._replace(request=request)


def _longer_shift(layout: Layout, _: Ints, more_s: int, __: Skilled) -> Layout:
    node, window, delay = layout.node.copy(), layout.window.copy(), layout.delay.copy()
    for end in node[layout.tasks + len(layout.courier) :]:
        end[f.LAST] = window[end[f.WINDOW_TO] - 1, 1] = end[f.LAST] + more_s
        delay[end[f.DELAY_FROM] : end[f.DELAY_TO], 0] += more_s
    return layout._replace(node=node, window=window, delay=delay)


def _more(column: int) -> Callable[[Layout, Ints, int, Skilled], Layout]:
    def of(layout: Layout, _: Ints, more: int, __: Skilled) -> Layout:
        courier = layout.courier.copy()
        courier[:, column] = np.minimum(f.FAR, courier[:, column] + more)
        return layout._replace(courier=courier)

    return of


def _more_room(layout: Layout, rows: Ints, more: int, skilled: Skilled) -> Layout:
    return room(layout, rows, np.minimum(more, layout.peak[rows].max(axis=0)), skilled)


def _more_skills(layout: Layout, rows: Ints, _: int, __: Skilled) -> Layout:
    everyone = np.ones(len(layout.courier), np.bool_)
    return layout._replace(eligible=_eligible(layout, rows, layout.capacity, everyone))


def _eligible(layout: Layout, rows: Ints, capacity: Ints, skilled: Skilled) -> npt.NDArray[np.uint8]:
    eligible = layout.eligible.copy()
    eligible[rows] = (layout.peak[rows][:, None] <= capacity[None]).all(axis=2) & skilled
    return eligible


_AMENDED = {
    Kind.LATER: _later,
    Kind.LONGER_ON_BOARD: _longer_on_board,
    Kind.LONGER_SHIFT: _longer_shift,
    Kind.LONGER_TRAVEL: _more(f.MAX_TRAVEL),
    Kind.LONGER_DISTANCE: _more(f.MAX_DISTANCE),
    Kind.MORE_TASKS: _more(f.MAX_TASKS),
    Kind.MORE_ROOM: _more_room,
    Kind.MORE_SKILLS: _more_skills,
}

__all__ = ["amend", "room"]
