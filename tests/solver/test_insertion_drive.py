"""What one route costs, and whether it keeps all rules, by hand; and as the schedule has it."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.drive import move_cost, reorder_cost, set_out
from solver.problem import (
    UNREACHABLE_S,
    Break,
    DelayCost,
    LaterTravel,
    Matrix,
    Reload,
    Request,
    Task,
    Window,
)
from tests.solver.on_a_line import STREET, between, courier, delivery, drop, refs, street
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")


def driven(crew, requests, text, **rest):
    """Return what driving one route finds out."""
    return Bench([crew], requests, **rest).driven(text)


def wide(**rest):
    """Return a courier whose limit of travel, which is far away, makes any problem a wide one."""
    rest.setdefault("max_travel_s", 9_999)
    return courier(**rest)


def pause(earliest_s, latest_s=10_000, *, duration_s=30):
    """Return a break."""
    return Break(windows=between(earliest_s, latest_s), duration_s=duration_s)


def test_ways_cost_by_the_second_and_by_the_metre():
    """Out to 3 and back: 60 s at 2, 600 m at 1, and 7 for going at all."""
    bench = Bench([wide(end=0, fixed_cost=7, cost_per_s=2, cost_per_m=1)], [drop("a", 2), drop("b", 3)])
    ride = bench.driven("0.0 1.0")
    assert (ride.cost, ride.begins) == (7 + 120 + 600, [20, 30])
    assert bench.routes.track[f.WAY_COST, :3].tolist() == [40 + 200, 20 + 100, 60 + 300]
    assert bench.routes.track[f.TOTAL, [f.TRAVEL_S, f.DISTANCE_M]].tolist() == [60, 600]


def test_metres_are_not_looked_up_where_they_do_not_matter():
    """Neither a cost nor a limit asks for them."""
    bench = Bench([wide()], [drop("a", 2)])
    assert bench.driven("0.0").cost == 20
    assert bench.routes.track[f.TOTAL, f.DISTANCE_M] == 0


def test_a_courier_from_anywhere_appears_at_its_first_stop():
    """When its shift begins, and without set-up there."""
    requests = [drop("a", 5, setup_s=30, service_s=2), drop("b", 6, setup_s=4)]
    ride = driven(wide(start=None, earliest_s=7), requests, "0.0 1.0")
    assert (ride.cost, ride.begins, ride.leaves) == (10, [7, 19], [9, 23])


def test_service_is_paid_for():
    """3 a second: 5 + 4 at the first, 6 at the same place without set-up, 2 + 1 at the reload; breaks are not paid."""
    crew = courier(cost_per_service_s=3, breaks=(pause(0),), reloads=(Reload(place=3, service_s=1, setup_s=2),))
    requests = [drop("a", 2, service_s=4, setup_s=5), drop("b", 2, service_s=6, setup_s=7)]
    ride = driven(crew, requests, "0.0 1.0 break.0 reload.0")
    assert (ride.cost, ride.leaves) == (30 + 3 * (9 + 6 + 3), [29, 35, 65, 78])


def test_a_task_starts_in_a_window_and_late_starts_are_priced():
    """At 20 the first window is over; 10 s after the deadline at 30, at 4 each."""
    windows = (Window(earliest_s=5, latest_s=19), Window(earliest_s=40, latest_s=50))
    timed = drop("a", 2, windows=windows, delay_costs=(DelayCost(after_s=30, per_s=4),))
    ride = driven(wide(), [timed], "0.0")
    assert (ride.cost, ride.begins) == (20 + 40, [40])


def test_after_its_last_window_only_a_bound_task_starts():
    """10 s late at 7 each; of any other that is a fault."""
    requests = [drop("a", 4, windows=between(0, 30))]
    assert driven(wide(), requests, "0.0").fault == "0.0"
    requests = [drop("a", 4, windows=between(0, 30), courier=0)]
    assert driven(wide(), requests, "0.0", breach_cost_per_s=7).cost == 40 + 70


@pytest.mark.parametrize(("latest_s", "bound", "cost"), [(70, None, 60 + 40), (60, None, None), (60, 0, 60 + 80 + 70)])
def test_overtime_is_priced_up_to_what_is_allowed(latest_s, bound, cost):
    """Back at 80, at 4 a second of overtime, of which 10 s may be; with a bound request 7 more for each one beyond."""
    crew = wide(end=0, latest_s=latest_s, overtime_s=10, overtime_cost_per_s=4)
    ride = driven(crew, [drop("a", 3, service_s=20, courier=bound)], "0.0", breach_cost_per_s=7)
    assert ride.cost == cost
    assert ride.fault == ("end" if cost is None else "")


def test_without_tasks_nothing_is_paid():
    """Whatever steps there are, and whatever it would cost to go."""
    bench = Bench([courier(fixed_cost=7, end=5, breaks=(pause(0),), reloads=(Reload(place=3),))], [drop("a", 1)])
    assert bench.driven("").cost == 0
    assert bench.driven("break.0 reload.0").cost == 0


def test_a_leg_without_a_way_is_for_bound_requests_only():
    """The fault is where it leads to, or where it leads from if that is the end; a break in between changes nothing."""
    durations = street().durations_s.copy()
    durations[0, 5] = durations[5, 9] = UNREACHABLE_S
    ways = (Matrix(durations_s=durations, distances_m=street().distances_m),)
    crew = courier(end=9, latest_s=2**32, breaks=(pause(0),))
    requests = [drop("a", 5), drop("b", 4), drop("c", 5, courier=0)]
    assert driven(crew, requests, "0.0 break.0", matrices=ways).fault == "0.0"
    assert driven(crew, requests, "break.0 0.0", matrices=ways).fault == "0.0"
    assert driven(crew, requests, "1.0 0.0 break.0", matrices=ways).fault == "0.0"
    assert driven(crew, requests, "break.0 2.0", matrices=ways).cost == 2 * UNREACHABLE_S


@pytest.mark.parametrize(
    ("opens_s", "break_at_s", "there_s"),
    [(0, 0, 60), (10, 10, 60), (30, 30, 60), (50, 50, 80)],
)
def test_a_break_interrupts_the_way(opens_s, break_at_s, there_s):
    """Half a minute before the way of half a minute, in it, at its end, or when all of it has been waited through."""
    bench = Bench([courier(breaks=(pause(opens_s),))], [drop("a", 3, service_s=1)])
    ride = bench.driven("break.0 0.0")
    assert (ride.cost, ride.begins, ride.leaves) == (30, [break_at_s, there_s], [break_at_s + 30, there_s + 1])
    # The whole way is set off on before the break.
    assert bench.routes.track[f.WAY_COST, :3].tolist() == [30, 0, 0]


def test_two_breaks_on_one_way():
    """10 s, a break to 15, 3 s, a break from 18 to 25, and the last 17 s."""
    crew = courier(breaks=(pause(10, duration_s=5), pause(18, duration_s=7)))
    ride = driven(crew, [drop("a", 3)], "break.0 break.1 0.0")
    assert (ride.cost, ride.begins) == (30, [10, 18, 42])


def test_a_break_before_a_courier_from_anywhere_appears():
    """Then it has no way to go."""
    ride = driven(courier(start=None, earliest_s=5, breaks=(pause(0),)), [drop("a", 3)], "break.0 0.0")
    assert (ride.cost, ride.begins) == (0, [5, 35])


@pytest.mark.parametrize(("latest_s", "cost"), [(90, 60), (89, None)])
def test_a_break_on_the_way_home(latest_s, cost):
    """From 40 to 70 in the middle of it: at 90 all is done."""
    ride = driven(courier(end=0, latest_s=latest_s, breaks=(pause(40),)), [drop("a", 3)], "0.0 break.0")
    assert ride.cost == cost


@pytest.mark.parametrize(("latest_s", "cost"), [(70, 30), (69, None)])
def test_a_route_that_ends_anywhere_ends_with_its_last_break(latest_s, cost):
    """There is no way any more: the courier rests where it is."""
    ride = driven(courier(latest_s=latest_s, breaks=(pause(40),)), [drop("a", 3)], "0.0 break.0")
    assert ride.cost == cost


def test_a_break_that_begins_too_late_is_for_routes_with_bound_requests():
    """At 30, after 20: 10 s at 7 each."""
    crew = courier(breaks=(pause(0, 20),))
    assert driven(crew, [drop("a", 3)], "0.0 break.0").fault == "break.0"
    assert driven(crew, [drop("a", 3, courier=0)], "0.0 break.0", breach_cost_per_s=7).cost == 30 + 70


def test_breaks_are_taken_in_order():
    """Also where there is nothing else to do."""
    bench = Bench([courier(breaks=(pause(0), pause(0)))], [drop("a", 3)])
    assert bench.driven("break.0 0.0 break.1").cost == 30
    assert bench.driven("break.1 0.0 break.0").fault == "break.0"
    assert bench.driven("break.1 break.0").fault == "break.0"


def slow_and_quick():
    """Return travel that takes 9 s a place from 100 on, and 4 s from 200 on."""
    later = tuple(
        LaterTravel(from_s=from_s, durations_s=(each_s * STREET).astype(np.int32))
        for from_s, each_s in ((100, 9), (200, 4))
    )
    return (Matrix(durations_s=street().durations_s, distances_m=street().distances_m, later=later),)


@pytest.mark.parametrize(
    ("leave_s", "until_s", "travelled_s"),
    [
        (0, 90, 90),  # 100 + 81 is later
        (90, 90, 90),  # as soon as from 100 on: it does not wait for that
        (92, 89, 81),  # 8 s of waiting
        (100, 81, 81),
        (155, 81, 81),  # 45 s of waiting and 36 are no less
        (156, 80, 36),
        (200, 36, 36),
        (999, 36, 36),
    ],
)
def test_who_may_leave_waits_for_a_quicker_hour(leave_s, until_s, travelled_s):
    """From 0 to 9, 90 s, later 81 s, later 36 s; of equals the first."""
    bench = Bench([courier()], [drop("a", 9)], matrices=slow_and_quick())
    assert interpreted(set_out)(bench.layout, bench.routes, 0, 0, 9, leave_s) == until_s
    assert bench.routes.track[f.TOTAL, f.TRAVELLED_S] == travelled_s


def test_hours_of_another_profile_do_not_matter():
    """The first has none; of the second all are its own."""
    ways = (street(), *slow_and_quick())
    bench = Bench([courier("a"), courier("b", profile=1)], [drop("a", 9)], matrices=ways)
    assert interpreted(set_out)(bench.layout, bench.routes, 0, 0, 9, 200) == 90
    assert interpreted(set_out)(bench.layout, bench.routes, 1, 0, 9, 200) == 36


def test_waiting_for_an_hour_is_not_travel():
    """It leaves 4 at 195, is there at 200 + 12, and has travelled for 40 and 12."""
    requests = [drop("a", 4, service_s=155), drop("b", 7)]
    ride = driven(courier(), requests, "0.0 1.0", matrices=slow_and_quick())
    assert (ride.cost, ride.begins) == (52, [40, 212])


@pytest.mark.parametrize(
    ("limits", "fits"),
    [
        ({"max_tasks": 2}, True),
        ({"max_tasks": 1}, False),
        ({"max_travel_s": 60}, True),
        ({"max_travel_s": 59}, False),
        ({"max_distance_m": 600}, True),
        ({"max_distance_m": 599}, False),
    ],
)
def test_limits_are_kept_unless_all_requests_are_bound(limits, fits):
    """Two tasks and a break, 60 s, 600 m; the fault is the last stop."""
    for bound, allowed in ((None, fits), (0, True)):
        requests = [drop("a", 2, courier=0), drop("b", 3, courier=bound)]
        ride = driven(courier(end=0, breaks=(pause(0),), **limits), requests, "0.0 break.0 1.0")
        assert (ride.cost, ride.fault) == ((60, "") if allowed else (None, "1.0"))


def test_another_courier_than_before_is_paid_for_once():
    """Not by the one that had it; however many tasks it has."""
    couriers = [wide(name="a"), wide(name="b")]
    bench = Bench(couriers, [delivery("x", 1, 2, previous=1, move_cost=40), drop("y", 3, previous=0, move_cost=5)])
    assert bench.driven("0.0 0.1 1.0", courier=0).cost == 30 + 40
    assert bench.driven("0.0 0.1 1.0", courier=1).cost == 30 + 5


@pytest.mark.parametrize(
    ("order", "changes"),
    [
        ("0.0 1.0 2.0", 0),
        ("0.0 break.0 1.0 reload.0 2.0", 0),  # steps do not count
        ("1.0 0.0 2.0", 3),  # 1 first, 0 after 1, 2 after 0
        ("0.0 3.0 1.0 2.0", 1),  # 1 after 3
        ("0.0 2.0", 1),
        ("3.0 0.0 1.0 2.0", 1),
        ("0.0 1.0 2.0 3.0", 0),
    ],
)
def test_tasks_that_come_after_others_than_before_are_paid_for(order, changes):
    """9 each; one that is new here is not."""
    crew = courier(
        previous=refs("0.0 1.0 2.0"), reorder_cost=9, breaks=(Break(),), reloads=(Reload(place=5),), cost_per_s=0
    )
    assert driven(crew, [drop(name, 5) for name in "abcd"], order).cost == 9 * changes


def test_the_order_of_another_courier_is_none_of_its_business():
    """Only the one that had the tasks pays for their order."""
    couriers = [courier("a", previous=refs("0.0 1.0"), reorder_cost=9), courier("b", reorder_cost=9)]
    bench = Bench(couriers, [drop("x", 1), drop("y", 2)])
    for number, cost in ((0, 9), (1, 0)):
        assert interpreted(reorder_cost)(bench.layout, number, bench.node("1.0"), -1) == cost


def test_a_move_is_paid_for_at_the_first_task():
    """Of whichever way."""
    x = Request(
        id="x", unloads=(Task(place=1), Task(place=2)), other_unloads=((Task(place=3),),), previous=1, move_cost=5
    )
    bench = Bench([courier("a"), courier("b")], [x])
    costs = [[interpreted(move_cost)(bench.layout, number, node) for node in range(3)] for number in range(2)]
    assert costs == [[5, 0, 5], [0, 0, 0]]


def test_what_of_the_cost_an_insertion_could_save():
    """Set-up, delay, breach, and another order than before; no way, no service, no use, and no other courier."""
    costs = {"fixed_cost": 7, "cost_per_service_s": 2, "reorder_cost": 9, "overtime_cost_per_s": 3}
    crew = courier(end=0, latest_s=50, overtime_s=5, previous=refs("1.0 0.0"), **costs)
    requests = [
        drop("a", 2, setup_s=10, service_s=5, delay_costs=(DelayCost(after_s=0, per_s=1),)),
        drop("b", 3, courier=0, windows=between(0, 40)),
    ]
    bench = Bench([crew], requests, "0.0 1.0", breach_cost_per_s=11)
    # Set-up, delay of 20 s, b 5 s late, the end at 75: 25 s of overtime, 20 s too many, and two others before them.
    spare = 20 + 20 + 55 + 75 + 220 + 18
    assert bench.routes.route[0, f.SPARE] == spare
    assert bench.routes.route[0, f.COST] == 7 + 60 + 10 + spare
