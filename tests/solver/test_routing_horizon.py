"""How long a plan may take at most, by hand."""

import numpy as np

from solver.problem import UNREACHABLE_S, Break, LaterTravel, Matrix, Reload
from solver.routing.horizon import latest_end_s
from tests.solver.on_a_line import STREET, between, courier, drop, problem, street


def islands() -> Matrix:
    """Return a street without a way to place 9."""
    durations = street().durations_s.copy()
    durations[:, 9] = UNREACHABLE_S
    return Matrix(durations_s=durations, distances_m=street().distances_m)


def test_stop_follows_on_stop():
    """From 500 on, when the last window opens: 20 s of service, 2 stops and the end at 90 s of way each."""
    requests = [drop("a", 1, service_s=15, setup_s=5), drop("b", 2, windows=between(500, 600))]
    assert latest_end_s(problem([courier()], requests)) == 500 + 20 + 3 * 90


def test_breaks_reloads_and_hours_count():
    """From 700 on, the last hour: 30 s of break, two reloads of 40 s, and 4 stops and the end at 900 s each."""
    crew = [courier(breaks=(Break(duration_s=30),), reloads=(Reload(place=0, service_s=40, times=2),))]
    slow = LaterTravel(from_s=700, durations_s=(100 * STREET).astype(np.int32))
    matrix = Matrix(durations_s=street().durations_s, distances_m=street().distances_m, later=(slow,))
    requests = [drop("a", 1), drop("b", 2)]
    assert latest_end_s(problem(crew, requests, matrices=(matrix,))) == 700 + 30 + 80 + 5 * 900


def test_a_way_that_does_not_exist_counts_between_bound_tasks_only():
    """Without a way to place 9, where no bound task is, none is ever travelled; to a bound task there, and back."""
    ashore = problem([courier()], [drop("a", 1, courier=0), drop("b", 9)], matrices=(islands(),))
    assert latest_end_s(ashore) == 3 * 90
    afloat = problem([courier()], [drop("a", 9, courier=0), drop("b", 1)], matrices=(islands(),))
    assert latest_end_s(afloat) == 3 * 90 + 2 * UNREACHABLE_S
