"""What the solver is asked: requests, couriers, and the matrices between places.

Everything is whole seconds, metres and cost units; places are row and column numbers of the matrices; requests and
couriers are named by their position. Their ids are carried along for people and never used to find anything.

How a route is timed (the one definition that every engine and the checker follow):

* A courier is at its start place at ``shift.earliest_s``; without a start place it appears at its first stop then.
* It arrives after the travel time of its profile, and *starts* the task at the earliest moment not before arrival that
  lies in one of the task's windows. It departs ``setup_s`` (only if the stop before, or the start, is at another place)
  plus ``service_s`` later.
* It waits no longer than that, except where the time on board of its goods (`Request.max_on_board_s`) or a `Gap`
  between two tasks asks for it: all starts together are the earliest that keep these.
* A break begins at the earliest moment of its windows that is not before the end of what comes before it. A way that is
  under way then is interrupted, and goes on after the break; a break takes place nowhere.
* Where travel depends on the hour (`Matrix.later`), a courier sets off at the moment from which it arrives soonest.
* The route ends with the departure from its last stop, or with the arrival at the courier's end place. A courier
  without tasks stays where it is, takes no breaks and costs nothing.

What is on board: requests without loads are on board from the start, or from the last reload before them; requests
without unloads stay on board up to the next reload, or to the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from solver.errors import ProblemError

FOREVER_S = 2**40
"""Later than any time: the end of a window that never closes."""

UNREACHABLE_S = 2**30
"""A matrix entry of this or more says that there is no way. No request that may be left out is planned across it."""

IntMatrix = npt.NDArray[np.int32] | npt.NDArray[np.int64]


BREAK: Final = -1
"""`TaskRef.request` of a break: `TaskRef.task` is then its position in `Courier.breaks`."""

RELOAD: Final = -2
"""`TaskRef.request` of a reload: `TaskRef.task` is then its position in `Courier.reloads`."""


class TaskRef(NamedTuple):
    """A task by position: request number, and task number within it, loads counted before unloads.

    `way` says which of the request's alternatives is meant (`Request.ways`). A `request` below zero is a step of the
    courier's own: `BREAK` or `RELOAD`.
    """

    request: int
    task: int
    way: int = 0

    @property
    def is_step(self) -> bool:
        """Whether this is a break or a reload."""
        return self.request < 0


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


class Way(NamedTuple):
    """One way to serve a request."""

    loads: tuple[Task, ...]
    unloads: tuple[Task, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Loads, then unloads."""
        return self.loads + self.unloads


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Loads, then unloads, on one courier, all or nothing: every load comes before every unload.

    What the unloads take off beyond what the loads put on is on board from the courier's start; what is never taken
    off stays on board to the end of the route. See `solver.problem` for couriers that reload.

    Attributes
    ----------
    other_loads, other_unloads
        Alternatives: each a set of tasks that may be done in place of `loads`, or of `unloads`.
    price
        Cost of leaving the request out. Not read for a bound request.
    skills
        Each must be among the courier's skills, unless the request is bound.
    courier
        The courier it is bound to, because it is on board, pinned or begun. A bound request is never left out: where it
        misses a hard window, the lateness is priced by `Problem.breach_cost_per_s` and reported.
    max_on_board_s
        From the departure of each of its loads to the start of each of its unloads at most so long. A bound request may
        exceed it, at `Problem.breach_cost_per_s`; nobody waits for that.
    previous, move_cost
        The courier that it was planned for before, and what it costs to give it to another.
    """

    id: str
    loads: tuple[Task, ...] = ()
    unloads: tuple[Task, ...] = ()
    other_loads: tuple[tuple[Task, ...], ...] = ()
    other_unloads: tuple[tuple[Task, ...], ...] = ()
    price: int = 0
    skills: frozenset[str] = frozenset()
    courier: int | None = None
    max_on_board_s: int | None = None
    previous: int | None = None
    move_cost: int = 0

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Loads, then unloads, of the first way: what `TaskRef.task` counts."""
        return self.loads + self.unloads

    @property
    def ways(self) -> tuple[Way, ...]:
        """Every choice of loads with every choice of unloads: what `TaskRef.way` counts, those of `loads` first."""
        if not self.other_loads and not self.other_unloads:
            return (Way(self.loads, self.unloads),)
        return tuple(
            Way(loads, unloads)
            for loads in (self.loads, *self.other_loads)
            for unloads in (self.unloads, *self.other_unloads)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A rest that a courier with tasks takes once. It begins in one of its windows.

    Attributes
    ----------
    windows
        Disjoint and ascending.
    max_load
        Most that may be on board meanwhile, per capacity dimension; empty means anything.
    """

    windows: tuple[Window, ...] = (Window(),)
    duration_s: int = 0
    max_load: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reload:
    """A place where a courier may end one trip and begin the next: at most `times` times, each within the windows.

    What no later task takes off is taken off there; what the requests without loads of the next trip take off is put
    on. All unloads of such a request belong to one trip.
    """

    place: int
    windows: tuple[Window, ...] = (Window(),)
    service_s: int = 0
    setup_s: int = 0
    times: int = 1


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
        The route lies inside, but for overtime. Only a route with a bound request may end later, at
        `Problem.breach_cost_per_s`.
    overtime_s, overtime_cost_per_s
        How much later than its shift a route may end, and what each second of that costs.
    capacity
        Per dimension. What is on board at the start may exceed it; then nothing more is loaded until there is room.
    fixed_cost, cost_per_s, cost_per_m, cost_per_service_s
        Paid once if it has tasks; per second of travel; per metre of travel; per second of set-up and service.
    frozen
        The first tasks of its route, in this order, whatever else is planned. All their requests are bound to it.
    breaks
        Taken in this order, each once, if it has tasks.
    reloads
        Where it may reload.
    max_tasks, max_travel_s, max_distance_m
        Limits of its route; travel by the second and the metre as in its costs.
    last_in_first_out
        Whether it can take off only what was put on last: a request is unloaded only while no request that was loaded
        after it still has unloads to come, or none at all. Goods that were on board at the start, or at the last
        reload, are beneath all others and in any order among themselves.
    previous, reorder_cost
        The tasks of its route in the plan before. Each of them that it still does, and that now comes first or right
        after another task than then, costs so much. Breaks and reloads do not count.
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
    cost_per_service_s: int = 0
    frozen: tuple[TaskRef, ...] = ()
    overtime_s: int = 0
    overtime_cost_per_s: int = 0
    breaks: tuple[Break, ...] = ()
    reloads: tuple[Reload, ...] = ()
    max_tasks: int | None = None
    max_travel_s: int | None = None
    max_distance_m: int | None = None
    last_in_first_out: bool = False
    previous: tuple[TaskRef, ...] = ()
    reorder_cost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LaterTravel:
    """Travel seconds, an (n, n) array, of those who set off at `from_s` or later."""

    from_s: int
    durations_s: IntMatrix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matrix:
    """Travel between places by one profile: two (n, n) arrays, rows are origins; whole seconds and whole metres.

    `later` has what travel takes from certain hours on, in ascending order; none means that the hour does not matter.
    """

    durations_s: IntMatrix
    distances_m: IntMatrix
    later: tuple[LaterTravel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Two tasks of different requests, one after the other, whoever does them.

    The second starts at least `least_s` and at most `most_s` after the departure of the first. Its request is served
    only if that of the first is. Neither request is bound, or has alternatives.
    """

    first: TaskRef
    second: TaskRef
    least_s: int = 0
    most_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Requests to serve, couriers to serve them, and the way between places.

    Attributes
    ----------
    same_courier, never_together
        Sets of requests: those of a set that are served are served by one courier; no two by one courier.
    gaps
        Pairs of tasks that are so far apart.
    cost_scale
        How many cost units are one of those that people know. Only what is told in words is told in these.
    time_scale
        How many seconds are one unit of the time that people know, where that is no time of the clock: one of the text
        that the problem was read from. None means that seconds are seconds. No plan depends on it.

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
    same_courier: tuple[tuple[int, ...], ...] = ()
    never_together: tuple[tuple[int, ...], ...] = ()
    gaps: tuple[Gap, ...] = ()
    cost_scale: int = 1
    time_scale: int | None = None

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        from solver.validate import validate

        validate(self)

    @property
    def places(self) -> int:
        """Number of places."""
        return len(self.matrices[0].durations_s) if self.matrices else 0

    def task(self, ref: TaskRef) -> Task:
        """Return the task that `ref` names, which is no step."""
        return self.way(ref).tasks[ref.task]

    def way(self, ref: TaskRef) -> Way:
        """Return the way to serve a request that `ref` names."""
        return self.requests[ref.request].ways[ref.way]


__all__ = [
    "BREAK",
    "FOREVER_S",
    "RELOAD",
    "UNREACHABLE_S",
    "Break",
    "Courier",
    "DelayCost",
    "Gap",
    "IntMatrix",
    "LaterTravel",
    "Matrix",
    "Problem",
    "ProblemError",
    "Reload",
    "Request",
    "Sequences",
    "Task",
    "TaskRef",
    "Way",
    "Window",
]
