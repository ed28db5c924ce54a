"""A plan by insertion: from a start or from nothing, until no request left out fits and pays."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.construct import MANY, insert_by_regret
from solver.insertion.flatten import flatten
from solver.insertion.insert import Desk, new_desk
from solver.insertion.layout import Ints, Layout
from solver.insertion.rest import insert_what_fits
from solver.insertion.routes import Routes, new_routes
from solver.insertion.table import LARGEST_TABLE, new_table
from solver.plan import Plan
from solver.problem import Problem, Sequences
from solver.schedule import schedule

ENGINE = "insertion"

SLICE = 10_000
"""Costs found between two looks at the clock: some milliseconds."""


def insert(
    problem: Problem,
    *,
    start: Sequences | None = None,
    deadline_s: float | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Plan:
    """Return a plan in which no request left out fits any single insertion that pays.

    Bound requests go in first; the others one by one, the one that would lose most by waiting first, as long as one
    adds less than its price. Of a wide problem, or where there are alternatives or rules about who serves what with
    whom, the one that is due first goes first. Of a request with more than `solver.insertion.fields.ORDERED` loads, or
    unloads, only the order given is tried.

    Parameters
    ----------
    start
        Orders of tasks to begin with, whole or in part. What breaks a rule in them is taken out; bound requests are
        always kept. If nothing does, the plan costs no more than the start.
    deadline_s
        A time of `clock` at which to stop with what there is. Bound requests are put in even after it.

    Returns
    -------
    Plan
        The reasons of what is left out are not looked for: see `solver.reasons.explain_left_out`.
    """
    layout = flatten(problem)
    routes, desk = new_routes(layout), new_desk(layout)
    begin_routes(problem, layout, routes, desk, start)
    if len(problem.couriers):
        _fill(layout, routes, desk, lambda: deadline_s is not None and clock() >= deadline_s)
    sequences = tuple(order_of(layout, routes, courier) for courier in range(len(problem.couriers)))
    return schedule(problem, sequences, engine=ENGINE)


def _fill(layout: Layout, routes: Routes, desk: Desk, is_over: Callable[[], bool]) -> None:
    waiting = layout.leaders[routes.courier_of[layout.leaders] < 0]
    if len(waiting) and not is_over() and layout.eligible.size <= LARGEST_TABLE and _is_ranked(layout):
        waiting = _by_regret(layout, routes, desk, waiting, is_over)
    # By due time: what regret has left over, or everything where there is too much to compare.
    waiting = waiting[np.lexsort((waiting, layout.request[waiting, f.DUE], layout.request[waiting, f.DEPTH]))]
    insert_what_fits(layout, routes, desk, waiting, is_over)


def _is_ranked(layout: Layout) -> bool:
    """Return whether regret can tell which request goes first: each in one way, and none by who serves another."""
    return not layout.wide and not len(layout.friend) and len(layout.leaders) == len(layout.request)


def _by_regret(layout: Layout, routes: Routes, desk: Desk, waiting: Ints, is_over: Callable[[], bool]) -> Ints:
    """Insert by regret, and return what is still waiting."""
    table = new_table(layout)
    certain = 2 if len(waiting) <= MANY else 0
    count = insert_by_regret(layout, routes, desk, table, waiting, certain, True, SLICE)
    while count < 0:
        waiting = waiting[: -count - 1]
        if is_over():
            return waiting
        count = insert_by_regret(layout, routes, desk, table, waiting, certain, False, SLICE)
    return waiting[:count]
