"""A `Plan` of a `Problem`, whatever format they came in, as a `Drawing`: laid out by travel times."""

from __future__ import annotations

from dataclasses import replace

from api.drawing.layout import Spot, lay_out
from api.drawing.model import CourierLane, Drawing, DrawnStop, Kind, LeftOut, Window
from api.drawing.way import Way
from scenarios.page import units
from solver.plan import Plan, Route, Stop
from solver.problem import BREAK, FOREVER_S, Break, Courier, Problem, Reload, Request, Task, TaskRef
from solver.problem import Way as AnyWay
from solver.problem import Window as GivenWindow


def from_plan(problem: Problem, plan: Plan, *, title: str) -> Drawing:
    """Return the drawing of a plan that the checker accepts.

    A request of one task is a job; of others, loads are pickups and unloads deliveries. Of a request with alternatives
    that is left out, the first way is drawn. Places lie where the first matrix, both ways averaged, puts them.
    """
    lanes = [_lane(problem, route) for route in plan.routes]
    left_out = [
        (
            Spot(row=task.place),
            LeftOut(
                kind=_kind(request.ways[0], number),
                label=f"{_kind(request.ways[0], number)} {request.id}",
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
    stops: list[tuple[Spot, DrawnStop]] = []
    way = Way(problem.matrices[courier.profile], courier.start) if problem.matrices else None
    left_s = courier.shift.earliest_s
    if courier.start is not None:
        begins = DrawnStop(kind=Kind.START, label=Kind.START, place=None, arrive_s=left_s)
        stops.append((Spot(row=courier.start), begins))
    for number, stop in enumerate(route.stops):
        assert way is not None  # no matrix, no place, no task
        if stop.task.request == BREAK:
            ahead = (other.place for other in route.stops[number:] if other.task.request != BREAK)
            way.set_off(next(ahead, courier.end), left_s)
            stops.append((Spot(), _break(courier.breaks[stop.task.task], stop, *way.go_on(stop.start_s - left_s))))
        else:
            way.set_off(stop.place, left_s)
            stops.append((Spot(row=stop.place), _visit(problem, courier, stop, *way.arrive())))
        left_s = stop.depart_s
    if courier.end is not None and way is not None:
        way.set_off(courier.end, left_s)
        travel_s, distance_m = way.arrive()
        ends = DrawnStop(
            kind=Kind.END,
            label=Kind.END,
            place=None,
            arrive_s=route.end_s,
            travel_s=travel_s,
            distance_m=distance_m,
            windows=(Window(None, courier.shift.latest_s + courier.overtime_s),),
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


def _break(pause: Break, stop: Stop, travel_s: int, distance_m: int) -> DrawnStop:
    """Return a break, which has no place; what it interrupts of a way is travelled before it."""
    return DrawnStop(
        kind=Kind.BREAK,
        label=Kind.BREAK,
        place=None,
        arrive_s=stop.arrive_s + travel_s,
        wait_s=stop.start_s - stop.arrive_s - travel_s,
        service_s=pause.duration_s,
        travel_s=travel_s,
        distance_m=distance_m,
        windows=_windows(pause.windows),
        told_late_s=stop.late_s,
        load=stop.load,
    )


def _visit(problem: Problem, courier: Courier, stop: Stop, travel_s: int, distance_m: int) -> DrawnStop:
    """Return a task, or a reload."""
    if stop.task.is_step:
        target: Task | Reload = courier.reloads[stop.task.task]
        kind, label, request = Kind.RELOAD, str(Kind.RELOAD), ""
    else:
        target = problem.task(stop.task)
        asked = problem.requests[stop.task.request]
        kind, label, request = _kind(problem.way(stop.task), stop.task.task), _label(asked, stop.task), asked.id
    too_long = f"on board too long by {units.minutes(stop.too_long_s)}"
    return DrawnStop(
        kind=kind,
        label=label,
        place=None,
        arrive_s=stop.arrive_s,
        wait_s=stop.start_s - stop.arrive_s,
        setup_s=stop.depart_s - stop.start_s - target.service_s,
        service_s=target.service_s,
        travel_s=travel_s,
        distance_m=distance_m,
        windows=_windows(target.windows),
        told_late_s=stop.late_s,
        load=stop.load,
        request=request,
        faults=(too_long,) if stop.too_long_s else (),
    )


def _kind(way: AnyWay, number: int) -> Kind:
    if len(way.tasks) == 1:
        return Kind.JOB
    return Kind.PICKUP if number < len(way.loads) else Kind.DELIVERY


def _label(request: Request, ref: TaskRef) -> str:
    """Return what people call a task; of several ways to serve a request, the way counts from 1."""
    way = f", way {ref.way + 1} of {len(request.ways)}" if len(request.ways) > 1 else ""
    return f"{_kind(request.ways[ref.way], ref.task)} {request.id}{way}"


def _windows(given: tuple[GivenWindow, ...]) -> tuple[Window, ...]:
    """Return the windows of a task; none if it may start at any time."""
    return tuple(map(_window, given)) if given != Task(place=0).windows else ()


def _window(given: GivenWindow) -> Window:
    return Window(given.earliest_s, None if given.latest_s == FOREVER_S else given.latest_s)
