"""Breaks and reloads, by hand."""

from solver.plan import Cost
from solver.problem import Break, Reload, Request, Task, Window
from solver.schedule import schedule
from tests.solver.on_a_line import between, courier, delivery, drop, problem, refs


def route(of, requests, order, **rest):
    """Return the route of the one courier there is."""
    return schedule(problem([of], requests, **rest), (refs(order),)).routes[0]


def moments(timed):
    """Return arrival, start and departure of each stop."""
    return [(stop.arrive_s, stop.start_s, stop.depart_s) for stop in timed.stops]


def rest(earliest_s, duration_s, latest_s=1_000):
    """Return a break."""
    return Break(windows=between(earliest_s, latest_s), duration_s=duration_s)


def test_a_break_before_a_way():
    """It begins where the courier is, and takes place nowhere."""
    timed = route(courier(breaks=(rest(0, 30),)), [drop("a", 2)], "break.0 0.0")
    assert moments(timed) == [(0, 0, 30), (50, 50, 50)]
    assert [stop.place for stop in timed.stops] == [-1, 2]
    assert timed.travel_s == 20


def test_a_break_within_a_way():
    """12 s of it are done; the other 8 s come after the break."""
    timed = route(courier(breaks=(rest(12, 30),)), [drop("a", 2)], "break.0 0.0")
    assert moments(timed) == [(0, 12, 42), (50, 50, 50)]


def test_a_break_after_a_way():
    """The courier is there at 20, has its break from 25 on, and starts then."""
    timed = route(courier(breaks=(rest(25, 30),)), [drop("a", 2)], "break.0 0.0")
    assert moments(timed) == [(0, 25, 55), (55, 55, 55)]


def test_a_break_while_waiting():
    """It takes no time from the route."""
    timed = route(courier(breaks=(rest(25, 30),)), [drop("a", 2, windows=between(100, 200))], "break.0 0.0")
    assert moments(timed) == [(0, 25, 55), (55, 100, 100)]


def test_two_breaks_on_one_way():
    """5 s, a break, 5 s, a break, 10 s."""
    timed = route(courier(breaks=(rest(5, 10), rest(20, 10))), [drop("a", 2)], "break.0 break.1 0.0")
    assert moments(timed) == [(0, 5, 15), (15, 20, 30), (40, 40, 40)]


def test_a_break_on_the_way_to_the_end():
    """The courier is back 5 s later."""
    timed = route(courier(end=0, breaks=(rest(30, 5),)), [drop("a", 2)], "0.0 break.0")
    assert moments(timed) == [(20, 20, 20), (20, 30, 35)]
    assert (timed.end_s, timed.travel_s) == (45, 40)


def test_a_break_at_the_end_of_a_route_without_one():
    """The route ends with it."""
    timed = route(courier(breaks=(rest(30, 5),)), [drop("a", 2)], "0.0 break.0")
    assert (timed.end_s, timed.travel_s) == (35, 20)


def test_a_break_of_a_courier_that_starts_anywhere():
    """It appears at its first stop after it."""
    timed = route(courier(start=None, breaks=(rest(5, 10),)), [drop("a", 2)], "break.0 0.0")
    assert moments(timed) == [(0, 5, 15), (15, 15, 15)]
    assert timed.travel_s == 0


def test_a_break_begins_in_one_of_its_windows():
    """At 20 the first is over."""
    pause = Break(windows=(Window(latest_s=5), Window(earliest_s=50, latest_s=60)), duration_s=1)
    assert moments(route(courier(breaks=(pause,)), [drop("a", 2)], "0.0 break.0"))[1] == (20, 50, 51)


def test_a_late_break_is_told_and_priced():
    """As a breach."""
    made = problem([courier(breaks=(rest(0, 7, latest_s=5),))], [drop("a", 2, courier=0)], breach_cost_per_s=10)
    plan = schedule(made, (refs("0.0 break.0"),))
    assert plan.routes[0].stops[1].late_s == 15
    assert plan.cost == Cost(travel=20, breach=150)


def test_a_route_of_steps_alone_is_none():
    """A courier without tasks takes no breaks."""
    made = problem([courier(breaks=(rest(0, 7),))], [drop("a", 2)])
    assert schedule(made, (refs("break.0"),)).routes == ()


def test_a_reload_begins_another_trip():
    """Two drops, back to place 0 for 3 s of set-up and 5 s of service, one more drop."""
    requests = [drop("a", 1, unload=(2,)), drop("b", 2, unload=(1,)), drop("c", 2, unload=(3,))]
    of = courier(capacity=(3,), reloads=(Reload(place=0, service_s=5, setup_s=3),))
    timed = route(of, requests, "0.0 1.0 reload.0 2.0", dimensions=("kg",))
    assert moments(timed) == [(10, 10, 10), (20, 20, 20), (40, 40, 48), (68, 68, 68)]
    assert [stop.place for stop in timed.stops] == [1, 2, 0, 2]
    assert [stop.load for stop in timed.stops] == [(1,), (0,), (3,), (0,)]


def test_a_reload_waits_for_its_windows():
    """As a task does; without set-up where the courier is already."""
    reload = Reload(place=1, windows=between(30, 40), service_s=5, setup_s=3)
    timed = route(courier(reloads=(reload,)), [drop("a", 1), drop("b", 2)], "0.0 reload.0 1.0")
    assert moments(timed) == [(10, 10, 10), (10, 30, 35), (45, 45, 45)]


def test_what_no_later_task_takes_off_is_taken_off_at_the_reload():
    """A collection is; what is under way stays, and so does what is on board of a bound request."""
    collect = Request(id="c", loads=(Task(place=1, load=(4,)),))
    requests = [collect, delivery("d", 1, 2, amount=(2,)), drop("on board", 2, unload=(1,), courier=0)]
    timed = route(
        courier(capacity=(9,), reloads=(Reload(place=0),)),
        requests,
        "0.0 1.0 reload.0 1.1 2.0",
        dimensions=("kg",),
    )
    assert [stop.load for stop in timed.stops] == [(5,), (7,), (3,), (1,), (0,)]


def test_each_way_has_tasks_of_its_own():
    """Of two places to load and two to unload at, the last of both."""
    request = Request(
        id="r",
        loads=(Task(place=1),),
        unloads=(Task(place=2),),
        other_loads=((Task(place=3), Task(place=4)),),
        other_unloads=((Task(place=5, service_s=7),),),
    )
    timed = route(courier(), [request], "0.1/3 0.0/3 0.2/3")
    assert [(stop.place, stop.depart_s) for stop in timed.stops] == [(4, 40), (3, 50), (5, 77)]
