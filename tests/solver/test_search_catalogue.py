"""Routes that a search knows: what has a bit, where a set stands, and what is noted of it."""

from itertools import combinations

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.problem import Gap, Request, Task, TaskRef
from solver.search import catalogue as c
from tests.solver.catalogue_bench import Shelf, with_room
from tests.solver.on_a_line import between, courier, delivery, drop

pytestmark = pytest.mark.usefixtures("interpreter")

CROSSING = [delivery("x", 1, 3), delivery("y", 2, 4)]
"""At best 0 -> 1 -> 2 -> 3 -> 4, 40 s; one after the other 60 s."""


def drops(count, *, place=1):
    """Return requests of one drop each."""
    return [drop(f"d{number}", place) for number in range(count)]


def shelf(*orders, requests=CROSSING, **rest):
    """Return a shelf of two couriers."""
    return Shelf([courier("a"), courier("b")], requests, *orders, **rest)


def load(made, text, *, number=0):
    """Have a courier drive an order of tasks, and return the first that breaks a rule."""
    nodes = [made.node(word) for word in text.split()]
    fault = interpreted(c.load_route)(made.layout, made.routes, number, np.array([*nodes, -1], np.int64))
    return made.name(fault)


def noted(made, text, *, number=0):
    """Have a courier drive an order of tasks, note it, and return its number."""
    load(made, text, number=number)
    return made.note(number)


def test_only_who_is_free_has_a_bit():
    """Not who is bound, nor who has frozen stops; of two ways the first stands for both."""
    w = Request(id="w", unloads=(Task(place=9),), other_unloads=((Task(place=8),),), price=99)
    crew = courier(frozen=(TaskRef(3, 0),))
    requests = [w, drop("bound", 1, courier=0), *drops(3), drop("frozen", 2, courier=0)]
    requests[3], requests[5] = requests[5], requests[3]
    made = Shelf([crew], requests, "3.0 1.0", frozen=[3, 4])
    assert made.bits() == [0, None, 1, None, None, 2]
    assert made.catalogue.bit.tolist() == [0, -1, -1, 1, -1, -1, 2]
    assert made.catalogue.request.tolist() == [0, 3, 6]


@pytest.mark.parametrize(
    ("count", "rest", "room"),
    [
        (1, {}, False),
        (2, {}, True),
        (64, {}, True),
        (65, {}, False),
        (3, {"never_together": ((0, 1),)}, False),
        (3, {"same_courier": ((0, 1),)}, False),
        (3, {"gaps": (Gap(first=TaskRef(0, 0), second=TaskRef(1, 0)),)}, False),
        (3, {"couriers": [courier(max_travel_s=9_999)]}, False),
    ],
)
def test_there_is_room_for_few_requests_of_a_simple_kind(count, rest, room):
    """Two to as many as a set has bits, without rules between them; no courier with rules of its own."""
    crew = rest.pop("couriers", [courier()])
    made = Shelf(crew, drops(count), **rest)
    assert len(made.catalogue.cost) == len(made.catalogue.place) / 4 == (c.MOST_ROUTES if room else 0)
    assert made.bits() == (list(range(count)) if room else [None] * count)


def test_who_is_bound_does_not_count():
    """Sixty-five requests of which one is bound have room, two of which one is bound have none."""
    for count, room in ((64, True), (1, False)):
        made = Shelf([courier()], [drop("bound", 1, courier=0), *drops(count)], "0.0")
        assert bool(len(made.catalogue.cost)) == room


def test_couriers_who_reach_few_come_first():
    """By what each could be in time for; those alike stay in order."""
    requests = [delivery("x", 1, 2, latest_s=30), delivery("y", 4, 3, latest_s=100, skills=frozenset("s"))]
    skilled = {"skills": frozenset("s")}
    couriers = [
        courier("both", **skilled),  # x at 20, y at 50
        courier("x alone"),
        courier("both, just in time", earliest_s=10, **skilled),  # x at 30
        courier("y alone", earliest_s=11, **skilled),  # x at 31
        courier("anywhere", start=None, earliest_s=20, **skilled),  # x at 30, y at 30
        courier("neither", start=9),  # x at 90
        courier("y just in time", start=9, earliest_s=40, **skilled),  # x at 130, y at 100
        courier("too late", start=9, earliest_s=41, **skilled),  # y at 101
    ]
    made = Shelf(couriers, requests)
    assert made.catalogue.couriers.tolist() == [5, 7, 1, 3, 6, 0, 2, 4]


def test_without_room_couriers_stay_in_order():
    """Nobody looks at them."""
    made = Shelf([courier("a"), courier("b", earliest_s=999)], drops(1))
    assert made.catalogue.couriers.tolist() == [0, 1]


def test_each_set_of_each_courier_has_a_number_of_its_own():
    """And parts of these numbers are shared out evenly."""
    sets = [(np.uint64(served), number) for served in range(256) for number in range(3)]
    numbers = [int(interpreted(c.mixed)(served, number)) for served, number in sets]
    assert len(set(numbers)) == len(sets)
    for parts in (2, 3, 5):
        counts = np.bincount([number % parts for number in numbers], minlength=parts)
        assert counts.min() > 0.8 * len(sets) / parts
    assert sum(number >> 63 for number in numbers) in range(330, 440)


def test_a_set_is_entered_once():
    """For each courier apart; it has no order then, and nobody knows it."""
    made = shelf()
    numbers = [made.enter(0), made.enter(0, 1), made.enter(0, courier=1), made.enter(0)]
    assert numbers == [0, 1, 2, 0]
    assert made.entered() == [(0, (0,)), (0, (0, 1)), (1, (0,))]
    assert made.known() == {}
    for requests in ((0,), (1,)):
        assert not interpreted(c.known)(made.catalogue, made.set_of(*requests), 0)
    assert made.catalogue.cost[:3].tolist() == [f.FAR] * 3
    assert made.catalogue.node[:3, 0].tolist() == [-1] * 3


@pytest.mark.parametrize("room", [3, 4, 5, 6])
def test_sets_that_belong_in_the_same_place_are_told_apart(room):
    """Three sets in few places, whichever three: all are found again; behind the last place comes the first."""
    made = shelf(requests=drops(4))
    for three in combinations([((0,), 0), ((0, 1), 0), ((0,), 1), ((2,), 1), ((1, 2, 3), 0), ((2,), 0)], 3):
        made.catalogue = with_room(made.catalogue, room)
        made.catalogue.state[:] = 0
        assert [made.enter(*requests, courier=number) for requests, number in three] == [0, 1, 2]
        assert [made.enter(*requests, courier=number) for requests, number in three] == [0, 1, 2]
        assert made.entered() == [(number, requests) for requests, number in three]
        assert made.catalogue.state[c.FULL] == 0


def test_when_it_is_full_nothing_is_entered():
    """What is there is found still, and may be noted anew."""
    made = shelf(room=2)
    assert noted(made, "0.0 0.1 1.0 1.1") == 0
    assert [made.enter(0), made.catalogue.state[c.FULL]] == [1, 0]
    assert [made.enter(1), made.catalogue.state[c.FULL]] == [-1, 1]
    assert noted(made, "1.0 1.1") == -1
    assert made.known() == {(0, (0, 1)): (60, "0.0 0.1 1.0 1.1")}
    assert noted(made, "0.0 1.0 0.1 1.1") == 0
    assert made.entered() == [(0, (0, 1)), (0, (0,))]
    assert made.known() == {(0, (0, 1)): (40, "0.0 1.0 0.1 1.1")}


def test_the_cheapest_order_of_a_set_is_noted():
    """Neither a dearer one, nor another that costs the same, takes its place; a cheaper one does."""
    made = shelf()
    for order, kept in (
        ("0.0 0.1 1.0 1.1", (60, "0.0 0.1 1.0 1.1")),
        ("1.0 0.0 0.1 1.1", (60, "0.0 0.1 1.0 1.1")),
        ("1.0 0.0 1.1 0.1", (60, "0.0 0.1 1.0 1.1")),
        ("0.0 1.0 0.1 1.1", (40, "0.0 1.0 0.1 1.1")),
        ("0.0 0.1 1.0 1.1", (40, "0.0 1.0 0.1 1.1")),
    ):
        assert noted(made, order) == 0
        assert made.known() == {(0, (0, 1)): kept}
    assert interpreted(c.known)(made.catalogue, made.set_of(0, 1), 0)
    assert not interpreted(c.known)(made.catalogue, made.set_of(0, 1), 1)


def test_each_courier_has_routes_of_its_own():
    """One is empty, and that is a route too."""
    made = shelf("", "1.0 1.1")
    assert [made.note(0), made.note(1)] == [0, 1]
    assert made.known() == {(0, ()): (0, ""), (1, (1,)): (40, "1.0 1.1")}


def test_who_is_bound_is_in_the_route_and_in_no_set():
    """0 -> 1 -> 2 -> 3, of which the drop at 2 is bound."""
    made = Shelf([courier()], [drop("bound", 2, courier=0), drop("d", 1), drop("e", 3)], "1.0 0.0 2.0")
    assert made.note() == 0
    assert made.known() == {(0, (1, 2)): (30, "1.0 0.0 2.0")}


def test_a_way_that_is_not_the_first_is_noted_as_such():
    """The set is the same; the stops are not."""
    w = Request(id="w", unloads=(Task(place=9),), other_unloads=((Task(place=8),),), price=999)
    made = shelf(requests=[w, *drops(1)])
    assert [noted(made, "0.0"), noted(made, "0.0/1")] == [0, 0]
    assert made.known() == {(0, (0,)): (80, "0.0/1")}
    assert made.routes.way_of[0] == 1


def test_what_breaks_a_rule_is_not_noted():
    """The second comes 10 s too late."""
    made = shelf("0.0 0.1 1.0 1.1", requests=[delivery("x", 1, 3), delivery("y", 2, 4, latest_s=50)], sound=False)
    assert made.note() == -1
    assert made.entered() == []


def test_a_route_of_too_many_stops_is_not_noted():
    """One place is left for what ends the list."""
    made = shelf(" ".join(f"{number}.0" for number in range(c.MOST_STOPS)), requests=drops(c.MOST_STOPS))
    assert made.note() == -1
    assert made.entered() == []
    assert noted(made, " ".join(f"{number}.0" for number in range(1, c.MOST_STOPS))) == 0
    assert made.catalogue.node[0].tolist() == [*range(1, c.MOST_STOPS), -1]
    assert made.known()[0, tuple(range(1, c.MOST_STOPS))][0] == 10


def test_a_route_is_driven_in_place_of_another():
    """Those on it are nobody's then, and the other courier's stay."""
    made = shelf("0.0 2.0 0.1", "1.0 1.1", requests=[*CROSSING, drop("z", 5), drop("u", 6)])
    assert load(made, "3.0 2.0") == ""
    assert made.orders() == ["3.0 2.0", "1.0 1.1"]
    assert made.routes.courier_of.tolist() == [-1, 1, 0, 0]
    assert made.routes.route[:, [f.COUNT, f.COST, f.FAULT]].tolist() == [[2, 70, -1], [2, 40, -1]]
    assert made.routes.stop[[made.node("0.0"), made.node("0.1")], f.PREVIOUS].tolist() == [-1, -1]
    assert load(made, "") == ""
    assert made.orders() == ["", "1.0 1.1"]
    assert made.routes.courier_of.tolist() == [-1, 1, -1, -1]
    assert made.routes.route[0, [f.COUNT, f.COST]].tolist() == [0, 0]


def test_a_route_that_is_driven_may_break_a_rule():
    """The second is too late behind the first; the other way round both are in time."""
    made = shelf(requests=[drop("a", 2), drop("b", 1, windows=between(0, 20))])
    assert load(made, "0.0 1.0") == "1.0"
    assert load(made, "1.0 0.0") == ""
    assert made.routes.route[0, [f.COST, f.FAULT]].tolist() == [20, -1]


def other_of(made):
    """Return another shelf with the same problem."""
    return shelf(requests=list(made.problem.requests))


def test_what_is_new_or_cheaper_is_taken_over():
    """And what is dearer is not, nor what comes before the first."""
    mine = shelf(requests=[*CROSSING, drop("z", 9)])
    theirs = other_of(mine)
    for made, orders in (
        (mine, ["0.0 0.1 1.0 1.1", "0.0 0.1", "1.0 2.0 1.1"]),
        (theirs, ["2.0 0.0 0.1", "1.0 1.1 2.0", "0.0 1.0 0.1 1.1", "0.0 2.0 0.1", "2.0"]),
    ):
        for order in orders:
            noted(made, order)
    mine.enter(0, 2)
    theirs.enter(0)
    theirs.enter(0, 1, 2)
    before = theirs.known()
    assert mine.known()[0, (1, 2)] == (140, "1.0 2.0 1.1")
    interpreted(c.take_over)(mine.catalogue, theirs.catalogue, 1)
    assert mine.known() == {
        (0, (0, 1)): (40, "0.0 1.0 0.1 1.1"),
        (0, (0,)): (30, "0.0 0.1"),
        (0, (1, 2)): (90, "1.0 1.1 2.0"),
        (0, (2,)): (90, "2.0"),
    }
    # Sets without an order are taken over as such.
    assert mine.entered() == [(0, (0, 1)), (0, (0,)), (0, (1, 2)), (0, (0, 2)), (0, (2,)), (0, (0, 1, 2))]
    assert theirs.known() == before
    interpreted(c.take_over)(mine.catalogue, theirs.catalogue, 0)
    # Out to 1, to 9, and back to 3.
    assert before[0, (0, 2)] == mine.known()[0, (0, 2)] == (150, "0.0 2.0 0.1")
    assert theirs.known() == before


def test_only_as_many_are_taken_over_as_there_is_room_for():
    """What there is room for is what comes first, and what is known already."""
    mine = shelf(room=2)
    theirs = other_of(mine)
    noted(mine, "0.0 0.1 1.0 1.1")
    for order in ("0.0 0.1", "1.0 1.1", "0.0 1.0 0.1 1.1"):
        noted(theirs, order)
    interpreted(c.take_over)(mine.catalogue, theirs.catalogue, 0)
    assert mine.catalogue.state[c.FULL] == 1
    assert mine.known() == {(0, (0, 1)): (40, "0.0 1.0 0.1 1.1"), (0, (0,)): (30, "0.0 0.1")}


def test_a_whole_route_is_taken_over():
    """As long as there may be, without what ends the list being looked for behind it."""
    mine = shelf(requests=drops(c.MOST_STOPS - 1))
    theirs = other_of(mine)
    noted(theirs, " ".join(f"{number}.0" for number in range(c.MOST_STOPS - 1)))
    interpreted(c.take_over)(mine.catalogue, theirs.catalogue, 0)
    assert mine.catalogue.node[0].tolist() == [*range(c.MOST_STOPS - 1), -1]
    assert mine.known() == theirs.known()
