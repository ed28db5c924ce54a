"""Costs of every request in every route: bounds, found where they matter, kept up to date."""

from dataclasses import replace

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes
from solver.insertion.construct import insert_by_regret
from solver.insertion.desk import new_desk
from solver.insertion.flatten import flatten
from solver.insertion.insert import added_cost
from solver.insertion.routes import new_routes
from solver.insertion.table import new_table
from solver.problem import DelayCost, Request, Task, Window
from tests.solver import instances
from tests.solver.on_a_line import courier, delivery, drop, problem, refs

COLD = frozenset({"cold"})


class Bench:
    """Routes, and a table of all requests that wait."""

    def __init__(self, made, *start):
        self.layout = flatten(made)
        self.routes, self.desk = new_routes(self.layout), new_desk(self.layout)
        begin_routes(made, self.layout, self.routes, self.desk, tuple(refs(text) for text in start))
        self.table = new_table(self.layout)
        self.waiting = np.flatnonzero(self.routes.courier_of < 0)
        self.insert(budget=0, anew=True)

    def insert(self, *, budget, certain=0, anew=False):
        """Insert until the budget is used up, and return whether it was; with none, only fill the table."""
        count = insert_by_regret(self.layout, self.routes, self.desk, self.table, self.waiting, certain, anew, budget)
        self.waiting = self.waiting[: -count - 1 if count < 0 else count]
        return count < 0

    def costs(self):
        """Return the costs or bounds of those that wait, FAR where there is none."""
        return np.minimum(self.table.cost[self.waiting], f.FAR).tolist()


def test_nothing_is_known_at_first():
    """No cost, no gap, no order of couriers."""
    table = new_table(flatten(problem([courier()], [delivery("x", 1, 2)])))
    assert (table.cost.tolist(), table.version.tolist(), table.sure.tolist()) == ([[f.FAR]], [[-1]], [-1])
    assert table.place[:, 0].tolist() == [1, 2]


def test_bounds_of_single_drops_are_their_costs():
    """Beside a's stop at 4 and from b's start at 9; nothing where the skill is missing."""
    couriers = [courier("a"), courier("b", start=9, cost_per_s=2), courier("c", skills=COLD)]
    bench = Bench(problem(couriers, [drop("z", 4), drop("x", 6), drop("y", 7, skills=COLD)]), "0.0")
    assert bench.costs() == [[20, 60, 60], [f.FAR, f.FAR, 70]]
    assert bench.table.version[1].tolist() == [-2 - bench.routes.route[0, f.VERSION], -2, -2]


def test_a_bound_of_a_pair_is_that_of_both_ends():
    """One gap for both, or a gap for each: from 2 to 5 it is on the way; from 5 to 2 either end is, so 0 is a bound."""
    bench = Bench(
        problem([courier()], [drop("z", 6), delivery("x", 2, 5), delivery("y", 5, 2), delivery("w", 7, 8)]), "0.0"
    )
    assert bench.costs() == [[0], [0], [20]]


def test_a_bound_of_several_loads_is_that_of_the_farther_end():
    """Of the first task and of the last."""
    gather = Request(id="x", loads=(Task(place=2), Task(place=9)), unloads=(Task(place=4),), price=999)
    assert Bench(problem([courier()], [gather])).costs() == [[40]]


def test_a_fixed_cost_belongs_to_an_empty_route():
    """Once it is in use, the fixed cost is paid."""
    requests = [drop("z", 1), drop("x", 3)]
    assert Bench(problem([courier(fixed_cost=7)], requests)).costs() == [[17], [37]]
    assert Bench(problem([courier(fixed_cost=7)], requests), "0.0").costs() == [[20]]


def test_delay_on_the_route_might_be_saved():
    """10 s at 3 each, which no insertion mends here, are taken off the bound."""
    late = drop("z", 4, delay_costs=(DelayCost(after_s=30, per_s=3),))
    assert Bench(problem([courier()], [late, drop("x", 9)]), "0.0").costs() == [[50 - 30]]


def test_gaps_out_of_time_offer_nothing():
    """Behind 5, which is due at 50, it is 80 at place 2; before it there is no time for a second of service."""
    requests = [drop("z", 5, windows=(Window(latest_s=50),)), drop("x", 2, service_s=1, windows=(Window(latest_s=79),))]
    assert Bench(problem([courier()], requests), "0.0").costs() == [[f.FAR]]
    requests[1] = drop("x", 2, service_s=1, windows=(Window(latest_s=80),))
    assert Bench(problem([courier()], requests), "0.0").costs() == [[30]]


@pytest.mark.parametrize("certain", [0, 2])
@pytest.mark.parametrize(
    "made",
    [
        instances.orders_from_stores(14, 3, tight=True),
        instances.parcels_from_a_depot(14, 3),
    ],
)
def test_no_bound_is_above_the_cost(made, certain):
    """Nor is any cost wrong that is said to be that of the route as it is, after every step."""
    bench = Bench(made)
    layout, routes, desk, table = bench.layout, bench.routes, bench.desk, bench.table
    while bench.insert(budget=1, certain=certain):
        for request in bench.waiting:
            price = layout.request[request, f.PRICE]
            for number in range(len(made.couriers)):
                cost = added_cost(layout, routes, desk, request, number, price, False)
                if table.version[request, number] == routes.route[number, f.VERSION]:
                    assert table.cost[request, number] == cost
                else:
                    assert min(table.cost[request, number], price) <= cost
    assert len(bench.waiting) < 14


def test_bounds_of_single_drops_remain_their_costs():
    """After every insertion, though the gap that offered most may be gone; with room for all, and time whenever."""
    made = instances.parcels_from_a_depot(9, 2)
    whenever = [replace(r, unloads=(replace(r.unloads[0], windows=(Window(),)),)) for r in made.requests]
    bench = Bench(replace(made, requests=tuple(whenever)))
    layout, routes, desk = bench.layout, bench.routes, bench.desk
    while bench.insert(budget=1):
        for row, request in zip(bench.costs(), bench.waiting, strict=True):
            assert row == [added_cost(layout, routes, desk, request, number, f.FAR, True) for number in range(2)]
    assert not len(bench.waiting)
