"""A problem with a suggested change made to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from solver.problem import FOREVER_S, Courier, Problem, Request, Task, Window
from solver.suggestion import Kind, Suggestion

T = TypeVar("T")


def apply(problem: Problem, suggestion: Suggestion) -> Problem:
    """Return a problem with a suggested change made to it.

    Raises
    ------
    ProblemError
        Where the changed problem contradicts itself: its figures may add up to more than fits.
    """
    kind, number = suggestion.kind, suggestion.courier
    if kind in (Kind.NONE, Kind.LONGER_SEARCH):
        return problem
    if number is None:
        changed = _REQUESTS[kind](problem.requests[suggestion.request], suggestion)
        return replace(problem, requests=_swapped(problem.requests, suggestion.request, changed))
    courier = problem.couriers[number]
    if kind is Kind.ONE_MORE_COURIER:
        return replace(problem, couriers=(*problem.couriers, _copy(problem, courier)))
    return replace(problem, couriers=_swapped(problem.couriers, number, _COURIERS[kind](courier, suggestion)))


def _swapped(items: tuple[T, ...], number: int, item: T) -> tuple[T, ...]:
    return (*items[:number], item, *items[number + 1 :])


def _copy(problem: Problem, courier: Courier) -> Courier:
    names = {other.id for other in problem.couriers}
    name = next(name for copy in range(2, len(names) + 3) if (name := f"{courier.id} ({copy})") not in names)
    return replace(courier, id=name, frozen=(), previous=())


def _later(request: Request, suggestion: Suggestion) -> Request:
    def later(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
        return tuple(replace(task, windows=put_off(task.windows, suggestion.more_s)) for task in tasks)

    return replace(
        request,
        loads=later(request.loads),
        unloads=later(request.unloads),
        other_loads=tuple(later(tasks) for tasks in request.other_loads),
        other_unloads=tuple(later(tasks) for tasks in request.other_unloads),
    )


def put_off(windows: tuple[Window, ...], more_s: int) -> tuple[Window, ...]:
    """Return windows of which the last one ends later."""
    return *windows[:-1], replace(windows[-1], latest_s=min(FOREVER_S, windows[-1].latest_s + more_s))


def _longer_on_board(request: Request, suggestion: Suggestion) -> Request:
    assert request.max_on_board_s is not None  # else more of it does not help, and is not suggested
    return replace(request, max_on_board_s=request.max_on_board_s + suggestion.more_s)


def _longer_shift(courier: Courier, suggestion: Suggestion) -> Courier:
    (shift,) = put_off((courier.shift,), suggestion.more_s)
    return replace(courier, shift=shift)


def _longer_travel(courier: Courier, suggestion: Suggestion) -> Courier:
    return replace(courier, max_travel_s=(courier.max_travel_s or 0) + suggestion.more_s)


def _longer_distance(courier: Courier, suggestion: Suggestion) -> Courier:
    return replace(courier, max_distance_m=(courier.max_distance_m or 0) + suggestion.more_m)


def _more_tasks(courier: Courier, suggestion: Suggestion) -> Courier:
    return replace(courier, max_tasks=(courier.max_tasks or 0) + suggestion.more_tasks)


def _more_room(courier: Courier, suggestion: Suggestion) -> Courier:
    room = tuple(have + more for have, more in zip(courier.capacity, suggestion.units, strict=True))
    return replace(courier, capacity=room)


def _more_skills(courier: Courier, suggestion: Suggestion) -> Courier:
    return replace(courier, skills=courier.skills | suggestion.skills)


def _higher_price(request: Request, suggestion: Suggestion) -> Request:
    return replace(request, price=suggestion.price)


_REQUESTS: dict[Kind, Callable[[Request, Suggestion], Request]] = {
    Kind.LATER: _later,
    Kind.LONGER_ON_BOARD: _longer_on_board,
    Kind.HIGHER_PRICE: _higher_price,
}

_COURIERS: dict[Kind, Callable[[Courier, Suggestion], Courier]] = {
    Kind.LONGER_SHIFT: _longer_shift,
    Kind.LONGER_TRAVEL: _longer_travel,
    Kind.LONGER_DISTANCE: _longer_distance,
    Kind.MORE_TASKS: _more_tasks,
    Kind.MORE_ROOM: _more_room,
    Kind.MORE_SKILLS: _more_skills,
}

__all__ = ["apply"]
