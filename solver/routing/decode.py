"""Task orders out of an OR-Tools model, and into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from solver.routing.draft import Draft


def read_rows(draft: Draft, following: Callable[[Any], int]) -> list[list[int]]:
    """Return the task nodes of each courier in order.

    Parameters
    ----------
    following
        Gives the value of a `NextVar`: ``assignment.Value``, or ``pywrapcp.IntVar.Value`` in the midst of a search.
    """
    model = draft.model
    rows = []
    for courier in range(draft.nodes.couriers):
        row = []
        node = following(model.NextVar(model.Start(courier)))
        while not model.IsEnd(node):
            row.append(node)
            node = following(model.NextVar(node))
        rows.append(row)
    return rows


def start_from(draft: Draft, rows: list[list[int]]) -> Any | None:
    """Return an assignment with the given task nodes, others left out, or None if the model has no such solution.

    The model must be closed.
    """
    return draft.model.ReadAssignmentFromRoutes(rows, True)
