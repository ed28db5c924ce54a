"""All routes are listed: for each courier, each set of requests that it could serve."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from solver.problem import Request, Task
from solver.search import listing
from solver.search.catalogue import FULL, USED
from solver.search.listing import Listed, list_all
from solver.search.yard import new_yard
from tests.solver.catalogue_bench import MISSED, Shelf, all_routes, by_chance
from tests.solver.on_a_line import between, courier, delivery, drop

pytestmark = pytest.mark.usefixtures("interpreter")

MUCH = 10_000


def go_on():
    """Say that nothing is over."""
    return True


def shelf(couriers, requests, *orders, **rest):
    """Return a shelf with what a search has beside it."""
    made = Shelf(couriers, requests, *orders, **rest)
    made.yard = new_yard(made.layout, made.routes, frozen=[], seed=1)
    made.found = np.zeros(1, np.int64)
    return made


def listed(made, *others, part=0, room=MUCH, over=lambda: False, meet=go_on):
    """List all routes, and return how far that went."""
    catalogues = [other.catalogue for other in others]
    parts = made.layout, made.routes, made.desk, made.yard, made.catalogue, made.found
    return list_all(*parts, others=catalogues, part=part, room=room, over=over, meet=meet)


def costs(made):
    """Return what all routes cost."""
    return {key: cost for key, (cost, _) in made.known().items()}


def all_known(couriers, requests, *orders, **rest):
    """List all routes, and return them."""
    made = shelf(couriers, requests, *orders, **rest)
    assert listed(made) is Listed.ALL
    return made.known()


def drops(*places, **rest):
    """Return requests of one drop each."""
    return [drop(f"d{number}", place, **rest) for number, place in enumerate(places)]


def test_every_set_of_each_courier():
    """In the order of the street, from either end of it."""
    assert all_known([courier("a"), courier("b", start=9)], drops(2, 4, 6)) == {
        (0, ()): (0, ""),
        (0, (0,)): (20, "0.0"),
        (0, (1,)): (40, "1.0"),
        (0, (2,)): (60, "2.0"),
        (0, (0, 1)): (40, "0.0 1.0"),
        (0, (0, 2)): (60, "0.0 2.0"),
        (0, (1, 2)): (60, "1.0 2.0"),
        (0, (0, 1, 2)): (60, "0.0 1.0 2.0"),
        (1, ()): (0, ""),
        (1, (0,)): (70, "0.0"),
        (1, (1,)): (50, "1.0"),
        (1, (2,)): (30, "2.0"),
        (1, (0, 1)): (70, "1.0 0.0"),
        (1, (0, 2)): (70, "2.0 0.0"),
        (1, (1, 2)): (50, "2.0 1.0"),
        (1, (0, 1, 2)): (70, "2.0 1.0 0.0"),
    }


@pytest.mark.parametrize("seed", range(42))
def test_as_many_as_every_order_tried_would_find(seed):
    """Whatever windows, service and room allow; no route costs less than the best order."""
    couriers, requests = by_chance(seed, 4 if seed >= 40 else 2 + seed % 2)
    made = shelf(couriers, requests, dimensions=("n",))
    assert listed(made) is Listed.ALL
    known, routes = made.known(), all_routes(made.problem)
    assert set(known) == set(routes)
    assert all(known[key][0] >= cost for key, cost in routes.items())
    # With two requests, insertion tries all orders.
    assert all(known[key][0] == cost for key, cost in routes.items() if len(key[1]) <= 2)


def test_what_cannot_be_inserted_is_arranged(monkeypatch):
    """All three, by the one order that there is; without that, it is entered, and has no order."""
    made = shelf([courier()], MISSED)
    assert listed(made) is Listed.ALL
    known = made.known()
    assert len(known) == 8
    assert known[0, (0, 1, 2)] == (140, "1.0 2.0 2.1 1.1 0.0 0.1")
    monkeypatch.setattr(listing, "arrange", lambda *_: False)
    made = shelf([courier()], MISSED)
    assert listed(made) is Listed.ALL
    assert {**made.known(), (0, (0, 1, 2)): known[0, (0, 1, 2)]} == known
    assert made.entered()[-1] == (0, (0, 1, 2))


APART = [*drops(2, 7, windows=between(70, 75)), drop("d2", 3), drop("d3", 4)]
"""The first two are too far apart for their windows."""


def test_what_has_a_part_that_cannot_be_is_not_tried():
    """No set has both, but their own, which was tried."""
    made = shelf([courier()], APART)
    assert listed(made) is Listed.ALL
    assert [chosen for _, chosen in made.entered() if {0, 1} <= set(chosen)] == [(0, 1)]
    assert [chosen for _, chosen in made.known() if {0, 1} <= set(chosen)] == []
    assert len(made.known()) == 12


def test_only_who_may_serve_it_does():
    """By skills and by room."""
    skilled = courier("a", skills=frozenset("s"), capacity=(1,))
    requests = [drop("d", 1, skills=frozenset("s"), unload=(1,)), drop("e", 2), delivery("big", 3, 4, amount=(2,))]
    known = all_known([skilled, courier("b", capacity=(2,))], requests, dimensions=("n",))
    assert set(known) == {
        *((0, chosen) for chosen in ((), (0,), (1,), (0, 1))),
        *((1, chosen) for chosen in ((), (1,), (2,), (1, 2))),
    }


def test_the_cheapest_way_that_fits_is_listed():
    """From 5, where the first way is not open in time: alone back to 3; with the other, at 9, to 8 on the way.

    That is found by adding it to the other; adding the other to it costs 80.
    """
    ways = [Task(place=6, windows=between(0, 9)), Task(place=3), Task(place=8)]
    w = Request(id="w", unloads=(ways[0],), other_unloads=((ways[1],), (ways[2],)), price=999)
    assert all_known([courier(start=5)], [w, drop("x", 9)]) == {
        (0, ()): (0, ""),
        (0, (0,)): (20, "0.0/1"),
        (0, (1,)): (40, "1.0"),
        (0, (0, 1)): (40, "0.0/2 1.0"),
    }


def test_a_way_that_there_is_no_room_for_is_not_listed():
    """Though it would be the shorter one."""
    near = (Task(place=1, load=(2,)),)
    w = Request(id="w", loads=(Task(place=3, load=(1,)),), unloads=(Task(place=1),), other_loads=(near,), price=999)
    known = all_known([courier("a", capacity=(1,)), courier("b", capacity=(2,))], [w, drop("x", 4)], dimensions=("n",))
    assert known[0, (0,)] == (50, "0.0 0.1")
    assert known[1, (0,)] == (10, "0.0/1 0.1/1")


def test_a_way_counts_that_is_not_the_first():
    """The first needs more room than there is."""
    near, far = (Task(place=1, load=(5,)),), (Task(place=1, load=(1,)),)
    w = Request(id="w", loads=near, unloads=(Task(place=2),), other_loads=(far,), price=999)
    known = all_known([courier(capacity=(2,))], [w, delivery("y", 5, 4, amount=(1,))], dimensions=("n",))
    assert known[0, (0,)] == (20, "0.0/1 0.1/1")


def test_every_part_is_tried_that_a_request_may_fit_into():
    """It does not fit into the order of the first, and into that of the last it does."""
    due = ((1, 90, 180), (2, 50, 140), (8, 90, 140))
    requests = [drop(f"d{place}", place, windows=between(*window)) for place, *window in due]
    assert all_known([courier()], requests)[0, (0, 1, 2)] == (150, "1.0 2.0 0.0")


def test_what_is_bound_is_in_every_route_of_its_courier():
    """And the plan that there was before does not matter."""
    requests = [drop("bound", 5, courier=0), *drops(3, 7)]
    made = shelf([courier("a")], requests, "0.0 2.0 1.0")
    assert listed(made) is Listed.ALL
    assert made.known() == {
        (0, ()): (50, "0.0"),
        (0, (1,)): (50, "1.0 0.0"),
        (0, (2,)): (70, "0.0 2.0"),
        (0, (1, 2)): (70, "1.0 0.0 2.0"),
    }


def test_who_breaks_a_rule_with_what_is_bound_has_no_routes():
    """There is no room for both at a time, in the order in which they are; the other courier has all routes."""
    bound = [delivery(name, 1, 2, amount=(1,), courier=0) for name in "xy"]
    couriers = [courier("a", capacity=(1,)), courier("b", capacity=(1,))]
    made = shelf(couriers, [*bound, *drops(3, 7)], "0.0 1.0 0.1 1.1", dimensions=("n",), sound=False)
    assert listed(made) is Listed.ALL
    assert made.entered() == [(1, ()), (1, (2,)), (1, (3,)), (1, (2, 3))]


@pytest.mark.parametrize("requests", [MISSED, APART])
def test_a_look_at_the_clock_changes_nothing(monkeypatch, requests):
    """However few costs are found between two."""

    def fresh():
        return shelf([courier("a"), courier("b", start=9)], requests)

    whole, made, looks = fresh(), fresh(), []
    assert listed(whole) is Listed.ALL
    monkeypatch.setattr(listing, "STRETCH", 1)
    assert listed(made, over=lambda: bool(looks.append(1))) is Listed.ALL
    assert made.known() == whole.known()
    assert made.entered() == whole.entered()
    assert made.found == whole.found
    assert len(looks) > len(made.entered())


def side_by_side(many):
    """List routes on as many threads as there are shelves, and return how far each came."""
    barrier = threading.Barrier(len(many))

    def work(part):
        others = [other for other in many if other is not many[part]]
        try:
            # Numbers overflow here too: see `tests.solver.in_python`.
            with np.errstate(over="ignore"):
                return listed(many[part], *others, part=part, meet=lambda: barrier.wait(60) >= 0)
        except BaseException:
            barrier.abort()
            raise

    with ThreadPoolExecutor(len(many)) as pool:
        return list(pool.map(work, range(len(many))))


@pytest.mark.parametrize("parts", [2, 3])
@pytest.mark.parametrize("seed", [3, 40, 41])
def test_side_by_side_they_know_what_one_alone_knows(parts, seed):
    """Each of them all of it, for less work than one alone."""

    def fresh():
        return shelf(*by_chance(seed, 4), dimensions=("n",))

    alone, many = fresh(), [fresh() for _ in range(parts)]
    assert listed(alone) is Listed.ALL
    assert side_by_side(many) == [Listed.ALL] * parts
    for made in many:
        assert set(made.known()) == set(alone.known())
        assert set(made.entered()) == set(alone.entered())
        assert costs(made) == costs(many[0])
        assert made.found[0] < alone.found[0]


def test_side_by_side_each_arranges_its_share():
    """One of them finds the one order that there is, and all know it."""
    many = [shelf([courier("a"), courier("b")], MISSED) for _ in range(2)]
    assert side_by_side(many) == [Listed.ALL] * 2
    for made in many:
        assert len(made.known()) == 16
        for number in range(2):
            assert made.known()[number, (0, 1, 2)] == (140, "1.0 2.0 2.1 1.1 0.0 0.1")


def test_it_ends_when_the_others_do(monkeypatch):
    """At whichever meeting: some are listed then, more and more of them, and all are right."""
    monkeypatch.setattr(listing, "STRETCH", 1)
    whole = all_known([courier("a"), courier("b")], MISSED)
    counts = []
    for meetings in range(40):
        left = [True] * meetings
        made = shelf([courier("a"), courier("b")], MISSED)
        if listed(made, meet=lambda left=left: bool(left) and left.pop()) is Listed.ALL:
            break
        counts.append(len(made.known()))
        assert made.known().items() <= whole.items()
    assert made.known() == whole
    assert sorted(counts) == counts
    # Begun, with the sets of one request, of two, of three; the last are arranged, and then there are no more.
    assert sorted(set(counts)) == [5, 8, 9, 12, 15, 16]


def test_it_stops_when_it_is_over(monkeypatch):
    """In the middle of the sets of one size; a few costs later at the most."""
    monkeypatch.setattr(listing, "STRETCH", 1)
    for most in (0, 5, 20):
        made = shelf([courier("a")], drops(1, 2, 3, 4, 5))
        halted = []

        def over(made=made, most=most, halted=halted):
            halted.extend([1] * int(made.found[0] >= most))
            return bool(halted)

        assert listed(made, over=over, meet=lambda halted=halted: not halted) is Listed.SOME
        # One route is added to, by four requests or five.
        assert most <= made.found[0] <= most + 6
        assert len(made.known()) < 32


@pytest.mark.parametrize(
    ("room", "answer", "count"),
    [
        # Five sets of one request: more than twice one, and more than a fourth of 16.
        (16, Listed.NONE, 6),
        (19, Listed.NONE, 6),
        # 5 is a fourth of 20; 10 sets of two requests are no more than twice 5. In the end there are more than 20.
        (20, Listed.NONE, 32),
        (31, Listed.NONE, 32),
        (32, Listed.ALL, 32),
    ],
)
def test_when_there_are_too_many_it_is_given_up(room, answer, count):
    """Thirty-two sets of five drops."""
    made = shelf([courier()], drops(1, 2, 3, 4, 5))
    assert listed(made, room=room) is answer
    assert made.catalogue.state[USED] == count


@pytest.mark.parametrize(("room", "answer", "count"), [(63, Listed.NONE, 33), (64, Listed.ALL, 64)])
def test_as_many_are_expected_of_the_couriers_to_come(room, answer, count):
    """Thirty-one beside the empty ones of both: after the first courier it is known that 64 come about."""
    made = shelf([courier("a"), courier("b")], drops(1, 2, 3, 4, 5))
    assert listed(made, room=room) is answer
    assert made.catalogue.state[USED] == count


def test_there_are_no_more_than_the_catalogue_has_room_for():
    """However many were allowed."""
    made = shelf([courier()], drops(1, 2, 3, 4, 5), room=19)
    assert listed(made) is Listed.NONE
    assert made.catalogue.state[USED] == 6


def test_without_room_some_are_listed():
    """Of 32 sets there is room for 20, which are those of up to two requests, and some of three."""
    requests = drops(1, 2, 3, 4, 5)
    whole = all_known([courier()], requests)
    made = shelf([courier()], requests, room=20)
    assert listed(made, meet=lambda: not made.catalogue.state[FULL]) is Listed.SOME
    assert made.catalogue.state[[USED, FULL]].tolist() == [20, 1]
    assert made.known().items() <= whole.items()
    assert [len(chosen) for _, chosen in made.known()] == [0] + 5 * [1] + 10 * [2] + 4 * [3]
