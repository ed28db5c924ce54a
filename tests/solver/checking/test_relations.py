"""What requests ask of each other."""

import dataclasses

from solver.problem import Gap, TaskRef
from tests.solver.judged import fault_of, passes
from tests.solver.on_a_line import between, courier, drop, problem

CREW = [courier("a"), courier("b")]
THREE = [drop("x", 1), drop("y", 1), drop("z", 1)]


def bound(courier_of_x, courier_of_y):
    """Return the three requests, two of them bound."""
    return [
        dataclasses.replace(THREE[0], courier=courier_of_x),
        dataclasses.replace(THREE[1], courier=courier_of_y),
        THREE[2],
    ]


def test_one_courier_serves_all_of_a_set_that_are_served():
    """Not all need be."""
    made = problem(CREW, THREE, same_courier=((0, 1, 2),))
    assert passes(made, "0.0 1.0 2.0", "")
    assert passes(made, "", "2.0 0.0")
    assert fault_of(made, "0.0 1.0", "2.0") == "COURIERS_DIFFER"


def test_no_courier_serves_two_of_a_set():
    """Others may be with them."""
    made = problem(CREW, THREE, never_together=((0, 1),))
    assert passes(made, "0.0 2.0", "1.0")
    assert passes(made, "0.0 2.0", "")
    assert fault_of(made, "", "0.0 2.0 1.0") == "TOGETHER"


def test_nothing_is_asked_of_two_bound_requests():
    """But of a third that goes with them it is."""
    apart = problem(CREW, bound(0, 1), same_courier=((0, 1, 2),))
    assert passes(apart, "0.0", "1.0")
    assert fault_of(apart, "0.0 2.0", "1.0") == "COURIERS_DIFFER"
    joined = problem(CREW, bound(0, 0), never_together=((0, 1, 2),))
    assert passes(joined, "0.0 1.0", "2.0")
    assert fault_of(joined, "0.0 1.0 2.0", "") == "TOGETHER"


def gap(**figures):
    """Return a gap between the first two requests."""
    return Gap(first=TaskRef(0, 0), second=TaskRef(1, 0), **figures)


def test_the_second_of_a_gap_needs_the_first():
    """Not the other way round."""
    made = problem(CREW, THREE, gaps=(gap(),))
    assert passes(made, "0.0", "1.0")
    assert passes(made, "0.0", "2.0")
    assert passes(made, "", "2.0")
    assert fault_of(made, "", "1.0") == "NEEDS_OTHER"


def test_a_gap_that_waiting_can_keep_is_kept():
    """On two routes, and in the right order on one."""
    made = problem(CREW, THREE, gaps=(gap(least_s=50, most_s=60),))
    assert passes(made, "0.0", "2.0 1.0")
    assert passes(made, "0.0 1.0", "")
    assert fault_of(made, "1.0 0.0", "") == "GAP_BROKEN"


def test_a_gap_that_no_waiting_can_keep_is_broken():
    """The second may start until 55 only, and has to wait until 60; or the first may until 30, and has to until 35."""
    least = [THREE[0], drop("y", 1, windows=between(0, 55)), THREE[2]]
    made = problem(CREW, least, gaps=(gap(least_s=50),))
    assert fault_of(made, "0.0", "1.0") == "GAP_BROKEN"
    assert passes(problem(CREW, least, gaps=(gap(least_s=45),)), "0.0", "1.0")
    most = [drop("x", 1, windows=between(0, 30)), drop("y", 5)]
    assert fault_of(problem(CREW, most, gaps=(gap(most_s=15),)), "0.0", "1.0") == "GAP_BROKEN"
    assert passes(problem(CREW, most, gaps=(gap(most_s=20),)), "0.0", "1.0")
