"""What is known of a route after its links have changed, by hand."""

import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.flatten import flatten
from solver.insertion.refresh import list_stops, refresh, take_out
from solver.insertion.routes import link, new_routes, unlink
from solver.problem import Break, DelayCost, Reload, Request, Task, Window
from tests.solver.on_a_line import between, courier, delivery, drop, problem
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")


def followed(crew, requests, *nodes, **rest):
    """Return the layout and the routes of a problem, one courier's following these nodes."""
    layout = flatten(problem([crew], requests, **rest))
    routes = new_routes(layout)
    at = layout.tasks
    for node in nodes:
        interpreted(link)(routes.stop, node, at)
        at = node
    for node in nodes:
        routes.courier_of[layout.node[node, f.REQUEST]] = 0
    interpreted(refresh)(layout, routes, 0)
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
    interpreted(unlink)(routes.stop, 0)
    interpreted(refresh)(layout, routes, 0)
    assert routes.route[0, f.VERSION] == 2
    assert routes.stop[0, f.PREVIOUS] == -1
    assert routes.route[0, f.COST] == 20


def test_a_request_is_taken_out_whole():
    """Load and unload, and the route is right again."""
    _, routes = made = followed(courier(), [delivery("a", 8, 9), drop("b", 2)], 2, 0, 1)
    assert interpreted(take_out)(*made, 0) == -1
    assert routes.route[0, [f.COUNT, f.COST]].tolist() == [1, 20]
    assert routes.courier_of.tolist() == [-1, 0]


def test_goods_that_stay_on_board():
    """They are in the way of all that is loaded behind them."""
    requests = [Request(id="c", loads=(Task(place=1, load=(2,)),), price=1), delivery("x", 2, 3, amount=(2,))]
    _, routes = followed(courier(capacity=(3,)), requests, 0, 1, 2, dimensions=("kg",))
    assert routes.route[0, f.FAULT] == 1
    _, routes = followed(courier(capacity=(3,)), requests, 1, 2, 0, dimensions=("kg",))
    assert routes.route[0, f.FAULT] == -1


def test_what_tasks_cost_wherever_they_are_done_is_in_the_cost():
    """30 s of travel, 2 for each of 5 s of service, 9 for one move, and 7 for going at all."""
    requests = [drop("a", 2, service_s=5, previous=1, move_cost=9), drop("b", 3, previous=0, move_cost=8)]
    bench = Bench([courier("a", fixed_cost=7, cost_per_service_s=2), courier("b")], requests, "0.0 1.0")
    assert bench.routes.route[:, f.COST].tolist() == [30 + 10 + 9 + 7, 0]
    assert interpreted(take_out)(bench.layout, bench.routes, 0) == -1
    assert bench.routes.route[:, f.COST].tolist() == [30 + 7, 0]


@pytest.mark.parametrize(("most", "bound", "fault"), [(2, None, -1), (1, None, 0), (1, 0, -1), (0, None, 0)])
def test_too_many_tasks_are_a_fault_of_the_last(most, bound, fault):
    """Unless all are bound."""
    requests = [drop("a", 2, courier=0), drop("b", 1, courier=bound)]
    _, routes = followed(courier(max_tasks=most), requests, 1, 0)
    assert routes.route[0, [f.COUNT, f.FAULT]].tolist() == [2, fault]


def test_what_is_late_as_well_is_the_fault():
    """It comes before the last, of which there is one too many."""
    requests = [drop("a", 2, windows=between(0, 19)), drop("b", 3)]
    _, routes = followed(courier(max_tasks=1), requests, 0, 1)
    assert routes.route[0, f.FAULT] == 0


def test_what_is_brought_along_is_that_of_the_way():
    """Two units are on board in the first way, one in the second."""
    x = Request(id="x", unloads=(Task(place=1, unload=(2,)),), other_unloads=((Task(place=2, unload=(1,)),),), price=1)
    for node, load, fault in ((0, 2, 0), (1, 1, -1)):
        layout, routes = followed(courier(capacity=(1,)), [x], node, dimensions=("kg",))
        assert routes.load[layout.tasks, 0] == load
        assert routes.route[0, f.FAULT] == fault


def wide_bench(order="0.0 break.0 reload.0 1.0", **rest):
    """Return a bench of one courier with a break and a reload."""
    crew = courier(fixed_cost=7, end=0, breaks=(Break(duration_s=100),), reloads=(Reload(place=5, service_s=3),))
    rest.setdefault("sound", False)
    return Bench([crew], [drop("a", 2, service_s=1), drop("b", 4, windows=between(0, 300))], order, **rest)


def columns(bench, column, *names):
    """Return one figure of some nodes."""
    return bench.routes.stop[[bench.node(name) for name in names], column].tolist()


def test_of_a_wide_problem_times_and_ways_are_known():
    """Out to 2, 10 s on to 5, a break, 20 s on to 5, 10 s back to 4. What is counted are the tasks."""
    bench = wide_bench()
    names = "0.0", "break.0", "reload.0", "1.0"
    assert columns(bench, f.START, *names) == [20, 21, 151, 164]
    assert columns(bench, f.DEPART, *names) == [21, 121, 154, 164]
    assert columns(bench, f.LEG_COST, *names) == [20, 30, 0, 10]
    assert bench.routes.route[0, [f.COUNT, f.COST, f.FAULT]].tolist() == [2, 7 + 100, -1]


def test_a_wide_route_that_breaks_a_rule_has_a_fault_and_no_cost():
    """With 150 s more of a break before it, b is late."""
    crew = courier(fixed_cost=7, breaks=(Break(duration_s=250),))
    bench = Bench([crew], [drop("a", 6), drop("b", 4, windows=between(0, 300))], "0.0 break.0 1.0", sound=False)
    assert bench.cost == -1
    assert bench.routes.route[0, [f.COUNT, f.COST, f.FAULT]].tolist() == [2, 0, bench.node("1.0")]


def test_each_order_of_a_wide_route_has_a_version():
    """With every look at it."""
    bench = wide_bench()
    version = int(bench.routes.route[0, f.VERSION])
    assert interpreted(refresh)(bench.layout, bench.routes, 0) == -1
    assert bench.routes.route[0, [f.VERSION, f.VERSIONS]].tolist() == [version + 1, version + 1]


def test_stops_are_listed_in_order():
    """Those of one route."""
    bench = Bench([courier("a", max_travel_s=9_999), courier("b")], [drop(name, 1) for name in "xyz"], "2.0 0.0", "1.0")
    for number, nodes in ((0, [2, 0]), (1, [1])):
        count = interpreted(list_stops)(bench.layout, bench.routes, number)
        assert bench.routes.track[f.ORDER, :count].tolist() == nodes


def test_a_request_is_taken_out_of_a_wide_route():
    """The break and the reload stay, though with no task nothing of it is done, or paid for."""
    bench = wide_bench()
    assert interpreted(take_out)(bench.layout, bench.routes, 0) == -1
    assert bench.order() == "break.0 reload.0 1.0"
    assert bench.routes.route[0, [f.COUNT, f.COST]].tolist() == [1, 7 + 100]
    assert interpreted(take_out)(bench.layout, bench.routes, 1) == -1
    assert bench.routes.route[0, [f.COUNT, f.COST, f.FAULT]].tolist() == [0, 0, -1]


def test_what_is_left_when_a_request_is_taken_out_may_break_a_rule():
    """The parcels of both trips are in one without the reload."""
    crew = courier(capacity=(2,), reloads=(Reload(place=5),))
    requests = [drop("a", 2, unload=(2,)), drop("b", 4, unload=(2,))]
    bench = Bench([crew], requests, "0.0 reload.0 1.0", dimensions=("kg",))
    reload = bench.layout.node[bench.node("reload.0"), f.ROW]
    assert interpreted(take_out)(bench.layout, bench.routes, reload) == bench.node("1.0")
    assert bench.routes.route[0, f.FAULT] == bench.node("1.0")
