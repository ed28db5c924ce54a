"""A request is inserted where others have to wait for it, by hand."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.survey import cheapest_way
from solver.insertion.together import insert_with_others
from solver.problem import DelayCost, Gap, TaskRef
from solver.schedule import schedule
from tests.solver.on_a_line import between, courier, drop, refs
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")

B = courier("b")
COLD = frozenset({"cold"})
GAP = Gap(first=TaskRef(0, 0), second=TaskRef(1, 0), least_s=0, most_s=20)


def late(**rest):
    """Return a request at 9 from 200 on."""
    return drop("y", 9, windows=between(200, 300), **rest)


def bench(*requests, others=(B,), orders=("0.0",), **rest):
    """Return a bench on which the first courier, who can do no more, does what is to come 20 s before the second."""
    return Bench([courier("a", max_tasks=1), *others], requests, *orders, gaps=(GAP,), **rest)


def inserted(made, request=1):
    """Insert a request along with others, and return who serves it; what the plan costs is right either way."""
    courier = insert_with_others(made.layout, made.routes, made.desk, made.row(request))
    plan = schedule(made.problem, tuple(refs(order) for order in made.orders()))
    assert made.routes.route[:, f.COST].sum() == plan.cost.total - plan.cost.left_out
    starts = [stop.start_s for route in plan.routes for stop in route.stops]
    assert [start for number in range(len(made.problem.couriers)) for start in made.starts(number)] == starts
    return courier


def test_the_first_waits_for_the_second():
    """It stayed at 10, and nowhere was the second in time; now it starts at 180."""
    made = bench(drop("x", 1), late())
    assert cheapest_way(made.layout, made.routes, made.desk, made.row(1), np.arange(2))[2] == f.FAR
    assert inserted(made) == 1
    assert made.orders() == ["0.0", "1.0"]
    assert (made.starts(0), made.starts(1)) == ([180], [200])


@pytest.mark.parametrize(("price", "number"), [(940, -1), (941, 1)])
def test_waits_that_cost_more_than_the_request_is_worth(price, number):
    """170 s of delay at 5 each, and 90 s of way: 940 is too little, and all is as it was."""
    made = bench(drop("x", 1, delay_costs=(DelayCost(after_s=10, per_s=5),)), late(price=price))
    before = made.routes._replace(**{name: array.copy() for name, array in made.routes._asdict().items()})
    assert inserted(made) == number
    assert made.orders() == ["0.0", "" if number < 0 else "1.0"]
    if number < 0:
        for name in ("stop", "load", "route", "courier_of", "way_of"):
            assert np.array_equal(getattr(before, name), getattr(made.routes, name))


def test_waits_that_are_impossible():
    """The first is over at 179: no one can come 20 s later."""
    made = bench(drop("x", 1, windows=between(0, 179)), late())
    assert inserted(made) == -1
    assert made.orders() == ["0.0", ""]


def test_the_first_of_the_couriers_with_whom_it_pays():
    """The one before has no time."""
    made = bench(drop("x", 1), late(), others=(courier("b", latest_s=199), courier("c"), courier("d")))
    assert inserted(made) == 2


def test_who_may_not_serve_it_is_not_asked():
    """Neither who lacks a skill, nor who does what it is never together with."""
    others = courier("b"), courier("c", skills=COLD), courier("d", skills=COLD)
    requests = drop("x", 1), late(skills=COLD), drop("z", 2)
    assert inserted(bench(*requests, others=others, orders=("0.0", "", "2.0"), never_together=((1, 2),))) == 3
