"""Overtime, service and change, by hand."""

import pytest

from solver.plan import Cost
from solver.problem import Break, Reload, Request, Task, TaskRef
from solver.schedule import schedule
from tests.solver.on_a_line import courier, drop, problem, refs


def cost(couriers, requests, *orders, **rest):
    """Return what given orders cost."""
    return schedule(problem(couriers, requests, **rest), tuple(map(refs, orders))).cost


def test_overtime_is_told_and_priced():
    """5 s after the shift, of 10 allowed."""
    made = problem([courier(latest_s=45, overtime_s=10, overtime_cost_per_s=3)], [drop("a", 5)])
    plan = schedule(made, (refs("0.0"),))
    assert (plan.routes[0].overtime_s, plan.routes[0].overrun_s) == (5, 0)
    assert plan.cost == Cost(travel=50, overtime=15)


def test_what_exceeds_overtime_is_a_breach_on_top():
    """5 s after the shift, of 3 allowed; of none, no overtime is paid."""
    requests = [drop("a", 5, courier=0)]
    made = problem([courier(latest_s=45, overtime_s=3, overtime_cost_per_s=3)], requests, breach_cost_per_s=10)
    plan = schedule(made, (refs("0.0"),))
    assert (plan.routes[0].overtime_s, plan.routes[0].overrun_s) == (5, 2)
    assert plan.cost == Cost(travel=50, overtime=15, breach=20)
    none = courier(latest_s=45, overtime_cost_per_s=3)
    assert cost([none], requests, "0.0", breach_cost_per_s=10) == Cost(travel=50, breach=50)


def test_set_up_and_service_are_paid_by_the_second():
    """3 + 5 s at the drop and 4 s at the reload, but not the break."""
    of = courier(cost_per_service_s=2, breaks=(Break(duration_s=30),), reloads=(Reload(place=0, service_s=4),))
    requests = [drop("a", 2, service_s=5, setup_s=3), drop("b", 0)]
    assert cost([of], requests, "0.0 break.0 reload.0 1.0") == Cost(travel=40, service=24)


@pytest.mark.parametrize(("previous", "change"), [(None, 0), (0, 0), (1, 8)])
def test_a_request_costs_what_it_takes_to_give_it_to_another(previous, change):
    """Once, not by the task."""
    request = Request(id="r", loads=(Task(place=0),), unloads=(Task(place=0),), previous=previous, move_cost=8)
    assert cost([courier("a"), courier("b")], [request], "0.0 0.1") == Cost(change=change)


@pytest.mark.parametrize(
    ("order", "change"),
    [
        ("0.0 1.0 2.0", 0),
        ("0.0 break.0 1.0 reload.0 2.0", 0),
        ("0.0 2.0 1.0", 14),
        ("0.0 3.0 1.0 2.0", 7),
        ("3.0 0.0 1.0 2.0", 7),
        ("1.0 2.0", 7),
        ("2.0", 7),
        ("0.0 1.0", 0),
        ("0.0 1.0 2.0 3.0", 0),
        ("0.0/1 1.0 2.0", 7),
        ("3.0", 0),
    ],
)
def test_each_task_that_follows_another_than_before_costs(order, change):
    """It was 0, 1, 2. A task of another way is another task; breaks and reloads do not count."""
    of = courier(
        breaks=(Break(),),
        reloads=(Reload(place=0),),
        previous=refs("0.0 1.0 2.0"),
        reorder_cost=7,
    )
    ways = Request(id="a", unloads=(Task(place=0),), other_unloads=((Task(place=0),),))
    assert cost([of], [ways, *(drop(n, 0) for n in "bcd")], order).change == change


def test_the_order_before_is_of_each_courier():
    """What another did in that order is not looked at."""
    couriers = [courier("a", previous=(TaskRef(0, 0), TaskRef(1, 0)), reorder_cost=7), courier("b", reorder_cost=7)]
    assert cost(couriers, [drop("a", 0), drop("b", 0)], "", "1.0 0.0").change == 0
