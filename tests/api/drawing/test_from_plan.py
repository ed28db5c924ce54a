"""A plan of a problem as a drawing."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.drawing.from_plan import from_plan
from api.drawing.model import TASKS, Ground, Kind, Window
from solver.insertion.plan import insert
from solver.plan import LeftOut, Reason
from solver.problem import BREAK, RELOAD, Break, LaterTravel, Matrix, Reload, Request, Task, TaskRef
from solver.problem import Window as Window_
from solver.schedule import schedule
from tests.solver.on_a_line import courier, delivery, drop, problem, refs, street
from tests.solver.strategies import problems, sequences


def test_a_route_by_hand():
    """From 0 to a shop at 2, where it waits, to a door at 5, and home; times, legs, windows, loads."""
    crew = courier("ann", end=0, latest_s=500, capacity=(3,))
    shop = delivery("x", 2, 5, amount=(2,), latest_s=200)
    task = replace(shop.loads[0], setup_s=7, service_s=4, windows=(replace(crew.shift, earliest_s=30, latest_s=90),))
    subject = problem([crew, courier("bob", capacity=(3,))], [replace(shop, loads=(task,))], dimensions=("boxes",))
    drawing = from_plan(subject, schedule(subject, (refs("0.0 0.1"), ())), title="morning")
    (lane,) = drawing.lanes
    assert (drawing.title, drawing.couriers, drawing.cost, drawing.ground) == ("morning", 2, 100, Ground.TRAVEL_TIMES)
    assert (lane.label, lane.shift, lane.capacity, lane.tasks) == ("ann", Window(0, 500), (3,), 2)
    assert [stop.kind for stop in lane.stops] == [Kind.START, Kind.PICKUP, Kind.DELIVERY, Kind.END]
    _, load, unload, end = lane.stops
    assert (load.arrive_s, load.start_s, load.setup_s, load.service_s, load.depart_s) == (20, 30, 7, 4, 41)
    assert (load.travel_s, load.distance_m, load.windows, load.load) == (20, 200, (Window(30, 90),), (2,))
    assert (unload.label, unload.arrive_s, unload.windows, unload.load) == ("delivery x", 71, (Window(0, 200),), (0,))
    assert (end.arrive_s, end.travel_s, end.windows) == (121, 50, (Window(None, 500),))
    assert load.request == unload.request == "x"


def test_what_is_left_out_has_its_reason():
    """Each of its tasks, where it is."""
    subject = problem([courier()], [drop("a", 3), delivery("b", 1, 2)])
    left = LeftOut(request=1, reason=Reason.NOT_FOUND, detail="too short a search")
    drawing = from_plan(subject, schedule(subject, (refs("0.0"),), left_out=(left,)), title="")
    assert [(item.kind, item.label, item.reason, item.detail) for item in drawing.left_out] == [
        (Kind.PICKUP, "pickup b", "not_found", "too short a search"),
        (Kind.DELIVERY, "delivery b", "not_found", "too short a search"),
    ]
    assert all(item.place is not None for item in drawing.left_out)
    assert drawing.lanes[0].stops[1].kind is Kind.JOB


def test_breaks_and_reloads_by_hand():
    """Off at 0 with two boxes; 20 of 30 s on the way when the first break begins, and back to the store for the rest.

    The second break waits for 200, when the way to 6 is long over.
    """
    breaks = (
        Break(windows=(Window_(earliest_s=20, latest_s=25),), duration_s=15),
        Break(windows=(Window_(earliest_s=200, latest_s=300),), duration_s=40),
    )
    crew = courier("ann", capacity=(2,), breaks=breaks, reloads=(Reload(place=0, service_s=9, setup_s=4),))
    subject = problem([crew], [drop("a", 3, unload=(2,)), drop("b", 6, unload=(1,))], dimensions=("boxes",))
    order = (TaskRef(BREAK, 0), TaskRef(0, 0), TaskRef(RELOAD, 0), TaskRef(BREAK, 1), TaskRef(1, 0))
    drawing = from_plan(subject, schedule(subject, (order,)), title="two trips")
    _, rest, first, reload, lunch, last = drawing.lanes[0].stops
    assert [stop.kind for stop in (rest, reload, lunch)] == [Kind.BREAK, Kind.RELOAD, Kind.BREAK]
    assert (rest.arrive_s, rest.wait_s, rest.travel_s, rest.distance_m, rest.service_s) == (20, 0, 20, 200, 15)
    assert (rest.windows, rest.place, rest.label) == ((Window(20, 25),), None, "break")
    assert (first.arrive_s, first.travel_s, first.distance_m) == (45, 10, 100)
    assert (reload.arrive_s, reload.travel_s, reload.setup_s, reload.service_s, reload.load) == (75, 30, 4, 9, (1,))
    assert reload.place == drawing.lanes[0].stops[0].place is not None
    # 60 s on the way from 88 to 148, then it waits.
    assert (lunch.arrive_s, lunch.wait_s, lunch.travel_s, lunch.depart_s) == (148, 52, 60, 240)
    assert (last.arrive_s, last.travel_s, last.distance_m) == (240, 0, 0)
    assert drawing.lanes[0].tasks == 2


def test_a_way_to_serve_has_its_place_and_number():
    """The second of two doors."""
    parcel = Request(
        id="x", loads=(Task(place=1),), unloads=(Task(place=2),), other_unloads=((Task(place=4),),), max_on_board_s=5
    )
    subject = problem([courier()], [replace(parcel, courier=0)])
    drawing = from_plan(subject, schedule(subject, ((TaskRef(0, 0, 1), TaskRef(0, 1, 1)),)), title="")
    load, unload = drawing.lanes[0].stops[1:]
    assert (load.label, unload.label, unload.travel_s) == ("pickup x, way 2 of 2", "delivery x, way 2 of 2", 30)
    assert unload.faults == ("on board too long by 25 s",)


def test_waiting_for_a_faster_hour_is_no_travel():
    """From 50 on the way takes 10 s and not 100: it is worth waiting for."""
    slow = Matrix(
        durations_s=10 * street().durations_s,
        distances_m=street().distances_m,
        later=(LaterTravel(from_s=50, durations_s=street().durations_s),),
    )
    subject = problem([courier()], [drop("a", 1)], matrices=(slow,))
    stop = from_plan(subject, schedule(subject, (refs("0.0"),)), title="").lanes[0].stops[1]
    assert (stop.arrive_s, stop.travel_s) == (60, 10)


def test_overtime_that_is_allowed_is_not_late():
    """Home 30 s after the shift, of 60 that are allowed."""
    crew = courier("ann", end=0, latest_s=70, overtime_s=60)
    subject = problem([crew], [drop("a", 5)])
    drawing = from_plan(subject, schedule(subject, (refs("0.0"),)), title="")
    end = drawing.lanes[0].stops[-1]
    assert (end.arrive_s, end.late_s, end.windows) == (100, 0, (Window(None, 130),))
    assert drawing.lanes[0].shift == Window(0, 70)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_plan_of_the_whole_model_can_be_drawn(data):
    """Whatever it breaks: stops follow each other, and their travel adds up."""
    subject = data.draw(problems(wide=True, gaps=True))
    plan = schedule(subject, data.draw(sequences(subject, wide=True)))
    drawing = from_plan(subject, plan, title="any")
    for route, lane in zip(plan.routes, drawing.lanes, strict=True):
        own = [stop for stop in lane.stops if stop.kind not in (Kind.START, Kind.END)]
        assert [stop.depart_s for stop in own] == [stop.depart_s for stop in route.stops]
        assert [stop.start_s for stop in own] == [stop.start_s for stop in route.stops]
        assert sum(stop.travel_s for stop in lane.stops) == route.travel_s
        assert sum(stop.distance_m for stop in lane.stops if stop.kind is not Kind.START) == route.distance_m
        assert all((stop.place is None) == (stop.kind is Kind.BREAK) for stop in lane.stops)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_every_plan_can_be_drawn(subject):
    """Its stops come in order of time, as many as the plan has, as late as the plan says."""
    plan = insert(subject)
    drawing = from_plan(subject, plan, title="any")
    for route, lane in zip(plan.routes, drawing.lanes, strict=True):
        stops = [stop for stop in lane.stops if stop.kind in TASKS]
        assert [stop.depart_s for stop in stops] == [stop.depart_s for stop in route.stops]
        assert [stop.late_s for stop in stops] == [stop.late_s for stop in route.stops]
        assert sum(stop.travel_s for stop in lane.stops) == route.travel_s
    assert len(drawing.left_out) == sum(len(subject.requests[item.request].tasks) for item in plan.left_out)
