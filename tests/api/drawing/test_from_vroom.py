"""VROOM's output JSON as a drawing."""

from __future__ import annotations

from typing import Any

import pytest

from api.drawing.from_vroom import from_vroom
from api.drawing.model import Drawing, Ground, Kind, Window
from api.drawing.vroom_asked import read_asked
from solver.errors import ProblemError
from tests.api.drawing.plans import plan, problem, with_coordinates


def drawn(data: object | None = None) -> Drawing:
    """Return the drawing of the small plan, or of another for the same problem."""
    return from_vroom(plan() if data is None else data, read_asked(problem()), title="small")


def test_a_route_has_its_stops_and_times() -> None:
    """Arrival, waiting, service and departure are those of the plan; travel is that of the leg."""
    pickup, delivery, end = drawn().lanes[0].stops[1:]
    assert (pickup.arrive_s, pickup.start_s, pickup.depart_s, pickup.travel_s) == (400, 600, 660, 400)
    assert (delivery.travel_s, end.travel_s, end.kind) == (340, 540, Kind.END)
    assert (pickup.distance_m, delivery.distance_m) == (900, None)
    assert pickup.load == (1,)


def test_the_problem_adds_what_the_plan_does_not_say() -> None:
    """Windows, priorities, shifts, capacities, names, and which pickup and delivery are one shipment."""
    told = drawn()
    lane = told.lanes[0]
    assert (lane.label, lane.shift, lane.capacity, lane.profile) == ("Ana (1)", Window(None, 7200), (4,), "car")
    pickup, delivery = lane.stops[1:3]
    assert pickup.windows == (Window(600, 7200),)
    assert (pickup.priority, pickup.label, delivery.label) == (2, "pickup 1", "delivery 31")
    assert pickup.request == delivery.request != ""
    assert (told.couriers, told.cost) == (3, 1600)


def test_a_stop_after_its_window_is_late() -> None:
    """The delivery should have begun by 900 and begins at 1000; the end is within the shift."""
    late = [stop.late_s for stop in drawn().lanes[0].stops]
    assert late == [0, 0, 100, 0]


def test_what_the_plan_tells_of_lateness_counts_too() -> None:
    """A delay among the violations is lateness, even without the problem; other causes are said in words."""
    data = plan()
    data["routes"][0]["steps"][2]["violations"] = [{"cause": "delay", "duration": 250}, {"cause": "load"}]
    stop = from_vroom(data, title="").lanes[0].stops[2]
    assert (stop.late_s, stop.faults) == (250, ("more on board than there is room",))


def test_what_is_left_out_keeps_its_reason() -> None:
    """A job that only picks up is a pickup."""
    (item,) = drawn().left_out
    assert (item.kind, item.label, item.reason, item.detail) == (Kind.PICKUP, "job 8", "crowded_out", "no room")
    assert item.priority == 5
    assert item.place is not None


def test_coordinates_make_a_map() -> None:
    """Metres east of each other, as far as a hundredth of a degree is."""
    told = from_vroom(with_coordinates(plan()), title="")
    assert told.ground is Ground.MAP
    places = [stop.place for stop in told.lanes[0].stops]
    assert places[0] == places[3]
    assert places[0] is not None
    assert places[1] is not None
    assert places[1][0] - places[0][0] == pytest.approx(2 * 744, abs=3)


def test_coordinates_of_the_problem_are_enough() -> None:
    """A plan by index alone is drawn on the map of its problem."""
    told = from_vroom(plan(), read_asked(with_coordinates(problem())), title="")
    assert told.ground is Ground.MAP
    assert all(stop.place for lane in told.lanes for stop in lane.stops)


def test_coordinates_that_are_none_of_the_earth() -> None:
    """They are a plane of their own."""
    assert from_vroom(with_coordinates(plan(), lon=5000.0), title="").ground is Ground.PLANE


def test_without_coordinates_travel_times_are_laid_out() -> None:
    """Places on a line stay on a line, 200 s apart."""
    told = drawn()
    assert told.ground is Ground.TRAVEL_TIMES
    here, there = told.lanes[0].stops[0].place, told.lanes[0].stops[2].place
    assert here is not None
    assert there is not None
    assert abs(here[0] - there[0]) == pytest.approx(600, abs=0.5)
    assert here[1] == pytest.approx(there[1], abs=0.5)


def test_without_problem_and_coordinates_there_is_no_map() -> None:
    """The timeline is all there."""
    told = from_vroom(plan(), title="")
    assert (told.ground, told.couriers) == (Ground.NONE, None)
    assert [stop.place for stop in told.lanes[0].stops] == [None] * 4


def test_a_row_that_the_matrix_does_not_have_has_no_place() -> None:
    """The rest is drawn."""
    data = plan()
    data["routes"][1]["steps"][0]["location_index"] = 99
    assert drawn(data).lanes[1].stops[0].place is None


def test_unix_times_are_known_by_their_size() -> None:
    """Then the clock's zero is that of Unix."""
    data = plan()
    for route in data["routes"]:
        for step in route["steps"]:
            step["arrival"] += 1_749_600_000
    assert drawn(data).epoch_s == 0
    assert drawn().epoch_s is None


def test_older_output_names_a_task_by_job() -> None:
    """Before VROOM 1.12 steps had ``job`` for ``id``, and there was neither setup nor a type of what is unassigned."""
    data = plan()
    step = data["routes"][1]["steps"][0]
    step["job"] = step.pop("id")
    del step["setup"]
    del data["unassigned"][0]["type"]
    told = drawn(data)
    assert told.lanes[1].stops[0].label == "job 7"
    assert told.left_out[0].label == "job 8"


def with_break(**changes: object) -> Any:
    """Return the plan with a break on the second route."""
    data = plan()
    pause = {"type": "break", "id": 1, "arrival": 350, "service": 600} | changes
    data["routes"][1]["steps"].append(pause)
    return data


def test_a_break_is_a_stop_without_place() -> None:
    """It is nobody's task. It is on no map, even if the plan says where it is taken."""
    lane = from_vroom(with_break(description="tea", location=[16.0, 48.0]), title="").lanes[1]
    assert (lane.stops[1].kind, lane.stops[1].label, lane.tasks) == (Kind.BREAK, "tea", 1)
    assert lane.stops[1].place is None
    assert from_vroom(with_break(), title="").lanes[1].stops[1].label == "break"


def test_the_problem_knows_the_breaks() -> None:
    """Their windows, and what they are called; they may begin too late."""
    given = problem()
    given["vehicles"][1]["breaks"] = [
        {"id": 1, "description": "tea", "time_windows": [[300, 320], [0, 100]]},
        {"id": 2, "description": "lunch"},
    ]
    stop = from_vroom(with_break(), read_asked(given), title="").lanes[1].stops[1]
    assert (stop.label, stop.windows) == ("tea", (Window(None, 100), Window(300, 320)))
    assert (stop.start_s, stop.late_s, stop.service_s) == (350, 30, 600)
    with pytest.raises(ProblemError, match="/routes/1/steps/1/id: is 3, which is no break of this vehicle"):
        from_vroom(with_break(id=3), read_asked(given), title="")


def test_the_old_name_of_the_matrix_is_laid_out_too() -> None:
    """``matrix`` is that of car."""
    given = problem()
    given["matrix"] = given.pop("matrices")["car"]["durations"]
    assert from_vroom(plan(), read_asked(given), title="").ground is Ground.TRAVEL_TIMES


@pytest.mark.parametrize("matrices", [None, {"bike": {"durations": [[0]]}}])
def test_a_problem_without_the_matrix_has_its_coordinates(matrices: object) -> None:
    """They are enough for the map; without them too there is none."""
    given = problem() | {"matrices": matrices}
    if matrices is None:
        del given["matrices"]
    assert from_vroom(plan(), read_asked(given), title="").ground is Ground.NONE
    assert from_vroom(plan(), read_asked(with_coordinates(given)), title="").ground is Ground.MAP


def test_an_empty_plan() -> None:
    """No routes, nothing left out."""
    told = from_vroom({"code": 0, "routes": [], "unassigned": []}, title="none")
    assert (told.lanes, told.left_out, told.cost) == ((), (), None)


def step(number: int, **changes: object) -> object:
    """Return the plan with a step of the first route changed; None takes a field away."""
    data = plan()
    own = data["routes"][0]["steps"][number]
    own |= changes
    for name in [name for name, value in own.items() if value is None]:
        del own[name]
    return data


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "/: is an array: give an object"),
        ({}, "/: has no routes, so it is no VROOM output"),
        (problem(), "/: is a problem, not a plan"),
        ({"code": 1, "error": "no such profile"}, "/error: says that there is no plan (no such profile)"),
        (plan() | {"routes": [{"vehicle": 9, "steps": []}]}, "/routes/0/vehicle: is 9, which is no vehicle of the"),
        (plan() | {"routes": [{"vehicle": 1, "steps": []}] * 2}, "/routes/1/vehicle: is 1, which has a route already"),
        (plan() | {"routes": [{"vehicle": 1}]}, "/routes/0: has no steps"),
        (step(1, arrival=None), "/routes/0/steps/1: has no arrival, and without times it cannot be drawn"),
        (step(1, arrival="noon"), "/routes/0/steps/1/arrival: is a string: give a whole number"),
        (step(1, arrival=-5), "/routes/0/steps/1/arrival: is -5"),
        (step(1, id=99), "/routes/0/steps/1/id: is 99, which is no pickup of the problem"),
        (step(1, type="visit"), "/routes/0/steps/1/type: is 'visit': give one of start, pickup"),
        (step(1, type="reload"), "/routes/0/steps/1/type: is 'reload': give one of start, pickup"),
        (step(1, location=[1]), "/routes/0/steps/1/location: has 1 elements: give 2"),
        (step(1, location=[1, float("nan")]), "/routes/0/steps/1/location/1: is no coordinate"),
    ],
)
def test_what_is_no_plan_is_refused(data: object, told: str) -> None:
    """The place is named, and what to do."""
    with pytest.raises(ProblemError) as caught:
        drawn(data)
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (7, "/: is 7: give an object"),
        (plan(), "/: is a plan: give the problem"),
        ({}, "/: has no vehicles"),
        (problem() | {"jobs": [{"id": 1, "time_windows": [[9, 3]]}]}, "/jobs/0/time_windows/0: ends at 3, before"),
        (problem() | {"matrices": {"car": {"durations": [[0, 1], [0]]}}}, "/matrices/car/durations/1: has 1 elements"),
        (problem() | {"matrices": {"car": {"durations": [["a"]]}}}, "/matrices/car/durations/0/0: is a string"),
    ],
)
def test_what_is_no_problem_is_refused(data: object, told: str) -> None:
    """The place is named, and what to do."""
    with pytest.raises(ProblemError) as caught:
        read_asked(data)
    assert str(caught.value).startswith(told)
