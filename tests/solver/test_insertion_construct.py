"""Which request goes in next."""

import numpy as np
import pytest

from solver.insertion.begin import order_of
from solver.insertion.construct import insert_by_regret
from solver.insertion.desk import new_desk
from solver.insertion.flatten import flatten
from solver.insertion.routes import new_routes
from solver.insertion.table import new_table
from solver.problem import Window
from tests.solver.on_a_line import courier, drop, problem, refs


class Bench:
    """Empty routes, all requests waiting."""

    def __init__(self, couriers, requests):
        self.layout = flatten(problem(couriers, requests))
        self.routes, self.desk = new_routes(self.layout), new_desk(self.layout)
        self.table = new_table(self.layout)
        self.waiting = np.arange(len(requests))

    def insert(self, *, budget, certain=2, anew=True):
        """Return how many still wait."""
        return insert_by_regret(self.layout, self.routes, self.desk, self.table, self.waiting, certain, anew, budget)

    def orders(self):
        """Return who does what."""
        return [order_of(self.layout, self.routes, number) for number in range(len(self.layout.courier))]


@pytest.mark.parametrize("certain", [0, 2])
def test_the_largest_regret_goes_first(certain):
    """x would lose 40 s by b going there, y 20 s, and z all but 20 of its price, for only a can: z goes in first."""
    couriers = [courier("a", skills=frozenset({"cold"})), courier("b", start=6)]
    requests = [drop("x", 1), drop("y", 2), drop("z", 2, skills=frozenset({"cold"}))]
    bench = Bench(couriers, requests)
    assert bench.insert(budget=1, certain=certain) == -2 - 1
    assert bench.orders() == [refs("2.0"), ()]
    assert sorted(bench.waiting[:2].tolist()) == [0, 1]


def test_of_equal_regrets_the_one_that_is_due_first():
    """Both are at place 2."""
    requests = [drop("x", 2), drop("y", 2, windows=(Window(latest_s=90),)), drop("z", 2)]
    bench = Bench([courier()], requests)
    assert bench.insert(budget=1) == -2 - 1
    assert bench.orders() == [refs("1.0")]


def test_it_goes_on_where_the_budget_ran_out():
    """One insertion at a time comes to the same as all at once."""
    requests = [drop(f"r{n}", place) for n, place in enumerate((5, 2, 7, 8, 1))]
    couriers = [courier("a"), courier("b", start=9)]
    at_once, by_parts = Bench(couriers, requests), Bench(couriers, requests)
    assert at_once.insert(budget=1_000) == 0
    left = [by_parts.insert(budget=1)]
    while left[-1] < 0:
        by_parts.waiting = by_parts.waiting[: -left[-1] - 1]
        left.append(by_parts.insert(budget=1, anew=False))
    assert left == [-5, -4, -3, -2, 0]
    assert by_parts.orders() == at_once.orders() == [refs("4.0 1.0"), refs("3.0 2.0 0.0")]


def test_what_does_not_pay_is_left():
    """20 s for 20, and 90 s in a shift of 80; with another on the way, the first costs 10."""
    requests = [drop("x", 2, price=20), drop("y", 9)]
    bench = Bench([courier(latest_s=80)], requests)
    assert (bench.insert(budget=1_000), bench.orders()) == (2, [()])
    bench = Bench([courier(latest_s=80)], [*requests, drop("z", 1, price=11)])
    assert (bench.insert(budget=1_000), bench.orders()) == (1, [refs("2.0 0.0")])
    assert bench.waiting[0] == 1


def test_nothing_to_insert():
    """Nobody waits."""
    assert Bench([courier()], []).insert(budget=10) == 0
