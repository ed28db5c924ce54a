"""The limits of one route: times, tasks, travel, distance; and what it is without regard to others."""

import dataclasses

import pytest

from solver.check import Drive
from solver.problem import UNREACHABLE_S, Break, LaterTravel, Matrix, Reload, Task
from tests.solver.judged import fault_of, passes
from tests.solver.on_a_line import between, courier, delivery, drop, problem, refs, street


def bound(request):
    """Return a request that is bound to the first courier."""
    return dataclasses.replace(request, courier=0)


def test_a_break_may_be_late_on_a_route_with_a_bound_request():
    """It starts at 50 where 45 was the last."""
    crew = [courier(breaks=(Break(windows=between(0, 45)),))]
    requests = [drop("a", 5), drop("b", 5)]
    assert passes(problem(crew, requests), "break.0 0.0 1.0")
    assert fault_of(problem(crew, requests), "0.0 break.0 1.0") == "WINDOW_MISSED"
    assert passes(problem(crew, [requests[0], bound(requests[1])]), "0.0 break.0 1.0")


def test_a_reload_may_not_be_late_at_all():
    """For whomever."""
    crew = [courier(reloads=(Reload(place=5, windows=between(0, 45)),))]
    assert fault_of(problem(crew, [drop("a", 5)]), "0.0 reload.0") == "WINDOW_MISSED"
    assert fault_of(problem(crew, [bound(drop("a", 5))]), "0.0 reload.0") == "WINDOW_MISSED"
    assert passes(
        problem([courier(reloads=(Reload(place=5, windows=between(0, 50)),))], [drop("a", 5)]), "0.0 reload.0"
    )


def test_overtime_is_part_of_the_shift():
    """5 s of it; one more only with a bound request."""
    requests = [drop("a", 5)]
    assert passes(problem([courier(latest_s=45, overtime_s=5)], requests), "0.0")
    short = [courier(latest_s=45, overtime_s=4)]
    assert fault_of(problem(short, requests), "0.0") == "SHIFT_OVERRUN"
    assert passes(problem(short, [bound(requests[0])]), "0.0")


@pytest.mark.parametrize(
    ("code", "limit", "least"),
    [("TOO_MANY_TASKS", "max_tasks", 3), ("TRAVEL_TOO_LONG", "max_travel_s", 40), ("TOO_FAR", "max_distance_m", 400)],
)
def test_the_limits_of_a_route(code, limit, least):
    """Three tasks, 20 s there and 20 s back; steps do not count. All bound, it may be more."""
    requests = [delivery("a", 1, 2), drop("b", 2)]
    steps = {"breaks": (Break(),), "reloads": (Reload(place=1),), "end": 0}
    order = "0.0 break.0 reload.0 0.1 1.0"
    enough, short = (courier(**steps, **{limit: most}) for most in (least, least - 1))
    assert passes(problem([enough], requests), order)
    assert fault_of(problem([short], requests), order) == code
    assert fault_of(problem([short], [bound(requests[0]), requests[1]]), order) == code
    assert passes(problem([short], [bound(request) for request in requests]), order)


def without_way(origin, destination, **later):
    """Return the street with no way from one place to another, and later travel."""
    durations = street().durations_s.copy()
    durations[origin, destination] = UNREACHABLE_S
    return (Matrix(durations_s=durations, distances_m=street().distances_m, **later),)


def test_a_break_on_the_way_makes_no_way():
    """From task to task, whatever is between."""
    made = problem([courier(breaks=(Break(),))], [drop("a", 1), drop("b", 2)], matrices=without_way(1, 2))
    assert fault_of(made, "0.0 break.0 1.0") == "UNREACHABLE"
    assert passes(made, "1.0 break.0 0.0")


def test_no_reload_is_where_no_way_leads():
    """Nor where none leads from: a courier can do without."""
    crew = [courier(reloads=(Reload(place=3),))]
    requests = [bound(drop("a", 1)), bound(drop("b", 2))]
    assert passes(problem(crew, requests, matrices=without_way(1, 2)), "0.0 1.0")
    assert fault_of(problem(crew, requests, matrices=without_way(1, 3)), "0.0 reload.0 1.0") == "UNREACHABLE"
    assert fault_of(problem(crew, requests, matrices=without_way(3, 2)), "0.0 reload.0 1.0") == "UNREACHABLE"


def test_there_may_be_a_way_later():
    """One waits for it."""
    later = (LaterTravel(from_s=100, durations_s=street().durations_s),)
    made = problem([courier()], [drop("a", 1), drop("b", 2)], matrices=without_way(1, 2, later=later))
    assert passes(made, "0.0 1.0")
    drive = Drive(made, 0, refs("0.0 1.0"))
    assert (drive.passed[1].arrive_s, drive.travel_s) == (110, 20)


def test_time_on_board_is_hard_for_what_may_be_left_out():
    """20 s of 15; what waiting can do is done."""
    request = delivery("a", 1, 3, max_on_board_s=15)
    assert fault_of(problem([courier()], [request]), "0.0 0.1") == "ON_BOARD_TOO_LONG"
    assert passes(problem([courier()], [bound(request)]), "0.0 0.1")
    waits = dataclasses.replace(request, max_on_board_s=20, unloads=(Task(place=3, windows=between(100, 200)),))
    assert passes(problem([courier()], [waits]), "0.0 0.1")


def test_waiting_may_miss_a_window():
    """The load is had until 60, and would have to wait until 80; or what comes between has its window until 85."""
    waits = delivery("a", 1, 3, max_on_board_s=20)
    waits = dataclasses.replace(waits, unloads=(Task(place=3, windows=between(100, 200)),))
    early = dataclasses.replace(waits, loads=(Task(place=1, windows=between(0, 60)),))
    assert fault_of(problem([courier()], [early]), "0.0 0.1") == "ON_BOARD_TOO_LONG"
    made = problem([courier()], [waits, drop("b", 2, windows=between(0, 85))])
    assert fault_of(made, "0.0 1.0 0.1") == "ON_BOARD_TOO_LONG"
    assert passes(made, "1.0 0.0 0.1")


def test_what_waits_may_make_a_bound_one_late():
    """That is priced: 5 s."""
    waits = delivery("a", 1, 3, max_on_board_s=20)
    waits = dataclasses.replace(waits, unloads=(Task(place=3, windows=between(100, 200)),))
    made = problem([courier()], [waits, drop("b", 2, windows=between(0, 85), courier=0)])
    assert passes(made, "0.0 1.0 0.1")
    assert Drive(made, 0, refs("0.0 1.0 0.1")).cost["breach"] == 5_000


def test_a_drive_has_all_figures_of_one_route():
    """By hand: a break of 30 s from 15 on, set-up and service of 8 s, overtime of 8 s, another courier before."""
    crew = courier(
        latest_s=50,
        overtime_s=10,
        overtime_cost_per_s=3,
        cost_per_m=2,
        cost_per_service_s=5,
        fixed_cost=7,
        breaks=(Break(windows=between(15, 15), duration_s=30),),
    )
    made = problem([crew, courier("d")], [drop("a", 2, service_s=5, setup_s=3, previous=1, move_cost=4)])
    drive = Drive(made, 0, refs("break.0 0.0"))
    assert drive.faults == []
    assert (drive.end_s, drive.travel_s, drive.distance_m, drive.overtime_s, drive.overrun_s) == (58, 20, 200, 8, 0)
    assert drive.cost == {
        "fixed": 7,
        "travel": 20,
        "distance": 400,
        "delay": 0,
        "breach": 0,
        "service": 40,
        "overtime": 24,
        "change": 4,
    }
    assert drive.total == 495
