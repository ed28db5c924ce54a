"""Inputs like VROOM's own examples, and all that its fields may be: the outputs are what its description says."""

import random

import pytest
from pydantic import ValidationError

from solver.formats.orders import time_orders
from solver.formats.vroom import read_vroom, read_vroom_plan, vroom_error, write_vroom
from solver.problem import BREAK, TaskRef
from solver.schedule import schedule
from tests.solver.test_vroom import ROUTE, SMALL
from tests.solver.test_vroom_matrices import Degrees
from tests.solver.vroom_schema import Error, judge

LINE = [[abs(a - b) * 120 for b in range(4)] for a in range(4)]

TWO_CREWS = {
    "vehicles": [
        {
            "id": number,
            "start": [4.0, 50.0],
            "end": [4.0, 50.0],
            "capacity": [4],
            "skills": [number, 14],
            "time_window": [28800, 43200],
            "breaks": [{"id": number, "service": 300, "time_windows": [[28830 + number, 34200]]}],
        }
        for number in (1, 2)
    ],
    "jobs": [
        {"id": 1, "service": 300, "delivery": [1], "location": [4.1, 50.0], "skills": [1]},
        {"id": 2, "service": 300, "pickup": [1], "location": [4.1, 50.1], "skills": [1], "description": "box"},
        {"id": 5, "service": 300, "delivery": [1], "location": [4.2, 50.1], "skills": [14], "priority": 7},
    ],
    "shipments": [
        {
            "amount": [1],
            "skills": [2],
            "pickup": {"id": 4, "service": 300, "setup": 60, "location": [4.0, 50.2]},
            "delivery": {"id": 3, "service": 300, "location": [4.0, 50.1], "time_windows": [[28800, 36000]]},
        }
    ],
}
"""By coordinates: two vehicles with skills, capacities, shifts and breaks; three jobs and a shipment."""

ONE_WAY = {
    "vehicles": [{"id": 0, "start_index": 0, "end_index": 3}],
    "jobs": [{"id": 1414, "location_index": 1}, {"id": 1515, "location_index": 2}],
    "matrix": LINE,
}
"""By indices: from one end of a line to the other."""

EVERYTHING = {
    "vehicles": [
        {
            "id": 2**64 - 1,
            "description": "Zoë",
            "profile": "bike",
            "type": "cargo",
            "end_index": 3,
            "costs": {"fixed": 5, "per_hour": 700, "per_task_hour": 900, "per_km": 11},
            "speed_factor": 1.3,
            "max_tasks": 4,
            "max_travel_time": 5000,
            "max_distance": 50000,
            "breaks": [{"id": 0, "time_windows": [[0, 100], [200, 400]], "service": 20, "max_load": [9, 9]}],
            "capacity": [9, 9],
            "steps": [],
        }
    ],
    "jobs": [
        {"id": 0, "location_index": 1, "location": [4, 50.5], "setup": 5, "service": 7, "delivery": [2, 0],
         "pickup": [0, 3], "service_per_type": {"cargo": 9}, "setup_per_type": {"car": 6}, "priority": 100},
        {"id": 1, "location_index": 2, "amount": [1, 1], "time_windows": [[900, 1000], [2000, 3000]]},
    ],
    "matrices": {
        "bike": {"durations": LINE, "distances": [[8 * cell for cell in row] for row in LINE]},
        "car": {"durations": LINE, "costs": LINE},
    },
}  # fmt: skip
"""By indices: one of every field."""

CASES = {
    "coordinates": (
        TWO_CREWS,
        (
            (TaskRef(BREAK, 0), TaskRef(0, 0), TaskRef(1, 0)),
            (TaskRef(3, 0), TaskRef(BREAK, 0), TaskRef(3, 1), TaskRef(2, 0)),
        ),
    ),
    "indices": (ONE_WAY, ((TaskRef(0, 0), TaskRef(1, 0)),)),
    "everything": (EVERYTHING, ((TaskRef(0, 0), TaskRef(BREAK, 0), TaskRef(1, 0)),)),
    "small": (SMALL, ROUTE),
    "nothing planned": (TWO_CREWS, ((), ())),
}


@pytest.mark.parametrize("name", CASES)
def test_outputs_are_as_described(name):
    """Every field is there and adds up; and the plan that is read from it is the same."""
    data, sequences = CASES[name]
    vroom = read_vroom(data, travel=Degrees())
    plan = schedule(vroom.problem, sequences)
    told = write_vroom(vroom, plan)
    output = judge(told)
    assert (output.summary.distance is not None) == (name != "indices")
    assert time_orders(vroom.problem, read_vroom_plan(vroom, told)) == plan


@pytest.mark.parametrize("name", CASES)
def test_any_order_adds_up(name):
    """Requests and breaks in a random order, whatever rules that breaks: times and distances still add up."""
    data, sequences = CASES[name]
    vroom = read_vroom(data, travel=Degrees())
    for seed in range(20):
        mixed = random.Random(seed)
        orders = tuple(_mixed(mixed, refs) for refs in sequences)
        plan = schedule(vroom.problem, orders)
        output = judge(write_vroom(vroom, plan))
        assert output.summary.duration == sum(route.travel_s for route in plan.routes)


def _mixed(source, refs):
    """Return steps in another order, pickups before their deliveries."""
    other = source.sample(refs, len(refs))
    own = {ref.request: iter([task for task in refs if task.request == ref.request]) for ref in refs}
    return tuple(next(own[ref.request]) for ref in other)


def test_an_error_is_as_described():
    """A code and a text."""
    assert Error.model_validate(vroom_error("/jobs/0: has no id: give one")).code == 2


def test_the_description_is_strict():
    """What it does not know is refused."""
    vroom = read_vroom(SMALL)
    told = write_vroom(vroom, schedule(vroom.problem, ROUTE))
    with pytest.raises(ValidationError):
        judge(told | {"extra": 1})
