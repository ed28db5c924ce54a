"""Task orders out of an OR-Tools model, and into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from solver.routing.draft import Draft


def read_rows(draft: Draft, following: Callable[[Any], int]) -> list[list[int]]:
    """Return the nodes of each courier's tasks, breaks and reloads in order.

    Parameters
    ----------
    following
        Gives the value of a variable: ``assignment.Value``, or ``pywrapcp.IntVar.Value`` in the midst of a search.
    """
    model = draft.model
    pauses: dict[int, list[int]] = {}
    for pause, after in draft.breaks_after.items():
        pauses.setdefault(following(after), []).append(pause)
    rows = []
    for courier in range(draft.nodes.couriers):
        start = model.Start(courier)
        row = list(pauses.get(start, []))
        node = following(model.NextVar(start))
        while not model.IsEnd(node):
            row += (node, *pauses.get(node, []))
            node = following(model.NextVar(node))
        rows.append(row)
    return rows


def start_from(draft: Draft, rows: list[list[int]]) -> Any | None:
    """Return an assignment with the given nodes, others left out, or None if the model has no such solution.

    Breaks are not read: the model places them itself. The model must be closed.
    """
    visited = [[node for node in row if node not in draft.breaks_after] for row in rows]
    return draft.model.ReadAssignmentFromRoutes(visited, True)
