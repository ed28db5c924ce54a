"""Who is in the way of a request that is left out: those without whom it would fit, and no others."""

from solver.plan import Reason
from solver.problem import Break, Gap, Reload, Request, Task, TaskRef, Window
from solver.reasons import MOST_NAMED, explain_left_out
from tests.solver.on_a_line import courier, delivery, drop, problem, refs

ALONE = "courier {} could serve it for {} with nothing else to do"


def in_the_way(couriers, requests, *orders, **rest):
    """Return the detail of the last request, which is crowded out, and who is in its way, by id."""
    made = problem(couriers, requests, **rest)
    (item,) = explain_left_out(made, tuple(refs(text) for text in orders), [len(requests) - 1])
    assert item.reason is Reason.CROWDED_OUT
    return item.detail, [requests[number].id for number in item.by]


def test_one_is_enough():
    """Of those that are in the way alone, the one that is worth least: 60 s of work in 55, 10 s of it by each."""
    requests = [drop("a", 0, service_s=10), drop("b", 0, service_s=10, price=50), drop("x", 4)]
    answer = in_the_way([courier(latest_s=55)], requests, "0.0 1.0")
    assert answer == (ALONE.format("c", 40), ["b"])


def test_no_more_than_have_to_be():
    """Of five with 3 s of service each, two: 15 s and 10 s on the way are 5 s more than the shift has."""
    couriers = [courier("a", latest_s=20), courier("b", latest_s=20, start=1), courier("c", start=9, latest_s=20)]
    on_a, on_b = drop("a", 0, service_s=19), [drop(f"b{n}", 1, service_s=3) for n in range(5)]
    orders = "0.0", "1.0 2.0 3.0 4.0 5.0", ""
    detail, by = in_the_way(couriers, [on_a, *on_b, drop("x", 2)], *orders)
    assert (detail, by) == (ALONE.format("b", 10), ["b0", "b1"])


def test_those_worth_least_are_named():
    """Where several have to be out, whatever their order on the route."""
    prices = [900, 100, 800, 200, 700]
    requests = [drop(f"b{n}", 1, service_s=3, price=price) for n, price in enumerate(prices)]
    answer = in_the_way([courier(latest_s=30)], [*requests, drop("x", 2)], "4.0 3.0 2.0 1.0 0.0")
    assert answer == (ALONE.format("c", 20), ["b1", "b3"])


def test_there_may_be_too_many_to_name():
    """All ten have to be out for one that takes the whole shift; eight are named."""
    requests = [drop(f"a{n}", 0, service_s=2) for n in range(10)]
    detail, by = in_the_way([courier(latest_s=20)], [*requests, drop("x", 2)], " ".join(f"{n}.0" for n in range(10)))
    assert detail == ALONE.format("c", 20) + "; 10 requests are in its way"
    assert by == [f"a{n}" for n in range(MOST_NAMED)]


def test_the_route_is_left_as_it_was():
    """What is asked next is answered by the plan as it is."""
    requests = [drop("a", 0, service_s=10), drop("b", 0, service_s=10), drop("x", 4), drop("y", 4)]
    made = problem([courier(latest_s=55)], requests)
    answers = explain_left_out(made, (refs("0.0 1.0"),), [2, 3])
    assert [item.by for item in answers] == [(0,), (0,)]


def test_a_bound_request_may_be_in_the_way():
    """It fills the vehicle up to place 9, and when it is gone, it is too late."""
    requests = [
        drop("on", 9, unload=(2,), courier=0),
        drop("a", 9, unload=(0,)),
        delivery("x", 1, 2, amount=(1,), latest_s=30),
    ]
    answer = in_the_way([courier(capacity=(2,))], requests, "0.0 1.0", dimensions=("kg",))
    assert answer == (ALONE.format("c", 20), ["on"])


def test_without_bound_requests_the_shift_is_hard():
    """Both of them have to be out: with either, the courier would be late, with neither it must not be."""
    couriers = [courier(latest_s=50, capacity=(2,), end=0, frozen=refs("0.0"))]
    requests = [
        drop("on", 2, unload=(1,), courier=0, service_s=40),
        drop("too", 2, unload=(1,), courier=0),
        drop("x", 2, unload=(1,), windows=(Window(latest_s=25),)),
    ]
    answer = in_the_way(couriers, requests, "0.0 1.0", dimensions=("kg",))
    assert answer == (ALONE.format("c", 40), ["on"])


def test_beside_bound_requests_a_shift_may_be_exceeded():
    """With nothing else to do, 80 s are too long for a shift of 45; beside a bound request, that is priced."""
    couriers = [courier(latest_s=45, end=0)]
    requests = [
        drop("on", 1, courier=0),
        drop("a", 0, service_s=30, windows=(Window(latest_s=5),)),
        drop("x", 4, windows=(Window(latest_s=40),)),
    ]
    answer = in_the_way(couriers, requests, "1.0 0.0")
    told = f"courier c could serve it for {80 - 20 + 35 * 1_000:,} beside what is bound to it, with nothing else to do"
    assert answer == (told, ["a"])


def test_the_other_of_a_pair_may_be_elsewhere():
    """The one courier with the skill is not the one that serves the other."""
    couriers = [courier("a", skills=frozenset({"cold"})), courier("b")]
    requests = [drop("tie", 1), drop("x", 1, skills=frozenset({"cold"}))]
    answer = in_the_way(couriers, requests, "", "0.0", same_courier=((0, 1),))
    assert answer == (ALONE.format("a", 10), ["tie"])


def test_who_serves_the_other_of_a_pair_is_asked_first():
    """Though another is nearer: there it is the service that is in the way."""
    couriers = [courier("a", start=3), courier("b", latest_s=35)]
    requests = [drop("tie", 0), drop("slow", 0, service_s=20), drop("x", 3)]
    answer = in_the_way(couriers, requests, "", "0.0 1.0", same_courier=((0, 2),))
    assert answer == (ALONE.format("b", 30), ["slow"])


def test_who_must_not_come_along_is_in_the_way():
    """There is room and time, but not for both."""
    requests = [drop("a", 1, price=9), drop("cat", 1), drop("dog", 1)]
    answer = in_the_way([courier()], requests, "0.0 1.0", never_together=((1, 2),))
    assert answer == (ALONE.format("c", 10), ["cat"])


def test_what_comes_second_needs_the_first():
    """Which is left out itself."""
    gaps = (Gap(first=TaskRef(0, 0), second=TaskRef(1, 0)),)
    requests = [drop("old", 9, windows=(Window(latest_s=5),)), drop("x", 1)]
    assert in_the_way([courier()], requests, "", gaps=gaps) == ("it needs old, which is left out", ["old"])


def test_the_first_of_a_gap_is_not_taken_out():
    """Then the other could not be served either: another is in the way."""
    gaps = (Gap(first=TaskRef(0, 0), second=TaskRef(2, 0)),)
    requests = [drop("old", 0, service_s=10, price=1), drop("a", 0, service_s=10), drop("x", 4)]
    answer = in_the_way([courier(latest_s=55)], requests, "0.0 1.0", gaps=gaps)
    assert answer == (ALONE.format("c", 40), ["a"])


def test_a_break_is_taken_whoever_is_out():
    """30 s of it, 40 s of the way, 20 s of service: 10 s more than there are."""
    couriers = [courier(latest_s=80, breaks=(Break(duration_s=30),))]
    requests = [drop("a", 0, service_s=10), drop("b", 0, service_s=10, price=50), drop("x", 4)]
    made = problem(couriers, requests)
    (item,) = explain_left_out(made, ((TaskRef(-1, 0), *refs("0.0 1.0")),), [2])
    assert (item.detail, item.by) == (ALONE.format("c", 40), (1,))


def test_a_reload_is_of_no_use_once_its_trip_is_out():
    """Two kilograms take two trips; with one of them out, the way back for the other is spared too."""
    couriers = [courier(latest_s=65, capacity=(1,), reloads=(Reload(place=0, service_s=10),))]
    requests = [drop("a", 1, unload=(1,)), drop("b", 1, unload=(1,)), drop("x", 6, unload=(0,))]
    made = problem(couriers, requests, dimensions=("kg",))
    (item,) = explain_left_out(made, ((*refs("0.0"), TaskRef(-2, 0), *refs("1.0")),), [2])
    assert (item.detail, item.by) == (ALONE.format("c", 60), (0,))


def test_a_way_that_fits_counts():
    """Of two ways, one is crowded out by less."""
    couriers = [courier(latest_s=55)]
    both = Request(id="x", unloads=(Task(place=5),), other_unloads=((Task(place=4),),), price=1_000)
    requests = [drop("a", 0, service_s=10), drop("b", 0, service_s=10, price=50), both]
    assert in_the_way(couriers, requests, "0.0 1.0") == (ALONE.format("c", 40), ["b"])
