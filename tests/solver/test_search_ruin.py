"""What is taken out of routes where relations, gaps and reloads matter."""

import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.refresh import refresh
from solver.insertion.routes import lift
from solver.problem import Gap, Reload, Request, Task, TaskRef
from solver.search.ruin import take_followers, take_friends, take_string
from solver.search.yard import ROUNDS, TOUCHED, new_yard, touch, undo
from tests.solver.on_a_line import courier, drop
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")


def bench(requests, *orders, frozen=(), reloads=(), **rest):
    """Return a bench with a yard, in the first round."""
    couriers = [courier(f"c{number}", reloads=reloads, max_travel_s=9_999) for number in range(len(orders))]
    made = Bench(couriers, requests, *orders, **rest)
    made.yard = new_yard(made.layout, made.routes, frozen=list(frozen), seed=1)
    made.yard.state[ROUNDS] = 1
    return made


def drops(count):
    """Return requests of one drop each."""
    return [drop(name, 1) for name in "abcdef"[:count]]


def friends(made, *taken, before=()):
    """Return those that leave the first route with those taken, behind others that are out already."""
    out = [*before, *taken]
    made.yard.out[: len(out)] = out
    layout, yard = made.layout, made.yard
    rules = layout.friend_from, layout.friend, made.routes.courier_of, yard.movable
    count = interpreted(take_friends)(*rules, yard.out, 0, len(before), len(out))
    assert made.yard.out[: len(out)].tolist() == out
    return made.yard.out[len(out) : count].tolist()


def test_friends_leave_a_route_together():
    """All of a set, and who is in another set with any of them."""
    made = bench(drops(6), "0.0 1.0 2.0 3.0 4.0 5.0", same_courier=((0, 2, 4), (4, 5)))
    assert friends(made, 0) == [2, 4, 5]
    assert friends(made, 1) == []
    assert friends(made, 1, 5) == [4, 0, 2]
    assert friends(made, 5, 0) == [4, 2]


def test_only_who_may_leave_and_is_there_leaves():
    """Not a frozen stop, not one on another route, and nobody for a rule of another kind."""
    gap = Gap(first=TaskRef(0, 0), second=TaskRef(3, 0))
    made = bench(drops(5), "0.0 2.0", "1.0 3.0 4.0", same_courier=((0, 2),), never_together=((0, 1),), gaps=(gap,))
    assert friends(made, 0) == [2]
    # For a moment it is only said to be with the other courier.
    made.routes.courier_of[2] = 1
    assert friends(made, 0) == []
    made = bench(drops(3), "0.0 1.0 2.0", same_courier=((0, 1, 2),), frozen=[1])
    assert friends(made, 0) == [2]


def test_those_of_another_route_do_not_count_as_taken():
    """They stand before."""
    made = bench(drops(3), "0.0 1.0", "2.0", same_courier=((0, 1),))
    assert friends(made, 0, before=(2,)) == [1]


def followers(made, request):
    """Take a request off its route, and return who follows."""
    number = made.routes.courier_of[request]
    interpreted(touch)(made.layout, made.routes, made.yard, number)
    interpreted(lift)(made.layout, made.routes, request)
    made.yard.out[0] = request
    count = interpreted(take_followers)(made.layout, made.routes, made.yard, 0, 1)
    interpreted(refresh)(made.layout, made.routes, number)
    return made.yard.out[1:count].tolist()


def gaps(*pairs):
    """Return gaps between the requests of each pair."""
    return tuple(Gap(first=TaskRef(one, 0), second=TaskRef(other, 0)) for one, other in pairs)


def test_who_is_second_to_those_taken_follows():
    """Off its own route, and who is second to it."""
    made = bench(drops(5), "0.0 4.0", "1.0 3.0", "2.0", gaps=gaps((0, 1), (1, 2), (4, 3)))
    assert followers(made, 0) == [1, 2]
    assert made.orders() == ["4.0", "3.0", ""]
    assert made.routes.courier_of.tolist() == [-1, -1, -1, 1, 0]
    assert made.routes.route[:, f.FAULT].tolist() == [-1, -1, -1]
    interpreted(undo)(made.layout, made.routes, made.yard)
    assert made.orders() == ["0.0 4.0", "1.0 3.0", "2.0"]
    assert made.routes.courier_of.tolist() == [0, 1, 2, 1, 0]


def test_who_is_first_stays():
    """So does who is not planned."""
    made = bench(drops(3), "0.0", "1.0", gaps=gaps((0, 1), (1, 2)))
    assert followers(made, 1) == []
    assert made.orders() == ["0.0", ""]


def test_gaps_at_any_task_of_a_request_count():
    """Its load has one, its unload another; who is second to both follows once."""
    pair = Request(id="p", loads=(Task(place=1),), unloads=(Task(place=2),), price=999)
    apart = tuple(Gap(first=TaskRef(0, task), second=TaskRef(number, 0)) for task, number in ((0, 2), (1, 1), (1, 2)))
    made = bench([pair, *drops(2)], "0.0 0.1", "1.0 2.0", gaps=apart)
    assert followers(made, 0) == [2, 1]
    assert made.orders() == ["", ""]


def string(monkeypatch, made, *numbers, around=0, length=9, number=0):
    """Take a string out of a route, these numbers being drawn, and return what is to be put back."""
    drawn = list(numbers)
    monkeypatch.setattr("solver.search.ruin.draw", lambda *_: drawn.pop(0))
    count = interpreted(take_string)(made.layout, made.routes, made.yard, number, around, length, 0)
    assert not drawn
    return made.yard.out[:count].tolist()


def test_a_reload_in_a_string_is_not_to_be_put_back(monkeypatch):
    """Three stops from the second on: one of them is a reload, which is taken out along with the others."""
    made = bench(drops(4), "0.0 1.0 reload.0 2.0 3.0", reloads=(Reload(place=2),))
    # The first task of it, nowhere back, no stretch that is spared, and from where it would be.
    assert string(monkeypatch, made, 0, 0, 0, 0, around=1, length=3) == [1, 2]
    assert made.order() == "0.0 3.0"
    assert made.routes.courier_of.tolist() == [0, -1, -1, 0, -1]


def test_a_string_has_friends_and_followers(monkeypatch):
    """Of one request taken out, the friend on its route, and the second to that on another."""
    made = bench(drops(4), "0.0 1.0 2.0", "3.0", same_courier=((0, 2),), gaps=gaps((2, 3)))
    assert string(monkeypatch, made, 0, 0, 0, around=0, length=1) == [0, 2, 3]
    assert made.orders() == ["1.0", ""]
    assert made.yard.touched[: made.yard.state[TOUCHED]].tolist() == [0, 1]


def test_a_string_around_a_way_that_is_not_the_first(monkeypatch):
    """Around its tasks, not those of another way."""
    w = Request(id="w", unloads=(Task(place=1),), other_unloads=((Task(place=2), Task(place=3)),), price=9)
    made = bench([w, *drops(2)], "1.0 0.0/1 2.0 0.1/1")
    # Its second task, the last of the route; one stop back is the third request, and then comes its own.
    assert string(monkeypatch, made, 1, 1, 0, 0, around=0, length=2) == [made.row(2), 0]
    assert made.order() == "1.0"
