"""What is left over goes in wherever it fits and pays."""

import numpy as np

from solver.insertion.begin import order_of
from solver.insertion.desk import new_desk
from solver.insertion.flatten import flatten
from solver.insertion.rest import insert_what_fits
from solver.insertion.routes import new_routes
from solver.problem import Matrix, Window
from tests.solver.on_a_line import courier, drop, problem, refs


def filled(couriers, requests, waiting, *, is_over=lambda: False, **rest):
    """Return the orders after inserting what is waiting, in that order."""
    layout = flatten(problem(couriers, requests, **rest))
    routes = new_routes(layout)
    insert_what_fits(layout, routes, new_desk(layout), np.array(waiting), is_over)
    return [order_of(layout, routes, number) for number in range(len(couriers))]


def test_one_by_one_where_it_costs_least():
    """5 to b, 50 s against 60; then 1 to a, though it costs as much in b, which comes second."""
    couriers = [courier("a"), courier("b", start=9)]
    assert filled(couriers, [drop("x", 1), drop("y", 5)], [1, 0]) == [refs("0.0"), refs("1.0")]
    assert filled(couriers, [drop("x", 1), drop("y", 4)], [1, 0]) == [refs("0.0 1.0"), ()]


def test_only_what_pays():
    """At 20 s for 20 it does not; on a way that is driven anyhow it does."""
    requests = [drop("x", 2, price=20), drop("y", 5)]
    assert filled([courier()], requests, [0]) == [()]
    assert filled([courier()], requests, [1, 0]) == [refs("0.0 1.0")]


def test_again_until_nothing_fits():
    """20 is too little on the first round; when the second request has made the way, the first goes along."""
    requests = [drop("x", 2, price=20), drop("y", 5)]
    assert filled([courier()], requests, [0, 1]) == [refs("0.0 1.0")]


def test_a_way_that_is_longer_without_a_stop_in_between():
    """Place 2 is in time over place 1 only, and so goes in on the second round."""
    durations = np.array([[0, 10, 90], [90, 0, 10], [90, 90, 0]])
    ways = Matrix(durations_s=durations, distances_m=durations)
    requests = [drop("x", 2, windows=(Window(latest_s=20),)), drop("y", 1)]
    assert filled([courier()], requests, [0, 1], matrices=(ways,)) == [refs("1.0 0.0")]


def test_it_stops_when_time_is_up():
    """Looked at before each."""
    looks = iter([False, True])
    requests = [drop("x", 1), drop("y", 2)]
    assert filled([courier()], requests, [0, 1], is_over=lambda: next(looks)) == [refs("0.0")]


def test_nobody_to_go():
    """Nobody has the skill."""
    assert filled([courier()], [drop("x", 1, skills=frozenset({"cold"}))], [0]) == [()]
