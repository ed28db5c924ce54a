"""Requests and their tasks, field by field, in every way to serve them."""

from __future__ import annotations

from collections.abc import Sequence

from solver.errors import ProblemError
from solver.problem import Request, Task
from solver.validation.fields import check_amounts, check_place, check_windows

MOST_WAYS = 64
"""No request has more ways to serve it."""


def check_request(at: str, request: Request, couriers: int, places: int, dimensions: int) -> None:
    """Raise the first figure of a request, or of a task of it in any way, that is out of bounds."""
    if not request.loads and not request.unloads:
        raise ProblemError(at, "has no task: give at least one load or unload")
    if request.price < 0:
        raise ProblemError(f"{at}/price", f"is {request.price}: give 0 or more")
    for name, courier in (("courier", request.courier), ("previous", request.previous)):
        if courier is not None and not 0 <= courier < couriers:
            raise ProblemError(f"{at}/{name}", f"is {courier}, and there are {couriers} couriers")
    if request.move_cost < 0:
        raise ProblemError(f"{at}/move_cost", f"is {request.move_cost}: give 0 or more")
    if request.max_on_board_s is not None and request.max_on_board_s < 0:
        raise ProblemError(f"{at}/max_on_board_s", f"is {request.max_on_board_s}: give 0 or more")
    for kind, others in (("loads", request.other_loads), ("unloads", request.other_unloads)):
        tasks = getattr(request, kind)
        for number, task in enumerate(tasks):
            _check_task(f"{at}/{kind}/{number}", task, places, dimensions)
        for other, alternative in enumerate(others):
            if not alternative or not tasks:
                raise ProblemError(
                    f"{at}/other_{kind}/{other}", f"and {kind} must both have tasks: give at least one to each"
                )
            for number, task in enumerate(alternative):
                _check_task(f"{at}/other_{kind}/{other}/{number}", task, places, dimensions)
    ways = (1 + len(request.other_loads)) * (1 + len(request.other_unloads))
    if ways > MOST_WAYS:
        raise ProblemError(f"{at}/other_loads", f"make {ways} ways to serve it: give at most {MOST_WAYS}")
    if request.courier is None and request.loads:
        for number, way in enumerate(request.ways):
            _check_balance(at if ways == 1 else f"{at} (way {number})", way.tasks, dimensions)


def _check_balance(at: str, tasks: Sequence[Task], dimensions: int) -> None:
    for dimension in range(dimensions):
        put_on = sum(task.load[dimension] for task in tasks if task.load)
        taken_off = sum(task.unload[dimension] for task in tasks if task.unload)
        if taken_off > put_on:
            raise ProblemError(
                f"{at}/unloads",
                f"take off {taken_off} of dimension {dimension} where the loads put on {put_on}: "
                "only a request bound to a courier may be partly on board",
            )


def _check_task(at: str, task: Task, places: int, dimensions: int) -> None:
    check_place(f"{at}/place", task.place, places)
    check_windows(at, task.windows)
    for number, delay in enumerate(task.delay_costs):
        if delay.after_s < 0 or delay.per_s < 0:
            raise ProblemError(
                f"{at}/delay_costs/{number}", f"is {delay.per_s} per second after {delay.after_s}: give 0 or more"
            )
    if task.service_s < 0:
        raise ProblemError(f"{at}/service_s", f"is {task.service_s}: give 0 or more")
    if task.setup_s < 0:
        raise ProblemError(f"{at}/setup_s", f"is {task.setup_s}: give 0 or more")
    for name, amounts in (("load", task.load), ("unload", task.unload)):
        if amounts:
            check_amounts(f"{at}/{name}", amounts, dimensions)
