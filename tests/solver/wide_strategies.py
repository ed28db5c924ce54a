"""The rest of the model, mixed at random into random problems: a few features each, of small figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    Way,
)
from tests.solver.part_strategies import HORIZON_S, matrices, tasks, windows

FEATURES = (
    "alternatives",
    "breaks",
    "hours",
    "last in, first out",
    "limits",
    "overtime",
    "plan before",
    "relations",
    "reloads",
    "service costs",
    "time on board",
)

features = st.frozensets(st.sampled_from(FEATURES), min_size=1, max_size=4)
"""Which of them a problem has."""

QUICK = ("alternatives", "most tasks", "moves", "relations", "service costs without set-up")

quick_features = st.frozensets(st.sampled_from(QUICK), min_size=1, max_size=3)
"""Which features a problem has that the quick insertions know (`solver.insertion.wide.is_wide`)."""


@st.composite
def wide_request(draw: st.DrawFn, request: Request, asked: frozenset[str], places: int, couriers: int) -> Request:
    """Draw a request that has more than the one given: no way has more tasks than the first and one."""
    if "alternatives" in asked and draw(st.booleans()):
        kinds = [kind for kind in ("loads", "unloads") if getattr(request, kind)]
        for kind in draw(st.sampled_from([kinds[:1], kinds[-1:], kinds])):
            first = getattr(request, kind)
            request = replace(request, **{f"other_{kind}": (draw(_alternative(first, places)),)})
    if "time on board" in asked and request.loads and request.unloads and draw(st.integers(0, 3)):
        request = replace(request, max_on_board_s=draw(st.sampled_from([0, 20, 60, 150])))
    if asked & {"plan before", "moves"} and couriers and draw(st.booleans()):
        previous = draw(st.integers(0, couriers - 1))
        request = replace(request, previous=previous, move_cost=draw(st.sampled_from([0, 5, 50])))
    return _without_setup(request) if "service costs without set-up" in asked else request


def _without_setup(request: Request) -> Request:
    """Return a request for which it does not matter where its courier comes from."""
    return replace(
        request,
        loads=_quick(request.loads),
        unloads=_quick(request.unloads),
        other_loads=tuple(_quick(tasks) for tasks in request.other_loads),
        other_unloads=tuple(_quick(tasks) for tasks in request.other_unloads),
    )


def _quick(several: Sequence[Task]) -> tuple[Task, ...]:
    return tuple(replace(task, setup_s=0) for task in several)


@st.composite
def _alternative(draw: st.DrawFn, first: Sequence[Task], places: int) -> tuple[Task, ...]:
    """Draw one or as many tasks as there are that load and unload as much, all together."""
    load, unload = ([sum(column) for column in zip(*rows, strict=True)] for rows in _amounts(first))
    count = draw(st.sampled_from([1, 1, min(2, len(first))]))
    drawn = [draw(tasks(places)) for _ in range(count)]
    drawn[-1] = replace(drawn[-1], load=tuple(load), unload=tuple(unload))
    return tuple(drawn)


def _amounts(several: Sequence[Task]) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    return [task.load for task in several if task.load], [task.unload for task in several if task.unload]


@st.composite
def wide_courier(draw: st.DrawFn, courier: Courier, asked: frozenset[str], places: int) -> Courier:
    """Draw a courier that has more than the one given, but for the plan before."""
    dimensions = len(courier.capacity)
    if "breaks" in asked:
        courier = replace(courier, breaks=tuple(draw(st.lists(_breaks(dimensions), max_size=2))))
    if "reloads" in asked:
        courier = replace(courier, reloads=tuple(draw(st.lists(_reloads(places), max_size=2))))
    if "overtime" in asked:
        overtime_s, cost = draw(st.sampled_from([0, 30, 100])), draw(st.sampled_from([0, 1, 3]))
        courier = replace(courier, overtime_s=overtime_s, overtime_cost_per_s=cost)
    if asked & {"service costs", "service costs without set-up"}:
        courier = replace(courier, cost_per_service_s=draw(st.integers(0, 2)))
    if "limits" in asked:
        courier = replace(
            courier,
            max_tasks=draw(st.none() | st.integers(0, 4)),
            max_travel_s=draw(st.none() | st.sampled_from([0, 40, 100])),
            max_distance_m=draw(st.none() | st.sampled_from([0, 60, 150])),
        )
    if "most tasks" in asked:
        courier = replace(courier, max_tasks=draw(st.integers(0, 4)))
    if "last in, first out" in asked:
        courier = replace(courier, last_in_first_out=draw(st.integers(0, 3)) > 0)
    return courier


@st.composite
def _breaks(draw: st.DrawFn, dimensions: int) -> Break:
    max_load = tuple(draw(st.integers(0, 3)) for _ in range(dimensions)) if draw(st.booleans()) else ()
    return Break(windows=draw(windows()), duration_s=draw(st.sampled_from([0, 10, 30])), max_load=max_load)


@st.composite
def _reloads(draw: st.DrawFn, places: int) -> Reload:
    return Reload(
        place=draw(st.integers(0, places - 1)),
        windows=draw(windows()),
        service_s=draw(st.sampled_from([0, 0, 5])),
        setup_s=draw(st.sampled_from([0, 0, 10])),
        times=draw(st.integers(1, 2)),
    )


@st.composite
def plans_before(draw: st.DrawFn, crew: Sequence[Courier], wanted: Sequence[Request]) -> list[Courier]:
    """Draw what couriers did in the plan before: some tasks of any way, in any order, each with one of them."""
    known = [ref for number, request in enumerate(wanted) for way in _refs(number, request) for ref in way]
    before = []
    for courier in crew:
        chosen = draw(st.lists(st.sampled_from(known), unique=True, max_size=5)) if known else []
        known = [ref for ref in known if ref not in chosen]
        reorder_cost = draw(st.sampled_from([0, 3, 20]))
        before.append(replace(courier, previous=tuple(chosen), reorder_cost=reorder_cost))
    return before


@st.composite
def later_travel(draw: st.DrawFn, matrix: Matrix, places: int, *, no_ways: bool) -> Matrix:
    """Draw travel that depends on the hour."""
    hours = sorted(draw(st.lists(st.integers(1, HORIZON_S), min_size=1, max_size=2, unique=True)))
    tables = [draw(matrices(places, no_ways=no_ways)).durations_s for _ in hours]
    later = (LaterTravel(from_s=hour, durations_s=table) for hour, table in zip(hours, tables, strict=True))
    return replace(matrix, later=tuple(later))


@st.composite
def relations(draw: st.DrawFn, count: int) -> tuple[tuple[int, ...], ...]:
    """Draw sets of requests."""
    members = st.lists(st.integers(0, count - 1), min_size=2, max_size=3, unique=True)
    return tuple(tuple(some) for some in draw(st.lists(members, max_size=2))) if count > 1 else ()


@st.composite
def some_gaps(draw: st.DrawFn, wanted: Sequence[Request]) -> tuple[Gap, ...]:
    """Draw gaps between tasks of requests that may have them."""
    free = [n for n, request in enumerate(wanted) if request.courier is None and len(request.ways) == 1]
    if len(free) < 2:
        return ()
    drawn = []
    for _ in range(draw(st.integers(1, 2))):
        pair = draw(st.permutations(free))[:2]
        first, second = (TaskRef(n, draw(st.integers(0, len(wanted[n].tasks) - 1))) for n in pair)
        least_s = draw(st.sampled_from([0, 0, 20, 60]))
        most_s = draw(st.none() | st.sampled_from([0, 20, 100]))
        drawn.append(
            Gap(first=first, second=second, least_s=least_s, most_s=None if most_s is None else least_s + most_s)
        )
    return tuple(drawn)


@st.composite
def wide_sequences(draw: st.DrawFn, problem: Problem) -> Sequences:
    """Draw who does what so that nothing is done by halves: structure is kept, limits and relations need not be.

    Bound requests are all there, after the frozen stops; of the others, random ones, in random ways. A courier with
    tasks has its breaks, in order, and perhaps reloads.
    """
    routes = [list(courier.frozen) for courier in problem.couriers]
    begun = {ref.request: ref for courier in problem.couriers for ref in courier.frozen}
    for number, request in enumerate(problem.requests):
        if request.courier is not None:
            courier = request.courier
        elif routes and draw(st.booleans()):
            courier = draw(st.integers(0, len(routes) - 1))
            if not request.skills <= problem.couriers[courier].skills:
                continue
        else:
            continue
        way = begun[number].way if number in begun else draw(st.integers(0, len(request.ways) - 1))
        route, at = routes[courier], len(problem.couriers[courier].frozen)
        own = _refs(number, request)[way]
        loads = len(request.ways[way].loads)
        for some in (own[:loads], own[loads:]):
            # Unloads come after all loads, each of both anywhere.
            last = at
            for ref in some:
                if ref not in route:
                    position = draw(st.integers(at, len(route)))
                    route.insert(position, ref)
                    last = max(last, position) + 1
            at = last
    return tuple(
        tuple(draw(_with_steps(problem.couriers[number], route))) if route else ()
        for number, route in enumerate(routes)
    )


@st.composite
def _with_steps(draw: st.DrawFn, courier: Courier, route: list[TaskRef]) -> list[TaskRef]:
    for number, reload in enumerate(courier.reloads):
        for _ in range(draw(st.integers(0, reload.times))):
            route.insert(draw(st.integers(0, len(route))), TaskRef(RELOAD, number))
    at = 0
    for number in range(len(courier.breaks)):
        at = draw(st.integers(at, len(route)))
        route.insert(at, TaskRef(BREAK, number))
        at += 1
    return route


def _refs(number: int, request: Request) -> list[list[TaskRef]]:
    """Return the tasks of each way to serve a request."""
    ways: tuple[Way, ...] = request.ways
    return [[TaskRef(number, task, way) for task in range(len(tasks.tasks))] for way, tasks in enumerate(ways)]
