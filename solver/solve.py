"""From a problem to a plan: insertion first, then a search within limits, then the judge.

The search has two parts that pass plans to each other. Ruin and recreate (`solver.routing.reinsertion`) runs here, in
compiled code without the interpreter's lock; OR-Tools (`solver.routing.search`) runs in a child process, from the best
plan known.

The unit of work is 2,000 costs of insertion found by ruin and recreate and 250 plans tried by OR-Tools: 5 to 10 ms
together.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from types import TracebackType

from solver.check import check
from solver.errors import PlanFault
from solver.insertion.plan import insert
from solver.params import SolveParams
from solver.plan import LeftOut, Plan
from solver.problem import Problem, Sequences
from solver.reasons import explain_left_out
from solver.routing.assistant import Assistant
from solver.routing.messages import Rows
from solver.routing.nodes import Nodes, number_nodes
from solver.routing.process import RoutingProcess
from solver.routing.reinsertion import Reinsertion
from solver.schedule import schedule
from solver.warm_up import warm_up as compile_all

log = logging.getLogger(__name__)

COSTS_PER_UNIT = 2_000
"""Costs of insertion found by ruin and recreate for one unit of work."""

COSTS_PER_S = 150_000
"""About how many are found in a second."""

FEW_REQUESTS = 4
"""With a work limit and ``engine="auto"``, OR-Tools is not asked about so few: of 254 such problems of a day of the
sample city, ruin and recreate left it none to improve, and to make its model takes longer than the rest."""

LOOK_S = 0.02
"""How long ruin and recreate goes on between two looks at the clock."""

SLICE_S, SLICES = 0.25, 10
"""OR-Tools is asked for so many seconds at a time, or for that part of the time there is, whichever is more."""

HOT, COLD = 1.0, 0.02
"""Temperatures in legs, from first to last. With less than `LITTLE_WORK` costs a request it begins at `LUKEWARM`."""

LUKEWARM = 0.3
LITTLE_WORK = 200

JOINING, ENDING = 0.6, 0.9
"""From these parts of the time on, ruin and recreate goes on from what OR-Tools finds; and coldly, from the best."""

INSERTION = 0.3
"""The part of the time that insertion by regret may take; a big problem may need more."""

FINISH_S, FINISH_S_PER_TASK = 0.02, 80e-6
"""What it takes to time and check a plan, and to explain a little of it."""

PREPARE_S_PER_PAIR = 100e-9
"""What it takes to know the neighbours of requests."""


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

    def __enter__(self) -> Solver:
        """Return the solver."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child process."""
        self.close()

    def warm_up(self) -> None:
        """Start the child and compile what is not compiled yet, so that no time limit pays for it."""
        self._process.start()
        compile_all()
        self._process.wait_ready()

    def close(self) -> None:
        """End the child process, if there is one."""
        self._process.close()

    def solve(self, problem: Problem, params: SolveParams, *, start: Sequences | None = None) -> Plan:
        """Return the best plan found within the limits. It has passed the checker.

        Parameters
        ----------
        start
            Orders of tasks per courier to begin with; the plan is never worse than these completed by insertion.

        Raises
        ------
        solver.errors.PlanFault
            If the insertion plan breaks a rule, which would be an error of this package.
        """
        began_s = time.monotonic()
        deadline_s = None if params.time_limit_s is None else began_s + params.time_limit_s
        stop_s = None if deadline_s is None else deadline_s - _finish_s(problem)
        first = insert(problem, start=start, deadline_s=None if stop_s is None else _part(began_s, stop_s))
        plain = _Outcome(first.sequences(len(problem.couriers)), engine="insertion", work=0)
        if params.engine == "insertion" or params.work_limit == 0 or not _worth_a_search(problem, stop_s):
            return _finish(problem, plain, deadline_s)
        search = _Search(problem, plain.sequences, self._process, seed=params.seed)
        if stop_s is not None:
            search.fill(stop_s)
            found = search.until(stop_s)
        else:
            assert params.work_limit is not None  # SolveParams has checked it
            few = FEW_REQUESTS if params.engine == "auto" else 0
            found = search.with_work(params.work_limit, few=few, patience_s=self._patience_s)
        try:
            return _finish(problem, found, deadline_s)
        except PlanFault:
            log.exception("the plan found breaks a rule: the insertion plan is returned")
            return _finish(problem, plain, deadline_s)


def solve(
    problem: Problem, params: SolveParams, *, start: Sequences | None = None, solver: Solver | None = None
) -> Plan:
    """Return the best plan found within the limits; see `Solver.solve`. Without a solver, one is made for the call."""
    if solver is not None:
        return solver.solve(problem, params, start=start)
    with Solver() as own:
        return own.solve(problem, params, start=start)


def _worth_a_search(problem: Problem, stop_s: float | None) -> bool:
    """Return whether there is a choice that insertion has not made, and time for it.

    One request alone is inserted at its best.
    """
    requests, couriers = len(problem.requests), len(problem.couriers)
    prepare_s = PREPARE_S_PER_PAIR * requests * (requests + couriers)
    return requests > 1 and couriers > 0 and (stop_s is None or time.monotonic() + prepare_s < stop_s)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Task orders, and where they come from."""

    sequences: Sequences
    engine: str
    work: int


class _Search:
    """One solve between its insertion plan and its end."""

    def __init__(self, problem: Problem, first: Sequences, process: RoutingProcess, *, seed: int) -> None:
        self._problem = problem
        self._nodes: Nodes = number_nodes(problem)
        self._reinsertion = Reinsertion(problem, self._nodes.rows(first), seed=seed)
        self._assistant = Assistant(process, problem)
        self._other: Rows | None = None
        self._other_cost = self._reinsertion.cost

    def with_work(self, work: int, *, few: int, patience_s: float) -> _Outcome:
        """Spend units of work: first on ruin and recreate, then, with more than `few` requests, on OR-Tools."""
        budget = work * COSTS_PER_UNIT
        self._reinsertion.run(budget, hot=self._hot(budget), cold=COLD)
        assistant = self._assistant
        if len(self._problem.requests) > few and assistant.is_ready(deadline_s=None):
            assistant.ask(self._reinsertion.best(), work=work)
            rows = assistant.newest(deadline_s=time.monotonic() + patience_s)
            if assistant.is_busy:
                assistant.give_up(f"hung for {patience_s:g} s")
            elif rows is not None:
                self._reinsertion.go_to(rows)
        return self._outcome(work)

    def fill(self, stop_s: float) -> None:
        """Insert, quickly, what there was no time to insert with care."""
        self._reinsertion.fill(stop_s=stop_s)
        self._other_cost = self._reinsertion.cost

    def until(self, stop_s: float) -> _Outcome:
        """Search until `stop_s`: ruin and recreate here, OR-Tools in the child, passing plans to each other."""
        reinsertion = self._reinsertion
        begin_s = now_s = time.monotonic()
        span_s = max(stop_s - begin_s, LOOK_S)
        hot = self._hot(int(span_s * COSTS_PER_S))
        slice_s = max(SLICE_S, span_s / SLICES)
        asked_cost: int | None = None
        pace = float(COSTS_PER_S)
        ending = False
        while now_s < stop_s:
            part = (now_s - begin_s) / span_s
            self._listen()
            if part >= JOINING and self._other is not None:
                reinsertion.go_to(self._other)
            if part >= ENDING and not ending:
                reinsertion.go_to_best()
                ending = True
            cost = min(reinsertion.cost, self._other_cost)
            if cost != asked_cost and self._may_ask(stop_s - now_s):
                asked_cost = cost
                rows = self._other if self._other is not None and self._other_cost <= reinsertion.cost else None
                seconds = min(slice_s, stop_s - now_s)
                self._assistant.ask(rows or reinsertion.best(), seconds=seconds)
            temperature = hot * (COLD / hot) ** min(1.0, part / ENDING)
            found = reinsertion.found
            reinsertion.run(max(20, int(pace * min(LOOK_S, stop_s - now_s))), hot=temperature, cold=temperature)
            before_s, now_s = now_s, time.monotonic()
            pace = 0.5 * pace + 0.5 * (reinsertion.found - found) / max(now_s - before_s, 1e-4)
        self._listen()
        self._assistant.end()
        if self._other is not None:
            reinsertion.go_to(self._other)
        return self._outcome(reinsertion.found // COSTS_PER_UNIT)

    def _listen(self) -> None:
        """Hear whether OR-Tools has found a better plan than any before."""
        rows = self._assistant.newest(deadline_s=0.0)
        if rows is None:
            return
        cost = self._reinsertion.price(rows)
        if cost is not None and cost < min(self._other_cost, self._reinsertion.cost):
            self._other, self._other_cost = rows, cost

    def _may_ask(self, left_s: float) -> bool:
        """Return whether the child is there, idle, and has time enough to make a model and search it."""
        assistant = self._assistant
        return not assistant.is_busy and left_s > 3 * assistant.model_s and assistant.is_ready(deadline_s=0.0)

    def _hot(self, budget: int) -> float:
        return HOT if budget >= LITTLE_WORK * len(self._problem.requests) else LUKEWARM

    def _outcome(self, work: int) -> _Outcome:
        engine = "ortools" if self._assistant.took_part else "search"
        return _Outcome(self._nodes.sequences(self._reinsertion.best()), engine=engine, work=work)


def _part(began_s: float, stop_s: float) -> float:
    """Return when insertion is to end if it is not done."""
    return began_s + INSERTION * (stop_s - began_s)


def _finish_s(problem: Problem) -> float:
    return FINISH_S + FINISH_S_PER_TASK * sum(len(request.tasks) for request in problem.requests)


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
    if stop_s is None:
        return explain_left_out(problem, sequences, left)
    answers: tuple[LeftOut, ...] = ()
    count, took_s = 4, 0.0
    while len(answers) < len(left) and (now_s := time.monotonic()) + took_s < stop_s:
        if took_s:
            # Each call has a fixed part, so that twice as many take less than twice as long.
            count = int(count * min(4.0, (stop_s - now_s) / took_s / 2))
            if count < 1:
                break
        answers += explain_left_out(problem, sequences, left[len(answers) : len(answers) + count])
        took_s = time.monotonic() - now_s
    return answers


def _left(problem: Problem, sequences: Sequences) -> list[int]:
    planned = {ref.request for refs in sequences for ref in refs}
    return [number for number in range(len(problem.requests)) if number not in planned]
