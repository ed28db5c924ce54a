"""Which problems are wide."""

import numpy as np
import pytest

from solver.insertion.flatten import flatten
from solver.insertion.layout import Layout, WideLayout
from solver.insertion.wide import is_wide
from solver.problem import (
    Break,
    DelayCost,
    Gap,
    LaterTravel,
    Matrix,
    Reload,
    Request,
    Task,
    TaskRef,
)
from tests.solver.on_a_line import STREET, courier, delivery, drop, problem, refs, street

QUICK = LaterTravel(from_s=50, durations_s=STREET.astype(np.int32))


def hours(*later):
    """Return the street, with hours."""
    return Matrix(durations_s=street().durations_s, distances_m=street().distances_m, later=later)


@pytest.mark.parametrize(
    "feature",
    [
        {"breaks": (Break(),)},
        {"reloads": (Reload(place=1),)},
        {"last_in_first_out": True},
        {"previous": refs("0.0"), "reorder_cost": 1},
        {"max_travel_s": 0},
        {"max_distance_m": 0},
    ],
)
def test_a_courier_s_features_make_a_problem_wide(feature):
    """Any of them, and another type of layout."""
    wide = problem([courier("a"), courier("b", **feature)], [drop("x", 1)])
    assert is_wide(wide)
    assert flatten(wide).wide
    assert isinstance(flatten(wide), WideLayout)


def test_time_on_board_makes_a_problem_wide():
    """Of any request."""
    assert is_wide(problem([courier()], [drop("x", 1), delivery("y", 1, 2, max_on_board_s=0)]))


@pytest.mark.parametrize(
    "feature",
    [
        {"other_loads": ((Task(place=3),),)},
        {"other_unloads": ((Task(place=3),),), "courier": 0},
        {"previous": 0, "move_cost": 1},
    ],
)
def test_ways_and_moves_do_not(feature):
    """The quick insertions know them."""
    assert not is_wide(problem([courier()], [drop("x", 1), delivery("y", 1, 2, **feature)]))


@pytest.mark.parametrize(
    ("loaded", "unloaded", "bound", "wide"),
    [((1, 0), (2, 0), 0, True), ((1, 0), (2, 1), 0, True), ((1, 0), (3, 0), 0, False), ((1, 0), (2, 0), None, False)],
)
def test_of_a_bound_request_as_much_is_on_board_whichever_way_it_is_served(loaded, unloaded, bound, wide):
    """One and none of two kinds are put on and three and none taken off, two are on board; or it is driven."""
    first, other = (Task(place=1, unload=amounts) for amounts in ((3, 0), unloaded))
    loads = (Task(place=2, load=loaded if bound == 0 else (3, 1)),)
    x = Request(id="x", loads=loads, unloads=(first,), other_unloads=((other,),), courier=bound)
    made = problem([courier(capacity=(9, 9))], [x], dimensions=("kg", "boxes"))
    assert is_wide(made) == wide
    assert flatten(made).bound_initial.tolist() == [[2 if bound == 0 else 0, 0]]


@pytest.mark.parametrize(("setup_s", "wide"), [(0, False), (1, True)])
def test_service_that_is_paid_for_is_driven_where_set_up_may_be_saved(setup_s, wide):
    """Of any task, in any way."""
    y = Request(id="y", unloads=(Task(place=1),), other_unloads=((Task(place=2, setup_s=setup_s),),), price=1)
    made = problem([courier("a"), courier("b", cost_per_service_s=1)], [drop("x", 1), y])
    assert is_wide(made) == wide
    assert len(flatten(made).flat) == (0 if wide else 3)
    assert not is_wide(problem([courier()], [drop("x", 1), y]))


@pytest.mark.parametrize(
    "feature",
    [
        {"gaps": (Gap(first=TaskRef(0, 0), second=TaskRef(1, 0)),)},
        {"matrices": (street(), hours(QUICK))},
    ],
)
def test_other_features_make_a_problem_wide(feature):
    """Any of them."""
    assert is_wide(problem([courier()], [drop("x", 1), drop("y", 2)], **feature))


def test_what_the_quick_insertions_know_is_not_wide():
    """Overtime is a soft deadline; a plan before without a price, and a price without a plan, are nothing.

    Who serves whom is asked, and tasks are counted.
    """
    crew = courier(overtime_s=9, overtime_cost_per_s=2, previous=refs("0.0"), end=3, cost_per_m=1)
    other = courier("d", reorder_cost=5, max_tasks=0)
    requests = [drop("x", 1, previous=0, delay_costs=(DelayCost(after_s=1, per_s=1),)), drop("y", 1, move_cost=4)]
    narrow = problem([crew, other], requests, same_courier=((0, 1),), never_together=((0, 1),))
    assert not is_wide(narrow)
    assert not flatten(narrow).wide
    assert type(flatten(narrow)) is Layout
    assert not len(flatten(narrow).flat)
