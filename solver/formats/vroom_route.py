"""One route of a `Plan` as VROOM's output tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from solver.formats.vroom_input import VroomProblem
from solver.plan import Route, Stop
from solver.problem import BREAK
from solver.schedule import on_board_at_start

Json = dict[str, Any]


def tell_route(vroom: VroomProblem, route: Route) -> Json:
    """Return the JSON of a route: what it comes to, and its steps from start to end."""
    return _Teller(vroom, route).told()


class _Teller:
    """Follows a route: where it is, what is under way, and what has added up."""

    def __init__(self, vroom: VroomProblem, route: Route) -> None:
        self._vroom, self._route = vroom, route
        self._courier = vroom.problem.couriers[route.courier]
        self._vehicle = vroom.vehicles[route.courier]
        self._durations = vroom.problem.matrices[self._courier.profile].durations_s
        self._distances = vroom.distances[self._courier.profile]
        self._requests = list(dict.fromkeys(stop.task.request for stop in route.stops if not stop.task.is_step))
        requests = (vroom.problem.requests[number] for number in self._requests)
        self._load = on_board_at_start(requests, len(vroom.problem.dimensions))
        self._here = self._courier.start
        self._travel_s = self._distance_m = self._waiting_s = self._setup_s = self._service_s = 0
        # Of the way under way: how long it takes, how far it is, and how much of it is driven.
        self._way_s = self._way_m = self._driven_s = 0
        self._steps: list[Json] = []

    def told(self) -> Json:
        vroom, courier, stops = self._vroom, self._courier, self._route.stops
        tasks = [stop for stop in stops if not stop.task.is_step]
        first, last = (_place_names(_task_names(vroom, tasks[end])) for end in (0, -1))
        begins = first if courier.start is None else _end_names(self._vehicle, "start")
        self._step({"type": "start", **begins}, courier.shift.earliest_s)
        for number, stop in enumerate(stops):
            if stop.task.request == BREAK:
                self._rest(stop, self._next_place(stops[number:]))
            else:
                self._visit(stop)
        if courier.end is not None:
            self._go_on(courier.end)
            self._arrive(courier.end)
        late_s = self._route.overrun_s + self._route.overtime_s
        ends = last if courier.end is None else _end_names(self._vehicle, "end")
        self._step({"type": "end", **ends}, self._route.end_s, late_s=late_s)
        task_s = sum(stop.depart_s - stop.start_s for stop in tasks)
        costs = vroom.costs[self._route.courier]
        cost = costs.of_route(travel_s=self._route.travel_s, distance_m=self._route.distance_m, task_s=task_s)
        told: Json = {"vehicle": self._vehicle["id"], "cost": cost}
        if "description" in self._vehicle:
            told["description"] = self._vehicle["description"]
        told |= self._amounts()
        told |= {
            "setup": self._setup_s,
            "service": self._service_s,
            "duration": self._travel_s,
            "waiting_time": self._waiting_s,
            "priority": sum(vroom.priorities[stop.task.request] for stop in tasks),
        }
        if self._distances is not None:
            told["distance"] = self._distance_m
        delay_s = late_s + sum(stop.late_s for stop in stops)
        return told | {"steps": self._steps, "violations": _violations(delay_s)}

    def _visit(self, stop: Stop) -> None:
        task = self._vroom.problem.task(stop.task)
        self._go_on(stop.place)
        self._arrive(stop.place)
        self._load = stop.load
        setup_s = stop.depart_s - stop.start_s - task.service_s
        waiting_s = max(0, stop.start_s - stop.arrive_s)
        self._setup_s += setup_s
        self._service_s += task.service_s
        self._waiting_s += waiting_s
        names = _task_names(self._vroom, stop)
        self._step(
            {**names, "job": names["id"]},
            stop.arrive_s,
            setup=setup_s,
            service=task.service_s,
            waiting_time=waiting_s,
            late_s=stop.late_s,
        )

    def _rest(self, stop: Stop, place: int | None) -> None:
        """Take a break: what is left of the way is driven up to its beginning, and waiting is what is left of that."""
        if place is not None:
            self._go_on(place)
        driven_s = min(self._way_s - self._driven_s, stop.start_s - stop.arrive_s)
        self._driven_s += driven_s
        self._travel_s += driven_s
        service_s, waiting_s = stop.depart_s - stop.start_s, stop.start_s - stop.arrive_s - driven_s
        self._service_s += service_s
        self._waiting_s += waiting_s
        self._step(
            self._vroom.breaks[self._route.courier][stop.task.task],
            stop.arrive_s + driven_s,
            service=service_s,
            waiting_time=waiting_s,
            late_s=stop.late_s,
        )

    def _next_place(self, stops: Sequence[Stop]) -> int | None:
        return next((stop.place for stop in stops if stop.task.request != BREAK), self._courier.end)

    def _go_on(self, place: int) -> None:
        """Be on the way to a place, if not yet."""
        if self._here is None or self._way_s or self._way_m:
            return
        self._way_s = int(self._durations[self._here, place])
        self._way_m = 0 if self._distances is None else int(self._distances[self._here, place])

    def _arrive(self, place: int) -> None:
        self._travel_s += self._way_s - self._driven_s
        self._distance_m += self._way_m
        self._way_s = self._way_m = self._driven_s = 0
        self._here = place

    def _step(
        self, base: Json, arrival_s: int, *, setup: int = 0, service: int = 0, waiting_time: int = 0, late_s: int = 0
    ) -> None:
        told = base | {"setup": setup, "service": service, "waiting_time": waiting_time}
        if self._vroom.problem.dimensions:
            told["load"] = list(self._load)
        told |= {"arrival": arrival_s, "duration": self._travel_s, "violations": _violations(late_s)}
        if self._distances is not None:
            # Of a way that a break interrupts, as much as of its time.
            part_m = (2 * self._way_m * self._driven_s + self._way_s) // (2 * self._way_s) if self._way_s else 0
            told["distance"] = self._distance_m + part_m
        self._steps.append(told)

    def _amounts(self) -> Json:
        """Return what a route delivers and what it picks up; a shipment does both."""
        dimensions = len(self._vroom.problem.dimensions)
        if not dimensions:
            return {}
        delivery, pickup = [0] * dimensions, [0] * dimensions
        for number in self._requests:
            for task in self._vroom.problem.requests[number].tasks:
                for dimension in range(dimensions):
                    delivery[dimension] += task.unload[dimension]
                    pickup[dimension] += task.load[dimension]
        return {"delivery": delivery, "amount": delivery, "pickup": pickup}


def _task_names(vroom: VroomProblem, stop: Stop) -> Json:
    return vroom.tasks[stop.task.request][stop.task.task]


def _place_names(names: Json) -> Json:
    return {name: names[name] for name in ("location", "location_index") if name in names}


def _end_names(vehicle: Json, kind: str) -> Json:
    """Return how the input names the place where a vehicle starts or ends."""
    pairs = (("location", kind), ("location_index", f"{kind}_index"))
    return {name: vehicle[given] for name, given in pairs if given in vehicle}


def _violations(late_s: int) -> list[Json]:
    """Return the only rule that a plan may break, and only where it cannot be kept."""
    return [{"cause": "delay", "duration": late_s}] if late_s else []


__all__ = ["tell_route"]
