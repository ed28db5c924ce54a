"""Times, loads and costs of given task orders: the reference for every engine.

The rules stand at the top of `solver.problem`. This module only counts: whether what it counts is allowed is the
checker's question (`solver.check`), which does not use this code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solver.plan import Cost, LeftOut, Plan, Reason, Route, Stop
from solver.problem import Courier, Problem, Request, Sequences, Task, TaskRef


def schedule(
    problem: Problem, sequences: Sequences, *, left_out: tuple[LeftOut, ...] = (), engine: str = "", work: int = 0
) -> Plan:
    """Time the given orders of tasks, each task as early as it can be, and price them.

    Parameters
    ----------
    sequences
        One tuple of tasks per courier, in the order of `Problem.couriers`.
    left_out
        Requests left out, with reasons. A request that is neither here nor in `sequences` is added as
        ``Reason.NOT_FOUND``.

    Returns
    -------
    Plan
        A task that is too late for its last window starts on arrival and has that lateness as `Stop.late_s`, a route
        that outlasts its shift has an `Route.overrun_s`; both are priced at `Problem.breach_cost_per_s`. That a
        task or courier may be late at all is not judged here.
    """
    routes = tuple(_route(problem, number, refs) for number, refs in enumerate(sequences) if refs)
    told = {item.request for item in left_out}
    planned = {ref.request for refs in sequences for ref in refs}
    silent = (r for r in range(len(problem.requests)) if r not in told and r not in planned)
    everything_left = left_out + tuple(LeftOut(request=r, reason=Reason.NOT_FOUND) for r in silent)
    everything_left = tuple(sorted(everything_left, key=lambda item: item.request))
    return Plan(
        routes=routes,
        left_out=everything_left,
        cost=_cost(problem, routes, everything_left),
        engine=engine,
        work=work,
    )


def on_board_at_start(requests: Iterable[Request], dimensions: int) -> tuple[int, ...]:
    """Return what the courier of `requests` sets off with, per dimension: what they take off but never put on."""
    on_board = [0] * dimensions
    for request in requests:
        for dimension in range(dimensions):
            put_on = sum(task.load[dimension] for task in request.tasks if task.load)
            taken_off = sum(task.unload[dimension] for task in request.tasks if task.unload)
            on_board[dimension] += max(0, taken_off - put_on)
    return tuple(on_board)


def start_in_windows(task: Task, arrive_s: int) -> tuple[int, int]:
    """Return when a task starts on arrival at `arrive_s`, and how late that is for its last window."""
    for window in task.windows:
        if arrive_s <= window.latest_s:
            return max(arrive_s, window.earliest_s), 0
    return arrive_s, arrive_s - task.windows[-1].latest_s


def task_duration_s(task: Task, came_from: int | None) -> int:
    """Return set-up and service seconds; set-up only on coming from another place.

    A courier that appears at its first stop (`came_from` is None) comes from nowhere and pays no set-up.
    """
    another_place = came_from is not None and came_from != task.place
    return task.service_s + (task.setup_s if another_place else 0)


def _route(problem: Problem, number: int, refs: Sequence[TaskRef]) -> Route:
    courier = problem.couriers[number]
    matrix = problem.matrices[courier.profile]
    on_route = dict.fromkeys(ref.request for ref in refs)
    load = on_board_at_start((problem.requests[r] for r in on_route), len(problem.dimensions))
    now_s, here = courier.shift.earliest_s, courier.start
    travel_s = distance_m = 0
    stops = []
    for ref in refs:
        task = problem.task(ref)
        if here is not None:
            leg_s = int(matrix.durations_s[here, task.place])
            now_s += leg_s
            travel_s += leg_s
            distance_m += int(matrix.distances_m[here, task.place])
        arrive_s = now_s
        start_s, late_s = start_in_windows(task, arrive_s)
        now_s = start_s + task_duration_s(task, here)
        here = task.place
        load = _after(task, load)
        stops.append(
            Stop(
                task=ref,
                place=task.place,
                arrive_s=arrive_s,
                start_s=start_s,
                depart_s=now_s,
                late_s=late_s,
                load=load,
            )
        )
    if courier.end is not None and here is not None:
        leg_s = int(matrix.durations_s[here, courier.end])
        now_s += leg_s
        travel_s += leg_s
        distance_m += int(matrix.distances_m[here, courier.end])
    return Route(
        courier=number,
        stops=tuple(stops),
        end_s=now_s,
        travel_s=travel_s,
        distance_m=distance_m,
        overrun_s=max(0, now_s - courier.shift.latest_s),
    )


def _after(task: Task, load: tuple[int, ...]) -> tuple[int, ...]:
    put_on = task.load or (0,) * len(load)
    taken_off = task.unload or (0,) * len(load)
    return tuple(was + more - less for was, more, less in zip(load, put_on, taken_off, strict=True))


def _cost(problem: Problem, routes: tuple[Route, ...], left_out: tuple[LeftOut, ...]) -> Cost:
    couriers: list[Courier] = [problem.couriers[route.courier] for route in routes]
    stops = [stop for route in routes for stop in route.stops]
    late_s = sum(stop.late_s for stop in stops) + sum(route.overrun_s for route in routes)
    left = (problem.requests[item.request] for item in left_out)
    return Cost(
        left_out=sum(request.price for request in left if request.courier is None),
        fixed=sum(courier.fixed_cost for courier in couriers),
        travel=sum(route.travel_s * courier.cost_per_s for route, courier in zip(routes, couriers, strict=True)),
        distance=sum(route.distance_m * courier.cost_per_m for route, courier in zip(routes, couriers, strict=True)),
        delay=sum(_delay_cost(problem.task(stop.task), stop.start_s) for stop in stops),
        breach=late_s * problem.breach_cost_per_s,
    )


def _delay_cost(task: Task, start_s: int) -> int:
    return sum(delay.per_s * max(0, start_s - delay.after_s) for delay in task.delay_costs)
