"""Requests and their tasks, field by field, in every way to serve them."""

import dataclasses

import pytest

from solver.problem import DelayCost, Request, Task, Window
from tests.solver.on_a_line import courier, delivery, drop, problem
from tests.solver.validation.refused import refused


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
def test_alternatives_and_what_was_before_are_checked(at, words, changes):
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
