"""VROOM's JSON, in and out."""

import copy

import numpy as np
import pytest

from solver.check import check
from solver.errors import ProblemError
from solver.formats.vroom import read_vroom, write_vroom
from solver.params import SolveParams
from solver.problem import FOREVER_S, TaskRef, Window
from solver.schedule import schedule
from solver.solve import Solver

SMALL = {
    "vehicles": [
        {
            "id": 7,
            "description": "the van",
            "start": [4.35, 50.84],
            "start_index": 0,
            "end_index": 0,
            "capacity": [4, 9],
            "skills": [1, 14],
            "time_window": [100, 5000],
        }
    ],
    "jobs": [
        {
            "id": 3,
            "location_index": 1,
            "service": 5,
            "setup": 2,
            "delivery": [2, 0],
            "pickup": [0, 1],
            "skills": [14],
            "priority": 4,
            "time_windows": [[150, 190], [300, 400]],
        },
        {"id": 4, "location_index": 1, "pickup": [1, 1], "location": [4.3, 50.8]},
    ],
    "shipments": [
        {
            "pickup": {"id": 1, "location_index": 1, "service": 10},
            "delivery": {"id": 2, "location_index": 2, "description": "ring twice", "time_windows": [[0, 900]]},
            "amount": [1, 3],
            "priority": 100,
        }
    ],
    "matrices": {
        "car": {
            "durations": [[0, 10, 30], [20, 0, 20], [40, 10, 0]],
            "distances": [[0, 100, 300], [200, 0, 200], [400, 100, 0]],
        }
    },
}
ROUTE = ((TaskRef(0, 0), TaskRef(1, 0), TaskRef(2, 0), TaskRef(2, 1)),)


def changed(path, value):
    """Return the small problem with one value replaced, or added."""
    data = copy.deepcopy(SMALL)
    at = data
    for key in path[:-1]:
        at = at[key]
    if isinstance(at, list) and path[-1] == len(at):
        at.append(value)
    else:
        at[path[-1]] = value
    return data


def test_every_field_has_its_place():
    """Couriers, requests, windows, amounts, skills, prices."""
    problem = read_vroom(SMALL).problem
    van = problem.couriers[0]
    assert (van.id, van.start, van.end, van.capacity) == ("7", 0, 0, (4, 9))
    assert van.shift == Window(earliest_s=100, latest_s=5000)
    assert van.skills == {"1", "14"}
    both, collect, shipment = problem.requests
    assert both.unloads[0].load == (0, 1)
    assert both.unloads[0].unload == (2, 0)
    assert both.unloads[0].windows == (
        Window(earliest_s=150, latest_s=190),
        Window(earliest_s=300, latest_s=400),
    )
    assert (both.unloads[0].service_s, both.unloads[0].setup_s, both.skills) == (5, 2, {"14"})
    assert collect.loads[0].load == (1, 1)
    assert not collect.unloads
    assert shipment.loads[0].load == shipment.unloads[0].unload == (1, 3)
    assert shipment.unloads[0].windows == (Window(latest_s=900),)
    assert problem.matrices[0].distances_m[1, 2] == 200


def test_leaving_out_weighs_more_than_any_route():
    """Prices go with 1 + priority, and one is more than all routes, or 10,000.

    Three tasks at place 1, one at 2, and the end at 0; or the whole shift, if that is less.
    """
    problem = read_vroom(SMALL).problem
    assert [request.price for request in problem.requests] == [50_000, 10_000, 1_010_000]
    data = changed(["matrices", "car", "durations", 0, 1], 50_000)
    assert read_vroom(data).problem.requests[1].price == 10_000
    data["vehicles"][0]["time_window"] = [100, 100_100]
    assert read_vroom(data).problem.requests[1].price == 100_001
    del data["vehicles"][0]["time_window"]
    assert read_vroom(data).problem.requests[1].price == 3 * 50_000 + 30 + 40 + 1


def test_a_way_that_does_not_exist_does_not_set_the_price():
    """2**30 and more says that there is none."""
    problem = read_vroom(changed(["matrices", "car", "durations", 0, 1], 2**30)).problem
    assert problem.requests[1].price == 10_000


def test_defaults_are_those_of_vroom():
    """No profile, no window, no capacity, no start: car, any time, nothing, anywhere."""
    data = {"vehicles": [{"id": 1}], "matrices": {"car": {"durations": [[0]]}}}
    vroom = read_vroom(data)
    van = vroom.problem.couriers[0]
    assert (van.start, van.end, van.capacity, van.shift) == (None, None, (), Window())
    assert write_vroom(vroom, schedule(vroom.problem, ((),)))["summary"]["routes"] == 0


def test_missing_amounts_are_nothing():
    """A job without amounts in a problem that has them, and a vehicle without capacity."""
    data = changed(["jobs", 2], {"id": 5, "location_index": 0})
    data["vehicles"].append({"id": 8, "start_index": 0})
    problem = read_vroom(data).problem
    assert problem.requests[2].unloads[0].unload == (0, 0)
    assert problem.couriers[1].capacity == (0, 0)


def test_windows_without_end_are_for_ever():
    """VROOM's largest times are more than the solver counts to."""
    problem = read_vroom(changed(["vehicles", 0, "time_window"], [0, 2**60])).problem
    assert problem.couriers[0].shift.latest_s == FOREVER_S


@pytest.mark.parametrize(
    ("path", "value", "place", "text"),
    [
        (["options"], {}, "/options", "not honoured"),
        (["jobs", 0, "services"], 3, "/jobs/0/services", "did you mean service"),
        (["jobs", 0, "max/age"], 3, "/jobs/0/max~1age", "not honoured"),
        (["matrices", "car", "cost"], [], "/matrices/car/cost", "did you mean costs"),
        (["matrix"], [[0]], "/matrix", "and /matrices are both given"),
        (["shipments", 0, "delivery", "setups"], 1, "/shipments/0/delivery/setups", "did you mean setup"),
        (["vehicles"], {}, "/vehicles", "give an array"),
        (["vehicles", 0], 5, "/vehicles/0", "give an object"),
        (["matrices"], [], "/matrices", "has no profile"),
        (["matrices"], {}, "/matrices", "has no profile"),
        (["vehicles", 0, "id"], "7", "/vehicles/0/id", "is a string: give a whole number"),
        (["vehicles", 0, "id"], True, "/vehicles/0/id", "is true: give a whole number"),
        (["vehicles", 0, "id"], None, "/vehicles/0/id", "is null"),
        (["vehicles", 0, "id"], [], "/vehicles/0/id", "is an array"),
        (["vehicles", 0, "id"], {}, "/vehicles/0/id", "is an object"),
        (["vehicles", 0, "id"], -1, "/vehicles/0/id", "is -1: give 0"),
        (["vehicles", 0, "start_index"], 3, "/vehicles/0/start_index", "is 3: give 0 to 2"),
        (["vehicles", 0, "end"], [4.3, 50.8], "/vehicles/0/end_index", "give 0"),
        (["vehicles", 0, "profile"], "bike", "/vehicles/0/profile", "asks for profile 'bike'"),
        (["vehicles", 0, "profile"], 4, "/vehicles/0/profile", "give a string"),
        (["vehicles", 0, "description"], 4, "/vehicles/0/description", "give a string"),
        (["vehicles", 0, "start"], [4.3, "x"], "/vehicles/0/start/1", "is no coordinate"),
        (["vehicles", 0, "start"], [4.3], "/vehicles/0/start", "has 1 elements: give 2"),
        (["vehicles", 0, "capacity"], [4], "/vehicles/0/capacity", "problem has 1"),
        (["vehicles", 0, "time_window"], [9, 3], "/vehicles/0/time_window", "ends at 3"),
        (["jobs", 0, "priority"], 101, "/jobs/0/priority", "is 101: give 0 to 100"),
        (["jobs", 0, "service"], 1.5, "/jobs/0/service", "is 1.5: give a whole number"),
        (["jobs", 0, "delivery"], [2, 1], "/jobs/0/pickup", "give two jobs"),
        (["jobs", 0, "location_index"], 3, "/jobs/0/location_index", "is 3"),
        (["jobs", 1, "id"], 3, "/jobs/1/id", "the id of another job"),
        (["jobs", 0, "time_windows"], [[5, 9], [1, 5]], "/jobs/0/time_windows/0", "begins at 5, not after 5"),
        (["jobs", 0, "time_windows"], [], "/jobs/0/time_windows", "is empty: give at least one window"),
        (["jobs", 0, "amount"], [1, 1], "/jobs/0/amount", "is what delivery was called before"),
        (["jobs", 0, "service_per_type"], 4, "/jobs/0/service_per_type", "is 4: give an object"),
        (["jobs", 0, "setup_per_type"], {"van": -4}, "/jobs/0/setup_per_type/van", "is -4"),
        (["shipments", 0, "amount"], [1, -1], "/shipments/0/amount/1", "is -1"),
        (
            ["shipments", 0, "delivery", "time_windows"],
            [[5, 9], [7, 8]],
            "/shipments/0/delivery/time_windows/1",
            "begins at 7",
        ),
        (["matrices", "car", "durations"], [[0, 1], [2]], "/matrices/car/durations/1", "has 1 elements: give 2"),
        (["matrices", "car", "durations", 1], 3, "/matrices/car/durations/1", "give an array"),
        (["matrices", "car", "durations", 1, 2], 3.5, "/matrices/car/durations/1/2", "is 3.5"),
        (["matrices", "car", "durations", 1, 2], None, "/matrices/car/durations/1/2", "is null"),
        (["matrices", "car", "durations", 1, 2], -3, "/matrices/car/durations/1/2", "is -3"),
        (["matrices", "car", "distances"], [[0]], "/matrices/car/distances", "has 1 places"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(path, value, place, text):
    """A JSON pointer and a sentence."""
    if text == "give 0":
        data = changed(path, value)
        del data["vehicles"][0]["end_index"]
        place, text = "/vehicles/0/end", "give end_index too"
    elif text == "problem has 1":
        data, place, text = changed(path, value), "/jobs/0/delivery", "has 2 elements: give 1"
    else:
        data = changed(path, value)
    with pytest.raises(ProblemError) as caught:
        read_vroom(data)
    assert caught.value.place == place
    assert text in caught.value.message


@pytest.mark.parametrize(("data", "place"), [([], "/"), ("x", "/"), ({}, "/"), ({"vehicles": []}, "/")])
def test_what_is_no_problem_at_all(data, place):
    """Neither an object nor what it must have."""
    with pytest.raises(ProblemError) as caught:
        read_vroom(data)
    assert caught.value.place == place


def test_missing_members_are_named():
    """A shipment without a delivery, a job without a place."""
    for path, key in ((["shipments", 0], "delivery"), (["jobs", 0], "location_index")):
        data = copy.deepcopy(SMALL)
        del data[path[0]][path[1]][key]
        with pytest.raises(ProblemError, match=f"has no {key}"):
            read_vroom(data)


def test_the_figures_of_a_route_by_hand():
    """Off at 100, at place 1 at 110; waits until 150, then 2 + 5; the rest is at the same place; 20 on, 40 back."""
    vroom = read_vroom(SMALL)
    plan = schedule(vroom.problem, ROUTE)
    check(vroom.problem, plan)
    told = write_vroom(vroom, plan)
    route = told["routes"][0]
    steps = route["steps"]
    assert [step["type"] for step in steps] == ["start", "job", "job", "pickup", "delivery", "end"]
    assert [step["arrival"] for step in steps] == [100, 110, 157, 157, 187, 227]
    assert [step["waiting_time"] for step in steps] == [0, 40, 0, 0, 0, 0]
    assert [step["setup"] for step in steps] == [0, 2, 0, 0, 0, 0]
    assert [step["service"] for step in steps] == [0, 5, 0, 10, 0, 0]
    assert [step["duration"] for step in steps] == [0, 10, 10, 10, 30, 70]
    assert [step["distance"] for step in steps] == [0, 100, 100, 100, 300, 700]
    assert [step["load"] for step in steps] == [[2, 0], [0, 1], [1, 2], [2, 5], [1, 2], [1, 2]]
    assert steps[0] | {"location": [4.35, 50.84], "location_index": 0} == steps[0]
    assert steps[1] | {"id": 3, "job": 3, "location_index": 1} == steps[1]
    assert steps[2]["location"] == [4.3, 50.8]
    assert steps[4] | {"id": 2, "description": "ring twice"} == steps[4]
    assert [step.get("job") for step in steps] == [None, 3, 4, 1, 2, None]
    figures = {"cost": 70, "setup": 2, "service": 15, "duration": 70, "waiting_time": 40, "priority": 204}
    figures["distance"] = 700
    assert route | figures == route
    assert told["summary"] | figures == told["summary"]
    assert (route["delivery"], route["pickup"], route["amount"]) == ([3, 3], [2, 5], [3, 3])
    assert (route["vehicle"], route["description"], route["violations"]) == (7, "the van", [])
    assert told["code"] == told["summary"]["unassigned"] == 0


def test_each_task_left_out_is_listed_with_its_reason():
    """A shipment has two tasks; a job that nobody has the skill for says so."""
    vroom = read_vroom(changed(["jobs", 0, "skills"], [99]))
    with Solver() as solver:
        told = write_vroom(vroom, solver.solve(vroom.problem, SolveParams(work_limit=0)))
    assert [(task["type"], task["id"]) for task in told["unassigned"]] == [("job", 3)]
    assert told["unassigned"][0]["reason"] == "impossible"
    assert told["unassigned"][0]["detail"]
    silent = write_vroom(vroom, schedule(vroom.problem, ((),)))
    assert [task["type"] for task in silent["unassigned"]] == ["job", "job", "pickup", "delivery"]
    assert "detail" not in silent["unassigned"][0]


def test_without_distances_none_are_told():
    """Neither in routes nor in the summary; who has no start and no end begins and ends where the tasks are."""
    data = copy.deepcopy(SMALL)
    del data["matrices"]["car"]["distances"]
    for key in ("start", "start_index", "end_index"):
        del data["vehicles"][0][key]
    vroom = read_vroom(data)
    told = write_vroom(vroom, schedule(vroom.problem, ROUTE))
    assert "distance" not in told["summary"]
    steps = told["routes"][0]["steps"]
    assert [step["type"] for step in steps] == ["start", "job", "job", "pickup", "delivery", "end"]
    assert [step["location_index"] for step in steps] == [1, 1, 1, 1, 2, 2]
    assert [step["duration"] for step in steps] == [0, 0, 0, 0, 20, 20]
    assert "distance" not in steps[0]
    assert "distance" not in told["routes"][0]
    assert steps[1]["setup"] == 0


def test_each_profile_has_its_matrix():
    """A bike is slower than a car."""
    data = changed(["matrices", "bike"], {"durations": (3 - 3 * np.eye(3, dtype=int)).tolist()})
    data["vehicles"][0]["profile"] = "bike"
    vroom = read_vroom(data)
    assert vroom.problem.couriers[0].profile == 1
    assert write_vroom(vroom, schedule(vroom.problem, ROUTE))["summary"]["duration"] == 9


def test_windows_may_come_in_any_order():
    """They are sorted, as VROOM does."""
    data = changed(["jobs", 0, "time_windows"], [[300, 400], [150, 190]])
    assert read_vroom(data).problem.requests == read_vroom(SMALL).problem.requests


def test_amount_was_the_name_of_delivery():
    """In a job that has neither delivery nor pickup."""
    problem = read_vroom(changed(["jobs", 1], {"id": 4, "location_index": 1, "amount": [2, 1]})).problem
    assert problem.requests[1].unloads[0].unload == (2, 1)


def test_without_amounts_none_are_told():
    """As in VROOM: no load, no delivery, no pickup."""
    data = {"vehicles": [{"id": 1, "start_index": 0}], "jobs": [{"id": 1, "location_index": 1}]}
    vroom = read_vroom(data | {"matrix": [[0, 5], [5, 0]]})
    told = write_vroom(vroom, schedule(vroom.problem, ((TaskRef(0, 0),),)))
    route = told["routes"][0]
    assert not {"delivery", "pickup", "amount", "load"} & {*told["summary"], *route, *route["steps"][1]}


def test_times_by_type_are_honoured_where_they_are_one():
    """All vehicles with the skill are vans, or the type is not in the list and the usual time holds."""
    data = changed(["vehicles", 0, "type"], "van")
    data["vehicles"].append({"id": 8, "start_index": 0, "type": "bike"})
    data["jobs"][0] |= {"service_per_type": {"van": 50, "truck": 9}, "setup_per_type": {"truck": 9}}
    task = read_vroom(data).problem.requests[0].unloads[0]
    assert (task.service_s, task.setup_s) == (50, 2)
    data["shipments"][0]["pickup"]["service_per_type"] = {"van": 50}
    with pytest.raises(ProblemError) as caught:
        read_vroom(data)
    assert caught.value.place == "/shipments/0/pickup/service_per_type"
    assert "makes it 10 or 50 s" in caught.value.message


def test_how_long_it_took_is_told():
    """In milliseconds, where VROOM has it."""
    vroom = read_vroom(SMALL)
    told = write_vroom(vroom, schedule(vroom.problem, ROUTE), loading_ms=3, solving_ms=250)
    assert told["summary"]["computing_times"] == {"loading": 3, "solving": 250, "routing": 0}


def test_a_plan_that_is_late_says_so():
    """The first job starts 20 s after its last window; the end is 7 s after the shift. VROOM calls it a delay."""
    data = changed(["jobs", 0, "time_windows"], [[0, 90]])
    data["vehicles"][0]["time_window"] = [100, 180]
    vroom = read_vroom(data)
    told = write_vroom(vroom, schedule(vroom.problem, ROUTE))
    delays = [step["violations"] for step in told["routes"][0]["steps"]]
    assert delays[1] == [{"cause": "delay", "duration": 20}]
    assert delays[-1] == [{"cause": "delay", "duration": 7}]
    assert told["routes"][0]["violations"] == told["summary"]["violations"] == [{"cause": "delay", "duration": 27}]


def test_costs_that_do_not_fit_are_refused():
    """Years on the way, at a fortune an hour."""
    data = changed(["matrices", "car", "durations", 0, 1], 2**29)
    data["vehicles"][0] |= {"costs": {"per_hour": 2**32 - 1}, "time_window": [0, 2**31]}
    with pytest.raises(ProblemError, match=r"^/: the prices of leaving out may add up to .* 64 bits"):
        read_vroom(data)
