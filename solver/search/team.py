"""Searches side by side, one a thread, that tell each other of the best plan.

Compiled code holds no lock of the interpreter, so that each has a core of its own. With a limit of work they meet after
fixed amounts of it: the same problem, seed and number of threads give the same plan.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from itertools import pairwise

from solver.insertion.layout import Rows
from solver.problem import Problem
from solver.search.reinsertion import Reinsertion

HOT, COLD = 3.0, 0.03
"""Temperatures in legs of the plan to start from, from first to last."""

LITTLE_WORK = ((200, 0.3), (1_000, 1.0))
"""With fewer costs a request than this, a search begins no hotter than that: it has no time to cool down."""

MEETINGS = (0.25, 0.5, 0.7, 0.85, 0.95)
"""Parts of the time or work after which a search goes on from the best plan of all, if that is better than its own."""

LOOK_S = 0.02
"""How long a search goes on between two looks at the clock."""

LISTEN_S = 0.05
"""How long the caller is not asked whether to go on."""

COSTS_PER_S = 300_000
"""About how many costs of insertion are found in a second, until that is measured."""

Listener = Callable[[int], bool]
"""Is told the cost of the best plan, now and then, and says whether to stop."""

SEEDS_APART = 7_919
"""Between the seeds of one search and the next."""


class Team:
    """Improves a plan, task nodes per courier, on `threads` threads.

    Raises
    ------
    ValueError
        If the plan to start from breaks a rule.
    """

    def __init__(self, problem: Problem, rows: Rows, *, seed: int, threads: int) -> None:
        self._members = [Reinsertion(problem, rows, seed=seed + SEEDS_APART * number) for number in range(threads)]
        self._requests = len(problem.requests)
        self._lock = threading.Lock()
        self._best = (self._members[0].cost, rows)
        self._over = False

    @property
    def cost(self) -> int:
        """Cost of the best plan."""
        return self._best[0]

    @property
    def found(self) -> int:
        """Costs of insertion found so far: what the work is counted in."""
        return sum(member.found for member in self._members)

    def best(self) -> Rows:
        """Return the best plan."""
        return self._best[1]

    def fill(self, *, stop_s: float) -> None:
        """Insert, quickly, what is left out: see `Reinsertion.fill`."""
        first, *others = self._members
        first.fill(stop_s=stop_s)
        self._tell(first)
        for other in others:
            other.go_to(self.best())

    def with_work(self, budget: int, *, listener: Listener | None = None) -> None:
        """Search until about `budget` costs are found, shared evenly, or the listener says to stop."""
        share = budget // len(self._members)
        hot = hottest(share, self._requests)
        marks = (0.0, *MEETINGS, 1.0)
        for begin, end in pairwise(marks):
            part = int(share * end) - int(share * begin)

            def search(
                member: Reinsertion, part: int = part, first: float = heat(hot, begin), last: float = heat(hot, end)
            ) -> None:
                member.run(part, hot=first, cold=last)

            self._all(search, None)
            for member in self._members:
                self._tell(member)
            if listener is not None and listener(self.cost):
                return
            for member in self._members:
                member.go_to(self.best())

    def until(self, stop_s: float, *, listener: Listener | None = None) -> None:
        """Search until `time.monotonic` is `stop_s`, or the listener says to stop."""
        begin_s = time.monotonic()
        span_s = max(stop_s - begin_s, LOOK_S)
        hot = hottest(int(span_s * COSTS_PER_S), self._requests)
        self._over = False

        def search(member: Reinsertion) -> None:
            pace = float(COSTS_PER_S)
            marks = list(MEETINGS)
            now_s = begin_s
            while now_s < stop_s and not self._over:
                part = (now_s - begin_s) / span_s
                if marks and part >= marks[0]:
                    marks.pop(0)
                    member.go_to(self.best())
                warm, found = heat(hot, part), member.found
                member.run(max(20, int(pace * min(LOOK_S, stop_s - now_s))), hot=warm, cold=warm)
                self._tell(member)
                before_s, now_s = now_s, time.monotonic()
                pace = 0.5 * pace + 0.5 * (member.found - found) / max(now_s - before_s, 1e-4)

        self._all(search, listener)

    def _all(self, search: Callable[[Reinsertion], None], listener: Listener | None) -> None:
        """Have every member search; with one alone, and nobody listening, in this thread."""
        if len(self._members) == 1 and listener is None:
            search(self._members[0])
            return
        with ThreadPoolExecutor(len(self._members)) as pool:
            runs: set[Future[None]] = {pool.submit(search, member) for member in self._members}
            try:
                while runs:
                    done, runs = wait(runs, timeout=LISTEN_S if listener else None, return_when=FIRST_EXCEPTION)
                    for run in done:
                        run.result()
                    if listener is not None and not self._over and listener(self.cost):
                        self._over = True
            finally:
                # Who is interrupted, or fails, does not wait for the others to run out of time.
                self._over = True

    def _tell(self, member: Reinsertion) -> None:
        """Note a member's best plan if it is the best of all. Called by the thread that runs the member."""
        if member.cost < self._best[0]:
            rows = member.best()
            with self._lock:
                if member.cost < self._best[0]:
                    self._best = (member.cost, rows)


def hottest(budget: int, requests: int) -> float:
    """Return the temperature to begin with, for a number of costs that a search may find."""
    for costs, hot in LITTLE_WORK:
        if budget < costs * requests:
            return hot
    return HOT


def heat(hot: float, part: float) -> float:
    """Return the temperature after a part of the search that began with `hot`."""
    return float(hot * (COLD / hot) ** min(1.0, part))
