"""Li and Lim's pickup and delivery problems."""

import math

import numpy as np
import pytest

from solver.check import check
from solver.errors import PlanFault, ProblemError
from solver.formats.li_lim import read_li_lim, read_li_lim_plan, write_li_lim
from solver.formats.orders import time_orders
from solver.problem import TaskRef, Window
from tests.solver.field_data import texts

TEXT = """\
25\t10\t1
0\t0\t0\t0\t0\t1000\t0\t0\t0
1\t3\t4\t5\t20\t100\t10\t0\t3
2\t1\t1\t4\t0\t500\t0\t0\t4
3\t3\t0\t-5\t0\t200\t10\t1\t0
4\t2\t2\t-4\t0\t500.5\t0\t2\t0
"""


def test_a_text_by_hand():
    """The pair 1 and 3, the pair 2 and 4; a unit is 1,000 seconds."""
    given = read_li_lim(TEXT)
    problem = given.problem
    assert (problem.time_scale, given.nodes) == (1_000, ((1, 3), (2, 4)))
    first, second = problem.requests
    assert (first.id, first.loads[0].place, first.unloads[0].place) == ("1-3", 1, 3)
    assert (first.loads[0].load, first.unloads[0].unload) == ((5,), (5,))
    assert first.loads[0].windows == (Window(earliest_s=20_000, latest_s=100_000),)
    assert second.unloads[0].windows == (Window(latest_s=500_500),)
    assert (first.loads[0].service_s, second.loads[0].service_s) == (10_000, 0)
    courier = problem.couriers[1]
    assert (courier.start, courier.end, courier.capacity) == (0, 0, (10,))
    assert courier.shift == Window(latest_s=1_000_000)


def test_distances_are_rounded_up_unless_they_are_whole():
    """5 is 5,000; the root of 2 is 1,414.2 thousandths, so 1,415."""
    durations = read_li_lim(TEXT).problem.matrices[0].durations_s
    assert durations[0].tolist() == [0, 5_000, 1_415, 3_000, 2_829]
    assert np.array_equal(durations, durations.T)


def test_the_fleet_is_as_large_as_can_be_used():
    """As many couriers as requests, and no more than the header says."""
    assert len(read_li_lim(TEXT).problem.couriers) == 2
    assert len(read_li_lim(TEXT.replace("25\t10", "1\t10")).problem.couriers) == 1


def test_a_courier_less_is_worth_any_travel_and_a_request_any_courier():
    """No courier travels longer than the depot is open, nor farther than 6 legs of 5,000."""
    problem = read_li_lim(TEXT).problem
    most = 6 * 5_000
    assert all(courier.fixed_cost > most for courier in problem.couriers)
    assert all(request.price > 2 * problem.couriers[0].fixed_cost + most for request in problem.requests)
    short = read_li_lim(TEXT.replace("1000", "8")).problem
    assert short.couriers[0].fixed_cost == 2 * 8_000 + 1


def test_a_plan_as_text_and_back():
    """Node 1, 2, 4, 3 on one route; 5 to node 1, waits until 20."""
    given = read_li_lim(TEXT)
    text = "Solution\nRoute 1 : 1 2 4 3\n"
    plan = time_orders(given.problem, read_li_lim_plan(given, text))
    check(given.problem, plan)
    (route,) = plan.routes
    assert [stop.task for stop in route.stops] == [TaskRef(0, 0), TaskRef(1, 0), TaskRef(1, 1), TaskRef(0, 1)]
    assert (route.stops[0].arrive_s, route.stops[0].depart_s) == (5_000, 30_000)
    assert route.travel_s == 5_000 + 3_606 + 1_415 + 2_237 + 3_000
    told = write_li_lim(given, plan, name="lc0")
    assert told.splitlines() == [
        *("Instance name : lc0", "Authors : Doorstep", "Date :", "Reference :", "Solution", "Route 1 : 1 2 4 3")
    ]
    assert time_orders(given.problem, read_li_lim_plan(given, told)) == plan


def test_a_plan_that_breaks_a_rule_is_judged():
    """A delivery before its pickup; a request nowhere; a node that does not exist; a route too many."""
    given = read_li_lim(TEXT)
    for text, code in (
        ("Route 1 : 3 1 2 4", "UNLOAD_BEFORE_LOAD"),
        ("Route 1 : 1 3", "REQUEST_MISSING"),
        ("Route 1 : 1 3 2\nRoute 2 : 4", "REQUEST_INCOMPLETE"),
        ("Route 1 : 1\nRoute 2 : 3 2 4", "REQUEST_INCOMPLETE"),
        ("Route 1 : 1 3 9", "TASK_UNKNOWN"),
        ("Route 1 : 1\nRoute 2 : 3\nRoute 3 : 2 4", "COURIER_UNKNOWN"),
    ):
        with pytest.raises(PlanFault) as caught:
            check(given.problem, time_orders(given.problem, read_li_lim_plan(given, text)))
        assert caught.value.code == code


def lines(changes):
    """Return the text with some lines replaced, by number, or taken away."""
    found = TEXT.splitlines()
    return "\n".join(
        changes.get(number, line) for number, line in enumerate(found, 1) if changes.get(number, "") is not None
    )


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("", "line 1", "the text ends where vehicles, capacity and speed must come"),
        ("25 10 1\n", "line 2", "the text ends where the depot, as node 0 must come"),
        ("25 10 1\n0 0 0 0 0 9 0 0 0\n", "line 3", "the text ends where a pickup or delivery must come"),
        (lines({1: "25 10"}), "line 1", "has 2 words: give 3 numbers (vehicles capacity speed)"),
        (lines({1: "0 10 1"}), "line 1", "vehicles is 0: give a whole number from 1"),
        (lines({1: "25 ten 1"}), "line 1", "capacity is ten: give a number"),
        (lines({1: "25 10 2"}), "line 1", "speed is 2: give 1"),
        (lines({2: "0 0 0 0 0 1000 0 0 1"}), "line 2", "is the depot"),
        (lines({3: "1 3 4 5 20 100 10 0"}), "line 3", "has 8 words: give 9 numbers (task x y demand open"),
        (lines({3: "1 nan 4 5 20 100 10 0 3"}), "line 3", "x is nan: give a number"),
        (lines({3: "1 3 4 5 20 100 10 0 0"}), "line 3", "names neither a pickup nor a delivery"),
        (lines({3: "1 3 4 5 20 100 10 2 3"}), "line 3", "names both a pickup and a delivery"),
        (lines({3: "1 3 4 5 200 100 10 0 3"}), "line 3", "close is 100: and open is 200"),
        (lines({3: "1 3 4 5 20 100 -1 0 3"}), "line 3", "service is -1: give 0 or more"),
        (lines({3: "1 3 4 5.5 20 100 10 0 3"}), "line 3", "demand is 5.5: give a whole number"),
        (lines({3: "1 3 4 -5 20 100 10 0 3"}), "line 3", "node 1 is a pickup with demand -5"),
        (lines({3: "1 3 4 6 20 100 10 0 3"}), "line 3", "demand 6, and its delivery in line 5 -5"),
        (lines({3: "1 3 4 5 20 100 10 0 4"}), "line 3", "delivery at node 4, which line 6 does not give as the"),
        (lines({5: "3 3 0 -5 0 200 10 2 0"}), "line 3", "delivery at node 3, which line 5 does not give"),
        (lines({6: "4 2 2 -4 0 500 0 1 0"}), "line 4", "delivery at node 4, which line 6 does not give"),
        (lines({4: "1 1 1 4 0 500 0 0 4"}), "line 4", "task is 1: give 2"),
        (lines({6: None}), "line 4", "the last node is 3: the text may be cut off"),
        (lines({6: "4 2 99999999 -4 0 500 0 2 0"}), "line 2", "away from the place of line 6"),
        (lines({6: "4 2 2e99 -4 0 500 0 2 0"}), "line 2", "away from the place of line 6"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(text, place, told):
    """What was found, and what to do."""
    with pytest.raises(ProblemError) as caught:
        read_li_lim(text)
    assert caught.value.place == place
    assert told in caught.value.message


def test_sums_beyond_64_bits_are_the_whole_texts_fault():
    """The longest windows, for many."""
    rows = [f"{n} 0 0 1 0 1e12 1e12 0 {n + 1}\n{n + 1} 300000 0 -1 0 1e12 1e12 {n} 0" for n in range(1, 4_000, 2)]
    with pytest.raises(ProblemError, match=r"the text as a whole: the .* may add up to"):
        read_li_lim("9999 1 1\n0 0 0 0 0 1e12 0 0 0\n" + "\n".join(rows))


def test_published_problems_are_read():
    """All pairs, and distances as they are."""
    for name, text in texts(TEXT, "pdptw/li-lim", "*.txt"):
        given = read_li_lim(text)
        rows = [tuple(map(float, line.split())) for line in text.splitlines()[1:] if line.strip()]
        assert 2 * len(given.problem.requests) == len(rows) - 1, name
        (_, x, y, *_), (_, other_x, other_y, *_) = rows[1], rows[-1]
        duration = given.problem.matrices[0].durations_s[1, len(rows) - 1]
        assert duration == math.ceil(round(1_000 * math.hypot(x - other_x, y - other_y), 6)), name
