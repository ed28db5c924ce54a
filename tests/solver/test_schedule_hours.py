"""Travel that depends on the hour, by hand."""

import numpy as np
import pytest

from solver.problem import Break, LaterTravel, Matrix, Request, Task
from solver.schedule import schedule, travel
from tests.solver.on_a_line import STREET, between, courier, drop, problem, refs, street


def by_hour(**seconds_per_place):
    """Return travel of 10 s a place, and other figures from other seconds on: ``from_100=5``."""
    later = tuple(
        LaterTravel(from_s=int(name.removeprefix("from_")), durations_s=(seconds * STREET).astype(np.int32))
        for name, seconds in seconds_per_place.items()
    )
    return Matrix(durations_s=street().durations_s, distances_m=street().distances_m, later=later)


@pytest.mark.parametrize(
    ("leave_s", "until_s", "travelled_s"),
    [(0, 90, 90), (54, 90, 90), (55, 90, 90), (56, 89, 45), (99, 46, 45), (100, 45, 45), (500, 45, 45)],
)
def test_one_waits_for_a_faster_hour_where_that_is_sooner(leave_s, until_s, travelled_s):
    """Nine places: 90 s, or 45 s from 100 on. At 55 it is the same, and one sets off at once."""
    assert travel(by_hour(from_100=5), 0, 9, leave_s) == (until_s, travelled_s)


@pytest.mark.parametrize(
    ("leave_s", "until_s", "travelled_s"),
    [(99, 90, 90), (100, 180, 180), (110, 180, 180), (111, 179, 90), (199, 91, 90), (200, 90, 90)],
)
def test_a_slower_hour_counts_for_those_who_set_off_in_it(leave_s, until_s, travelled_s):
    """180 s from 100 to 200; those who are there sooner that way wait for its end."""
    assert travel(by_hour(from_100=20, from_200=10), 0, 9, leave_s) == (until_s, travelled_s)


def test_all_later_hours_are_looked_at():
    """The last is the fastest, and soon enough."""
    assert travel(by_hour(from_10=30, from_20=20, from_30=1), 0, 9, 12) == (18 + 9, 9)


def test_each_way_is_by_its_own_hour():
    """The first by 10 s a place, the second by 5; the wait is no travel."""
    made = problem([courier(earliest_s=60)], [drop("a", 1), drop("b", 9)], matrices=(by_hour(from_100=5),))
    route = schedule(made, (refs("0.0 1.0"),)).routes[0]
    assert [stop.arrive_s for stop in route.stops] == [70, 140]
    assert (route.travel_s, route.distance_m) == (10 + 40, 900)


def test_a_break_in_the_wait_for_a_faster_hour_delays_what_is_left():
    """There at 145, and the break takes 10 s of that."""
    pause = Break(windows=between(70, 80), duration_s=10)
    made = problem([courier(earliest_s=60, breaks=(pause,))], [drop("a", 9)], matrices=(by_hour(from_100=5),))
    assert schedule(made, (refs("break.0 0.0"),)).routes[0].stops[1].arrive_s == 155


def test_goods_wait_for_the_hour_in_which_they_are_not_too_long_on_board():
    """80 s are too long at first, 40 s from 1,000 on are not: at 990 it still waits 10 s for it, 50 s in all."""
    request = Request(id="r", loads=(Task(place=1),), unloads=(Task(place=9),), max_on_board_s=50)
    made = problem([courier()], [request], matrices=(by_hour(from_1000=5),))
    route = schedule(made, (refs("0.0 0.1"),)).routes[0]
    assert [(stop.start_s, stop.too_long_s) for stop in route.stops] == [(990, 0), (1_040, 0)]
