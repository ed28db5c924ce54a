"""VRPLIB's problems with capacity and with time windows."""

import numpy as np
import pytest

from solver.check import check
from solver.errors import PlanFault, ProblemError
from solver.formats.orders import time_orders
from solver.formats.vrplib import read_vrplib, read_vrplib_plan, write_vrplib
from solver.problem import FOREVER_S, Window
from tests.solver.field_data import texts

CVRP = """\
NAME : toy
COMMENT : (made by hand: four nodes)
TYPE : CVRP
DIMENSION : 4
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 0 0
2 3 4
3 1 1
4 2.5 0
DEMAND_SECTION
1 0
2 6
3 4
4 3
DEPOT_SECTION
 1
 -1
EOF
"""
VRPTW = """\
NAME : toy
TYPE : VRPTW
DIMENSION : 3
VEHICLES : 1
CAPACITY : 9
EDGE_WEIGHT_TYPE : EXPLICIT
EDGE_WEIGHT_FORMAT : FULL_MATRIX
EDGE_WEIGHT_SECTION
0 4 6
5 0 2
7 3 0
DEMAND_SECTION
1 0
2 3
3 4
DEPOT_SECTION
1
-1
SERVICE_TIME_SECTION
1 0
2 10
3 20
TIME_WINDOW_SECTION
1 0 500
2 100 200
3 0 90
EOF
"""


def test_capacity_by_hand():
    """Distances are rounded to the nearest, halves up; the goods are on board from the start."""
    given = read_vrplib(CVRP)
    problem = given.problem
    assert (problem.time_scale, given.customers) == (1, (1, 2, 3))
    assert problem.matrices[0].durations_s.tolist() == [[0, 5, 1, 3], [5, 0, 4, 4], [1, 4, 0, 2], [3, 4, 2, 0]]
    assert len(problem.couriers) == 3
    courier = problem.couriers[0]
    assert (courier.fixed_cost, courier.cost_per_s, courier.cost_per_m) == (0, 1, 0)
    assert (courier.capacity, courier.start, courier.end, courier.shift) == ((10,), 0, 0, Window())
    request = problem.requests[1]
    assert (request.id, request.loads, request.unloads[0].place, request.unloads[0].unload) == ("2", (), 2, (4,))
    assert request.price > 6 * 5


def test_time_windows_by_hand():
    """The depot's window is everybody's shift; weights are from row to column."""
    problem = read_vrplib(VRPTW).problem
    assert problem.matrices[0].durations_s.tolist() == [[0, 4, 6], [5, 0, 2], [7, 3, 0]]
    assert [request.unloads[0].windows for request in problem.requests] == [
        (Window(earliest_s=100, latest_s=200),),
        (Window(latest_s=90),),
    ]
    assert [request.unloads[0].service_s for request in problem.requests] == [10, 20]
    assert [courier.shift for courier in problem.couriers] == [Window(latest_s=500)]
    assert len(read_vrplib(VRPTW, unlimited=True).problem.couriers) == 2


def test_a_plan_as_text_and_back():
    """5 + 4 + 1 on one route, 3 + 3 on the other."""
    given = read_vrplib(CVRP)
    text = "Route #1: 1 2\nRoute #2: 3\nCost 16\n"
    plan = time_orders(given.problem, read_vrplib_plan(given, text))
    check(given.problem, plan)
    assert (plan.cost.total, plan.routes[0].stops[0].load) == (16, (4,))
    assert write_vrplib(given, plan) == text


def test_plans_that_break_a_rule_are_judged():
    """Too much on board, nobody for a customer, another cost than told, a depot, a route too many."""
    given = read_vrplib(CVRP)
    for text, code in (
        ("Route #1: 1 2 3", "CAPACITY"),
        ("Route #1: 1 2", "REQUEST_MISSING"),
        ("Route #1: 1 2\nRoute #2: 3\nCost 15", "COST_WRONG"),
        ("Route #1: 1 2\nRoute #2: 3 0", "TASK_UNKNOWN"),
        ("Route #1: 1\nRoute #2: 2\nRoute #3: 3\nRoute #4: 3\nCost 9", "COURIER_UNKNOWN"),
    ):
        with pytest.raises(PlanFault) as caught:
            check(given.problem, time_orders(given.problem, read_vrplib_plan(given, text)))
        assert caught.value.code == code


def test_a_cost_of_unrounded_distances_is_not_compared():
    """Some published ones are."""
    given = read_vrplib(CVRP)
    plan = time_orders(given.problem, read_vrplib_plan(given, "Route #1: 1 2\nRoute #2: 3\nCost 15.657"))
    assert plan.cost.total == 16


@pytest.mark.parametrize(
    ("layout", "numbers"),
    [
        ("LOWER_ROW", "4\n6 2"),
        ("LOWER_DIAG_ROW", "0 4 0\n6 2 0"),
        ("UPPER_ROW", "4 6 2"),
        ("UPPER_DIAG_ROW", "0 4 6 0\n2\n0"),
    ],
)
def test_half_matrices(layout, numbers):
    """Rows may be broken anywhere; what is not given is the same the other way."""
    text = VRPTW.replace("FULL_MATRIX", layout).replace("0 4 6\n5 0 2\n7 3 0", numbers)
    assert read_vrplib(text).problem.matrices[0].durations_s.tolist() == [[0, 4, 6], [4, 0, 2], [6, 2, 0]]


def test_distances_rounded_up():
    """CEIL_2D, as TSPLIB has it."""
    durations = read_vrplib(CVRP.replace("EUC_2D", "CEIL_2D")).problem.matrices[0].durations_s
    assert durations.tolist() == [[0, 5, 2, 3], [5, 0, 4, 5], [2, 4, 0, 2], [3, 5, 2, 0]]


def test_fractions_are_scaled():
    """Weights up, windows inwards; the cost is told in units of the text."""
    text = VRPTW.replace("0 4 6\n5 0 2", "0 4.0001 6\n5 0 2.5").replace("2 100 200", "2 0 200.0005")
    given = read_vrplib(text)
    assert given.problem.time_scale == 1_000
    assert given.problem.matrices[0].durations_s.tolist() == [[0, 4_001, 6_000], [5_000, 0, 2_500], [7_000, 3_000, 0]]
    assert given.problem.requests[0].unloads[0].windows == (Window(latest_s=200_000),)
    plan = time_orders(given.problem, read_vrplib_plan(given, "Route #1: 1 2\n"))
    assert write_vrplib(given, plan) == "Route #1: 1 2\nCost 13.501\n"
    rounded = read_vrplib(CVRP.replace("CAPACITY", "DISTANCE : 11.5\nCAPACITY"))
    assert rounded.problem.time_scale == 1_000
    assert rounded.problem.matrices[0].durations_s[0].tolist() == [0, 5_000, 1_000, 3_000]
    assert rounded.problem.couriers[0].shift == Window(latest_s=11_500)


def test_how_long_a_route_may_be():
    """DISTANCE and the same SERVICE_TIME for all bound travel and service together."""
    given = read_vrplib(CVRP.replace("CAPACITY", "SERVICE_TIME : 2\nDISTANCE : 13\nCAPACITY"))
    assert [request.unloads[0].service_s for request in given.problem.requests] == [2, 2, 2]
    with pytest.raises(PlanFault, match="SHIFT_OVERRUN: courier 0 ends at 14, after 13"):
        check(given.problem, time_orders(given.problem, read_vrplib_plan(given, "Route #1: 1 2\nRoute #2: 3\n")))
    assert read_vrplib(CVRP).problem.couriers[0].shift.latest_s == FOREVER_S


def test_what_names_and_orders_do_not_matter():
    """Rows of a section in any order; coordinates beside explicit weights."""
    text = CVRP.replace("2 6\n3 4\n", "3 4\n2 6\n")
    assert [request.unloads[0].unload for request in read_vrplib(text).problem.requests] == [(6,), (4,), (3,)]
    beside = VRPTW.replace("DEMAND_SECTION", "NODE_COORD_SECTION\n1 0 0\n2 9 9\n3 5 5\nDEMAND_SECTION")
    assert np.array_equal(
        read_vrplib(beside).problem.matrices[0].durations_s, read_vrplib(VRPTW).problem.matrices[0].durations_s
    )


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("", "line 1", "the text ends where EOF, without which the text may be cut off, must come"),
        (CVRP.replace("EOF\n", ""), "line 20", "the text ends where EOF"),
        (CVRP.replace("CAPACITY :", "CAPACITI :"), "line 6", "did you mean CAPACITY?"),
        (CVRP.replace("NAME : toy", "TYPE : CVRP"), "line 3", "gives TYPE again, after line 1"),
        (CVRP.replace("TYPE : CVRP", "TYPE : TSP"), "line 3", "TYPE is TSP: give one of CVRP, VRPTW"),
        (CVRP.replace("EUC_2D", "GEO"), "line 5", "EDGE_WEIGHT_TYPE is GEO: give one of EXPLICIT, EUC_2D, CEIL_2D"),
        (CVRP.replace("EDGE_WEIGHT_TYPE : EUC_2D\n", ""), "the header", "has no EDGE_WEIGHT_TYPE"),
        (CVRP.replace("DEMAND_SECTION", "DEMANDS_SECTION"), "line 12", "DEMANDS_SECTION is not honoured"),
        (CVRP.replace("DEPOT_SECTION\n 1\n -1\n", ""), "the text as a whole", "has no DEPOT_SECTION"),
        (CVRP.replace(" 1\n -1", " 1\n 2\n -1"), "line 17", "names 2 depots"),
        (CVRP.replace(" 1\n -1", " -1\n 1"), "line 17", "names 0 depots"),
        (CVRP.replace(" 1\n -1", " 2\n -1"), "line 18", "the depot is 2: give node 1"),
        (CVRP.replace("1 0\n2 6", "1 5\n2 6"), "line 13", "is the depot, and has a demand"),
        (
            CVRP.replace("3 4\n4 3\n", "3 4\n"),
            "line 12",
            "DEMAND_SECTION has 3 rows where DIMENSION is 4: give one to node 4",
        ),
        (CVRP.replace("4 3\n", "4 3\n5 3\n"), "line 17", "node is 5: give a whole number from 1 to 4"),
        (CVRP.replace("3 4\n4 3\n", "3 4\n3 3\n"), "line 16", "line 15 has it already"),
        (CVRP.replace("3 4\n4 3", "3 x\n4 3"), "line 15", "demand is x: give a number"),
        (CVRP.replace("3 1 1", "3 1"), "line 10", "has 2 words: give 3 numbers (node x y)"),
        (CVRP.replace("DIMENSION : 4", "DIMENSION : 99999"), "line 4", "from 1 to 20000"),
        (CVRP.replace("3 1 1", "3 1 9e9"), "line 8", "away from the place of line 10"),
        (CVRP.replace("NAME : toy", "1 2 3"), "line 1", "has numbers before any section"),
        (CVRP.replace("EOF", "EDGE_WEIGHT_SECTION\n3\nEOF"), "line 20", "contradicts EDGE_WEIGHT_TYPE EUC_2D"),
        (CVRP.replace("EOF", "TIME_WINDOW_SECTION\nEOF"), "line 20", "belongs to TYPE VRPTW"),
        (CVRP.replace("EOF", "DEMAND_SECTION\nEOF"), "line 20", "is given a second time"),
        (VRPTW.replace("FULL_MATRIX", "FUNCTION"), "line 7", "give one of FULL_MATRIX, LOWER_ROW"),
        (VRPTW.replace("7 3 0\n", "7 3\n"), "line 11", "ends after 8 weights: give 9"),
        (VRPTW.replace("7 3 0\n", "7 3 0 1\n"), "line 11", "has more weights than the 9 of a FULL_MATRIX"),
        (VRPTW.replace("7 3 0\n", "7 x 0\n"), "line 11", "a weight is x: give a number"),
        (VRPTW.replace("7 3 0\n", "7 -3 0\n"), "line 11", "a weight is -3: give 0 to 2147483647"),
        (VRPTW.replace("2 100 200", "2 300 200"), "line 25", "close is 200: and open is 300"),
        (VRPTW.replace("2 100 200", "2 300"), "line 25", "has 2 words: give 3"),
        (VRPTW.replace("2 100 200", "2 nan 200"), "line 25", "a time is nan: give a number"),
        (VRPTW[: VRPTW.index("TIME_W")] + "EOF\n", "the text as a whole", "is a VRPTW without TIME_WINDOW_SECTION"),
        (VRPTW.replace("VEHICLES : 1", "VEHICLES : 0"), "line 4", "VEHICLES is 0: give a whole number from 1"),
        (VRPTW.replace("VEHICLES : 1", "DISTANCE : 1"), "line 4", "is not honoured together with time windows"),
        (VRPTW.replace("VEHICLES : 1", "SERVICE_TIME : 1"), "line 19", "contradicts SERVICE_TIME in line 4"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(text, place, told):
    """What was found, and what to do."""
    with pytest.raises(ProblemError) as caught:
        read_vrplib(text)
    assert caught.value.place == place
    assert told in caught.value.message


def test_sums_beyond_64_bits_are_the_whole_texts_fault():
    """A thousand couriers who may each be out until all services are over."""
    nodes = range(1, 1_001)
    sections = {
        "NODE_COORD_SECTION": [f"{node} 0 {node}" for node in nodes],
        "DEMAND_SECTION": [f"{node} 0" for node in nodes],
        "SERVICE_TIME_SECTION": ["1 0", *(f"{node} 1e12" for node in nodes[1:])],
        "TIME_WINDOW_SECTION": [f"{node} 0 1e12" for node in nodes],
        "DEPOT_SECTION": ["1", "-1"],
    }
    head = "TYPE : VRPTW\nDIMENSION : 1000\nCAPACITY : 1\nEDGE_WEIGHT_TYPE : EUC_2D"
    text = "\n".join([head, *("\n".join([name, *rows]) for name, rows in sections.items()), "EOF"])
    with pytest.raises(ProblemError, match=r"the text as a whole: the travel costs may add up to"):
        read_vrplib(text)


def test_published_problems_are_read():
    """As many customers as the header says; the matrix is the section."""
    for name, text in texts(VRPTW, "dynamic-vrptw", "ORTEC*.txt"):
        given = read_vrplib(text, unlimited=True)
        lines = [line.strip() for line in text.splitlines()]
        places = next(int(line.partition(":")[2]) for line in lines if line.startswith("DIMENSION"))
        assert len(given.problem.requests) == len(given.problem.couriers) == places - 1, name
        first = lines.index("EDGE_WEIGHT_SECTION") + 1
        assert given.problem.matrices[0].durations_s[0].tolist() == list(map(int, lines[first].split())), name
