"""The best insertion into a route of a wide problem, by hand."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.problem import Break, LaterTravel, Matrix, Reload, Request, Task
from tests.solver.on_a_line import STREET, between, courier, delivery, drop, refs, street
from tests.solver.wide_bench import bench, gather, wide

pytestmark = pytest.mark.usefixtures("interpreter")


A_AND_B = [drop("a", 2), drop("b", 6)]


def test_one_task_goes_where_the_detour_is_least():
    """On the way; with a window that is over by then, before; against the way, behind."""
    assert bench([*A_AND_B, drop("x", 4)], "0.0 1.0").insert(2) == (0, "0.0 2.0 1.0")
    early = drop("x", 4, windows=between(0, 40))
    assert bench([drop("a", 2, service_s=30), A_AND_B[1], early], "0.0 1.0").insert(2) == (40, "2.0 0.0 1.0")
    assert bench([*A_AND_B, drop("x", 9)], "0.0 1.0").insert(2) == (30, "0.0 1.0 2.0")


@pytest.mark.parametrize(
    ("origin", "destination", "cost", "order"),
    [
        (3, 5, 0, "0.0 2.0 2.1 1.0"),
        (1, 9, 30, "2.0 0.0 1.0 2.1"),
        (5, 3, 30, "0.0 2.0 1.0 2.1"),
        (9, 9, 30, "0.0 1.0 2.0 2.1"),
    ],
)
def test_a_load_and_its_unload(origin, destination, cost, order):
    """Side by side, or far apart."""
    assert bench([*A_AND_B, delivery("x", origin, destination)], "0.0 1.0").insert(2) == (cost, order)


def test_an_empty_route():
    """It costs all of its beginning: 50 s at 3, 500 m at 2, and 7; the nearest load first."""
    crew = wide(cost_per_s=3, cost_per_m=2, fixed_cost=7)
    assert bench([gather(3, 1, to=(5,))], crew=crew).insert(0) == (150 + 1_000 + 7, "0.1 0.0 0.2")


def test_up_to_four_tasks_go_in_every_order_and_anywhere():
    """Loads at 1 and 4, unloads at 6 and 7, on the way over 3, 5 and 8."""
    requests = [drop("a", 3), drop("b", 5), drop("c", 8), gather(4, 1, to=(7, 6))]
    assert bench(requests, "0.0 1.0 2.0").insert(3) == (0, "3.1 0.0 3.0 1.0 3.3 3.2 2.0")


def test_three_loads_and_one_unload():
    """At 1, at 3 on the way over 2, at 5."""
    requests = [drop("a", 2), gather(5, 1, 3)]
    assert bench(requests, "0.0").insert(1) == (40, "1.1 0.0 1.2 1.0 1.3")


def test_more_than_four_keep_their_order_and_go_to_two_places():
    """Of loads at 1 and 4, one goes before 3 and one behind; of three, all before, 20 s there and back, or all behind.

    Nor are they put in order: 5, 1 and 3 take 110 s, 6 and 2 another 70.
    """
    assert bench([drop("a", 3), gather(1, 4, to=(5, 6))], "0.0").insert(1) == (30, "1.0 0.0 1.1 1.2 1.3")
    assert bench([drop("a", 3), gather(1, 1, 4, to=(5, 6))], "0.0").insert(1) == (50, "1.0 1.1 1.2 0.0 1.3 1.4")
    assert bench([gather(5, 1, 3, to=(6, 2))]).insert(0) == (180, "0.0 0.1 0.2 0.3 0.4")


def test_nothing_goes_before_frozen_stops():
    """The one at 1 is passed, for the courier has begun with 8."""
    crew = wide(frozen=refs("0.0 1.0"))
    requests = [drop("a", 8, courier=0), drop("b", 7, courier=0), drop("x", 1)]
    assert bench(requests, "0.0 1.0", crew).insert(2) == (60, "0.0 1.0 2.0")


def test_a_reload_is_no_frozen_stop_and_comes_behind_them():
    """It takes the courier back to 0 only when it has been at 8."""
    crew = wide(frozen=refs("0.0"), reloads=(Reload(place=0),))
    made = bench([drop("a", 8, courier=0)], "0.0", crew)
    reload = made.layout.node[made.node("reload.0"), f.ROW]
    assert made.added_row(reload) == 80
    assert made.desk.answer[0].tolist() == [made.node("reload.0"), made.node("0.0")]


def test_a_break_goes_anywhere():
    """Before a frozen stop, if it has to begin by then, and costs nothing."""
    crew = courier(frozen=refs("0.0"), breaks=(Break(windows=between(0, 20), duration_s=5),))
    made = bench([drop("a", 8, courier=0)], "0.0", crew, sound=False)
    pause = made.layout.node[made.node("break.0"), f.ROW]
    assert made.added_row(pause) == 0
    assert made.desk.answer[0].tolist() == [made.node("break.0"), made.layout.tasks]


@pytest.mark.parametrize(
    ("opens_s", "closes_s", "order"), [(10, 120, "1.0 break.0 0.0"), (125, 300, "break.0 1.0 0.0")]
)
def test_tasks_go_on_either_side_of_a_break(opens_s, closes_s, order):
    """Which lasts from 30 to 130, or is too late if the task at 1, on the way, is waited for."""
    crew = courier(breaks=(Break(windows=between(30, 40), duration_s=100),))
    requests = [drop("a", 6), drop("x", 1, windows=between(opens_s, closes_s))]
    assert bench(requests, "break.0 0.0", crew).insert(1) == (0, order)


@pytest.mark.parametrize(
    ("opens_s", "closes_s", "order"),
    [(0, 15, "break.0 0.0 0.1"), (10, 10, "break.0 0.0 0.1"), (15, 99, "0.0 0.1 break.0")],
)
def test_an_unused_courier_has_its_breaks_and_pays_for_its_use(opens_s, closes_s, order):
    """The break is before the load or after the unload, for it may not begin with anything on board."""
    pause = Break(windows=between(opens_s, closes_s), duration_s=5, max_load=(0,))
    crew = courier(breaks=(pause,), fixed_cost=7, capacity=(1,))
    made = bench([delivery("x", 1, 2, amount=(1,))], "break.0", crew, dimensions=("kg",))
    assert made.insert(0) == (20 + 7, order)


def test_where_no_order_is_allowed_it_costs_far_too_much():
    """There is one task too many."""
    made = bench([*A_AND_B, drop("x", 4)], "0.0 1.0", wide(max_tasks=2))
    assert made.added(2) == f.FAR
    assert made.added(2, limit=50) == 50


def test_a_cost_below_the_limit_only():
    """The limit itself is none."""
    made = bench([*A_AND_B, drop("x", 7)], "0.0 1.0")
    assert [made.added(2, limit=limit) for limit in (9, 10, 11)] == [9, 10, 10]


def test_the_way_that_is_asked_for():
    """The first is far away, the second on the way."""
    x = Request(id="x", unloads=(Task(place=9),), other_unloads=((Task(place=3), Task(place=4)),), price=999)
    made = bench([*A_AND_B, x], "0.0 1.0")
    assert (made.added(2), made.added(2, way=1)) == (30, 0)
    assert made.insert(2, way=1) == (0, "0.0 2.0/1 2.1/1 1.0")


def test_what_an_insertion_saves_is_found_below_any_limit():
    """The order before is there again, which saves 9 and costs no way."""
    crew = courier(previous=refs("2.0 0.0"), reorder_cost=9)
    requests = [drop("a", 4), drop("b", 6), drop("x", 2)]
    made = bench(requests, "0.0 1.0", crew)
    assert [made.added(2, limit=limit) for limit in (0, -8, -9)] == [-9, -9, -9]
    assert made.insert(2) == (-9, "2.0 0.0 1.0")


def test_a_set_up_that_is_saved():
    """10 s at 4 each: nobody comes to 5 from another place any more, but for the 2 s of the one inserted."""
    crew = courier(cost_per_service_s=4)
    requests = [drop("a", 5, setup_s=10), drop("x", 5, setup_s=2)]
    made = bench(requests, "0.0", crew)
    assert made.added(1, limit=0) == 4 * (2 - 10)
    assert made.insert(1) == (-32, "1.0 0.0")


def test_a_short_cut_is_found():
    """From 0 to 2 over 1 takes 20 s, straight 90."""
    durations = np.array([[0, 10, 90], [10, 0, 10], [90, 10, 0]])
    ways = (Matrix(durations_s=durations, distances_m=durations),)
    assert bench([drop("a", 2), drop("x", 1)], "0.0", matrices=ways).insert(1) == (-70, "1.0 0.0")


def test_a_quicker_hour_is_found():
    """After 100 s of service at 0, all is a street of 1 s a place: 9 s in place of 90."""
    quick = LaterTravel(from_s=100, durations_s=STREET.astype(np.int32))
    ways = (Matrix(durations_s=street().durations_s, distances_m=street().distances_m, later=(quick,)),)
    made = bench([drop("a", 9), drop("x", 0, service_s=100)], "0.0", courier(), matrices=ways)
    assert made.added(1, limit=0) == -81
    assert made.insert(1) == (-81, "1.0 0.0")


def test_what_waits_for_the_inserted_one_is_priced():
    """The load of a waits until it is 30 s before its unload, which is 90 s later than without the 100 s at 3."""
    fresh = Request(
        id="a",
        loads=(Task(place=2),),
        unloads=(Task(place=4),),
        max_on_board_s=30,
        price=999,
    )
    made = bench([fresh, drop("x", 3, service_s=100)], "0.0 0.1", courier())
    # Between the two it would be on board for too long: 20 s before, and none behind but 10 s back.
    assert made.insert(1) == (10, "0.0 0.1 1.0")
    made = bench([fresh, drop("x", 3, windows=between(100, 120))], "0.0 0.1", courier())
    assert made.insert(1) == (0, "0.0 1.0 0.1")
    assert made.starts() == [80, 100, 110]


def test_an_insertion_that_makes_later_stops_sooner_is_found():
    """Loaded before a, x saves it a set-up of 11 s, without which the unload is just in time.

    Or it is a short cut: 2 is 20 s away over 1, and 90 s straight. A search passes over both: a is left too late now.
    """
    requests = [drop("a", 5, setup_s=11, windows=between(0, 50)), delivery("x", 5, 6, latest_s=60)]
    made = bench(requests, "0.0")
    assert made.added(1, thorough=False) == f.FAR
    assert made.insert(1) == (10, "1.0 0.0 1.1")
    durations = np.full((4, 4), 90) - 90 * np.eye(4, dtype=int)
    durations[[0, 1, 2], [1, 2, 3]] = 10
    ways = (Matrix(durations_s=durations, distances_m=durations),)
    made = bench([drop("a", 2, windows=between(0, 95)), delivery("x", 1, 3, latest_s=40)], "0.0", matrices=ways)
    assert made.added(1, thorough=False) == f.FAR
    assert made.insert(1) == (30 - 90, "1.0 0.0 1.1")


def test_load_and_unload_on_either_side_of_a_break_on_the_way():
    """The load is over at 30, the unload opens at 100, the break begins between 35 and 40: 80 s out to 4 and back."""
    crew = courier(breaks=(Break(windows=between(35, 40), duration_s=5),))
    loads, unloads = (Task(place=3, windows=between(0, 30)),), (Task(place=4, windows=between(100, 110)),)
    made = bench([drop("a", 0), Request(id="x", loads=loads, unloads=unloads, price=999)], "break.0 0.0", crew)
    assert [made.added(1, limit=limit) for limit in (80, 81)] == [80, 80]
    assert made.insert(1) == (80, "1.0 break.0 1.1 0.0")


def test_what_falls_by_waiting_is_found_below_any_limit():
    """Bound goods, on board from 20 to 100 where 20 s are the most: 60 s too many at 7 each.

    If x, which waits until 70, is loaded before them, they wait as well. What is tried first costs 20 s more.
    """
    bound, free = (
        Request(
            id=name,
            loads=(Task(place=place),),
            unloads=(Task(place=3, windows=between(100, 900)),),
            max_on_board_s=most_s,
            courier=number,
            price=999,
        )
        for name, place, most_s, number in (("a", 2, 20, 0), ("x", 1, 30, None))
    )
    made = bench([bound, free], "0.0 0.1", courier(), breach_cost_per_s=7)
    assert made.routes.route[0, f.COST] == 30 + 420
    assert made.added(1, limit=-419) == -420
    assert made.insert(1) == (-420, "1.0 0.0 1.1 0.1")


def test_a_way_that_gets_quicker_by_waiting_is_found_below_any_limit():
    """From 1 to 9 it takes 80 s, and 8 s from 100 on, for which the load waits in any case."""
    quick = LaterTravel(from_s=100, durations_s=STREET.astype(np.int32))
    ways = (Matrix(durations_s=street().durations_s, distances_m=street().distances_m, later=(quick,)),)
    load, unload = Task(place=1), Task(place=9, windows=between(200, 300))
    fresh = Request(id="x", loads=(load,), unloads=(unload,), max_on_board_s=30, price=50)
    made = bench([fresh], crew=courier(), matrices=ways)
    assert [made.added(0, limit=limit) for limit in (18, 19, 50)] == [18, 18, 18]
    assert made.insert(0) == (18, "0.0 0.1")
