"""Compiles everything once for this installation, so that no plan waits for the compiler."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from solver.insertion.plan import insert
from solver.insertion.survey import survey
from solver.problem import Break, Courier, Matrix, Problem, Request, Task, TaskRef, Window
from solver.reasons import explain_left_out
from solver.search.anneal import anneal
from solver.search.pack import Packing
from solver.search.reinsertion import Reinsertion

_CODE = """
import sys
sys.path.insert(0, {root!r})
from solver.warm_up import compile_search
compile_search(wide={wide})
"""


def warm_up(*, wide: bool = False) -> None:
    """Compile insertion, reasons and search, on two cores; what is compiled already is only looked up.

    With `wide` that is done for wide problems (`solver.insertion.wide.is_wide`), which have code of their own.
    """
    if is_compiled(wide=wide):
        compile_insertion(wide=wide)
        compile_search(wide=wide)
        return
    # What both need is compiled by whichever comes to it first: the other finds it kept.
    root = str(Path(__file__).resolve().parents[1])
    code = _CODE.format(root=root, wide=wide)
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as other:
        try:
            compile_insertion(wide=wide)
        except BaseException:
            other.kill()
            raise
    # Nothing is left to do, unless the other failed.
    compile_search(wide=wide)


def is_compiled(*, wide: bool = False) -> bool:
    """Return whether the search seems to be compiled; being wrong costs no more than time.

    There is a file for each kind of layout that a function is compiled for.
    """
    functions: tuple[Any, ...] = (survey, anneal)
    return all(len(list(Path(f.stats.cache_path).glob(f"*.{f.__name__}-*.nbc"))) > wide for f in functions)


def compile_insertion(*, wide: bool = False) -> None:
    """Compile insertion and reasons."""
    no_way = np.zeros((2, 2), np.int32)
    load, unload = Task(place=0), Task(place=1, windows=(Window(latest_s=0),))
    late = Task(place=1, service_s=1, windows=(Window(latest_s=0),))
    problem = Problem(
        matrices=(Matrix(durations_s=no_way, distances_m=no_way),),
        couriers=(
            Courier(id="a", shift=Window(), start=0, end=0, breaks=_breaks(wide)),
            Courier(id="b", shift=Window(earliest_s=1)),
        ),
        requests=(
            Request(id="bound", loads=(load,), unloads=(unload,), courier=0),
            Request(id="free", loads=(load,), unloads=(unload,), price=1),
            Request(id="late", loads=(late,), unloads=(unload,), price=1),
        ),
    )
    sequences = insert(problem, start=((TaskRef(1, 0), TaskRef(1, 1)), ())).sequences(2)
    explain_left_out(problem, sequences, [2])


def compile_search(*, wide: bool = False) -> None:
    """Compile ruin and recreate."""
    table = np.zeros((2, 2), np.int32)
    problem = Problem(
        matrices=(Matrix(durations_s=table, distances_m=table),),
        couriers=(Courier(id="c", shift=Window(), start=0, breaks=_breaks(wide)),),
        requests=tuple(Request(id=name, unloads=(Task(place=1),), price=1) for name in ("a", "b")),
    )
    search = Reinsertion(problem, [[]], seed=0)
    search.fill(stop_s=math.inf)
    search.run(1, hot=1.0, cold=0.02)
    search.go_to(search.best())
    if not wide:
        compile_recombination(problem)


def compile_recombination(problem: Problem) -> None:
    """Compile the listing of all routes and the choice among them."""
    one = Reinsertion(problem, [[]], seed=0)
    one.list_routes([one.catalogue], part=0, room=100, over=lambda: False, meet=lambda: True)
    packing = Packing(one.catalogue, one.prices, one.couriers, leg_cost=one.leg_cost)
    packing.better(one.cost + 1, one.left_out([[]]), stop_s=math.inf)


def _breaks(wide: bool) -> tuple[Break, ...]:
    """Return what makes a problem wide."""
    return (Break(),) if wide else ()
