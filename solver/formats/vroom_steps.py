"""The routes that VROOM's input gives to vehicles: where the search begins.

As in VROOM's solving mode, the order of jobs, pickups and deliveries counts; where breaks are taken is found anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from solver.check import check
from solver.errors import PlanFault, ProblemError
from solver.formats.pointer import At
from solver.formats.vroom_fields import FORCED, LARGEST_ID, STEP
from solver.plan import Stop
from solver.problem import BREAK, Courier, Matrix, Problem, Sequences, Task, TaskRef
from solver.schedule import schedule

TASKS = ("job", "pickup", "delivery")
ENDS = ("start", "end")
PAUSE = "break"

Refs = Mapping[tuple[Any, Any], TaskRef]
"""Tasks by the type and the id that VROOM's JSON has for them."""


def read_steps(at: At, refs: Refs, breaks: Sequence[dict[str, Any]]) -> tuple[TaskRef, ...]:
    """Return the tasks of the route that a vehicle with `breaks` is given."""
    route = []
    for step in at.items():
        fields = step.object(known=STEP, required=("type",))
        for name in FORCED:
            if name in fields:
                raise fields[name].refuse("is not honoured, for it belongs to VROOM's plan mode: give time_windows")
        kind = fields["type"].text()
        if kind in ENDS:
            continue
        if kind not in (*TASKS, PAUSE):
            raise fields["type"].refuse(f"is {kind!r}: give one of {', '.join((*TASKS, PAUSE, *ENDS))}")
        if "id" not in fields:
            raise step.refuse("has no id: give one")
        number = fields["id"].integer(most=LARGEST_ID)
        if kind == PAUSE:
            if all(pause["id"] != number for pause in breaks):
                raise fields["id"].refuse(f"is {number}, which is no break of this vehicle")
            continue
        if (kind, number) not in refs:
            raise fields["id"].refuse(f"is {number}, which is no {kind} of the problem")
        route.append(refs[kind, number])
    return tuple(route)


def begin_with(problem: Problem, routes: Sequence[tuple[TaskRef, ...]], places: Sequence[str]) -> Sequences:
    """Return the orders to begin with; `places` are where the routes stand in the input.

    Raises
    ------
    ProblemError
        Where they break a rule, at the first vehicle that does.
    """
    sequences = tuple(with_breaks(problem, number, refs) for number, refs in enumerate(routes))
    if _fault(problem, sequences) is not None:
        for number, refs in enumerate(sequences):
            alone = tuple(refs if other == number else () for other in range(len(sequences)))
            if fault := _fault(problem, alone):
                raise ProblemError(places[number], f"is no valid route: {fault}")
        raise ProblemError("/vehicles", f"have steps that are no valid routes: {_fault(problem, sequences)}")
    return sequences


def _fault(problem: Problem, sequences: Sequences) -> PlanFault | None:
    try:
        check(problem, schedule(problem, sequences))
    except PlanFault as fault:
        return fault
    return None


def with_breaks(problem: Problem, number: int, refs: tuple[TaskRef, ...]) -> tuple[TaskRef, ...]:
    """Return a route with each break where it is allowed and costs the least time, and tasks come first if equal."""
    courier = problem.couriers[number]
    if not refs or not courier.breaks:
        return refs
    own = list(dict.fromkeys(ref.request for ref in refs))
    renumbered = {request: number for number, request in enumerate(own)}
    alone = _alone(problem, courier, own)
    route = tuple(TaskRef(renumbered[ref.request], ref.task, ref.way) for ref in refs)
    first = 0
    for pause in range(len(courier.breaks)):
        step = TaskRef(BREAK, pause)
        tried = [
            (*_trouble(alone, candidate), -gap, candidate)
            for gap in range(first, len(route) + 1)
            for candidate in [(*route[:gap], step, *route[gap:])]
        ]
        *_, gap, route = min(tried)
        first = 1 - gap
    return tuple(ref if ref.is_step else TaskRef(own[ref.request], ref.task, ref.way) for ref in route)


def _alone(problem: Problem, courier: Courier, own: Sequence[int]) -> Problem:
    """Return the problem of one courier and its requests, with its places alone: it is timed much faster."""
    requests = [problem.requests[number] for number in own]
    ends = [end for end in (courier.start, courier.end) if end is not None]
    rows = sorted({*ends, *(task.place for request in requests for task in request.tasks)})
    place = {row: number for number, row in enumerate(rows)}
    matrix = problem.matrices[courier.profile]
    few = np.ix_(rows, rows)

    def moved(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
        return tuple(replace(task, place=place[task.place]) for task in tasks)

    return Problem(
        matrices=(Matrix(durations_s=matrix.durations_s[few], distances_m=matrix.distances_m[few]),),
        couriers=(
            replace(
                courier,
                profile=0,
                start=None if courier.start is None else place[courier.start],
                end=None if courier.end is None else place[courier.end],
            ),
        ),
        requests=tuple(replace(r, loads=moved(r.loads), unloads=moved(r.unloads)) for r in requests),
        dimensions=problem.dimensions,
    )


def _trouble(alone: Problem, route: tuple[TaskRef, ...]) -> tuple[int, int, int]:
    """Return by how much a route breaks the rules that depend on where breaks are, and when it ends."""
    (made,) = schedule(alone, (route,)).routes
    too_much = sum(_too_much(alone, stop) for stop in made.stops)
    return too_much, sum(stop.late_s for stop in made.stops) + made.overrun_s, made.end_s


def _too_much(alone: Problem, stop: Stop) -> int:
    if stop.task.request != BREAK:
        return 0
    room = alone.couriers[0].breaks[stop.task.task].max_load
    return sum(max(0, load - most) for load, most in zip(stop.load, room, strict=False))
