"""Random problems of the whole model, for those who only carry it: alternatives, breaks, reloads, relations, hours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from solver.problem import (
    BREAK,
    RELOAD,
    Break,
    Courier,
    Gap,
    LaterTravel,
    Matrix,
    Problem,
    Reload,
    Request,
    Sequences,
    Task,
    TaskRef,
)
from tests.solver.strategies import problems, tasks, windows


@st.composite
def whole_problems(draw: st.DrawFn) -> Problem:
    """Draw a problem with anything that the model knows."""
    base = draw(problems())
    wanted = tuple(draw(_request(base, request)) for request in base.requests)
    crew = tuple(draw(_courier(base, courier)) for courier in base.couriers)
    numbers = list(range(len(wanted)))
    some = st.lists(st.sampled_from(numbers), unique=True, max_size=3).map(tuple) if numbers else st.just(())
    free = [n for n in numbers if wanted[n].courier is None and len(wanted[n].ways) == 1]
    gaps = []
    if len(free) > 1 and draw(st.booleans()):
        first, second = draw(st.permutations(free))[:2]
        least_s = draw(st.integers(0, 50))
        most_s = draw(st.none() | st.integers(least_s, 100))
        gaps.append(Gap(first=TaskRef(first, 0), second=TaskRef(second, 0), least_s=least_s, most_s=most_s))
    return replace(
        base,
        matrices=tuple(draw(_matrix(matrix)) for matrix in base.matrices),
        couriers=crew,
        requests=wanted,
        same_courier=tuple(draw(st.lists(some, max_size=1))),
        never_together=tuple(draw(st.lists(some, max_size=2))),
        gaps=tuple(gaps),
    )


@st.composite
def _matrix(draw: st.DrawFn, matrix: Matrix) -> Matrix:
    hours = sorted(draw(st.sets(st.integers(1, 300), max_size=2)))
    later = tuple(
        LaterTravel(from_s=from_s, durations_s=np.minimum(2 * matrix.durations_s.astype(np.int64), 2**30))
        for from_s in hours
    )
    return replace(matrix, later=later)


@st.composite
def _request(draw: st.DrawFn, base: Problem, request: Request) -> Request:
    """Draw alternatives that change the load as the first way does, and the rest."""
    others: dict[str, tuple[tuple[Task, ...], ...]] = {}
    for name in ("loads", "unloads"):
        own: tuple[Task, ...] = getattr(request, name)
        if own and request.courier is None and draw(st.integers(0, 3)) == 0:
            moved = tuple(replace(draw(tasks(base.places)), load=task.load, unload=task.unload) for task in own)
            others[f"other_{name}"] = (moved,) * draw(st.integers(1, 2))
    couriers = len(base.couriers)
    return replace(
        request,
        max_on_board_s=draw(st.none() | st.integers(0, 200)),
        previous=draw(st.none() | st.integers(0, couriers - 1)) if couriers else None,
        move_cost=draw(st.integers(0, 20)),
        **others,
    )


@st.composite
def _courier(draw: st.DrawFn, base: Problem, courier: Courier) -> Courier:
    dimensions = len(base.dimensions)
    room = st.just(()) | st.lists(st.integers(0, 5), min_size=dimensions, max_size=dimensions).map(tuple)
    limit = st.none() | st.integers(0, 500)
    seconds = st.sampled_from([0, 10, 30])
    breaks = st.builds(Break, windows=windows(), duration_s=seconds, max_load=room)
    reloads = st.builds(
        Reload,
        place=st.integers(0, base.places - 1),
        windows=windows(),
        service_s=seconds,
        setup_s=seconds,
        times=st.integers(0, 2),
    )
    known = [TaskRef(number, 0) for number in range(len(base.requests))]
    return replace(
        courier,
        cost_per_service_s=draw(st.integers(0, 2)),
        overtime_s=draw(st.sampled_from([0, 60])),
        overtime_cost_per_s=draw(st.integers(0, 2)),
        breaks=tuple(draw(st.lists(breaks, max_size=2))),
        reloads=tuple(draw(st.lists(reloads, max_size=2))),
        max_tasks=draw(st.none() | st.integers(0, 5)),
        max_travel_s=draw(limit),
        max_distance_m=draw(limit),
        last_in_first_out=draw(st.booleans()),
        previous=tuple(draw(st.lists(st.sampled_from(known), unique=True))) if known else (),
        reorder_cost=draw(st.integers(0, 5)),
    )


@st.composite
def whole_sequences(draw: st.DrawFn, problem: Problem) -> Sequences:
    """Draw who does what, in any way, without regard to most rules; breaks once each, reloads as often as they may."""
    routes: list[list[TaskRef]] = [[] for _ in problem.couriers]
    for number, request in enumerate(problem.requests):
        if routes and draw(st.booleans()):
            route = routes[draw(st.integers(0, len(routes) - 1))]
            way = draw(st.integers(0, len(request.ways) - 1))
            for task in range(len(request.ways[way].tasks)):
                route.insert(draw(st.integers(0, len(route))), TaskRef(number, task, way))
    for courier, route in zip(problem.couriers, routes, strict=True):
        steps = [TaskRef(BREAK, number) for number in range(len(courier.breaks))]
        for number, reload in enumerate(courier.reloads):
            steps += [TaskRef(RELOAD, number)] * draw(st.integers(0, reload.times))
        for step in steps:
            route.insert(draw(st.integers(0, len(route))), step)
    return tuple(tuple(route) for route in routes)
