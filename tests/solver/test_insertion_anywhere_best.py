"""No insertion is better than the one found: the schedule and the judge try all of them."""

from itertools import combinations_with_replacement, permutations, product

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.check import check
from solver.errors import PlanFault
from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.desk import new_desk
from solver.insertion.flatten import flatten
from solver.insertion.routes import new_routes
from solver.insertion.survey import survey
from solver.problem import TaskRef
from solver.schedule import schedule
from tests.solver.strategies import problems, sequences

TRIED = 300
"""Insertions of a request into a route; where there are more, it is not compared."""


def insertions(problem, order, request, way):
    """Return all orders of a route with a request in it."""
    loads, unloads = (len(tasks) for tasks in problem.requests[request].ways[way])
    numbers = product(permutations(range(loads)), permutations(range(loads, loads + unloads)))
    found = []
    for several in numbers:
        tasks = [TaskRef(request, number, way) for numbers in several for number in numbers]
        for gaps in combinations_with_replacement(range(len(order) + 1), len(tasks)):
            with_them = list(order)
            for task, gap in reversed(list(zip(tasks, gaps, strict=True))):
                with_them.insert(gap, task)
            found.append(tuple(with_them))
    return found


def least(problem, orders, courier, request, way):
    """Return the least cost that is added by an insertion that the judge allows, FAR if there is none."""
    before = schedule(problem, orders).cost.total
    plans = [
        schedule(problem, (*orders[:courier], order, *orders[courier + 1 :]))
        for order in insertions(problem, orders[courier], request, way)
    ]
    for plan in sorted(plans, key=lambda plan: plan.cost.total):
        try:
            check(problem, plan)
        except PlanFault:
            continue
        return plan.cost.total - before + problem.requests[request].price
    return f.FAR


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(wide=True, most_requests=5, most_couriers=2, most_tasks=3), st.data())
def test_no_insertion_is_better_than_the_one_found(subject, data):
    """Of any request left out, in any way, on any courier, into routes that keep all rules."""
    layout = flatten(subject)
    if not layout.wide:
        return
    routes, desk = new_routes(layout), new_desk(layout)
    begin_routes(subject, layout, routes, desk, data.draw(sequences(subject, wide=True)))
    orders = tuple(order_of(layout, routes, courier) for courier in range(len(subject.couriers)))
    check(subject, schedule(subject, orders))
    costs = np.empty((1, 1), np.int64)
    for number, leader in enumerate(layout.leaders.tolist()):
        if routes.courier_of[leader] >= 0:
            continue
        for way, courier in product(range(len(subject.requests[number].ways)), range(len(subject.couriers))):
            if len(insertions(subject, orders[courier], number, way)) > TRIED:
                continue
            survey(layout, routes, desk, np.array([leader + way]), np.array([courier]), costs)
            assert costs[0, 0] == least(subject, orders, courier, number, way)
