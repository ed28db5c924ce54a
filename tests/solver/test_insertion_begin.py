"""Routes to begin with: what of a start is taken, and that bound requests always are."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.desk import new_desk
from solver.insertion.flatten import flatten
from solver.insertion.routes import new_routes
from solver.problem import Matrix, Request, Task, Window
from tests.solver.on_a_line import courier, delivery, drop, problem, refs


def begun(couriers, requests, *start, **rest):
    """Return the orders that insertion begins with, as text, and check who is said to do what."""
    made = problem(couriers, requests, **rest)
    layout = flatten(made)
    routes = new_routes(layout)
    begin_routes(made, layout, routes, new_desk(layout), tuple(refs(text) for text in start) if start else None)
    orders = [order_of(layout, routes, number) for number in range(len(couriers))]
    carried_by = {ref.request: number for number, order in enumerate(orders) for ref in order}
    assert routes.courier_of.tolist() == [carried_by.get(number, -1) for number in range(len(requests))]
    return [" ".join(f"{ref.request}.{ref.task}" for ref in order) for order in orders]


def test_without_a_start_only_bound_requests_are_planned():
    """Each on its courier, at its best place."""
    requests = [drop("a", 1), drop("b", 5, courier=1), drop("c", 3, courier=1)]
    assert begun([courier("a"), courier("b")], requests) == ["", "2.0 1.0"]


@pytest.mark.parametrize("start", ["7.0", "-1.0", "0.0", "0.1", "0.1 0.0", "0.0 0.0", "0.0 0.2", "0.0 0.-1", "1.0"])
def test_of_a_request_not_whole_nothing_is_taken(start):
    """Unknown, in part, unloaded first, twice, with a task it does not have, by one without the skill."""
    requests = [delivery("a", 1, 2), drop("b", 3, skills=frozenset({"cold"})), drop("c", 4)]
    assert begun([courier()], requests, f"2.0 {start}") == ["2.0"]


def test_a_request_given_to_two_is_the_first_one_s():
    """The second finds it taken."""
    couriers = [courier("a"), courier("b")]
    assert begun(couriers, [drop("x", 1), drop("y", 2)], "0.0", "0.0 1.0") == ["0.0", "1.0"]


def test_a_request_split_over_two_is_nobody_s():
    """A part here and a part there."""
    assert begun([courier("a"), courier("b")], [delivery("x", 1, 2)], "0.0", "0.1") == ["", ""]


def test_a_start_may_be_for_fewer_couriers_or_for_more():
    """What is missing is empty, what is too much is not read."""
    requests = [drop("x", 1), drop("y", 2)]
    assert begun([courier("a"), courier("b")], requests, "0.0") == ["0.0", ""]
    assert begun([courier("a")], requests, "0.0", "1.0") == ["0.0"]


def test_the_first_that_is_too_late_is_taken_out():
    """And only it, if that mends the rest."""
    requests = [
        drop("a", 8),
        drop("b", 5, windows=(Window(latest_s=50),)),
        drop("c", 9, windows=(Window(latest_s=99),)),
    ]
    assert begun([courier()], requests, "0.0 1.0 2.0") == ["0.0 2.0"]


def test_for_a_late_end_what_is_worth_least_makes_way():
    """Back by 100: place 6 is too far, and the one at 1 is taken out before it, for it is worth less."""
    requests = [drop("a", 1, price=9), drop("b", 6, price=10), drop("c", 5, price=11)]
    assert begun([courier(latest_s=100, end=0)], requests, "0.0 2.0 1.0") == ["2.0"]
    assert begun([courier(latest_s=40, end=0)], requests, "0.0 2.0 1.0") == [""]


def test_of_two_worth_the_same_the_last_makes_way():
    """The shift ends at 50: of places 5 and 6 the latter."""
    assert begun([courier(latest_s=50)], [drop("a", 6), drop("b", 5)], "1.0 0.0") == ["1.0"]


def test_what_finds_no_room_is_taken_out():
    """Two units at a time: the second delivery may not begin before the first has ended."""
    requests = [delivery("a", 1, 3, amount=(2,)), delivery("b", 2, 4, amount=(1,))]
    crew = [courier(capacity=(2,))]
    assert begun(crew, requests, "0.0 1.0 0.1 1.1", dimensions=("kg",)) == ["0.0 0.1"]
    assert begun(crew, requests, "0.0 0.1 1.0 1.1", dimensions=("kg",)) == ["0.0 0.1 1.0 1.1"]


def test_what_is_on_board_from_the_start_must_fit_there():
    """Of three parcels for two places, the last to be dropped is left behind."""
    requests = [drop(name, place, unload=(1,)) for name, place in (("a", 1), ("b", 2), ("c", 3))]
    assert begun([courier(capacity=(2,))], requests, "0.0 1.0 2.0", dimensions=("kg",)) == ["0.0 1.0"]


def test_others_make_way_for_bound_requests_without_room():
    """The load of b does not fit while a is on board: a is taken out, for b may not be."""
    requests = [delivery("a", 1, 3, amount=(2,)), delivery("b", 2, 4, amount=(1,), courier=0)]
    assert begun([courier(capacity=(2,))], requests, "0.0 1.0 0.1 1.1", dimensions=("kg",)) == ["1.0 1.1"]


def test_others_make_way_for_a_bound_request_that_is_missing():
    """Three units fit nowhere beside a parcel of 2 that is dropped after 2 are collected, or only without either."""
    collect = Request(id="collect", loads=(Task(place=1, load=(2,)),), price=10)
    requests = [collect, drop("parcel", 2, unload=(2,), price=20), delivery("b", 3, 4, amount=(3,), courier=0)]
    assert begun([courier(capacity=(4,))], requests, "0.0 1.0", dimensions=("kg",)) == ["1.0 2.0 2.1"]


def test_frozen_stops_come_first_whatever_the_start_says():
    """The rest of the start follows, and the rest of what has begun."""
    requests = [drop("a", 1), delivery("b", 8, 9, courier=0)]
    crew = [courier(frozen=refs("1.0"))]
    assert begun(crew, requests, "0.0 1.0 1.1") == ["1.0 0.0 1.1"]
    assert begun(crew, requests, "0.0") == ["1.0 1.1 0.0"]
    assert begun(crew, requests) == ["1.0 1.1"]


def test_bound_requests_in_an_order_without_room_begin_again():
    """One after the other there is room."""
    requests = [delivery(name, 1, 2, amount=(1,), courier=0) for name in "ab"]
    answer = begun([courier(capacity=(1,))], requests, "0.0 1.0 0.1 1.1", dimensions=("kg",))
    assert answer == ["0.0 0.1 1.0 1.1"]


def test_bound_requests_that_go_in_badly_one_by_one_begin_again():
    """5 of 6 units are on board until the second is served: the first, of 3, finds no room before that is in."""
    partly = Request(id="b", loads=(Task(place=3, load=(1,)),), unloads=(Task(place=4, unload=(6,)),), courier=0)
    requests = [delivery("a", 1, 2, amount=(3,), courier=0), partly]
    assert begun([courier(capacity=(6,))], requests, dimensions=("kg",)) == ["1.0 1.1 0.0 0.1"]


def test_a_way_that_is_longer_without_a_stop_in_between():
    """Place 2 is in time over place 1 only: with the one at 1, which comes too late, goes the other."""
    durations = np.array([[0, 10, 90], [90, 0, 10], [90, 90, 0]])
    ways = Matrix(durations_s=durations, distances_m=durations)
    in_time = drop("b", 2, windows=(Window(latest_s=20),))
    early = drop("a", 1, windows=(Window(latest_s=9),))
    assert begun([courier()], [early, in_time], "0.0 1.0", matrices=(ways,)) == [""]
    assert begun([courier()], [drop("a", 1), in_time], "0.0 1.0", matrices=(ways,)) == ["0.0 1.0"]


def test_an_order_without_bound_requests_is_an_error(monkeypatch):
    """A valid problem has one."""
    monkeypatch.setattr("solver.insertion.begin.bound_order", lambda *_: None)
    requests = [delivery(name, 1, 2, amount=(1,), courier=0) for name in "ab"]
    with pytest.raises(AssertionError, match="courier 0: a valid problem"):
        begun([courier(capacity=(1,))], requests, "0.0 1.0 0.1 1.1", dimensions=("kg",))


def test_insertion_begins_behind_the_last_frozen_stop():
    """Else behind the start."""
    made = problem([courier("a", frozen=refs("0.0")), courier("b")], [drop("x", 1, courier=0), drop("y", 2, courier=1)])
    layout = flatten(made)
    routes = new_routes(layout)
    begin_routes(made, layout, routes, new_desk(layout), None)
    assert routes.route[:, f.FIRST_GAP].tolist() == [0, layout.tasks + 1]
