"""One of several ways to serve a request."""

import pytest

from solver.problem import Courier, Request, Task, TaskRef, Window


def door_or_locker(*, courier=None):
    """Return a pair from place 1 to the door at 5 (nodes 0 and 1), or to the locker at 2 (nodes 2 and 3)."""
    door, locker = Task(place=5, unload=(1,)), Task(place=2, unload=(1,))
    load = Task(place=1, load=(1,))
    return Request(id="r", loads=(load,), unloads=(door,), other_unloads=((locker,),), price=300, courier=courier)


@pytest.mark.parametrize(
    ("row", "cost"),
    [([0, 1], 50), ([2, 3], 20), ([], 300), ([0, 3], None), ([0, 1, 2, 3], None), ([0], None), ([1], None)],
)
def test_one_way_is_gone_from_end_to_end(on_a_line, price, row, cost):
    """10 s to the load, then 40 s to the door or 10 s to the locker; never a part of each, never both."""
    assert price(on_a_line(requests=[door_or_locker()], capacities=1), [row]) == cost


def test_loads_and_unloads_make_four_ways(on_a_line, price):
    """Two stores with two doors each: the third way takes the other store and the first door."""
    request = Request(
        id="r",
        loads=(Task(place=1),),
        unloads=(Task(place=4),),
        other_loads=((Task(place=3), Task(place=2)),),
        other_unloads=((Task(place=0),),),
        price=900,
    )
    problem = on_a_line(requests=[request])
    assert price(problem, [[4, 5, 6]]) == 30 + 10 + 20
    assert price(problem, [[5, 4, 7]]) is None
    assert price(problem, [[8, 7, 9]]) == 20 + 10 + 30


def test_a_bound_request_goes_one_of_its_ways(on_a_line, price):
    """It is not left out, and goes the way that its frozen load is of."""
    requests = [door_or_locker(courier=0)]
    assert price(on_a_line(requests=requests, capacities=1), [[]]) is None
    assert price(on_a_line(requests=requests, capacities=1), [[2, 3]]) == 20
    begun = [Courier(id="c", shift=Window(), start=0, capacity=(9,), frozen=(TaskRef(0, 0, 1),))]
    assert price(on_a_line(requests=requests, couriers=begun, capacities=1), [[2, 3]]) == 20
    assert price(on_a_line(requests=requests, couriers=begun, capacities=1), [[0, 1]]) is None


def test_what_is_on_board_depends_on_the_way(on_a_line, price):
    """A bound request has 2 or 6 on board of 4; beside 6 there is no room for a parcel of 1."""
    bound = Request(
        id="b",
        unloads=(Task(place=1, unload=(2,)),),
        other_unloads=((Task(place=1, unload=(6,)),),),
        courier=0,
    )
    parcel = Request(id="p", unloads=(Task(place=2, unload=(1,)),), price=100)
    couriers = [Courier(id="c", shift=Window(), start=0, capacity=(4,))]
    problem = on_a_line(requests=[bound, parcel], couriers=couriers, capacities=1)
    assert price(problem, [[0, 2]]) == 20
    assert price(problem, [[1, 2]]) is None
    assert price(problem, [[1]]) == 10 + 100


def test_the_search_changes_the_way(on_a_line, best):
    """From the door at 50 to the locker at 20."""
    assert best(on_a_line(requests=[door_or_locker()], capacities=1), [[0, 1]]) == (20, [[2, 3]])
