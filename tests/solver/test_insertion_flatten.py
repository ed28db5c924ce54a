"""What a problem comes to as flat arrays."""

import numpy as np

from solver.insertion import fields as f
from solver.insertion.flatten import flatten
from solver.problem import (
    Break,
    LaterTravel,
    Matrix,
    Reload,
    Request,
    Task,
)
from tests.solver.on_a_line import STREET, between, courier, delivery, drop, problem, refs, street

QUICK = LaterTravel(from_s=50, durations_s=STREET.astype(np.int32))


def hours(*later):
    """Return the street, with hours."""
    return Matrix(durations_s=street().durations_s, distances_m=street().distances_m, later=later)


def ways(**rest):
    """Return a request of two loads and two unloads to choose from, and one of them two tasks."""
    return Request(
        id="w",
        loads=(Task(place=1, load=(2,)),),
        other_loads=((Task(place=2, load=(1,)), Task(place=3, load=(1,))),),
        unloads=(Task(place=4, unload=(2,), windows=between(0, 90)),),
        other_unloads=((Task(place=5, unload=(2,), windows=between(0, 60)),),),
        price=7,
        **rest,
    )


def test_on_board_at_the_start_and_at_the_most():
    """A drop, a delivery, a part on board, a collection; those of bound requests once more by courier."""
    partly = Request(id="p", loads=(Task(place=1, load=(2,)),), unloads=(Task(place=2, unload=(5,)),), courier=0)
    collect = Request(id="c", loads=(Task(place=1, load=(2,)), Task(place=2, load=(1,))), price=1)
    requests = [drop("d", 1, unload=(4,)), delivery("x", 1, 2, amount=(3,)), partly, collect]
    layout = flatten(problem([courier("a", capacity=(9,)), courier("b", capacity=(9,))], requests, dimensions=("kg",)))
    assert layout.initial.tolist() == [[4], [0], [3], [0]]
    assert layout.peak.tolist() == [[4], [3], [5], [3]]
    assert layout.bound_initial.tolist() == [[3], [0]]


def test_who_may_serve_what():
    """Skills, room and binding; the one it is bound to needs neither skill nor room."""
    cold = frozenset({"cold"})
    couriers = [courier("a", capacity=(2,)), courier("b", capacity=(5,), skills=cold), courier("c", capacity=(9,))]
    requests = [
        delivery("light", 1, 2, amount=(2,)),
        delivery("heavy", 1, 2, amount=(3,)),
        delivery("cold", 1, 2, amount=(1,), skills=cold),
        drop("bound", 1, unload=(7,), skills=cold, courier=0),
    ]
    layout = flatten(problem(couriers, requests, dimensions=("kg",)))
    assert layout.eligible.tolist() == [[1, 1, 1], [0, 1, 1], [0, 1, 0], [1, 0, 0]]


def test_as_many_slots_as_there_are_sets_of_tasks_done():
    """Of one load and one unload three, of three and one nine; more than five loads keep their order."""
    gather = [Request(id="r", loads=(Task(place=1),) * loads, unloads=(Task(place=2),), price=1) for loads in (1, 3, 6)]
    assert [flatten(problem([], [request])).slots for request in gather] == [3, 9, 8]
    assert flatten(problem([], [])).slots == 1


def test_matrices_of_several_profiles():
    """Stacked; metres only where they cost something."""
    fast = Matrix(durations_s=street().durations_s // 2, distances_m=street().distances_m)
    layout = flatten(problem([courier(profile=1)], [drop("x", 1)], matrices=(street(), fast)))
    assert layout.durations_s[:, 0, 9].tolist() == [90, 45]
    assert layout.distances_m.shape == (1, 1, 1)
    layout = flatten(problem([courier(cost_per_m=1)], [drop("x", 1)], matrices=(street(), fast)))
    assert layout.distances_m[:, 0, 9].tolist() == [900, 900]


def test_a_matrix_that_may_not_be_written_to_is_copied():
    """One that may be is not; wide ones are made narrow, and none at all is one of a single place."""
    narrow = street().durations_s
    free = flatten(problem([], [], matrices=(Matrix(durations_s=narrow, distances_m=narrow),)))
    assert np.shares_memory(free.durations_s, narrow)
    fixed = narrow.copy()
    fixed.flags.writeable = False
    copied = flatten(problem([], [], matrices=(Matrix(durations_s=fixed, distances_m=fixed),)))
    assert copied.durations_s.flags.writeable
    wide = narrow.astype(np.int64)
    assert (
        flatten(problem([], [], matrices=(Matrix(durations_s=wide, distances_m=wide),))).durations_s.dtype == np.int32
    )
    assert flatten(problem([], [], matrices=())).durations_s.shape == (1, 1, 1)


def test_what_requests_cost_wherever_they_are_done():
    """A move for 40, unless it is to the second courier; 3 + 4, or 7 + 1 s of service at 5 with the first, and 9 s."""
    load, unload, other = (Task(place=1, service_s=seconds) for seconds in (3, 4, 7))
    last = Task(place=1, service_s=1)
    x = Request(
        id="x", loads=(load,), unloads=(unload,), other_unloads=((other, last),), price=1, previous=1, move_cost=40
    )
    crew = [courier("a", cost_per_service_s=5), courier("b")]
    assert flatten(problem(crew, [x, drop("y", 1, service_s=9)])).flat.tolist() == [[75, 0], [95, 0], [45, 0]]
    assert flatten(problem(crew, [])).flat.shape == (0, 0)


def test_of_a_request_begun_in_one_way_there_is_no_other():
    """And only its courier may go on with it."""
    crew = [courier("a", capacity=(9,), frozen=refs("0.0/2")), courier("b", capacity=(9,))]
    layout = flatten(problem(crew, [ways(courier=0)], dimensions=("kg",)))
    assert layout.eligible.tolist() == [[0, 0], [0, 0], [1, 0], [0, 0]]
    layout = flatten(problem(crew[1:], [ways(courier=0)], dimensions=("kg",)))
    assert layout.eligible.tolist() == [[1]] * 4


def test_steps_bring_nothing():
    """Breaks are bound, but have nothing on board."""
    crew = courier(capacity=(5,), breaks=(Break(),), reloads=(Reload(place=1),))
    requests = [drop("x", 1, courier=0, unload=(3,)), drop("y", 1, unload=(2,))]
    layout = flatten(problem([crew], requests, dimensions=("kg",)))
    assert layout.bound_initial.tolist() == [[3]]
    assert layout.initial.tolist() == [[3], [2], [0], [0]]
    assert layout.node[:4, f.BRINGS].tolist() == [0, 1, 0, 0]


def test_the_most_that_may_be_on_board_during_a_break():
    """-1 for anything; one row that nobody reads where there is no step."""
    crew = courier(capacity=(9, 9), breaks=(Break(max_load=(0, 4)), Break()), reloads=(Reload(place=1),))
    layout = flatten(problem([crew], [drop("x", 1)], dimensions=("kg", "l")))
    assert layout.most_load.tolist() == [[-1, -1], [0, 4], [-1, -1], [-1, -1], [-1, -1], [-1, -1]]
    assert flatten(problem([], [drop("x", 1)], dimensions=("kg", "l"))).most_load.tolist() == [[-1, -1]]


def test_hours_of_each_profile():
    """None and two: the matrix of the first is there twice, for an hour that never comes."""
    slow = LaterTravel(from_s=80, durations_s=(30 * STREET).astype(np.int64))
    layout = flatten(problem([courier()], [drop("x", 1)], matrices=(street(), hours(QUICK, slow), hours(QUICK))))
    assert layout.has_hours
    assert layout.later_from.tolist() == [[f.FAR, f.FAR], [50, 80], [50, f.FAR]]
    assert layout.later_s[:, 0, 1].tolist() == [10, 10, 1, 30, 1, 1]
    assert layout.later_s.dtype == np.int32


def test_without_hours_there_is_nothing_to_look_up():
    """Nor is it said that there is."""
    layout = flatten(problem([courier()], [drop("x", 1)], matrices=(street(), street())))
    assert not layout.has_hours
    assert layout.later_from.shape == (2, 0)
    assert layout.later_s.shape == (1, 1, 1)
