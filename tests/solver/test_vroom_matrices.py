"""Places and travel of VROOM's input: indices, coordinates, profiles, speed factors."""

import copy

import numpy as np
import pytest

from solver.errors import ProblemError
from solver.formats.vroom import read_vroom, write_vroom
from solver.problem import UNREACHABLE_S, Matrix, TaskRef
from solver.schedule import schedule

HOME, SHOP, DOOR = [4.0, 50.0], [4.0, 50.1], [4.2, 50.0]


class Degrees:
    """Travel at 1,000 s and 9 km a degree, all turns at right angles."""

    profiles = ("car", "foot")

    def __init__(self):
        self.asked = []

    def matrix(self, profile, coordinates):
        """Return it, and remember what was asked."""
        self.asked.append((profile, list(coordinates)))
        at = np.array(coordinates).reshape(-1, 2)
        degrees = np.abs(at[:, None] - at[None]).sum(axis=2)
        return Matrix(
            durations_s=np.rint(1000 * degrees).astype(np.int32), distances_m=np.rint(9000 * degrees).astype(np.int32)
        )


BY_COORDINATES = {
    "vehicles": [{"id": 1, "start": HOME, "end": HOME}],
    "jobs": [{"id": 1, "location": DOOR}, {"id": 2, "location": HOME, "location_index": 77}],
    "shipments": [{"pickup": {"id": 1, "location": SHOP}, "delivery": {"id": 2, "location": DOOR}}],
}
BY_INDEX = {
    "vehicles": [{"id": 1, "start": HOME, "start_index": 2}, {"id": 2, "profile": "foot", "end_index": 0, "end": DOOR}],
    "jobs": [{"id": 1, "location_index": 0}],
    "matrices": {"car": {"durations": [[0, 11, 12], [21, 0, 22], [31, 32, 0]]}},
}


def test_coordinates_are_places_each_once():
    """Three of them in the order in which they are named, and travel between them."""
    travel = Degrees()
    vroom = read_vroom(BY_COORDINATES, travel=travel)
    problem = vroom.problem
    assert travel.asked == [("car", [tuple(HOME), tuple(DOOR), tuple(SHOP)])]
    assert (problem.couriers[0].start, problem.couriers[0].end) == (0, 0)
    assert [task.place for request in problem.requests for task in request.tasks] == [1, 0, 2, 1]
    assert problem.matrices[0].durations_s.tolist() == [[0, 200, 100], [200, 0, 300], [100, 300, 0]]


def test_coordinates_are_told_and_distances_too():
    """An index is told only where it was given, whatever it is."""
    vroom = read_vroom(BY_COORDINATES, travel=Degrees())
    route = schedule(vroom.problem, ((TaskRef(2, 0), TaskRef(2, 1), TaskRef(1, 0)),))
    told = write_vroom(vroom, route)
    steps = told["routes"][0]["steps"]
    assert [step["location"] for step in steps] == [HOME, SHOP, DOOR, HOME, HOME]
    assert [step.get("location_index") for step in steps] == [None, None, None, 77, None]
    assert [step["distance"] for step in steps] == [0, 900, 3600, 5400, 5400]
    assert told["summary"]["distance"] == 5400


def test_an_index_wins_over_coordinates():
    """A profile without a matrix gets one of the same rows, by the coordinates beside the indices."""
    travel = Degrees()
    problem = read_vroom(BY_INDEX, travel=travel).problem
    assert travel.asked == [("foot", [tuple(DOOR), tuple(HOME)])]
    assert [(courier.start, courier.end, courier.profile) for courier in problem.couriers] == [
        (2, None, 0),
        (None, 0, 1),
    ]
    assert problem.matrices[0].durations_s[0].tolist() == [0, 11, 12]
    never = UNREACHABLE_S
    assert problem.matrices[1].durations_s.tolist() == [[0, never, 200], [never, 0, never], [200, never, 0]]


def test_the_old_name_of_the_matrix():
    """``matrix`` is that of car."""
    problem = read_vroom({"vehicles": [{"id": 1, "start_index": 1}], "matrix": [[0, 3], [4, 0]]}).problem
    assert problem.matrices[0].durations_s.tolist() == [[0, 3], [4, 0]]


def test_a_speed_factor_has_a_matrix_of_its_own():
    """VROOM multiplies by 67 hundredths at 1.5, and by 200 at 0.5; a part of a second is a whole one."""
    factors = [1, 1.5, 0.5, 1.5]
    data = {
        "vehicles": [{"id": n, "start_index": 0, "speed_factor": factor} for n, factor in enumerate(factors)],
        "matrix": [[0, 100, 3], [101, 0, UNREACHABLE_S], [0, 1, 0]],
    }
    problem = read_vroom(data).problem
    assert [courier.profile for courier in problem.couriers] == [0, 1, 2, 1]
    assert problem.matrices[1].durations_s.tolist() == [[0, 67, 3], [68, 0, UNREACHABLE_S], [0, 1, 0]]
    assert problem.matrices[2].durations_s.tolist() == [[0, 200, 6], [202, 0, UNREACHABLE_S], [0, 2, 0]]


def changed(base, path, value):
    """Return a problem with one value replaced, added, or taken away if it is None."""
    data = copy.deepcopy(base)
    at = data
    for key in path[:-1]:
        at = at[key]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("data", "place", "text"),
    [
        (changed(BY_COORDINATES, ["jobs", 0, "location"], None), "/jobs/0", "has no location: give one"),
        (changed(BY_COORDINATES, ["jobs", 1, "location"], None), "/jobs/1/location_index", "that are not given"),
        (changed(BY_COORDINATES, ["jobs", 1, "location_index"], "x"), "/jobs/1/location_index", "is a string"),
        (changed(BY_COORDINATES, ["jobs", 0, "location"], [1, 2, 3]), "/jobs/0/location", "has 3 elements: give 2"),
        (changed(BY_COORDINATES, ["jobs", 0, "location"], [1, 10**400]), "/jobs/0/location/1", "give a finite one"),
        (changed(BY_COORDINATES, ["vehicles", 0, "end"], [4, 91]), "/vehicles/0/end", "lies at [4, 91]: give"),
        (changed(BY_COORDINATES, ["vehicles"], []), "/vehicles", "give at least one vehicle"),
        (
            changed(BY_COORDINATES, ["vehicles", 0, "profile"], "rocket"),
            "/vehicles/0/profile",
            "give it a matrix in /matrices, or ask for one of car, foot",
        ),
        (changed(BY_INDEX, ["jobs", 0, "location_index"], None), "/jobs/0", "has no location_index: give one"),
        (changed(BY_INDEX, ["vehicles", 1, "end_index"], None), "/vehicles/1/end", "give end_index too"),
        (changed(BY_INDEX, ["vehicles", 1, "end"], None), "/vehicles/1/end_index", "and profile 'foot' has no matrix"),
        (changed(BY_INDEX, ["vehicles", 0, "speed_factor"], 0), "/vehicles/0/speed_factor", "more than 0, at most 5"),
        (changed(BY_INDEX, ["vehicles", 0, "speed_factor"], 5.1), "/vehicles/0/speed_factor", "give more than 0"),
        (changed(BY_INDEX, ["vehicles", 0, "speed_factor"], 0.001), "/vehicles/0/speed_factor", "give 0.01 or more"),
        (changed(BY_INDEX, ["vehicles", 0, "speed_factor"], True), "/vehicles/0/speed_factor", "is no number"),
        (
            changed(
                changed(BY_INDEX, ["vehicles", 0, "speed_factor"], 0.5),
                ["matrices", "car", "durations", 1, 2],
                UNREACHABLE_S // 2,
            ),
            "/matrices/car/durations/1/2",
            "by a speed_factor: give less",
        ),
        (changed(BY_INDEX, ["matrices", "car", "durations"], None), "/matrices/car", "has no durations"),
        (changed(BY_INDEX, ["matrices", "bike"], {"durations": [[0]]}), "/matrices/bike/durations", "has 1 places"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_refused(data, place, text):
    """Named by its place."""
    with pytest.raises(ProblemError) as caught:
        read_vroom(data, travel=Degrees())
    assert caught.value.place == place
    assert text in caught.value.message


def test_without_a_source_of_travel_matrices_are_needed():
    """For every profile."""
    with pytest.raises(ProblemError, match="/: has no matrices"):
        read_vroom(BY_COORDINATES)
    with pytest.raises(ProblemError, match="/vehicles/1/profile: asks for profile 'foot': give it a matrix in"):
        read_vroom(BY_INDEX)
