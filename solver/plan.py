"""What the solver answers: timed stops per courier, what it costs, and why each request left out was left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from solver.problem import Sequences, TaskRef
from solver.suggestion import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One task on a route, or one of the courier's own steps, timed.

    `late_s` is the breach of a hard window, only ever above zero for a bound request, or for a break on a route with
    one. `too_long_s` is by how much goods that are unloaded here have been on board for too long; also only
    ever above zero for a bound request. `load` is what is on board on departure, per capacity dimension. The `place` of
    a break is -1, its `arrive_s` the end of what comes before it.
    """

    task: TaskRef
    place: int
    arrive_s: int
    start_s: int
    depart_s: int
    late_s: int
    load: tuple[int, ...]
    too_long_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What one courier does.

    `overtime_s` is how long after its shift it ends, for a courier that may work overtime. `overrun_s` is how much
    longer that is than allowed, only ever above zero with a bound request on it; it is a part of `overtime_s` then.
    """

    courier: int
    stops: tuple[Stop, ...]
    end_s: int
    travel_s: int
    distance_m: int
    overrun_s: int = 0
    overtime_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The cost of a plan by term, in cost units."""

    left_out: int = 0
    fixed: int = 0
    travel: int = 0
    distance: int = 0
    delay: int = 0
    breach: int = 0
    service: int = 0
    overtime: int = 0
    change: int = 0

    @property
    def total(self) -> int:
        """Sum of all terms: what the engines minimise."""
        of_routes = self.fixed + self.travel + self.distance + self.service + self.overtime
        return self.left_out + of_routes + self.delay + self.breach + self.change


class Reason(StrEnum):
    """Why a request is not in a plan."""

    IMPOSSIBLE = "impossible"
    """No courier could serve it even with nothing else to do; `LeftOut.detail` says what is missing."""
    CROWDED_OUT = "crowded_out"
    """It fits nowhere, but would without the requests that `LeftOut.by` names, or beside those that it needs."""
    NOT_WORTH_ITS_PRICE = "not_worth_its_price"
    """It fits, and every way to fit it costs more than its price."""
    NOT_FOUND = "not_found"
    """None of the others is proven: the search ended too early to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A request that is not in the plan, and why. `detail` has the figures in words; `by` requests in its way.

    `suggestion` is the smallest change that would serve it, where one was asked for (`solver.suggest`).
    """

    request: int
    reason: Reason
    detail: str = ""
    by: tuple[int, ...] = ()
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Routes of the couriers that have stops, in courier order; left-out requests in request order.

    `engine` names what made it: ``insertion`` alone, ``search`` (ruin and recreate), or ``ortools`` in tandem with
    that. `work` is how much of the work limit it used.
    """

    routes: tuple[Route, ...]
    left_out: tuple[LeftOut, ...]
    cost: Cost
    engine: str = ""
    work: int = 0

    def sequences(self, couriers: int) -> Sequences:
        """Return the order of tasks per courier, for `couriers` couriers: a plan to start another solve from."""
        order: list[tuple[TaskRef, ...]] = [()] * couriers
        for route in self.routes:
            order[route.courier] = tuple(stop.task for stop in route.stops)
        return tuple(order)
