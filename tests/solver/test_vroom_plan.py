"""VROOM's output, read."""

import copy

import pytest

from solver.check import check
from solver.errors import PlanFault, ProblemError
from solver.formats.orders import time_orders
from solver.formats.vroom import read_vroom, read_vroom_plan, write_vroom
from solver.plan import LeftOut, Reason
from solver.problem import BREAK, TaskRef
from solver.schedule import schedule
from tests.solver.test_vroom import ROUTE, SMALL

VROOM = read_vroom(SMALL)
OUTPUT = {
    "code": 0,
    "summary": {"cost": 70, "computing_times": {"loading": 1}},
    "unassigned": [{"id": 4, "type": "job", "location_index": 1}],
    "routes": [
        {
            "vehicle": 7,
            "geometry": "abc",
            "steps": [
                {"type": "start", "arrival": 90},
                {"type": "pickup", "id": 1, "arrival": 1.5},
                {"type": "delivery", "id": 2},
                {"type": "job", "id": 3},
                {"type": "end"},
            ],
        }
    ],
}


def test_only_the_order_is_read():
    """Times, costs and what VROOM tells beside them are of no concern."""
    orders = read_vroom_plan(VROOM, OUTPUT)
    assert orders.sequences == ((TaskRef(2, 0), TaskRef(2, 1), TaskRef(0, 0)),)
    assert orders.left_out == (LeftOut(request=1, reason=Reason.NOT_FOUND),)
    plan = time_orders(VROOM.problem, orders)
    check(VROOM.problem, plan)
    assert plan.routes[0].travel_s == 10 + 20 + 10 + 20


def test_what_doorstep_writes_comes_back():
    """With the reasons."""
    plan = schedule(VROOM.problem, ROUTE)
    assert time_orders(VROOM.problem, read_vroom_plan(VROOM, write_vroom(VROOM, plan))) == plan
    why = tuple(LeftOut(request=number, reason=Reason.IMPOSSIBLE, detail="no skill") for number in range(3))
    nothing = schedule(VROOM.problem, ((),), left_out=why)
    assert time_orders(VROOM.problem, read_vroom_plan(VROOM, write_vroom(VROOM, nothing))) == nothing


def test_breaks_are_read():
    """By the id that the vehicle has for them, which is no task's."""
    data = copy.deepcopy(SMALL)
    data["vehicles"][0]["breaks"] = [
        {"id": 3, "time_windows": [[900, 950]], "service": 30},
        {"id": 1, "time_windows": [[500, 600]], "service": 60, "description": "tea"},
    ]
    vroom = read_vroom(data)
    given = copy.deepcopy(OUTPUT)
    given["routes"][0]["steps"][3:3] = [{"type": "break", "id": 1}, {"type": "break", "id": 3}]
    orders = read_vroom_plan(vroom, given)
    tea, rest = TaskRef(BREAK, 0), TaskRef(BREAK, 1)
    assert orders.sequences == ((TaskRef(2, 0), TaskRef(2, 1), tea, rest, TaskRef(0, 0)),)
    plan = time_orders(vroom.problem, orders)
    assert [stop.start_s for stop in plan.routes[0].stops[2:4]] == [500, 900]
    told = write_vroom(vroom, plan)
    assert [step["type"] for step in told["routes"][0]["steps"][3:5]] == ["break", "break"]
    assert time_orders(vroom.problem, read_vroom_plan(vroom, told)) == plan


def changed(path, value):
    """Return the output with one value replaced, or taken away if it is None."""
    data = copy.deepcopy(OUTPUT)
    at = data
    for key in path[:-1]:
        at = at[key]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "place", "told"),
    [
        (["code"], 2, "/code", "says that there is no plan"),
        (["routes"], None, "/", "has no routes"),
        (["routes"], {}, "/routes", "is an object: give an array"),
        (["routes", 0], 5, "/routes/0", "is 5: give an object"),
        (["routes", 0, "vehicle"], None, "/routes/0", "has no vehicle"),
        (["routes", 0, "vehicle"], "7", "/routes/0/vehicle", "is a string"),
        (["routes", 0, "steps"], None, "/routes/0", "has no steps"),
        (["routes", 0, "steps", 1, "type"], "rest", "/routes/0/steps/1/type", "is 'rest': give one of job, pickup"),
        (["unassigned", 0, "type"], "break", "/unassigned/0/type", "is 'break': give one of job, pickup, delivery"),
        (["routes", 0, "steps", 1, "id"], None, "/routes/0/steps/1", "has no id"),
        (["unassigned", 0, "type"], None, "/unassigned/0", "has no type"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_place(path, value, place, told):
    """A JSON pointer and a sentence."""
    with pytest.raises(ProblemError) as caught:
        read_vroom_plan(VROOM, changed(path, value))
    assert caught.value.place == place
    assert told in caught.value.message


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (["routes", 0, "vehicle"], 8, "COURIER_UNKNOWN"),
        (["routes", 0, "steps", 1, "id"], 2, "TASK_UNKNOWN"),
        (["routes", 0, "steps", 1], {"type": "break", "id": 1}, "TASK_UNKNOWN"),
        (["routes", 0, "steps", 2], {"type": "job", "id": 3}, "TASK_TWICE"),
        (["routes"], [*OUTPUT["routes"], *OUTPUT["routes"]], "TASK_TWICE"),
        (["unassigned", 0], None, "REQUEST_MISSING"),
        (["unassigned", 0, "id"], 3, "REQUEST_TWICE"),
        (["unassigned", 0, "id"], 5, "TASK_UNKNOWN"),
        (["routes", 0, "steps", 2], None, "REQUEST_INCOMPLETE"),
    ],
)
def test_faults_are_judged(path, value, code):
    """What the problem does not have, and what the checker finds."""
    with pytest.raises(PlanFault) as caught:
        check(VROOM.problem, time_orders(VROOM.problem, read_vroom_plan(VROOM, changed(path, value))))
    assert caught.value.code == code
