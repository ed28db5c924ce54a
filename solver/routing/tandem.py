"""OR-Tools and ruin and recreate in tandem: plans go back and forth between them, and each goes on from the better.

Ruin and recreate (`solver.search`) runs here, in compiled code without the interpreter's lock; OR-Tools
(`solver.routing.search`) runs in a child process, from the best plan known.
"""

from __future__ import annotations

import time

from solver.insertion.layout import Rows
from solver.problem import Problem
from solver.routing.assistant import Assistant
from solver.routing.process import RoutingProcess
from solver.search.heat import coolings, heat, hottest
from solver.search.reinsertion import LOOK_S, Reinsertion
from solver.search.team import COSTS_PER_UNIT, LISTEN_S, Listener

SLICE_S, SLICES = 0.25, 10
"""OR-Tools is asked for so many seconds at a time, or for that part of the time there is, whichever is more."""

JOINING, ENDING = 0.6, 0.9
"""From these parts of the time on, ruin and recreate goes on from what OR-Tools finds; and coldly, from the best."""


class Tandem:
    """One solve between its insertion plan and its end; a `solver.search.team.Team` of another kind.

    Parameters
    ----------
    rows
        The plan to start from: task nodes per courier (`solver.nodes`).
    patience_s
        A child that is not done with its units of work after that many seconds is taken for hung.
    """

    def __init__(self, problem: Problem, rows: Rows, process: RoutingProcess, *, seed: int, patience_s: float) -> None:
        self._requests = len(problem.requests)
        self._reinsertion = Reinsertion(problem, rows, seed=seed)
        self._assistant = Assistant(process, problem)
        self._patience_s = patience_s
        self._other: Rows | None = None
        self._other_cost = self._reinsertion.cost

    @property
    def engine(self) -> str:
        """What the plan is due to: OR-Tools may not have been there."""
        return "ortools" if self._assistant.took_part else "search"

    @property
    def cost(self) -> int:
        """Cost of the best plan."""
        return min(self._reinsertion.cost, self._other_cost)

    @property
    def found(self) -> int:
        """Costs of insertion found by ruin and recreate so far: what the work is counted in."""
        return self._reinsertion.found

    def best(self) -> Rows:
        """Return the best plan."""
        self._join()
        return self._reinsertion.best()

    def fill(self, *, stop_s: float) -> None:
        """Insert, quickly, what is left out: see `Reinsertion.fill`."""
        self._reinsertion.fill(stop_s=stop_s)
        self._other_cost = self._reinsertion.cost

    def with_work(self, units: int, *, listener: Listener | None = None) -> None:
        """Spend units of work on ruin and recreate, then on OR-Tools, unless the listener says to stop."""
        reinsertion, assistant = self._reinsertion, self._assistant
        budget = units * COSTS_PER_UNIT
        hot, times = hottest(budget, self._requests), coolings(budget, self._requests)
        for _ in reinsertion.cool(budget, hot=hot, times=times):
            if listener is not None and listener(self.cost):
                return
        if not assistant.is_ready(deadline_s=None):
            return
        assistant.ask(reinsertion.best(), work=units)
        patient_until_s = time.monotonic() + self._patience_s
        while assistant.is_busy and (now_s := time.monotonic()) < patient_until_s:
            wait_s = patient_until_s - now_s if listener is None else LISTEN_S
            self._hear(min(now_s + wait_s, patient_until_s))
            if listener is not None and assistant.is_busy and listener(self.cost):
                assistant.end()
                return
        if assistant.is_busy:
            # How far it came is chance: its plans do not count.
            self._other = None
            assistant.give_up(f"hung for {self._patience_s:g} s")

    def until(self, stop_s: float, *, listener: Listener | None = None) -> None:
        """Search until `time.monotonic` is `stop_s`, or the listener says to stop."""
        reinsertion = self._reinsertion
        begin_s = now_s = time.monotonic()
        span_s = max(stop_s - begin_s, LOOK_S)
        budget = int(span_s * reinsertion.pace)
        hot, times = hottest(budget, self._requests), coolings(budget, self._requests)
        slice_s = max(SLICE_S, span_s / SLICES)
        asked_cost: int | None = None
        ending = False
        while now_s < stop_s and not (listener is not None and listener(self.cost)):
            part = (now_s - begin_s) / span_s
            self._hear(0.0)
            if part >= JOINING:
                self._join()
            if part >= ENDING and not ending:
                reinsertion.go_to_best()
                ending = True
            if self.cost != asked_cost and self._may_ask(stop_s - now_s):
                asked_cost = self.cost
                rows = self._other if self._other is not None and self._other_cost <= reinsertion.cost else None
                self._assistant.ask(rows or reinsertion.best(), seconds=min(slice_s, stop_s - now_s))
            reinsertion.run_until(stop_s, heat=heat(hot, part / ENDING, times))
            now_s = time.monotonic()
        self._hear(0.0)
        self._assistant.end()

    def _hear(self, deadline_s: float) -> None:
        """Hear until the deadline whether OR-Tools has found a better plan than any before."""
        rows = self._assistant.newest(deadline_s=deadline_s)
        if rows is None:
            return
        cost = self._reinsertion.price(rows)
        if cost is not None and cost < self.cost:
            self._other, self._other_cost = rows, cost

    def _join(self) -> None:
        """Have ruin and recreate go on from OR-Tools' plan, if that is better."""
        if self._other is not None:
            self._reinsertion.go_to(self._other)

    def _may_ask(self, left_s: float) -> bool:
        """Return whether the child is there, idle, and has time enough to make a model and search it."""
        assistant = self._assistant
        return not assistant.is_busy and left_s > 3 * assistant.model_s and assistant.is_ready(deadline_s=0.0)
