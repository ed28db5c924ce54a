"""Requests are put back in wide problems: in which order, in which way, and who waits."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.problem import Gap, Request, Task, TaskRef
from solver.search.recreate import BLINK_FEW, insert_cheapest, insert_if_it_pays, sort_by, sort_by_depth, sort_out
from solver.search.yard import ROUNDS, new_yard
from tests.solver.on_a_line import between, courier, drop
from tests.solver.wide_bench import Bench

BY_PRICE = 6
"""The kind of order in which the dearest comes first."""

pytestmark = pytest.mark.usefixtures("interpreter")


def gaps(*pairs, **rest):
    """Return gaps between the requests of each pair."""
    return tuple(Gap(first=TaskRef(one, 0), second=TaskRef(other, 0), **rest) for one, other in pairs)


def bench(couriers, requests, *orders, **rest):
    """Return a bench with a yard, in the first round."""
    made = Bench(couriers, requests, *orders, **rest)
    made.yard = new_yard(made.layout, made.routes, frozen=[], seed=1)
    made.yard.state[ROUNDS] = 1
    made.found = np.zeros(1, np.int64)
    return made


@pytest.fixture
def chance(monkeypatch):
    """Return what has numbers drawn: those given, then noughts; or the greatest there are, where it is never one."""

    def draws(*numbers):
        drawn = list(numbers)
        monkeypatch.setattr("solver.search.recreate.draw", lambda _, below: drawn.pop(0) if drawn else below - 1)

    return draws


def insert(made, request, *, how=insert_cheapest):
    """Insert a request if that pays, and return whether it did, and what the couriers do then."""
    done = interpreted(how)(made.layout, made.routes, made.desk, made.yard, made.row(request), made.found)
    return bool(done), made.orders()


def test_who_is_first_goes_in_first(chance):
    """Whatever chance has made of the order; who waits for nobody stays where chance has put it."""
    requests = [drop(name, 1, price=number) for number, name in enumerate("abcd")]
    made = bench([courier()], requests, gaps=gaps((2, 1), (1, 0)))
    made.yard.out[:4] = [0, 1, 3, 2]
    interpreted(sort_by_depth)(made.layout, made.yard.out, 4)
    assert made.yard.out[:4].tolist() == [2, 1, 3, 0]
    # Nothing is moved by chance, and then they are sorted by price, the highest first.
    made.yard.out[:4] = [0, 1, 2, 3]
    chance(3, 2, 1, 6)
    interpreted(sort_out)(made.layout, made.yard, 4)
    assert made.yard.out[:4].tolist() == [3, 2, 1, 0]
    made.yard.out[:4] = [2, 3, 0, 1]
    chance(3, 2, 1, 0)
    interpreted(sort_out)(made.layout, made.yard, 4)
    assert made.yard.out[:4].tolist() == [2, 3, 1, 0]


def test_only_the_first_are_sorted():
    """The rest of the list is not read."""
    made = bench([courier()], [drop(name, 1, price=n) for n, name in enumerate("abc")], gaps=gaps((1, 0)))
    for sort, rest in ((sort_by_depth, ()), (sort_by, (BY_PRICE,))):
        made.yard.out[:3] = [2, 0, 1]
        interpreted(sort)(made.layout, made.yard.out, 2, *rest)
        assert made.yard.out[:3].tolist() == [2, 0, 1]
        interpreted(sort)(made.layout, made.yard.out, 3, *rest)
        assert made.yard.out[:3].tolist() == [2, 1, 0]


@pytest.mark.parametrize(("price", "answer"), [(20, (False, ["", "1.0"])), (21, (True, ["", "0.0/1 1.0"]))])
def test_a_request_goes_in_in_the_way_that_costs_least(chance, price, answer):
    """The second way of the second courier, 20 s; the first is 40 s, and with the first courier it is far."""
    chance()
    w = Request(id="w", unloads=(Task(place=9),), other_unloads=((Task(place=8),),), price=price)
    made = bench([courier("a"), courier("b", end=6)], [w, drop("x", 7)], "", "1.0")
    assert insert(made, 0) == answer


def test_the_best_is_passed_over_now_and_then(chance):
    """Where its number comes up."""
    requests = [drop("x", 2)]
    couriers = [courier("a"), courier("b", start=2, max_travel_s=9_999)]
    for number, orders in ((1, ["0.0", ""]), (0, ["", "0.0"]), (BLINK_FEW - 1, ["0.0", ""])):
        chance(number)
        assert insert(bench(couriers, requests), 0) == (True, orders)


def test_who_may_not_serve_it_is_no_candidate(chance):
    """The nearest has what it is never together with."""
    chance()
    couriers = [courier("a"), courier("b", start=2)]
    made = bench(couriers, [drop("x", 2), drop("y", 2)], "", "1.0", never_together=((0, 1),))
    assert insert(made, 0) == (True, ["0.0", "1.0"])


@pytest.mark.parametrize(("previous", "answer"), [(30, 30), (None, 0)])
def test_of_many_couriers_the_one_before_is_a_candidate(chance, previous, answer):
    """Who starts far away and serves nobody near is none, unless they had it: with a move so dear they keep it."""
    chance()
    couriers = [courier(f"c{number}", max_travel_s=9_999) for number in range(30)]
    couriers.append(courier("far", start=9, max_travel_s=9_999))
    made = bench(couriers, [drop("x", 2, previous=previous, move_cost=500)])
    done, orders = insert(made, 0)
    assert done
    assert [number for number, order in enumerate(orders) if order] == [answer]


def test_what_is_known_is_not_looked_up_again_but_with_gaps(chance):
    """Two couriers, two costs; for the second request with gaps anew, for the other routes may have changed."""
    couriers = [courier("a", max_travel_s=9_999), courier("b")]
    requests = [drop("x", 2, price=1), drop("y", 3, price=1), drop("z", 4, price=0)]
    made = bench(couriers, requests, gaps=gaps((1, 2)))
    for request, counts in ((0, [2, 2]), (1, [2, 4])):
        made.found[0] = 0
        for count in counts:
            chance()
            insert(made, request, how=insert_if_it_pays)
            assert made.found[0] == count


LATE = [drop("x", 1), drop("y", 9, windows=between(200, 300))]


@pytest.mark.parametrize("first", [0, 1])
def test_who_has_gaps_is_tried_with_others_waiting_and_with_others_staying(chance, first):
    """The second may come 20 s after the first at the most: only if that waits it goes in, whatever is tried first."""
    couriers = [courier("a", max_tasks=1), courier("b")]
    made = bench(couriers, LATE, "0.0", gaps=gaps((0, 1), least_s=0, most_s=20))
    chance(first)
    assert insert(made, 1) == (True, ["0.0", "1.0"])
    assert made.routes.track[f.TOTAL, f.OTHERS] == f.KEEP


def test_who_fits_nowhere_is_left_out(chance):
    """The first is over by then, and it is tried twice."""
    made = bench([courier("a", max_tasks=1), courier("b", latest_s=199)], LATE, "0.0", gaps=gaps((0, 1), most_s=20))
    chance()
    assert insert(made, 1) == (False, ["0.0", ""])
    assert made.found[0] == 4
    assert made.routes.track[f.TOTAL, f.OTHERS] == f.KEEP


def test_what_waits_for_a_request_pays_for_it_too():
    """The first is 20 s away at a price of 15, the second waits for it at 30: the first goes in, alone or not."""
    drops = [drop("a", 2, price=15), drop("b", 2, price=30)]
    for pairs, orders in (((), [""]), (((0, 1),), ["0.0"])):
        made = bench([courier(max_tasks=9)], drops, gaps=gaps(*pairs))
        assert insert(made, 0) == (bool(pairs), orders)


def test_in_a_circle_each_may_go_in_first(chance):
    """One needs the other, and the other the one: the first goes in as if there were no gaps, if chance has it so."""
    drops = [drop("a", 2), drop("b", 2)]
    for number, orders in ((0, [""]), (1, ["0.0"])):
        chance(0, number)
        made = bench([courier()], drops, gaps=gaps((0, 1), (1, 0)))
        assert insert(made, 0) == (bool(number), orders)
