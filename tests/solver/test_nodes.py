"""The numbering of nodes."""

import numpy as np

from solver.nodes import NOWHERE, number_nodes
from solver.problem import Break, Courier, Matrix, Problem, Reload, Request, Task, TaskRef, Window
from tests.solver.on_a_line import courier, drop, problem, refs, words

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


def ways(name):
    """Return a request of two loads to choose from, one of two tasks."""
    return Request(
        id=name,
        loads=(Task(place=1),),
        other_loads=((Task(place=2), Task(place=3)),),
        unloads=(Task(place=4),),
        price=1,
    )


def test_way_by_way():
    """Each way has nodes of its own, loads before unloads."""
    nodes = number_nodes(problem([], [drop("x", 9), ways("w"), drop("y", 8)]))
    assert words(nodes.tasks) == "0.0 1.0 1.1 1.0.1 1.1.1 1.2.1 2.0"
    assert nodes.first == ((0,), (1, 3), (6,), (7,))
    assert nodes.places.tolist() == [9, 1, 4, 2, 3, 4, 8]
    assert [nodes.of(ref) for ref in refs("0.0 1.1 1.0.1 1.2.1 2.0")] == [0, 2, 3, 5, 6]
    assert [list(nodes.of_request(number)) for number in range(3)] == [[0], [1, 2, 3, 4, 5], [6]]


def with_steps():
    """Return the nodes of two couriers with breaks and reloads."""
    first = courier("a", end=7, breaks=(Break(), Break()), reloads=(Reload(place=3, times=2), Reload(place=4)))
    return number_nodes(problem([first, courier("b", breaks=(Break(),))], [drop("x", 1), drop("y", 2)]))


def test_steps_come_behind_all_tasks():
    """Courier by courier: breaks, which are nowhere, then reloads as often as they may be made."""
    nodes = with_steps()
    assert [courier for courier, _ in nodes.steps] == [0, 0, 0, 0, 0, 1]
    assert words(ref for _, ref in nodes.steps) == "b0 b1 r0 r0 r1 b0"
    assert nodes.places.tolist() == [1, 2, NOWHERE, NOWHERE, 3, 3, 4, NOWHERE, 0, 0, 7, NOWHERE]
    assert (nodes.stops, nodes.start(1), nodes.end(0)) == (8, 9, 10)
    assert words(nodes.ref(node) for node in (1, 2, 5, 7)) == "1.0 b0 r0 b0"
    assert nodes.of_steps(1) == {refs("b0")[0]: [7]}
    assert nodes.of_steps(0) == dict(zip(refs("b0 b1 r0 r1"), ([2], [3], [4, 5], [6]), strict=True))


def test_a_reload_made_twice_has_two_nodes():
    """The first one first."""
    nodes = with_steps()
    sequences = refs("b0 r0 0.0 r1 r0 b1"), refs("b0 1.0")
    assert nodes.rows(sequences) == [[2, 4, 0, 6, 5, 3], [7, 1]]
    assert nodes.sequences(nodes.rows(sequences)) == sequences


def test_who_has_no_task_has_no_steps():
    """What a search puts on the route of a courier with nothing to do is nothing."""
    assert with_steps().sequences([[2, 3], [7, 1]]) == ((), refs("b0 1.0"))
