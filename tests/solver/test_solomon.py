"""Solomon's problems, through VRPLIB's reader."""

import pytest

from solver.check import check
from solver.errors import ProblemError
from solver.formats.orders import time_orders
from solver.formats.vrplib import read_vrplib, read_vrplib_plan, write_vrplib
from solver.problem import Window

TEXT = """\
C0

VEHICLE
NUMBER     CAPACITY
  25         200

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0          0          0          0       1236          0
    1      3          4         10         12        967         90
    2      1          1         30        825        870         90
"""


def test_a_text_by_hand():
    """Few couriers first; a unit is 1,000 seconds; distances are rounded up."""
    given = read_vrplib(TEXT)
    problem = given.problem
    assert (problem.time_scale, given.customers, len(problem.couriers)) == (1_000, (1, 2), 2)
    assert problem.matrices[0].durations_s.tolist() == [[0, 5_000, 1_415], [5_000, 0, 3_606], [1_415, 3_606, 0]]
    assert problem.requests[0].unloads[0].windows == (Window(earliest_s=12_000, latest_s=967_000),)
    assert (problem.requests[1].unloads[0].service_s, problem.couriers[0].capacity) == (90_000, (200,))
    assert problem.couriers[0].fixed_cost > 4 * 5_000
    assert problem.requests[0].price > 2 * problem.couriers[0].fixed_cost
    plan = time_orders(problem, read_vrplib_plan(given, "Route #1: 1 2\nCost 10\n"))
    check(problem, plan)
    assert write_vrplib(given, plan) == "Route #1: 1 2\nCost 10.021\n"


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("C0\nVEHICLE\n", "line 3", "the text ends where the heading above number and capacity of vehicles"),
        (TEXT.replace("NUMBER     CAPACITY\n", ""), "line 4", "is no heading: give one above number and capacity"),
        (TEXT.replace("25         200", "25"), "line 5", "has 1 words: give 2 numbers (number capacity)"),
        (TEXT.replace("CUSTOMER\n", "CLIENT\n"), "line 7", "is 'CLIENT', where CUSTOMER must come"),
        (TEXT.replace("    1      3", "    2      3"), "line 11", "number is 2: give 1"),
        (TEXT.replace("967", "9"), "line 11", "due is 9: and ready is 12"),
        (TEXT.replace("870         90", "870"), "line 12", "has 6 words: give 7"),
        (TEXT[: TEXT.index("    0      0")], "line 9", "the text ends where the depot, as node 0 must come"),
        (TEXT.replace("    1      3  ", "    1      9e9"), "line 10", "away from the place of line 11"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(text, place, told):
    """What was found, and what to do."""
    with pytest.raises(ProblemError) as caught:
        read_vrplib(text)
    assert caught.value.place == place
    assert told in caught.value.message
