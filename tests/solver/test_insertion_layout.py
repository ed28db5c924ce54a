"""A problem as flat arrays."""

import numpy as np

from solver.insertion import fields as f
from solver.insertion.layout import flatten
from solver.problem import (
    DelayCost,
    Matrix,
    Request,
    Task,
    Window,
)
from tests.solver.on_a_line import courier, delivery, drop, problem, street


def test_tasks_then_starts_then_ends():
    """Two tasks, one task, two starts, two ends; nowhere is place -1."""
    couriers = [courier("a", start=None, end=7), courier("b", start=8, latest_s=99)]
    layout = flatten(problem(couriers, [delivery("x", 1, 2), drop("y", 3)]))
    assert layout.tasks == 3
    assert layout.node[:, f.PLACE].tolist() == [1, 2, 3, -1, 8, 7, -1]
    assert layout.node[:, f.REQUEST].tolist() == [0, 0, 1, -1, -1, -1, -1]
    assert layout.request[:, [f.FIRST_TASK, f.LOADS, f.TASKS, f.PRICE]].tolist() == [[0, 1, 2, 1_000], [2, 0, 1, 1_000]]
    assert layout.node[6, [f.LAST, f.QUIET]].tolist() == [99, 99]


def test_windows_and_soft_deadlines_of_a_task():
    """The latest start that costs nothing is the earliest deadline that is paid for; one for nothing is none."""
    timed = drop(
        "x",
        1,
        windows=(Window(earliest_s=5, latest_s=9), Window(earliest_s=20, latest_s=60)),
        delay_costs=(DelayCost(after_s=7, per_s=0), DelayCost(after_s=40, per_s=2)),
        service_s=4,
        setup_s=3,
    )
    layout = flatten(problem([], [drop("w", 0, delay_costs=(DelayCost(after_s=1, per_s=1),)), timed]))
    node = layout.node[1]
    assert layout.window[node[f.WINDOW_FROM] : node[f.WINDOW_TO]].tolist() == [[5, 9], [20, 60]]
    assert layout.delay[node[f.DELAY_FROM] : node[f.DELAY_TO]].tolist() == [[7, 0], [40, 2]]
    assert node[[f.SERVICE, f.SETUP, f.LAST, f.QUIET]].tolist() == [4, 3, 60, 40]
    assert layout.request[1, f.DUE] == 60


def test_lateness_of_bound_requests_is_priced_not_forbidden():
    """Their tasks, and the ends of their couriers."""
    layout = flatten(problem([courier("a"), courier("b")], [drop("x", 1, courier=1), drop("y", 2)]))
    assert layout.node[:, f.SOFT].tolist() == [1, 0, 0, 0, 0, 1]
    assert layout.node[:, f.FREE].tolist() == [0, 1, 0, 0, 0, 0]
    assert layout.request[:, f.BOUND_TO].tolist() == [1, -1]


def test_what_a_task_adds_to_the_load():
    """Also what is put on and taken off at one stop; starts and ends add nothing."""
    swap = Request(id="s", loads=(Task(place=1, load=(3, 1), unload=(1, 1)),), price=1)
    layout = flatten(problem([courier(capacity=(9, 9))], [swap, drop("x", 2)], dimensions=("kg", "l")))
    assert layout.net.tolist() == [[2, 0], [0, 0], [0, 0], [0, 0]]
    assert layout.node[:, f.PUTS_ON].tolist() == [1, 0, 0, 0]


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


def test_of_tasks_alike_the_lighter_goes_first():
    """Only where they differ in nothing but amounts, and in no dimension the other way."""
    loads = tuple(
        Task(place=place, load=load)
        for place, load in ((1, (5, 5)), (1, (2, 2)), (1, (3, 9)), (2, (0, 0)), (1, (3, 8)))
    )
    request = Request(id="r", loads=loads, price=1)
    layout = flatten(problem([courier(capacity=(99, 99))], [request], dimensions=("kg", "l")))
    # By weight: (2, 2), (5, 5), (3, 8), (3, 9), of which (3, 8) is lighter than (5, 5) in kg.
    assert layout.node[:5, f.TWIN].tolist() == [1, -1, 4, -1, -1]


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
