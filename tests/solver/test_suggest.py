"""The smallest change that serves a request, on a street: 10 s and 100 m from each place to the next."""

from dataclasses import replace

import pytest

from solver.check import check
from solver.errors import ParameterError
from solver.problem import Gap, Request, Task, TaskRef, Window
from solver.schedule import schedule
from solver.solve import Solver
from solver.suggest import apply, suggest
from solver.suggestion import Kind
from tests.solver.on_a_line import courier, delivery, drop, problem, refs

COLD, VAN = frozenset({"cold"}), frozenset({"van"})

PLENTY = 10_000


@pytest.fixture(scope="module")
def solver():
    """Return a solver for all tests of this file."""
    with Solver() as own:
        yield own


@pytest.fixture
def suggested(solver):
    """Return a function that finds what would serve the last request, which the plan leaves out."""

    def find(couriers, requests, *orders, work=PLENTY, **rest):
        made = problem(couriers, requests, **rest)
        plan = schedule(made, tuple(refs(text) for text in orders) or ((),) * len(couriers))
        check(made, plan)
        (found,) = suggest(made, plan, [len(requests) - 1], work_limit=work, solver=solver)
        if found.kind is not Kind.NONE:
            check(apply(made, found), schedule(apply(made, found), found.orders))
        return found

    return find


@pytest.fixture
def what(suggested):
    """Return a function that finds it in words."""

    def find(*arguments, **rest):
        return suggested(*arguments, **rest).text

    return find


def due(latest_s):
    """Return windows that end then."""
    return (Window(latest_s=latest_s),)


def test_due_later(suggested):
    """20 s, for 50 s of way in 30 s."""
    found = suggested([courier()], [drop("x", 5, windows=due(30))])
    assert (found.kind, found.more_s, found.text) == (Kind.LATER, 20, "due 20 s later")
    assert found.orders == (refs("0.0"),)


def test_seconds_are_rounded_up_to_minutes(suggested):
    """Of 61 s and more: 418 s are 7 min."""
    found = suggested([courier(earliest_s=408)], [drop("x", 9, windows=due(80))])
    assert (found.more_s, found.text) == (420, "due 7 min later")
    assert suggested([courier(earliest_s=50)], [drop("x", 9, windows=due(80))]).text == "due 1 min later"


def test_time_that_is_none_of_the_clock(suggested):
    """20 s are 2 units of 10 s; of 8 s, 2.5 of them are rounded up to 3; of 1,000 s, it is less than one."""
    late = [drop("x", 5, windows=due(30))]
    assert suggested([courier()], late, time_scale=10).text == "due 2 units later"
    found = suggested([courier()], late, time_scale=8)
    assert (found.more_s, found.text) == (24, "due 3 units later")
    assert suggested([courier()], late, time_scale=1_000).text == "due 0.02 units later"
    couriers = [courier("a", latest_s=49), courier("b", max_travel_s=40)]
    assert suggested(couriers, [drop("x", 5)], time_scale=1).text == "shift of courier a 1 unit longer"
    assert suggested(couriers[1:], [drop("x", 5)], time_scale=1).text == "10 units more travel for courier b"
    longer = delivery("x", 1, 6, max_on_board_s=45)
    assert suggested([courier()], [longer], time_scale=2).text == "3 units longer on board"


def test_the_later_of_two_tasks_counts(what):
    """The load is 10 s late, the drop 15 s: each is due 15 s later then."""
    request = Request(
        id="x", loads=(Task(place=2, windows=due(10)),), unloads=(Task(place=5, windows=due(35)),), price=99
    )
    assert what([courier()], [request]) == "due 15 s later"


def test_every_way_is_due_later(what):
    """At place 5 it is 20 s late, at place 4 it is 5 s."""
    either = Request(
        id="x", unloads=(Task(place=5, windows=due(30)),), other_unloads=((Task(place=4, windows=due(35)),),), price=99
    )
    assert what([courier()], [either]) == "due 5 s later"


def test_a_longer_shift(suggested):
    """Of the courier that needs least, 5 s, for 40 s of way in 35 s."""
    couriers = [courier("a", latest_s=20), courier("b", latest_s=25, start=1), courier("c", latest_s=24, start=1)]
    found = suggested(couriers, [drop("x", 4)])
    assert (found.kind, found.courier, found.more_s) == (Kind.LONGER_SHIFT, 1, 5)
    assert found.text == "shift of courier b 5 s longer"


def test_beside_what_is_served_already(what):
    """There and back to place 2 takes 40 s, on to place 4 another 40 s: 35 s more than there are."""
    requests = [drop("a", 2, windows=due(20)), drop("x", 4)]
    assert what([courier(latest_s=45, end=0)], requests, "0.0") == "shift of courier c 35 s longer"


def test_the_fewest_seconds_are_taken(what):
    """Whatever they are: 20 s later, or 5 s on board; 9 s of shift, or 10 s of travel."""
    longer = delivery("x", 1, 6, max_on_board_s=45)
    assert what([courier()], [longer]) == "5 s longer on board"
    both = [courier("a", latest_s=41), courier("b", max_travel_s=40)]
    assert what(both, [drop("x", 5)]) == "shift of courier a 9 s longer"
    both = [courier("a", latest_s=39), courier("b", max_travel_s=40)]
    assert what(both, [drop("x", 5)]) == "10 s more travel for courier b"


def test_nobody_is_to_wait_for_hours(what):
    """Who is busy for three hours is not suggested to come after them: one more courier is."""
    requests = [drop("long", 9, windows=due(90), service_s=10_800), drop("x", 9, windows=due(90), service_s=10)]
    couriers = [courier("ann", latest_s=10_890, skills=COLD | VAN)]
    assert what(couriers, requests, "0.0") == "one more courier like ann, with skills cold and van"
    assert what([courier("bob", latest_s=10_890)], requests, "0.0") == "one more courier like bob"
    assert what([courier("bob", latest_s=20_000)], requests, "0.0", time_scale=10) == "due 1,080 units later"


def test_one_more_courier_has_nothing_on_board(suggested):
    """Neither bound requests nor frozen stops."""
    requests = [drop("on", 9, courier=0, service_s=10_800), drop("x", 9, windows=due(90), price=100)]
    couriers = [courier("ann", latest_s=10_890, frozen=refs("0.0"))]
    found = suggested(couriers, requests, "0.0")
    assert (found.kind, found.courier, found.orders) == (Kind.ONE_MORE_COURIER, 0, (refs("0.0"), refs("1.0")))


def test_more_room(suggested):
    """For whom it is least, and in no dimension more than that: 1 kg for b, though a would need but 2 l."""
    couriers = [courier("a", capacity=(9, 2)), courier("b", capacity=(4, 9))]
    found = suggested(couriers, [delivery("x", 1, 2, amount=(5, 4))], dimensions=("kg", "l"))
    assert (found.kind, found.courier, found.units) == (Kind.MORE_ROOM, 1, (1, 0))
    assert found.text == "room for 1 kg more on courier b"


def test_more_room_in_two_dimensions(suggested):
    """As much of each as is missing."""
    found = suggested([courier(capacity=(3, 3))], [delivery("x", 1, 2, amount=(5, 4))], dimensions=("kg", "l"))
    assert (found.units, found.text) == ((2, 1), "room for 2 kg and 1 l more on courier c")


def test_more_skills(suggested):
    """For the courier that lacks fewest."""
    couriers = [courier("a"), courier("b", skills=COLD)]
    found = suggested(couriers, [drop("x", 1, skills=COLD | VAN)])
    assert (found.kind, found.courier, found.skills) == (Kind.MORE_SKILLS, 1, VAN)
    assert found.text == "courier b with skill van"


def test_more_tasks_and_metres(suggested):
    """One task more than one, 200 m more than 300 m."""
    found = suggested([courier(max_tasks=1)], [delivery("x", 1, 2)])
    assert (found.kind, found.more_tasks, found.text) == (Kind.MORE_TASKS, 1, "1 more task for courier c")
    found = suggested([courier(max_distance_m=300)], [drop("x", 5)])
    assert (found.kind, found.more_m, found.text) == (Kind.LONGER_DISTANCE, 200, "200 m more travel for courier c")


def test_a_higher_price(suggested):
    """One more than the 50 that it costs."""
    found = suggested([courier("a"), courier("b", start=1, fixed_cost=90)], [drop("x", 5, price=50)])
    assert (found.kind, found.price, found.text) == (Kind.HIGHER_PRICE, 51, "a price of 51 instead of 50")


def test_a_search_may_ask_for_a_lower_price(what):
    """On the way between the others it costs 20 more; with these in the other order, all of it costs less than now."""
    requests = [drop("a", 5), drop("b", 1), drop("x", 6, price=9)]
    assert what([courier()], requests, "0.0 1.0", work=1) == "a price of 21 instead of 9"
    assert what([courier()], requests, "0.0 1.0") == "no change: a longer search serves it"


def test_it_may_fit_as_it_is(what):
    """The plan was not looked at for long enough."""
    assert what([courier()], [drop("x", 5)]) == "no change: a longer search serves it"


def test_a_search_finds_a_smaller_change(what):
    """Last on the route it takes 90 s more; in another order of the others, 10 s."""
    requests = [drop("a", 5), drop("b", 1), drop("x", 9, service_s=10)]
    couriers = [courier(latest_s=90)]
    assert what(couriers, requests, "0.0 1.0", work=49) == "shift of courier c 2 min longer"
    assert what(couriers, requests, "0.0 1.0") == "shift of courier c 10 s longer"


def test_there_may_be_none(what):
    """No single change makes it early enough and worth its price; and without couriers there is nothing to change."""
    assert what([courier()], [drop("x", 5, windows=due(30), price=50)], work=99) == (
        "no single change found in 99 trials"
    )
    assert what([], [drop("x", 5)]) == "no single change found in 10,000 trials"
    gaps = (Gap(first=TaskRef(0, 0), second=TaskRef(1, 0)),)
    requests = [drop("old", 9, windows=due(5)), drop("x", 1)]
    assert what([courier()], requests, "", gaps=gaps).startswith("no single change")


def test_nobody_is_left_out_for_it(what):
    """However little the other is worth: 20 s for both of them are not to be had by leaving it out."""
    requests = [drop("cheap", 0, service_s=30, price=1), drop("x", 4)]
    assert what([courier(latest_s=50)], requests, "0.0") == "shift of courier c 20 s longer"


def test_answers_come_in_order_of_requests(solver):
    """Though the dearest are looked at first: with one trial, one of them alone."""
    requests = [drop("a", 5, windows=due(30), price=60), drop("b", 5, price=50), drop("c", 6, windows=due(40))]
    made = problem([courier()], requests)
    plan = schedule(made, ((),))
    found = suggest(made, plan, work_limit=PLENTY, solver=solver)
    assert [item.text for item in found] == ["due 20 s later", "a price of 51 instead of 50", "due 20 s later"]
    assert [item.request for item in found] == [0, 1, 2]
    assert suggest(made, plan, [], work_limit=PLENTY) == ()


def test_what_there_is_no_time_for(solver):
    """Is said."""
    made = problem([courier()], [drop("x", 5, windows=due(30))])
    (found,) = suggest(made, schedule(made, ((),)), time_limit_s=0.0, solver=solver)
    assert (found.kind, found.text) == (Kind.NONE, "no single change found in 0 s")
    (found,) = suggest(made, schedule(made, ((),)), time_limit_s=2.0)
    assert found.text == "due 20 s later"


def test_the_same_seed_finds_the_same(solver):
    """With a limit of work."""
    requests = [drop("a", 5), drop("b", 1), drop("c", 7), drop("x", 9, service_s=10)]
    made = problem([courier(latest_s=110)], requests)
    plan = schedule(made, (refs("0.0 1.0 2.0"),))
    one, other = (suggest(made, plan, work_limit=PLENTY, seed=4, solver=solver) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("limits", [{}, {"time_limit_s": 1.0, "work_limit": 1}, {"work_limit": -1}])
def test_one_limit_is_given(limits):
    """Of time, or of work."""
    made = problem([], [])
    with pytest.raises(ParameterError):
        suggest(made, schedule(made, ()), **limits)


def test_what_is_applied_is_what_is_said():
    """Nothing else of the problem is changed."""
    made = problem(
        [courier("a", max_tasks=1, max_travel_s=5, max_distance_m=7, capacity=(1,)), courier("a (2)", capacity=(2,))],
        [delivery("x", 1, 2, latest_s=30, max_on_board_s=9), drop("y", 1, windows=(*due(5), Window(earliest_s=9)))],
        dimensions=("kg",),
    )
    base = suggest(made, schedule(made, ((), ())), [0], work_limit=0)[0]

    def changed(kind, **figures):
        return apply(made, replace(base, kind=kind, **figures))

    crew, request = made.couriers[0], made.requests[0]
    assert changed(Kind.NONE) is changed(Kind.LONGER_SEARCH) is made
    later = changed(Kind.LATER, more_s=60)
    assert later.requests[0].unloads[0].windows == due(90)
    assert later.requests[0].loads == request.loads
    assert later.requests[1] == made.requests[1]
    assert changed(Kind.LATER, request=1, more_s=60).requests == made.requests
    assert changed(Kind.LONGER_ON_BOARD, more_s=2).requests[0] == replace(request, max_on_board_s=11)
    assert changed(Kind.HIGHER_PRICE, price=2_000).requests[0] == replace(request, price=2_000)
    for kind, figures, field, value in (
        (Kind.LONGER_SHIFT, {"more_s": 9}, "shift", Window(latest_s=1_009)),
        (Kind.LONGER_TRAVEL, {"more_s": 9}, "max_travel_s", 14),
        (Kind.LONGER_DISTANCE, {"more_m": 9}, "max_distance_m", 16),
        (Kind.MORE_TASKS, {"more_tasks": 9}, "max_tasks", 10),
        (Kind.MORE_ROOM, {"units": (9,)}, "capacity", (10,)),
        (Kind.MORE_SKILLS, {"skills": COLD}, "skills", COLD),
    ):
        assert changed(kind, courier=0, **figures).couriers == (replace(crew, **{field: value}), made.couriers[1])
    assert changed(Kind.ONE_MORE_COURIER, courier=0).couriers == (*made.couriers, replace(crew, id="a (3)"))
