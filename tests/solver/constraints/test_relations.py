"""Requests that belong together, and such that must not meet."""

from dataclasses import replace

import pytest

from solver.problem import Courier, Task, Window


@pytest.fixture
def crew():
    """Return two couriers, at both ends of the line."""
    return [Courier(id="a", shift=Window(), start=0), Courier(id="b", shift=Window(), start=5)]


def test_one_courier_serves_them_all(on_a_line, price, drop, crew):
    """Requests 0 and 2 are served by one courier; either may be left out."""
    problem = on_a_line(requests=[drop(1), drop(2), drop(3)], couriers=crew, same_courier=((0, 2),))
    assert price(problem, [[0, 2], [1]]) == 30 + 30
    assert price(problem, [[0, 1], [2]]) is None
    assert price(problem, [[0, 1], []]) == 20 + 5_000
    assert price(problem, [[], []]) == 15_000


def test_no_courier_serves_two_of_them(on_a_line, price, drop, crew):
    """Requests 0 and 2 meet nowhere; both may be left out."""
    problem = on_a_line(requests=[drop(1), drop(2), drop(3)], couriers=crew, never_together=((0, 2),))
    assert price(problem, [[0, 2], [1]]) is None
    assert price(problem, [[0, 1], [2]]) == 20 + 20
    assert price(problem, [[1], []]) == 20 + 10_000


def test_bound_requests_are_where_they_are(on_a_line, price, drop, crew):
    """With one bound to a, others are served by a; with another bound to b as well, by nobody."""
    one = [drop(1, courier=0), drop(2)]
    assert price(on_a_line(requests=one, couriers=crew, same_courier=((0, 1),)), [[0], [1]]) is None
    assert price(on_a_line(requests=one, couriers=crew, same_courier=((0, 1),)), [[0, 1], []]) == 20
    assert price(on_a_line(requests=one, couriers=crew, never_together=((0, 1),)), [[0, 1], []]) is None
    assert price(on_a_line(requests=one, couriers=crew, never_together=((0, 1),)), [[0], [1]]) == 10 + 30
    two = [drop(1, courier=0), drop(2), drop(4, courier=1)]
    for rows, cost in (([[0, 1], [2]], None), ([[0], [2, 1]], None), ([[0], [2]], 20 + 5_000)):
        assert price(on_a_line(requests=two, couriers=crew, same_courier=((0, 1, 2),)), rows) == cost


def test_two_bound_requests_may_meet(on_a_line, price, drop, crew):
    """Both are bound to a."""
    requests = [drop(1, courier=0), drop(2, courier=0)]
    assert price(on_a_line(requests=requests, couriers=crew, never_together=((0, 1),)), [[0, 1], []]) == 20


def test_every_way_counts(on_a_line, price, drop, crew):
    """The second way of the first request, at place 3."""
    first = replace(drop(1), other_unloads=((Task(place=3),),))
    rows = [[1, 2], []], [[1], [2]]
    together = on_a_line(requests=[first, drop(4)], couriers=crew, same_courier=((0, 1),))
    assert [price(together, row) for row in rows] == [40, None]
    apart = on_a_line(requests=[first, drop(4)], couriers=crew, never_together=((0, 1),))
    assert [price(apart, row) for row in rows] == [None, 30 + 10]


def test_the_search_brings_them_together(on_a_line, best, drop, crew):
    """Apart they would cost 20; together 40, or 50 less the price of one of them."""
    requests = [drop(1), drop(4)]
    assert best(on_a_line(requests=requests, couriers=crew, same_courier=((0, 1),)), [[0], []])[0] == 40
    assert best(on_a_line(requests=requests, couriers=crew, never_together=((0, 1),)), [[0], []])[0] == 20
