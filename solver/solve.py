"""From a problem to a plan: insertion first, then a search within limits, then the judge.

There are two engines. ``search`` is ruin and recreate in compiled code (`solver.search`), on as many threads as wanted;
``ortools`` is OR-Tools in a child process, in tandem with it (`solver.routing.tandem`). ``auto`` is the first, which
can express every problem and makes the better plans (docs/decisions/0008-search-first.md).
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from solver.check import check
from solver.errors import PlanFault
from solver.insertion.layout import Rows
from solver.insertion.plan import insert
from solver.insertion.wide import is_wide
from solver.nodes import number_nodes
from solver.params import SolveParams
from solver.plan import LeftOut, Plan
from solver.problem import Problem, Sequences
from solver.reasons import Inquiry
from solver.routing.process import RoutingProcess
from solver.routing.tandem import Tandem
from solver.schedule import schedule
from solver.search.team import COSTS_PER_UNIT, Team
from solver.warm_up import warm_up as compile_all

log = logging.getLogger(__name__)

MOST_THREADS = 4
"""Threads that a search uses at most unless it is told how many."""

INSERTION = 0.04
"""The part of the time that insertion by regret may take; the rest of a big problem is filled in quickly. In 2 s for
1,000 orders, ruin and recreate makes more of the time than regret: with 0.3 of it plans were 0.5 to 5 % dearer."""

FINISH_S, FINISH_S_PER_TASK = 0.02, 80e-6
"""What it takes to time and check a plan."""

EXPLAIN, EXPLAIN_S_PER_REQUEST = 0.05, 5e-3
"""The part of the time that is kept for putting in what still fits and saying why the rest is left out, and how much
for each request at most."""

PREPARE_S_PER_PAIR = 100e-9
"""What it takes to know the neighbours of requests."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve has come: seconds since it was asked for, and the cost of its best plan."""

    seconds: float
    cost: int


Watch = Callable[[Progress], bool | None]
"""Is told of the progress, several times a second, and may return True to end the search with the best plan so far."""


class Solver:
    """Makes plans. Owns the child process in which OR-Tools runs, which is started when first needed.

    One instance is used by one thread at a time; several run side by side. Use it as a context, or call `close`.

    Parameters
    ----------
    patience_s
        A child that is not done with a work limit after that many seconds is taken for hung.
    """

    def __init__(self, *, patience_s: float = 120.0) -> None:
        self._process = RoutingProcess()
        self._patience_s = patience_s
        self._compiled: set[bool] = set()

    def __enter__(self) -> Solver:
        """Return the solver."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child process."""
        self.close()

    def warm_up(self, engine: str = "auto", *, wide: bool = False) -> None:
        """Compile what is not compiled yet, and start the child if `engine` needs one: no time limit pays for it.

        With `wide` that is done for wide problems (`solver.insertion.wide.is_wide`), which have code of their own.
        """
        if engine == "ortools":
            self._process.start()
        self._compile(wide)
        if engine == "ortools":
            self._process.wait_ready()

    def _compile(self, wide: bool) -> None:
        if wide not in self._compiled:
            compile_all(wide=wide)
            self._compiled.add(wide)

    def close(self) -> None:
        """End the child process, if there is one."""
        self._process.close()

    def solve(
        self, problem: Problem, params: SolveParams, *, start: Sequences | None = None, watch: Watch | None = None
    ) -> Plan:
        """Return the best plan found within the limits. It has passed the checker.

        Without `warm_up`, the first call is preceded by what that does, and takes so much longer.

        Parameters
        ----------
        start
            Orders of tasks per courier to begin with; the plan is never worse than these completed by insertion.
        watch
            Told of the progress, in the calling thread; returning True ends the search.

        Raises
        ------
        solver.errors.PlanFault
            If the insertion plan breaks a rule, which would be an error of this package.
        """
        self._compile(is_wide(problem))
        began_s = time.monotonic()
        deadline_s = None if params.time_limit_s is None else began_s + params.time_limit_s
        stop_s = None if deadline_s is None else deadline_s - _finish_s(problem) - _explain_s(problem, params)
        first = insert(problem, start=start, deadline_s=None if stop_s is None else _part(began_s, stop_s))
        plain = _Outcome(first.sequences(len(problem.couriers)), engine="insertion", work=0)
        if params.engine == "insertion" or params.work_limit == 0 or not _worth_a_search(problem, stop_s):
            return _finish(problem, plain, deadline_s)

        def listener(cost: int) -> bool:
            return watch is not None and watch(Progress(time.monotonic() - began_s, cost)) is True

        nodes = number_nodes(problem)
        search = self._search(problem, nodes.rows(plain.sequences), params)
        heard = None if watch is None else listener
        if stop_s is not None:
            search.fill(stop_s=stop_s)
            search.until(stop_s, listener=heard)
        else:
            assert params.work_limit is not None  # SolveParams has checked it
            search.with_work(params.work_limit, listener=heard)
        sequences = nodes.sequences(search.best())
        found = _Outcome(sequences, engine=search.engine, work=search.found // COSTS_PER_UNIT)
        try:
            return _finish(problem, found, deadline_s)
        except PlanFault:
            log.exception("the plan found breaks a rule: the insertion plan is returned")
            return _finish(problem, plain, deadline_s)

    def _search(self, problem: Problem, rows: Rows, params: SolveParams) -> Team | Tandem:
        """Return the search that is asked for, begun with a plan."""
        if params.engine == "ortools":
            return Tandem(problem, rows, self._process, seed=params.seed, patience_s=self._patience_s)
        return Team(problem, rows, seed=params.seed, threads=_threads(params))


def solve(
    problem: Problem,
    params: SolveParams,
    *,
    start: Sequences | None = None,
    watch: Watch | None = None,
    solver: Solver | None = None,
) -> Plan:
    """Return the best plan found within the limits; see `Solver.solve`. Without a solver, one is made for the call."""
    if solver is not None:
        return solver.solve(problem, params, start=start, watch=watch)
    with Solver() as own:
        return own.solve(problem, params, start=start, watch=watch)


def _threads(params: SolveParams) -> int:
    """Return on how many threads to search: with a work limit on one, so that every machine finds the same."""
    if params.threads is not None:
        return params.threads
    return 1 if params.time_limit_s is None else min(MOST_THREADS, os.cpu_count() or 1)


def _worth_a_search(problem: Problem, stop_s: float | None) -> bool:
    """Return whether there is a choice that insertion has not made, and time for it.

    One request alone is inserted at its best, but where breaks and reloads may move for it.
    """
    requests, couriers = len(problem.requests), len(problem.couriers)
    prepare_s = PREPARE_S_PER_PAIR * requests * (requests + couriers)
    choices = requests > 1 or (requests == 1 and is_wide(problem))
    return choices and couriers > 0 and (stop_s is None or time.monotonic() + prepare_s < stop_s)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Task orders, and where they come from."""

    sequences: Sequences
    engine: str
    work: int


def _part(began_s: float, stop_s: float) -> float:
    """Return when insertion is to end if it is not done."""
    return began_s + INSERTION * (stop_s - began_s)


def _finish_s(problem: Problem) -> float:
    return FINISH_S + FINISH_S_PER_TASK * sum(len(request.tasks) for request in problem.requests)


def _explain_s(problem: Problem, params: SolveParams) -> float:
    return min(EXPLAIN * (params.time_limit_s or 0.0), EXPLAIN_S_PER_REQUEST * len(problem.requests))


def _finish(problem: Problem, outcome: _Outcome, deadline_s: float | None) -> Plan:
    """Return the completed, timed, explained and checked plan of given task orders."""
    sequences = outcome.sequences
    left = _left(problem, sequences)
    if left and outcome.engine != "insertion":
        stop_s = None if deadline_s is None else deadline_s - _finish_s(problem)
        completed = insert(problem, start=sequences, deadline_s=stop_s)
        sequences = completed.sequences(len(problem.couriers))
        left = _left(problem, sequences)
    stop_s = None if deadline_s is None else deadline_s - 0.8 * _finish_s(problem)
    left_out = _explain(problem, sequences, left, stop_s)
    plan = schedule(problem, sequences, left_out=left_out, engine=outcome.engine, work=outcome.work)
    check(problem, plan)
    return plan


def _explain(problem: Problem, sequences: Sequences, left: list[int], stop_s: float | None) -> tuple[LeftOut, ...]:
    """Return why requests are left out: all of `left`, or as many as there is time for."""
    if not left or (stop_s is not None and time.monotonic() >= stop_s):
        return ()
    inquiry = Inquiry(problem, sequences)
    if stop_s is None:
        return inquiry.answers(left)
    answers: tuple[LeftOut, ...] = ()
    count, took_s = 4, 0.0
    while len(answers) < len(left) and (now_s := time.monotonic()) + took_s < stop_s:
        if took_s:
            # What some need is found out once, so that twice as many take less than twice as long.
            count = int(count * min(4.0, (stop_s - now_s) / took_s / 2))
            if count < 1:
                break
        answers += inquiry.answers(left[len(answers) : len(answers) + count])
        took_s = time.monotonic() - now_s
    return answers


def _left(problem: Problem, sequences: Sequences) -> list[int]:
    planned = {ref.request for refs in sequences for ref in refs}
    return [number for number in range(len(problem.requests)) if number not in planned]
