"""What requests cost on a route, or break, wherever their tasks go, by hand."""

import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.flat import flat_cost, flat_costs, is_full
from solver.problem import Request, Task
from tests.solver.on_a_line import courier, drop, refs
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")


def of_request(made, row, courier=0):
    """Return what a request costs flatly."""
    layout, routes = made.layout, made.routes
    return interpreted(flat_cost)(layout.flat, layout.request, routes.stop, row, courier)


def of_route(made, courier=0):
    """Return what a route costs flatly."""
    layout, start = made.layout, made.layout.tasks + courier
    end = start + len(layout.courier)
    return interpreted(flat_costs)(layout.flat, layout.request, layout.node, made.routes.stop, courier, start, end)


def full(made, tasks, *, is_free=False):
    """Return whether the first route may not have so many tasks."""
    return interpreted(is_full)(made.layout.courier, made.layout.node, made.routes.stop, 0, tasks, is_free)


def moved(**rest):
    """Return a request of 3 and 4 s of service that another courier had; to be moved it costs 40."""
    loads, unloads = (Task(place=1, service_s=3),), (Task(place=2, service_s=4),)
    return Request(id="x", loads=loads, unloads=unloads, price=999, previous=1, move_cost=40, **rest)


CREW = [courier("a", cost_per_service_s=5), courier("b")]


def test_another_courier_than_before_and_seconds_of_service():
    """The move and 7 s at 5; nothing with the one that had it, who is not paid by the second."""
    made = Bench(CREW, [moved(), drop("y", 3, service_s=9)])
    assert [of_request(made, 0, number) for number in range(2)] == [75, 0]
    assert [of_request(made, 1, number) for number in range(2)] == [45, 0]


def test_each_way_costs_what_its_tasks_do():
    """7 s, or 3 + 1 + 2 s; the move is paid for once."""
    x = moved(other_unloads=((Task(place=2, service_s=1), Task(place=3, service_s=2)),))
    made = Bench(CREW, [x], "0.0/1 0.1/1 0.2/1")
    assert [of_request(made, row) for row in range(2)] == [75, 0]
    assert of_route(made) == 40 + 30
    # 30 s of travel, and the rest.
    assert made.routes.route[:, f.COST].tolist() == [30 + 70, 0]


def test_a_request_that_has_begun_is_paid_for():
    """With its first task all of it is."""
    crew = [courier("a", cost_per_service_s=5, frozen=refs("0.0")), courier("b")]
    made = Bench(crew, [moved(courier=0), drop("y", 3, service_s=1)], "0.0 1.0")
    assert (of_request(made, 0), of_route(made), of_route(made, 1)) == (0, 75 + 5, 0)


def test_where_nothing_costs_flatly_nobody_looks():
    """A plan before without a price."""
    made = Bench([courier("a"), courier("b")], [drop("x", 1, previous=1)], "0.0")
    assert made.layout.flat.shape == (0, 0)
    assert (of_request(made, 0), of_route(made)) == (0, 0)


def test_how_many_tasks_a_route_may_have():
    """Three; any number where nothing says how many."""
    requests = [drop("a", 1), drop("b", 2)]
    for most, fits in ((3, [2, 3]), (None, [2, 3, 4, 99])):
        made = Bench([courier(max_tasks=most)], requests, "0.0 1.0")
        assert [tasks for tasks in (2, 3, 4, 99) if not full(made, tasks)] == fits


@pytest.mark.parametrize(("bound", "is_free", "answer"), [(0, False, False), (None, False, True), (0, True, True)])
def test_of_bound_requests_alone_it_may_have_any_number(bound, is_free, answer):
    """One free request is enough for the limit to count, on the route or to be inserted."""
    made = Bench([courier(max_tasks=1)], [drop("a", 1, courier=0), drop("b", 2, courier=bound)], "0.0 1.0", sound=False)
    assert full(made, 3, is_free=is_free) == answer


def test_a_route_without_stops_has_nobody_free():
    """Nor is it full before its limit."""
    made = Bench([courier(max_tasks=0)], [drop("x", 1, courier=0), drop("y", 1)])
    assert [full(made, 1), full(made, 1, is_free=True), full(made, 0, is_free=True)] == [False, True, False]
