"""A `Plan` of a `Problem`, whatever format they came in, as a `Drawing`: laid out by travel times."""

from __future__ import annotations

from dataclasses import replace

from api.drawing.layout import Spot, lay_out
from api.drawing.model import CourierLane, Drawing, DrawnStop, Kind, LeftOut, Window
from solver.plan import Plan, Route
from solver.problem import FOREVER_S, Problem, Request, Task
from solver.problem import Window as GivenWindow


def from_plan(problem: Problem, plan: Plan, *, title: str) -> Drawing:
    """Return the drawing of a plan that the checker accepts.

    A request of one task is a job; of others, loads are pickups and unloads deliveries. Places lie where the first
    matrix, both ways averaged, puts them.
    """
    lanes = [_lane(problem, route) for route in plan.routes]
    left_out = [
        (
            Spot(row=task.place),
            LeftOut(
                kind=_kind(request, number),
                label=_label(request, number),
                place=None,
                windows=_windows(task.windows),
                reason=item.reason,
                detail=item.detail,
            ),
        )
        for item in plan.left_out
        for request in [problem.requests[item.request]]
        for number, task in enumerate(request.tasks)
    ]
    spots = [where for _, stops in lanes for where, _ in stops] + [where for where, _ in left_out]
    ground, places = lay_out(spots, {}, problem.matrices[0].durations_s if problem.matrices else None)
    return Drawing(
        title=title,
        lanes=tuple(
            replace(lane, stops=tuple(replace(stop, place=places.get(where)) for where, stop in stops))
            for lane, stops in lanes
        ),
        left_out=tuple(replace(item, place=places.get(where)) for where, item in left_out),
        ground=ground,
        couriers=len(problem.couriers),
        cost=plan.cost.total,
    )


def _lane(problem: Problem, route: Route) -> tuple[CourierLane, list[tuple[Spot, DrawnStop]]]:
    """Return a courier without its stops, and these with where they are."""
    courier = problem.couriers[route.courier]
    matrix = problem.matrices[courier.profile]
    stops: list[tuple[Spot, DrawnStop]] = []
    here = courier.start
    if here is not None:
        begins = DrawnStop(kind=Kind.START, label=Kind.START, place=None, arrive_s=courier.shift.earliest_s)
        stops.append((Spot(row=here), begins))
    for stop in route.stops:
        request, task = problem.requests[stop.task.request], problem.task(stop.task)
        busy_s = stop.depart_s - stop.start_s
        drawn = DrawnStop(
            kind=_kind(request, stop.task.task),
            label=_label(request, stop.task.task),
            place=None,
            arrive_s=stop.arrive_s,
            wait_s=stop.start_s - stop.arrive_s,
            setup_s=busy_s - task.service_s,
            service_s=task.service_s,
            travel_s=0 if here is None else int(matrix.durations_s[here, stop.place]),
            distance_m=0 if here is None else int(matrix.distances_m[here, stop.place]),
            windows=_windows(task.windows),
            told_late_s=stop.late_s,
            load=stop.load,
            request=request.id,
        )
        stops.append((Spot(row=stop.place), drawn))
        here = stop.place
    if courier.end is not None and here is not None:
        ends = DrawnStop(
            kind=Kind.END,
            label=Kind.END,
            place=None,
            arrive_s=route.end_s,
            travel_s=int(matrix.durations_s[here, courier.end]),
            distance_m=int(matrix.distances_m[here, courier.end]),
            windows=(Window(None, courier.shift.latest_s),),
        )
        stops.append((Spot(row=courier.end), ends))
    lane = CourierLane(
        label=courier.id,
        stops=(),
        profile=f"profile {courier.profile}" if len(problem.matrices) > 1 else "",
        shift=_window(courier.shift),
        capacity=courier.capacity,
    )
    return lane, stops


def _kind(request: Request, number: int) -> Kind:
    if len(request.tasks) == 1:
        return Kind.JOB
    return Kind.PICKUP if number < len(request.loads) else Kind.DELIVERY


def _label(request: Request, number: int) -> str:
    return f"{_kind(request, number)} {request.id}"


def _windows(given: tuple[GivenWindow, ...]) -> tuple[Window, ...]:
    """Return the windows of a task; none if it may start at any time."""
    return tuple(map(_window, given)) if given != Task(place=0).windows else ()


def _window(given: GivenWindow) -> Window:
    return Window(given.earliest_s, None if given.latest_s == FOREVER_S else given.latest_s)
