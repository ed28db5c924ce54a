"""Rows of nodes, of ways of requests, and of couriers."""

from solver.insertion import fields as f
from solver.insertion.flatten import flatten
from solver.problem import (
    BREAK,
    RELOAD,
    Break,
    DelayCost,
    Reload,
    Request,
    Task,
    Window,
)
from tests.solver.on_a_line import between, courier, delivery, drop, problem, refs


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


def test_overtime_is_a_soft_deadline_of_the_end():
    """Where it costs anything; it is over when it ends."""
    crew = [courier("a", latest_s=50, overtime_s=9, overtime_cost_per_s=2), courier("b", latest_s=60, overtime_s=7)]
    layout = flatten(problem(crew, [drop("x", 1, delay_costs=(DelayCost(after_s=1, per_s=1),))]))
    ends = layout.node[-2:]
    assert ends[:, [f.LAST, f.QUIET, f.KIND]].tolist() == [[59, 50, 1], [67, 67, 0]]
    assert [layout.delay[end[f.DELAY_FROM] : end[f.DELAY_TO]].tolist() for end in ends] == [[[50, 2]], []]
    assert layout.window[ends[:, f.WINDOW_FROM]].tolist() == [[0, 59], [0, 67]]


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


def test_limits_and_costs_of_couriers():
    """No limit is far away; metres count for a limit of them, too."""
    limited = courier("a", max_tasks=3, max_travel_s=4, max_distance_m=5, last_in_first_out=True, cost_per_service_s=6)
    layout = flatten(problem([limited, courier("b")], [drop("x", 1)]))
    columns = [f.MAX_TASKS, f.MAX_TRAVEL, f.MAX_DISTANCE, f.LIFO, f.PER_SERVICE]
    assert layout.courier[:, columns].tolist() == [[3, 4, 5, 1, 6], [f.FAR, f.FAR, f.FAR, 0, 0]]
    assert layout.has_metres
    assert layout.distances_m[0, 0, 9] == 900
    assert not flatten(problem([courier(max_tasks=3)], [])).has_metres
