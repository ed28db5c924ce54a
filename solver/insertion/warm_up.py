"""Compiles everything once, so that no plan waits for the compiler."""

from __future__ import annotations

import numpy as np

from solver.insertion.plan import insert
from solver.problem import Courier, Matrix, Problem, Request, Task, TaskRef, Window
from solver.reasons import explain_left_out


def warm_up() -> None:
    """Compile insertion, reasons and search; what is compiled already is only looked up."""
    from solver.solve import compile_search

    no_way = np.zeros((2, 2), np.int32)
    load, unload = Task(place=0), Task(place=1, windows=(Window(latest_s=0),))
    late = Task(place=1, service_s=1, windows=(Window(latest_s=0),))
    problem = Problem(
        matrices=(Matrix(durations_s=no_way, distances_m=no_way),),
        couriers=(Courier(id="a", shift=Window(), start=0, end=0), Courier(id="b", shift=Window(earliest_s=1))),
        requests=(
            Request(id="bound", loads=(load,), unloads=(unload,), courier=0),
            Request(id="free", loads=(load,), unloads=(unload,), price=1),
            Request(id="late", loads=(late,), unloads=(unload,), price=1),
        ),
    )
    sequences = insert(problem, start=((TaskRef(1, 0), TaskRef(1, 1)), ())).sequences(2)
    explain_left_out(problem, sequences, [2])
    compile_search()
