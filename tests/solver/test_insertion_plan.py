"""Plans by insertion, of problems drawn by hand."""

from itertools import count

import numpy as np
import pytest

from solver.check import check, check_left_out
from solver.insertion import plan as plan_module
from solver.insertion.plan import insert
from solver.plan import Cost
from solver.problem import DelayCost, Matrix, Request, Task, Window
from tests.solver import instances
from tests.solver.on_a_line import courier, delivery, drop, problem, refs


def planned(couriers, requests, *, start=None, **rest):
    """Return the cost of the insertion plan, which the judge accepts, and its orders as text."""
    made = problem(couriers, requests, **rest)
    plan = insert(made, start=None if start is None else tuple(refs(text) for text in start))
    check(made, plan)
    check_left_out(made, plan)
    assert plan.engine == "insertion"
    orders = [" ".join(f"{ref.request}.{ref.task}" for ref in order) for order in plan.sequences(len(couriers))]
    return plan.cost, *orders


def test_each_drop_goes_where_the_way_passes():
    """Out to place 7, and nothing back and forth."""
    assert planned([courier()], [drop("a", 5), drop("b", 2), drop("c", 7)]) == (Cost(travel=70), "1.0 0.0 2.0")


def test_each_courier_takes_what_is_near():
    """10 and 20 s from either end of the street: b costs double, and a would have 60 s to go from place 1 to 7."""
    couriers = [courier("a"), courier("b", start=9, cost_per_s=2)]
    cost, *orders = planned(couriers, [drop("x", 8), drop("y", 1), drop("z", 7)])
    assert (cost, orders) == (Cost(travel=10 + 40), ["1.0", "0.0 2.0"])


def test_a_delivery_is_put_in_where_both_its_ends_are_on_the_way():
    """From 2 to 6 on the way to 8; metres cost as well."""
    requests = [drop("a", 8), delivery("b", 2, 6)]
    assert planned([courier(cost_per_m=1)], requests) == (Cost(travel=80, distance=800), "1.0 1.1 0.0")


def test_a_fixed_cost_is_worth_a_detour():
    """On from place 1 to 6 costs 50, from 9 back to 6 it is 30: another courier for 25 is too dear, for 15 not."""
    requests = [drop("x", 1), drop("y", 6)]
    couriers = [courier("a"), courier("b", start=9, fixed_cost=25)]
    assert planned(couriers, requests) == (Cost(travel=60), "0.0 1.0", "")
    couriers = [courier("a"), courier("b", start=9, fixed_cost=15)]
    assert planned(couriers, requests) == (Cost(travel=10 + 30, fixed=15), "0.0", "1.0")


def test_nothing_is_served_at_its_price():
    """50 s away for 50 is left out, for 51 it is served."""
    assert planned([courier()], [drop("a", 5, price=50)]) == (Cost(left_out=50), "")
    assert planned([courier()], [drop("a", 5, price=51)]) == (Cost(travel=50), "0.0")


def test_who_would_lose_most_goes_first():
    """y needs a's skill: though x is nearer to a, b takes it, 40 s away."""
    couriers = [courier("a", capacity=(1,), skills=frozenset({"cold"})), courier("b", start=5, capacity=(1,))]
    requests = [drop("x", 1, unload=(1,)), drop("y", 3, unload=(1,), skills=frozenset({"cold"}))]
    assert planned(couriers, requests, dimensions=("kg",)) == (Cost(travel=40 + 30), "1.0", "0.0")


def test_a_soft_deadline_is_weighed_against_the_way():
    """5 first costs 30 s more in travel, and saves 10 s of delay at 4 each; at 2 each it is not worth it."""
    for per_s, order, cost in (
        (4, "0.0 1.0", Cost(travel=80)),
        (2, "1.0 0.0", Cost(travel=50, delay=20)),
    ):
        late = drop("a", 5, delay_costs=(DelayCost(after_s=50, per_s=per_s),))
        assert planned([courier()], [late, drop("b", 2, service_s=10)]) == (cost, order)


def test_set_up_is_paid_once_where_several_stop():
    """Three drops at place 3: 30 s there, 30 s set-up, 10 s service. One second less is too little for all."""
    requests = [drop("a", 3, setup_s=30, service_s=5), drop("b", 3, setup_s=30, service_s=5), drop("c", 3, setup_s=30)]
    assert planned([courier(latest_s=70)], requests)[0] == Cost(travel=30)
    assert planned([courier(latest_s=69)], requests)[0] == Cost(travel=30, left_out=1_000)


def test_what_is_on_board_takes_room_until_it_is_dropped():
    """The bound parcel is never left out; the delivery waits for its room."""
    requests = [drop("on board", 5, unload=(1,), courier=0, price=0), delivery("a", 1, 2, amount=(1,))]
    answer = planned([courier(capacity=(1,))], requests, dimensions=("kg",))
    assert answer == (Cost(travel=50 + 40 + 10), "0.0 1.0 1.1")


def test_bound_requests_are_served_however_late_they_are():
    """20 s after the window, 5 s after the shift, without the skill, at a price of nothing."""
    late = drop("a", 5, windows=(Window(latest_s=30),), courier=0, price=0, skills=frozenset({"cold"}))
    answer = planned([courier(latest_s=45)], [late], breach_cost_per_s=10)
    assert answer == (Cost(travel=50, breach=250), "0.0")


def test_frozen_stops_come_first_though_others_lie_on_the_way():
    """The way to 9 passes place 1; the way back goes there."""
    requests = [drop("a", 1), drop("b", 9, courier=0), delivery("c", 8, 9, courier=0)]
    answer = planned([courier(frozen=refs("1.0 2.0"))], requests)
    assert answer == (Cost(travel=90 + 10 + 10 + 80), "1.0 2.0 2.1 0.0")


def test_a_start_is_kept_and_completed():
    """Its stops keep their order, though the other way round were cheaper; what is missing goes in on the way."""
    requests = [drop("a", 5), drop("b", 2), drop("c", 1)]
    assert planned([courier()], requests, start=["0.0 1.0"]) == (Cost(travel=80), "2.0 0.0 1.0")


def test_a_start_that_breaks_a_rule_loses_what_breaks_it():
    """5 comes too late behind 8: it goes in again where it is in time."""
    requests = [drop("a", 5, windows=(Window(latest_s=50),)), drop("b", 8)]
    assert planned([courier()], requests, start=["1.0 0.0"]) == (Cost(travel=80), "0.0 1.0")


def test_a_shortcut_over_a_third_place_is_found():
    """Place 2 is reached in time over place 1 only: it goes in once the stop at 1 is there."""
    durations = np.array([[0, 10, 90], [90, 0, 10], [90, 90, 0]])
    ways = Matrix(durations_s=durations, distances_m=durations)
    requests = [drop("a", 2, windows=(Window(latest_s=20),)), drop("b", 1)]
    assert planned([courier()], requests, matrices=(ways,)) == (Cost(travel=20), "1.0 0.0")


def test_six_loads_keep_the_order_given():
    """Up to five are tried in every order: 60 s there and none back. Of six only the order given: 60 + 50 + 60."""
    for loads, cost in ((5, 60), (6, 170)):
        gather = tuple(Task(place=loads - number) for number in range(loads))
        request = Request(id="r", loads=gather, unloads=(Task(place=loads + 1),), price=1_000)
        assert planned([courier()], [request])[0] == Cost(travel=cost)


def test_a_request_is_served_in_the_way_that_costs_least():
    """Nine is far, three is on the way to four."""
    x = Request(id="x", unloads=(Task(place=9),), other_unloads=((Task(place=3),),), price=1_000)
    assert planned([courier()], [x, drop("y", 4)]) == (Cost(travel=40), "0.0 1.0")


def test_who_serves_others_is_looked_at():
    """Each by its nearest would be 20 s; by one, from 1 to 8, or from 1 and from 9 to 2, it is 80."""
    couriers = [courier("a"), courier("b", start=9)]
    together = [drop("x", 1), drop("y", 8)]
    assert planned(couriers, together, same_courier=((0, 1),)) == (Cost(travel=80), "0.0 1.0", "")
    apart = [drop("x", 1), drop("y", 2)]
    assert planned(couriers, apart, never_together=((0, 1),)) == (Cost(travel=10 + 70), "0.0", "1.0")


def test_another_courier_than_before_has_its_price():
    """It is 20 s to b, who had it, and 10 s to a, who had not: a takes it for 9, and not for 11."""
    couriers = [courier("a"), courier("b", start=3)]
    for move_cost, answer in ((9, (Cost(travel=10, change=9), "0.0", "")), (11, (Cost(travel=20), "", "0.0"))):
        assert planned(couriers, [drop("x", 1, previous=1, move_cost=move_cost)]) == answer


def test_no_courier_has_more_tasks_than_it_may():
    """a has the first; the second is for b, 70 s away, and the third, at 60 s, for nobody."""
    couriers = [courier("a", max_tasks=1), courier("b", start=9, max_tasks=1)]
    requests = [drop("x", 1), drop("y", 2), drop("z", 3, price=50)]
    assert planned(couriers, requests) == (Cost(travel=10 + 70, left_out=50), "0.0", "1.0")


def test_service_is_paid_for():
    """5 s at 2; not at all where that is all of its price."""
    assert planned([courier(cost_per_service_s=2)], [drop("x", 1, service_s=5, price=21)])[0] == Cost(
        travel=10, service=10
    )
    assert planned([courier(cost_per_service_s=2)], [drop("x", 1, service_s=5, price=20)])[0] == Cost(left_out=20)


@pytest.mark.parametrize(("couriers", "requests"), [(0, 0), (0, 2), (2, 0)])
def test_nothing_to_insert(couriers, requests):
    """No couriers, no requests, or none of both."""
    crew, wanted = [courier(f"c{n}") for n in range(couriers)], [drop(f"r{n}", 1) for n in range(requests)]
    assert planned(crew, wanted) == (Cost(left_out=1_000 * requests), *("" for _ in crew))


def test_a_deadline_stops_it():
    """One insertion between two looks at the clock: at the third look, two of five are in."""
    ticks = count(1)
    requests = [drop(f"r{n}", n) for n in range(1, 6)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan_module, "SLICE", 1)
        plan = insert(problem([courier()], requests), deadline_s=3, clock=lambda: next(ticks))
    assert len(plan.left_out) == 3


def test_bound_requests_go_in_after_the_deadline_too():
    """With a start to begin from, and nothing else."""
    requests = [drop("a", 1), drop("b", 2, courier=0), drop("c", 3)]
    made = problem([courier()], requests)
    plan = insert(made, start=(refs("2.0"),), deadline_s=5, clock=lambda: 5)
    check(made, plan)
    assert plan.sequences(1) == (refs("1.0 2.0"),)


def test_without_a_table_requests_go_in_by_due_time(monkeypatch):
    """There is time for one of two; with a table it would be the one that costs more to leave out."""
    couriers = [courier(latest_s=30)]
    requests = [
        drop("later", 3, price=99, service_s=0, windows=(Window(latest_s=40),)),
        drop("sooner", 2, price=50, service_s=10, windows=(Window(latest_s=39),)),
    ]
    assert planned(couriers, requests) == (Cost(travel=30, left_out=50), "0.0")
    monkeypatch.setattr(plan_module, "LARGEST_TABLE", 1)
    assert planned(couriers, requests) == (Cost(travel=20, left_out=99), "1.0")


@pytest.mark.parametrize("couriers", [1, 5])
def test_large_problems_without_a_table_are_planned(monkeypatch, couriers):
    """Forty orders, with room for all of them and without: what is left out fits nowhere."""
    monkeypatch.setattr(plan_module, "LARGEST_TABLE", 0)
    made = instances.orders_from_stores(40, couriers, tight=True)
    plan = insert(made)
    check(made, plan)
    check_left_out(made, plan)


def test_many_requests_are_ranked_by_estimates(monkeypatch):
    """Which are right for single drops: the plan is that of a full comparison. For deliveries it is about as good."""
    parcels, orders = instances.parcels_from_a_depot(60, 5), instances.orders_from_stores(80, 10)
    compared = insert(parcels), insert(orders)
    monkeypatch.setattr(plan_module, "MANY", 10)
    estimated = insert(parcels), insert(orders)
    assert estimated[0] == compared[0]
    assert estimated[1] != compared[1]
    assert estimated[1].cost.total < 1.1 * compared[1].cost.total
    check(orders, estimated[1])
    check_left_out(orders, estimated[1])
