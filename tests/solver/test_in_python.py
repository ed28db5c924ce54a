"""The interpreter does what compiled code does: nothing overflows there, and nothing is read that is not there."""

import math

import pytest

from solver.insertion import plan as plan_module
from solver.insertion.plan import insert
from solver.nodes import number_nodes
from solver.reasons import explain_left_out
from solver.search.reinsertion import Reinsertion
from tests.solver import instances
from tests.solver.in_python import in_python


def searched(problem, *, budget):
    """Return what ruin and recreate finds from the insertion plan."""
    orders = insert(problem).sequences(len(problem.couriers))
    search = Reinsertion(problem, number_nodes(problem).rows(orders), seed=3)
    search.run(budget, hot=1.0, cold=0.02)
    return orders, search.cost, search.best(), search.found


@pytest.mark.parametrize(
    "problem",
    [
        instances.orders_from_stores(12, 3),
        instances.orders_from_stores(12, 3, tight=True),
        instances.orders_from_stores(14, 12),
        instances.parcels_from_a_depot(15, 4),
    ],
)
def test_ruin_and_recreate(problem):
    """With few couriers, with many, and with what is left out."""
    compiled = searched(problem, budget=400)
    with in_python():
        assert searched(problem, budget=400) == compiled


@pytest.mark.parametrize("many", [0, 400])
def test_insertion_and_reasons(monkeypatch, many):
    """With estimates and without, a few costs at a time."""
    monkeypatch.setattr(plan_module, "MANY", many)
    monkeypatch.setattr(plan_module, "SLICE", 5)
    problem = instances.orders_from_stores(16, 2, tight=True)
    plan = insert(problem)
    left = [item.request for item in plan.left_out]
    reasons = explain_left_out(problem, plan.sequences(2), left)
    with in_python():
        assert insert(problem) == plan
        assert explain_left_out(problem, plan.sequences(2), left) == reasons
    assert reasons


def filled(problem):
    """Return what goes into empty routes, the most urgent first."""
    search = Reinsertion(problem, [[] for _ in problem.couriers], seed=3)
    search.fill(stop_s=math.inf)
    return search.cost, search.best()


def test_filling():
    """With many couriers, and more than all of them can do."""
    problem = instances.orders_from_stores(60, 9, tight=True)
    compiled = filled(problem)
    with in_python():
        assert filled(problem) == compiled
