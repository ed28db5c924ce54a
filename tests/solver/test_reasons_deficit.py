"""What is missing where no courier can serve a request: the figure that binds, and who comes closest to it."""

import numpy as np

from solver.plan import Reason
from solver.problem import (
    BREAK,
    RELOAD,
    UNREACHABLE_S,
    Break,
    LaterTravel,
    Matrix,
    Reload,
    Request,
    Task,
    TaskRef,
    Window,
)
from solver.reasons import explain_left_out
from tests.solver.brute_force import best_route
from tests.solver.on_a_line import courier, delivery, drop, problem, street


def told(couriers, request, **rest):
    """Return the reason and the detail for a request that is alone."""
    made = problem(couriers, [request], **rest)
    (item,) = explain_left_out(made, ((),) * len(couriers), [0])
    return item.reason, item.detail


def missing(couriers, request, **rest):
    """Return what is missing, which trying everything confirms."""
    reason, detail = told(couriers, request, **rest)
    assert reason is Reason.IMPOSSIBLE
    made = problem(couriers, [request], **rest)
    skilled = [number for number, crew in enumerate(couriers) if request.skills <= crew.skills]
    assert all(best_route(made, number, (0,)) is None for number in skilled)
    return detail.removesuffix(" with nothing else to do")


def due(latest_s):
    """Return windows that end then."""
    return (Window(latest_s=latest_s),)


def test_what_it_costs_is_no_time():
    """Service and a move are paid for, and not counted in seconds: it is 20 s late with a, 10 s with b."""
    late = drop("x", 5, windows=due(30), service_s=7, previous=1, move_cost=40)
    couriers = [courier("a", cost_per_service_s=3), courier("b", start=9, cost_per_service_s=3)]
    assert missing(couriers, late) == "courier b, the fastest, would be 10 s late"


def test_time_that_is_none_of_the_clock():
    """20 s late are 2.5 units of 8 s, whether that is all that is missing or not."""
    late = drop("x", 5, windows=due(30))
    assert missing([courier()], late, time_scale=8) == "courier c, the fastest, would be 2.5 units late"
    both = [courier(max_travel_s=40, max_distance_m=300)]
    _, detail = told(both, late, time_scale=8)
    assert detail.startswith("courier c, the fastest, would be 2.5 units late with nothing else to do, and cannot keep")


def test_the_best_of_several_ways_counts():
    """20 s late at place 5, 10 s at place 4."""
    either = Request(
        id="x", unloads=(Task(place=5, windows=due(30)),), other_unloads=((Task(place=4, windows=due(30)),),)
    )
    assert missing([courier()], either) == "courier c, the fastest, would be 10 s late"


def test_room_for_the_smallest_way():
    """Of three and two kilograms, one is too much."""
    either = Request(id="x", unloads=(Task(place=5, unload=(3,)),), other_unloads=((Task(place=4, unload=(2,)),),))
    detail = missing([courier(capacity=(1,))], either, dimensions=("kg",))
    assert detail == "courier c, the roomiest, has no room for 1 kg of it"


def test_tasks():
    """A load and a drop are two; whoever may do most is named."""
    couriers = [courier("a", max_tasks=0), courier("b", max_tasks=1)]
    detail = missing(couriers, delivery("x", 1, 2))
    assert detail == "courier b, who may do most, may do 1 of its 2 tasks"
    assert missing(couriers[:1], drop("x", 1)) == "courier a, who may do most, may do 0 of its 1 task"


def test_a_break_takes_time():
    """30 s of it, on a way of 50 s."""
    couriers = [courier(breaks=(Break(windows=due(10), duration_s=30),))]
    detail = missing(couriers, drop("x", 5, windows=due(60)))
    assert detail == "courier c, the fastest, would be 20 s late"


def test_overtime_is_time():
    """50 s there, in a shift of 20 s and 15 s more."""
    couriers = [courier(latest_s=20, overtime_s=15, overtime_cost_per_s=1)]
    assert missing(couriers, drop("x", 5)) == "courier c, the fastest, would be 15 s late"


def test_time_on_board():
    """50 s, of which 30 s are allowed."""
    detail = missing([courier()], delivery("x", 1, 6, max_on_board_s=30))
    assert detail == "courier c would be 20 s too long on board"


def test_who_waits_has_goods_on_board_for_less():
    """The drop opens at 100; the load may wait up to 40, so that 60 s are left, 10 s too many."""
    request = Request(
        id="x",
        loads=(Task(place=1, windows=due(40)),),
        unloads=(Task(place=2, windows=(Window(earliest_s=100),)),),
        max_on_board_s=50,
    )
    assert missing([courier()], request) == "courier c would be 10 s too long on board"


def test_limits_of_travel_and_distance():
    """50 s and 500 m."""
    assert missing([courier(max_travel_s=30)], drop("x", 5)) == "courier c would be 20 s over its limit of travel"
    detail = missing([courier(max_distance_m=300)], drop("x", 5))
    assert detail == "courier c would be 200 m over its limit of distance"


def test_seconds_are_named_before_metres():
    """Of two couriers that are held back by different limits."""
    couriers = [courier("a", max_distance_m=499), courier("b", max_travel_s=10)]
    assert missing(couriers, drop("x", 5)) == "courier b would be 40 s over its limit of travel"


def test_the_fewest_seconds_are_named():
    """Whatever they are."""
    couriers = [courier("a", latest_s=20), courier("b", max_travel_s=21)]
    assert missing(couriers, drop("x", 5)) == "courier b would be 29 s over its limit of travel"


def test_load_during_a_break():
    """It has to begin before anything can be unloaded, 10 s from the start; if it need not, it would be 5 s late."""
    couriers = [courier(capacity=(9,), breaks=(Break(windows=due(5), duration_s=1, max_load=(1,)),))]
    detail = missing(couriers, drop("x", 1, unload=(3,)), dimensions=("kg",))
    assert detail == "courier c, the fastest, would be 5 s late"


def test_more_than_one_limit_and_late():
    """5 s late for the load; and 50 s on board, not 30."""
    request = Request(
        id="x", loads=(Task(place=1, windows=due(5)),), unloads=(Task(place=6),), max_on_board_s=30, price=9
    )
    made = [courier()]
    reason, detail = told(made, request)
    late = "courier c, the fastest, would be 5 s late with nothing else to do, and cannot keep all its other limits"
    assert (reason, detail) == (Reason.IMPOSSIBLE, late)


def test_more_than_one_limit_in_time():
    """60 s of travel, not 40; 50 s on board, not 30."""
    detail = told([courier(max_travel_s=40)], delivery("x", 1, 6, max_on_board_s=30))
    at_once = "courier c cannot keep all its limits at once, with nothing else to do"
    assert detail == (Reason.IMPOSSIBLE, at_once)


def test_no_way_in_a_wide_problem():
    """Whatever limits there are."""
    durations = street().durations_s.copy()
    durations[:, 5] = UNREACHABLE_S
    matrices = (Matrix(durations_s=durations, distances_m=street().distances_m),)
    detail = missing([courier(max_travel_s=10)], drop("x", 5), matrices=matrices)
    assert detail == "no courier has a way to all of its places"


def test_the_hour_makes_a_difference():
    """From 10 s on it takes 20 s, and is worth waiting for: 30 s, not 50."""
    quick = LaterTravel(from_s=10, durations_s=np.minimum(street().durations_s, 20))
    matrices = (Matrix(durations_s=street().durations_s, distances_m=street().distances_m, later=(quick,)),)
    detail = missing([courier()], drop("x", 5, windows=due(25)), matrices=matrices)
    assert detail == "courier c, the fastest, would be 5 s late"


def test_a_reload_is_no_way_out():
    """It makes nothing quicker on a street: what is missing is missing at least."""
    couriers = [courier(reloads=(Reload(place=3),))]
    detail = missing(couriers, drop("x", 5, windows=due(30)))
    assert detail == "courier c, the fastest, would be at least 20 s late"


def test_who_cannot_reload_is_told_as_it_is():
    """Of two, the one that may reload is slower."""
    couriers = [courier("a", start=1), courier("b", reloads=(Reload(place=3),))]
    detail = missing(couriers, drop("x", 5, windows=due(30)))
    assert detail == "courier a, the fastest, would be at least 10 s late"


NOT_TRIED = "whether a courier could serve it by reloading, with nothing else to do, was not tried"


def test_what_a_reload_may_mend_is_not_called_impossible():
    """Loaded after the break, not before it: then nothing is on board."""
    crew = courier(
        capacity=(9,), breaks=(Break(windows=due(5), duration_s=1, max_load=(1,)),), reloads=(Reload(place=0),)
    )
    request = drop("x", 1, unload=(3,))
    assert told([crew], request, dimensions=("kg",)) == (Reason.NOT_FOUND, NOT_TRIED)
    made = problem([crew], [request], dimensions=("kg",))
    assert best_route(made, 0, (0,)) == (10, (TaskRef(BREAK, 0), TaskRef(RELOAD, 0), TaskRef(0, 0)))


def test_a_way_over_a_reload_may_be_shorter():
    """Straight it is 100 s to place 5, over place 3 it is 50."""
    durations = street().durations_s.copy()
    durations[0, 5] = 100
    matrices = (Matrix(durations_s=durations, distances_m=street().distances_m),)
    couriers = [courier(reloads=(Reload(place=3),))]
    request = drop("x", 5, windows=due(60))
    assert told(couriers, request, matrices=matrices) == (Reason.NOT_FOUND, NOT_TRIED)
    assert best_route(problem(couriers, [request], matrices=matrices), 0, (0,)) is not None
    detail = missing(couriers, drop("x", 5, windows=due(40)), matrices=matrices)
    assert detail == "courier c, the fastest, would be at least 10 s late"


def test_many_tasks_prove_nothing():
    """Five tasks are not tried in every order."""
    request = Request(id="x", unloads=tuple(Task(place=n, windows=due(30)) for n in (1, 2, 3, 4, 5)))
    none = "no courier was found to be able to serve it with nothing else to do"
    detail = f"{none}; not every order of its tasks was tried"
    assert told([courier(max_travel_s=900)], request) == (Reason.NOT_FOUND, detail)
    assert told([courier(max_tasks=4)], request) == (
        Reason.IMPOSSIBLE,
        "courier c, who may do most, may do 4 of its 5 tasks",
    )


def test_many_tasks_that_do_not_pay():
    """Another order might have cost less."""
    request = Request(id="x", unloads=tuple(Task(place=n) for n in (1, 2, 3, 4, 5)), price=50)
    told_ = "courier c, the cheapest, could serve it for 50; its price is 50"
    assert told([courier()], request) == (Reason.NOT_WORTH_ITS_PRICE, told_)
    answer = told([courier(max_travel_s=9_999)], request)
    assert answer == (Reason.NOT_FOUND, f"{told_}; not every order of its tasks was tried")
