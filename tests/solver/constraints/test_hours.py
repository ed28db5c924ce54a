"""Travel that depends on the hour."""

import numpy as np
import pytest

from solver.problem import Break, Courier, DelayCost, LaterTravel, Matrix, Problem, Window

STEPS = np.abs(np.subtract.outer(np.arange(6), np.arange(6)))


def later(*hours):
    """Return travel from certain seconds on, at so many seconds a place."""
    return tuple(
        LaterTravel(from_s=from_s, durations_s=(per_place_s * STEPS).astype(np.int32)) for from_s, per_place_s in hours
    )


def test_the_hour_of_departure_counts(on_a_line, price, drop):
    """To place 1 in 10 s, service until 15; from 15 on, 20 s a place: place 3 at 55, for 50 s of travel."""

    def problem(latest_s):
        requests = [drop(1, service_s=5), drop(3, windows=(Window(latest_s=latest_s),))]
        return on_a_line(requests=requests, later=later((15, 20)))

    assert price(problem(55), [[0, 1]]) == 50
    assert price(problem(54), [[0, 1]]) is None


def test_who_has_left_travels_on_as_before(on_a_line, price, drop):
    """A way of 20 s that begins at 14 ends at 34."""

    def problem(latest_s):
        requests = [drop(1, service_s=4), drop(3, windows=(Window(latest_s=latest_s),))]
        return on_a_line(requests=requests, later=later((15, 20)))

    assert price(problem(34), [[0, 1]]) == 30
    assert price(problem(33), [[0, 1]]) is None


def test_it_is_worth_waiting_for_a_better_hour(on_a_line, price, drop):
    """To place 3: 30 s at once, or 3 s from 20 on: it arrives at 23, having travelled for 3 s."""

    def problem(latest_s):
        return on_a_line(requests=[drop(3, windows=(Window(latest_s=latest_s),))], later=later((20, 1)))

    assert price(problem(23), [[0]]) == 3
    assert price(problem(22), [[0]]) is None


def test_of_two_hours_that_arrive_alike_the_first(on_a_line, price, drop):
    """30 s at once, or 9 s from 21 on: both arrive at 30; the courier sets off at once."""
    assert price(on_a_line(requests=[drop(3)], later=later((21, 3))), [[0]]) == 30


def test_soft_deadlines_and_ends_know_the_hour(on_a_line, price, drop):
    """From 5 on 20 s a place: place 1 at 10, place 2 at 30, 18 s late at 2; back at 0 at 70."""
    for latest_s, cost in ((70, 10 + 20 + 40 + 36), (69, None)):
        crew = [Courier(id="c", shift=Window(latest_s=latest_s), start=0, end=0)]
        requests = [drop(1), drop(2, delay_costs=(DelayCost(after_s=12, per_s=2),))]
        assert price(on_a_line(requests=requests, couriers=crew, later=later((5, 20))), [[0, 1]]) == cost


def test_a_break_interrupts_a_way_of_its_hour(on_a_line, price, drop):
    """From 5 on 20 s a place. The break from 12 to 42 interrupts 20 s of way that began at 10: place 2 at 60."""
    for latest_s, cost in ((60, 30), (59, None)):
        crew = [
            Courier(
                id="c",
                shift=Window(),
                start=0,
                breaks=(Break(windows=(Window(earliest_s=12, latest_s=12),), duration_s=30),),
            )
        ]
        requests = [drop(1), drop(2, windows=(Window(latest_s=latest_s),))]
        assert price(on_a_line(requests=requests, couriers=crew, later=later((5, 20))), [[0, 1]]) == cost


def test_each_profile_has_its_hours(drop, price):
    """The first profile is slow from 5 on, the second, of another price, always the same."""
    fast = (10 * STEPS).astype(np.int32)
    matrices = (
        Matrix(durations_s=fast, distances_m=fast, later=later((5, 20))),
        Matrix(durations_s=fast, distances_m=fast),
    )
    crew = [Courier(id=f"c{n}", shift=Window(), start=0, profile=n, cost_per_s=n + 1) for n in range(2)]
    requests = (drop(1), drop(2), drop(1), drop(2))
    problem = Problem(matrices=matrices, couriers=tuple(crew), requests=requests)
    assert price(problem, [[0, 1], [2, 3]]) == (10 + 20) + 2 * (10 + 10)


@pytest.mark.parametrize("bound", [None, 0])
def test_no_way_at_this_hour(on_a_line, price, drop, bound):
    """There is no way from 5 on: after place 1 only a bound request is served."""
    closed = np.full((6, 6), 2**30)
    problem = on_a_line(
        requests=[drop(1, courier=bound), drop(2, courier=bound)],
        later=(LaterTravel(from_s=5, durations_s=closed),),
    )
    assert price(problem, [[0, 1]]) == (None if bound is None else 10 + 2**30)


def test_limits_of_travel_know_the_hour(on_a_line, price, drop):
    """10 s to place 1 and 20 s to place 2."""
    for most_s, cost in ((30, 30), (29, None)):
        crew = [Courier(id="c", shift=Window(), start=0, max_travel_s=most_s)]
        assert price(on_a_line(requests=[drop(1), drop(2)], couriers=crew, later=later((5, 20))), [[0, 1]]) == cost


def test_the_search_goes_the_long_way_first(on_a_line, best, drop):
    """From 25 on 1 s a place: to place 1 at 10, and from there to place 4 at 28 for 3 s, instead of 40 s."""
    assert best(on_a_line(requests=[drop(1), drop(4)], later=later((25, 1))), [[1, 0]])[0] <= 13


def test_a_break_is_taken_where_it_avoids_a_bad_hour(on_a_line, price, placed, drop):
    """Place 1 opens at 30, and from 35 on ways take 15 s. After a break at the start: at 30, 40 and 55, for 35 s.

    After one at place 1: at 50 at place 2, for 20 s, and there it is worth waiting for 52, when ways take 10 s again.
    """
    crew = [Courier(id="c", shift=Window(), start=0, breaks=(Break(duration_s=10),))]
    requests = [drop(1, windows=(Window(earliest_s=30),)), drop(2), drop(3)]
    problem = on_a_line(requests=requests, couriers=crew, later=later((35, 15), (52, 10)))
    assert placed(problem, [[0, 1, 2]]) == [[0, 3, 1, 2]]
    assert price(problem, [[0, 1, 2]]) == 30
