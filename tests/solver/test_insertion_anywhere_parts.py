"""Steps on the way to the best insertion into a route of a wide problem, by hand."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.anywhere import (
    before_gap,
    is_too_late,
    least_detour,
    list_trials,
    merge,
    next_order,
    next_permutation,
    note_detours,
    place_ahead,
    way_cost,
)
from solver.insertion.compiled import interpreted
from solver.insertion.desk import prepare
from solver.insertion.drive import drive
from solver.insertion.refresh import list_stops
from solver.problem import Break, Request, Task
from tests.solver.on_a_line import between, courier, delivery, drop
from tests.solver.wide_bench import bench, gather, wide

pytestmark = pytest.mark.usefixtures("interpreter")


def laid(route="break.0 0.0 1.0", **rest):
    """Return a bench whose desk has the last request on it, and how many stops the route has."""
    crew = courier(end=9, breaks=(Break(),), cost_per_s=2, cost_per_m=1, fixed_cost=7, cost_per_service_s=5, **rest)
    requests = [drop("a", 2, service_s=3, setup_s=8), drop("b", 6), delivery("x", 5, 3)]
    made = bench(requests, route, crew)
    interpreted(prepare)(made.layout, made.routes, made.desk, 2)
    return made, interpreted(list_stops)(made.layout, made.routes, 0)


def test_orders_of_loads_and_unloads():
    """Every order of the unloads with every order of the loads, and then from the beginning again."""
    made = bench([gather(1, 2, to=(3, 4))])
    interpreted(prepare)(made.layout, made.routes, made.desk, 0)
    made.desk.order[:] = range(4)
    seen = [made.desk.order.tolist()]
    while interpreted(next_order)(made.desk, 2, 4):
        seen.append(made.desk.order.tolist())
    assert seen == [[0, 1, 2, 3], [0, 1, 3, 2], [1, 0, 2, 3], [1, 0, 3, 2]]
    assert made.desk.order.tolist() == [0, 1, 2, 3]


def test_permutations_in_order():
    """Six of three; the first entry stays out of it. None or one has no other."""
    made = bench([gather(1, 2, to=(3, 4))])
    made.desk.order[:] = range(4)
    seen = [made.desk.order[1:].tolist()]
    while interpreted(next_permutation)(made.desk, 1, 4):
        seen.append(made.desk.order[1:].tolist())
    assert seen == [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]]
    assert made.desk.order.tolist() == [0, 1, 2, 3]
    assert not interpreted(next_permutation)(made.desk, 2, 2)
    assert not interpreted(next_permutation)(made.desk, 2, 3)


@pytest.mark.parametrize(
    ("gaps", "order"),
    [((0, 0), "2.0 2.1 break.0 0.0 1.0"), ((1, 3), "break.0 2.0 0.0 1.0 2.1"), ((3, 3), "break.0 0.0 1.0 2.0 2.1")],
)
def test_tasks_are_merged_into_the_route(gaps, order):
    """Each at its gap; those at one gap in their order."""
    made, count = laid()
    made.desk.order[:2], made.desk.gaps[:2] = (0, 1), gaps
    interpreted(merge)(made.routes, made.desk, count)
    assert " ".join(map(made.name, made.routes.track[f.TRIAL, :5])) == order


def test_what_is_around_a_gap():
    """The stop before it; the places before and behind, breaks left aside; start and end at the ends."""
    made, count = laid()
    nodes = [interpreted(before_gap)(made.layout, made.routes, 0, gap) for gap in range(4)]
    assert nodes == [made.layout.tasks, *(made.node(word) for word in ("break.0", "0.0", "1.0"))]
    ahead = [interpreted(place_ahead)(made.layout, made.routes, 0, gap, count, 1) for gap in range(4)]
    behind = [interpreted(place_ahead)(made.layout, made.routes, 0, gap - 1, count, -1) for gap in range(4)]
    assert (ahead, behind) == ([2, 2, 6, 9], [0, 0, 2, 6])


def test_what_a_leg_costs():
    """2 a second and 1 a metre; nothing from or to anywhere."""
    made, _ = laid()
    costs = [interpreted(way_cost)(made.layout, 0, *leg) for leg in ((0, 3), (3, 3), (-1, 3), (3, -1))]
    assert costs == [60 + 300, 0, 0, 0]
    assert interpreted(way_cost)(bench([drop("x", 1)]).layout, 0, 0, 3) == 30


def test_detours():
    """5 and 3 a place, by 20 + 100 each: each task alone in a gap, and both in one."""
    made, count = laid()
    interpreted(note_detours)(made.layout, made.routes, made.desk, 0, count)
    place = 120
    assert (made.desk.detour[:4, :5] // place).tolist() == [
        [2, 5, 3, 3, 1],
        [2, 5, 3, 3, 1],
        [4, 3, 1, 1, 3],
        [3, 1, 4, 3, 6],
    ]
    # The break does not end a way: gaps 0 and 1 are on one.
    both = ((0, 0), 5 + 2 + 1 - 2), ((0, 1), 6), ((1, 2), 6 + 0), ((2, 2), 3 + 2 + 3 - 4), ((2, 3), 0 + 6)
    for gaps, more in both:
        made.desk.order[:2], made.desk.gaps[:2] = (0, 1), gaps
        assert interpreted(least_detour)(made.layout, made.routes, made.desk, 0, count) == more * place


def test_when_a_stop_is_left_at_the_soonest():
    """If no way took any time: its service, and from when on it may be done, count, set-up does not."""
    crew = courier(earliest_s=4, breaks=(Break(windows=between(20, 99), duration_s=7),))
    requests = [drop("a", 2, service_s=3, setup_s=8), drop("b", 6, windows=between(50, 500)), drop("x", 5)]
    made = bench(requests, "0.0 break.0 1.0", crew)
    interpreted(prepare)(made.layout, made.routes, made.desk, 2)
    interpreted(note_detours)(
        made.layout, made.routes, made.desk, 0, interpreted(list_stops)(made.layout, made.routes, 0)
    )
    assert made.desk.detour[:4, 3].tolist() == [4, 7, 27, 50]


def test_the_detour_of_a_break_is_none():
    """In any gap of a route."""
    made, count = laid("0.0 break.0 1.0")
    interpreted(prepare)(made.layout, made.routes, made.desk, made.layout.node[made.node("break.0"), f.ROW])
    made.routes.stop[made.node("break.0"), f.PREVIOUS] = -1
    made.desk.shape[0], made.desk.task[0] = 1, made.node("break.0")
    interpreted(note_detours)(made.layout, made.routes, made.desk, 0, count)
    for gap in range(count + 1):
        made.desk.order[0], made.desk.gaps[0] = 0, gap
        assert interpreted(least_detour)(made.layout, made.routes, made.desk, 0, count) == 0


def test_the_detour_of_a_courier_that_stays_where_it_is():
    """Its whole way, and its use; not foretold where there are breaks, for the tasks may be around them."""
    made, count = laid("break.0")
    made.desk.order[:2], made.desk.gaps[:2] = (0, 1), (0, 0)
    interpreted(note_detours)(made.layout, made.routes, made.desk, 0, count)
    assert interpreted(least_detour)(made.layout, made.routes, made.desk, 0, count) == 0
    made = bench([delivery("x", 5, 3)], crew=wide(end=9, fixed_cost=7))
    interpreted(prepare)(made.layout, made.routes, made.desk, 0)
    made.desk.order[:2], made.desk.gaps[:2] = (0, 1), (0, 0)
    interpreted(note_detours)(made.layout, made.routes, made.desk, 0, 0)
    assert interpreted(least_detour)(made.layout, made.routes, made.desk, 0, 0) == 50 + 20 + 60 + 7


@pytest.mark.parametrize(("gap", "late", "ever_late"), [(0, (0, 0), (0, 0)), (1, (0, 1), (0, 0)), (2, (1, 1), (0, 1))])
def test_a_task_that_is_too_late_behind_a_stop(gap, late, ever_late):
    """The stops are left at 25 and 61 now, and at 5 and 11 at the soonest; the tasks are over at 30 and 10."""
    load, unload = Task(place=1, windows=between(0, 30)), Task(place=1, windows=between(0, 10))
    for courier_of in (None, 0):
        request = Request(id="x", loads=(load,), unloads=(unload,), price=9, courier=courier_of)
        made = bench([drop("a", 2, service_s=5), drop("b", 5, service_s=6), request], "0.0 1.0", sound=False)
        interpreted(prepare)(made.layout, made.routes, made.desk, 2)
        count = interpreted(list_stops)(made.layout, made.routes, 0)
        interpreted(note_detours)(made.layout, made.routes, made.desk, 0, count)
        for thorough, answers in ((False, late), (True, ever_late)):
            found = [
                interpreted(is_too_late)(made.layout, made.routes, made.desk, 0, number, gap, thorough)
                for number in range(2)
            ]
            assert found == ([False, False] if courier_of == 0 else [bool(answer) for answer in answers])


def trials(most=f.FAR, *, first_gap=0, room=99, **rest):
    """Return the detours, in places, and the gaps that are tried for load and unload, None where there is no room."""
    made, count = laid(**rest)
    interpreted(note_detours)(made.layout, made.routes, made.desk, 0, count)
    desk = made.desk._replace(trial=np.zeros((room, 3), np.int64))
    used = interpreted(list_trials)(made.layout, made.routes, desk, 0, count, first_gap, most, True)
    if used < 0:
        return None
    return [(detour // 120, first, second) for detour, first, second in desk.trial[:used].tolist()]


def test_the_positions_that_are_tried():
    """All that cost less than the most, from the first gap on, if there is room for them."""
    ahead, behind = (
        [(6, 0, 0), (6, 0, 1), (6, 0, 2), (12, 0, 3), (6, 1, 1), (6, 1, 2), (12, 1, 3)],
        [(4, 2, 2), (6, 2, 3), (6, 3, 3)],
    )
    assert trials() == ahead + behind
    assert trials(6 * 120) == [(4, 2, 2)]
    assert trials(6 * 120 + 1) == [trial for trial in ahead + behind if trial[0] <= 6]
    assert trials(first_gap=2) == behind
    assert trials(room=10) == ahead + behind
    assert trials(room=9) is None


def test_positions_that_are_too_late_are_not_tried():
    """Behind the first stop, which is left at 40 at the soonest, there is no time for the unload."""
    late = drop("a", 2, windows=between(40, 90))
    made = bench([late, delivery("x", 5, 3, latest_s=39)], "0.0")
    assert made.added(1) == f.FAR
    made = bench([late, delivery("x", 1, 1, latest_s=39)], "0.0")
    interpreted(prepare)(made.layout, made.routes, made.desk, 1)
    count = interpreted(list_stops)(made.layout, made.routes, 0)
    interpreted(note_detours)(made.layout, made.routes, made.desk, 0, count)
    used = interpreted(list_trials)(made.layout, made.routes, made.desk, 0, count, 0, f.FAR, True)
    assert made.desk.trial[:used].tolist() == [[0, 0, 0]]


def test_the_nearest_positions_are_tried_first(monkeypatch):
    """And no other, if it costs no more than the way there: on the way from 2 to 6, one of six is driven."""
    driven = []

    def counted(*arguments):
        driven.append(arguments)
        return interpreted(drive)(*arguments)

    monkeypatch.setattr("solver.insertion.anywhere.drive", counted)
    made = bench([drop("a", 2), drop("b", 6), delivery("x", 3, 5)], "0.0 1.0")
    assert made.added(2) == 0
    assert len(driven) == 1
    # Behind all it is 20 s, anywhere else more.
    made = bench([drop("a", 2), drop("b", 6), delivery("x", 7, 8)], "0.0 1.0")
    assert made.added(2) == 20
    assert len(driven) == 2
