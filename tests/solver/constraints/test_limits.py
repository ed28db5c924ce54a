"""Limits of routes: tasks, seconds and metres of travel."""

import pytest

from solver.problem import Courier, Reload, Window


def courier(**limits):
    """Return a courier that starts and ends at place 0."""
    return Courier(id="c", shift=Window(), start=0, end=0, **limits)


@pytest.mark.parametrize(
    ("limits", "cost"),
    [
        ({"max_tasks": 2}, 40),
        ({"max_tasks": 1}, None),
        ({"max_travel_s": 40}, 40),
        ({"max_travel_s": 39}, None),
        ({"max_distance_m": 400}, 40),
        ({"max_distance_m": 399}, None),
    ],
)
def test_limits_are_inside(on_a_line, price, drop, limits, cost):
    """Two stops, 20 s out and 20 s back; waits and service are no travel."""
    requests = [drop(1, service_s=7), drop(2, windows=(Window(earliest_s=90),))]
    assert price(on_a_line(requests=requests, couriers=[courier(**limits)]), [[0, 1]]) == cost


def test_reloads_are_no_tasks(on_a_line, price, drop):
    """Two tasks and a reload between them: 20 s out and back, twice."""
    crew = [courier(max_tasks=2, reloads=(Reload(place=0),))]
    assert price(on_a_line(requests=[drop(1), drop(1)], couriers=crew), [[0, 2, 1]]) == 40


@pytest.mark.parametrize("limits", [{"max_tasks": 0}, {"max_travel_s": 39}, {"max_distance_m": 399}])
def test_only_bound_requests_exceed_limits(on_a_line, price, drop, limits):
    """A bound stop at place 2 may; with another at place 1 it may not."""
    problem = on_a_line(requests=[drop(2, courier=0), drop(1, price=9)], couriers=[courier(**limits)])
    assert price(problem, [[0]]) == 40 + 9
    assert price(problem, [[1, 0]]) is None


def test_bound_requests_within_a_limit_leave_the_rest(on_a_line, price, drop):
    """Two tasks are allowed, one is bound."""
    problem = on_a_line(requests=[drop(2, courier=0), drop(1), drop(1)], couriers=[courier(max_tasks=2)])
    assert price(problem, [[1, 0]]) == 40 + 5_000
    assert price(problem, [[1, 2, 0]]) is None


def test_the_search_keeps_to_a_limit(on_a_line, best, drop):
    """Of two stops the dearer one is served."""
    problem = on_a_line(requests=[drop(1, price=100), drop(2, price=200)], couriers=[courier(max_tasks=1)])
    assert best(problem, [[0]]) == (40 + 100, [[1]])
