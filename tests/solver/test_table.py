"""Matrices in JSON."""

import numpy as np
import pytest

from solver.errors import ProblemError
from solver.formats.pointer import At
from solver.formats.table import read_table


@pytest.mark.parametrize("table", [[], [[0]], [[0, 2**31 - 1], [3, 0]]])
def test_rows_become_a_matrix(table):
    """Also none at all."""
    read = read_table(At(table))
    assert read.shape == (len(table), len(table))
    assert read.dtype == np.int32
    assert read.tolist() == table


@pytest.mark.parametrize(
    ("table", "place", "text"),
    [
        ([[0, 1], [2]], "/m/1", "has 1 elements: give 2"),
        ([[0, 1], 2], "/m/1", "is 2: give an array"),
        ([[0, True], [2, 0]], "/m/0/1", "is true: give a whole number"),
        ([[0, 1.0], [2, 0]], "/m/0/1", "is 1.0: give a whole number"),
        ([[0, 1], [float("nan"), 0]], "/m/1/0", "is nan"),
        ([[0, 1], [[2], 0]], "/m/1/0", "is an array"),
        ([[0, -1], [2, 0]], "/m/0/1", "is -1: give 0"),
        ([[0, 2**31], [2, 0]], "/m/0/1", "give 0 to 2147483647"),
        ([[0, 10**30], [2, 0]], "/m/0/1", "give 0 to 2147483647"),
    ],
)
def test_the_cell_at_fault_is_named(table, place, text):
    """A JSON pointer, what is there, and what may be."""
    with pytest.raises(ProblemError) as caught:
        read_table(At(table, "/m"))
    assert caught.value.place == place
    assert text in caught.value.message
