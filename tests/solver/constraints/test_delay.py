"""What late starts cost."""

from solver.constraints.delay import clocks_needed, slopes
from solver.problem import DelayCost, Window


def test_each_second_after_the_deadline_costs(on_a_line, price, drop):
    """Place 3 at 30, due 12: 18 s at 4 each, and 30 of travel."""
    late = drop(3, delay_costs=(DelayCost(after_s=12, per_s=4),))
    assert price(on_a_line(requests=[late]), [[0]]) == 30 + 18 * 4


def test_in_time_costs_nothing(on_a_line, price, drop):
    """A start at the deadline is in time."""
    assert price(on_a_line(requests=[drop(3, delay_costs=(DelayCost(after_s=30, per_s=4),))]), [[0]]) == 30


def test_several_deadlines_add_up(on_a_line, price, drop):
    """From 10 on 1 a second, from 20 on 2 more, from 25 on 5 more: 20 + 10 * 2 + 5 * 5 at 30."""
    costs = tuple(DelayCost(after_s=after_s, per_s=per_s) for after_s, per_s in ((20, 2), (10, 1), (25, 5)))
    problem = on_a_line(requests=[drop(3, delay_costs=costs)])
    assert clocks_needed(problem) == 3
    assert price(problem, [[0]]) == 30 + 20 + 20 + 25


def test_waiting_counts_on_every_clock(on_a_line, price, drop):
    """A window from 50 to 52 or from 60 on makes the delay of both deadlines grow alike, arriving at 55."""
    costs = (DelayCost(after_s=10, per_s=1), DelayCost(after_s=20, per_s=2))
    first = drop(1, windows=(Window(earliest_s=45),))
    windows = (Window(earliest_s=50, latest_s=52), Window(earliest_s=60))
    problem = on_a_line(requests=[first, drop(2, windows=windows, delay_costs=costs)])
    assert price(problem, [[0, 1]]) == 20 + 50 + 2 * 40


def test_setup_does_not_delay_its_own_task(on_a_line, price, drop):
    """The start counts, not the end of the set-up: due 30, started 30."""
    late = drop(3, setup_s=9, delay_costs=(DelayCost(after_s=30, per_s=4),))
    assert price(on_a_line(requests=[late]), [[0]]) == 30


def test_a_bound_request_pays_for_the_breach(on_a_line, price, drop):
    """A window to 12 missed by 18 s at 7, and a soft deadline at 20 missed by 10 s at 3."""
    late = drop(3, courier=0, windows=(Window(latest_s=12),), delay_costs=(DelayCost(after_s=20, per_s=3),))
    assert price(on_a_line(requests=[late], breach_cost_per_s=7), [[0]]) == 30 + 18 * 7 + 10 * 3


def test_deadlines_out_of_reach_need_no_clock(on_a_line, drop):
    """What the window forbids needs no price, unless the request is bound; a price of nothing never does."""
    window, costs = (Window(latest_s=20),), (DelayCost(after_s=20, per_s=3), DelayCost(after_s=5, per_s=0))
    free, bound = drop(1, windows=window, delay_costs=costs), drop(1, courier=0, windows=window, delay_costs=costs)
    problem = on_a_line(requests=[free, bound])
    assert slopes(problem, free, free.unloads[0]) == []
    assert slopes(problem, bound, bound.unloads[0]) == [(20, 1_003)]
    assert clocks_needed(problem) == 1


def test_a_problem_without_requests_has_a_clock(on_a_line):
    """There is always one clock."""
    assert clocks_needed(on_a_line(requests=[])) == 1


def test_waiting_at_a_shared_place_counts_on_every_clock(on_a_line, price, drop):
    """Place 1 is shared: open from 20 on, set up to 25, so that place 2 is reached at 35 on both clocks."""
    costs = (DelayCost(after_s=10, per_s=1), DelayCost(after_s=20, per_s=2))
    first = drop(1, setup_s=5, windows=(Window(earliest_s=20),))
    problem = on_a_line(requests=[first, drop(1, setup_s=5), drop(2, delay_costs=costs)])
    assert price(problem, [[0, 2]]) == 20 + 25 + 2 * 15 + 5_000
