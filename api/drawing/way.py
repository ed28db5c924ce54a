"""The way to the next stop, which breaks may interrupt."""

from __future__ import annotations

from solver.problem import Matrix
from solver.schedule import travel


class Way:
    """Where a courier is, and what is left of the way that it is on.

    Waiting for an hour at which travel is faster comes before the way, as `solver.schedule` has it.
    """

    def __init__(self, matrix: Matrix, start: int | None) -> None:
        self._matrix = matrix
        self._here = start
        self._to: int | None = None
        self._wait_s = self._travel_s = self._all_s = self._left_m = self._all_m = 0

    def set_off(self, place: int | None, leave_s: int) -> None:
        """Be on the way to a place, unless there is none or it is under way already."""
        if self._to is not None or place is None:
            return
        self._to = place
        if self._here is None:
            return
        until_s, self._travel_s = travel(self._matrix, self._here, place, leave_s)
        self._wait_s, self._all_s = until_s - self._travel_s, self._travel_s
        self._left_m = self._all_m = int(self._matrix.distances_m[self._here, place])

    def go_on(self, seconds: int) -> tuple[int, int]:
        """Go on for so long, or until there; return how many seconds and metres of it are travelled."""
        waited_s = min(self._wait_s, seconds)
        travelled_s = min(self._travel_s, seconds - waited_s)
        self._wait_s -= waited_s
        self._travel_s -= travelled_s
        metres = self._all_m * travelled_s // self._all_s if self._all_s else 0
        self._left_m -= metres
        return travelled_s, metres

    def arrive(self) -> tuple[int, int]:
        """Be there; return how many seconds and metres that took from where it was."""
        left = self._travel_s, self._left_m
        self._here, self._to = self._to, None
        self._wait_s = self._travel_s = self._all_s = self._left_m = self._all_m = 0
        return left
