"""Loads and unloads of one request."""

import numpy as np
import pytest

from solver.problem import Courier, LaterTravel, Request, Task, Window

BASKET = Request(id="basket", loads=(Task(place=1), Task(place=2)), unloads=(Task(place=3), Task(place=4)), price=900)


@pytest.mark.parametrize(
    ("row", "cost"),
    [([0, 1, 2, 3], 40), ([1, 0, 3, 2], 20 + 10 + 30 + 10), ([0, 2, 1, 3], None), ([0, 1, 2], None), ([], 900)],
)
def test_every_load_before_every_unload(on_a_line, price, row, cost):
    """Both loads, then both unloads, in any order; all or none."""
    assert price(on_a_line(requests=[BASKET]), [row]) == cost


def test_one_courier_does_it_all(on_a_line, price):
    """What one courier loads another cannot unload."""
    couriers = [Courier(id=name, shift=Window(), start=0) for name in ("a", "b")]
    assert price(on_a_line(requests=[BASKET], couriers=couriers), [[0, 1], [2, 3]]) is None


def test_loading_takes_its_time_first(on_a_line, price):
    """Loading at the door of the customer for 8 s: the unload starts at 18 at the earliest."""

    def problem(latest_s):
        unload = Task(place=1, windows=(Window(latest_s=latest_s),))
        return on_a_line(requests=[Request(id="r", loads=(Task(place=1, service_s=8),), unloads=(unload,), price=1)])

    assert price(problem(18), [[0, 1]]) == 10
    assert price(problem(17), [[0, 1]]) is None
    assert price(problem(18), [[1, 0]]) is None


def test_goods_that_stay_on_board(on_a_line, price):
    """Two loads without an unload belong together as well."""
    request = Request(id="collect", loads=(Task(place=1), Task(place=2)), price=900)
    assert price(on_a_line(requests=[request]), [[0, 1]]) == 20
    assert price(on_a_line(requests=[request]), [[0]]) is None


@pytest.mark.parametrize(("row", "cost"), [([0, 1, 2], 30), ([0, 2, 1], None), ([1, 2, 0], None), ([2, 1, 0], None)])
def test_an_order_is_refused_where_no_clock_ever_stops(on_a_line, price, row, cost):
    """A bound request may be as late as it likes: no time is too late to unload before a load."""
    loads = tuple(Task(place=place, service_s=5) for place in (1, 2))
    request = Request(id="r", loads=loads, unloads=(Task(place=3),), courier=0)
    assert price(on_a_line(requests=[request]), [row]) == cost


def test_an_order_is_refused_at_every_hour(on_a_line, price):
    """From 100 s on travel takes twice as long: it is all the same."""
    steps = np.abs(np.subtract.outer(np.arange(6), np.arange(6)))
    later = (LaterTravel(from_s=100, durations_s=20 * steps),)
    request = Request(id="r", loads=(Task(place=1, service_s=5),), unloads=(Task(place=2),), courier=0)
    assert price(on_a_line(requests=[request], later=later), [[0, 1]]) == 20
    assert price(on_a_line(requests=[request], later=later), [[1, 0]]) is None
