"""OR-Tools searches for a better plan, from a plan, within limits that are checked at every step."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from solver.problem import Problem
from solver.routing.build import build
from solver.routing.decode import read_rows, start_from
from solver.routing.draft import Draft

NEIGHBOURS_PER_UNIT = 250
"""One unit of work: so many steps of the local search, each a plan tried, most of them rejected at once (2 to 4 ms)."""

TIME_CHECK_PERIOD = 64
"""Steps between two looks at the clock."""

NO_LIMIT = 2**62

NEVER_S = 10**6
"""A limit that OR-Tools takes for one, and that is never reached."""

SLOW_OPERATORS = ("cross", "relocate_expensive_chain")
"""Moves that try many plans and find little where couriers have few stops."""

Report = Callable[[list[list[int]]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a search ends: after `work` units, or when `out_of_time` says so, whichever comes first."""

    work: int | None = None
    out_of_time: Callable[[], bool] | None = None


class Search:
    """A model that can be searched repeatedly."""

    def __init__(self, problem: Problem) -> None:
        self._draft: Draft = build(problem)
        self._report: Report | None = None
        self._best = 0
        self._begun = False
        self._steps = 0
        self._most_steps = 0
        self._limits = Limits()
        self._error: Exception | None = None
        self._parameters = _parameters()
        model = self._draft.model
        model.CloseModelWithParameters(self._parameters)
        # OR-Tools keeps what it calls back: through a weak reference, the model can go when this search goes. Otherwise
        # each would hold the other for ever, at two megabytes a problem.
        me = weakref.ref(self)
        self._limit = model.solver().CustomLimit(lambda: _of(me)._is_over())
        model.AddSearchMonitor(self._limit)
        model.AddAtSolutionCallback(lambda: _of(me)._on_solution())

    def run(self, rows: list[list[int]], *, limits: Limits, report: Report) -> int | None:
        """Search from the given task nodes of each courier, and report every better plan.

        What `report` or the clock raise ends the search and is raised again.

        Returns
        -------
        int or None
            Steps made; None if the model does not have the given plan as a solution.
        """
        self._report, self._limits, self._most_steps = None, Limits(), NO_LIMIT
        start = start_from(self._draft, rows)
        if start is None:
            return None
        self._report = report
        self._best = int(start.ObjectiveValue())
        self._begun, self._steps = False, 0
        self._limits = limits
        self._most_steps = NO_LIMIT if limits.work is None else limits.work * NEIGHBOURS_PER_UNIT
        self._error = None
        self._draft.model.SolveFromAssignmentWithParameters(start, self._parameters)
        if self._error is not None:
            raise self._error
        return self._steps

    def _is_over(self) -> bool:
        if not self._begun:
            # Stopped before it has the plan that it starts from, OR-Tools would look for another without any limit.
            return False
        self._steps += 1
        if self._steps >= self._most_steps:
            return True
        out_of_time = self._limits.out_of_time
        if out_of_time is None or self._steps % TIME_CHECK_PERIOD:
            return False
        try:
            return out_of_time()
        except Exception as error:
            # OR-Tools would pass over it and call again.
            self._error = error
            return True

    def _on_solution(self) -> None:
        self._begun = True
        cost = self._draft.model.CostVar().Max()
        if cost < self._best and self._report is not None:
            self._best = cost
            try:
                self._report(read_rows(self._draft, pywrapcp.IntVar.Value))
            except Exception as error:
                self._error, self._most_steps = error, 0


def _of(reference: weakref.ref[Search]) -> Search:
    search = reference()
    assert search is not None  # a search that runs is alive
    return search


def _parameters() -> Any:
    """Return the search parameters: no clock in them, so that a work limit repeats exactly."""
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.seconds = parameters.lns_time_limit.seconds = NEVER_S
    for name in SLOW_OPERATORS:
        setattr(parameters.local_search_operators, f"use_{name}", pywrapcp.BOOL_FALSE)
    return parameters
