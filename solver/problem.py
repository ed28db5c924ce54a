"""What the solver is asked: requests, couriers, and the matrices between places.

Everything is whole seconds, metres and cost units; places are row and column numbers of the matrices; requests and
couriers are named by their position. Their ids are carried along for people and never used to find anything.

How a route is timed (the one definition that every engine and the checker follow):

* A courier is at its start place at ``shift.earliest_s``; without a start place it appears at its first stop then.
* It arrives after the travel time of its profile, and *starts* the task at the earliest moment not before arrival that
lies in
  one of the task's windows. It departs ``setup_s`` (only if the stop before, or the start, is at another place) plus
  ``service_s`` later. It never waits longer than that.
* The route ends with the departure from its last stop, or with the arrival at the courier's end place. A courier
without
  stops stays where it is and costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.errors import ProblemError

FOREVER_S = 2**40
"""Later than any time: the end of a window that never closes."""

UNREACHABLE_S = 2**30
"""A matrix entry of this or more says that there is no way. No request that may be left out is planned across it."""

IntMatrix = npt.NDArray[np.int32] | npt.NDArray[np.int64]


class TaskRef(NamedTuple):
    """A task by position: request number, and task number within it, loads counted before unloads."""

    request: int
    task: int


Sequences = tuple[tuple[TaskRef, ...], ...]
"""Who does what in which order, without times: one tuple of tasks per courier, in the order of `Problem.couriers`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A closed interval of seconds: both ends are inside."""

    earliest_s: int = 0
    latest_s: int = FOREVER_S


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayCost:
    """A soft deadline: `per_s` cost units for every second that a task starts after `after_s`. Several add up."""

    after_s: int
    per_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An action at a place that changes a courier's load.

    Attributes
    ----------
    place
        Row and column in the matrices.
    windows
        Disjoint and ascending; the task starts inside one of them.
    delay_costs
        Soft deadlines of the start.
    setup_s
        Paid once on coming from another place (parking, finding the door), before `service_s`.
    load, unload
        What it puts on board and takes off, per capacity dimension; empty means nothing.
    """

    place: int
    windows: tuple[Window, ...] = (Window(),)
    delay_costs: tuple[DelayCost, ...] = ()
    service_s: int = 0
    setup_s: int = 0
    load: tuple[int, ...] = ()
    unload: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Loads, then unloads, on one courier, all or nothing: every load comes before every unload.

    What the unloads take off beyond what the loads put on is on board from the courier's start; what is never taken
    off stays on board to the end of the route.

    Attributes
    ----------
    price
        Cost of leaving the request out. Not read for a bound request.
    skills
        Each must be among the courier's skills, unless the request is bound.
    courier
        The courier it is bound to, because it is on board, pinned or begun. A bound request is never left out: where it
        misses a hard window, the lateness is priced by `Problem.breach_cost_per_s` and reported.
    """

    id: str
    loads: tuple[Task, ...] = ()
    unloads: tuple[Task, ...] = ()
    price: int = 0
    skills: frozenset[str] = frozenset()
    courier: int | None = None

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Loads, then unloads: what `TaskRef.task` counts."""
        return self.loads + self.unloads


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """A crew for a shift.

    Attributes
    ----------
    profile
        Which of the problem's matrices it travels by.
    start, end
        Places, or None for anywhere. A courier on the move starts at the place it is driving to, when it gets there.
    shift
        The route lies inside. Only a route with a bound request may end later, at `Problem.breach_cost_per_s`.
    capacity
        Per dimension. What is on board at the start may exceed it; then nothing more is loaded until there is room.
    fixed_cost, cost_per_s, cost_per_m
        Paid once if it has stops; per second of travel; per metre of travel.
    frozen
        The first stops of its route, in this order, whatever else is planned. All their requests are bound to it.
    """

    id: str
    shift: Window
    profile: int = 0
    start: int | None = None
    end: int | None = None
    capacity: tuple[int, ...] = ()
    skills: frozenset[str] = frozenset()
    fixed_cost: int = 0
    cost_per_s: int = 1
    cost_per_m: int = 0
    frozen: tuple[TaskRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matrix:
    """Travel between places by one profile: two (n, n) arrays, rows are origins; whole seconds and whole metres."""

    durations_s: IntMatrix
    distances_m: IntMatrix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Requests to serve, couriers to serve them, and the way between places.

    Raises
    ------
    ProblemError
        Where an element contradicts another, with a JSON pointer to it.
    """

    matrices: tuple[Matrix, ...]
    couriers: tuple[Courier, ...]
    requests: tuple[Request, ...]
    breach_cost_per_s: int = 1_000
    dimensions: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        from solver.validate import validate

        validate(self)

    @property
    def places(self) -> int:
        """Number of places."""
        return len(self.matrices[0].durations_s) if self.matrices else 0

    def task(self, ref: TaskRef) -> Task:
        """Return the task that `ref` names."""
        return self.requests[ref.request].tasks[ref.task]


__all__ = [
    "FOREVER_S",
    "UNREACHABLE_S",
    "Courier",
    "DelayCost",
    "IntMatrix",
    "Matrix",
    "Problem",
    "ProblemError",
    "Request",
    "Sequences",
    "Task",
    "TaskRef",
    "Window",
]
