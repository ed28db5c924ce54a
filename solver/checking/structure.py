"""Whether a plan is one of its problem at all: who does what, each thing once, in an order that makes sense."""

from __future__ import annotations

from collections import Counter

from solver.errors import PlanFault
from solver.plan import Plan, Route
from solver.problem import BREAK, RELOAD, Courier, Problem, TaskRef


def check_structure(problem: Problem, plan: Plan) -> None:
    """Raise the first fault of structure."""
    last = -1
    carried_by: dict[int, int] = {}
    for route in plan.routes:
        if not 0 <= route.courier < len(problem.couriers):
            raise PlanFault("COURIER_UNKNOWN", f"there is no courier {route.courier}")
        if route.courier <= last:
            raise PlanFault("COURIER_ORDER", f"the route of courier {route.courier} comes after that of {last}")
        last = route.courier
        _check_known(problem, route)
        if all(stop.task.is_step for stop in route.stops):
            raise PlanFault("ROUTE_EMPTY", f"courier {route.courier} has a route without tasks")
        _check_order(problem, route, carried_by)
        _check_steps(problem.couriers[route.courier], route)
    _check_left_out(problem, plan, carried_by)
    order = plan.sequences(len(problem.couriers))
    for number, courier in enumerate(problem.couriers):
        tasks = tuple(ref for ref in order[number] if not ref.is_step)
        if tasks[: len(courier.frozen)] != courier.frozen:
            raise PlanFault("FROZEN_MOVED", f"courier {number} ({courier.id}) does not begin with its frozen stops")


def _check_known(problem: Problem, route: Route) -> None:
    courier = problem.couriers[route.courier]
    for number, stop in enumerate(route.stops):
        if not _is_known(problem, courier, stop.task):
            where = f"stop {number} of courier {route.courier} ({courier.id})"
            raise PlanFault("TASK_UNKNOWN", f"{where} is {stop.task}, which does not exist")


def _is_known(problem: Problem, courier: Courier, ref: TaskRef) -> bool:
    if ref.request in (BREAK, RELOAD):
        own = len(courier.breaks if ref.request == BREAK else courier.reloads)
        return 0 <= ref.task < own and ref.way == 0
    if not 0 <= ref.request < len(problem.requests):
        return False
    ways = problem.requests[ref.request].ways
    return 0 <= ref.way < len(ways) and 0 <= ref.task < len(ways[ref.way].tasks)


def _check_order(problem: Problem, route: Route, carried_by: dict[int, int]) -> None:
    courier = problem.couriers[route.courier]
    done: dict[int, set[int]] = {}
    ways: dict[int, int] = {}
    for number, stop in enumerate(route.stops):
        if stop.task.is_step:
            continue
        where = f"stop {number} of courier {route.courier} ({courier.id})"
        request = problem.requests[stop.task.request]
        loads = len(request.ways[stop.task.way].loads)
        tasks = done.setdefault(stop.task.request, set())
        if carried_by.setdefault(stop.task.request, route.courier) != route.courier:
            raise PlanFault("REQUEST_SPLIT", f"{where} does {stop.task}, of which another courier does a part")
        if ways.setdefault(stop.task.request, stop.task.way) != stop.task.way:
            raise PlanFault("WAY_MIXED", f"{where} does {stop.task}, of which another stop goes by another way")
        if stop.task.task in tasks:
            raise PlanFault("TASK_TWICE", f"{where} does {stop.task} a second time")
        if stop.task.task >= loads and not tasks.issuperset(range(loads)):
            raise PlanFault("UNLOAD_BEFORE_LOAD", f"{where} does {stop.task} before all loads of that request")
        if request.courier is None and not request.skills <= courier.skills:
            missing = ", ".join(sorted(request.skills - courier.skills))
            raise PlanFault("SKILL_MISSING", f"{where} does {stop.task}, which needs {missing}")
        if request.courier not in (None, route.courier):
            raise PlanFault("BOUND_ELSEWHERE", f"{where} does {stop.task}, bound to courier {request.courier}")
        tasks.add(stop.task.task)
    for request_number, tasks in done.items():
        if len(tasks) != len(problem.requests[request_number].ways[ways[request_number]].tasks):
            raise PlanFault(
                "REQUEST_INCOMPLETE", f"courier {route.courier} does only tasks {sorted(tasks)} of {request_number}"
            )


def _check_steps(courier: Courier, route: Route) -> None:
    made = Counter(stop.task for stop in route.stops if stop.task.is_step)
    where = f"courier {route.courier} ({courier.id})"
    for number in range(len(courier.breaks)):
        times = made[TaskRef(BREAK, number)]
        if times == 0:
            raise PlanFault("BREAK_MISSING", f"{where} does not take its break {number}")
        if times > 1:
            raise PlanFault("TASK_TWICE", f"{where} takes its break {number} {times} times")
    breaks = [stop.task.task for stop in route.stops if stop.task.request == BREAK]
    if breaks != sorted(breaks):
        raise PlanFault("BREAK_ORDER", f"{where} takes its breaks in the order {breaks}")
    for number, reload in enumerate(courier.reloads):
        times = made[TaskRef(RELOAD, number)]
        if times > reload.times:
            raise PlanFault("RELOAD_TOO_OFTEN", f"{where} makes its reload {number} {times} times of {reload.times}")


def _check_left_out(problem: Problem, plan: Plan, carried_by: dict[int, int]) -> None:
    told: set[int] = set()
    for item in plan.left_out:
        if any(not 0 <= number < len(problem.requests) for number in (item.request, *item.by)):
            raise PlanFault("LEFT_OUT_UNKNOWN", f"request {item.request} or one of {item.by} does not exist")
        request = problem.requests[item.request]
        if item.request in carried_by or item.request in told:
            raise PlanFault("REQUEST_TWICE", f"request {item.request} ({request.id}) is planned and left out, or twice")
        if told and item.request < max(told):
            raise PlanFault("LEFT_OUT_ORDER", f"request {item.request} is left out after request {max(told)}")
        if request.courier is not None:
            raise PlanFault("BOUND_LEFT_OUT", f"request {item.request} ({request.id}) is bound to {request.courier}")
        told.add(item.request)
    for number, request in enumerate(problem.requests):
        if number not in carried_by and number not in told:
            raise PlanFault("REQUEST_MISSING", f"request {number} ({request.id}) is neither planned nor left out")


__all__ = ["check_structure"]
