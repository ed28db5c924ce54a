"""What requests would cost wherever they fit."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes
from solver.insertion.desk import new_desk
from solver.insertion.flatten import flatten
from solver.insertion.routes import new_routes
from solver.insertion.survey import cheapest, cheapest_way, fits, survey
from solver.problem import Request, Task
from tests.solver.on_a_line import courier, drop, problem, refs

COLD = frozenset({"cold"})


def bench(couriers, requests, *start):
    """Return layout, routes and desk, the routes begun with a start."""
    made = problem(couriers, requests)
    layout = flatten(made)
    routes, desk = new_routes(layout), new_desk(layout)
    begin_routes(made, layout, routes, desk, tuple(refs(text) for text in start))
    return layout, routes, desk


def test_a_table_of_costs():
    """To places 2 and 5: behind a's stop at 4, from b's start at 9, and not at all where skill or time is missing."""
    couriers = [courier("a"), courier("b", start=9, latest_s=60), courier("c", start=3, skills=COLD)]
    layout, routes, desk = bench(couriers, [drop("z", 4), drop("x", 2), drop("y", 5, skills=COLD)], "0.0")
    costs = np.empty((2, 3), np.int64)
    survey(layout, routes, desk, np.array([1, 2]), np.arange(3), costs)
    assert costs.tolist() == [[0, f.FAR, 10], [f.FAR, f.FAR, 20]]


def test_the_cheapest_of_some():
    """The first of equals; of those that are asked."""
    layout, routes, desk = bench([courier("a"), courier("b", start=4), courier("c")], [drop("x", 2)])
    assert cheapest(layout, routes, desk, 0, np.arange(3)) == (0, 20)
    assert cheapest(layout, routes, desk, 0, np.array([1, 2])) == (1, 20)


def test_nobody_is_asked():
    """No courier, no cost."""
    layout, routes, desk = bench([courier()], [drop("x", 2)])
    assert cheapest(layout, routes, desk, 0, np.array([], np.int64)) == (-1, f.FAR)


def test_whether_it_fits():
    """In time or not; where it does, its insertion is laid out on the desk."""
    layout, routes, desk = bench([courier("a", latest_s=10), courier("b")], [drop("x", 2)])
    assert not fits(layout, routes, desk, 0, 0)
    assert fits(layout, routes, desk, 0, 1)
    assert desk.answer[0].tolist() == [0, layout.tasks + 1]


@pytest.mark.usefixtures("interpreter")
def test_the_cheapest_way():
    """The second, with the second courier; the first of equals; none where nothing fits."""
    x = Request(id="x", unloads=(Task(place=9),), other_unloads=((Task(place=6),), (Task(place=6),)), price=1)
    layout, routes, desk = bench([courier("a", latest_s=70), courier("b", start=5)], [drop("z", 1), x])
    assert cheapest_way(layout, routes, desk, 1, np.arange(2)) == (2, 1, 10)
    assert cheapest_way(layout, routes, desk, 1, np.array([0])) == (2, 0, 60)
    layout, routes, desk = bench([courier("a", latest_s=50)], [drop("z", 1), x])
    assert cheapest_way(layout, routes, desk, 1, np.arange(1)) == (1, -1, f.FAR)
