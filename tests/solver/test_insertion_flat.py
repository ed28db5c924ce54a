"""What requests cost on a route, or break, wherever their tasks go, by hand."""

import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.flat import flat_cost, flat_cost_of, flat_costs, has_free, is_full
from solver.problem import Request, Task
from tests.solver.on_a_line import courier, delivery, drop, refs
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")


def asked(function, made, *arguments):
    """Return what a function says of a bench whose problem is not wide."""
    assert not made.layout.wide
    return interpreted(function)(made.layout, made.routes, *arguments)


def test_another_courier_than_before_and_seconds_of_service():
    """A move for 40, for the courier that did not have it; 3 + 4 s of service at 5, for the one paid by them."""
    tasks = {"loads": (Task(place=1, service_s=3),), "unloads": (Task(place=2, service_s=4),)}
    x = Request(id="x", **tasks, price=999, previous=0, move_cost=40)
    made = Bench([courier("a", cost_per_service_s=5), courier("b")], [x, drop("y", 3, service_s=9)])
    assert [asked(flat_cost, made, 0, number) for number in range(2)] == [35, 40]
    assert [asked(flat_cost, made, 1, number) for number in range(2)] == [45, 0]


def test_each_way_costs_what_its_tasks_do():
    """7 s, or 1 + 2 s; the move is paid for once."""
    ways = {"other_unloads": ((Task(place=2, service_s=1), Task(place=3, service_s=2)),)}
    x = Request(id="x", unloads=(Task(place=1, service_s=7),), **ways, price=999, previous=1, move_cost=40)
    made = Bench([courier("a", cost_per_service_s=1), courier("b")], [x])
    assert [asked(flat_cost, made, row, 0) for row in range(2)] == [47, 43]
    assert [[interpreted(flat_cost_of)(made.layout, number, node) for node in range(3)] for number in range(2)] == [
        [47, 41, 2],
        [0, 0, 0],
    ]


def test_what_is_on_the_route_is_paid_for():
    """The load has begun: 4 s of the unload are left, and the move is none of its business."""
    tasks = {"loads": (Task(place=1, service_s=3),), "unloads": (Task(place=2, service_s=4),)}
    x = Request(id="x", **tasks, courier=0, previous=1, move_cost=40)
    crew = [courier("a", cost_per_service_s=5, frozen=refs("0.0")), courier("b")]
    made = Bench(crew, [x, drop("y", 3, service_s=1)], "0.0 1.0")
    assert asked(flat_cost, made, 0, 0) == 20
    assert asked(flat_costs, made, 0) == 15 + 40 + 5
    assert asked(flat_costs, made, 1) == 0
    # 30 s of travel, and the rest.
    assert made.routes.route[0, f.COST] == 30 + 60


def test_where_nothing_costs_flatly_nobody_looks():
    """A plan before without a price."""
    made = Bench([courier("a"), courier("b")], [drop("x", 1, previous=1)], "0.0")
    assert not made.layout.has_flat
    assert (asked(flat_cost, made, 0, 0), asked(flat_costs, made, 0)) == (0, 0)


@pytest.mark.parametrize(("most", "full"), [(None, False), (4, False), (3, True), (2, True)])
def test_how_many_tasks_a_route_may_have(most, full):
    """Two, and two more."""
    requests = [drop("a", 1), drop("b", 2), delivery("x", 3, 4)]
    made = Bench([courier(max_tasks=most)], requests, "0.0 1.0")
    assert asked(is_full, made, 2, 0) == full


@pytest.mark.parametrize(("a", "x", "full"), [(0, 0, False), (None, 0, True), (0, None, True), (None, None, True)])
def test_of_bound_requests_alone_it_may_have_any_number(a, x, full):
    """One free request is enough for the limit to count, on the route or to be inserted."""
    made = Bench([courier(max_tasks=1)], [drop("a", 1, courier=a), drop("x", 2, courier=x)], "0.0")
    assert asked(is_full, made, 1, 0) == full
    assert asked(has_free, made, 0) == (a is None)


def test_what_is_on_the_route_counts_once():
    """The load is there already: with the unload, it is two; one drop more is one too many for a limit of two."""
    x = delivery("x", 1, 2, courier=0)
    for most, full in ((3, False), (2, True)):
        made = Bench([courier(max_tasks=most, frozen=refs("0.0"))], [x, drop("y", 3)], "0.0 1.0")
        assert asked(is_full, made, 0, 0) == full


def test_a_route_without_stops_has_nobody_free():
    """Nor is it full before its limit."""
    made = Bench([courier(max_tasks=0)], [drop("x", 1, courier=0), drop("y", 1)])
    assert not asked(has_free, made, 0)
    assert [asked(is_full, made, row, 0) for row in range(2)] == [False, True]
