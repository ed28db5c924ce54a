"""Tiny problems on a line, and what the OR-Tools model thinks of a route."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from ortools.constraint_solver import pywrapcp

from solver.nodes import number_nodes
from solver.problem import Courier, LaterTravel, Matrix, Problem, Request, Task, Window
from solver.routing.build import build
from solver.routing.decode import read_rows, start_from
from solver.routing.search import Limits, Search
from solver.schedule import schedule

Price = Callable[[Problem, list[list[int]]], int | None]
Place = Callable[[Problem, list[list[int]]], list[list[int]]]
Best = Callable[[Problem, list[list[int]]], tuple[int, list[list[int]]]]
MakeProblem = Callable[..., Problem]


@pytest.fixture
def price() -> Price:
    """Return a function that gives the model's cost of task nodes per courier, or None where it forbids them."""

    def of(problem: Problem, rows: list[list[int]]) -> int | None:
        draft = build(problem)
        draft.model.CloseModelWithParameters(pywrapcp.DefaultRoutingSearchParameters())
        start = start_from(draft, rows)
        return None if start is None else int(start.ObjectiveValue())

    return of


@pytest.fixture
def placed() -> Place:
    """Return a function that gives the nodes per courier as the model has them, its breaks among them."""

    def of(problem: Problem, rows: list[list[int]]) -> list[list[int]]:
        draft = build(problem)
        draft.model.CloseModelWithParameters(pywrapcp.DefaultRoutingSearchParameters())
        start = start_from(draft, rows)
        assert start is not None
        return read_rows(draft, start.Value)

    return of


@pytest.fixture
def best() -> Best:
    """Return a function that searches from task nodes per courier, and gives the last plan found at its true cost."""

    def of(problem: Problem, rows: list[list[int]]) -> tuple[int, list[list[int]]]:
        found = [rows]
        assert Search(problem).run(rows, limits=Limits(work=2), report=found.append)
        return schedule(problem, number_nodes(problem).sequences(found[-1])).cost.total, found[-1]

    return of


@pytest.fixture
def on_a_line() -> MakeProblem:
    """Return a function that makes a problem whose places lie on a line, 10 s and 100 m apart."""

    def make(
        *,
        requests: list[Request],
        couriers: list[Courier] | None = None,
        places: int = 6,
        capacities: int = 0,
        breach_cost_per_s: int = 1_000,
        no_way: tuple[tuple[int, int], ...] = (),
        later: tuple[LaterTravel, ...] = (),
        **rest: Any,
    ) -> Problem:
        steps = np.abs(np.subtract.outer(np.arange(places), np.arange(places)))
        durations = (10 * steps).astype(np.int32)
        for origin, destination in no_way:
            durations[origin, destination] = 2**30
        return Problem(
            matrices=(Matrix(durations_s=durations, distances_m=(100 * steps).astype(np.int32), later=later),),
            couriers=tuple(couriers or [Courier(id="c", shift=Window(), start=0, capacity=(9,) * capacities)]),
            requests=tuple(requests),
            breach_cost_per_s=breach_cost_per_s,
            dimensions=tuple(f"dimension {number}" for number in range(capacities)),
            **rest,
        )

    return make


@pytest.fixture
def drop() -> Callable[..., Request]:
    """Return a function that makes a request of one unload."""

    def make(place: int, *, price: int = 5_000, courier: int | None = None, **task: object) -> Request:
        make.count += 1  # type: ignore[attr-defined]
        unload = Task(place=place, **task)  # type: ignore[arg-type]
        return Request(id=f"drop {make.count}", unloads=(unload,), price=price, courier=courier)  # type: ignore[attr-defined]

    make.count = 0  # type: ignore[attr-defined]
    return make
