"""The numbering of nodes."""

import numpy as np

from solver.nodes import NOWHERE, number_nodes
from solver.problem import BREAK, RELOAD, Break, Courier, Matrix, Problem, Reload, Request, Task, TaskRef, Window

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


WIDE = Problem(
    matrices=PROBLEM.matrices,
    couriers=(
        Courier(id="a", shift=Window(), start=3, breaks=(Break(), Break())),
        Courier(
            id="b",
            shift=Window(),
            end=2,
            breaks=(Break(),),
            reloads=(Reload(place=1, times=2), Reload(place=0, times=0)),
        ),
    ),
    requests=(
        Request(
            id="ways",
            loads=(Task(place=0),),
            unloads=(Task(place=2),),
            other_loads=((Task(place=1), Task(place=3)),),
            other_unloads=((Task(place=3),),),
        ),
        Request(id="drop", unloads=(Task(place=3),)),
    ),
)


def test_each_way_has_nodes_of_its_own():
    """Four ways of two, two, three and three tasks: what several share is counted for each."""
    nodes = number_nodes(WIDE)
    ways = [(0, 2), (1, 2), (2, 3), (3, 3)]
    assert nodes.tasks == (*(TaskRef(0, task, way) for way, count in ways for task in range(count)), TaskRef(1, 0))
    assert nodes.places[:11].tolist() == [0, 2, 0, 3, 1, 3, 2, 1, 3, 3, 3]
    assert nodes.first == ((0, 2, 4, 7), (10,), (11,))
    assert [nodes.of(ref) for ref in nodes.tasks] == list(range(11))
    assert list(nodes.of_request(0)) == list(range(10))


def test_steps_come_after_tasks():
    """Courier by courier, breaks before reloads, each reload as often as it may be made."""
    nodes = number_nodes(WIDE)
    assert nodes.steps == (
        (0, TaskRef(BREAK, 0)),
        (0, TaskRef(BREAK, 1)),
        (1, TaskRef(BREAK, 0)),
        (1, TaskRef(RELOAD, 0)),
        (1, TaskRef(RELOAD, 0)),
    )
    assert nodes.places[11:].tolist() == [NOWHERE, NOWHERE, NOWHERE, 1, 1, 3, NOWHERE, NOWHERE, 2]
    assert nodes.stops == 16
    assert [nodes.start(0), nodes.start(1), nodes.end(0), nodes.end(1)] == [16, 17, 18, 19]
    assert nodes.of_steps(0) == {TaskRef(BREAK, 0): [11], TaskRef(BREAK, 1): [12]}
    assert nodes.of_steps(1) == {TaskRef(BREAK, 0): [13], TaskRef(RELOAD, 0): [14, 15]}
    assert nodes.ref(15) == TaskRef(RELOAD, 0)


def test_rows_have_each_step_s_own_nodes():
    """The second time, the second node."""
    nodes = number_nodes(WIDE)
    sequences = (
        (TaskRef(BREAK, 0), TaskRef(1, 0), TaskRef(BREAK, 1)),
        (
            TaskRef(RELOAD, 0),
            TaskRef(0, 1, 2),
            TaskRef(0, 0, 2),
            TaskRef(RELOAD, 0),
            TaskRef(0, 2, 2),
            TaskRef(BREAK, 0),
        ),
    )
    assert nodes.rows(sequences) == [[11, 10, 12], [14, 5, 4, 15, 6, 13]]
    assert nodes.sequences(nodes.rows(sequences)) == sequences


def test_a_row_without_tasks_is_no_route():
    """Breaks alone are none."""
    assert number_nodes(WIDE).sequences([[11, 12], [14]]) == ((), ())
