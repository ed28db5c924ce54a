"""What happens when: the world's calendar."""

from __future__ import annotations

import heapq
from collections.abc import Callable


class Agenda:
    """Actions by second; those of one second run in the order in which they were entered.

    That order, and nothing else, decides ties, so a run repeats exactly.
    """

    def __init__(self, *, start_s: int) -> None:
        self.now_s = start_s
        self._heap: list[tuple[int, int, Callable[[], None]]] = []
        self._entered = 0

    @property
    def next_s(self) -> int | None:
        """Return when the next action is due, None where nothing is."""
        return self._heap[0][0] if self._heap else None

    def enter(self, action: Callable[[], None], *, at_s: int) -> None:
        """Enter an action. One that is overdue runs at the present second, after what stands there already."""
        heapq.heappush(self._heap, (max(at_s, self.now_s), self._entered, action))
        self._entered += 1

    def run(self, *, until_s: int) -> None:
        """Run everything due up to and including `until_s`, and stand there."""
        while self._heap and self._heap[0][0] <= until_s:
            at_s, _, action = heapq.heappop(self._heap)
            self.now_s = at_s
            action()
        self.now_s = max(self.now_s, until_s)
