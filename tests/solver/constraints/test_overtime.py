"""Ends after the shift, and what they cost."""

from solver.constraints.delay import clocks_needed
from solver.problem import Courier, Window


def courier(latest_s, **rest):
    """Return a courier at place 0 that may work 10 s longer, at 3 a second."""
    return Courier(id="c", shift=Window(latest_s=latest_s), start=0, overtime_s=10, overtime_cost_per_s=3, **rest)


def test_each_second_of_overtime_costs(on_a_line, price, drop):
    """Ending at 26: 20 of travel, and 3 for each second after the shift, up to ten."""
    for latest_s, cost in ((26, 20), (25, 20 + 3), (16, 20 + 30), (15, None)):
        assert price(on_a_line(requests=[drop(2, service_s=6)], couriers=[courier(latest_s)]), [[0]]) == cost


def test_the_way_home_is_overtime_too(on_a_line, price, drop):
    """20 s out and 20 s back: 8 s after the shift."""
    assert price(on_a_line(requests=[drop(2)], couriers=[courier(32, end=0)]), [[0]]) == 40 + 8 * 3


def test_beyond_the_overtime_only_with_a_bound_request(on_a_line, price, drop):
    """Ending at 26 is 14 s after the shift, all of it at 3, and 4 s beyond what is allowed, at 50."""
    problem = on_a_line(requests=[drop(2, courier=0, service_s=6)], couriers=[courier(12)], breach_cost_per_s=50)
    assert clocks_needed(problem) == 2
    assert price(problem, [[0]]) == 20 + 14 * 3 + 4 * 50


def test_who_stays_at_home_works_no_overtime(on_a_line, price, drop):
    """Only the price of the request is paid."""
    assert price(on_a_line(requests=[drop(2, price=44)], couriers=[courier(0, end=5)]), [[]]) == 44


def test_the_search_weighs_overtime(on_a_line, best, drop):
    """The far stop would cost 30 and 10 s of overtime at 3; the other courier does it for 40."""
    crew = [courier(30), Courier(id="d", shift=Window(), start=0)]
    assert best(on_a_line(requests=[drop(4)], couriers=crew), [[0], []]) == (40, [[], [0]])
