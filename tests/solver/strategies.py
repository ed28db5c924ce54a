"""Random problems with every feature mixed, small enough to be judged by trying everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from solver.errors import ProblemError
from solver.problem import Courier, Problem, Request, Sequences, Task, TaskRef, Window
from tests.solver import wide_strategies as wider
from tests.solver.part_strategies import SKILLS, matrices, tasks


@st.composite
def requests(
    draw: st.DrawFn, number: int, places: int, dimensions: int, couriers: int, *, bound: bool, most_tasks: int
) -> Request:
    """Draw a request: loads then a drop, loads alone, drops alone; bound ones may be partly on board."""
    courier = draw(st.integers(0, couriers - 1)) if bound and couriers and draw(st.integers(0, 3)) == 0 else None
    loads, unloads = draw(st.sampled_from([(1, 1), (1, 1), (0, 1), (1, 0), (2, 1), (3, 1), (0, 2), (1, 2)]))
    if loads + unloads > most_tasks:
        loads, unloads = 1, 1
    amounts = [[draw(st.integers(0, 2)) for _ in range(dimensions)] for _ in range(loads)]
    total = [sum(column) for column in zip(*amounts, strict=True)] if loads else [draw(st.integers(0, 3))] * dimensions
    if courier is not None and loads and unloads:
        total = [units + draw(st.integers(0, 1)) for units in total]
    drops = [[units if last == unloads - 1 else 0 for units in total] for last in range(unloads)]
    load_tasks = [draw(tasks(places)) for _ in range(loads)]
    unload_tasks = [draw(tasks(places)) for _ in range(unloads)]
    if loads == 2 and draw(st.booleans()):
        load_tasks[1] = load_tasks[0]
    return Request(
        id=f"r{number}",
        loads=tuple(_with(task, load=tuple(units)) for task, units in zip(load_tasks, amounts, strict=True)),
        unloads=tuple(_with(task, unload=tuple(units)) for task, units in zip(unload_tasks, drops, strict=True)),
        price=draw(st.sampled_from([0, 30, 150, 1_000, 100_000])),
        skills=frozenset(draw(st.lists(st.sampled_from(SKILLS), max_size=1))),
        courier=courier,
    )


def _with(task: Task, *, load: tuple[int, ...] = (), unload: tuple[int, ...] = ()) -> Task:
    return Task(
        place=task.place,
        windows=task.windows,
        delay_costs=task.delay_costs,
        service_s=task.service_s,
        setup_s=task.setup_s,
        load=load,
        unload=unload,
    )


@st.composite
def couriers(draw: st.DrawFn, number: int, places: int, dimensions: int, profiles: int) -> Courier:
    """Draw a courier without frozen stops."""
    anywhere = st.none() | st.integers(0, places - 1)
    begins_s = draw(st.sampled_from([0, 0, 50]))
    return Courier(
        id=f"c{number}",
        shift=Window(earliest_s=begins_s, latest_s=begins_s + draw(st.sampled_from([60, 200, 400, 10_000]))),
        profile=draw(st.integers(0, profiles - 1)),
        start=draw(anywhere),
        end=draw(anywhere),
        capacity=tuple(draw(st.integers(0, 5)) for _ in range(dimensions)),
        skills=frozenset(draw(st.lists(st.sampled_from(SKILLS), max_size=2))),
        fixed_cost=draw(st.sampled_from([0, 0, 25])),
        cost_per_s=draw(st.sampled_from([0, 1, 1, 2])),
        cost_per_m=draw(st.sampled_from([0, 0, 1])),
    )


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    most_requests: int = 6,
    most_couriers: int = 3,
    most_tasks: int = 4,
    bound: bool = True,
    no_ways: bool = True,
    wide: bool = False,
    gaps: bool = False,
    features: st.SearchStrategy[frozenset[str]] = wider.features,
) -> Problem:
    """Draw a problem. Couriers with too little room for their bound requests are given more.

    A wide one has some of all other features of the model, or of those given, and gaps only on demand; and something to
    do.
    """
    places = draw(st.integers(1, 5))
    profiles = draw(st.integers(1, 2))
    dimensions = draw(st.integers(0, 2))
    number_of_couriers = draw(st.integers(min(1, most_couriers) if wide else 0, most_couriers))
    number_of_requests = draw(st.integers(min(2, most_requests) if wide else 0, most_requests))
    crew = [draw(couriers(number, places, dimensions, profiles)) for number in range(number_of_couriers)]
    wanted = [
        draw(requests(n, places, dimensions, len(crew), bound=bound, most_tasks=most_tasks))
        for n in range(number_of_requests)
    ]
    asked = draw(features) if wide else frozenset()
    wanted = [draw(wider.wide_request(request, asked, places, len(crew))) for request in wanted] if wide else wanted
    frozen = [draw(_frozen(wanted, number)) for number in range(len(crew))]
    crew = [replace(courier, frozen=refs) for courier, refs in zip(crew, frozen, strict=True)]
    ways = [draw(matrices(places, no_ways=no_ways)) for _ in range(profiles)]
    breach_cost_per_s = draw(st.sampled_from([0, 1, 1_000]))
    if wide:
        crew = [draw(wider.wide_courier(courier, asked, places)) for courier in crew]
    if "plan before" in asked:
        crew = draw(wider.plans_before(crew, wanted))
    if "hours" in asked:
        ways = [draw(wider.later_travel(matrix, places, no_ways=no_ways)) for matrix in ways]
    related = "relations" in asked
    same, never = (draw(wider.relations(len(wanted))) if related else () for _ in range(2))
    between = draw(wider.some_gaps(wanted)) if gaps else ()
    while True:
        try:
            return Problem(
                matrices=tuple(ways),
                couriers=tuple(crew),
                requests=tuple(wanted),
                breach_cost_per_s=breach_cost_per_s,
                dimensions=tuple(f"d{number}" for number in range(dimensions)),
                same_courier=same,
                never_together=never,
                gaps=between,
            )
        except ProblemError as error:
            _, _, number, what = error.place.split("/")
            assert what == "capacity"
            narrow = crew[int(number)]
            crew[int(number)] = replace(narrow, frozen=(), capacity=tuple(room + 1 for room in narrow.capacity))


@st.composite
def _frozen(draw: st.DrawFn, wanted: Sequence[Request], courier: int) -> tuple[TaskRef, ...]:
    """Draw first stops of bound requests, in an order that is allowed."""
    refs: list[TaskRef] = []
    for number, request in enumerate(wanted):
        if request.courier == courier and draw(st.booleans()):
            way = draw(st.integers(0, len(request.ways) - 1))
            count = draw(st.integers(1, len(request.ways[way].tasks)))
            refs += [TaskRef(number, task, way) for task in range(count)]
    return tuple(refs)


@st.composite
def sequences(draw: st.DrawFn, problem: Problem, *, wide: bool = False) -> Sequences:
    """Draw who does what, without regard to any rule: tasks of random requests in a random order on random couriers.

    Those for a wide problem keep structure, and have breaks and reloads: see `wide_sequences`.
    """
    if wide:
        return draw(wider.wide_sequences(problem))
    routes: list[list[TaskRef]] = [[] for _ in problem.couriers]
    for number, request in enumerate(problem.requests):
        if routes and draw(st.booleans()):
            route = routes[draw(st.integers(0, len(routes) - 1))]
            for task in range(len(request.tasks)):
                route.insert(draw(st.integers(0, len(route))), TaskRef(number, task))
    return tuple(tuple(route) for route in routes)
