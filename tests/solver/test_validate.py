"""What a problem must not contradict."""

import dataclasses

import numpy as np
import pytest

from solver.errors import ProblemError
from solver.problem import (
    FOREVER_S,
    UNREACHABLE_S,
    Courier,
    DelayCost,
    Matrix,
    Problem,
    Request,
    Task,
    TaskRef,
    Window,
)
from tests.solver.on_a_line import courier, delivery, drop, problem, refs, street


def refused(place, words, couriers, requests, **rest):
    """Check that a problem is refused at a place, in words."""
    with pytest.raises(ProblemError) as caught:
        problem(couriers, requests, **rest)
    assert caught.value.place == place
    assert words in caught.value.message


def test_an_empty_problem_is_allowed():
    """No couriers, no requests, no matrices."""
    Problem(matrices=(), couriers=(), requests=())
    Problem(matrices=(), couriers=(Courier(id="c", shift=Window()),), requests=())


def test_a_place_needs_a_matrix():
    """Without one there are no places."""
    refused("/couriers/0/start", "have 0 places", [courier()], [], matrices=())


@pytest.mark.parametrize("name", ["durations_s", "distances_m"])
@pytest.mark.parametrize(
    ("array", "at", "words"),
    [
        (np.zeros((10, 9), np.int32), "", "square"),
        (np.zeros(10, np.int32), "", "square"),
        (np.zeros((10, 10)), "", "float64"),
        (np.zeros((10, 10), bool), "", "bool"),
        (np.zeros((9, 9), np.int32), "", "9 places where the first matrix has 10"),
        (-np.eye(10, dtype=np.int64), "/0/0", "is -1"),
        (np.eye(10, dtype=np.int64) * 2**31, "/0/0", "at most 2147483647"),
    ],
)
def test_matrices_are_square_whole_and_bounded(name, array, at, words):
    """The error names the entry."""
    second = dataclasses.replace(street(), **{name: array})
    refused(f"/matrices/1/{name}{at}", words, [courier()], [], matrices=(street(), second))


def test_ids_are_there_and_differ():
    """Among requests, among couriers, among dimensions; not between them."""
    refused("/requests/1", "id 'a' of /requests/0", [], [drop("a", 1), drop("a", 2)])
    refused("/couriers/1", "id 'c' of /couriers/0", [courier(), courier()], [])
    refused("/requests/0", "empty id", [], [drop("", 1)])
    refused("/dimensions/1", "id 'kg'", [], [], dimensions=("kg", "kg"))
    problem([courier("same")], [drop("same", 1)])


@pytest.mark.parametrize(
    ("at", "words", "changes"),
    [
        ("/shift", "before it begins", {"shift": Window(earliest_s=2, latest_s=1)}),
        ("/shift", "give seconds from 0", {"shift": Window(earliest_s=-1, latest_s=1)}),
        ("/shift", "give seconds from 0", {"shift": Window(latest_s=FOREVER_S + 1)}),
        ("/profile", "is 1, and there are 1", {"profile": 1}),
        ("/profile", "is -1", {"profile": -1}),
        ("/start", "is 10", {"start": 10}),
        ("/end", "is -1", {"end": -1}),
        ("/capacity", "2 entries where the problem has 0", {"capacity": (1, 2)}),
        ("/fixed_cost", "is -1", {"fixed_cost": -1}),
        ("/cost_per_s", "is -1", {"cost_per_s": -1}),
        ("/cost_per_m", "is -1", {"cost_per_m": -1}),
        ("/cost_per_service_s", "is -1", {"cost_per_service_s": -1}),
        ("/overtime_s", "is -1", {"overtime_s": -1}),
        ("/overtime_s", "give seconds up to", {"overtime_s": FOREVER_S + 1}),
        ("/overtime_cost_per_s", "is -1", {"overtime_cost_per_s": -1}),
        ("/max_tasks", "is -1", {"max_tasks": -1}),
        ("/max_travel_s", "is -1", {"max_travel_s": -1}),
        ("/max_distance_m", "is -1", {"max_distance_m": -1}),
        ("/reorder_cost", "is -1", {"reorder_cost": -1}),
    ],
)
def test_couriers_are_checked(at, words, changes):
    """Field by field."""
    refused(f"/couriers/1{at}", words, [courier(), dataclasses.replace(courier("d"), **changes)], [])


def test_capacity_is_not_negative():
    """Per dimension."""
    refused("/couriers/0/capacity/1", "is -1", [courier(capacity=(1, -1))], [], dimensions=("a", "b"))


@pytest.mark.parametrize(
    ("at", "words", "changes"),
    [
        ("/place", "is 99", {"place": 99}),
        ("/windows", "is empty", {"windows": ()}),
        ("/windows/0", "before it begins", {"windows": (Window(earliest_s=2, latest_s=1),)}),
        ("/windows/1", "not after 5", {"windows": (Window(latest_s=5), Window(earliest_s=5, latest_s=9))}),
        ("/windows/1", "not after 9", {"windows": (Window(earliest_s=7, latest_s=9), Window(latest_s=5))}),
        ("/delay_costs/0", "5 per second after -1", {"delay_costs": (DelayCost(after_s=-1, per_s=5),)}),
        ("/delay_costs/0", "-5 per second", {"delay_costs": (DelayCost(after_s=1, per_s=-5),)}),
        ("/service_s", "is -1", {"service_s": -1}),
        ("/setup_s", "is -1", {"setup_s": -1}),
        ("/load", "1 entries where the problem has 0", {"load": (1,)}),
        ("/unload", "1 entries where the problem has 0", {"unload": (1,)}),
    ],
)
@pytest.mark.parametrize("kind", ["loads", "unloads"])
def test_tasks_are_checked(kind, at, words, changes):
    """Field by field, loads and unloads alike."""
    good = Task(place=1)
    bad = Request(id="r", **{kind: (good, dataclasses.replace(good, **changes))})
    refused(f"/requests/1/{kind}/1{at}", words, [], [drop("a", 1), bad])


def test_amounts_are_not_negative():
    """Per dimension."""
    refused("/requests/0/unloads/0/unload/0", "is -1", [], [drop("a", 1, unload=(-1,))], dimensions=("kg",))


def test_an_empty_amount_is_nothing():
    """In a problem of any number of dimensions."""
    problem([courier(capacity=(0, 0))], [drop("a", 1)], dimensions=("kg", "l"))


def test_requests_are_checked():
    """Tasks, price, courier."""
    refused("/requests/0", "no task", [], [Request(id="r")])
    refused("/requests/0/price", "is -1", [], [drop("a", 1, price=-1)])
    refused("/requests/0/courier", "is 1, and there are 1", [courier()], [drop("a", 1, courier=1)])
    refused("/breach_cost_per_s", "is -1", [], [], breach_cost_per_s=-1)


def test_loads_alone_and_unloads_alone_are_allowed():
    """What is collected stays on board; what is dropped was on board."""
    collect = Request(id="c", loads=(Task(place=1, load=(1,)),))
    problem([courier(capacity=(1,))], [collect, drop("d", 1, unload=(1,))], dimensions=("kg",))


def test_only_a_bound_request_may_be_partly_on_board():
    """One that may be left out is wholly on board or not at all."""
    partly = delivery("p", 1, 2, amount=(1,))
    partly = dataclasses.replace(partly, unloads=(dataclasses.replace(partly.unloads[0], unload=(2,)),))
    refused("/requests/0/unloads", "take off 2", [], [partly], dimensions=("kg",))
    bound = dataclasses.replace(partly, courier=0)
    problem([courier(capacity=(2,))], [bound], dimensions=("kg",))


@pytest.mark.parametrize(
    ("frozen", "position", "words"),
    [
        ("9.0", 0, "names request 9"),
        ("0.2", 0, "names task 2 of request 0, which has 2"),
        ("0.0 1.0", 1, "not bound to courier 0"),
        ("2.0", 0, "not bound to courier 0"),
        ("0.0 0.0", 1, "a second time"),
        ("0.1", 0, "before all of its loads"),
    ],
)
def test_frozen_stops_are_checked(frozen, position, words):
    """They exist, once, bound to this courier, loads before unloads."""
    requests = [delivery("a", 1, 2, courier=0), delivery("b", 1, 2), delivery("c", 1, 2, courier=1)]
    couriers = [courier(frozen=refs(frozen)), courier("d")]
    refused(f"/couriers/0/frozen/{position}", words, couriers, requests)


def test_negative_numbers_do_not_count_from_the_end():
    """As they would in a tuple."""
    requests = [delivery("a", 1, 2, courier=0)]
    refused("/couriers/0/frozen/0", "request -1", [courier(frozen=(TaskRef(-1, 0),))], requests)
    refused("/couriers/0/frozen/0", "task -1", [courier(frozen=(TaskRef(0, -1),))], requests)


def test_bound_requests_fit_into_their_courier():
    """In some order; else no plan could keep them."""
    heavy = delivery("a", 1, 2, amount=(3,), courier=0)
    refused("/couriers/0/capacity", "in no order", [courier(capacity=(2,))], [heavy], dimensions=("kg",))
    both = [delivery(name, 1, 2, amount=(2,), courier=0) for name in "ab"]
    problem([courier(capacity=(2,))], both, dimensions=("kg",))
    frozen = courier(capacity=(2,), frozen=refs("0.0 1.0"))
    refused("/couriers/0/capacity", "raise it", [frozen], both, dimensions=("kg",))


def test_what_does_not_fit_64_bits_is_refused():
    """Whatever term of the cost it is."""
    dear = [drop("a", 1, price=2**59)]
    refused("", "prices of leaving out may add up to 576460752303423488", [], dear)
    refused("", "fixed costs", [courier(fixed_cost=2**60)], [])
    refused("", "travel costs", [courier(cost_per_s=2**54)], [drop("a", 1)])
    refused("", "distance costs", [courier(cost_per_m=2**54)], [drop("a", 1)])
    late = drop("a", 1, delay_costs=(DelayCost(after_s=0, per_s=2**57),))
    refused("", "delay costs", [courier()], [late])
    refused("", "breach costs", [courier()], [drop("a", 1, courier=0)], breach_cost_per_s=2**56)
    refused("", "loads", [courier(capacity=(2**61,))], [], dimensions=("kg",))


def test_a_way_that_does_not_exist_is_no_overflow():
    """Bound tasks may have to travel it."""
    durations = np.full((10, 10), UNREACHABLE_S, np.int64)
    matrix = Matrix(durations_s=durations, distances_m=durations)
    problem([courier()], [drop(f"r{n}", n, courier=0) for n in range(10)], matrices=(matrix,))
