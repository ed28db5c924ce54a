"""The child process: the only one that imports OR-Tools.

OR-Tools holds the interpreter's lock while it searches and may overrun its limits; here it stands in nobody's way, and
can be killed. The parent's end shows as the end of the pipe, which is looked at during a search too.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import traceback

from solver.insertion.layout import Rows
from solver.problem import Problem
from solver.routing.messages import Ask, Better, Done, Failed, Ready
from solver.routing.pipe import Pipe
from solver.routing.search import Limits, Search

PR_SET_PDEATHSIG = 1

REPORT_PERIOD_S = 0.02
"""Better plans are sent no more often."""


def serve(pipe: Pipe) -> None:
    """Answer the parent until it closes the pipe."""
    pipe.send(Ready())
    worker = _Worker(pipe)
    try:
        while True:
            ask = pipe.receive()
            assert isinstance(ask, Ask)
            try:
                answer: Done | Failed = worker.run(ask)
            except (EOFError, BrokenPipeError):
                raise
            except Exception:
                answer = Failed(number=ask.number, text=traceback.format_exc(limit=-4))
            pipe.send(answer)
    except (EOFError, BrokenPipeError):
        return


class _Worker:
    """Keeps the model of a problem from one question to the next."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._problem: Problem | None = None
        self._search: Search | None = None

    def run(self, ask: Ask) -> Done:
        deadline_s = None if ask.seconds is None else time.monotonic() + ask.seconds
        teller = _Teller(self._pipe, ask.number)

        def out_of_time() -> bool:
            teller.tell_if_due()
            return (deadline_s is not None and time.monotonic() >= deadline_s) or self._pipe.has_more()

        limits = Limits(work=ask.work, out_of_time=out_of_time)
        if ask.problem is not None:
            self._problem, self._search = ask.problem, None
        if self._problem is None:
            raise ValueError("the first question must have a problem")
        steps = None
        if self._search is not None:
            steps = self._search.run(ask.rows, limits=limits, report=teller.note)
        if steps is None:
            # A model that has been searched may refuse a plan that the same model takes when it is new.
            self._search = Search(self._problem)
            steps = self._search.run(ask.rows, limits=limits, report=teller.note)
        teller.tell()
        return Done(number=ask.number, steps=steps)


class _Teller:
    """Sends better plans to the parent, not too often."""

    def __init__(self, pipe: Pipe, number: int) -> None:
        self._pipe = pipe
        self._number = number
        self._rows: Rows | None = None
        self._told_s = 0.0

    def note(self, rows: Rows) -> None:
        self._rows = rows
        self.tell_if_due()

    def tell_if_due(self) -> None:
        if self._rows is not None and time.monotonic() - self._told_s >= REPORT_PERIOD_S:
            self.tell()

    def tell(self) -> None:
        if self._rows is not None:
            self._pipe.send(Better(number=self._number, rows=self._rows))
            self._rows, self._told_s = None, time.monotonic()


def follow_parent(parent: int) -> None:
    """Have the system end this process when the parent's thread that started it ends (Linux; prctl(2)).

    The end of the pipe says so too, but is not looked at while OR-Tools computes for long without a step.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the parent has ended")


def main() -> None:
    """Serve on the file descriptors given as arguments: to read, to write; then the parent to follow, or 0."""
    read_fd, write_fd, parent = map(int, sys.argv[1:4])
    if parent:
        follow_parent(parent)
    serve(Pipe(read_fd, write_fd))
