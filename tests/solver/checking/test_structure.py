"""Ways, breaks and reloads: which there are, how often, in which order."""

import dataclasses

import pytest

from solver.plan import Plan
from solver.problem import Break, Reload, Request, Task
from solver.schedule import schedule
from tests.solver.judged import fault, fault_of, passes
from tests.solver.on_a_line import courier, drop, problem, refs

REQUEST = Request(
    id="r",
    loads=(Task(place=1),),
    unloads=(Task(place=2),),
    other_loads=((Task(place=3), Task(place=4)),),
    price=1_000,
)
CREW = courier(breaks=(Break(), Break()), reloads=(Reload(place=0, times=2), Reload(place=1)))
MADE = problem([CREW, courier("d")], [REQUEST, drop("a", 1), drop("b", 2)])
ALL = "break.0 0.0 0.1 break.1 1.0 2.0"


@pytest.mark.parametrize(
    "order",
    [
        ALL,
        "break.0 0.1/1 0.0/1 reload.0 0.2/1 break.1 1.0 2.0",
        "break.0 break.1 reload.0 0.0 0.1 1.0 2.0 reload.0",
        "reload.0 0.0 0.1 reload.1 1.0 reload.0 2.0 break.0 break.1",
    ],
)
def test_steps_may_come_anywhere(order):
    """In their order, and as often as allowed."""
    assert passes(MADE, order, "")


@pytest.mark.parametrize(
    ("code", "order"),
    [
        ("BREAK_MISSING", "0.0 0.1 1.0 2.0"),
        ("BREAK_MISSING", "break.1 0.0 0.1 1.0 2.0"),
        ("BREAK_ORDER", "break.1 0.0 0.1 break.0 1.0 2.0"),
        ("TASK_TWICE", f"{ALL} break.1"),
        ("RELOAD_TOO_OFTEN", f"reload.0 {ALL} reload.0 reload.0"),
        ("RELOAD_TOO_OFTEN", f"reload.1 {ALL} reload.1"),
        ("WAY_MIXED", "break.0 0.0/1 0.1/1 break.1 0.1 1.0 2.0"),
        ("UNLOAD_BEFORE_LOAD", "break.0 0.0/1 0.2/1 0.1/1 break.1 1.0 2.0"),
        ("REQUEST_INCOMPLETE", "break.0 0.0/1 0.1/1 break.1 1.0 2.0"),
    ],
)
def test_each_slip_has_its_code(code, order):
    """One at a time."""
    assert fault_of(MADE, order, "") == code


@pytest.mark.parametrize("unknown", ["break.2", "break.-1", "break.0/1", "reload.2", "reload.0/1", "-3.0", "0.0/2"])
def test_what_the_courier_or_the_request_does_not_have_is_unknown(unknown):
    """Also where another courier has it."""
    plan = schedule(MADE, (refs(ALL), ()))
    stops = list(plan.routes[0].stops)
    stops[1] = dataclasses.replace(stops[1], task=refs(unknown)[0])
    changed = dataclasses.replace(plan.routes[0], stops=tuple(stops))
    assert fault(MADE, dataclasses.replace(plan, routes=(changed,))) == "TASK_UNKNOWN"
    other = schedule(MADE, ((), refs("1.0")))
    stops = [dataclasses.replace(other.routes[0].stops[0], task=refs("break.0")[0])]
    changed = dataclasses.replace(other.routes[0], stops=tuple(stops))
    assert fault(MADE, dataclasses.replace(other, routes=(changed,))) == "TASK_UNKNOWN"


def test_a_task_of_a_way_that_has_fewer_is_unknown():
    """Way 0 has two tasks, way 1 three."""
    plan = schedule(MADE, (refs("break.0 0.0/1 0.1/1 0.2/1 break.1"), ()))
    stops = tuple(dataclasses.replace(stop, task=stop.task._replace(way=0)) for stop in plan.routes[0].stops)
    changed = dataclasses.replace(plan.routes[0], stops=stops)
    assert fault(MADE, dataclasses.replace(plan, routes=(changed,))) == "TASK_UNKNOWN"


def test_a_courier_without_tasks_has_no_route():
    """No breaks alone."""
    plan: Plan = schedule(MADE, (refs(ALL), ()))
    stops = tuple(stop for stop in plan.routes[0].stops if stop.task.is_step)
    changed = dataclasses.replace(plan.routes[0], stops=stops)
    assert fault(MADE, dataclasses.replace(plan, routes=(changed,))) == "ROUTE_EMPTY"


def test_steps_may_come_between_frozen_stops_but_other_tasks_may_not():
    """By the way that they name."""
    bound = dataclasses.replace(REQUEST, courier=0)
    crew = dataclasses.replace(CREW, frozen=refs("0.1/1 0.0/1"))
    made = problem([crew], [bound, drop("a", 1)])
    assert passes(made, "break.0 0.1/1 reload.0 0.0/1 break.1 1.0 0.2/1")
    assert fault_of(made, "break.0 0.1/1 1.0 0.0/1 break.1 0.2/1") == "FROZEN_MOVED"
    assert fault_of(made, "break.0 0.0/1 0.1/1 0.2/1 break.1 1.0") == "FROZEN_MOVED"
    assert fault_of(made, "break.0 0.0 0.1 break.1 1.0") == "FROZEN_MOVED"
