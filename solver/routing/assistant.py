"""OR-Tools at work beside its caller: asked for one problem, again and again, and never waited for in vain."""

from __future__ import annotations

import logging
import time

from solver.errors import WorkerError
from solver.insertion.layout import Rows
from solver.problem import Problem
from solver.routing.messages import Ask, Better, Failed
from solver.routing.process import RoutingProcess

log = logging.getLogger(__name__)

GRACE_S = 0.03
"""How long a search may go on after it was told to end; a child that takes longer is killed."""

SECONDS_PER_NODE_PAIR = 120e-9
SECONDS_PER_NODE = 150e-6
"""What it takes to make a model: measured for 100 to 2,400 nodes, rounded up."""


class Assistant:
    """Searches with OR-Tools in the child process of `process`, for one problem.

    A child that dies, fails or hangs is logged and gone (`is_lost`); it is started again for the next problem.
    """

    def __init__(self, process: RoutingProcess, problem: Problem) -> None:
        self._process = process
        self._problem: Problem | None = problem
        self._number = 0
        self.is_busy = False
        self.is_lost = False
        self.took_part = False
        self.steps = 0
        nodes = sum(len(request.tasks) for request in problem.requests) + 2 * len(problem.couriers)
        self.model_s = SECONDS_PER_NODE_PAIR * nodes**2 * 2 * len(problem.matrices) + SECONDS_PER_NODE * nodes
        """About how long the child needs before it can search."""

    def is_ready(self, *, deadline_s: float | None) -> bool:
        """Return whether a child is there by the deadline (a reading of `time.monotonic`)."""
        if self.is_lost:
            return False
        try:
            return self._process.wait_ready(deadline_s=deadline_s)
        except WorkerError as error:
            self._lose(error)
            return False

    def ask(self, rows: Rows, *, work: int | None = None, seconds: float | None = None) -> None:
        """Have a child that is ready search from `rows`."""
        self._number += 1
        ask = Ask(number=self._number, problem=self._problem, rows=rows, work=work, seconds=seconds)
        try:
            self._process.ask(ask, deadline_s=None if seconds is None else time.monotonic() + seconds)
        except WorkerError as error:
            self._lose(error)
            return
        self._problem = None
        self.is_busy = True

    def newest(self, *, deadline_s: float | None) -> Rows | None:
        """Return the newest plan found, or None; wait for the end of the search, at most until the deadline."""
        newest = None
        while self.is_busy:
            try:
                answer = self._process.answer(deadline_s=deadline_s)
            except WorkerError as error:
                self._lose(error)
                break
            if answer is None:
                break
            if answer.number != self._number:
                continue
            if isinstance(answer, Better):
                newest = answer.rows
                continue
            self.is_busy = False
            if isinstance(answer, Failed):
                log.error("OR-Tools broke off: %s", answer.text)
            elif answer.steps is None:
                log.warning("the OR-Tools model does not have the plan to start from as a solution")
            else:
                self.took_part = True
                self.steps += answer.steps
        return newest

    def end(self) -> None:
        """End the search; a child that does not follow is killed, and the next one is started."""
        if not self.is_busy:
            return
        self.newest(deadline_s=time.monotonic() + GRACE_S)
        if self.is_busy:
            self.give_up("did not end in time")

    def give_up(self, why: str) -> None:
        """Kill the child and start the next."""
        log.info("the solver's child process %s: killed", why)
        self._process.kill()
        self.is_busy, self.is_lost = False, True
        try:
            self._process.start()
        except WorkerError as error:
            self._lose(error)

    def _lose(self, error: WorkerError) -> None:
        log.warning("%s", error)
        self.is_busy, self.is_lost = False, True
