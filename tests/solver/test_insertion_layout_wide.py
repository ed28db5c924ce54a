"""The whole model as flat arrays: ways, breaks and reloads, hours, limits, relations and gaps."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.layout import Layout, WideLayout, flatten, is_wide
from solver.problem import (
    BREAK,
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
from tests.solver.on_a_line import STREET, between, courier, delivery, drop, problem, refs, street

QUICK = LaterTravel(from_s=50, durations_s=STREET.astype(np.int32))


def hours(*later):
    """Return the street, with hours."""
    return Matrix(durations_s=street().durations_s, distances_m=street().distances_m, later=later)


@pytest.mark.parametrize(
    "feature",
    [
        {"breaks": (Break(),)},
        {"reloads": (Reload(place=1),)},
        {"last_in_first_out": True},
        {"previous": refs("0.0"), "reorder_cost": 1},
        {"max_travel_s": 0},
        {"max_distance_m": 0},
    ],
)
def test_a_courier_s_features_make_a_problem_wide(feature):
    """Any of them, and another type of layout."""
    wide = problem([courier("a"), courier("b", **feature)], [drop("x", 1)])
    assert is_wide(wide)
    assert flatten(wide).wide
    assert isinstance(flatten(wide), WideLayout)


def test_time_on_board_makes_a_problem_wide():
    """Of any request."""
    assert is_wide(problem([courier()], [drop("x", 1), delivery("y", 1, 2, max_on_board_s=0)]))


@pytest.mark.parametrize(
    "feature",
    [
        {"other_loads": ((Task(place=3),),)},
        {"other_unloads": ((Task(place=3),),), "courier": 0},
        {"previous": 0, "move_cost": 1},
    ],
)
def test_ways_and_moves_do_not(feature):
    """The quick insertions know them."""
    assert not is_wide(problem([courier()], [drop("x", 1), delivery("y", 1, 2, **feature)]))


@pytest.mark.parametrize(
    ("loaded", "unloaded", "bound", "wide"),
    [((1, 0), (2, 0), 0, True), ((1, 0), (2, 1), 0, True), ((1, 0), (3, 0), 0, False), ((1, 0), (2, 0), None, False)],
)
def test_of_a_bound_request_as_much_is_on_board_whichever_way_it_is_served(loaded, unloaded, bound, wide):
    """One and none of two kinds are put on and three and none taken off, two are on board; or it is driven."""
    first, other = (Task(place=1, unload=amounts) for amounts in ((3, 0), unloaded))
    loads = (Task(place=2, load=loaded if bound == 0 else (3, 1)),)
    x = Request(id="x", loads=loads, unloads=(first,), other_unloads=((other,),), courier=bound)
    made = problem([courier(capacity=(9, 9))], [x], dimensions=("kg", "boxes"))
    assert is_wide(made) == wide
    assert flatten(made).bound_initial.tolist() == [[2 if bound == 0 else 0, 0]]


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


@pytest.mark.parametrize(("setup_s", "wide"), [(0, False), (1, True)])
def test_service_that_is_paid_for_is_driven_where_set_up_may_be_saved(setup_s, wide):
    """Of any task, in any way."""
    y = Request(id="y", unloads=(Task(place=1),), other_unloads=((Task(place=2, setup_s=setup_s),),), price=1)
    made = problem([courier("a"), courier("b", cost_per_service_s=1)], [drop("x", 1), y])
    assert is_wide(made) == wide
    assert len(flatten(made).flat) == (0 if wide else 3)
    assert not is_wide(problem([courier()], [drop("x", 1), y]))


@pytest.mark.parametrize(
    "feature",
    [
        {"gaps": (Gap(first=TaskRef(0, 0), second=TaskRef(1, 0)),)},
        {"matrices": (street(), hours(QUICK))},
    ],
)
def test_other_features_make_a_problem_wide(feature):
    """Any of them."""
    assert is_wide(problem([courier()], [drop("x", 1), drop("y", 2)], **feature))


def test_what_the_quick_insertions_know_is_not_wide():
    """Overtime is a soft deadline; a plan before without a price, and a price without a plan, are nothing.

    Who serves whom is asked, and tasks are counted.
    """
    crew = courier(overtime_s=9, overtime_cost_per_s=2, previous=refs("0.0"), end=3, cost_per_m=1)
    other = courier("d", reorder_cost=5, max_tasks=0)
    requests = [drop("x", 1, previous=0, delay_costs=(DelayCost(after_s=1, per_s=1),)), drop("y", 1, move_cost=4)]
    narrow = problem([crew, other], requests, same_courier=((0, 1),), never_together=((0, 1),))
    assert not is_wide(narrow)
    assert not flatten(narrow).wide
    assert type(flatten(narrow)) is Layout
    assert not len(flatten(narrow).flat)


def test_overtime_is_a_soft_deadline_of_the_end():
    """Where it costs anything; it is over when it ends."""
    crew = [courier("a", latest_s=50, overtime_s=9, overtime_cost_per_s=2), courier("b", latest_s=60, overtime_s=7)]
    layout = flatten(problem(crew, [drop("x", 1, delay_costs=(DelayCost(after_s=1, per_s=1),))]))
    ends = layout.node[-2:]
    assert ends[:, [f.LAST, f.QUIET, f.KIND]].tolist() == [[59, 50, 1], [67, 67, 0]]
    assert [layout.delay[end[f.DELAY_FROM] : end[f.DELAY_TO]].tolist() for end in ends] == [[[50, 2]], []]
    assert layout.window[ends[:, f.WINDOW_FROM]].tolist() == [[0, 59], [0, 67]]


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


def test_each_way_is_a_row():
    """Four of the second request, named by the first of them; tasks know both."""
    layout = flatten(problem([courier(capacity=(9,))], [drop("x", 9), ways(), drop("y", 8)], dimensions=("kg",)))
    rows = layout.request
    assert rows[:, f.NUMBER].tolist() == [0, 1, 1, 1, 1, 2]
    assert rows[:, f.LEADER].tolist() == [0, 1, 1, 1, 1, 5]
    assert rows[:, f.WAYS].tolist() == [1, 4, 4, 4, 4, 1]
    assert rows[:, [f.FIRST_TASK, f.LOADS, f.TASKS]].tolist() == [
        [0, 0, 1],
        [1, 1, 2],
        [3, 1, 2],
        [5, 2, 3],
        [8, 2, 3],
        [11, 0, 1],
    ]
    assert rows[1:5, f.DUE].tolist() == [90, 60, 90, 60]
    assert rows[:, f.PRICE].tolist() == [1_000, 7, 7, 7, 7, 1_000]
    assert layout.leaders.tolist() == [0, 1, 5]
    assert layout.node[:12, f.PLACE].tolist() == [9, 1, 4, 1, 5, 2, 3, 4, 2, 3, 5, 8]
    assert layout.node[:12, f.REQUEST].tolist() == [0, *[1] * 10, 5]
    assert layout.node[:12, f.ROW].tolist() == [0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 5]
    assert layout.peak[:, 0].tolist() == [0, 2, 2, 2, 2, 0]


def test_of_a_request_begun_in_one_way_there_is_no_other():
    """And only its courier may go on with it."""
    crew = [courier("a", capacity=(9,), frozen=refs("0.0/2")), courier("b", capacity=(9,))]
    layout = flatten(problem(crew, [ways(courier=0)], dimensions=("kg",)))
    assert layout.eligible.tolist() == [[0, 0], [0, 0], [1, 0], [0, 0]]
    layout = flatten(problem(crew[1:], [ways(courier=0)], dimensions=("kg",)))
    assert layout.eligible.tolist() == [[1]] * 4


def test_time_on_board_and_plans_before():
    """-1 for none."""
    requests = [delivery("x", 1, 2, max_on_board_s=0, previous=1, move_cost=5), drop("y", 3)]
    layout = flatten(problem([courier("a"), courier("b")], requests))
    columns = layout.request[:, [f.ON_BOARD, f.PREVIOUS_COURIER, f.MOVE_COST]]
    assert columns.tolist() == [[0, 1, 5], [-1, -1, 0]]


def test_the_order_before_is_known_of_each_task():
    """Whose it was, and after which; nothing of a courier that does not mind, and nothing of steps."""
    crew = [
        courier("a", previous=refs("2.0 0.1"), reorder_cost=5, breaks=(Break(),)),
        courier("b", previous=refs("1.0")),
    ]
    layout = flatten(problem(crew, [delivery("x", 1, 2), drop("y", 3), drop("z", 4)]))
    assert layout.node[:5, f.OLD_COURIER].tolist() == [-1, 0, -1, 0, -1]
    assert layout.node[:5, f.OLD_BEFORE].tolist() == [-1, 3, -1, -1, -1]
    assert layout.courier[:, f.REORDER].tolist() == [5, 0]


def test_steps_are_requests_of_one_task():
    """Courier by courier: breaks, then reloads as often as they may be made; only their couriers may make them."""
    first = courier(
        "a",
        breaks=(Break(windows=between(5, 9), duration_s=7), Break()),
        reloads=(Reload(place=3, windows=between(0, 8), service_s=2, setup_s=1, times=2), Reload(place=4)),
    )
    layout = flatten(problem([first, courier("b", breaks=(Break(),))], [drop("x", 1)]))
    rows = layout.request[1:]
    assert layout.tasks == 7
    assert rows[:, f.NUMBER].tolist() == [BREAK, BREAK, RELOAD, RELOAD, RELOAD, BREAK]
    assert rows[:, f.POSITION].tolist() == [0, 1, 0, 0, 1, 0]
    assert rows[:, f.BOUND_TO].tolist() == [0, 0, -1, -1, -1, 1]
    assert rows[:, [f.FIRST_TASK, f.LOADS, f.TASKS, f.WAYS]].tolist() == [[node, 0, 1, 1] for node in range(1, 7)]
    assert rows[:, f.LEADER].tolist() == [1, 2, 3, 4, 5, 6]
    assert rows[:, f.DUE].tolist() == [9, Window().latest_s, 8, 8, Window().latest_s, Window().latest_s]
    assert rows[:, [f.ON_BOARD, f.PREVIOUS_COURIER, f.PRICE]].tolist() == [[-1, -1, 0]] * 6
    assert layout.leaders.tolist() == [0]
    assert layout.eligible.tolist() == [[1, 1], [1, 0], [1, 0], [1, 0], [1, 0], [1, 0], [0, 1]]
    nodes = layout.node[1:7]
    assert nodes[:, f.STEP].tolist() == [f.BREAK, f.BREAK, f.RELOAD, f.RELOAD, f.RELOAD, f.BREAK]
    assert nodes[:, f.PLACE].tolist() == [-1, -1, 3, 3, 4, -1]
    assert nodes[:, f.SERVICE].tolist() == [7, 0, 2, 2, 0, 0]
    assert nodes[:, f.SETUP].tolist() == [0, 0, 1, 1, 0, 0]
    assert nodes[:, f.FREE].tolist() == [0, 0, 1, 1, 1, 0]
    assert layout.node[:, f.STEP].tolist()[7:] == [f.TASK] * 4


def test_breaks_of_couriers_with_bound_requests_may_be_late():
    """Their reloads may not."""
    crew = [courier(name, breaks=(Break(),), reloads=(Reload(place=1),)) for name in "ab"]
    layout = flatten(problem(crew, [drop("x", 1, courier=1)]))
    assert layout.node[1:5, f.SOFT].tolist() == [0, 0, 1, 0]
    assert layout.bound_initial.shape == (2, 0)


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


def test_limits_and_costs_of_couriers():
    """No limit is far away; metres count for a limit of them, too."""
    limited = courier("a", max_tasks=3, max_travel_s=4, max_distance_m=5, last_in_first_out=True, cost_per_service_s=6)
    layout = flatten(problem([limited, courier("b")], [drop("x", 1)]))
    columns = [f.MAX_TASKS, f.MAX_TRAVEL, f.MAX_DISTANCE, f.LIFO, f.PER_SERVICE]
    assert layout.courier[:, columns].tolist() == [[3, 4, 5, 1, 6], [f.FAR, f.FAR, f.FAR, 0, 0]]
    assert layout.has_metres
    assert layout.distances_m[0, 0, 9] == 900
    assert not flatten(problem([courier(max_tasks=3)], [])).has_metres


def friends(layout, request):
    """Return with whom a request shares rules, and which."""
    return layout.friend[layout.friend_from[request] : layout.friend_from[request + 1]].tolist()


def test_who_shares_a_rule_about_couriers():
    """Of three alike each has two; of two apart one; a gap is noted as none. By the rows of first ways."""
    w = Request(id="w", unloads=(Task(place=1),), other_unloads=((Task(place=2),),), price=1)
    requests = [w, *(drop(name, 1) for name in "xyz")]
    gap = Gap(first=TaskRef(2, 0), second=TaskRef(3, 0))
    layout = flatten(problem([courier()], requests, same_courier=((0, 1, 3),), never_together=((2, 1),), gaps=(gap,)))
    rows = {number: int(row) for number, row in enumerate(layout.leaders)}
    assert rows == {0: 0, 1: 2, 2: 3, 3: 4}
    assert [friends(layout, row) for row in range(5)] == [
        [[2, 1], [4, 1]],
        [],
        [[0, 1], [3, 0], [4, 1]],
        [[2, 0], [4, 2]],
        [[0, 1], [2, 1], [3, 2]],
    ]
    assert flatten(problem([courier()], requests)).friend.shape == (0, 2)


def test_gaps_are_noted_at_both_ends():
    """The unload of x before y, at most 9 s; and x's load before z."""
    gaps = (
        Gap(first=TaskRef(0, 1), second=TaskRef(1, 0), least_s=5, most_s=9),
        Gap(first=TaskRef(0, 0), second=TaskRef(2, 0)),
    )
    layout = flatten(problem([courier()], [delivery("x", 1, 2), drop("y", 3), drop("z", 4)], gaps=gaps))
    own = [layout.gap[node[f.GAP_FROM] : node[f.GAP_TO]].tolist() for node in layout.node]
    assert own == [[[3, 0, f.FAR, 0]], [[2, 5, 9, 0]], [[1, 5, 9, 1]], [[0, 0, f.FAR, 1]], [], []]
    assert layout.request[:, f.GAPS].tolist() == [2, 1, 1]
    assert flatten(problem([courier()], [drop("y", 3)])).gap.shape == (0, 4)


def test_what_a_request_is_worth_to_others():
    """Prices of 1, 2, 4 and 8; in a circle each is worth them all."""
    drops = [drop(name, 1, price=1 << number) for number, name in enumerate("abcd")]

    def worth(*pairs):
        gaps = tuple(Gap(first=TaskRef(one, 0), second=TaskRef(other, 0)) for one, other in pairs)
        rows = flatten(problem([courier()], drops, gaps=gaps)).request
        return rows[:, f.WORTH].tolist(), rows[:, f.CIRCLE].tolist()

    assert worth() == ([1, 2, 4, 8], [0, 0, 0, 0])
    assert worth((3, 2), (2, 0), (3, 0)) == ([1, 2, 5, 13], [0, 0, 0, 0])
    assert worth((0, 1), (1, 0), (1, 3)) == ([11, 11, 4, 8], [1, 1, 0, 0])


def test_how_many_have_to_be_served_before():
    """The longest chain; in a circle no more than there are requests, and nobody waits for the last."""
    drops = [drop(name, 1) for name in "abcd"]

    def depths(*pairs):
        gaps = tuple(Gap(first=TaskRef(one, 0), second=TaskRef(other, 0)) for one, other in pairs)
        return flatten(problem([courier()], drops, gaps=gaps)).request[:, f.DEPTH].tolist()

    assert depths((2, 1), (1, 0), (2, 0)) == [2, 1, 0, 0]
    assert depths((3, 2), (2, 1), (1, 0)) == [3, 2, 1, 0]
    assert min(depths((0, 1), (1, 0))[:2]) > 0
    assert depths() == [0, 0, 0, 0]
