"""Figures and names as people read them."""

import pytest

from solver.words import told_cost, told_count, told_list, told_skills, told_time, told_units
from tests.solver.on_a_line import problem


@pytest.mark.parametrize(
    ("scale", "cost", "told", "up"),
    [
        (1, 0, "0", "0"),
        (1, 4_201, "4,201", "4,201"),
        (90, 90 * 1_234, "1,234", "1,234"),
        (90, 45, "0.5", "0.5"),
        (90, 92, "1.02", "1.03"),
        (18_000, 1, "0", "0.01"),
        (200, 1, "0.01", "0.01"),
        (10_000, 19_999, "2", "2"),
        (2, -2_401, "-1,200.5", "-1,200.5"),
    ],
)
def test_costs(scale, cost, told, up):
    """In the units that people know, to the hundredth; zeros at the end are left out."""
    counted = problem([], [], cost_scale=scale)
    assert (told_cost(counted, cost), told_cost(counted, cost, up=True)) == (told, up)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (400, "6 min 40 s"),
        (5_460, "91 min"),
        (7_200, "2 h"),
        (7_501, "2 h 5 min 1 s"),
        (9_003_600, "2,501 h"),
    ],
)
def test_times(seconds, told):
    """Minutes up to two hours; what is nothing is left out."""
    assert told_time(problem([], []), seconds) == told


@pytest.mark.parametrize(
    ("scale", "seconds", "told"),
    [
        (1, 0, "0 units"),
        (1, 1, "1 unit"),
        (1, 7_200, "7,200 units"),
        (1_000, 1_000, "1 unit"),
        (1_000, 12_500, "12.5 units"),
        (1_000, 1_234_567, "1,234.567 units"),
        (7, 1, "0.143 units"),
        (10_000, 1, "0.001 units"),
        (10_000, 9_999, "1 unit"),
    ],
)
def test_times_that_are_none_of_the_clock(scale, seconds, told):
    """In units of the file, never less than there are."""
    assert told_time(problem([], [], time_scale=scale), seconds) == told


def test_counts():
    """One is one; none are many."""
    assert [told_count(count, "late stop") for count in (0, 1, 1_234)] == [
        "0 late stops",
        "1 late stop",
        "1,234 late stops",
    ]


def test_amounts():
    """With the names of dimensions, of which only units are known to have a singular."""
    kinds = problem([], [], dimensions=("kg", "units", "units of the 3rd amount"))
    assert told_units(kinds, (1, 1, 1)) == "1 kg, 1 unit and 1 unit of the 3rd amount"
    assert told_units(kinds, (1_500, 0, 2)) == "1,500 kg and 2 units of the 3rd amount"


def test_skills_and_lists():
    """One, two, three."""
    assert told_skills({"2"}) == "skill 2"
    assert told_skills({"van", "cold"}) == "skills cold and van"
    assert told_list([]) == ""
    assert told_list(["a", "b", "c"]) == "a, b and c"
