"""A matrix inside a JSON document."""

from __future__ import annotations

import numpy as np

from solver.formats.pointer import At
from solver.problem import IntMatrix
from solver.validation.matrices import LARGEST_ENTRY


def read_table(at: At) -> IntMatrix:
    """Return a square matrix given as an array of rows: whole numbers from 0 to 2**31 - 1.

    Raises
    ------
    ProblemError
        Naming the row or the cell at fault.
    """
    rows = at.items()
    for row in rows:
        if not isinstance(row.value, list) or len(row.value) != len(rows):
            row.items(length=len(rows))
        # Numpy would take true for 1, and 1.0 for 1. Cells are only looked at one by one where one is at fault.
        if not set(map(type, row.value)) <= {int} or (
            rows and not 0 <= min(row.value) <= max(row.value) <= LARGEST_ENTRY
        ):
            row.integers(most=LARGEST_ENTRY)
    return np.asarray(at.value, dtype=np.int32).reshape(len(rows), len(rows))


__all__ = ["read_table"]
