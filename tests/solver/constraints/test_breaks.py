"""Breaks: when they are taken, what they hold up, and who takes them."""

import pytest

from solver.problem import Break, Courier, Window


def courier(*breaks, **rest):
    """Return a courier at place 0 with breaks."""
    rest.setdefault("shift", Window())
    return Courier(id="c", start=0, breaks=breaks, **rest)


def pause(earliest_s=0, latest_s=10_000, *, duration_s=30, **rest):
    """Return a break of 30 s that begins in a window."""
    return Break(windows=(Window(earliest_s=earliest_s, latest_s=latest_s),), duration_s=duration_s, **rest)


@pytest.mark.parametrize("begin_s", [15, 20, 34])
def test_a_way_is_interrupted_and_goes_on(on_a_line, price, drop, begin_s):
    """From 10 to 15 at place 1, then 20 s of way: with the break, before or on the way or after it, 65 at place 3."""

    def problem(latest_s):
        requests = [drop(1, service_s=5), drop(3, windows=(Window(latest_s=latest_s),))]
        return on_a_line(requests=requests, couriers=[courier(pause(begin_s, begin_s))])

    assert price(problem(65), [[0, 1]]) == 30
    assert price(problem(64), [[0, 1]]) is None


def test_a_wait_is_used_for_a_break(on_a_line, price, drop):
    """At place 1 from 10 on, open from 50 on; the break from 15 to 45 delays nothing, one from 25 to 55 does."""

    def problem(begin_s):
        requests = [drop(1, windows=(Window(earliest_s=50, latest_s=50),))]
        return on_a_line(requests=requests, couriers=[courier(pause(begin_s, begin_s))])

    assert price(problem(15), [[0]]) == 10
    assert price(problem(25), [[0]]) is None


def test_neither_setup_nor_service_is_interrupted(on_a_line, price, drop):
    """On arrival at 10, busy to 40. A break between 12 and 38 comes first, from 12 to 42."""

    def problem(latest_s):
        busy = drop(1, setup_s=10, service_s=20, windows=(Window(latest_s=latest_s),))
        return on_a_line(requests=[busy], couriers=[courier(pause(12, 38))])

    assert price(problem(42), [[0]]) == 10
    assert price(problem(41), [[0]]) is None


def test_a_setup_that_is_not_paid_is_not_in_the_way(on_a_line, price, placed, drop):
    """Two tasks at place 1, from 10 to 20 and, after the break, at 50: only the first is set up."""
    requests = [drop(1, setup_s=10), drop(1, setup_s=10), drop(2, windows=(Window(latest_s=60),))]
    problem = on_a_line(requests=requests, couriers=[courier(pause(20, 20))])
    assert price(problem, [[0, 1, 2]]) == 20
    assert placed(problem, [[0, 1, 2]]) in ([[0, 1, 3, 2]], [[0, 3, 1, 2]])


def test_a_break_lies_in_the_shift(on_a_line, price, drop):
    """10 s of way, 5 s of service, 30 s of break: 45 is early enough for all. Going home comes on top."""
    for latest_s, cost in ((45, 10), (44, None)):
        problem = on_a_line(
            requests=[drop(1, service_s=5)], couriers=[courier(pause(), shift=Window(latest_s=latest_s))]
        )
        assert price(problem, [[0]]) == cost
    for latest_s, cost in ((55, 20), (54, None)):
        crew = [courier(pause(), shift=Window(latest_s=latest_s), end=0)]
        assert price(on_a_line(requests=[drop(1, service_s=5)], couriers=crew), [[0]]) == cost


def test_a_break_is_waited_for(on_a_line, price, drop):
    """It begins at 100 at the earliest, so that the route ends at 130."""
    for latest_s, cost in ((130, 10), (129, None)):
        crew = [courier(pause(100), shift=Window(latest_s=latest_s))]
        assert price(on_a_line(requests=[drop(1)], couriers=crew), [[0]]) == cost


def test_who_has_no_tasks_takes_no_break(on_a_line, price, drop):
    """Two couriers whose breaks are over before their shifts: they cannot have tasks, and need not."""
    crew = [courier(pause(0, 5), shift=Window(earliest_s=10)), Courier(id="d", shift=Window(), start=5)]
    problem = on_a_line(requests=[drop(1)], couriers=crew)
    assert price(problem, [[], []]) == 5_000
    assert price(problem, [[0], []]) is None
    assert price(problem, [[], [0]]) == 40


def test_windows_have_gaps(on_a_line, price, drop):
    """Windows to 5 and from 40 to 41: after the stop from 10 to 20 the break is from 40 to 70, and then place 2."""
    windows = (Window(latest_s=5), Window(earliest_s=40, latest_s=41))
    stay = drop(1, service_s=10, windows=(Window(latest_s=10),))
    for latest_s, cost in ((70, 20), (69, None)):
        requests = [stay, drop(2, windows=(Window(earliest_s=45, latest_s=latest_s),))]
        problem = on_a_line(requests=requests, couriers=[courier(Break(windows=windows, duration_s=30))])
        assert price(problem, [[0, 1]]) == cost


def test_breaks_come_in_their_order(on_a_line, price, placed, drop):
    """From 0 to 10 and from 10 to 40, with a way of 10 s; never the other way round."""
    requests = [drop(1, windows=(Window(latest_s=50),))]
    inside = [courier(pause(0, 0, duration_s=10), pause(0, 10))]
    assert placed(on_a_line(requests=requests, couriers=inside), [[0]]) == [[1, 2, 0]]
    turned = [courier(pause(20, 20, duration_s=10), pause(0, 10))]
    assert price(on_a_line(requests=requests, couriers=turned), [[0]]) is None


def test_a_bound_request_makes_a_late_break_possible_at_a_price(on_a_line, price, drop):
    """A shift from 10 on, and a break that must begin at 6: 4 s late at 7."""
    crew = [courier(pause(0, 6), shift=Window(earliest_s=10))]
    assert price(on_a_line(requests=[drop(1, courier=0)], couriers=crew, breach_cost_per_s=7), [[0]]) == 10 + 4 * 7


def test_what_is_on_board_during_a_break_is_restricted(on_a_line, price, drop):
    """3 on board to 10, then 1: a break with 1 at most begins at 10, or 1 s late; with bound requests alone, before."""
    for latest_s, courier_of_first, cost in ((10, None, 20), (9, None, None), (9, 0, 20 + 1_000)):
        requests = [drop(1, unload=(2,), courier=courier_of_first), drop(2, unload=(1,))]
        crew = [courier(pause(0, latest_s, max_load=(1,)), capacity=(9,))]
        assert price(on_a_line(requests=requests, couriers=crew, capacities=1), [[0, 1]]) == cost
    requests = [drop(1, unload=(2,), courier=0), drop(2, unload=(1,), courier=0)]
    crew = [courier(pause(0, 9, max_load=(1,)), capacity=(9,))]
    assert price(on_a_line(requests=requests, couriers=crew, capacities=1), [[0, 1]]) == 20


def test_breaks_of_a_plan_are_read_out_of_the_model(on_a_line, placed, drop):
    """Left out on the way in, the break is put where the model has it: after place 1, for place 3 is due."""
    requests = [drop(1), drop(2, windows=(Window(latest_s=20),)), drop(3)]
    problem = on_a_line(requests=requests, couriers=[courier(pause(0, 25)), Courier(id="d", shift=Window(), start=0)])
    assert placed(problem, [[3, 0, 1, 2], []]) == [[0, 1, 3, 2], []]


def test_the_search_makes_room_for_a_break(on_a_line, best, drop):
    """Place 2 is due at 20 and the break at 0: courier c serves place 1, and d, who takes no break, place 2."""
    requests = [drop(1), drop(2, windows=(Window(latest_s=20),))]
    crew = [courier(pause(0, 0)), Courier(id="d", shift=Window(), start=0, fixed_cost=50)]
    problem = on_a_line(requests=requests, couriers=crew)
    assert best(problem, [[2, 0], []]) == (70, [[], [0, 1]])
