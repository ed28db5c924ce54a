"""Tables of travel must be square, of one size, whole and within bounds."""

import dataclasses

import numpy as np
import pytest

from solver.problem import FOREVER_S
from tests.solver.on_a_line import STREET, courier, problem, street
from tests.solver.validation.refused import later, refused


def test_a_place_needs_a_matrix():
    """Without one there are no places."""
    refused("/couriers/0/start", "have 0 places", [courier()], [], matrices=())


@pytest.mark.parametrize("name", ["durations_s", "distances_m"])
@pytest.mark.parametrize(
    ("array", "at", "words"),
    [
        (np.zeros((10, 9), np.int32), "", "square"),
        (np.zeros(10, np.int32), "", "square"),
        (np.zeros((10, 10)), "", "float64"),
        (np.zeros((10, 10), bool), "", "bool"),
        (np.zeros((9, 9), np.int32), "", "9 places where the first matrix has 10"),
        (-np.eye(10, dtype=np.int64), "/0/0", "is -1"),
        (np.eye(10, dtype=np.int64) * 2**31, "/0/0", "at most 2147483647"),
    ],
)
def test_matrices_are_square_whole_and_bounded(name, array, at, words):
    """The error names the entry."""
    second = dataclasses.replace(street(), **{name: array})
    refused(f"/matrices/1/{name}{at}", words, [courier()], [], matrices=(street(), second))


@pytest.mark.parametrize(
    ("at", "words", "matrix"),
    [
        ("/0/from_s", "is 0: give more than 0", later(0)),
        ("/1/from_s", "is 5: give more than 5", later(5, 5)),
        ("/1/from_s", "is 4: give more than 5", later(5, 4)),
        ("/0/from_s", "give more than 0", later(FOREVER_S + 1)),
        ("/0/durations_s", "9 places where the first matrix has 10", later(5, table=STREET[:9, :9])),
        ("/0/durations_s", "square", later(5, table=STREET[:9])),
        ("/0/durations_s", "float64", later(5, table=STREET / 2)),
        ("/0/durations_s/0/1", "is -1", later(5, table=-STREET)),
        ("/0/durations_s/0/0", "at most 2147483647", later(5, table=np.eye(10, dtype=np.int64) * 2**31)),
    ],
)
def test_later_travel_is_checked(at, words, matrix):
    """Hours ascend; each has a table like the first."""
    refused(f"/matrices/1/later{at}", words, [], [], matrices=(street(), matrix))
    problem([], [], matrices=(street(), later(5, 6)))
