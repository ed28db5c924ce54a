"""Sartori and Buriol's pickup and delivery problems on city streets."""

import csv

import pytest

from solver.check import check
from solver.errors import ProblemError
from solver.formats.city_pdptw import read_city_pdptw, read_city_pdptw_plan, write_city_pdptw
from solver.formats.orders import time_orders
from solver.problem import Window
from tests.solver.field_data import DATA, texts

TEXT = """\
NAME: toy
LOCATION: Ghent
COMMENT: made by hand: three nodes
TYPE: PDPTW
SIZE: 3
DISTRIBUTION: random
DEPOT: central
ROUTE-TIME: 240
TIME-WINDOW: 60
CAPACITY: 7
NODES
0 51.05 3.72 0 0 240 0 0 0
1 51.06 3.73 3 30 90 5 0 2
2 51.07 3.74 -3 0 240 5 1 0
EDGES
0 4 6
5 0 2
7 3 0
EOF
"""


def test_a_text_by_hand():
    """Minutes are the problem's seconds; the matrix is not symmetric; distances are not known."""
    given = read_city_pdptw(TEXT)
    problem = given.problem
    assert (problem.time_scale, given.nodes) == (1, ((1, 2),))
    assert problem.matrices[0].durations_s.tolist() == [[0, 4, 6], [5, 0, 2], [7, 3, 0]]
    assert not problem.matrices[0].distances_m.any()
    (request,) = problem.requests
    assert request.loads[0].windows == (Window(earliest_s=30, latest_s=90),)
    assert (request.loads[0].load, request.unloads[0].unload, request.loads[0].service_s) == ((3,), (3,), 5)
    (courier,) = problem.couriers
    assert (courier.capacity, courier.shift, courier.start, courier.end) == ((7,), Window(latest_s=240), 0, 0)
    assert courier.fixed_cost == 3 * 7 + 1
    assert request.price == 2 * courier.fixed_cost


def test_a_plan_as_text_and_back():
    """Out in 4, on in 2, home in 7."""
    given = read_city_pdptw(TEXT)
    plan = time_orders(given.problem, read_city_pdptw_plan(given, "Route 1 : 1 2\n"))
    check(given.problem, plan)
    assert plan.cost.travel == 13
    assert "Instance name : toy\n" in write_city_pdptw(given, plan, name="toy")
    assert time_orders(given.problem, read_city_pdptw_plan(given, write_city_pdptw(given, plan))) == plan


def without(start):
    """Return the text without the line that starts so."""
    return "\n".join(line for line in TEXT.splitlines() if not line.startswith(start))


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("", "line 1", "the text ends where NODES must come"),
        (TEXT.replace("CAPACITY", "CAPACITIES"), "line 10", "did you mean CAPACITY?"),
        (TEXT.replace("TIME-WINDOW: 60", "SIZE: 3"), "line 9", "gives SIZE again, after line 5"),
        (TEXT.replace("NODES", "NODE"), "line 11", "is 'NODE': give 'KEY: value', or the name of a section"),
        (without("CAPACITY"), "the header", "has no CAPACITY"),
        (TEXT.replace("TYPE: PDPTW", "TYPE: VRPTW"), "line 4", "TYPE is VRPTW: give one of PDPTW"),
        (TEXT.replace("SIZE: 3", "SIZE: many"), "line 5", "SIZE is many: give a number"),
        (TEXT.replace("SIZE: 3", "SIZE: 4"), "line 15", "is 'EDGES', where node 3 must come"),
        (TEXT.replace("SIZE: 3", "SIZE: 2"), "line 14", "where EDGES must come after the 2 nodes that SIZE announces"),
        (TEXT.replace("ROUTE-TIME: 240", "ROUTE-TIME: 100"), "line 8", "the depot is open for 240"),
        (TEXT.replace("2 51.07", "3 51.07"), "line 14", "id is 3: give 2"),
        (TEXT.replace("51.07", "north"), "line 14", "lat is north: give a number"),
        (TEXT.replace(" -3 0 240 5 1 0", " -3 0 240 5 1"), "line 14", "has 8 words: give 9"),
        (TEXT.replace("5 0 2\n7", "5 0\n7"), "line 17", "has 2 times: give 3"),
        (TEXT.replace("5 0 2\n7", "5 0 2.5\n7"), "line 17", "a time is 2.5: give a whole number"),
        (TEXT.replace("5 0 2\n7", "5 0 -2\n7"), "line 17", "a time is -2: give a whole number from 0"),
        (TEXT.replace("7 3 0\n", ""), "line 18", "is 'EOF', where a row of 3 times must come"),
        (TEXT.replace("EOF\n", ""), "line 19", "the text ends where EOF must come: give all of it"),
        (TEXT.replace("7 3 0\nEOF\n", ""), "line 18", "the text ends where row 2 of 3 of EDGES must come"),
        (TEXT.replace("EOF\n", "1 2 3\nEOF\n"), "line 19", "where EOF must come after 3 rows"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(text, place, told):
    """What was found, and what to do."""
    with pytest.raises(ProblemError) as caught:
        read_city_pdptw(text)
    assert caught.value.place == place
    assert told in caught.value.message


def test_published_problems_are_read():
    """As many requests as nodes say; a courier costs more than the best known solution travels."""
    table = DATA / "pdptw/city/best-known.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines() if table.exists() else [])
    best = {row["instance"]: row for row in rows}
    for name, text in texts(TEXT, "pdptw/city", "*.txt"):
        given = read_city_pdptw(text)
        nodes = text.splitlines()[text.splitlines().index("NODES") + 1 : text.splitlines().index("EDGES")]
        assert 2 * len(given.problem.requests) == len(nodes) - 1, name
        if name in best:
            assert 2 * len(given.problem.requests) == int(best[name]["locations"])
            assert given.problem.couriers[0].fixed_cost > int(best[name]["cost"])
