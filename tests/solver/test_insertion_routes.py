"""What is known of a route, by hand."""

import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.layout import flatten
from solver.insertion.refresh import refresh, take_out
from solver.insertion.routes import link, new_routes, unlink
from solver.insertion.rules import latest_start, start_s
from solver.problem import DelayCost, Request, Task, Window
from tests.solver.on_a_line import courier, delivery, drop, problem

OPEN = (Window(earliest_s=10, latest_s=20), Window(earliest_s=40, latest_s=50))


def followed(crew, requests, *nodes, **rest):
    """Return the layout and the routes of a problem, one courier's following these nodes."""
    layout = flatten(problem([crew], requests, **rest))
    routes = new_routes(layout)
    at = layout.tasks
    for node in nodes:
        link(routes.stop, node, at)
        at = node
    for node in nodes:
        routes.courier_of[layout.node[node, f.REQUEST]] = 0
    refresh(layout, routes, 0)
    return layout, routes


def test_an_empty_route_costs_nothing():
    """From its start straight to its end, at the beginning of its shift."""
    layout, routes = followed(courier(earliest_s=7, end=9, fixed_cost=5), [drop("x", 1)])
    assert routes.route[0, [f.COUNT, f.COST, f.FAULT, f.FIRST_GAP]].tolist() == [0, 0, -1, layout.tasks]
    assert routes.stop[1, [f.NEXT, f.DEPART]].tolist() == [2, 7]
    assert routes.courier_of.tolist() == [-1]


def test_times_and_costs_from_the_start_on():
    """Set-up, service, waiting, soft deadlines; 2 a second and 1 a metre; the way back."""
    requests = [
        drop("a", 2, setup_s=5, service_s=3),
        drop("b", 3, windows=(Window(earliest_s=60),), delay_costs=(DelayCost(after_s=50, per_s=4),)),
    ]
    _, routes = followed(courier(end=0, fixed_cost=7, cost_per_s=2, cost_per_m=1), requests, 0, 1)
    assert routes.stop[[2, 0, 1, 3], f.DEPART].tolist() == [0, 28, 60, 90]
    assert routes.stop[[0, 1, 3], f.LEG_COST].tolist() == [240, 120, 360]
    assert routes.stop[[0, 1, 3], f.TIME_COST].tolist() == [0, 40, 0]
    assert routes.stop[[0, 1, 3], f.COST_AFTER].tolist() == [40, 40, 0]
    assert routes.route[0, [f.COUNT, f.COST, f.FAULT]].tolist() == [2, 7 + 720 + 40, -1]


def test_a_courier_from_anywhere_pays_no_set_up_at_its_first_stop():
    """It appears there when its shift begins; at the second it pays."""
    requests = [drop("a", 3, setup_s=30, service_s=2), drop("b", 4, setup_s=5)]
    _, routes = followed(courier(start=None, earliest_s=7), requests, 0, 1)
    assert routes.stop[[0, 1], f.DEPART].tolist() == [9, 24]
    assert routes.route[0, f.COST] == 10


def test_how_much_later_everything_may_be():
    """Back from the window at 4: 10 s of travel, and set-up at 3 for those who come from elsewhere."""
    requests = [drop("a", 3, setup_s=5, service_s=2), drop("b", 4, windows=(Window(latest_s=70),))]
    _, routes = followed(courier(latest_s=65), requests, 0, 1)
    assert routes.stop[1, [f.LATEST_SAME, f.LATEST_OTHER, f.RELAXED]].tolist() == [65, 65, 65]
    assert routes.stop[0, [f.LATEST_SAME, f.LATEST_OTHER, f.RELAXED]].tolist() == [53, 48, 63]


def test_how_much_later_costs_nothing():
    """Until a soft deadline behind; with none, until the end of the shift."""
    requests = [drop("a", 3, setup_s=5, service_s=2), drop("b", 4, delay_costs=(DelayCost(after_s=50, per_s=1),))]
    _, routes = followed(courier(latest_s=900), requests, 0, 1)
    assert routes.stop[1, [f.QUIET_SAME, f.QUIET_OTHER]].tolist() == [50, 50]
    assert routes.stop[0, [f.QUIET_SAME, f.QUIET_OTHER]].tolist() == [38, 33]
    assert routes.stop[0, f.LATEST_SAME] == 888


def test_what_is_on_board():
    """A parcel from the start, dropped last; a delivery meanwhile: the fullest that follows is where it is loaded."""
    requests = [drop("p", 4, unload=(2,)), delivery("x", 1, 3, amount=(5,))]
    layout, routes = followed(courier(capacity=(9,)), requests, 1, 2, 0, dimensions=("kg",))
    start = layout.tasks
    assert routes.load[[start, 1, 2, 0], 0].tolist() == [2, 7, 2, 0]
    assert routes.fullest[[1, 2, 0], 0].tolist() == [7, -f.FAR, -f.FAR]


@pytest.mark.parametrize(
    ("crew", "parcel", "nodes", "fault"),
    [
        (courier(capacity=(3,)), drop("p", 1, unload=(1,)), (0, 1, 2), -1),
        (courier(capacity=(3,)), drop("p", 1, unload=(1,), windows=(Window(latest_s=149),)), (0, 1, 2), 2),
        (courier(capacity=(3,), latest_s=79), drop("p", 1), (0, 1), 4),
        (courier(capacity=(1,)), drop("p", 1), (0, 1), 0),
        (courier(capacity=(2,)), drop("p", 1, unload=(3,)), (0, 1, 2), 2),
    ],
)
def test_the_first_that_breaks_a_rule(crew, parcel, nodes, fault):
    """None; a drop after its window; the end after the shift; a load without room; too much on board at the start."""
    requests = [delivery("x", 7, 8, amount=(2,)), parcel]
    _, routes = followed(crew, requests, *nodes, dimensions=("kg",))
    assert routes.route[0, f.FAULT] == fault


def test_each_order_has_a_version():
    """What was found for another is no longer right."""
    layout, routes = followed(courier(), [drop("a", 1), drop("b", 2)], 0, 1)
    assert routes.route[0, f.VERSION] == 1
    unlink(routes.stop, 0)
    refresh(layout, routes, 0)
    assert routes.route[0, f.VERSION] == 2
    assert routes.stop[0, f.PREVIOUS] == -1
    assert routes.route[0, f.COST] == 20


def test_a_request_is_taken_out_whole():
    """Load and unload, and the route is right again."""
    _, routes = made = followed(courier(), [delivery("a", 8, 9), drop("b", 2)], 2, 0, 1)
    assert interpreted(take_out)(*made, 0) == -1
    assert routes.route[0, [f.COUNT, f.COST]].tolist() == [1, 20]
    assert routes.courier_of.tolist() == [-1, 0]


@pytest.mark.parametrize(("bound", "after_the_last"), [(None, f.NEVER), (0, 51)])
def test_a_task_starts_in_a_window(bound, after_the_last):
    """In the first that is not over; after the last only a bound one does."""
    layout = flatten(problem([courier()], [drop("x", 1, windows=OPEN, courier=bound)]))
    begins = [interpreted(start_s)(layout.node, layout.window, 0, arrive_s) for arrive_s in (0, 15, 20, 21, 50, 51)]
    assert begins == [10, 15, 20, 40, 50, after_the_last]


@pytest.mark.parametrize(
    ("bound", "quiet", "latest"),
    [
        (None, False, [f.NEVER, 15, 20, 45, 50]),
        (None, True, [f.NEVER, 15, 20, 45, 45]),
        (0, False, [f.NEVER, 15, 20, 45, 60]),
        (0, True, [f.NEVER, 15, 20, 45, 45]),
    ],
)
def test_the_latest_start_up_to_a_limit(bound, quiet, latest):
    """In the last window before it; without cost, before the soft deadline at 45 as well."""
    request = drop("x", 1, windows=OPEN, courier=bound, delay_costs=(DelayCost(after_s=45, per_s=1),))
    layout = flatten(problem([courier()], [request]))
    limits = (9, 15, 30, 45, 60)
    assert [interpreted(latest_start)(layout.node, layout.window, 0, s, quiet) for s in limits] == latest


def test_goods_that_stay_on_board():
    """They are in the way of all that is loaded behind them."""
    requests = [Request(id="c", loads=(Task(place=1, load=(2,)),), price=1), delivery("x", 2, 3, amount=(2,))]
    _, routes = followed(courier(capacity=(3,)), requests, 0, 1, 2, dimensions=("kg",))
    assert routes.route[0, f.FAULT] == 1
    _, routes = followed(courier(capacity=(3,)), requests, 1, 2, 0, dimensions=("kg",))
    assert routes.route[0, f.FAULT] == -1
