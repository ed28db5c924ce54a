"""What is on board along a route, and whether there is room for it, in an order in which it can be taken off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from solver.problem import BREAK, RELOAD, Problem, Task, TaskRef

Fault = tuple[str, str]
"""A code and a text."""


@dataclass(slots=True)
class _Goods:
    """What one request has to do with the hold, per capacity dimension."""

    free: bool
    """Whether it may be left out."""
    for_trip: bool
    """Whether it is put on board for the trip that takes it off: it may be left out, and has no loads."""
    brought: list[int]
    last: int
    trips: set[int] = field(default_factory=set)
    moved: list[int] = field(default_factory=list)
    aboard: list[int] = field(default_factory=list)


class Hold:
    """The hold of one courier along its route.

    Attributes
    ----------
    loads
        What is on board on departure from each stop, per dimension.
    faults
        Of room and of trips.
    """

    def __init__(self, problem: Problem, number: int, refs: Sequence[TaskRef]) -> None:
        self._problem = problem
        self._number = number
        self._room = problem.couriers[number].capacity
        self.loads: list[tuple[int, ...]] = []
        self.faults: list[Fault] = []
        self._goods = self._find_goods(refs)
        trip = 0
        self._begin_trip(trip, 0)
        for position, ref in enumerate(refs):
            if ref.request == RELOAD:
                trip += 1
                self._begin_trip(trip, position)
            elif ref.request == BREAK:
                self._pause(ref)
            else:
                self._do(ref)
            self.loads.append(self._on_board())

    def _find_goods(self, refs: Sequence[TaskRef]) -> dict[int, _Goods]:
        goods: dict[int, _Goods] = {}
        trip = 0
        for position, ref in enumerate(refs):
            trip += ref.request == RELOAD
            if ref.is_step:
                continue
            if ref.request not in goods:
                loads, unloads = self._problem.way(ref)
                net = [0] * len(self._room)
                for task in loads + unloads:
                    net = _sum(net, _change(task, len(net)))
                free = self._problem.requests[ref.request].courier is None
                goods[ref.request] = _Goods(
                    free=free,
                    for_trip=free and not loads,
                    brought=[max(0, -units) for units in net],
                    last=position,
                    moved=[0] * len(net),
                    aboard=[0] * len(net),
                )
            goods[ref.request].last = position
            goods[ref.request].trips.add(trip)
        for request, item in goods.items():
            if item.for_trip and len(item.trips) > 1:
                self._fault(
                    "TRIP_SPLIT",
                    f"request {request} is unloaded in trips {sorted(item.trips)} of courier {self._number}",
                )
        return goods

    def _begin_trip(self, trip: int, position: int) -> None:
        """Put on board what there is at the start, or at the reload that stands at `position`."""
        for item in self._goods.values():
            stays = trip in item.trips if item.for_trip else position <= item.last
            item.aboard = _sum(item.brought, item.moved) if stays else [0] * len(self._room)
        begins = f"starts trip {trip}" if trip else "starts"
        for dimension, (units, room) in enumerate(zip(self._on_board(), self._room, strict=True)):
            put_on = any(item.for_trip and item.aboard[dimension] > 0 for item in self._goods.values())
            if put_on and units > room:
                self._fault("CAPACITY", f"courier {self._number} {begins} with load {units} of {room} ({dimension})")

    def _pause(self, ref: TaskRef) -> None:
        pause = self._problem.couriers[self._number].breaks[ref.task]
        name = name_of(self._problem, self._number, ref)
        if all(not item.free for item in self._goods.values()):
            return
        for dimension, (units, most) in enumerate(zip(self._on_board(), pause.max_load, strict=False)):
            if units > most:
                self._fault("BREAK_TOO_FULL", f"{name} finds load {units} of at most {most} ({dimension})")

    def _do(self, ref: TaskRef) -> None:
        loads, unloads = self._problem.way(ref)
        change = _change((loads + unloads)[ref.task], len(self._room))
        item = self._goods[ref.request]
        item.moved = _sum(item.moved, change)
        item.aboard = _sum(item.aboard, change)
        for dimension, (units, more) in enumerate(zip(self._on_board(), change, strict=True)):
            room = self._room[dimension]
            if more > 0 and units > room:
                self._fault(
                    "CAPACITY",
                    f"{name_of(self._problem, self._number, ref)} makes load {units} of {room} ({dimension})",
                )

    def _on_board(self) -> tuple[int, ...]:
        return tuple(
            sum(item.aboard[dimension] for item in self._goods.values()) for dimension in range(len(self._room))
        )

    def _fault(self, code: str, text: str) -> None:
        self.faults.append((code, text))


def stacking_faults(problem: Problem, number: int, refs: Sequence[TaskRef]) -> Iterator[Fault]:
    """Yield where goods are taken off that others stand on, if the courier can do that last in, first out only."""
    if not problem.couriers[number].last_in_first_out:
        return
    loaded: dict[int, list[int]] = {}
    unloaded: dict[int, int] = {}
    floor = -1
    for position, ref in enumerate(refs):
        if ref.is_step:
            # At a reload, all that stays on board is beneath what comes.
            floor = position if ref.request == RELOAD else floor
            continue
        if ref.task < len(problem.way(ref).loads):
            loaded.setdefault(ref.request, []).append(position)
            continue
        level = max([floor, *loaded.get(ref.request, [])])
        for other, positions in loaded.items():
            to_unload = len(problem.way(refs[positions[0]]).unloads)
            above = other != ref.request and positions[-1] > level
            cleared = to_unload > 0 and unloaded.get(other, 0) == to_unload
            both_bound = all(problem.requests[one].courier is not None for one in (ref.request, other))
            if above and not cleared and not both_bound:
                yield "LAST_IN_FIRST_OUT", f"{name_of(problem, number, ref)} is beneath request {other}"
        unloaded[ref.request] = unloaded.get(ref.request, 0) + 1


def name_of(problem: Problem, number: int, ref: TaskRef) -> str:
    """Return a stop of a courier in words."""
    if ref.is_step:
        return f"{'break' if ref.request == BREAK else 'reload'} {ref.task} on {number}"
    way = f", way {ref.way}," if ref.way else ""
    return f"task {ref.task} of request {ref.request} ({problem.requests[ref.request].id}){way} on {number}"


def _change(task: Task, dimensions: int) -> list[int]:
    """Return what a task adds to what is on board."""
    change = [0] * dimensions
    for dimension, units in enumerate(task.load):
        change[dimension] += units
    for dimension, units in enumerate(task.unload):
        change[dimension] -= units
    return change


def _sum(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [units + more for units, more in zip(one, other, strict=True)]
