"""Times, loads and costs, by hand."""

import dataclasses

import numpy as np

from solver.plan import Cost, LeftOut, Reason
from solver.problem import DelayCost, Matrix, Request, Task, Window
from solver.schedule import on_board_at_start, schedule, start_in_windows, task_duration_s
from tests.solver.on_a_line import courier, delivery, drop, problem, refs, street


def timed(couriers, requests, *orders, **rest):
    """Return the plan of given orders."""
    return schedule(problem(couriers, requests, **rest), tuple(refs(text) for text in orders))


def test_arrive_start_and_depart():
    """10 s a place, set-up and service at each."""
    plan = timed([courier()], [drop("a", 2, service_s=5, setup_s=3), drop("b", 4, service_s=1)], "0.0 1.0")
    (route,) = plan.routes
    assert [(s.place, s.arrive_s, s.start_s, s.depart_s) for s in route.stops] == [(2, 20, 20, 28), (4, 48, 48, 49)]
    assert (route.end_s, route.travel_s, route.distance_m) == (49, 40, 400)


def test_a_courier_begins_with_its_shift():
    """Not before."""
    plan = timed([courier(earliest_s=100)], [drop("a", 1)], "0.0")
    assert plan.routes[0].stops[0].arrive_s == 110


def test_setup_is_paid_on_coming_from_another_place_only():
    """Once for all that is done at one place; not where the courier stands already."""
    requests = [drop(name, place, setup_s=30) for name, place in (("a", 0), ("b", 3), ("c", 3), ("d", 4))]
    plan = timed([courier()], requests, "0.0 1.0 2.0 3.0")
    assert [stop.depart_s for stop in plan.routes[0].stops] == [0, 60, 60, 100]


def test_a_courier_from_anywhere_appears_at_its_first_stop():
    """No travel to it, and no set-up."""
    plan = timed([courier(start=None, earliest_s=7)], [drop("a", 5, setup_s=30), drop("b", 6)], "0.0 1.0")
    assert [stop.arrive_s for stop in plan.routes[0].stops] == [7, 17]
    assert plan.cost.travel == 10


def test_the_route_ends_at_the_courier_s_end():
    """With the arrival there."""
    plan = timed([courier(end=0)], [drop("a", 3, service_s=5)], "0.0")
    assert (plan.routes[0].end_s, plan.routes[0].travel_s) == (65, 60)


def test_a_task_starts_in_the_first_window_that_is_not_over():
    """It waits for it, and never longer."""
    windows = (Window(earliest_s=10, latest_s=20), Window(earliest_s=30, latest_s=40))
    found = [start_in_windows(windows, arrive_s) for arrive_s in (0, 10, 15, 20, 21, 30, 40, 41)]
    assert found == [(10, 0), (10, 0), (15, 0), (20, 0), (30, 0), (30, 0), (40, 0), (41, 1)]


def test_set_up_and_service_add_up():
    """From another place; else only the service counts."""
    task = Task(place=2, service_s=5, setup_s=3)
    assert [task_duration_s(task, place) for place in (1, 2, None)] == [8, 5, 5]


def test_lateness_is_told_and_priced():
    """Of a bound task, and of the shift."""
    late = drop("a", 5, windows=(Window(latest_s=30),), courier=0)
    plan = timed([courier(latest_s=45)], [late], "0.0", breach_cost_per_s=10)
    assert plan.routes[0].stops[0].late_s == 20
    assert plan.routes[0].overrun_s == 5
    assert plan.cost == Cost(travel=50, breach=250)


def test_soft_deadlines_add_up():
    """Each from its own second on."""
    costs = (DelayCost(after_s=20, per_s=2), DelayCost(after_s=25, per_s=10), DelayCost(after_s=40, per_s=99))
    plan = timed([courier()], [drop("a", 3, delay_costs=costs)], "0.0")
    assert plan.cost.delay == 2 * 10 + 10 * 5


def test_the_load_is_what_is_on_board_on_departure():
    """From what was on board at the start, per dimension."""
    requests = [delivery("a", 1, 2, amount=(2, 0)), drop("b", 3, unload=(0, 4)), drop("c", 1)]
    plan = timed([courier(capacity=(9, 9))], requests, "2.0 0.0 0.1 1.0", dimensions=("kg", "l"))
    assert [stop.load for stop in plan.routes[0].stops] == [(0, 4), (2, 4), (0, 4), (0, 0)]


def test_what_is_partly_on_board_is_so_from_the_start():
    """What is taken off beyond what is put on, per dimension."""
    partly = Request(
        id="p", loads=(Task(place=1, load=(1, 5)),), unloads=(Task(place=2, unload=(3, 2)),), courier=0, price=0
    )
    assert on_board_at_start([partly, partly], 2) == (4, 0)
    assert on_board_at_start([], 2) == (0, 0)


def test_each_courier_pays_by_its_own_figures():
    """Fixed, by second and by metre; by the matrix of its profile; nothing without stops."""
    fast = Matrix(durations_s=street().durations_s // 2, distances_m=street().distances_m)
    couriers = [
        courier("a", fixed_cost=7, cost_per_s=3, cost_per_m=2, profile=1),
        courier("b", fixed_cost=11),
        courier("c", fixed_cost=99, end=9),
    ]
    plan = timed(couriers, [drop("x", 2), drop("y", 3)], "0.0", "1.0", "", matrices=(street(), fast))
    assert plan.cost == Cost(fixed=18, travel=3 * 10 + 30, distance=2 * 200)
    assert [route.courier for route in plan.routes] == [0, 1]


def test_what_is_in_no_sequence_is_left_out():
    """At its price, with the reason given or with none; in order. The price of a bound request is not read."""
    requests = [drop("a", 1, price=5), drop("b", 2), drop("c", 3, price=70), drop("d", 4, price=900, courier=0)]
    made = problem([courier()], requests)
    told = LeftOut(request=2, reason=Reason.IMPOSSIBLE, detail="because")
    plan = schedule(made, (refs("1.0"),), left_out=(told,), engine="by hand", work=3)
    assert [item.request for item in plan.left_out] == [0, 2, 3]
    assert plan.left_out[1] is told
    assert plan.left_out[0].reason is Reason.NOT_FOUND
    assert plan.cost.left_out == 75
    assert (plan.engine, plan.work) == ("by hand", 3)


def test_figures_are_plain_integers():
    """Whatever the matrices are made of: they are written as JSON."""
    narrow = Matrix(durations_s=np.ones((10, 10), np.int32), distances_m=np.ones((10, 10), np.int32))
    plan = timed([courier()], [drop("a", 1)], "0.0", matrices=(narrow,))
    route = plan.routes[0]
    for value in (route.end_s, route.travel_s, route.distance_m, *dataclasses.astuple(plan.cost)):
        assert type(value) is int
