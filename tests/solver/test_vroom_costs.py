"""VROOM's costs in whole cost units, and back."""

import copy

import pytest

from solver.check import check
from solver.errors import ProblemError
from solver.formats.vroom import read_vroom, write_vroom
from solver.problem import TaskRef
from solver.reasons import explain_left_out
from solver.schedule import schedule

DATA = {
    "vehicles": [{"id": 1, "start_index": 0, "end_index": 0}],
    "jobs": [{"id": 1, "location_index": 1, "service": 30, "setup": 5}, {"id": 2, "location_index": 1, "service": 72}],
    "matrices": {"car": {"durations": [[0, 205], [207, 0]], "distances": [[0, 3003], [3007, 0]]}},
}
ROUTE = ((TaskRef(0, 0), TaskRef(1, 0)),)


def with_costs(*costs, **car):
    """Return the problem with vehicles that have costs, and a changed matrix."""
    data = copy.deepcopy(DATA)
    data["vehicles"] = [{**DATA["vehicles"][0], "id": number, "costs": own} for number, own in enumerate(costs)]
    data["matrices"]["car"] |= car
    return data


def told(data):
    """Return the output for the first vehicle doing both jobs, and what the plan costs in cost units."""
    vroom = read_vroom(data)
    plan = schedule(vroom.problem, ROUTE + ((),) * (len(data["vehicles"]) - 1))
    check(vroom.problem, plan)
    return vroom, plan, write_vroom(vroom, plan)


def test_a_second_of_travel_costs_one():
    """Unless another cost is given; the costs of the problem are VROOM's then."""
    for data in (DATA, with_costs({}), with_costs({"fixed": 0, "per_hour": 3600, "per_km": 0})):
        vroom, plan, output = told(data)
        assert (vroom.problem.cost_scale, plan.cost.total) == (1, 412)
        assert output["routes"][0]["cost"] == output["summary"]["cost"] == 412


def test_all_costs_add_up():
    """7, and 412 s at 1,000 an hour (114.4), and 6.01 km at 300 (1803), and 107 s of tasks at 1,800 an hour (53.5).

    The problem counts in ninetieths: 5,000, 5,400 and 9,000 of 18,000 are 25, 27 and 45 of 90.
    """
    vroom, plan, output = told(with_costs({"fixed": 7, "per_hour": 1000, "per_km": 300, "per_task_hour": 1800}))
    assert vroom.problem.cost_scale == 90
    van = vroom.problem.couriers[0]
    assert (van.fixed_cost, van.cost_per_s, van.cost_per_m, van.cost_per_service_s) == (630, 25, 27, 45)
    cost = plan.cost
    assert (cost.fixed, cost.travel, cost.distance, cost.service) == (630, 412 * 25, 6010 * 27, 107 * 45)
    # Travel is rounded to the nearest whole (1917.4), task time down (53.5), as VROOM does.
    assert output["summary"]["cost"] == 7 + 1917 + 53


def test_half_a_unit_of_travel_is_rounded_up():
    """412 s at 1,804 an hour are 206.46; at 1,817 they are 207.9; one second at 1,800 is half."""
    assert told(with_costs({"per_hour": 1804}))[2]["summary"]["cost"] == 206
    assert told(with_costs({"per_hour": 1817}))[2]["summary"]["cost"] == 208
    one = with_costs({"per_hour": 1800}, durations=[[0, 1], [0, 0]])
    assert told(one)[2]["summary"]["cost"] == 1


def test_parts_are_the_same_for_all_vehicles():
    """One at 3,600 an hour and one at 1: 3,600 parts."""
    vroom, plan, output = told(with_costs({}, {"per_hour": 1, "fixed": 2}))
    assert vroom.problem.cost_scale == 3600
    assert [courier.cost_per_s for courier in vroom.problem.couriers] == [3600, 1]
    assert [courier.fixed_cost for courier in vroom.problem.couriers] == [0, 7200]
    assert (plan.cost.travel, output["summary"]["cost"]) == (412 * 3600, 412)
    assert vroom.problem.requests[0].price == 10_000 * 3600


def test_a_table_of_costs_is_what_ways_cost():
    """77 and 88, whatever the durations and distances, which are told all the same."""
    vroom, plan, output = told(with_costs({"fixed": 3, "per_task_hour": 3600}, costs=[[0, 77], [88, 0]]))
    assert plan.cost.total == vroom.problem.cost_scale * (3 + 165 + 107)
    route = output["routes"][0]
    assert (route["cost"], route["duration"], route["distance"]) == (3 + 165 + 107, 412, 6010)
    assert [step["distance"] for step in route["steps"]] == [0, 3003, 3003, 6010]


def test_reasons_tell_costs_in_units_of_vroom():
    """412 s at 1,800 an hour and 6.01 km at 25, where there is time for one of the jobs: 484 s, but not 519 s."""
    data = with_costs({"per_hour": 1800, "per_km": 25})
    data["vehicles"][0]["time_window"] = [0, 500]
    problem = read_vroom(data).problem
    assert problem.cost_scale > 1
    (item,) = explain_left_out(problem, ((TaskRef(0, 0),),), [1])
    assert item.detail == "courier 0 could serve it for 356.25 with nothing else to do"


@pytest.mark.parametrize(
    ("costs", "vehicle", "matrix", "place", "text"),
    [
        ({"per_hours": 1}, {}, {}, "/vehicles/0/costs/per_hours", "did you mean per_hour"),
        ({"fixed": 1.5}, {}, {}, "/vehicles/0/costs/fixed", "is 1.5: give a whole number"),
        ({"per_km": 1}, {}, {"distances": None}, "/vehicles/0/costs/per_km", "give /matrices/car/distances"),
        ({}, {"max_distance": 1}, {"distances": None}, "/vehicles/0/max_distance", "give /matrices/car/distances"),
        ({"per_hour": 1}, {}, {"costs": DATA["matrices"]["car"]["durations"]}, "/vehicles/0/costs/per_hour", "beside"),
        ({"per_km": 1}, {}, {"costs": DATA["matrices"]["car"]["durations"]}, "/vehicles/0/costs/per_km", "beside"),
        (
            {},
            {"max_distance": 9},
            {"costs": DATA["matrices"]["car"]["durations"]},
            "/vehicles/0/max_distance",
            "beside",
        ),
    ],
)
def test_what_cannot_be_honoured_is_refused(costs, vehicle, matrix, place, text):
    """A cost by the kilometre without kilometres; two answers to what a way costs; a limit of what is not there."""
    data = with_costs(costs, **matrix)
    data["vehicles"][0] |= vehicle
    if matrix.get("distances", 0) is None:
        del data["matrices"]["car"]["distances"]
    with pytest.raises(ProblemError) as caught:
        read_vroom(data)
    assert caught.value.place == place
    assert text in caught.value.message


def test_leaving_out_weighs_more_than_routes_that_cost_more():
    """1,000 and 1 way there and 1 back by the table, and the tasks' time at 1 a second."""
    data = with_costs({"fixed": 20_000, "per_task_hour": 3600}, costs=[[0, 30_000], [88, 0]])
    vroom = read_vroom(data)
    assert vroom.problem.requests[0].price == 20_000 + 2 * 30_000 + 88 + 107 + 1
