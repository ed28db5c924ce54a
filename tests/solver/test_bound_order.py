"""An order of bound requests that the capacity allows."""

import dataclasses

from solver.bound_order import bound_order
from solver.problem import Request, Task
from tests.solver.on_a_line import courier, delivery, drop, problem, refs


def order(requests, *, capacity, frozen=""):
    """Return an order for courier 0; the problem is made with room enough."""
    made = problem([courier(capacity=(99,), frozen=refs(frozen))], requests, dimensions=("kg",))
    tight = dataclasses.replace(made.couriers[0], capacity=(capacity,))
    object.__setattr__(made, "couriers", (tight,))
    return bound_order(made, 0, range(len(requests)))


def test_without_bound_requests_there_is_nothing_to_do():
    """An order of no tasks."""
    assert order([], capacity=0) == ()


def test_one_after_the_other_needs_the_room_of_one():
    """Each is served before the next begins."""
    requests = [delivery(name, 1, 2, amount=(2,), courier=0) for name in "ab"]
    assert order(requests, capacity=2) == refs("0.0 0.1 1.0 1.1")
    assert order(requests, capacity=1) is None


def test_what_is_on_board_goes_first():
    """It makes room, even where there is more on board than the capacity."""
    requests = [delivery("a", 1, 2, amount=(2,), courier=0), drop("b", 3, unload=(5,), courier=0)]
    assert order(requests, capacity=2) == refs("1.0 0.0 0.1")


def test_what_stays_on_board_goes_last():
    """A collection takes its room to the end of the route."""
    collect = Request(id="c", loads=(Task(place=1, load=(2,)),), courier=0)
    requests = [collect, delivery("a", 1, 2, amount=(2,), courier=0)]
    assert order(requests, capacity=2) == refs("1.0 1.1 0.0")


def test_frozen_stops_come_first_and_must_fit():
    """What they have begun is gone on with."""
    requests = [delivery(name, 1, 2, amount=(1,), courier=0) for name in "ab"]
    assert order(requests, capacity=2, frozen="1.0 0.0") == refs("1.0 0.0 0.1 1.1")
    assert order(requests, capacity=1, frozen="1.0 0.0") is None
