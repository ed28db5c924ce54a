"""Searches side by side, one a thread, that tell each other of the best plan.

Compiled code holds no lock of the interpreter, so that each has a core of its own. With a limit of work they meet after
fixed amounts of it: the same problem, seed and number of threads give the same plan.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait

from solver.insertion.layout import Rows
from solver.problem import Problem
from solver.search.heat import coolings, heat, hottest
from solver.search.reinsertion import LOOK_S, Reinsertion

COSTS_PER_UNIT = 5_000
"""Costs of insertion found for one unit of work: some 5 to 15 ms."""

MEETINGS = (0.25, 0.5, 0.7, 0.85, 0.95)
"""Parts of the last cooling after which a search goes on from the best plan of all, if that is better than its own."""

LISTEN_S = 0.05
"""How long the caller is not asked whether to go on."""

Listener = Callable[[int], bool]
"""Is told the cost of the best plan, now and then, and says whether to stop."""

SEEDS_APART = 7_919
"""Between the seeds of one search and the next."""


def meetings(coolings: int) -> list[float]:
    """Return after which parts of all the time or work searches meet that cool down so many times: in the last one."""
    return [(coolings - 1 + part) / coolings for part in MEETINGS]


class Team:
    """Improves a plan, task nodes per courier, on `threads` threads.

    Raises
    ------
    ValueError
        If the plan to start from breaks a rule.
    """

    engine = "search"

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
            self._follow(other)

    def with_work(self, units: int, *, listener: Listener | None = None) -> None:
        """Spend units of work, shared evenly, unless the listener says to stop."""
        share = -(-units * COSTS_PER_UNIT // len(self._members))
        hot, times = hottest(share, self._requests), coolings(share, self._requests)
        for end in (*meetings(times), 1.0) if len(self._members) > 1 else (1.0,):
            self._all(self._stretch(share, hot, times, end), listener)
            # In this order, whoever was first: of two plans as good, always the same is the best.
            for member in self._members:
                self._tell(member)
            if self._over:
                return
            for member in self._members:
                self._follow(member)

    def until(self, stop_s: float, *, listener: Listener | None = None) -> None:
        """Search until `time.monotonic` is `stop_s`, or the listener says to stop."""
        begin_s = time.monotonic()
        span_s = max(stop_s - begin_s, LOOK_S)
        budget = int(span_s * self._members[0].pace)
        hot, times = hottest(budget, self._requests), coolings(budget, self._requests)

        def search(member: Reinsertion) -> None:
            marks = meetings(times)
            while (now_s := time.monotonic()) < stop_s and not self._over:
                part = (now_s - begin_s) / span_s
                if marks and part >= marks[0]:
                    marks.pop(0)
                    self._follow(member)
                member.run_until(stop_s, heat=heat(hot, part, times))
                self._tell(member)

        self._all(search, listener)

    def _stretch(self, share: int, hot: float, times: int, end: float) -> Callable[[Reinsertion], None]:
        """Return what has a member go on to a part of its share of the work."""

        def search(member: Reinsertion) -> None:
            for _ in member.cool(share, hot=hot, times=times, end=end):
                if self._over:
                    return

        return search

    def _all(self, search: Callable[[Reinsertion], None], listener: Listener | None) -> None:
        """Have every member search; with one alone, and nobody listening, in this thread."""
        self._over = False
        if len(self._members) == 1 and listener is None:
            search(self._members[0])
            return
        over = True
        with ThreadPoolExecutor(len(self._members)) as pool:
            runs: set[Future[None]] = {pool.submit(search, member) for member in self._members}
            try:
                while runs:
                    done, runs = wait(runs, timeout=LISTEN_S if listener else None, return_when=FIRST_EXCEPTION)
                    for run in done:
                        run.result()
                    if listener is not None and not self._over:
                        self._over = listener(min(member.cost for member in self._members))
                over = self._over
            finally:
                # Who is interrupted, or fails, does not wait for the others to run out of time.
                self._over = over

    def _follow(self, member: Reinsertion) -> None:
        """Have a member go on from the best plan of all, if that is better than its own."""
        if self.cost < member.cost:
            member.go_to(self.best())

    def _tell(self, member: Reinsertion) -> None:
        """Note a member's best plan if it is the best of all. Nobody else runs the member meanwhile."""
        if member.cost < self._best[0]:
            rows = member.best()
            with self._lock:
                if member.cost < self._best[0]:
                    self._best = (member.cost, rows)
