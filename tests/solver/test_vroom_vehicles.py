"""VROOM's vehicles: breaks, limits, and how routes with breaks are told."""

import copy

import pytest

from solver.errors import ProblemError
from solver.formats.vroom import read_vroom, write_vroom
from solver.problem import BREAK, FOREVER_S, Break, TaskRef, Window
from solver.schedule import schedule

TEA = {"id": 4, "time_windows": [[700, 900], [150, 200]], "service": 30, "description": "tea", "max_load": [1]}
DATA = {
    "vehicles": [
        {
            "id": 1,
            "start_index": 0,
            "end_index": 0,
            "capacity": [4],
            "time_window": [100, 9000],
            "breaks": [
                TEA,
                {"id": 3, "time_windows": [[150, 160]], "service": 10},
                {"id": 9},
            ],
            "max_tasks": 5,
            "max_travel_time": 800,
            "max_distance": 9000,
        }
    ],
    "jobs": [{"id": 1, "location_index": 1, "delivery": [3], "setup": 5}, {"id": 2, "location_index": 1, "service": 7}],
    "matrices": {"car": {"durations": [[0, 100], [300, 0]], "distances": [[0, 1001], [2000, 0]]}},
}  # fmt: skip


def test_breaks_are_taken_by_their_first_windows():
    """Any time is the first of all, then the one whose first window ends first."""
    vroom = read_vroom(DATA)
    van = vroom.problem.couriers[0]
    assert van.breaks == (
        Break(),
        Break(windows=(Window(earliest_s=150, latest_s=160),), duration_s=10),
        Break(
            windows=(Window(earliest_s=150, latest_s=200), Window(earliest_s=700, latest_s=900)),
            duration_s=30,
            max_load=(1,),
        ),
    )
    assert van.breaks[0].windows[0].latest_s == FOREVER_S
    assert vroom.breaks == (
        ({"type": "break", "id": 9}, {"type": "break", "id": 3}, {"type": "break", "id": 4, "description": "tea"}),
    )


def test_limits_have_their_places():
    """Tasks, seconds and metres."""
    van = read_vroom(DATA).problem.couriers[0]
    assert (van.max_tasks, van.max_travel_s, van.max_distance_m) == (5, 800, 9000)


def test_a_way_goes_on_after_a_break():
    """Off at 100 after the first break; 50 s on the way when the second begins at 150, and 50 s after it ends at 160.

    The third waits for 700 at the door, where the first job was done at 215, on the way home: 300 s of that are
    driven, and then it waits.
    """
    vroom = read_vroom(DATA)
    route = (TaskRef(BREAK, 0), TaskRef(BREAK, 1), TaskRef(0, 0), TaskRef(1, 0), TaskRef(BREAK, 2))
    told = write_vroom(vroom, schedule(vroom.problem, (route,)))["routes"][0]
    steps = told["steps"]
    assert [step["type"] for step in steps] == ["start", "break", "break", "job", "job", "break", "end"]
    assert [step["arrival"] for step in steps] == [100, 100, 150, 210, 215, 522, 730]
    assert [step["waiting_time"] for step in steps] == [0, 0, 0, 0, 0, 178, 0]
    assert [step["service"] for step in steps] == [0, 0, 10, 0, 7, 30, 0]
    assert [step["setup"] for step in steps] == [0, 0, 0, 5, 0, 0, 0]
    assert [step["duration"] for step in steps] == [0, 0, 50, 100, 100, 400, 400]
    # 1,001 m and 50 of 100 s: 500.5, rounded.
    assert [step["distance"] for step in steps] == [0, 0, 501, 1001, 1001, 3001, 3001]
    assert [step["load"] for step in steps] == [[3], [3], [3], [0], [0], [0], [0]]
    assert steps[5] | {"id": 4, "description": "tea"} == steps[5]
    assert not {"location", "location_index", "job"} & {*steps[5]}
    figures = {"service": 47, "setup": 5, "duration": 400, "waiting_time": 178, "distance": 3001, "cost": 400}
    assert told | figures == told


def test_a_break_after_all_is_taken_where_it_is():
    """Without an end there is no way to go: done at 207, it waits for 700."""
    data = copy.deepcopy(DATA)
    del data["vehicles"][0]["end_index"]
    data["vehicles"][0]["breaks"] = [TEA | {"time_windows": [[700, 900]]}]
    vroom = read_vroom(data)
    told = write_vroom(vroom, schedule(vroom.problem, ((TaskRef(1, 0), TaskRef(BREAK, 0)),)))["routes"][0]
    *_, tea, end = told["steps"]
    assert (tea["arrival"], tea["waiting_time"], tea["duration"], tea["distance"]) == (207, 493, 100, 1001)
    assert (end["arrival"], end["location_index"], told["waiting_time"]) == (730, 1, 493)


def test_time_of_breaks_costs_nothing():
    """At 3,600 an hour of task time: 7 s of service and 5 of set-up, beside the travel."""
    data = copy.deepcopy(DATA)
    data["vehicles"][0]["costs"] = {"per_task_hour": 3600}
    vroom = read_vroom(data)
    route = (TaskRef(BREAK, 0), TaskRef(BREAK, 1), TaskRef(0, 0), TaskRef(1, 0), TaskRef(BREAK, 2))
    plan = schedule(vroom.problem, (route,))
    assert write_vroom(vroom, plan)["summary"]["cost"] == plan.cost.total == 412


@pytest.mark.parametrize(
    ("path", "value", "place", "text"),
    [
        (["breaks"], {}, "/vehicles/0/breaks", "is an object: give an array"),
        (["breaks", 0, "id"], 3, "/vehicles/0/breaks/1/id", "is 3, the id of another break"),
        (["breaks", 1], {}, "/vehicles/0/breaks/1", "has no id"),
        (["breaks", 1, "windows"], [], "/vehicles/0/breaks/1/windows", "did you mean time_windows"),
        (["breaks", 1, "time_windows"], [], "/vehicles/0/breaks/1/time_windows", "is empty"),
        (["breaks", 0, "time_windows", 1], [650, 800], "/vehicles/0/breaks/0/time_windows/0", "begins at 700"),
        (["breaks", 0, "max_load"], [1, 2], "/vehicles/0/breaks/0/max_load", "has 2 elements: give 1"),
        (["breaks", 0, "service"], -1, "/vehicles/0/breaks/0/service", "is -1"),
        (["breaks", 0, "description"], 5, "/vehicles/0/breaks/0/description", "give a string"),
        (["max_tasks"], 1.0, "/vehicles/0/max_tasks", "is 1.0: give a whole number"),
        (["max_travel_time"], -1, "/vehicles/0/max_travel_time", "is -1"),
        (["max_distance"], None, "/vehicles/0/max_distance", "is null"),
        (["type"], 5, "/vehicles/0/type", "give a string"),
        (["costs"], [], "/vehicles/0/costs", "is an array: give an object"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(path, value, place, text):
    """A JSON pointer and a sentence."""
    data = copy.deepcopy(DATA)
    at = data["vehicles"][0]
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(ProblemError) as caught:
        read_vroom(data)
    assert caught.value.place == place
    assert text in caught.value.message
