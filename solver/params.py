"""How long and how hard to look for a plan."""

from __future__ import annotations

from dataclasses import dataclass

from solver.errors import ParameterError

ENGINES = ("auto", "insertion", "ortools", "search")

MOST_THREADS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveParams:
    """Limits and choices of one solve.

    Attributes
    ----------
    time_limit_s
        Wall-clock seconds from call to return, kept to 0.2 s. Exactly one of this and `work_limit` is given.
    work_limit
        Amount of search, counted by the engine in units that repeat exactly: same problem, same seed, same plan.
        Zero stops after the insertion plan.
    engine
        ``auto`` is the best engine that can express the problem.
    threads
        Threads of the search. None is one for each processor, up to four, with a time limit, and one with a work limit:
        another number of threads finds another plan.
    """

    time_limit_s: float | None = None
    work_limit: int | None = None
    seed: int = 0
    engine: str = "auto"
    threads: int | None = None

    def __post_init__(self) -> None:
        """Check every bound."""
        if (self.time_limit_s is None) == (self.work_limit is None):
            raise ParameterError("give exactly one of time_limit_s and work_limit")
        if self.time_limit_s is not None and not 0 < self.time_limit_s <= 86_400:
            raise ParameterError(f"time_limit_s = {self.time_limit_s}: give more than 0 and at most 86400 seconds")
        if self.work_limit is not None and not 0 <= self.work_limit <= 2**31 - 1:
            raise ParameterError(f"work_limit = {self.work_limit}: give 0 to {2**31 - 1}")
        if not 0 <= self.seed <= 2**31 - 1:
            raise ParameterError(f"seed = {self.seed}: give 0 to {2**31 - 1}")
        if self.engine not in ENGINES:
            raise ParameterError(f"engine = {self.engine!r}: give one of {', '.join(ENGINES)}")
        if self.threads is not None and not 1 <= self.threads <= MOST_THREADS:
            raise ParameterError(f"threads = {self.threads}: give 1 to {MOST_THREADS}")
