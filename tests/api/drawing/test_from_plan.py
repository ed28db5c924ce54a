"""A plan of a problem as a drawing."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from api.drawing.from_plan import from_plan
from api.drawing.model import TASKS, Ground, Kind, Window
from solver.insertion.plan import insert
from solver.plan import LeftOut, Reason
from solver.schedule import schedule
from tests.solver.on_a_line import courier, delivery, drop, problem, refs
from tests.solver.strategies import problems


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
