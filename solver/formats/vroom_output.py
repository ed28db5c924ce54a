"""A `Plan` as VROOM's output JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from solver.formats.vroom_input import VroomProblem
from solver.plan import Plan, Route
from solver.schedule import on_board_at_start, task_duration_s

Json = dict[str, Any]

_SUMS = ("setup", "service", "duration", "waiting_time", "priority")


def write_vroom(vroom: VroomProblem, plan: Plan) -> Json:
    """Return the output JSON of a plan for the problem of `vroom`."""
    routes = [_route(vroom, route) for route in plan.routes]
    unassigned = [
        {**task, "reason": item.reason.value, **({"detail": item.detail} if item.detail else {})}
        for item in plan.left_out
        for task in vroom.tasks[item.request]
    ]
    cost = sum(route["cost"] for route in routes)
    summary: Json = {"cost": cost, "routes": len(routes), "unassigned": len(unassigned)}
    for name in ("delivery", "pickup"):
        summary[name] = [sum(amounts) for amounts in zip(*(route[name] for route in routes), strict=True)]
    summary["amount"] = summary["delivery"]
    summary |= {name: sum(route[name] for route in routes) for name in _SUMS}
    if routes and all("distance" in route for route in routes):
        summary["distance"] = sum(route["distance"] for route in routes)
    summary["violations"] = []
    return {"code": 0, "summary": summary, "unassigned": unassigned, "routes": routes}


def _route(vroom: VroomProblem, route: Route) -> Json:
    problem = vroom.problem
    courier, vehicle = problem.couriers[route.courier], vroom.vehicles[route.courier]
    matrix = problem.matrices[courier.profile]
    has_distances = vroom.has_distances[courier.profile]
    requests = list(dict.fromkeys(stop.task.request for stop in route.stops))
    load = on_board_at_start((problem.requests[number] for number in requests), len(problem.dimensions))
    steps: list[Json] = []
    here = courier.start
    travel_s = distance_m = waiting_s = priority = setup_sum_s = 0

    def step(base: Json, arrival_s: int, **figures: Any) -> None:
        told = base | {"arrival": arrival_s, "duration": travel_s, "setup": 0, "service": 0, "waiting_time": 0}
        told |= figures | {"load": list(load), "violations": []}
        steps.append(told | ({"distance": distance_m} if has_distances else {}))

    def go_to(place: int | None) -> None:
        nonlocal here, travel_s, distance_m
        if here is not None and place is not None:
            travel_s += int(matrix.durations_s[here, place])
            distance_m += int(matrix.distances_m[here, place])
        here = place

    if courier.start is not None:
        step(_end_of(vehicle, "start"), courier.shift.earliest_s)
    for stop in route.stops:
        task = problem.task(stop.task)
        setup_s = task_duration_s(task, here) - task.service_s
        go_to(task.place)
        load = stop.load
        wait_s = stop.start_s - stop.arrive_s
        names = vroom.tasks[stop.task.request][stop.task.task]
        if names["type"] == "job":
            names = {**names, "job": names["id"]}
        step(names, stop.arrive_s, setup=setup_s, service=task.service_s, waiting_time=wait_s)
        waiting_s += wait_s
        setup_sum_s += setup_s
        priority += vroom.priorities[stop.task.request]
    if courier.end is not None:
        go_to(courier.end)
        step(_end_of(vehicle, "end"), route.end_s)
    told: Json = {"vehicle": vehicle["id"], "cost": travel_s}
    if "description" in vehicle:
        told["description"] = vehicle["description"]
    told |= _amounts(vroom, requests)
    told |= {
        "setup": setup_sum_s,
        "service": sum(problem.task(stop.task).service_s for stop in route.stops),
        "duration": travel_s,
        "waiting_time": waiting_s,
        "priority": priority,
    }
    if has_distances:
        told["distance"] = distance_m
    return told | {"steps": steps, "violations": []}


def _end_of(vehicle: Json, kind: str) -> Json:
    told: Json = {"type": kind}
    if kind in vehicle:
        told["location"] = vehicle[kind]
    return told | {"location_index": vehicle[f"{kind}_index"]}


def _amounts(vroom: VroomProblem, requests: Sequence[int]) -> Json:
    """Return what a route delivers and what it picks up; a shipment does both."""
    dimensions = len(vroom.problem.dimensions)
    delivery, pickup = [0] * dimensions, [0] * dimensions
    for number in requests:
        for task in vroom.problem.requests[number].tasks:
            for dimension in range(dimensions):
                delivery[dimension] += task.unload[dimension]
                pickup[dimension] += task.load[dimension]
    return {"delivery": delivery, "amount": delivery, "pickup": pickup}
