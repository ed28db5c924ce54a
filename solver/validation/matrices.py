"""Tables of travel: square, of one size, whole numbers within bounds; hours that ascend."""

from __future__ import annotations

import numpy as np

from solver.errors import ProblemError
from solver.problem import FOREVER_S, IntMatrix, Matrix, Problem

LARGEST_ENTRY = 2**31 - 1
"""No matrix entry is larger, in seconds or metres."""


def check_matrices(problem: Problem) -> None:
    """Raise the first matrix, table or entry that is not as it must be."""
    for number, matrix in enumerate(problem.matrices):
        _check_table(f"/matrices/{number}/durations_s", matrix.durations_s, problem.places)
        _check_table(f"/matrices/{number}/distances_m", matrix.distances_m, problem.places)
        _check_later(f"/matrices/{number}/later", matrix, problem.places)


def _check_later(at: str, matrix: Matrix, places: int) -> None:
    before_s = 0
    for number, later in enumerate(matrix.later):
        if not before_s < later.from_s <= FOREVER_S:
            raise ProblemError(f"{at}/{number}/from_s", f"is {later.from_s}: give more than {before_s}, in seconds")
        before_s = later.from_s
        _check_table(f"{at}/{number}/durations_s", later.durations_s, places)


def _check_table(at: str, array: IntMatrix, places: int) -> None:
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ProblemError(at, f"has shape {array.shape}: give a square matrix, origins in rows")
    if not np.issubdtype(array.dtype, np.integer):
        raise ProblemError(at, f"has type {array.dtype}: give whole seconds and metres as integers")
    if len(array) != places:
        raise ProblemError(at, f"has {len(array)} places where the first matrix has {places}")
    if array.size and array.min() < 0:
        row, column = np.argwhere(array < 0)[0]
        raise ProblemError(f"{at}/{row}/{column}", f"is {array[row, column]}: give 0 or more")
    if array.size and array.max() > LARGEST_ENTRY:
        row, column = np.argwhere(array > LARGEST_ENTRY)[0]
        raise ProblemError(
            f"{at}/{row}/{column}",
            f"is {array[row, column]}: give at most {LARGEST_ENTRY}; UNREACHABLE_S says that there is no way",
        )
