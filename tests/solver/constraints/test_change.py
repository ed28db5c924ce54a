"""What it costs to change the plan before."""

from dataclasses import replace

import pytest

from solver.problem import Courier, Reload, Task, TaskRef, Window


def couriers(previous=(), **rest):
    """Return a courier with a plan before, each change of order at 7, and another courier."""
    crew = Courier(
        id="a", shift=Window(), start=0, previous=tuple(TaskRef(*ref) for ref in previous), reorder_cost=7, **rest
    )
    return [crew, Courier(id="b", shift=Window(), start=0)]


def test_another_courier_costs(on_a_line, price, drop):
    """The request was a's; with b it costs 30 more, and left out its price alone."""
    problem = on_a_line(requests=[replace(drop(2), previous=0, move_cost=30)], couriers=couriers())
    assert price(problem, [[0], []]) == 20
    assert price(problem, [[], [0]]) == 20 + 30
    assert price(problem, [[], []]) == 5_000


def test_a_move_is_paid_once_a_request_whatever_its_way(on_a_line, price, drop):
    """Of two unloads, or in the other way, at place 1."""
    twice = replace(drop(2), unloads=(Task(place=1), Task(place=2)), other_unloads=((Task(place=1),),))
    problem = on_a_line(requests=[replace(twice, previous=0, move_cost=30)], couriers=couriers())
    assert price(problem, [[], [0, 1]]) == 20 + 30
    assert price(problem, [[], [2]]) == 10 + 30


REORDERED = [
    ([0, 1, 2], 0),
    ([0, 2, 1], 14),
    ([1, 0, 2], 21),
    ([3, 0, 1, 2], 7),
    ([0, 3, 1, 2], 7),
    ([0, 1, 2, 3], 0),
    ([0, 2], 7),
    ([1, 2], 7),
]


@pytest.mark.parametrize(("row", "cost"), REORDERED)
def test_each_task_after_another_than_before_costs(on_a_line, price, drop, row, cost):
    """Tasks 0, 1 and 2 came in this order, each now first or after another; task 3 is new. All are at the start."""
    requests = [drop(0, price=0) for _ in range(4)]
    problem = on_a_line(requests=requests, couriers=couriers([(0, 0), (1, 0), (2, 0)]))
    assert price(problem, [row, []]) == cost
    assert price(problem, [[], row]) == 0


@pytest.mark.parametrize(("row", "cost"), REORDERED)
def test_reloads_do_not_count(on_a_line, price, drop, row, cost):
    """The same, with a reload before the last but one and another one at the end."""
    requests = [drop(0, price=0) for _ in range(4)]
    crew = couriers([(0, 0), (1, 0), (2, 0)], reloads=(Reload(place=0, times=2),))
    problem = on_a_line(requests=requests, couriers=crew)
    assert price(problem, [row, []]) == cost
    assert price(problem, [[*row[:-1], 4, row[-1], 5], []]) == cost
    assert price(problem, [[], row]) == 0


def test_what_came_after_a_task_that_is_with_another_now(on_a_line, price, drop):
    """Task 1 came after task 0, which b has now."""
    requests = [drop(0, price=0), drop(0, price=0)]
    for reloads in ((), (Reload(place=0),)):
        problem = on_a_line(requests=requests, couriers=couriers([(0, 0), (1, 0)], reloads=reloads))
        assert price(problem, [[1], [0]]) == 7


def test_the_search_leaves_the_plan_as_it_was(on_a_line, best, drop):
    """To place 2 and back to 1 takes 30; 10 s shorter would be another order, at 14. Or another courier, at 30."""
    problem = on_a_line(requests=[drop(1), drop(2)], couriers=couriers([(1, 0), (0, 0)])[:1])
    assert best(problem, [[0, 1]]) == (30, [[1, 0]])
    requests = [replace(drop(2), previous=1, move_cost=30), drop(4)]
    assert best(on_a_line(requests=requests, couriers=couriers()), [[0, 1], []]) == (40, [[], [0, 1]])
