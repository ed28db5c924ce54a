"""Problems and plans in the solver's own JSON."""

import copy
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.check import check
from solver.errors import ProblemError
from solver.formats.json_text import load_json
from solver.formats.native import read_plan, read_problem, write_plan, write_problem
from solver.plan import LeftOut, Reason
from solver.problem import (
    BREAK,
    FOREVER_S,
    RELOAD,
    Break,
    DelayCost,
    Gap,
    LaterTravel,
    Matrix,
    Reload,
    Request,
    Task,
    TaskRef,
    Window,
)
from solver.schedule import schedule
from tests.solver.on_a_line import courier, delivery, drop, problem, refs, street
from tests.solver.strategies import problems, sequences

PROBLEM = problem(
    [courier("van", capacity=(4,), skills=frozenset({"van", "cold"}), end=0, frozen=refs("1.0"))],
    [
        delivery("milk", 1, 3, amount=(2,), latest_s=900),
        drop("parcel", 5, courier=0, unload=(1,), delay_costs=(DelayCost(after_s=60, per_s=2),)),
        drop("sofa", 6, unload=(9,), price=50),
    ],
    dimensions=("crates",),
)
PROBLEM_JSON = {
    "couriers": [
        {
            "id": "van",
            "shift": {"latest_s": 1000},
            "start": 0,
            "end": 0,
            "capacity": [4],
            "skills": ["cold", "van"],
            "frozen": [[1, 0]],
        }
    ],
    "requests": [
        {
            "id": "milk",
            "loads": [{"place": 1, "load": [2]}],
            "unloads": [{"place": 3, "windows": [{"latest_s": 900}], "unload": [2]}],
            "price": 1000,
        },
        {
            "id": "parcel",
            "unloads": [{"place": 5, "delay_costs": [{"after_s": 60, "per_s": 2}], "unload": [1]}],
            "price": 1000,
            "courier": 0,
        },
        {"id": "sofa", "unloads": [{"place": 6, "unload": [9]}], "price": 50},
    ],
    "dimensions": ["crates"],
}
LEFT = LeftOut(request=2, reason=Reason.IMPOSSIBLE, detail="9 crates, room for 4", by=(0,))
PLAN = schedule(PROBLEM, (refs("1.0 0.0 0.1"),), left_out=(LEFT,), engine="insertion")


def fields(problem_):
    """Return everything that a problem has, as values that can be compared."""
    matrices = [
        (array.shape, array.tolist())
        for matrix in problem_.matrices
        for array in (matrix.durations_s, matrix.distances_m, *(later.durations_s for later in matrix.later))
    ]
    hours = [later.from_s for matrix in problem_.matrices for later in matrix.later]
    rest = [getattr(problem_, name) for name in problem_.__slots__ if name != "matrices"]
    return matrices, hours, rest


def changed(data, path, value):
    """Return a copy of `data` with one value replaced or added."""
    data = copy.deepcopy(data)
    at = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return data


@settings(deadline=None)
@given(problems(wide=True, gaps=True))
def test_a_problem_comes_back_as_it_was(problem_):
    """Through text, whatever it has."""
    text = json.dumps(write_problem(problem_), allow_nan=False)
    back = read_problem(load_json(text))
    assert fields(problem_) == fields(back)
    assert json.dumps(write_problem(back)) == text


@settings(deadline=None)
@given(st.data())
def test_a_plan_comes_back_as_it_was(data):
    """With the ids of its problem or without, whether it keeps the rules or not."""
    problem_ = data.draw(problems(wide=True, gaps=True))
    plan = schedule(problem_, data.draw(sequences(problem_, wide=True)), engine="search", work=7)
    for told in (write_plan(plan), write_plan(plan, problem_)):
        assert read_plan(load_json(json.dumps(told)), problem_) == plan


def test_a_problem_by_hand():
    """Defaults are left out, sets sorted, a reference is a pair."""
    told = write_problem(PROBLEM)
    (matrix,) = told.pop("matrices")
    assert told == PROBLEM_JSON
    assert matrix["durations_s"][0][:3] == [0, 10, 20]
    assert matrix["distances_m"][2][:3] == [200, 100, 0]


def test_what_texts_tell_costs_and_times_in():
    """Is written where it is another unit than a cost unit and a second; null is a second."""
    told = PROBLEM_JSON | {"matrices": write_problem(PROBLEM)["matrices"]}
    scales = {"cost_scale": 90, "time_scale": 1_000}
    assert write_problem(replace(PROBLEM, **scales)) == told | scales
    back = read_problem(told | scales)
    assert (back.cost_scale, back.time_scale) == (90, 1_000)
    assert read_problem(told | {"time_scale": None}).time_scale is None
    with pytest.raises(ProblemError, match=r"/time_scale: is 1\.0"):
        read_problem(told | {"time_scale": 1.0})


def test_a_plan_by_hand():
    """Ids stand beside the numbers that they belong to."""
    told = write_plan(PLAN, PROBLEM)
    (route,) = told["routes"]
    assert list(route)[:2] == ["courier", "courier_id"]
    assert route["courier_id"] == "van"
    assert [stop["request_id"] for stop in route["stops"]] == ["parcel", "milk", "milk"]
    assert route["stops"][0] == {
        "task": [1, 0],
        "request_id": "parcel",
        "place": 5,
        "arrive_s": 50,
        "start_s": 50,
        "depart_s": 50,
        "late_s": 0,
        "load": [0],
    }
    assert told["left_out"] == [
        {"request": 2, "request_id": "sofa", "reason": "impossible", "detail": "9 crates, room for 4", "by": [0]}
    ]
    assert told["cost"] == {"left_out": 50, "travel": 140}
    assert told["engine"] == "insertion"
    back = read_plan(told, PROBLEM)
    assert back.routes[0].stops[1].task == TaskRef(0, 0)
    check(PROBLEM, back)


WHOLE = problem(
    [
        courier(
            "van",
            capacity=(4,),
            breaks=(Break(windows=(Window(earliest_s=20, latest_s=90),), duration_s=30, max_load=(2,)),),
            reloads=(Reload(place=0, service_s=5, times=2),),
            max_tasks=9,
            previous=(TaskRef(1, 0),),
            reorder_cost=3,
            last_in_first_out=True,
        )
    ],
    [
        drop("milk", 3, unload=(2,)),
        Request(
            id="box",
            loads=(Task(place=1, load=(1,)),),
            unloads=(Task(place=5, unload=(1,)),),
            other_unloads=((Task(place=2, unload=(1,)),),),
            max_on_board_s=600,
            previous=0,
            move_cost=7,
            price=1_000,
        ),
        drop("ice", 4, unload=(3,)),
    ],
    dimensions=("crates",),
    matrices=(
        Matrix(
            durations_s=street().durations_s,
            distances_m=street().distances_m,
            later=(LaterTravel(from_s=500, durations_s=2 * street().durations_s),),
        ),
    ),
    same_courier=((0, 2),),
    never_together=((1, 2),),
    gaps=(Gap(first=TaskRef(0, 0), second=TaskRef(2, 0), least_s=60),),
)


def test_all_that_the_model_knows_by_hand():
    """Alternatives, breaks, reloads, limits, relations, the plan before, travel by the hour."""
    told = write_problem(WHOLE)
    (matrix,) = told["matrices"]
    (later,) = matrix["later"]
    assert (later["from_s"], later["durations_s"][0][:3]) == (500, [0, 20, 40])
    assert told["couriers"] == [
        {
            "id": "van",
            "shift": {"latest_s": 1000},
            "start": 0,
            "capacity": [4],
            "breaks": [{"windows": [{"earliest_s": 20, "latest_s": 90}], "duration_s": 30, "max_load": [2]}],
            "reloads": [{"place": 0, "service_s": 5, "times": 2}],
            "max_tasks": 9,
            "last_in_first_out": True,
            "previous": [[1, 0]],
            "reorder_cost": 3,
        }
    ]
    assert told["requests"][1] == {
        "id": "box",
        "loads": [{"place": 1, "load": [1]}],
        "unloads": [{"place": 5, "unload": [1]}],
        "other_unloads": [[{"place": 2, "unload": [1]}]],
        "price": 1000,
        "max_on_board_s": 600,
        "previous": 0,
        "move_cost": 7,
    }
    assert (told["same_courier"], told["never_together"]) == ([[0, 2]], [[1, 2]])
    assert told["gaps"] == [{"first": [0, 0], "second": [2, 0], "least_s": 60}]
    assert fields(read_problem(load_json(json.dumps(told)))) == fields(WHOLE)


STEPS = (TaskRef(1, 0, 1), TaskRef(BREAK, 0), TaskRef(1, 1, 1), TaskRef(RELOAD, 0), TaskRef(0, 0))


def test_breaks_and_reloads_are_no_requests():
    """They are ``[-1, k]`` and ``[-2, k]`` and have no id; a task names its way where it is not the first."""
    plan = schedule(WHOLE, (STEPS,))
    told = write_plan(plan, WHOLE)
    stops = told["routes"][0]["stops"]
    assert [stop["task"] for stop in stops] == [[1, 0, 1], [-1, 0], [1, 1, 1], [-2, 0], [0, 0]]
    assert [stop.get("request_id") for stop in stops] == ["box", None, "box", None, "milk"]
    assert stops[1]["place"] == -1
    assert read_plan(load_json(json.dumps(told)), WHOLE) == plan
    stops[4]["task"] = [0, 0, 0]
    assert read_plan(told, WHOLE) == plan
    stops[1]["request_id"] = "box"
    with pytest.raises(ProblemError, match="/routes/0/stops/1/request_id: stands beside a break or a reload"):
        read_plan(told, WHOLE)


@pytest.mark.parametrize("window", [{}, {"latest_s": None}, {"latest_s": FOREVER_S}])
def test_a_window_that_never_closes(window):
    """Null, left out, or the number itself."""
    data = changed(write_problem(PROBLEM), ["couriers", 0, "shift"], window)
    assert read_problem(data).couriers[0].shift == Window()
    assert write_problem(read_problem(data))["couriers"][0]["shift"] == {}


@pytest.mark.parametrize(
    ("path", "value", "place", "text"),
    [
        (["request"], [], "/request", "did you mean requests?"),
        (["couriers", 0, "fixed"], 3, "/couriers/0/fixed", "did you mean fixed_cost?"),
        (["couriers", 0, "shift"], None, "/couriers/0/shift", "is null: give an object"),
        (["couriers", 0, "profile"], 1.0, "/couriers/0/profile", "is 1.0: give a whole number"),
        (["couriers", 0, "profile"], True, "/couriers/0/profile", "is true: give a whole number"),
        (["couriers", 0, "start"], "depot", "/couriers/0/start", "is a string: give a whole number"),
        (["couriers", 0, "skills"], ["b", "b"], "/couriers/0/skills/1", "a second time"),
        (["couriers", 0, "frozen"], [[1, 0, 2]], "/couriers/0/frozen/0", "names way 2 of request 1, which has 1"),
        (["couriers", 0, "frozen"], [[1, 0, 0, 0]], "/couriers/0/frozen/0", "has 4 elements: give 2 to 3"),
        (["couriers", 0, "capacity"], [-4], "/couriers/0/capacity/0", "is -4: give 0 or more"),
        (["requests", 0, "price"], float("nan"), "/requests/0/price", "is nan"),
        (["requests", 0, "price"], float("inf"), "/requests/0/price", "is inf"),
        (["requests", 0, "loads", 0], {}, "/requests/0/loads/0", "has no place: give one"),
        (["requests", 0, "loads", 0, "place"], 10, "/requests/0/loads/0/place", "give 0 to n - 1"),
        (["requests", 1, "price"], 2**62, "/", "does not fit 64 bits"),
        (["matrices", 0, "durations_s", 1, 2], 0.5, "/matrices/0/durations_s/1/2", "is 0.5"),
        (["matrices", 0, "distances_m"], [[0]], "/matrices/0/distances_m", "has 1 places"),
    ],
)
def test_what_is_wrong_in_a_problem_is_named_by_its_place(path, value, place, text):
    """What the form refuses, and what the problem itself does."""
    with pytest.raises(ProblemError) as caught:
        read_problem(changed(write_problem(PROBLEM), path, value))
    assert caught.value.place == place
    assert text in caught.value.message


@pytest.mark.parametrize("name", ["matrices", "couriers", "requests"])
def test_what_a_problem_must_have(name):
    """Named, if it is missing."""
    data = write_problem(PROBLEM)
    del data[name]
    with pytest.raises(ProblemError, match=f"/: has no {name}"):
        read_problem(data)


@pytest.mark.parametrize(
    ("path", "value", "place", "text"),
    [
        (["routes", 0, "courier_id"], "bike", "/routes/0/courier_id", "courier 0 of the problem is 'van'"),
        (["routes", 0, "courier_id"], 3, "/routes/0/courier_id", "give a string"),
        (["routes", 0, "stops", 1, "request_id"], "x", "/routes/0/stops/1/request_id", "request 0 of the problem"),
        (["left_out", 0, "request_id"], "x", "/left_out/0/request_id", "request 2 of the problem is 'sofa'"),
        (["left_out", 0, "reason"], "lost", "/left_out/0/reason", "give one of impossible, crowded_out"),
        (["routes", 0, "stops", 0, "task"], [1], "/routes/0/stops/0/task", "has 1 elements: give 2 to 3"),
        (["routes", 0, "stops"], None, "/routes/0/stops", "is null: give an array"),
        (["routes"], 5, "/routes", "is 5: give an array"),
        (["cost", "total"], 5, "/cost/total", "is not honoured"),
        (["courier_id"], "van", "/courier_id", "is not honoured"),
    ],
)
def test_what_is_wrong_in_a_plan_is_named_by_its_place(path, value, place, text):
    """Also ids that are those of another problem."""
    with pytest.raises(ProblemError) as caught:
        read_plan(changed(write_plan(PLAN, PROBLEM), path, value), PROBLEM)
    assert caught.value.place == place
    assert text in caught.value.message


def test_ids_are_not_compared_without_a_problem():
    """And a number that the problem does not have is the checker's question."""
    told = write_plan(PLAN, PROBLEM)
    told["routes"][0]["courier_id"] = "bike"
    assert read_plan(told) == PLAN
    told["routes"][0]["courier"] = 7
    assert read_plan(told, PROBLEM).routes[0].courier == 7


@pytest.mark.parametrize("data", [[], None, 3, "x"])
def test_what_is_no_object_at_all(data):
    """Neither a problem nor a plan."""
    for read in (read_problem, read_plan):
        with pytest.raises(ProblemError, match=r"/: is .*: give an object"):
            read(data)
