"""Every order is tried in which a courier could serve a set of requests."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.problem import DelayCost, Request, Task
from solver.search.arrange import arrange, is_worse
from solver.search.catalogue import ARRANGED, MOST_STOPS, REMEMBERED
from tests.solver.catalogue_bench import MISSED, Shelf, by_chance, cost_of, every_order, least_cost
from tests.solver.on_a_line import between, courier, delivery, drop, words

CROSSING = [delivery("x", 1, 3), delivery("y", 2, 4)]
"""0 -> 1 -> 2 -> 3 -> 4 is 40 s, one after the other 60 s, the second before the first 90 s."""

pytestmark = pytest.mark.usefixtures("interpreter")


def pair(name, load, unload):
    """Return a request of a load and an unload."""
    return Request(id=name, loads=(load,), unloads=(unload,), price=1_000)


def arranged(made, *requests, courier=0):
    """Find the best order for requests, and return what it costs and is, None if there is none."""
    made.begin()
    number = made.enter(*requests, courier=courier)
    found = interpreted(arrange)(made.layout, made.routes, made.catalogue, number)
    known = made.known().get((courier, requests))
    assert found == (known is not None)
    if found:
        assert made.order(courier) == known[1]
        assert made.routes.route[courier, [f.COST, f.FAULT]].tolist() == [known[0], -1]
    else:
        assert made.catalogue.cost[number] == f.FAR
    return known


def all_of(requests, *, crew=None, **rest):
    """Find the best order for all requests of a problem of one courier."""
    return arranged(Shelf([crew or courier()], requests, **rest), *range(len(requests)))


def test_the_order_with_the_least_travel():
    """Of the six in which two requests can be done."""
    assert all_of(CROSSING) == (40, "0.0 1.0 0.1 1.1")


def test_an_order_that_no_insertion_finds():
    """The only one of ninety."""
    made = Shelf([courier()], MISSED)
    orders = [words(order) for order in every_order((0, 1, 2)) if cost_of(made.problem, order) is not None]
    assert orders == ["1.0 2.0 2.1 1.1 0.0 0.1"]
    assert arranged(made, 0, 1, 2) == (140, orders[0])


@pytest.mark.parametrize(
    ("latest_s", "answer"), [(70, (40, "0.0 1.0 0.1 1.1")), (69, (90, "1.0 1.1 0.0 0.1")), (39, None)]
)
def test_a_load_is_waited_for_and_an_unload_is_due(latest_s, answer):
    """The first is ready after 40 s, which the second, with 30 s to go from there, can wait for or not."""
    x = pair("x", Task(place=1, windows=between(40, 999)), Task(place=3))
    assert all_of([x, delivery("y", 2, 4, latest_s=latest_s)]) == answer


@pytest.mark.parametrize(("latest_s", "answer"), [(20, (40, "0.0 1.0 0.1 1.1")), (19, None)])
def test_a_load_is_due(latest_s, answer):
    """It is 20 s away."""
    y = pair("y", Task(place=2, windows=between(0, latest_s)), Task(place=4))
    assert all_of([CROSSING[0], y]) == answer


@pytest.mark.parametrize(("service_s", "answer"), [(10, (40, "0.0 1.0 0.1 1.1")), (11, (90, "1.0 1.1 0.0 0.1"))])
@pytest.mark.parametrize("at", [0, 1])
def test_service_takes_time(service_s, answer, at):
    """At the load or at the unload of the first; of the second it is due 40 s away, with 10 s to spare."""
    service = [service_s if number == at else 0 for number in range(2)]
    x = pair("x", Task(place=1, service_s=service[0]), Task(place=3, service_s=service[1], windows=between(0, 200)))
    y = delivery("y", 2, 4, latest_s=50)
    if at == 1 and service_s == 11:
        # Then the second is unloaded first: 0 -> 1 -> 2 -> 4 -> 3.
        answer = (50, "0.0 1.0 1.1 0.1")
    assert all_of([x, y]) == answer


@pytest.mark.parametrize(
    ("room", "answer"), [((2, 9), (40, "0.0 1.0 0.1 1.1")), ((1, 9), (60, "0.0 0.1 1.0 1.1")), ((9, 0), None)]
)
def test_there_is_to_be_room(room, answer):
    """In every dimension: both at a time, one after the other, or not at all."""
    requests = [delivery("x", 1, 3, amount=(1, 0)), delivery("y", 2, 4, amount=(1, 1 - bool(room[1])))]
    assert all_of(requests, crew=courier(capacity=room), dimensions=("n", "g")) == answer


def test_what_starts_anywhere_is_there_at_once():
    """At either load: 1 -> 2 -> 3 -> 4."""
    assert all_of(CROSSING, crew=courier(start=None)) == (30, "0.0 1.0 0.1 1.1")


def test_the_way_of_the_courier_counts():
    """From its own start, when its shift begins, with what it costs."""
    couriers = [courier("a"), courier("b", start=4, earliest_s=30, cost_per_s=3, fixed_cost=7)]
    made = Shelf(couriers, [delivery("x", 1, 3), delivery("y", 2, 4, latest_s=60)])
    # 4 -> 2 -> 4 -> 1 -> 3; 4 -> 2 is at 50 s, and then 4 at 70 s.
    assert arranged(made, 0, 1, courier=1) is None
    made = Shelf(couriers, [delivery("x", 1, 3), delivery("y", 2, 4, latest_s=70)])
    assert arranged(made, 0, 1, courier=1) == (7 + 3 * 90, "1.0 1.1 0.0 0.1")


def test_what_was_tried_for_one_set_says_nothing_of_another():
    """One set after the other, in one catalogue."""
    requests = [*CROSSING, delivery("z", 3, 1)]
    made = Shelf([courier("a"), courier("b", start=9)], requests)
    for number, chosen in ((0, (0, 1, 2)), (1, (0, 1, 2)), (0, (1, 2)), (0, (0, 2)), (1, (0, 1)), (0, (0,))):
        cost, _ = arranged(made, *chosen, courier=number)
        assert cost == least_cost(made.problem, chosen, number)
    assert made.catalogue.state[ARRANGED] == 6


@pytest.mark.parametrize("seed", range(40))
def test_it_is_the_best_of_all_orders(seed):
    """Two or three requests with windows, service and amounts."""
    couriers, requests = by_chance(seed, 2 + seed % 2)
    made = Shelf(couriers, requests, dimensions=("n",))
    numbers = range(len(requests))
    for number in range(len(couriers)):
        known = arranged(made, *numbers, courier=number)
        assert (known and known[0]) == least_cost(made.problem, numbers, number)


OTHERS = {
    "one task": drop("z", 5),
    "two loads": Request(id="z", loads=(Task(place=5), Task(place=6)), unloads=(Task(place=7),)),
    "two unloads": Request(id="z", unloads=(Task(place=5), Task(place=6))),
    "other ways": Request(id="z", loads=(Task(place=5),), unloads=(Task(place=6),), other_unloads=((Task(place=7),),)),
    "two windows": pair("z", Task(place=5, windows=(*between(0, 10), *between(50, 99))), Task(place=6)),
    "a soft deadline": pair("z", Task(place=5), Task(place=6, delay_costs=(DelayCost(after_s=9, per_s=1),))),
    "set-up": pair("z", Task(place=5), Task(place=6, setup_s=1)),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_requests_of_other_kinds_are_not_arranged(kind):
    """Nor is anything along with them."""
    made = Shelf([courier()], [*CROSSING, OTHERS[kind]])
    assert arranged(made, 0, 2) is None
    assert arranged(made, 2) is None
    assert arranged(made, 0, 1) == (40, "0.0 1.0 0.1 1.1")


def test_nor_are_those_that_may_not_be_on_board_for_long():
    """Such a problem is wide, and has no catalogue at all."""
    made = Shelf([courier()], CROSSING)
    request = made.layout.request.copy()
    request[1, f.ON_BOARD] = 999
    made.layout = made.layout._replace(request=request)
    assert arranged(made, 0, 1) is None
    assert arranged(made, 0) == (30, "0.0 0.1")


def test_couriers_with_something_bound_are_not_arranged():
    """They would have to do that too."""
    made = Shelf([courier("a"), courier("b")], [*CROSSING, drop("bound", 5, courier=0)], "2.0")
    assert arranged(made, 0, 1) is None
    assert arranged(made, 0, 1, courier=1) == (40, "0.0 1.0 0.1 1.1")
    assert made.catalogue.state[ARRANGED] == 1


def test_nor_are_those_that_break_a_rule_with_nothing_else_to_do():
    """What they have to do is in no catalogue then."""
    made = Shelf([courier()], CROSSING)
    number = made.enter(0, 1)
    assert not interpreted(arrange)(made.layout, made.routes, made.catalogue, number)
    assert made.known() == {}
    assert made.catalogue.state[ARRANGED] == 0


def test_the_end_of_the_shift_is_kept():
    """The last unload is at 40 s."""
    assert all_of(CROSSING, crew=courier(latest_s=40)) == (40, "0.0 1.0 0.1 1.1")
    assert all_of(CROSSING, crew=courier(latest_s=39)) is None
    assert all_of(CROSSING, crew=courier(max_tasks=3)) is None


def test_an_order_with_more_travel_may_end_in_time():
    """What opens late is done last, or the shift is over; with its end, the way there counts too."""
    opens = Task(place=1, windows=between(100, 999))
    requests = [Request(id="x", price=1_000, loads=(opens,), unloads=(Task(place=2),)), delivery("y", 5, 4)]
    assert all_of(requests, crew=courier(latest_s=150)) == (60, "0.0 0.1 1.0 1.1")
    assert all_of(requests, crew=courier(latest_s=120)) == (100, "1.0 1.1 0.0 0.1")
    assert all_of(requests, crew=courier(end=0)) == (100, "0.0 1.0 1.1 0.1")
    assert all_of(requests, crew=courier(end=0, latest_s=130)) == (120, "1.0 1.1 0.0 0.1")
    assert all_of(requests, crew=courier(end=0, latest_s=129)) is None


@pytest.mark.parametrize("count", [REMEMBERED, REMEMBERED + 1, MOST_STOPS // 2 - 1])
def test_of_many_requests_as_of_few(count):
    """All are at one place: of orders that are as good, the first is kept, one after the other."""
    cost, order = all_of([delivery(f"d{number}", 1, 1) for number in range(count)])
    assert cost == 10
    assert order == " ".join(f"{number}.0 {number}.1" for number in range(count))


def test_there_are_no_more_than_a_route_may_have():
    """One place is left for what ends the list."""
    assert all_of([delivery(f"d{number}", 1, 1) for number in range(MOST_STOPS // 2)]) is None


@pytest.mark.parametrize(
    ("tries", "answer"), [(3, None), (4, (90, "1.0 1.1 0.0 0.1")), (1_000, (40, "0.0 1.0 0.1 1.1"))]
)
def test_the_most_urgent_goes_first_until_tries_are_used_up(monkeypatch, tries, answer):
    """Four make the first order."""
    monkeypatch.setattr("solver.search.arrange.MOST_TRIES", tries)
    assert all_of([CROSSING[0], delivery("y", 2, 4, latest_s=9_999)]) == answer


def test_nothing_is_tried_where_one_is_too_late_anyway(monkeypatch):
    """The third is 10 s late even if it comes first; who starts anywhere is not late at all, and tries."""
    tried = []
    monkeypatch.setattr("solver.search.arrange.has_room", lambda *_: not tried.append(1))
    requests = [*CROSSING, delivery("z", 5, 9, latest_s=80)]
    assert all_of(requests) is None
    assert not tried
    # The unload is late only when the load is done.
    requests[2] = delivery("z", 5, 9, latest_s=90)
    made = Shelf([courier()], requests)
    assert arranged(made, 2) == (90, "2.0 2.1")
    assert len(tried) == 2
    assert all_of(requests, crew=courier(start=None)) == (80, "0.0 1.0 0.1 1.1 2.0 2.1")


def test_what_is_later_and_longer_at_one_place_is_worse():
    """Than what came there before, for the same set; otherwise it is noted if it beats that."""
    made = Shelf([courier()], CROSSING)
    made.catalogue.state[ARRANGED] = 1

    def at(leaves, travelled, *, place=5):
        answer = interpreted(is_worse)(made.catalogue, place, leaves, travelled)
        return answer, made.catalogue.seen[place].tolist()

    assert at(100, 50) == (False, [1, 100, 50])
    assert at(100, 50) == (True, [1, 100, 50])
    assert at(101, 51) == (True, [1, 100, 50])
    assert at(101, 49) == (False, [1, 100, 50])
    assert at(99, 51) == (False, [1, 100, 50])
    assert at(99, 50) == (False, [1, 99, 50])
    assert at(100, 50) == (True, [1, 99, 50])
    assert at(99, 49) == (False, [1, 99, 49])
    assert at(200, 200, place=6) == (False, [1, 200, 200])
    made.catalogue.state[ARRANGED] = 2
    assert at(300, 300) == (False, [2, 300, 300])
    assert np.count_nonzero(made.catalogue.seen[:, 0]) == 2
