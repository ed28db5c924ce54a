"""What alternatives, breaks, reloads, relations, hours and the plan before must not contradict."""

import dataclasses

import numpy as np
import pytest

from solver.errors import ProblemError
from solver.problem import (
    BREAK,
    FOREVER_S,
    UNREACHABLE_S,
    Break,
    Gap,
    LaterTravel,
    Matrix,
    Reload,
    Request,
    Task,
    TaskRef,
    Window,
)
from tests.solver.on_a_line import STREET, courier, delivery, drop, problem, refs, street


def refused(place, words, couriers, requests, **rest):
    """Check that a problem is refused at a place, in words."""
    with pytest.raises(ProblemError) as caught:
        problem(couriers, requests, **rest)
    assert caught.value.place == place
    assert words in caught.value.message


def later(*hours, table=STREET):
    """Return the street with the same travel from some hours on."""
    return dataclasses.replace(street(), later=tuple(LaterTravel(from_s=hour, durations_s=table) for hour in hours))


@pytest.mark.parametrize(
    ("at", "words", "matrix"),
    [
        ("/0/from_s", "is 0: give more than 0", later(0)),
        ("/1/from_s", "is 5: give more than 5", later(5, 5)),
        ("/1/from_s", "is 4: give more than 5", later(5, 4)),
        ("/0/from_s", "give more than 0", later(FOREVER_S + 1)),
        ("/0/durations_s", "9 places where the first matrix has 10", later(5, table=STREET[:9, :9])),
        ("/0/durations_s", "square", later(5, table=STREET[:9])),
        ("/0/durations_s", "float64", later(5, table=STREET / 2)),
        ("/0/durations_s/0/1", "is -1", later(5, table=-STREET)),
        ("/0/durations_s/0/0", "at most 2147483647", later(5, table=np.eye(10, dtype=np.int64) * 2**31)),
    ],
)
def test_later_travel_is_checked(at, words, matrix):
    """Hours ascend; each has a table like the first."""
    refused(f"/matrices/1/later{at}", words, [], [], matrices=(street(), matrix))
    problem([], [], matrices=(street(), later(5, 6)))


@pytest.mark.parametrize(
    ("at", "words", "changes"),
    [
        ("/windows", "is empty", {"windows": ()}),
        ("/windows/0", "before it begins", {"windows": (Window(earliest_s=2, latest_s=1),)}),
        ("/windows/1", "not after 5", {"windows": (Window(latest_s=5), Window(earliest_s=5, latest_s=9))}),
        ("/duration_s", "is -1", {"duration_s": -1}),
        ("/max_load", "1 entries where the problem has 2", {"max_load": (1,)}),
        ("/max_load/1", "is -1", {"max_load": (0, -1)}),
    ],
)
def test_breaks_are_checked(at, words, changes):
    """Field by field."""
    crew = [courier(capacity=(1, 1), breaks=(Break(max_load=(0, 0)), Break(**changes)))]
    refused(f"/couriers/0/breaks/1{at}", words, crew, [], dimensions=("kg", "l"))


@pytest.mark.parametrize(
    ("at", "words", "changes"),
    [
        ("/place", "is 10", {"place": 10}),
        ("/place", "is -1", {"place": -1}),
        ("/windows", "is empty", {"windows": ()}),
        ("/windows/0", "give seconds from 0", {"windows": (Window(earliest_s=-1),)}),
        ("/service_s", "is -1", {"service_s": -1}),
        ("/setup_s", "is -1", {"setup_s": -1}),
        ("/times", "is -1", {"times": -1}),
        ("/times", "give at most 1000", {"times": 1_001}),
    ],
)
def test_reloads_are_checked(at, words, changes):
    """Field by field."""
    reload = dataclasses.replace(Reload(place=1), **changes)
    refused(f"/couriers/0/reloads/1{at}", words, [courier(reloads=(Reload(place=0), reload))], [])


@pytest.mark.parametrize(
    ("at", "words", "changes"),
    [
        ("/move_cost", "is -1", {"move_cost": -1}),
        ("/max_on_board_s", "is -1", {"max_on_board_s": -1}),
        ("/previous", "is 1, and there are 1", {"previous": 1}),
        ("/previous", "is -1", {"previous": -1}),
        ("/other_loads/1", "must both have tasks", {"other_loads": ((Task(place=1),), ())}),
        ("/other_unloads/0", "must both have tasks", {"other_unloads": ((),)}),
        ("/other_loads/0/1/place", "is 99", {"other_loads": ((Task(place=1), Task(place=99)),)}),
        ("/other_unloads/0/0/windows", "is empty", {"other_unloads": ((Task(place=1, windows=()),),)}),
        ("/other_loads", "make 65 ways", {"other_loads": ((Task(place=1),),) * 64}),
        (
            "/other_loads",
            "make 66 ways",
            {"other_loads": ((Task(place=1),),) * 10, "other_unloads": ((Task(place=1),),) * 5},
        ),
    ],
)
def test_requests_are_checked(at, words, changes):
    """Alternatives task by task."""
    refused(f"/requests/0{at}", words, [courier()], [dataclasses.replace(delivery("a", 1, 2), **changes)])


def test_alternatives_stand_beside_tasks_of_their_kind():
    """There is nothing to do in place of nothing."""
    only_loads = Request(id="r", loads=(Task(place=1),), other_unloads=((Task(place=2),),))
    refused("/requests/0/other_unloads/0", "must both have tasks", [], [only_loads])
    only_drops = dataclasses.replace(drop("r", 1), other_loads=((Task(place=2),),))
    refused("/requests/0/other_loads/0", "must both have tasks", [], [only_drops])
    problem([], [dataclasses.replace(drop("r", 1), other_unloads=((Task(place=2),),))])


def test_no_way_takes_off_more_than_it_puts_on():
    """Unless the request is bound."""
    request = delivery("a", 1, 2, amount=(2,))
    request = dataclasses.replace(request, other_loads=((Task(place=3, load=(1,)),),))
    refused("/requests/0 (way 1)/unloads", "take off 2", [], [request], dimensions=("kg",))
    bound = dataclasses.replace(request, courier=0)
    problem([courier(capacity=(9,))], [bound], dimensions=("kg",))


WAYS = Request(id="w", loads=(Task(place=1),), unloads=(Task(place=2),), other_loads=((Task(place=1), Task(place=2)),))


@pytest.mark.parametrize(
    ("frozen", "position", "words"),
    [
        ("0.0/2", 0, "names way 2 of request 0, which has 2"),
        ("0.2", 0, "names task 2 of request 0, which has 2"),
        ("0.0/1 0.1", 1, "names way 0 of request 0 after way 1"),
        ("0.0/1 0.2/1", 1, "before all of its loads"),
        ("0.0/1 0.0/1", 1, "a second time"),
        ("break.0", 0, "names request -1"),
    ],
)
def test_frozen_stops_name_one_way(frozen, position, words):
    """One that there is."""
    bound = dataclasses.replace(WAYS, courier=0)
    refused(f"/couriers/0/frozen/{position}", words, [courier(frozen=refs(frozen), breaks=(Break(),))], [bound])
    problem([courier(frozen=refs("0.0/1 0.1/1 0.2/1"))], [bound])


def test_no_way_is_below_zero():
    """As it would be in a tuple."""
    refused("/couriers/0/previous/0", "names way -1", [courier(previous=(TaskRef(0, 0, -1),))], [WAYS])


@pytest.mark.parametrize(
    ("previous", "position", "words"),
    [
        ("9.0", 0, "names request 9"),
        ("0.0 0.2", 1, "names task 2 of request 0, which has 2"),
        ("0.0/2", 0, "names way 2"),
        ("0.0 1.0 0.0", 2, "a second time"),
        ("reload.0", 0, f"names request {BREAK - 1}"),
    ],
)
def test_the_order_before_is_checked(previous, position, words):
    """Of tasks, each once; of requests that may be bound to others now."""
    made = [WAYS, drop("a", 1, courier=1)]
    couriers = [courier(previous=refs(previous), reloads=(Reload(place=0),)), courier("d")]
    refused(f"/couriers/0/previous/{position}", words, couriers, made)
    problem([courier(previous=refs("1.0 0.0/1")), courier("d")], made)


@pytest.mark.parametrize("name", ["same_courier", "never_together"])
def test_sets_of_requests_are_checked(name):
    """They exist, each once."""
    requests = [drop("a", 1), drop("b", 2)]
    refused(f"/{name}/1/0", "names request 2, and there are 2", [], requests, **{name: ((0, 1), (2,))})
    refused(f"/{name}/0/1", "names request -1", [], requests, **{name: ((0, -1),)})
    refused(f"/{name}/0/2", "names request 0 a second time", [], requests, **{name: ((0, 1, 0),)})
    problem([], requests, **{name: ((0, 1), (1, 0), ())})


@pytest.mark.parametrize(
    ("at", "words", "changes"),
    [
        ("/first", "names request 9", {"first": TaskRef(9, 0)}),
        ("/second", "names task 1 of request 1, which has 1", {"second": TaskRef(1, 1)}),
        ("/second", "names way 1 of request 1", {"second": TaskRef(1, 0, 1)}),
        ("/first", "names request 2, which is bound", {"first": TaskRef(2, 0)}),
        ("/second", "names request 3, which has alternatives", {"second": TaskRef(3, 0)}),
        ("", "has both tasks of request 0", {"second": TaskRef(0, 1)}),
        ("/least_s", "is -1", {"least_s": -1}),
        ("/most_s", "is 4, less than least_s, 5", {"least_s": 5, "most_s": 4}),
    ],
)
def test_gaps_are_checked(at, words, changes):
    """Between tasks of two requests that are not bound and have no alternatives."""
    requests = [delivery("a", 1, 2), drop("b", 1), drop("c", 1, courier=0), WAYS]
    gap = Gap(first=TaskRef(0, 0), second=TaskRef(1, 0), least_s=5, most_s=5)
    refused(f"/gaps/1{at}", words, [courier()], requests, gaps=(gap, dataclasses.replace(gap, **changes)))
    problem([courier()], requests, gaps=(gap,))


def test_bound_requests_fit_by_the_way_that_is_frozen():
    """The first takes 1 kg at once, the second 3."""
    request = Request(
        id="r",
        loads=(Task(place=1, load=(1,)),),
        unloads=(Task(place=2, unload=(1,)),),
        other_loads=((Task(place=1, load=(3,)),),),
        courier=0,
    )
    problem([courier(capacity=(1,), frozen=refs("0.0"))], [request], dimensions=("kg",))
    crew = [courier(capacity=(1,), frozen=refs("0.0/1"))]
    refused("/couriers/0/capacity", "in no order", crew, [request], dimensions=("kg",))


def test_what_does_not_fit_64_bits_is_refused():
    """Whatever term of the cost it is."""
    slow = drop("a", 1, service_s=2**20)
    refused("", "service costs", [courier(cost_per_service_s=2**40)], [slow])
    refused("", "service costs", [courier(cost_per_service_s=2**40, reloads=(Reload(place=0, setup_s=2**20),))], [])
    refused("", "overtime costs", [courier(overtime_cost_per_s=2**54)], [drop("a", 1)])
    refused("", "costs of change", [courier()], [drop("a", 1, move_cost=2**58)])
    refused("", "costs of change", [courier(reorder_cost=2**58)], [drop("a", 1)])
    refused("", "travel costs", [courier(cost_per_s=2**40)], [drop("a", 1)], matrices=(later(2**40),))
    refused("", "breach costs", [courier(breaks=(Break(duration_s=2**55),))], [drop("a", 1, courier=0)])


def test_what_many_reloads_add_up_to_is_counted():
    """Service by service, and way by way."""
    often = courier(cost_per_m=2**40, reloads=(Reload(place=0, times=1_000),))
    problem([dataclasses.replace(often, reloads=())], [drop("a", 1)])
    refused("", "distance costs", [dataclasses.replace(often, cost_per_m=2**44)], [drop("a", 1)])


def test_a_way_that_does_not_exist_at_some_hour_is_no_overflow():
    """Bound tasks may have to travel it."""
    durations = np.full((10, 10), UNREACHABLE_S, np.int64)
    matrix = Matrix(durations_s=durations, distances_m=durations, later=(LaterTravel(from_s=9, durations_s=durations),))
    problem([courier()], [drop(f"r{n}", n, courier=0) for n in range(10)], matrices=(matrix,))
