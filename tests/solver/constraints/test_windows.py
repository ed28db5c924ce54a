"""Hard windows, one or several, and their meeting with set-up times."""

import pytest

from solver.problem import Courier, Window
from solver.routing import draft


def test_both_ends_are_inside(on_a_line, price, drop):
    """Arrival at 10 is inside a window that ends at 10, and outside one that ends at 9."""
    for latest_s, cost in ((10, 10), (9, None)):
        assert price(on_a_line(requests=[drop(1, windows=(Window(latest_s=latest_s),))]), [[0]]) == cost


def test_between_two_windows_one_waits_for_the_second(on_a_line, price, drop):
    """Windows 0 to 5 and 40 to 50, arrival at 10: start at 40, so place 2 is reached at 50."""

    def problem(latest_s):
        first = drop(1, windows=(Window(latest_s=5), Window(earliest_s=40, latest_s=50)))
        return on_a_line(requests=[first, drop(2, windows=(Window(latest_s=latest_s),))])

    assert price(problem(50), [[0, 1]]) == 20
    assert price(problem(49), [[0, 1]]) is None


def test_after_the_last_window_is_too_late(on_a_line, price, drop):
    """Arrival at 10 misses windows that end at 3 and 8."""
    windows = (Window(latest_s=3), Window(earliest_s=6, latest_s=8))
    assert price(on_a_line(requests=[drop(1, windows=windows)]), [[0]]) is None


def test_the_window_holds_the_start_of_the_setup(on_a_line, price, drop):
    """Set-up comes after the start: arrival at 10 fits a window to 10, whatever the set-up; and it waits before it."""
    assert price(on_a_line(requests=[drop(1, setup_s=30, windows=(Window(latest_s=10),))]), [[0]]) == 10

    def problem(latest_s):
        first = drop(1, setup_s=30, windows=(Window(earliest_s=20),))
        return on_a_line(requests=[first, drop(2, windows=(Window(latest_s=latest_s),))])

    assert price(problem(60), [[0, 1]]) == 20
    assert price(problem(59), [[0, 1]]) is None


def test_a_second_task_at_the_place_waits_without_setup(on_a_line, price, drop):
    """Place 1: start 10, set-up to 15; the other opens at 20 and has its service from 20 on, not from 25."""

    def problem(latest_s):
        second = drop(1, setup_s=5, service_s=1, windows=(Window(earliest_s=20),))
        return on_a_line(requests=[drop(1, setup_s=5), second, drop(2, windows=(Window(latest_s=latest_s),))])

    assert price(problem(31), [[0, 1, 2]]) == 20
    assert price(problem(30), [[0, 1, 2]]) is None


def test_first_at_a_shared_place_sets_up_after_waiting(on_a_line, price, drop):
    """Place 1 is shared; who comes first and waits until 20 is done with the set-up at 25 and at place 2 at 35."""

    def problem(latest_s):
        first = drop(1, setup_s=5, windows=(Window(earliest_s=20),))
        return on_a_line(requests=[first, drop(1, setup_s=5), drop(2, windows=(Window(latest_s=latest_s),))])

    assert price(problem(35), [[0, 2], [1]][:1]) == 20 + 5_000
    assert price(problem(34), [[0, 2], [1]][:1]) is None


def test_without_exact_setups_no_plan_is_lost(on_a_line, price, drop, monkeypatch):
    """Past the bound on pairs the model may believe in a start that is the set-up too early, never in one too late."""
    monkeypatch.setattr(draft, "SAME_PLACE_PAIRS", 0)
    first = drop(1, setup_s=5, windows=(Window(earliest_s=20, latest_s=20),))
    second = drop(1, setup_s=5, windows=(Window(latest_s=25),))
    assert price(on_a_line(requests=[first, second]), [[0, 1]]) == 10


@pytest.mark.parametrize(("start_s", "cost"), [(0, 20), (35, None)])
def test_gaps_count_for_a_shared_place(on_a_line, price, drop, start_s, cost):
    """Windows 0 to 12 and 40 to 41 of the second task at a place; from 35 on the second is missed by 4 s."""
    courier = Courier(id="c", shift=Window(earliest_s=start_s), start=0)
    windows = (Window(latest_s=12), Window(earliest_s=40, latest_s=41))
    requests = [drop(2, setup_s=4), drop(2, setup_s=4, windows=windows)]
    assert price(on_a_line(requests=requests, couriers=[courier]), [[0, 1]]) == cost
