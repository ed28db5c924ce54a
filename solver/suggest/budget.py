"""How long, or how hard, to look for changes, shared between the requests that they are to serve."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from solver.errors import ParameterError
from solver.words import told_count

LEAST_SHARE = 0.125
"""Of what is left for all, one request may use as much, however many there are."""

SEARCH = 50
"""A search counts for as many plans that are tried."""


class Budget:
    """Seconds or plans to try, for one request after another.

    Attributes
    ----------
    words
        What there is, as "2 s".
    """

    def __init__(
        self, time_limit_s: float | None, work_limit: int | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if (time_limit_s is None) == (work_limit is None):
            raise ParameterError("give exactly one of time_limit_s and work_limit")
        if (limit := time_limit_s if work_limit is None else work_limit) is None or limit < 0:
            raise ParameterError(f"the limit is {limit}: give 0 or more")
        self.words = f"{round(time_limit_s or 0, 1):g} s" if work_limit is None else told_count(work_limit, "trial")
        self.timed = work_limit is None
        self._tried = 0
        self._used: Callable[[], float] = clock if self.timed else lambda: self._tried
        self._end = self._used() + limit
        self._end_of_share = self._end

    @property
    def share_over(self) -> bool:
        """Whether nothing is left for the present request."""
        return self._used() >= self._end_of_share

    @property
    def left_s(self) -> float:
        """Seconds that are left for the present request, where that is what counts."""
        return self._end_of_share - self._used()

    def shared(self, requests: Sequence[int]) -> Iterator[int]:
        """Yield one request after another, each with a share of what is left, until nothing is."""
        for done, request in enumerate(requests):
            used = self._used()
            if used >= self._end:
                return
            self._end_of_share = used + (self._end - used) * max(LEAST_SHARE, 1 / (len(requests) - done))
            yield request

    def spend(self, plans: int) -> None:
        """Note that so many plans are tried."""
        self._tried += plans


__all__ = ["SEARCH", "Budget"]
