"""A `Problem` as an OR-Tools routing model."""

from __future__ import annotations

from ortools.constraint_solver import pywrapcp

from solver.constraints.bound import add_bound
from solver.constraints.capacity import add_capacity
from solver.constraints.costs import add_costs
from solver.constraints.delay import add_delay, clocks_needed
from solver.constraints.leave_out import add_leave_out
from solver.constraints.pairing import add_pairing
from solver.constraints.shift import add_shift
from solver.constraints.skills import add_skills
from solver.constraints.time import add_time
from solver.constraints.windows import add_windows
from solver.nodes import number_nodes
from solver.problem import Problem
from solver.routing.draft import Draft


def new_draft(problem: Problem) -> Draft:
    """Return a model of the problem's nodes and couriers, without rules. The problem has requests and couriers."""
    nodes = number_nodes(problem)
    couriers = range(nodes.couriers)
    manager = pywrapcp.RoutingIndexManager(
        len(nodes.places), nodes.couriers, [nodes.start(c) for c in couriers], [nodes.end(c) for c in couriers]
    )
    return Draft(problem=problem, nodes=nodes, manager=manager, model=pywrapcp.RoutingModel(manager))


def build(problem: Problem) -> Draft:
    """Return the whole model of a problem that has requests and couriers."""
    draft = new_draft(problem)
    add_time(draft, clocks=clocks_needed(problem))
    add_windows(draft)
    add_shift(draft)
    add_delay(draft)
    add_capacity(draft)
    add_skills(draft)
    add_pairing(draft)
    add_bound(draft)
    add_leave_out(draft)
    add_costs(draft)
    return draft
