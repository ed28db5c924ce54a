"""The numbering of nodes."""

import numpy as np

from solver.nodes import NOWHERE, number_nodes
from solver.problem import Courier, Matrix, Problem, Request, Task, TaskRef, Window

TABLE = np.zeros((4, 4), np.int32)
PROBLEM = Problem(
    matrices=(Matrix(durations_s=TABLE, distances_m=TABLE),),
    couriers=(Courier(id="a", shift=Window(), start=3), Courier(id="b", shift=Window(), end=2)),
    requests=(
        Request(id="pair", loads=(Task(place=0), Task(place=1)), unloads=(Task(place=2),)),
        Request(id="drop", unloads=(Task(place=3),)),
    ),
)


def test_tasks_then_starts_then_ends():
    """Three tasks, one task, two starts, two ends; nowhere has no place."""
    nodes = number_nodes(PROBLEM)
    assert nodes.tasks == (TaskRef(0, 0), TaskRef(0, 1), TaskRef(0, 2), TaskRef(1, 0))
    assert nodes.places.tolist() == [0, 1, 2, 3, 3, NOWHERE, NOWHERE, 2]
    assert [nodes.start(0), nodes.start(1), nodes.end(0), nodes.end(1)] == [4, 5, 6, 7]
    assert list(nodes.of_request(0)) == [0, 1, 2]
    assert list(nodes.of_request(1)) == [3]


def test_rows_are_sequences_by_number():
    """There and back again."""
    nodes = number_nodes(PROBLEM)
    sequences = ((TaskRef(1, 0),), (TaskRef(0, 1), TaskRef(0, 0), TaskRef(0, 2)))
    assert nodes.rows(sequences) == [[3], [1, 0, 2]]
    assert nodes.sequences(nodes.rows(sequences)) == sequences
