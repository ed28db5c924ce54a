"""Searches side by side, one a thread, that tell each other of the best plan.

Compiled code holds no lock of the interpreter, so that each has a core of its own. With a limit of work they meet after
fixed amounts of it: the same problem, seed and number of threads give the same plan.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from operator import itemgetter

from solver.insertion.layout import Rows
from solver.problem import Problem
from solver.search.catalogue import FULL
from solver.search.heat import coolings, heat, hottest
from solver.search.listing import Listed
from solver.search.pack import Packing
from solver.search.reinsertion import LOOK_S, Reinsertion

COSTS_PER_UNIT = 5_000
"""Costs of insertion found for one unit of work: some 5 to 15 ms."""

MEETINGS = (0.25, 0.5, 0.7, 0.85, 0.95)
"""Parts of the last cooling after which a search goes on from the best plan of all, if that is better than its own."""

LISTEN_S = 0.05
"""How long the caller is not asked whether to go on."""

Listener = Callable[[int], bool]
"""Is told the cost of the best plan, now and then, and says whether to stop."""

Stage = Callable[[Reinsertion], None]
"""What each member does for a while."""

SEEDS_APART = 7_919
"""Between the seeds of one search and the next."""

FIRST, LISTED, PACKED, AGAIN = 0.1, 0.55, 0.8, 0.85
"""In small problems, the parts of all the time or work after which routes are listed, until when that goes on, until
when the best plan is put together of them, and when it is once more if not all were listed."""

FIRST_S = 0.25
"""With time, they are not listed later than that."""

COSTS_PER_ROUTE = 4
"""Costs of insertion to spend for each route that may be listed."""

MUCH = 200_000
"""Costs of insertion that take longer than putting plans together of however many routes."""


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
        ends = [*meetings(times), 1.0] if len(self._members) > 1 else [1.0]
        stages = [(end, False, self._stretch(share, hot, times, end)) for end in ends]
        if self._may_list:
            listing = self._list(share // COSTS_PER_ROUTE, lambda member: member.found >= share * LISTED)
            stages += [
                (FIRST, False, self._stretch(share, hot, times, FIRST)),
                (LISTED, True, listing),
                (AGAIN, True, self._stretch(share, hot, times, AGAIN)),
            ]
        for end, packs, stage in sorted(stages, key=itemgetter(0)):
            self._all(stage, listener)
            # In this order, whoever was first: of two plans as good, always the same is the best.
            for member in self._members:
                self._tell(member)
            if self._over:
                return
            all_known = self._listed is Listed.ALL and packs and end == LISTED
            if all_known or (self._listed is Listed.SOME and packs and share >= MUCH):
                self._pack(stop_s=math.inf)
            for member in self._members:
                self._follow(member)

    def until(self, stop_s: float, *, listener: Listener | None = None) -> None:
        """Search until `time.monotonic` is `stop_s`, or the listener says to stop."""
        begin_s = time.monotonic()
        span_s = max(stop_s - begin_s, LOOK_S)
        budget = int(span_s * self._members[0].pace)
        hot, times = hottest(budget, self._requests), coolings(budget, self._requests)

        def search(end_s: float) -> Stage:
            def stage(member: Reinsertion) -> None:
                marks = [mark for mark in meetings(times) if begin_s + span_s * mark > time.monotonic()]
                while (now_s := time.monotonic()) < end_s and not self._over:
                    part = (now_s - begin_s) / span_s
                    if marks and part >= marks[0]:
                        marks.pop(0)
                        self._follow(member)
                    member.run_until(end_s, heat=heat(hot, part, times))
                    self._tell(member)

            return stage

        if self._may_list:
            listed_s, packed_s, again_s = (begin_s + span_s * part for part in (LISTED, PACKED, AGAIN))
            self._all(search(begin_s + min(span_s * FIRST, FIRST_S)), listener)
            if not self._over:
                listing = self._list(budget // COSTS_PER_ROUTE, lambda _: time.monotonic() >= listed_s)
                self._all(listing, listener)
            if not self._over and self._listed is not Listed.NONE:
                self._pack(stop_s=packed_s)
            if not self._over and self._listed is Listed.SOME:
                self._all(search(again_s), listener)
                self._pack(stop_s=stop_s)
            if self._over:
                return
        self._all(search(stop_s), listener)

    @property
    def _may_list(self) -> bool:
        """Whether the problem is small enough to list routes."""
        return len(self._members[0].catalogue.cost) > 0

    @property
    def _listed(self) -> Listed:
        """How far the listing of routes went: the same for all."""
        return self._members[0].listed

    def _list(self, room: int, over: Callable[[Reinsertion], bool]) -> Stage:
        """Return what has the members list routes together, until one says that it is over."""
        halted = False

        def look() -> None:
            nonlocal halted
            halted = self._over or any(over(member) or member.catalogue.state[FULL] for member in self._members)

        barrier = threading.Barrier(len(self._members), action=look)

        def meet() -> bool:
            try:
                barrier.wait()
            except threading.BrokenBarrierError:
                return False
            return not halted

        def stage(member: Reinsertion) -> None:
            others = [other.catalogue for other in self._members if other is not member]
            try:
                member.list_routes(
                    others,
                    part=self._members.index(member),
                    room=room,
                    over=lambda: self._over or over(member),
                    meet=meet,
                )
            except BaseException:
                # Nobody waits for who is not to come.
                barrier.abort()
                raise

        return stage

    def _pack(self, *, stop_s: float) -> None:
        """Go on from the best plan that can be put together of the routes known, if that is better."""
        first, *others = self._members
        for other in others:
            first.learn(other.catalogue)
        packing = Packing(first.catalogue, first.prices, first.couriers, leg_cost=first.leg_cost)
        rows = packing.better(self.cost, first.left_out(self.best()), stop_s=stop_s)
        cost = None if rows is None else first.price(rows)
        if rows is not None and cost is not None and cost < self.cost:
            self._best = (cost, rows)
        for member in self._members:
            self._follow(member)

    def _stretch(self, share: int, hot: float, times: int, end: float) -> Stage:
        """Return what has a member go on to a part of its share of the work."""

        def search(member: Reinsertion) -> None:
            for _ in member.cool(share, hot=hot, times=times, end=end):
                if self._over:
                    return

        return search

    def _all(self, search: Stage, listener: Listener | None) -> None:
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
