"""The whole model, against the schedule."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from ortools.constraint_solver import pywrapcp

from solver.check import check
from solver.insertion.plan import insert
from solver.problem import Matrix, Problem
from solver.routing.build import build, new_draft
from solver.routing.decode import read_rows, start_from
from solver.schedule import schedule
from tests.solver import instances
from tests.solver.strategies import problems


def told_too_cheap(problem: Problem) -> bool:
    """Return whether the model may believe a task to start earlier than it does: deadlines and set-up times meet."""
    for request in problem.requests:
        for task in (task for way in request.ways for task in way.tasks):
            if task.setup_s and (task.delay_costs or request.courier is not None):
                return True
    return False


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_the_model_takes_every_plan_at_its_cost(problem):
    """The insertion plan is a solution of the model, at the cost that the schedule tells; never a dearer one."""
    if not problem.couriers:
        return
    plan = insert(problem)
    draft = build(problem)
    draft.model.CloseModelWithParameters(pywrapcp.DefaultRoutingSearchParameters())
    rows = draft.nodes.rows(plan.sequences(len(problem.couriers)))
    start = start_from(draft, rows)
    assert start is not None
    assert read_rows(draft, lambda variable: start.Value(variable)) == rows
    assert start.ObjectiveValue() <= plan.cost.total
    if not told_too_cheap(problem):
        assert start.ObjectiveValue() == plan.cost.total


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(wide=True) | problems(wide=True, gaps=True))
def test_the_model_takes_every_wide_plan_at_its_cost(problem):
    """Breaks may be placed elsewhere by the model: it then has them where they are cheaper, and allowed."""
    plan = insert(problem)
    draft = build(problem)
    draft.model.CloseModelWithParameters(pywrapcp.DefaultRoutingSearchParameters())
    start = start_from(draft, draft.nodes.rows(plan.sequences(len(problem.couriers))))
    assert start is not None
    read = schedule(problem, draft.nodes.sequences(read_rows(draft, start.Value)), left_out=plan.left_out)
    check(problem, read)
    assert read.cost.total <= plan.cost.total
    assert start.ObjectiveValue() <= read.cost.total
    if not told_too_cheap(problem):
        assert start.ObjectiveValue() == read.cost.total


def test_indices_are_nodes():
    """The constraints take node numbers for indices of the model."""
    draft = new_draft(instances.orders_from_stores(7, 3))
    couriers = range(3)
    assert [draft.manager.NodeToIndex(node) for node in range(14)] == list(range(14))
    assert [draft.model.Start(courier) for courier in couriers] == [draft.nodes.start(c) for c in couriers]
    assert [draft.model.End(courier) for courier in couriers] == [draft.nodes.end(c) for c in couriers]


def test_couriers_of_one_kind_share_matrices():
    """Two profiles, each with its travel."""
    problem = instances.orders_from_stores(3, 2)
    slow = Matrix(
        durations_s=2 * problem.matrices[0].durations_s, distances_m=problem.matrices[0].distances_m.astype(np.int64)
    )
    both = Problem(
        matrices=(problem.matrices[0], slow),
        couriers=problem.couriers,
        requests=problem.requests,
        dimensions=problem.dimensions,
    )
    assert build(both).model.GetCostClassesCount() == build(problem).model.GetCostClassesCount()


@pytest.mark.parametrize("orders", [1, 12])
def test_a_plan_of_the_other_kind(orders):
    """Parcels from a depot: vans begin with what they bring and come back."""
    problem = instances.parcels_from_a_depot(orders, 2)
    plan = insert(problem)
    draft = build(problem)
    draft.model.CloseModelWithParameters(pywrapcp.DefaultRoutingSearchParameters())
    start = start_from(draft, draft.nodes.rows(plan.sequences(2)))
    assert start is not None
    assert start.ObjectiveValue() == plan.cost.total
