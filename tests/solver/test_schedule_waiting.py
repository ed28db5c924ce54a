"""Stops that wait for others, by hand: time on board, and gaps."""

import dataclasses

import pytest

from solver.plan import Cost
from solver.problem import Break, Gap, Request, Task, TaskRef, Window
from solver.schedule import schedule
from tests.solver.on_a_line import between, courier, delivery, drop, problem, refs


def carried(load=((0, 1_000),), unload=((0, 1_000),), **rest):
    """Return a request from place 1 to place 3, by the windows of its load and of its unload."""
    return Request(
        id="r",
        loads=(Task(place=1, windows=tuple(Window(earliest_s=a, latest_s=b) for a, b in load)),),
        unloads=(Task(place=3, windows=tuple(Window(earliest_s=a, latest_s=b) for a, b in unload)),),
        price=1_000,
        **rest,
    )


def starts(request, order="0.0 0.1", **rest):
    """Return when the stops of one route start, and what was on board for how much too long."""
    route = schedule(problem([courier(**rest)], [request]), (refs(order),)).routes[0]
    return [stop.start_s for stop in route.stops], [stop.too_long_s for stop in route.stops]


def test_a_load_waits_for_its_unload():
    """It would be at 10, but the unload is at 100 and it may be on board for 30 s."""
    assert starts(carried(unload=((100, 200),), max_on_board_s=30)) == ([70, 100], [0, 0])


def test_service_of_the_load_is_before_the_time_on_board():
    """It counts from the departure."""
    request = carried(unload=((100, 200),), max_on_board_s=30)
    request = dataclasses.replace(request, loads=(dataclasses.replace(request.loads[0], service_s=15),))
    assert starts(request) == ([55, 100], [0, 0])


def test_what_comes_between_waits_with_it():
    """The drop on the way too, though nothing is asked of it."""
    made = problem([courier()], [carried(unload=((100, 200),), max_on_board_s=30), drop("a", 2)])
    route = schedule(made, (refs("0.0 1.0 0.1"),)).routes[0]
    assert [(stop.arrive_s, stop.start_s) for stop in route.stops] == [(10, 70), (80, 80), (90, 100)]


def test_a_load_that_waits_goes_on_to_its_next_window():
    """Asked for 70, it can be had from 80 on."""
    load = ((0, 20), (80, 90))
    assert starts(carried(load, ((100, 200),), max_on_board_s=30)) == ([80, 100], [0, 0])


def test_load_and_unload_may_wait_for_each_other_again_and_again():
    """110 for 100 is too late for that, 170 for 200 is not."""
    load, unload = ((0, 20), (110, 120), (150, 180)), ((100, 100), (200, 200))
    assert starts(carried(load, unload, max_on_board_s=30)) == ([170, 200], [0, 0])


def test_where_no_waiting_helps_nobody_waits():
    """After 110 for 100 comes 170 for 200, for which there is no window."""
    load, unload = ((0, 20), (110, 120)), ((100, 100), (200, 200))
    assert starts(carried(load, unload, max_on_board_s=30)) == ([10, 100], [0, 60])


def test_a_way_longer_than_the_time_on_board_cannot_be_waited_for():
    """20 s are never 15."""
    assert starts(carried(max_on_board_s=15)) == ([10, 30], [0, 5])


def test_for_a_bound_request_nobody_waits():
    """What is too long is told and priced, of each load."""
    request = carried(unload=((100, 200),), max_on_board_s=30, courier=0)
    request = dataclasses.replace(request, loads=(*request.loads, Task(place=2)))
    made = problem([courier()], [request], breach_cost_per_s=10)
    plan = schedule(made, (refs("0.0 0.1 0.2"),))
    assert [stop.start_s for stop in plan.routes[0].stops] == [10, 20, 100]
    assert plan.routes[0].stops[2].too_long_s == 60 + 50
    assert plan.cost == Cost(travel=30, breach=1_100)


def test_a_break_between_counts_as_time_on_board():
    """From 40 to 70: the load waits until the break may be had right after it, and that is no use."""
    pause = Break(windows=between(40, 1_000), duration_s=30)
    request = carried(max_on_board_s=50)
    assert starts(request, "0.0 break.0 0.1", breaks=(pause,)) == ([20, 40, 70], [0, 0, 0])


def test_a_break_with_several_windows_may_be_waited_for():
    """The load waits from 10 to 30, misses the break at 15, and waits for that at 100."""
    pause = Break(windows=(Window(earliest_s=15, latest_s=20), Window(earliest_s=100, latest_s=110)), duration_s=1)
    request = carried(unload=((50, 1_000),), max_on_board_s=25)
    assert starts(request, "0.0 break.0 0.1", breaks=(pause,)) == ([76, 100, 101], [0, 0, 0])


def two(*gaps, a=2, b=1):
    """Return the routes of two couriers with a drop each, the first of which takes 5 s."""
    made = problem([courier("a"), courier("b")], [drop("a", a, service_s=5), drop("b", b), drop("c", b)], gaps=gaps)
    plan = schedule(made, (refs("0.0"), refs("1.0 2.0")))
    return [[stop.start_s for stop in route.stops] for route in plan.routes]


def gap(first, second, least_s=0, most_s=None):
    """Return a gap between the only tasks of two requests."""
    return Gap(first=TaskRef(first, 0), second=TaskRef(second, 0), least_s=least_s, most_s=most_s)


def test_the_second_of_a_gap_waits():
    """30 s from the departure at 25, and what comes after it waits too."""
    assert two() == [[20], [10, 10]]
    assert two(gap(0, 1, least_s=30)) == [[20], [55, 55]]


def test_the_first_of_a_gap_waits():
    """Its departure may be no more than 15 s before the start at 50."""
    assert two(gap(0, 1, most_s=15), a=1, b=5) == [[30], [50, 50]]


def test_one_gap_asks_for_more_than_another():
    """The second starts at 110 for the third's sake, so that the first may not depart before 70."""
    gaps = (gap(0, 1, 30, 40), gap(2, 1, 100))
    made = problem([courier(n) for n in "abc"], [drop("a", 2, service_s=5), drop("b", 1), drop("c", 1)], gaps=gaps)
    plan = schedule(made, (refs("0.0"), refs("1.0"), refs("2.0")))
    assert [route.stops[0].start_s for route in plan.routes] == [65, 110, 10]


def test_gaps_that_ask_for_each_other_cannot_be_kept():
    """Each after the other: nobody waits."""
    assert two(gap(0, 1, 10), gap(1, 0)) == [[20], [10, 10]]


@pytest.mark.parametrize("order", [("0.0", "2.0"), ("", "1.0 2.0")])
def test_a_gap_asks_nothing_while_one_of_both_is_not_planned(order):
    """Whichever it is."""
    made = problem([courier("a"), courier("b")], [drop(n, 1) for n in "abc"], gaps=(gap(0, 1, 500),))
    plan = schedule(made, tuple(map(refs, order)))
    assert {stop.start_s for route in plan.routes for stop in route.stops} == {10}


def test_time_on_board_and_gaps_wait_for_each_other():
    """The second is unloaded 100 s after the first, and may be on board for 30 s."""
    second = delivery("b", 1, 3, max_on_board_s=30)
    made = problem(
        [courier("a"), courier("b")],
        [drop("a", 2), second],
        gaps=(Gap(first=TaskRef(0, 0), second=TaskRef(1, 1), least_s=100),),
    )
    plan = schedule(made, (refs("0.0"), refs("1.0 1.1")))
    assert [stop.start_s for stop in plan.routes[1].stops] == [90, 120]
