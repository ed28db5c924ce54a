"""Orders of tasks that a problem names: frozen stops, and those of the plan before."""

from __future__ import annotations

from solver.errors import ProblemError
from solver.problem import Courier, Problem, TaskRef


def check_ref(at: str, ref: TaskRef, problem: Problem) -> None:
    """Raise what a reference to a task names that there is not."""
    if not 0 <= ref.request < len(problem.requests):
        raise ProblemError(at, f"names request {ref.request}, and there are {len(problem.requests)} requests")
    ways = problem.requests[ref.request].ways
    if not 0 <= ref.way < len(ways):
        raise ProblemError(at, f"names way {ref.way} of request {ref.request}, which has {len(ways)} ways")
    tasks = len(ways[ref.way].tasks)
    if not 0 <= ref.task < tasks:
        raise ProblemError(at, f"names task {ref.task} of request {ref.request}, which has {tasks} tasks")


def check_frozen(problem: Problem, number: int, courier: Courier) -> None:
    """Raise the first frozen stop that is none of a courier's tasks, or stands where it cannot."""
    seen: dict[tuple[int, int], int] = {}
    for position, ref in enumerate(courier.frozen):
        at = f"/couriers/{number}/frozen/{position}"
        check_ref(at, ref, problem)
        request = problem.requests[ref.request]
        if request.courier != number:
            raise ProblemError(
                at, f"names request {ref.request}, which is not bound to courier {number}: bind it or take it out"
            )
        if (ref.request, ref.task) in seen:
            raise ProblemError(at, f"names task {ref.task} of request {ref.request} a second time")
        ways = {way for (known, _), way in seen.items() if known == ref.request}
        if ways - {ref.way}:
            raise ProblemError(at, f"names way {ref.way} of request {ref.request} after way {ways.pop()}: name one")
        loads = len(problem.way(ref).loads)
        if ref.task >= loads and any((ref.request, load) not in seen for load in range(loads)):
            raise ProblemError(at, f"unloads request {ref.request} before all of its loads")
        seen[ref.request, ref.task] = ref.way


def check_previous(problem: Problem, number: int, courier: Courier, planned: set[TaskRef]) -> None:
    """Raise the first task of a courier's order before that there is not, or that is in `planned`; add the others."""
    for position, ref in enumerate(courier.previous):
        at = f"/couriers/{number}/previous/{position}"
        check_ref(at, ref, problem)
        if ref in planned:
            raise ProblemError(at, f"names task {ref.task} of request {ref.request} a second time")
        planned.add(ref)
