"""Bound requests and frozen stops."""

from solver.problem import Courier, Request, Task, TaskRef, Window


def _couriers(frozen=()):
    return [Courier(id="a", shift=Window(), start=0, frozen=frozen), Courier(id="b", shift=Window(), start=5)]


def test_a_bound_request_stays_with_its_courier(on_a_line, price, drop):
    """Courier b is nearer, but a has the goods."""
    problem = on_a_line(requests=[drop(4, courier=0)], couriers=_couriers())
    assert price(problem, [[0], []]) == 40
    assert price(problem, [[], [0]]) is None


def test_a_bound_request_is_never_left_out(on_a_line, price, drop):
    """There is no price for leaving it out."""
    assert price(on_a_line(requests=[drop(4, courier=0)], couriers=_couriers()), [[], []]) is None


def test_frozen_stops_come_first_in_their_order(on_a_line, price, drop):
    """Stops at 3 and 1 are frozen: 30 and back 20, before the one at 2 that lies between."""
    requests = [drop(1, courier=0), drop(3, courier=0), drop(2)]
    frozen = (TaskRef(1, 0), TaskRef(0, 0))
    problem = on_a_line(requests=requests, couriers=_couriers(frozen))
    assert price(problem, [[1, 0, 2], []]) == 30 + 20 + 10
    assert price(problem, [[0, 1, 2], []]) is None
    assert price(problem, [[1, 2, 0], []]) is None


def test_a_load_may_be_frozen_alone(on_a_line, price, drop):
    """The load is on the way, its unload comes whenever it is best."""
    pair = Request(id="pair", loads=(Task(place=1),), unloads=(Task(place=4),), courier=0)
    problem = on_a_line(requests=[pair, drop(2)], couriers=_couriers((TaskRef(0, 0),)))
    assert price(problem, [[0, 2, 1], []]) == 40
    assert price(problem, [[2, 0, 1], []]) is None
