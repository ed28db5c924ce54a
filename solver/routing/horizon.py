"""How long a plan may take at most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.problem import UNREACHABLE_S, IntMatrix, Problem, Reload, Task


def latest_end_s(problem: Problem) -> int:
    """Return a moment at which every route has ended, if all starts are as early as they can be.

    From the last moment that anything waits for, one stop follows on another, on whatever route: each of them, and
    each way and each break, comes once at most.
    """
    tasks = [task for request in problem.requests for way in request.ways for task in way.tasks]
    reloads = [reload for courier in problem.couriers for reload in courier.reloads for _ in range(reload.times)]
    breaks = [pause for courier in problem.couriers for pause in courier.breaks]
    visits: list[Task | Reload] = [*tasks, *reloads]
    windows = [window for visit in visits for window in visit.windows]
    windows += [window for pause in breaks for window in pause.windows]
    windows += [courier.shift for courier in problem.couriers]
    opens_s = max(window.earliest_s for window in windows)
    opens_s = max([opens_s, *(later.from_s for matrix in problem.matrices for later in matrix.later)])
    busy_s = sum(visit.setup_s + visit.service_s for visit in visits)
    busy_s += sum(pause.duration_s for pause in breaks) + sum(gap.least_s for gap in problem.gaps)
    tables = [table for m in problem.matrices for table in (m.durations_s, *(later.durations_s for later in m.later))]
    leg_s = max(int(np.max(table, where=table < UNREACHABLE_S, initial=0)) for table in tables)
    return opens_s + busy_s + (len(visits) + len(problem.couriers)) * leg_s + _crossings_s(problem, tables)


def _crossings_s(problem: Problem, tables: Sequence[IntMatrix]) -> int:
    """Return how long ways that do not exist may take: they are travelled between bound tasks of a courier only."""
    bound: dict[int, list[int]] = {}
    for request in problem.requests:
        if request.courier is not None:
            bound.setdefault(request.courier, []).extend(task.place for way in request.ways for task in way.tasks)
    crossings_s = 0
    for number, stops in bound.items():
        courier = problem.couriers[number]
        places = [place for place in (courier.start, *stops, courier.end) if place is not None]
        leg_s = max(int(table[np.ix_(places, places)].max()) for table in tables)
        if leg_s >= UNREACHABLE_S:
            crossings_s += (len(stops) + 1) * leg_s
    return crossings_s
