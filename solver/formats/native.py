"""The solver's own JSON: every field of `Problem` and of `Plan`, under its own name.

What stands at its default is left out; a window that never closes has ``latest_s`` null or none. A `TaskRef` is
``[request, task]``, or ``[request, task, way]`` where the way is not the first; ``[-1, k]`` is a break, ``[-2, k]`` a
reload. A matrix is an array of rows, a set a sorted array. Reading what was written gives the same again.

A plan that is written with its problem has ids beside the numbers, for people: ``courier_id`` in each route,
``request_id`` in each stop that is a task and each request left out. They are optional, and checked: a plan of another
problem is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from solver.errors import ProblemError
from solver.formats.codec import decode, encode
from solver.formats.pointer import At
from solver.plan import Plan
from solver.problem import Courier, Problem, Request

Json = dict[str, Any]

COURIER_ID, REQUEST_ID = "courier_id", "request_id"


def write_problem(problem: Problem) -> Json:
    """Return the JSON of a problem."""
    return dict(encode(problem))


def read_problem(data: object) -> Problem:
    """Return the problem of parsed JSON (see `solver.formats.json_text.load_json`).

    Raises
    ------
    ProblemError
        Naming by JSON pointer what is missing, unknown, of another type, or contradicts itself.
    """
    try:
        problem: Problem = decode(At(data), Problem)
    except ProblemError as error:
        raise ProblemError(error.place or "/", error.message) from None
    return problem


def write_plan(plan: Plan, problem: Problem | None = None) -> Json:
    """Return the JSON of a plan, with ids if its problem is given."""
    data: Json = encode(plan)
    if problem is not None:
        for route, told in zip(plan.routes, data["routes"], strict=True):
            _put_beside(told, "courier", COURIER_ID, problem.couriers[route.courier].id)
            for stop, told_stop in zip(route.stops, told["stops"], strict=True):
                if not stop.task.is_step:
                    _put_beside(told_stop, "task", REQUEST_ID, problem.requests[stop.task.request].id)
        for item, told in zip(plan.left_out, data["left_out"], strict=True):
            _put_beside(told, "request", REQUEST_ID, problem.requests[item.request].id)
    return data


def read_plan(data: object, problem: Problem | None = None) -> Plan:
    """Return the plan of parsed JSON. Ids beside numbers are compared with those of `problem`, if it is given.

    Whether the plan keeps the rules of the problem is not asked here: see `solver.check`.

    Raises
    ------
    ProblemError
        Naming by JSON pointer what is missing, unknown, of another type, or names another problem's id.
    """
    ids = list(_ids(At(data)))
    plan: Plan = decode(At(_without(data, ids)), Plan)
    for at in ids:
        told = at.text()
        if problem is not None:
            _check_id(at, told, plan, problem)
    return plan


def _put_beside(told: Json, name: str, id_name: str, identity: str) -> None:
    """Insert an id right after the number that it belongs to."""
    members = list(told.items())
    told.clear()
    for member, value in members:
        told[member] = value
        if member == name:
            told[id_name] = identity


def _ids(top: At) -> Iterator[At]:
    """Find the ids of a plan, whatever else is right or wrong with it."""
    for route in _elements(top, "routes"):
        yield from _member(route, COURIER_ID)
        for stop in _elements(route, "stops"):
            yield from _member(stop, REQUEST_ID)
    for item in _elements(top, "left_out"):
        yield from _member(item, REQUEST_ID)


def _elements(at: At, name: str) -> Iterator[At]:
    for found in _member(at, name):
        if isinstance(found.value, list):
            yield from found.items()


def _member(at: At, name: str) -> Iterator[At]:
    if isinstance(at.value, dict) and name in at.value:
        yield At(at.value[name], f"{at.place}/{name}")


def _without(data: Any, ids: Sequence[At]) -> Any:
    """Return `data` without the members that `ids` are; what is not changed is shared."""
    places = {at.place for at in ids}

    def copy(value: Any, place: str) -> Any:
        if type(value) is dict:
            members = ((name, item, f"{place}/{name}") for name, item in value.items())
            return {name: copy(item, at) for name, item, at in members if at not in places}
        if isinstance(value, list):
            return [copy(item, f"{place}/{number}") for number, item in enumerate(value)]
        return value

    return copy(data, "") if places else data


def _check_id(at: At, told: str, plan: Plan, problem: Problem) -> None:
    _, kind, number, *rest = at.place.split("/")
    named: Sequence[Courier | Request]
    if kind == "left_out":
        index, named, what = plan.left_out[int(number)].request, problem.requests, "request"
    elif rest[0] == "stops":
        task = plan.routes[int(number)].stops[int(rest[1])].task
        if task.is_step:
            raise at.refuse("stands beside a break or a reload, which is of no request: take it out")
        index, named, what = task.request, problem.requests, "request"
    else:
        index, named, what = plan.routes[int(number)].courier, problem.couriers, "courier"
    if 0 <= index < len(named) and named[index].id != told:
        raise at.refuse(
            f"is {told!r}, and {what} {index} of the problem is {named[index].id!r}: give the plan of this problem"
        )


__all__ = ["read_plan", "read_problem", "write_plan", "write_problem"]
