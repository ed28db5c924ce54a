"""Who may serve a request, given who serves those that share a rule about couriers with it."""

import pytest

from solver.insertion.compiled import interpreted
from solver.insertion.friends import may_serve
from solver.problem import Break, Gap, Request, Task, TaskRef
from tests.solver.on_a_line import courier, drop
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")


def couriers_for(requests, request, *orders, way=0, **rest):
    """Return which of three couriers may serve a request."""
    bench = Bench([courier(name) for name in "abc"], requests, *orders, sound=False, **rest)
    row = bench.row(request, way)
    return [number for number in range(3) if interpreted(may_serve)(bench.layout, bench.routes, row, number)]


def drops(*couriers):
    """Return requests, bound to couriers or to nobody."""
    return [drop(name, 1, courier=number) for name, number in zip("xyz", couriers, strict=True)]


FREE = drops(None, None, None)


def test_where_the_others_are_not_planned_anyone_may():
    """Whatever the rule."""
    rules = {"same_courier": ((0, 1),), "never_together": ((0, 2),)}
    assert couriers_for(FREE, 0, **rules) == [0, 1, 2]


def test_the_same_courier_as_the_others():
    """The one that has any of them, and nobody if two have."""
    rule = {"same_courier": ((0, 1, 2),)}
    assert couriers_for(FREE, 0, "", "1.0", **rule) == [1]
    assert couriers_for(FREE, 0, "", "1.0 2.0", **rule) == [1]
    assert couriers_for(FREE, 0, "2.0", "1.0", **rule) == []


def test_never_together_with_the_others():
    """Whoever has none of them."""
    rule = {"never_together": ((0, 1, 2),)}
    assert couriers_for(FREE, 0, "", "1.0", **rule) == [0, 2]
    assert couriers_for(FREE, 0, "2.0", "1.0", **rule) == [2]


def test_one_rule_among_several():
    """With y, but not with z."""
    rules = {"same_courier": ((0, 1),), "never_together": ((2, 0),)}
    assert couriers_for(FREE, 0, "", "1.0", "2.0", **rules) == [1]
    assert couriers_for(FREE, 0, "", "1.0 2.0", **rules) == []
    assert couriers_for(FREE, 1, "2.0", "", **rules) == [0, 1, 2]


def test_it_does_not_matter_who_serves_the_request_itself():
    """It may stay, and go."""
    assert couriers_for(FREE, 0, "0.0", "", **{"same_courier": ((0, 1),)}) == [0, 1, 2]
    assert couriers_for(FREE, 0, "0.0 1.0", "", **{"same_courier": ((0, 1),)}) == [0]


@pytest.mark.parametrize(
    ("bound", "same", "apart"),
    [((None, None), [1], [0, 2]), ((0, None), [1], [0, 2]), ((None, 1), [1], [0, 2]), ((0, 1), [0, 1, 2], [0, 1, 2])],
)
def test_of_two_bound_requests_no_rule_is_asked(bound, same, apart):
    """Of two of which one is, it is."""
    requests = drops(*bound, None)
    assert couriers_for(requests, 0, "", "1.0", same_courier=((0, 1),)) == same
    assert couriers_for(requests, 0, "", "1.0", never_together=((0, 1),)) == apart


def test_a_gap_is_no_rule_about_couriers():
    """Whoever has the first, anyone may have the second."""
    gap = Gap(first=TaskRef(1, 0), second=TaskRef(0, 0))
    assert couriers_for(FREE, 0, "", "1.0", gaps=(gap,)) == [0, 1, 2]


def test_a_rule_holds_for_every_way():
    """Of the request, and of the other."""
    x, y = (Request(id=name, unloads=(Task(place=1),), other_unloads=((Task(place=2),),), price=1) for name in "xy")
    assert couriers_for([x, y], 0, "", "1.0/1", way=1, same_courier=((0, 1),)) == [1]
    assert couriers_for([x, y], 1, "0.0/1", "", way=0, never_together=((0, 1),)) == [1, 2]


@pytest.mark.parametrize("breaks", [(), (Break(),)])
@pytest.mark.parametrize(
    ("orders", "rule", "cost"),
    [
        (("0.0 1.0",), {"same_courier": ((0, 1),)}, 10),
        (("0.0", "1.0"), {"same_courier": ((0, 1),)}, -1),
        (("0.0", "1.0"), {"never_together": ((0, 1),)}, 20),
        (("0.0 1.0",), {"never_together": ((0, 1),)}, -1),
    ],
)
def test_a_plan_that_breaks_such_a_rule_has_no_cost(breaks, orders, rule, cost):
    """10 s for each courier that goes; whether anything else has to be driven or not."""
    orders = [f"break.0 {order}" for order in orders] if breaks else orders
    orders = [*orders, *["break.0" if breaks else ""] * (2 - len(orders))]
    couriers = [courier(name, breaks=breaks) for name in "ab"]
    bench = Bench(couriers, [drop("x", 1), drop("y", 1)], *orders, sound=False, **rule)
    assert bench.layout.wide == bool(breaks)
    assert bench.cost == cost
