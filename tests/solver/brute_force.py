"""The best plan of a tiny problem, by trying every one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from solver.check import Drive
from solver.problem import Problem, Request, Sequences, TaskRef


def best_plan(problem: Problem) -> tuple[int, Sequences]:
    """Return the least cost of any plan that keeps all rules, and such a plan.

    Every request goes to every courier with its skills, or is left out; every order of a courier's tasks is tried. Up
    to three or four requests of two or three tasks, that takes a moment.
    """
    couriers = range(len(problem.couriers))
    choices = [_choices(problem, request) for request in problem.requests]
    routes: dict[tuple[int, tuple[int, ...]], tuple[int, tuple[TaskRef, ...]] | None] = {}
    best: tuple[int, Sequences] | None = None
    for choice in product(*choices):
        left = sum(request.price for request, courier in zip(problem.requests, choice, strict=True) if courier is None)
        found = []
        for courier in couriers:
            numbers = tuple(number for number, chosen in enumerate(choice) if chosen == courier)
            if (courier, numbers) not in routes:
                routes[courier, numbers] = best_route(problem, courier, numbers)
            found.append(routes[courier, numbers])
        if any(route is None for route in found):
            continue
        total = left + sum(route[0] for route in found if route is not None)
        if best is None or total < best[0]:
            best = total, tuple(route[1] for route in found if route is not None)
    assert best is not None, "every problem has a plan"
    return best


def _choices(problem: Problem, request: Request) -> list[int | None]:
    """Return who may serve a request, and None where it may be left out."""
    if request.courier is not None:
        return [request.courier]
    return [None, *(c for c, courier in enumerate(problem.couriers) if request.skills <= courier.skills)]


def best_route(problem: Problem, courier: int, numbers: Sequence[int]) -> tuple[int, tuple[TaskRef, ...]] | None:
    """Return the least cost of serving requests by one courier, and the order; None if no order keeps all rules."""
    if not numbers:
        return 0, ()
    best: tuple[int, tuple[TaskRef, ...]] | None = None
    for order in _orders(problem, courier, numbers):
        drive = Drive(problem, courier, order)
        if not drive.faults and (best is None or drive.total < best[0]):
            best = drive.total, order
    return best


def _orders(problem: Problem, courier: int, numbers: Sequence[int]) -> Iterator[tuple[TaskRef, ...]]:
    """Yield the orders of all tasks that begin with the frozen ones and have loads before unloads."""
    frozen = problem.couriers[courier].frozen
    tasks = [TaskRef(number, task) for number in numbers for task in range(len(problem.requests[number].tasks))]

    def extend(done: tuple[TaskRef, ...]) -> Iterator[tuple[TaskRef, ...]]:
        if len(done) == len(tasks):
            yield done
        for ref in tasks:
            loads = len(problem.requests[ref.request].loads)
            missing = ref.task >= loads and any(TaskRef(ref.request, load) not in done for load in range(loads))
            if ref not in done and not missing:
                yield from extend((*done, ref))

    yield from extend(frozen)


def best_insertion(problem: Problem, courier: int, refs: Sequence[TaskRef], number: int) -> int | None:
    """Return the least cost that a request adds to a route whose other stops keep their order; None if it fits nowhere.

    Parameters
    ----------
    refs
        A route that keeps all rules, its frozen stops first; the request is not among them.
    """
    before = Drive(problem, courier, refs).total if refs else 0
    costs = [
        drive.total - before
        for order in _insertions(problem, number, tuple(refs), len(problem.couriers[courier].frozen))
        if not (drive := Drive(problem, courier, order)).faults
    ]
    return min(costs, default=None)


def _insertions(
    problem: Problem, number: int, refs: tuple[TaskRef, ...], first: int, done: tuple[TaskRef, ...] = ()
) -> Iterator[tuple[TaskRef, ...]]:
    """Yield a route with the rest of a request's tasks put in from position `first` on, in every order allowed."""
    request = problem.requests[number]
    rest = [ref for task in range(len(request.tasks)) if (ref := TaskRef(number, task)) not in done]
    if not rest:
        yield refs
    loaded = all(ref.task >= len(request.loads) for ref in rest)
    for ref in rest:
        if ref.task < len(request.loads) or loaded:
            for at in range(first, len(refs) + 1):
                yield from _insertions(problem, number, (*refs[:at], ref, *refs[at:]), at + 1, (*done, ref))
