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
from solver.search.reinsertion import Reinsertion
from solver.search.team import COLD, COSTS_PER_S, LOOK_S, Listener, heat, hottest

SLICE_S, SLICES = 0.25, 10
"""OR-Tools is asked for so many seconds at a time, or for that part of the time there is, whichever is more."""

JOINING, ENDING = 0.6, 0.9
"""From these parts of the time on, ruin and recreate goes on from what OR-Tools finds; and coldly, from the best."""


class Tandem:
    """One solve between its insertion plan and its end.

    Parameters
    ----------
    rows
        The plan to start from: task nodes per courier (`solver.nodes`).
    """

    def __init__(self, problem: Problem, rows: Rows, process: RoutingProcess, *, seed: int) -> None:
        self._requests = len(problem.requests)
        self._reinsertion = Reinsertion(problem, rows, seed=seed)
        self._assistant = Assistant(process, problem)
        self._other: Rows | None = None
        self._other_cost = self._reinsertion.cost

    @property
    def found(self) -> int:
        """Costs of insertion found by ruin and recreate so far."""
        return self._reinsertion.found

    @property
    def had_help(self) -> bool:
        """Whether OR-Tools took part."""
        return self._assistant.took_part

    def best(self) -> Rows:
        """Return the best plan."""
        return self._reinsertion.best()

    def with_work(self, budget: int, *, work: int, patience_s: float) -> None:
        """Find `budget` costs by ruin and recreate, then spend units of work on OR-Tools."""
        self._reinsertion.run(budget, hot=hottest(budget, self._requests), cold=COLD)
        assistant = self._assistant
        if assistant.is_ready(deadline_s=None):
            assistant.ask(self._reinsertion.best(), work=work)
            rows = assistant.newest(deadline_s=time.monotonic() + patience_s)
            if assistant.is_busy:
                assistant.give_up(f"hung for {patience_s:g} s")
            elif rows is not None:
                self._reinsertion.go_to(rows)

    def fill(self, stop_s: float) -> None:
        """Insert, quickly, what there was no time to insert with care."""
        self._reinsertion.fill(stop_s=stop_s)
        self._other_cost = self._reinsertion.cost

    def until(self, stop_s: float, *, listener: Listener | None = None) -> None:
        """Search until `time.monotonic` is `stop_s`, or the listener says to stop."""
        reinsertion = self._reinsertion
        begin_s = now_s = time.monotonic()
        span_s = max(stop_s - begin_s, LOOK_S)
        hot = hottest(int(span_s * COSTS_PER_S), self._requests)
        slice_s = max(SLICE_S, span_s / SLICES)
        asked_cost: int | None = None
        pace = float(COSTS_PER_S)
        ending = False
        while now_s < stop_s and not (listener is not None and listener(min(reinsertion.cost, self._other_cost))):
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
            warm, found = heat(hot, part / ENDING), reinsertion.found
            reinsertion.run(max(20, int(pace * min(LOOK_S, stop_s - now_s))), hot=warm, cold=warm)
            before_s, now_s = now_s, time.monotonic()
            pace = 0.5 * pace + 0.5 * (reinsertion.found - found) / max(now_s - before_s, 1e-4)
        self._listen()
        self._assistant.end()
        if self._other is not None:
            reinsertion.go_to(self._other)

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
