"""A `Problem` as an OR-Tools routing model."""

from __future__ import annotations

from ortools.constraint_solver import pywrapcp

from solver.constraints.alternatives import add_alternatives
from solver.constraints.bound import add_bound
from solver.constraints.breaks import add_breaks
from solver.constraints.capacity import add_capacity
from solver.constraints.change import add_change
from solver.constraints.costs import add_costs
from solver.constraints.delay import add_delay, clocks_needed
from solver.constraints.gaps import add_gaps
from solver.constraints.hours import add_hours
from solver.constraints.last_in_first_out import add_last_in_first_out
from solver.constraints.leave_out import add_leave_out
from solver.constraints.limits import add_limits
from solver.constraints.overtime import add_overtime
from solver.constraints.pairing import add_pairing
from solver.constraints.relations import add_relations
from solver.constraints.reloads import add_reloads
from solver.constraints.shift import add_shift
from solver.constraints.skills import add_skills
from solver.constraints.time import add_time
from solver.constraints.time_on_board import add_time_on_board
from solver.constraints.windows import add_windows
from solver.nodes import number_nodes
from solver.problem import Problem
from solver.routing.draft import Draft
from solver.routing.finish import finish


def new_draft(problem: Problem) -> Draft:
    """Return a model of the problem's nodes and couriers, without rules. The problem has requests and couriers."""
    nodes = number_nodes(problem)
    couriers = range(nodes.couriers)
    manager = pywrapcp.RoutingIndexManager(
        len(nodes.places), nodes.couriers, [nodes.start(c) for c in couriers], [nodes.end(c) for c in couriers]
    )
    parameters = pywrapcp.DefaultRoutingModelParameters()
    if any(matrix.later for matrix in problem.matrices):
        # The index of ranges that OR-Tools keeps beside each list of constants is many times as long as the list.
        parameters.solver_parameters.use_element_rmq = False
    return Draft(problem=problem, nodes=nodes, manager=manager, model=pywrapcp.RoutingModel(manager, parameters))


def build(problem: Problem) -> Draft:
    """Return the whole model of a problem that has requests and couriers."""
    draft = new_draft(problem)
    add_time(draft, clocks=clocks_needed(problem))
    add_windows(draft)
    add_shift(draft)
    add_overtime(draft)
    add_delay(draft)
    add_capacity(draft)
    add_reloads(draft)
    add_skills(draft)
    add_pairing(draft)
    add_bound(draft)
    add_leave_out(draft)
    add_alternatives(draft)
    add_relations(draft)
    add_gaps(draft)
    add_time_on_board(draft)
    add_last_in_first_out(draft)
    add_breaks(draft)
    add_hours(draft)
    add_limits(draft)
    add_costs(draft)
    add_change(draft)
    finish(draft)
    return draft
