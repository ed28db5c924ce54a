"""The words a problem is put in."""

import dataclasses

import pytest

from solver.errors import ProblemError
from solver.problem import FOREVER_S, Problem, Request, Task, TaskRef, Window
from tests.solver.on_a_line import courier, delivery, drop, problem, street


def test_a_window_is_open_for_ever_unless_told():
    """The default has no effect on any plan."""
    assert Window() == Window(earliest_s=0, latest_s=FOREVER_S)


def test_tasks_are_loads_then_unloads():
    """What `TaskRef.task` counts."""
    first, second, last = Task(place=1), Task(place=2), Task(place=3)
    assert Request(id="r", loads=(first, second), unloads=(last,)).tasks == (first, second, last)


def test_a_reference_finds_its_task():
    """Request number, then task number within it."""
    made = problem([courier()], [drop("a", 1), delivery("b", 2, 3)])
    assert made.task(TaskRef(1, 1)).place == 3


def test_places_are_counted_by_the_matrices():
    """Ten on the street, none without a matrix."""
    assert problem([courier()], []).places == 10
    assert Problem(matrices=(), couriers=(), requests=()).places == 0


def test_a_problem_is_checked_when_made():
    """No contradiction gets as far as a solver."""
    with pytest.raises(ProblemError, match=r"^/requests/0/unloads/0/place: is 10"):
        problem([courier()], [drop("a", 10)])


def test_values_are_frozen():
    """A change makes a new value."""
    made = drop("a", 1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.price = 0
    assert dataclasses.replace(made, price=0).price == 0


def test_problems_are_told_apart_by_identity():
    """Comparing arrays for equality would be slow, and hashing them wrong."""
    one, other = (problem([courier()], [], matrices=(street(),)) for _ in range(2))
    assert one != other
    assert hash(one) != hash(other)
