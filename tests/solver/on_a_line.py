"""Problems by hand: places on a straight street, 10 s and 100 m from each to the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from solver.problem import BREAK, RELOAD, Courier, Matrix, Problem, Request, Task, TaskRef, Window

STEPS = {"break": BREAK, "reload": RELOAD}
NAMES = {step: name for name, step in STEPS.items()}
STREET = np.abs(np.subtract.outer(np.arange(10), np.arange(10)))


def street() -> Matrix:
    """Return travel between ten places."""
    return Matrix(durations_s=(10 * STREET).astype(np.int32), distances_m=(100 * STREET).astype(np.int32))


def courier(name: str = "c", *, latest_s: int = 1_000, earliest_s: int = 0, **rest: Any) -> Courier:
    """Return a courier that starts at place 0, ends anywhere, and costs 1 per second."""
    rest.setdefault("start", 0)
    return Courier(id=name, shift=Window(earliest_s=earliest_s, latest_s=latest_s), **rest)


def drop(name: str, place: int, **rest: Any) -> Request:
    """Return a request of one drop, on board from the start; what a `Request` does not know goes to the task."""
    known = ("price", "skills", "courier", "previous", "move_cost")
    of_request = {key: rest.pop(key) for key in known if key in rest}
    of_request.setdefault("price", 1_000)
    return Request(id=name, unloads=(Task(place=place, **rest),), **of_request)


def delivery(name: str, origin: int, destination: int, *, amount: tuple[int, ...] = (), **rest: Any) -> Request:
    """Return a request of one load and one drop; `latest_s` is that of the drop."""
    latest_s = rest.pop("latest_s", 10_000)
    rest.setdefault("price", 1_000)
    return Request(
        id=name,
        loads=(Task(place=origin, load=amount),),
        unloads=(Task(place=destination, unload=amount, windows=(Window(latest_s=latest_s),)),),
        **rest,
    )


def between(earliest_s: int, latest_s: int) -> tuple[Window, ...]:
    """Return one window."""
    return (Window(earliest_s=earliest_s, latest_s=latest_s),)


def problem(couriers: list[Courier], requests: list[Request], **rest: Any) -> Problem:
    """Return a problem on the street."""
    rest.setdefault("matrices", (street(),))
    return Problem(couriers=tuple(couriers), requests=tuple(requests), **rest)


def refs(text: str) -> tuple[TaskRef, ...]:
    """Return stops written as ``"0.0 1.0/2 break.0"``: request, dot, task, stroke, way; or a step of the courier."""
    return tuple(_ref(word) for word in text.split())


def _ref(word: str) -> TaskRef:
    request, rest = word.split(".")
    task, _, way = rest.partition("/")
    return TaskRef(STEPS[request] if request in STEPS else int(request), int(task), int(way or 0))


def words(stops: Iterable[TaskRef]) -> str:
    """Return stops as `refs` reads them."""
    return " ".join(_word(ref) for ref in stops)


def _word(ref: TaskRef) -> str:
    if ref.is_step:
        return f"{NAMES[ref.request]}.{ref.task}"
    return f"{ref.request}.{ref.task}/{ref.way}" if ref.way else f"{ref.request}.{ref.task}"
