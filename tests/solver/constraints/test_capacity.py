"""What is on board."""

import pytest

from solver.problem import Courier, Request, Task, Window


def pair(name, amounts, *, courier=None):
    """Return a request that is loaded at place 1 and unloaded at place 2."""
    loads, unloads = (Task(place=1, load=amounts),), (Task(place=2, unload=amounts),)
    return Request(id=name, loads=loads, unloads=unloads, price=100, courier=courier)


def parcel(name, amounts, *, courier=None, place=1):
    """Return a request that is on board from the start."""
    return Request(id=name, unloads=(Task(place=place, unload=amounts),), price=100, courier=courier)


def collect(name, amounts, *, place=1):
    """Return a request that stays on board to the end."""
    return Request(id=name, loads=(Task(place=place, load=amounts),), price=100)


def courier(*capacity):
    """Return a courier at place 0."""
    return Courier(id="c", shift=Window(), start=0, capacity=capacity)


def test_two_pairs_fit_one_after_another(on_a_line, price):
    """3 and 2 do not fit 4 together."""
    problem = on_a_line(requests=[pair("a", (3,)), pair("b", (2,))], couriers=[courier(4)], capacities=1)
    assert price(problem, [[0, 2, 1, 3]]) is None
    assert price(problem, [[0, 1, 2, 3]]) == 10 + 10 + 10 + 10


def test_every_dimension_counts(on_a_line, price):
    """The second dimension is too small for both, the first is not."""
    requests = [pair("a", (1, 3)), pair("b", (1, 2))]
    assert price(on_a_line(requests=requests, couriers=[courier(9, 4)], capacities=2), [[0, 2, 1, 3]]) is None
    assert price(on_a_line(requests=requests, couriers=[courier(9, 5)], capacities=2), [[0, 2, 1, 3]]) == 20


def test_parcels_are_on_board_from_the_start(on_a_line, price):
    """Two parcels of 2 fill a van of 4 at the start; a third is one too many, wherever it is dropped."""
    requests = [parcel(name, (2,), place=place) for name, place in (("a", 1), ("b", 2), ("c", 3))]
    problem = on_a_line(requests=requests, couriers=[courier(4)], capacities=1)
    assert price(problem, [[0, 1]]) == 20 + 100
    assert price(problem, [[0, 1, 2]]) is None


def test_room_of_a_parcel_is_free_once_it_is_dropped(on_a_line, price):
    """A pair of 3 fits a van of 4 only after the parcel of 2 is gone."""
    problem = on_a_line(requests=[parcel("p", (2,), place=0), pair("a", (3,))], couriers=[courier(4)], capacities=1)
    assert price(problem, [[0, 1, 2]]) == 20
    assert price(problem, [[1, 0, 2]]) is None


def test_collected_goods_are_not_given_away(on_a_line, price):
    """Who collects 3 cannot serve a parcel of 3 from that: 3 + 3 do not fit 5 before the drop."""
    requests = [collect("c", (3,)), parcel("p", (3,), place=2)]
    assert price(on_a_line(requests=requests, couriers=[courier(5)], capacities=1), [[0, 1]]) is None
    assert price(on_a_line(requests=requests, couriers=[courier(6)], capacities=1), [[0, 1]]) == 20
    assert price(on_a_line(requests=requests, couriers=[courier(5)], capacities=1), [[1, 0]]) == 20 + 10


@pytest.mark.parametrize(("row", "cost"), [([0, 1, 2], None), ([2, 0, 1], 20 + 10 + 10), ([0, 2, 1], None)])
def test_an_overloaded_courier_loads_nothing_until_there_is_room(on_a_line, price, row, cost):
    """6 on board of 4; a pair of 2 waits until the bound parcel is dropped."""
    requests = [pair("a", (2,)), parcel("p", (6,), courier=0, place=2)]
    assert price(on_a_line(requests=requests, couriers=[courier(4)], capacities=1), [row]) == cost


def test_an_overloaded_courier_takes_no_further_parcel(on_a_line, price):
    """A parcel to be on board from the start has no room beside 6 of 4."""
    requests = [parcel("new", (1,)), parcel("p", (6,), courier=0)]
    couriers = [courier(4), Courier(id="d", shift=Window(), start=0, capacity=(1,))]
    problem = on_a_line(requests=requests, couriers=couriers, capacities=1)
    assert price(problem, [[1, 0], []]) is None
    assert price(problem, [[1], [0]]) == 20


def test_goods_without_amounts_always_fit(on_a_line, price):
    """A dimension that nothing uses restricts nothing."""
    requests = [Request(id="letter", loads=(Task(place=1),), unloads=(Task(place=2),), price=100)]
    assert price(on_a_line(requests=requests, couriers=[courier(0)], capacities=1), [[0, 1]]) == 20
