"""The best insertion of one request into one route, by hand."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.compiled import interpreted
from solver.insertion.desk import new_desk
from solver.insertion.flatten import flatten
from solver.insertion.insert import added_cost, put_in, quick_cost
from solver.insertion.routes import new_routes
from solver.problem import UNREACHABLE_S, DelayCost, Matrix, Request, Task, Window
from tests.solver.on_a_line import courier, delivery, drop, problem, refs, street


class Bench:
    """A courier's route, and the last request of the problem to be inserted into it."""

    def __init__(self, crew, requests, route="", *, others=(), **rest):
        self.problem = problem([crew, *others], requests, **rest)
        self.layout = flatten(self.problem)
        self.routes, self.desk = new_routes(self.layout), new_desk(self.layout)
        begin_routes(self.problem, self.layout, self.routes, self.desk, (refs(route),))
        assert " ".join(self.order()) == route
        self.number = len(requests) - 1

    def order(self):
        """Return the tasks on the route."""
        return [f"{ref.request}.{ref.task}" for ref in order_of(self.layout, self.routes, 0)]

    def cost(self, *, limit=f.FAR, thorough=True):
        """Return the least cost, or the limit."""
        return added_cost(self.layout, self.routes, self.desk, self.number, 0, limit, thorough)

    def inserted(self, **rest):
        """Return the least cost, and the tasks on the route once it is carried out."""
        cost = self.cost(**rest)
        assert cost < f.FAR
        before = int(self.routes.route[0, f.COST])
        interpreted(put_in)(self.layout, self.routes, self.desk, self.number, 0)
        assert self.routes.route[0, f.COST] == before + cost
        assert self.routes.courier_of[self.number] == 0
        return cost, " ".join(self.order())


def test_on_the_way_it_costs_nothing():
    """From 3 to 5 between 2 and 6."""
    bench = Bench(courier(), [drop("a", 2), drop("b", 6), delivery("x", 3, 5)], "0.0 1.0")
    assert bench.inserted() == (0, "0.0 2.0 2.1 1.0")


def test_against_the_way_it_is_loaded_on_it():
    """From 5 back to 3: loaded on the way to 6, unloaded 30 s back; both in between would be 40 s."""
    bench = Bench(courier(), [drop("a", 2), drop("b", 6), delivery("x", 5, 3)], "0.0 1.0")
    assert bench.inserted() == (30, "0.0 2.0 1.0 2.1")


def test_an_empty_route_costs_its_beginning():
    """The fixed cost, 3 a second there and back, and 2 a metre."""
    bench = Bench(courier(end=0, fixed_cost=7, cost_per_s=3, cost_per_m=2), [drop("x", 4)])
    assert bench.inserted() == (7 + 3 * 80 + 2 * 800, "0.0")


def test_an_end_with_nothing_to_do_is_not_driven_to():
    """The way to it is saved once there is a stop: 10 to place 1, then 80 to 9."""
    assert Bench(courier(end=9), [drop("x", 1)]).cost() == 90
    assert Bench(courier(end=9), [drop("a", 1), drop("x", 2)], "0.0").cost() == 0


def test_delay_of_those_behind_is_added():
    """10 s of service at place 1 make the drop at 4 late by 10 s at 2 each; behind it, the way back costs 30."""
    late = drop("a", 4, delay_costs=(DelayCost(after_s=40, per_s=2),))
    assert Bench(courier(), [late, drop("x", 1, service_s=10)], "0.0").inserted() == (20, "1.0 0.0")
    assert Bench(courier(), [late, drop("x", 1, service_s=16)], "0.0").inserted() == (30, "0.0 1.0")


def test_delay_goes_on_to_all_behind():
    """4 s of service at place 1 cost 4 s at 2 each at place 4, and 4 s at 3 each at place 5; 80 s back are more."""
    requests = [
        drop("a", 4, delay_costs=(DelayCost(after_s=40, per_s=2),)),
        drop("b", 5, delay_costs=(DelayCost(after_s=50, per_s=3),)),
        drop("x", 1, service_s=4),
    ]
    assert Bench(courier(), requests, "0.0 1.0").inserted() == (8 + 12, "2.0 0.0 1.0")


def test_delay_is_taken_up_by_waiting():
    """The drop at 4 is not open before 50: 10 s of service are free, 12 cost 2 s of delay at 3 each."""
    late = drop("a", 4, windows=(Window(earliest_s=50),), delay_costs=(DelayCost(after_s=50, per_s=3),))
    assert Bench(courier(), [late, drop("x", 1, service_s=10)], "0.0").cost() == 0
    assert Bench(courier(), [late, drop("x", 1, service_s=12)], "0.0").cost() == 6


def test_a_breach_of_bound_requests_is_priced():
    """10 s of service make the bound drop late by 10 s at 7 each, for the way back would cost 80."""
    tied = drop("a", 4, windows=(Window(latest_s=40),), courier=0)
    bench = Bench(courier(end=4), [tied, drop("x", 1, service_s=10)], "0.0", breach_cost_per_s=7)
    assert bench.inserted() == (60, "0.0 1.0")
    bench = Bench(courier(end=4), [tied, drop("x", 1, service_s=8)], "0.0", breach_cost_per_s=7)
    assert bench.inserted() == (56, "1.0 0.0")


def test_a_hard_window_behind_is_kept():
    """With a second of service more, the drop at 4 would be late."""
    hard = drop("a", 4, windows=(Window(latest_s=50),))
    for service_s, cost in ((10, 0), (11, 30)):
        bench = Bench(courier(), [hard, drop("x", 1, service_s=service_s)], "0.0")
        assert bench.cost() == cost
        assert interpreted(quick_cost)(bench.layout, bench.routes, bench.desk, 1, 0, cost + 1) == cost


def test_the_shift_is_kept():
    """60 s there and back to place 3, not 59."""
    assert Bench(courier(latest_s=60, end=0), [drop("x", 3)]).cost() == 60
    assert Bench(courier(latest_s=59, end=0), [drop("x", 3)]).cost() == f.FAR


def test_set_up_counts_on_coming_from_another_place():
    """Behind the one at place 3 there is none; the drop at 4 is in time for that only."""
    requests = [drop("a", 3), drop("b", 4, windows=(Window(latest_s=40),)), drop("x", 3, setup_s=50)]
    assert Bench(courier(), requests, "0.0 1.0").inserted() == (0, "0.0 2.0 1.0")


def test_room_is_needed_from_load_to_unload():
    """One unit of two is free while a is on board: x, of two, goes behind it, 30 s back and 20 s out again."""
    requests = [delivery("a", 2, 6, amount=(1,)), delivery("x", 3, 5, amount=(2,))]
    bench = Bench(courier(capacity=(2,)), requests, "0.0 0.1", dimensions=("kg",))
    assert bench.inserted() == (50, "0.0 0.1 1.0 1.1")
    requests = [delivery("a", 2, 6, amount=(1,)), delivery("x", 3, 5, amount=(1,))]
    bench = Bench(courier(capacity=(2,)), requests, "0.0 0.1", dimensions=("kg",))
    assert bench.inserted() == (0, "0.0 1.0 1.1 0.1")


def test_what_stays_on_board_is_in_the_way_of_later_loads():
    """There is room for it at place 1, and then none for a at 2: it goes behind, 50 s back."""
    collect = Request(id="x", loads=(Task(place=1, load=(1,)),), price=999)
    bench = Bench(courier(capacity=(2,)), [delivery("a", 2, 6, amount=(2,)), collect], "0.0 0.1", dimensions=("kg",))
    assert bench.inserted() == (50, "0.0 0.1 1.0")


def test_delay_between_load_and_unload_is_added():
    """10 s of service at 1 make the drop at 3 late by 10 s at 2 each, and 5 is 20 s on; both behind it take 60 s."""
    late = drop("a", 3, delay_costs=(DelayCost(after_s=30, per_s=2),))
    pair = Request(id="x", loads=(Task(place=1, service_s=10),), unloads=(Task(place=5),), price=999)
    assert Bench(courier(), [late, pair], "0.0").inserted() == (20 + 20, "1.0 0.0 1.1")


def test_loads_go_in_every_order():
    """Nearest first: 50 s out to 5 and on to 6."""
    gather = Request(id="x", loads=tuple(Task(place=p) for p in (5, 1, 3)), unloads=(Task(place=6),))
    assert Bench(courier(), [gather]).inserted() == (60, "0.1 0.2 0.0 0.3")


def test_unloads_go_in_every_order():
    """All loads before: from 5 back over 3 to 1."""
    spread = Request(id="x", loads=(Task(place=5),), unloads=tuple(Task(place=p) for p in (1, 3, 4)))
    assert Bench(courier(), [spread]).inserted() == (50 + 40, "0.0 0.3 0.2 0.1")


def test_the_rest_of_what_has_begun_is_inserted_behind_it():
    """The load is frozen; the unload goes in on the way to 8."""
    requests = [drop("a", 8), delivery("x", 1, 4, courier=0)]
    made = problem([courier(frozen=refs("1.0"))], requests)
    layout = flatten(made)
    routes, desk = new_routes(layout), new_desk(layout)
    begin_routes(made, layout, routes, desk, (refs("0.0"),))
    assert order_of(layout, routes, 0) == refs("1.0 1.1 0.0")


def test_no_way_is_no_insertion():
    """Neither to it nor from it; between bound requests it may be."""
    durations = street().durations_s.copy()
    durations[0, 5] = durations[5, 0] = UNREACHABLE_S
    ways = (Matrix(durations_s=durations, distances_m=street().distances_m),)
    assert Bench(courier(), [drop("x", 5)], matrices=ways).cost() == f.FAR
    assert Bench(courier(start=5), [drop("x", 0)], matrices=ways).cost() == f.FAR
    assert Bench(courier(), [drop("a", 4), drop("x", 5)], "0.0", matrices=ways).cost() == 10


def test_below_the_limit_only():
    """A cost of the limit itself is none."""
    bench = Bench(courier(), [drop("a", 2), drop("x", 4)], "0.0")
    assert [bench.cost(limit=limit) for limit in (19, 20, 21)] == [19, 20, 20]


def test_the_quick_search_finds_the_same_where_ways_are_shortest():
    """On a street a detour saves nothing."""
    bench = Bench(courier(), [drop("a", 2), drop("b", 6), delivery("x", 5, 3)], "0.0 1.0")
    assert bench.cost(thorough=False) == bench.cost() == 30
    layout, routes, desk = bench.layout, bench.routes, bench.desk
    for limit, cost in ((f.FAR, 30), (31, 30), (30, 30), (10, 10), (0, 0)):
        assert interpreted(quick_cost)(layout, routes, desk, 2, 0, limit) == cost


@pytest.mark.parametrize(("thorough", "cost"), [(True, 10), (False, f.FAR)])
def test_only_the_thorough_search_counts_on_short_cuts(thorough, cost):
    """From 3 to 2 takes 90 s, over 1 but 20: loaded at 3, only the unload at 1 brings 2 in time."""
    durations = np.array([[0, 90, 20, 10], [90, 0, 10, 90], [90, 90, 0, 90], [90, 10, 90, 0]])
    ways = (Matrix(durations_s=durations, distances_m=durations),)
    requests = [drop("a", 2, windows=(Window(latest_s=30),)), delivery("x", 3, 1)]
    assert Bench(courier(latest_s=50), requests, "0.0", matrices=ways).cost(thorough=thorough) == cost


def test_a_short_cut_mends_what_the_load_has_broken():
    """Loaded on the way to a, b is 5 s late; unloaded on the way from a to b, which is shorter, it is not."""
    durations = np.full((5, 5), 90) - 90 * np.eye(5, dtype=int)
    for origin, destination, seconds in ((0, 1, 10), (1, 2, 30), (0, 3, 5), (3, 1, 10), (1, 4, 5), (4, 2, 5)):
        durations[origin, destination] = seconds
    ways = (Matrix(durations_s=durations, distances_m=durations),)
    requests = [drop("a", 1), drop("b", 2, windows=(Window(latest_s=40),)), delivery("x", 3, 4)]
    bench = Bench(courier(latest_s=45), requests, "0.0 1.0", matrices=ways)
    assert bench.inserted() == (25 - 40, "2.0 0.0 2.1 1.0")


def test_what_it_costs_wherever_it_goes_counts_on_top():
    """10 s further, 2 for each of 4 s of service, 7 for a move; the limit is one of all of it."""
    requests = [drop("a", 2, service_s=9), drop("x", 3, service_s=4, previous=1, move_cost=7)]
    couriers = [courier(cost_per_service_s=2), courier("other")]
    for limit, cost in ((25, 25), (26, 25), (24, 24)):
        bench = Bench(couriers[0], requests, "0.0", others=couriers[1:])
        assert bench.cost(limit=limit) == cost
    assert bench.inserted() == (25, "0.0 1.0")


def test_a_route_that_has_enough_tasks_is_no_place():
    """It has one, and may have three: a delivery goes in, and not another drop."""
    for most, cost in ((3, 10), (2, f.FAR)):
        bench = Bench(courier(max_tasks=most), [drop("a", 3), delivery("x", 2, 4)], "0.0")
        assert bench.cost() == cost
        assert bench.cost(limit=99) == min(cost, 99)


def test_each_way_has_its_own_room_and_place():
    """Two units from 1, or one from 3, for which there is room beside one on board."""
    on_board = drop("a", 5, unload=(1,))
    far, near = ((Task(place=place, load=(amount,)),) for place, amount in ((1, 2), (3, 1)))
    x = Request(id="x", loads=far, other_loads=(near,), unloads=(Task(place=6),), price=999)
    bench = Bench(courier(capacity=(2,)), [on_board, x], "0.0", dimensions=("kg",))
    # Only once a has been dropped, back to 1: 40 s, and 50 s to 6.
    assert bench.cost() == 90
    bench.number = 2
    assert bench.cost() == 10
