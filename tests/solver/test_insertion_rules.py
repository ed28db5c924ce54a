"""What the rules say of one leg and one start, by hand."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.flatten import flatten
from solver.insertion.rules import busy_s, latest_start, leg, no_way, start_s, time_cost
from solver.problem import UNREACHABLE_S, DelayCost, Window
from tests.solver.on_a_line import courier, drop, problem

pytestmark = pytest.mark.usefixtures("interpreter")
OPEN = (Window(earliest_s=10, latest_s=20), Window(earliest_s=40, latest_s=50))


def test_a_leg_from_or_to_anywhere_is_none():
    """Else it is what the matrix says."""
    matrix = np.array([[0, 7], [8, 0]], np.int32)
    legs = (0, 1), (1, 0), (-1, 1), (1, -1), (-1, -1)
    assert [interpreted(leg)(matrix, *ends) for ends in legs] == [7, 8, 0, 0, 0]


@pytest.mark.parametrize(("bound", "after_the_last"), [(None, f.NEVER), (0, 51)])
def test_a_task_starts_in_a_window(bound, after_the_last):
    """In the first that is not over; after the last only a bound one does."""
    layout = flatten(problem([courier()], [drop("x", 1, windows=OPEN, courier=bound)]))
    begins = [interpreted(start_s)(layout.node, layout.window, 0, arrive_s) for arrive_s in (0, 15, 20, 21, 50, 51)]
    assert begins == [10, 15, 20, 40, 50, after_the_last]


@pytest.mark.parametrize(
    ("bound", "quiet", "latest"),
    [
        (None, False, [f.NEVER, 15, 20, 45, 50]),
        (None, True, [f.NEVER, 15, 20, 45, 45]),
        (0, False, [f.NEVER, 15, 20, 45, 60]),
        (0, True, [f.NEVER, 15, 20, 45, 45]),
    ],
)
def test_the_latest_start_up_to_a_limit(bound, quiet, latest):
    """In the last window before it; without cost, before the soft deadline at 45 as well."""
    request = drop("x", 1, windows=OPEN, courier=bound, delay_costs=(DelayCost(after_s=45, per_s=1),))
    layout = flatten(problem([courier()], [request]))
    limits = (9, 15, 30, 45, 60)
    assert [interpreted(latest_start)(layout.node, layout.window, 0, s, quiet) for s in limits] == latest


@pytest.mark.parametrize(("bound", "costs"), [(None, [0, 0, 2, 20, 35]), (0, [0, 0, 2, 20 + 35, 35 + 70])])
def test_what_a_start_costs(bound, costs):
    """2 a second after 30, and 1 more after 40; after the window, at 35, 7 more if it is bound."""
    delay_costs = DelayCost(after_s=40, per_s=1), DelayCost(after_s=30, per_s=2)
    request = drop("x", 1, windows=(Window(latest_s=35),), delay_costs=delay_costs, courier=bound)
    layout = flatten(problem([courier()], [request]))
    starts = (0, 30, 31, 40, 45)
    found = [interpreted(time_cost)(layout.node, layout.delay, 7, 0, start) for start in starts]
    assert found == costs


def test_set_up_is_for_those_who_come_from_another_place():
    """Not from the same one, and not from anywhere."""
    requests = [drop("a", 1, setup_s=5, service_s=3), drop("b", 1), drop("c", 2)]
    layout = flatten(problem([courier("x", start=None), courier("y", start=1), courier("z")], requests))
    before = (1, 2, layout.tasks, layout.tasks + 1, layout.tasks + 2)
    assert [interpreted(busy_s)(layout.node, node, 0) for node in before] == [3, 8, 3, 3, 8]


def test_no_way_is_for_bound_requests_only():
    """Also between one of them and the start or the end."""
    layout = flatten(problem([courier()], [drop("a", 1), drop("b", 2, courier=0)]))
    free, bound, start, end = range(4)
    for origin, destination in ((free, bound), (bound, free), (start, free), (free, end), (start, bound)):
        no = interpreted(no_way)(layout.node, origin, destination, UNREACHABLE_S)
        assert no == (free in (origin, destination))
        assert not interpreted(no_way)(layout.node, origin, destination, UNREACHABLE_S - 1)
