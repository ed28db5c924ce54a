"""Solutions as lists of node numbers."""

from fractions import Fraction

import pytest

from solver.errors import PlanFault, ProblemError
from solver.formats.route_lists import RouteLists, read_route_lists, write_route_lists
from solver.problem import TaskRef

SINTEF = """\
Instance name : lc101
Authors : Li and Lim
Date : 2001
Reference : "A metaheuristic: for PDPTW"
Solution
Route 1 : 5 9 4

Route 2:3
"""
CVRPLIB = "Route #1: 5 9 4\r\nroute #2:\t3\r\nCost 27.5\r\n"


def test_both_spellings():
    """With a head, or a cost."""
    assert read_route_lists(SINTEF) == RouteLists(((5, 9, 4), (3,)))
    assert read_route_lists(CVRPLIB) == RouteLists(((5, 9, 4), (3,)), Fraction(55, 2))


def test_written_and_read():
    """One line for each route."""
    routes = ((5, 9), (3,))
    assert write_route_lists(routes, "Route #{}: ") == "Route #1: 5 9\nRoute #2: 3\n"
    assert read_route_lists(write_route_lists(routes, "Route {} : ")).routes == routes
    assert write_route_lists((), "Route {} : ") == ""


def test_routes_without_stops_are_nobodys():
    """The fleet is not used up by them."""
    tasks = {3: TaskRef(0, 0), 4: TaskRef(1, 0)}
    assert RouteLists(((), (4,), (3,))).orders(tasks).sequences == ((TaskRef(1, 0),), (TaskRef(0, 0),))
    with pytest.raises(PlanFault, match="TASK_UNKNOWN: route 2 visits 0"):
        RouteLists(((3,), (0,))).orders(tasks)


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("", "line 1", "there is no route in this text"),
        ("Instance name : x\n", "line 1", "there is no route in this text"),
        ("5 9 4\n", "line 1", "is '5 9 4': give routes, as"),
        ("Route 1 : 5 x\n", "line 1", "a node is x: give a number"),
        ("Route 1 : 5\n\nRoute 3 : 4\n", "line 3", "is route 3, where route 2 must come"),
        ("Route 1 : 5\nRoute 1 : 4\n", "line 2", "is route 1, where route 2 must come"),
        ("Route 1 : 5\nAuthors : me\n", "line 2", "is 'Authors : me'"),
        ("Route 1 : 5\nCost nan\n", "line 2", "the cost is nan: give a number"),
    ],
)
def test_what_is_no_solution_is_named_by_its_line(text, place, told):
    """Also routes that are missing in between."""
    with pytest.raises(ProblemError) as caught:
        read_route_lists(text)
    assert caught.value.place == place
    assert told in caught.value.message
