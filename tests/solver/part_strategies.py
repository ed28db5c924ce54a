"""Travel, windows and tasks at random, which random problems are made of."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from solver.problem import UNREACHABLE_S, DelayCost, IntMatrix, Matrix, Task, Window

HORIZON_S = 400
SKILLS = ("cold", "van")


@st.composite
def matrices(draw: st.DrawFn, places: int, *, no_ways: bool) -> Matrix:
    """Draw travel between places: on a line, so that ways add up, or anything at all."""
    if draw(st.booleans()):
        at = np.array(draw(st.lists(st.integers(0, 40), min_size=places, max_size=places)))
        durations: IntMatrix = np.abs(at[:, None] - at[None]).astype(np.int32)
    else:
        cells = draw(st.lists(st.integers(0, 60), min_size=places**2, max_size=places**2))
        durations = np.array(cells, np.int64).reshape(places, places)
    if no_ways and draw(st.booleans()):
        durations[draw(st.integers(0, places - 1)), draw(st.integers(0, places - 1))] = UNREACHABLE_S
    np.fill_diagonal(durations, 0)
    distances = durations % 1000 * draw(st.integers(0, 3))
    return Matrix(durations_s=durations, distances_m=distances.astype(durations.dtype))


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    """Draw up to three windows, often the one that never closes."""
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return (Window(),)
    bounds = draw(st.lists(st.integers(0, HORIZON_S), min_size=2 * kind, max_size=2 * kind, unique=True))
    bounds.sort()
    return tuple(Window(earliest_s=bounds[i], latest_s=bounds[i + 1]) for i in range(0, 2 * kind, 2))


@st.composite
def tasks(draw: st.DrawFn, places: int) -> Task:
    """Draw a task that does not change the load."""
    delay_costs = st.builds(DelayCost, after_s=st.integers(0, HORIZON_S), per_s=st.integers(0, 5))
    return Task(
        place=draw(st.integers(0, places - 1)),
        windows=draw(windows()),
        delay_costs=tuple(draw(st.lists(delay_costs, max_size=2))),
        service_s=draw(st.sampled_from([0, 0, 5, 20])),
        setup_s=draw(st.sampled_from([0, 0, 10, 30])),
    )
