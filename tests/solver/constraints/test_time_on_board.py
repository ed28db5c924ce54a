"""How long goods are on board."""

from dataclasses import replace

import pytest

from solver.problem import DelayCost, Request, Task, Window


def pair(most_s, *, courier=None, loads=(1,), unloads=(3,), **last):
    """Return a request from place 1 to 3, loaded in 5 s, that is on board for so long at most."""
    return Request(
        id=f"pair {most_s}",
        loads=tuple(Task(place=place, service_s=5) for place in loads),
        unloads=tuple(Task(place=place, **last) for place in unloads),
        price=900,
        courier=courier,
        max_on_board_s=most_s,
    )


def test_from_departure_to_start(on_a_line, price):
    """20 s from place 1 to 3; neither the service before nor a set-up after counts."""
    assert price(on_a_line(requests=[pair(20, setup_s=9)]), [[0, 1]]) == 30
    assert price(on_a_line(requests=[pair(19, setup_s=9)]), [[0, 1]]) is None
    assert price(on_a_line(requests=[pair(19)]), [[]]) == 900


def test_what_is_done_between_counts(on_a_line, price, drop):
    """A stop of 7 s on the way."""
    for most_s, cost in ((27, 30), (26, None)):
        assert price(on_a_line(requests=[pair(most_s), drop(2, service_s=7)]), [[0, 2, 1]]) == cost


def test_a_load_waits_for_its_unload(on_a_line, price, drop):
    """Place 3 opens at 100: the load departs at 60 for 40 s on board, so that nothing starts before 70 at place 2."""

    def problem(latest_s):
        requests = [pair(40, windows=(Window(earliest_s=100),)), drop(2, windows=(Window(latest_s=latest_s),))]
        return on_a_line(requests=requests)

    assert price(problem(70), [[0, 2, 1]]) == 30
    assert price(problem(69), [[0, 2, 1]]) is None


def test_each_load_to_each_unload(on_a_line, price):
    """Loads at 1 and 2, unloads at 3 and 4: from the departure at 15 to the start at 50, with 5 s at place 2."""
    for most_s, cost in ((35, 40), (34, None)):
        assert price(on_a_line(requests=[pair(most_s, loads=(1, 2), unloads=(3, 4))]), [[0, 1, 2, 3]]) == cost


def test_a_bound_request_pays_for_what_is_too_long(on_a_line, price, drop):
    """27 s on board where 20 are allowed, at 3 a second; it does not wait to save some."""
    requests = [pair(20, courier=0), drop(2, service_s=7)]
    assert price(on_a_line(requests=requests, breach_cost_per_s=3), [[0, 2, 1]]) == 30 + 7 * 3
    late = [pair(20, courier=0, windows=(Window(earliest_s=100),))]
    assert price(on_a_line(requests=late, breach_cost_per_s=3), [[0, 1]]) == 30 + 65 * 3


def test_too_long_for_each_load(on_a_line, price):
    """Loaded at 15 and at 30, unloaded at 40: 25 and 10 s where 10 are allowed."""
    requests = [pair(10, courier=0, loads=(1, 2))]
    assert price(on_a_line(requests=requests, breach_cost_per_s=3), [[0, 1, 2]]) == 30 + 15 * 3


@pytest.mark.parametrize(("after_s", "late"), [((80, 60), (5, 25)), ((90, 85), (0, 0))])
def test_waits_count_for_soft_deadlines_too(on_a_line, price, after_s, late):
    """The load that is on board for 10 s begins at 85, though it could at 10: so much after two deadlines."""
    deadlines = tuple(DelayCost(after_s=after, per_s=per_s) for after, per_s in zip(after_s, (2, 3), strict=True))
    request = pair(10, unloads=(2,), windows=(Window(earliest_s=100),))
    request = replace(request, loads=(replace(request.loads[0], delay_costs=deadlines),))
    assert price(on_a_line(requests=[request]), [[0, 1]]) == 20 + 2 * late[0] + 3 * late[1]


def test_the_search_goes_straight(on_a_line, best, drop):
    """The stop on the way is made before or after, though that takes longer."""
    requests = [pair(20), drop(2, service_s=7)]
    assert best(on_a_line(requests=requests), [[0, 1]]) == (40, [[0, 1, 2]])
