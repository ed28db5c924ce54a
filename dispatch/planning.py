"""The only translator between orders and the solver's index arrays.

What a courier was told is done in the solver's eyes: it starts where its last told visit ends, when that is expected
to end, with what it will have on board then. So nothing told can be changed by a plan, and a plan needs no notion of
instructions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dispatch.directory import Directory
from dispatch.handling import Handling
from dispatch.loads import load_of
from dispatch.messages import Action
from dispatch.model import DIMENSIONS
from dispatch.objective import Objective
from dispatch.state import CourierRecord, FulfilmentRecord, Option, OrderRecord, OrderStatus, Step
from geo.point import Point
from geo.travel import TravelTimes
from solver.problem import FOREVER_S, Courier, Matrix, Problem, Request, Sequences, Task, TaskRef, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """When and where a courier is expected to have done all that it was told."""

    courier: CourierRecord
    at_s: int
    point: Point


@dataclass(frozen=True, slots=True, eq=False)
class Translation:
    """A problem, and what its indices stand for.

    `free` has one entry a courier; `orders` one a request; `steps` one a request, with the steps of each way to serve
    it, which are the options of the order; `points` one a place.
    """

    problem: Problem
    start: Sequences
    free: tuple[Free, ...]
    orders: tuple[OrderRecord, ...]
    steps: tuple[tuple[tuple[Step, ...], ...], ...]
    points: tuple[Point, ...]
    now_s: int


class Translator:
    """Builds problems from orders and couriers of one zone."""

    def __init__(
        self, directory: Directory, handling: Handling, travel: TravelTimes, objective: Objective, *, slack_s: int
    ) -> None:
        self._directory = directory
        self._handling = handling
        self._travel = travel
        self._objective = objective
        self._slack_s = slack_s

    def translate(self, free: Sequence[Free], orders: Sequence[OrderRecord], *, now_s: int) -> Translation:
        """Return the problem of serving `orders` by `free`, with the couriers' present plans as its start.

        Orders bound to a courier must come with that courier. Steps of the present plans whose order is not among
        `orders`, or which have been done otherwise, are not part of the start.
        """
        places = _Places()
        number = {record.courier.id: index for index, record in enumerate(free)}
        requests, steps = [], []
        for order in orders:
            request, its_steps = self._request(order, number, places, now_s)
            requests.append(request)
            steps.append(its_steps)
        profiles = sorted({record.courier.courier.profile for record in free})
        couriers = tuple(self._courier(record, profiles, places, now_s) for record in free)
        problem = Problem(
            matrices=tuple(self._matrix(places.points, profile, now_s) for profile in profiles),
            couriers=couriers,
            requests=tuple(requests),
            breach_cost_per_s=self._objective.overtime_s,
            dimensions=DIMENSIONS,
        )
        start = _start(free, steps)
        return Translation(problem, start, tuple(free), tuple(orders), tuple(steps), tuple(places.points), now_s)

    def _matrix(self, points: Sequence[Point], profile: str, now_s: int) -> Matrix:
        travel = self._travel.many_to_many(points, points, profile=profile, depart_s=now_s)
        return Matrix(durations_s=travel.durations_s, distances_m=travel.distances_m)

    def _courier(self, free: Free, profiles: Sequence[str], places: _Places, now_s: int) -> Courier:
        crew = free.courier.courier
        earliest_s = max(free.at_s, now_s) - now_s
        return Courier(
            id=crew.id,
            profile=profiles.index(crew.profile),
            start=places.number(free.point),
            end=None if crew.end is None else places.number(crew.end),
            shift=Window(earliest_s=earliest_s, latest_s=max(earliest_s, crew.shift.until_s - now_s)),
            capacity=crew.capacity,
            skills=crew.skills,
            cost_per_s=self._objective.courier_s,
            cost_per_m=self._objective.courier_m,
        )

    def _request(
        self, order: OrderRecord, number: dict[str, int], places: _Places, now_s: int
    ) -> tuple[Request, tuple[tuple[Step, ...], ...]]:
        """Return what is left to do for an order. What was told to a courier counts as done, and as on board."""
        bound = None if order.bound is None else number[order.bound]
        if order.status is OrderStatus.ENDED:
            return self._return(order, bound, places, now_s)
        delivery = order.live.delivery
        ways, steps = [], []
        for option in order.options:
            sites = by_site(record for record in option.fulfilments.values() if record.courier is None)
            ways.append(
                tuple(
                    self._load(site, records, option, places, zone=delivery.zone, now_s=now_s)
                    for site, records in sites.items()
                )
            )
            loads = [Step(Action.LOAD, order.id, site) for site in sites]
            steps.append((*loads, Step(Action.DROP, order.id, "")))
        earliest_s = max(order.promise.from_s, order.retry_from_s, now_s) - now_s
        latest_s = FOREVER_S if bound is not None else max(earliest_s, order.give_up_s - now_s)
        drop = Task(
            place=places.number(delivery.destination),
            windows=(Window(earliest_s=earliest_s, latest_s=latest_s),),
            delay_costs=self._objective.delay_costs(
                ready_s=order.ready_s, due_s=order.promise.until_s - self._slack_s, now_s=now_s
            ),
            service_s=self._handling.door_s(delivery.zone, at_s=now_s),
            unload=load_of(self._directory, order, tuple(order.fulfilments.values())),
        )
        request = Request(
            id=order.id,
            loads=ways[0],
            other_loads=tuple(ways[1:]),
            unloads=(drop,),
            price=self._objective.left_out,
            skills=delivery.skills,
            courier=bound,
        )
        return request, tuple(steps)

    def _load(
        self,
        site: str,
        records: Sequence[FulfilmentRecord],
        option: Option,
        places: _Places,
        *,
        zone: str,
        now_s: int,
    ) -> Task:
        """Return the loading of what an option has at a site."""
        return Task(
            place=places.number(self._directory.sites[site].point),
            windows=(Window(earliest_s=max(0, max(record.ready_s for record in records) - now_s)),),
            setup_s=self._handling.setup_s(site, zone=zone, at_s=now_s),
            service_s=sum(self._handling.handover_s(record.fulfilment.store, at_s=now_s) for record in records),
            load=load_of(self._directory, option, records),
        )

    def _return(
        self, order: OrderRecord, bound: int | None, places: _Places, now_s: int
    ) -> tuple[Request, tuple[tuple[Step, ...], ...]]:
        """Bring what is on board, and wanted by nobody, back to the sites it came from."""
        unloads, steps = [], []
        for site, back in by_site(order.to_return).items():
            unloads.append(
                Task(
                    place=places.number(self._directory.sites[site].point),
                    setup_s=self._handling.setup_s(site, zone=order.live.delivery.zone, at_s=now_s),
                    service_s=sum(self._handling.handover_s(record.fulfilment.store, at_s=now_s) for record in back),
                    unload=load_of(self._directory, order, back),
                )
            )
            steps.append(Step(Action.RETURN, order.id, site))
        return Request(id=order.id, unloads=tuple(unloads), courier=bound), (tuple(steps),)


def by_site(records: Iterable[FulfilmentRecord]) -> dict[str, list[FulfilmentRecord]]:
    """Return fulfilments by the site they are at, or came from."""
    sites: dict[str, list[FulfilmentRecord]] = {}
    for record in records:
        sites.setdefault(record.fulfilment.site, []).append(record)
    return sites


class _Places:
    """Numbers for points, each point once."""

    def __init__(self) -> None:
        self.points: list[Point] = []
        self._number: dict[Point, int] = {}

    def number(self, point: Point) -> int:
        found = self._number.get(point)
        if found is None:
            found = self._number[point] = len(self.points)
            self.points.append(point)
        return found


def _start(free: Sequence[Free], steps: Sequence[tuple[tuple[Step, ...], ...]]) -> Sequences:
    # What is planned of an order is its first way.
    ref = {step: TaskRef(request, task) for request, ways in enumerate(steps) for task, step in enumerate(ways[0])}
    return tuple(tuple(ref[step] for step in record.courier.steps if step in ref) for record in free)
