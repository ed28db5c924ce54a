"""Routes that VROOM's input gives to begin with."""

import copy

import pytest

from solver.errors import ProblemError
from solver.formats.pointer import At
from solver.formats.vroom import read_vroom
from solver.formats.vroom_steps import read_steps, with_breaks
from solver.params import SolveParams
from solver.problem import BREAK, TaskRef
from solver.solve import Solver

DATA = {
    "vehicles": [
        {"id": 1, "start_index": 0, "capacity": [2], "time_window": [0, 900], "steps": []},
        {"id": 2, "start_index": 0, "capacity": [2], "time_window": [0, 900]},
    ],
    "jobs": [
        {"id": 1, "location_index": 1, "delivery": [1], "service": 5},
        {"id": 2, "location_index": 2, "delivery": [1]},
        {"id": 3, "location_index": 2, "delivery": [1], "skills": [4]},
    ],
    "shipments": [{"pickup": {"id": 1, "location_index": 1}, "delivery": {"id": 2, "location_index": 2}}],
    "matrices": {"car": {"durations": [[0, 100, 200], [100, 0, 100], [200, 100, 0]]}},
}


def step(kind, number=None, **more):
    """Return one entry of ``steps``."""
    return {"type": kind} | ({} if number is None else {"id": number}) | more


def given(*steps, **vehicle):
    """Return the problem with a route for the first vehicle."""
    data = copy.deepcopy(DATA)
    data["vehicles"][0] |= {"steps": list(steps)} | vehicle
    return data


def test_routes_to_begin_with():
    """Jobs, pickups and deliveries by their ids; start and end say nothing; no steps, no route."""
    data = given(step("start"), step("job", 2), step("pickup", 1), step("delivery", 2), step("end"))
    assert read_vroom(data).start == ((TaskRef(1, 0), TaskRef(3, 0), TaskRef(3, 1)), ())
    assert read_vroom(given()).start is None
    assert read_vroom(given(step("start"), step("end"))).start is None


def test_the_plan_is_never_worse():
    """The second vehicle has the first job, though the first would do all as well."""
    data = given(step("job", 2))
    data["vehicles"][1]["steps"] = [step("job", 1)]
    vroom = read_vroom(data)
    with Solver() as solver:
        plan = solver.solve(vroom.problem, SolveParams(engine="insertion", work_limit=0), start=vroom.start)
    assert {route.courier for route in plan.routes} == {0, 1}


@pytest.mark.parametrize(
    ("steps", "place", "text"),
    [
        ([step("visit", 1)], "/vehicles/0/steps/0/type", "is 'visit': give one of job, pickup, delivery, break"),
        ([step("job")], "/vehicles/0/steps/0", "has no id"),
        ([{"id": 1}], "/vehicles/0/steps/0", "has no type"),
        ([step("job", 9)], "/vehicles/0/steps/0/id", "is 9, which is no job of the problem"),
        ([step("delivery", 1)], "/vehicles/0/steps/0/id", "is 1, which is no delivery of the problem"),
        ([step("break", 1)], "/vehicles/0/steps/0/id", "is 1, which is no break of this vehicle"),
        ([step("job", 1, at=5)], "/vehicles/0/steps/0/at", "is not honoured"),
        ([step("job", 1, service_at=5)], "/vehicles/0/steps/0/service_at", "belongs to VROOM's plan mode"),
        ([step("start", service_after=5)], "/vehicles/0/steps/0/service_after", "belongs to VROOM's plan mode"),
        ([step("end", service_before=5)], "/vehicles/0/steps/0/service_before", "belongs to VROOM's plan mode"),
        ([step("job", 1), step("job", 1)], "/vehicles/0/steps", "is no valid route: TASK_TWICE"),
        ([step("pickup", 1)], "/vehicles/0/steps", "is no valid route: REQUEST_INCOMPLETE"),
        ([step("delivery", 2), step("pickup", 1)], "/vehicles/0/steps", "is no valid route: UNLOAD_BEFORE_LOAD"),
        ([step("job", 3)], "/vehicles/0/steps", "is no valid route: SKILL_MISSING"),
    ],
)
def test_what_is_no_route_is_refused(steps, place, text):
    """By its place; a route that breaks a rule as a whole."""
    with pytest.raises(ProblemError) as caught:
        read_vroom(given(*steps))
    assert caught.value.place == place
    assert text in caught.value.message


def test_two_vehicles_cannot_begin_with_the_same():
    """Neither route is wrong in itself."""
    data = given(step("job", 1))
    data["vehicles"][1]["steps"] = [step("job", 1)]
    with pytest.raises(ProblemError, match="/vehicles: have steps that are no valid routes: "):
        read_vroom(data)


TEA = {"id": 7, "time_windows": [[40, 60]], "service": 20}


@pytest.mark.parametrize(
    ("breaks", "order"),
    [
        ([TEA], "7 1 2"),  # on the way to the first job, from 40 on
        ([TEA | {"time_windows": [[150, 160]]}], "1 7 2"),  # on the way to the second
        ([TEA | {"time_windows": [[0, 900]]}], "1 2 7"),  # wherever: when the work is done
        ([TEA | {"time_windows": [[0, 200]], "max_load": [1]}], "1 7 2"),  # not with both on board, not after 200
        ([TEA | {"time_windows": [[0, 200]], "max_load": [0]}], "1 2 7"),  # too late, rather than with one on board
        ([TEA | {"id": 8, "time_windows": [[300, 900]]}, TEA], "7 1 2 8"),
    ],
)
def test_breaks_find_their_places(breaks, order):
    """Where they are allowed, and the route ends soonest."""
    vroom = read_vroom(given(breaks=breaks))
    names = {pause["id"]: TaskRef(BREAK, number) for number, pause in enumerate(vroom.breaks[0])}
    names |= {1: TaskRef(0, 0), 2: TaskRef(1, 0)}
    found = with_breaks(vroom.problem, 0, (names[1], names[2]))
    assert found == tuple(names[int(word)] for word in order.split())


def test_where_steps_have_breaks_does_not_matter():
    """As in VROOM: they are found a place of their own."""
    vroom = read_vroom(given(breaks=[TEA]))
    refs, steps = vroom.refs(), [step("break", 7), step("job", 1)]
    assert read_steps(At(steps), refs, vroom.breaks[0]) == (TaskRef(0, 0),)
