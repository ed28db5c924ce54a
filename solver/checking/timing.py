"""When a courier is where: one route timed stop by stop, and again from a stop on that is to wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from solver.problem import BREAK, RELOAD, Break, Matrix, Problem, Reload, Task, TaskRef, Window


@dataclass(frozen=True, slots=True)
class Leg:
    """A way from one place to the next: when it ends if nothing comes between, and what of that is travel."""

    there_s: int
    travel_s: int = 0
    distance_m: int = 0


def fastest(matrix: Matrix, origin: int, destination: int, leave_s: int) -> Leg:
    """Return the leg that arrives first of those that begin at `leave_s` or later; of several, the one begun first."""
    distance_m = int(matrix.distances_m[origin, destination])
    seconds = int(matrix.durations_s[origin, destination])
    in_force = [later for later in matrix.later if later.from_s <= leave_s]
    if in_force:
        seconds = int(in_force[-1].durations_s[origin, destination])
    legs = [Leg(leave_s + seconds, seconds, distance_m)]
    for later in matrix.later[len(in_force) :]:
        seconds = int(later.durations_s[origin, destination])
        legs.append(Leg(later.from_s + seconds, seconds, distance_m))
    return min(legs, key=lambda leg: leg.there_s)


@dataclass(frozen=True, slots=True)
class Moments:
    """When one stop happens."""

    arrive_s: int
    start_s: int
    depart_s: int
    late_s: int


@dataclass(frozen=True, slots=True)
class _Link:
    """What does not depend on the clock: a stop, and where the way after it leads."""

    windows: tuple[Window, ...]
    duration_s: int
    place: int | None
    next_place: int | None


class Chain:
    """One courier's stops in order, each as early as the stop before it, its windows and its wait allow.

    Attributes
    ----------
    moments
        Of each stop.
    legs
        The way to the first stop that has a place, then of each stop that has one the way on from there; a break, and
        what has no way on, has a leg without travel.
    """

    def __init__(self, problem: Problem, number: int, refs: Sequence[TaskRef]) -> None:
        courier = problem.couriers[number]
        self.number = number
        self.refs = tuple(refs)
        self._matrix = problem.matrices[courier.profile] if problem.matrices else None
        self._begin_s = courier.shift.earliest_s
        targets = [target_of(problem, number, ref) for ref in refs]
        places = [None if isinstance(target, Break) else target.place for target in targets]
        self._links: list[_Link] = []
        came_from = courier.start
        for position, target in enumerate(targets):
            ahead = [place for place in (*places[position + 1 :], courier.end) if place is not None]
            if isinstance(target, Break):
                link = _Link(target.windows, target.duration_s, None, None)
            else:
                setup_s = target.setup_s if came_from is not None and came_from != target.place else 0
                link = _Link(target.windows, target.service_s + setup_s, target.place, ahead[0] if ahead else None)
                came_from = target.place
            self._links.append(link)
        first = [place for place in (*places, courier.end) if place is not None]
        self._start = courier.start
        self._first = first[0] if first else None
        self._waits_s = [0] * len(self.refs)
        self.moments: list[Moments] = []
        self.legs: list[Leg] = []
        self.reset()

    @property
    def end_s(self) -> int:
        """When the route ends."""
        return self.legs[-1].there_s

    def place(self, position: int) -> int | None:
        """Return where a stop is; None for a break."""
        return self._links[position].place

    def duration_s(self, position: int) -> int:
        """Return what a stop takes from start to departure."""
        return self._links[position].duration_s

    def last_s(self, position: int) -> int:
        """Return the end of the last window of a stop."""
        return self._links[position].windows[-1].latest_s

    def reset(self) -> None:
        """Let nothing wait."""
        self._waits_s = [0] * len(self.refs)
        self._time_from(0)

    def wait(self, position: int, until_s: int) -> set[int]:
        """Let a stop start no earlier than a moment, and return the positions of all that start later now."""
        before = [moments.start_s for moments in self.moments]
        self._waits_s[position] = max(self._waits_s[position], until_s)
        self._time_from(position)
        return {at for at in range(position, len(self.refs)) if self.moments[at].start_s > before[at]}

    def _time_from(self, position: int) -> None:
        del self.moments[position:], self.legs[position + 1 :]
        if position == 0:
            self.legs = [self._leg(self._start, self._first, self._begin_s)]
        ready_s = self.moments[-1].depart_s if self.moments else self._begin_s
        there_s = self.legs[-1].there_s
        for link, wait_s in zip(self._links[position:], self._waits_s[position:], strict=True):
            arrive_s = ready_s if link.place is None else there_s
            start_s, late_s = _opening(link.windows, max(arrive_s, wait_s))
            ready_s = start_s + link.duration_s
            self.moments.append(Moments(arrive_s, start_s, ready_s, late_s))
            if link.place is None:
                # The way under way is over when it would have been, or when the break begins, if that is later; and
                # then it takes the break longer.
                self.legs.append(Leg(max(there_s, start_s) + link.duration_s))
            else:
                self.legs.append(self._leg(link.place, link.next_place, ready_s))
            there_s = self.legs[-1].there_s

    def _leg(self, origin: int | None, destination: int | None, leave_s: int) -> Leg:
        if origin is None or destination is None or self._matrix is None:
            return Leg(leave_s)
        return fastest(self._matrix, origin, destination, leave_s)


def target_of(problem: Problem, number: int, ref: TaskRef) -> Task | Break | Reload:
    """Return the task, break or reload that a courier's stop is."""
    if ref.request == BREAK:
        return problem.couriers[number].breaks[ref.task]
    if ref.request == RELOAD:
        return problem.couriers[number].reloads[ref.task]
    loads, unloads = problem.requests[ref.request].ways[ref.way]
    return (loads + unloads)[ref.task]


def _opening(windows: Sequence[Window], from_s: int) -> tuple[int, int]:
    """Return the first moment from `from_s` on that is in a window and 0; or, after the last, `from_s` and how late."""
    for window in windows:
        if window.latest_s >= from_s:
            return max(window.earliest_s, from_s), 0
    return from_s, from_s - windows[-1].latest_s
