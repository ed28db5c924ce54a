"""Tasks that are so far apart in time."""

import pytest

from solver.problem import Courier, Gap, Request, Task, TaskRef, Window


def gap(least_s=0, most_s=None):
    """Return a gap between the first tasks of requests 0 and 1."""
    return Gap(first=TaskRef(0, 0), second=TaskRef(1, 0), least_s=least_s, most_s=most_s)


@pytest.fixture
def crew():
    """Return two couriers at place 0."""
    return [Courier(id=name, shift=Window(), start=0) for name in "ab"]


def test_the_second_waits(on_a_line, price, drop, crew):
    """The first from 10 to 15 by a; the second, by b, 25 s later: at 40."""

    def problem(latest_s):
        requests = [drop(1, service_s=5), drop(1, windows=(Window(latest_s=latest_s),))]
        return on_a_line(requests=requests, couriers=crew, gaps=(gap(25),))

    assert price(problem(40), [[0], [1]]) == 20
    assert price(problem(39), [[0], [1]]) is None


def test_the_first_waits_for_the_second(on_a_line, price, drop, crew):
    """The second opens at 100: within 30 s of it, the first departs at 70, so that place 2 is reached at 80."""

    def problem(latest_s):
        second = drop(1, windows=(Window(earliest_s=100),))
        requests = [drop(1, service_s=5), second, drop(2, windows=(Window(latest_s=latest_s),))]
        return on_a_line(requests=requests, couriers=crew, gaps=(gap(0, 30),))

    assert price(problem(80), [[0, 2], [1]]) == 30
    assert price(problem(79), [[0, 2], [1]]) is None


def test_the_set_up_belongs_to_the_second(on_a_line, price, drop, crew):
    """The second starts on arrival at 20, whatever its set-up; 20 s after the first."""
    requests = [drop(0), drop(2, setup_s=9)]
    assert price(on_a_line(requests=requests, couriers=crew, gaps=(gap(20, 20),)), [[0], [1]]) == 20
    assert price(on_a_line(requests=requests, couriers=crew, gaps=(gap(0, 19),)), [[0], [1]]) == 20
    assert price(on_a_line(requests=requests, couriers=crew, gaps=(gap(0, 19),)), [[0, 1], []]) is None


def test_on_one_route_they_are_in_order(on_a_line, price, drop, crew):
    """First, then second, and no more between than fits: 20 s of way and 7 s at place 2."""
    requests = [drop(1), drop(3), drop(2, service_s=7)]
    for most_s, cost in ((27, 30), (26, None)):
        problem = on_a_line(requests=requests, couriers=crew, gaps=(gap(0, most_s),))
        assert price(problem, [[0, 2, 1], []]) == cost
        assert price(problem, [[1, 2, 0], []]) is None


def test_the_second_needs_the_first(on_a_line, price, drop, crew):
    """Both, none or the first alone."""
    problem = on_a_line(requests=[drop(1), drop(1)], couriers=crew, gaps=(gap(),))
    assert price(problem, [[0, 1], []]) == 10
    assert price(problem, [[0], []]) == 10 + 5_000
    assert price(problem, [[1], []]) is None
    assert price(problem, [[], []]) == 10_000


def test_tasks_of_pairs_wait_as_well(on_a_line, price, crew):
    """The unload of the first at 20, and 15 s later the load of the second, at 35; its unload at 45."""
    first = Request(id="f", loads=(Task(place=1),), unloads=(Task(place=2),), price=900)
    second = Request(
        id="s", loads=(Task(place=2),), unloads=(Task(place=3, windows=(Window(latest_s=45),)),), price=900
    )
    apart = Gap(first=TaskRef(0, 1), second=TaskRef(1, 0), least_s=15)
    problem = on_a_line(requests=[first, second], couriers=crew, gaps=(apart,))
    assert price(problem, [[0, 1], [2, 3]]) == 20 + 30
    longer = Gap(first=TaskRef(0, 1), second=TaskRef(1, 0), least_s=16)
    assert price(on_a_line(requests=[first, second], couriers=crew, gaps=(longer,)), [[0, 1], [2, 3]]) is None


def test_two_gaps_in_a_ring_cannot_be_kept(on_a_line, price, drop, crew):
    """Each courier waits at its first stop for the other's second."""
    gaps = (
        Gap(first=TaskRef(0, 0), second=TaskRef(3, 0), least_s=1),
        Gap(first=TaskRef(2, 0), second=TaskRef(1, 0), least_s=1),
    )
    problem = on_a_line(requests=[drop(1), drop(1), drop(1), drop(1)], couriers=crew, gaps=gaps)
    assert price(problem, [[1, 0], [3, 2]]) is None
    assert price(problem, [[0, 1], [2, 3]]) == 20


def test_the_search_keeps_them_apart(on_a_line, best, drop, crew):
    """Within 5 s of each other: 10 s apart on one route, at once on two."""
    requests = [drop(1), drop(2)]
    assert best(on_a_line(requests=requests, couriers=crew, gaps=(gap(0, 5),)), [[0], []]) == (30, [[0], [1]])
