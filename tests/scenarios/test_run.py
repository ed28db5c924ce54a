"""Whole days with the real engine: from orders to the last courier at home."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from dispatch.decision import Decision
from dispatch.events import Event
from dispatch.messages import Instruction, PickStarted, Report
from dispatch.model import Interval, Line, Outcome
from dispatch.policy import Policy
from scenarios import run as run_module
from scenarios.audit import audit
from scenarios.behaviour import Behaviour
from scenarios.collect import courier_rows, order_rows, store_rows
from scenarios.run import Progress, RunError, RunResult, run
from scenarios.scenario import Scenario
from tests.scenarios.village import T0, at, courier, directory, order, scenario


def lived(day: Scenario) -> RunResult:
    """Live through a day and audit it."""
    result = run(day)
    book = audit(result)
    assert book.faults == []
    assert book.checks > 0 or not day.orders
    return result


def outcomes(result: RunResult) -> dict[str, tuple[str, str]]:
    """Return how each order ended, and why."""
    return {row.order: (row.outcome.value, row.reason) for row in order_rows(result)}


def test_one_order_reaches_its_door() -> None:
    """Told after 5 s, picked in 210, loaded in 30, driven in 120: the door at 365 s, or a turn later."""
    result = lived(scenario(orders=[order()], couriers=[courier()]))
    (row,) = order_rows(result)
    assert row.outcome is Outcome.DELIVERED
    assert (row.ready_s, row.attempts, row.courier, row.stores) == (T0 + 5 + 210, 1, "c1", ("m1",))
    assert row.door_s is not None
    assert T0 + 365 <= row.door_s <= T0 + 365 + 20
    assert row.delivered_s == row.door_s + 60
    assert (row.late_s, row.on_time, row.distance_m, row.travel_s) == (0, True, 600, 120)
    (crew,) = courier_rows(result)
    assert (crew.deliveries, crew.off_duty_s, crew.driving_s, crew.cost) == (1, T0 + 36_000, 120, 1_200 + 600)
    stores = {row.store: row for row in store_rows(result)}
    assert (stores["m1"].orders, stores["m1"].picks, stores["m1"].pick_mean_s) == (1, 1, 210)
    assert (stores["m2"].orders, stores["m2"].pick_mean_s) == (0, None)


def test_a_busy_afternoon_ends_every_order() -> None:
    """People are out, cancel, do not pay, come late or not at all: each order ends once, and all adds up."""
    orders = [
        order(
            f"o{number:02}",
            destination=at(number % 7 - 3, number % 5 - 2),
            placed_s=T0 + 97 * number,
            units=1 + number % 3,
        )
        for number in range(60)
    ]
    chances = Behaviour(
        cancelled=0.15, cancel_after_s=900, unconfirmed=0.1, absent=0.2, courier_late=0.5, courier_ill=0.2
    )
    day = scenario(
        orders=orders,
        couriers=[courier(f"c{number}", hours=(0, 2)) for number in range(6)],
        behaviour=chances,
        stock=40,
        places=directory(pickers=3),
    )
    result = lived(day)
    ends = Counter(row.outcome for row in order_rows(result))
    assert ends.total() == 60
    assert ends[Outcome.DELIVERED] > 20
    assert ends[Outcome.CANCELLED] > 0
    assert ends[Outcome.FAILED] > 0


def test_what_has_run_out_is_refused_and_counted() -> None:
    """Two teas for three customers: the last is refused, and every store that has none left says so."""
    orders = [order(f"o{number}", placed_s=T0 + 60 * number) for number in range(3)]
    places = directory()
    day = scenario(orders=orders, couriers=[courier()], stock=2, buffer=1, places=places)
    stock = tuple(row for row in day.stock if row.store != "s1")
    result = lived(replace_stock(day, stock))
    assert outcomes(result)["o2"] == ("refused", "NO_STOCK")
    stores = {row.store: row for row in store_rows(result)}
    assert [stores[name].refused_out_of_stock for name in ("m1", "m2", "s1")] == [1, 1, 0]


def replace_stock(day: Scenario, stock: Sequence[Any]) -> Scenario:
    """Return the day with other stock."""
    return replace(day, stock=tuple(stock))


def test_nobody_to_carry_it() -> None:
    """Without couriers an allocated order fails when it is given up, and its goods are on the shelf again."""
    result = lived(scenario(orders=[order()]))
    assert outcomes(result) == {"o1": ("failed", "NO_COURIER_IN_TIME")}
    (row,) = order_rows(result)
    assert row.courier == ""
    assert row.promise is not None
    assert row.ended_s > row.promise.until_s
    assert all(balance.on_hand == 100 for _, _, balance in result.balances)


def test_nowhere_to_take_it_from() -> None:
    """A day with no stores refuses every order."""
    result = lived(scenario(orders=[order()], couriers=[courier()], places=directory(stores=())))
    assert outcomes(result) == {"o1": ("refused", "NO_STORE_IN_REACH")}


@pytest.mark.parametrize("crew", [(), (courier(),)])
def test_an_empty_day_is_over_when_everybody_is_home(crew: Sequence[Any]) -> None:
    """Without orders there is nothing to do but the shifts."""
    result = lived(scenario(couriers=crew))
    assert order_rows(result) == ()
    assert [row.off_duty_s for row in courier_rows(result)] == [T0 + 36_000] * len(crew)
    assert result.ended_s == T0


def test_orders_that_could_not_be_read_are_refused() -> None:
    """They end as they were placed, with code and sentence; a second of one id gets a number."""
    day = scenario(
        orders=[order("o1")],
        couriers=[courier()],
        rejected=[
            ("orders.csv line 7", T0 + 60, "UNKNOWN_SKU: no sku 'te'"),
            ("o1", T0 + 90, "DUPLICATE_ID: was there"),
        ],
    )
    result = lived(day)
    rows = {row.order: row for row in order_rows(result)}
    assert list(rows) == ["o1", "orders.csv line 7", "o1#2"]
    assert rows["orders.csv line 7"].outcome is Outcome.REFUSED
    assert (rows["orders.csv line 7"].reason, rows["orders.csv line 7"].detail) == ("UNKNOWN_SKU", "no sku 'te'")
    assert result.ended_s >= T0 + 90


def test_goods_of_a_failed_drop_come_back() -> None:
    """Nobody is ever at home: two tries, then the goods are on their shelf again."""
    result = lived(scenario(orders=[order()], couriers=[courier()], behaviour=Behaviour(absent=1.0)))
    assert outcomes(result) == {"o1": ("failed", "CUSTOMER_ABSENT")}
    assert [stop.action.value for stop in result.diary.stops] == ["load", "drop", "drop", "return"]
    balances = {(store, sku): balance for store, sku, balance in result.balances}
    assert balances["m1", "tea"].on_hand == 100


def test_unpaid_orders_give_their_stock_back() -> None:
    """A hold runs out without payment; nothing is picked."""
    result = lived(scenario(orders=[order()], couriers=[courier()], behaviour=Behaviour(unconfirmed=1.0)))
    assert outcomes(result) == {"o1": ("failed", "HOLD_EXPIRED")}
    assert result.diary.picks == []


def test_two_merchants_of_a_mall_are_one_stop() -> None:
    """A basket from two stores of a site is loaded on one visit."""
    lines = (
        Line(id="1", sku="tea", quantity=1, stores=frozenset({"m1"})),
        Line(id="2", sku="tea", quantity=2, stores=frozenset({"m2"})),
    )
    result = lived(scenario(orders=[order(lines=lines)], couriers=[courier()]))
    loads = [stop for stop in result.diary.stops if stop.action.value == "load"]
    assert {stop.fulfilments[0].rpartition(":")[0] for stop in loads} or len(loads) == 2
    assert len({stop.visit for stop in loads}) == 1
    (row,) = order_rows(result)
    assert (row.stores, row.sites, row.outcome) == (("m1", "m2"), 1, Outcome.DELIVERED)


def test_the_sink_gets_everything_in_order() -> None:
    """Events are numbered without gaps; each order has one decision."""

    class Kept:
        def __init__(self) -> None:
            self.events: list[Event] = []
            self.decisions: list[Decision] = []

        def event(self, event: Event, /) -> None:
            self.events.append(event)

        def decision(self, decision: Decision, /) -> None:
            self.decisions.append(decision)

    kept = Kept()
    day = scenario(orders=[order("o1"), order("o2", placed_s=T0 + 30)], couriers=[courier()])
    result = run(day, sink=kept)
    assert [event.number for event in kept.events] == list(range(1, result.watch.events + 1))
    assert [decision.order for decision in kept.decisions] == ["o1", "o2"]


def test_progress_counts_up_to_the_end() -> None:
    """The last word is that all orders were placed and ended."""
    seen: list[Progress] = []
    run(scenario(orders=[order("o1"), order("o2", placed_s=T0 + 30)], couriers=[courier()]), observe=seen.append)
    assert [p.now_s for p in seen] == sorted(p.now_s for p in seen)
    assert seen[0].placed == 1
    last = seen[-1]
    assert (last.placed, last.ended, last.delivered, last.on_time) == (2, 2, 2, 2)


def test_idle_hours_are_skipped_in_whole_turns() -> None:
    """Hours in which nothing is open cost no turns, and turns stay on their grid."""
    seen: list[Progress] = []
    run(scenario(couriers=[courier(hours=(5, 8.001))], hours=10), observe=seen.append)
    assert len(seen) <= 6
    assert all((p.now_s - T0) % Policy().step_s == 0 for p in seen)


def test_a_run_in_which_nothing_happens_any_more_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that forgets an order is a fault, and the order is named."""

    class Forgetful(run_module.Engine):
        def step(self, now_s: int, reports: Sequence[Report]) -> list[Instruction]:
            return super().step(now_s, reports) if now_s == T0 else []

    monkeypatch.setattr(run_module, "Engine", Forgetful)
    orders = [order(f"o{number:02}") for number in range(12)]
    with pytest.raises(RunError, match=r"nothing has happened for 24 h at .*; still open: o00, .* and 2 more"):
        run(scenario(orders=orders))


def test_a_report_the_engine_does_not_believe_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """World and engine have lost touch: nothing is written of such a day."""

    class Gossip(run_module.World):
        def advance(self, *, until_s: int) -> list[Report]:
            return [*super().advance(until_s=until_s), PickStarted(at_s=until_s, fulfilment="nope")]

    monkeypatch.setattr(run_module, "World", Gossip)
    with pytest.raises(RunError, match="nope"):
        run(scenario(orders=[order()], couriers=[courier()]))


def test_a_delivery_promised_for_days_later_is_waited_for() -> None:
    """Nothing happens for three days; then it is given up, for no courier comes."""
    slot = Interval(T0 + 3 * 86_400, T0 + 3 * 86_400 + 7_200)
    result = lived(scenario(orders=[order(service_level="slot", slot=slot)], hours=1))
    assert outcomes(result) == {"o1": ("failed", "NO_COURIER_IN_TIME")}


def test_goods_come_from_where_the_courier_is() -> None:
    """A courier begins in the east, and customers between there and the mall want their tea later.

    The mall is nearer to all of them; with both on hold, the plan has some of it fetched in the east. People cancel or
    do not pay, and all stock and every pick add up in the end.
    """
    orders = [
        order(
            f"o{number}",
            destination=at(4, number % 3),
            placed_s=T0 + 60 * number,
            service_level="slot",
            slot=Interval(T0 + 7_200, T0 + 10_800),
        )
        for number in range(12)
    ]
    sites = []
    for held in (1, 2):
        day = scenario(
            orders=orders,
            couriers=[courier(start=at(10, 0), hours=(0, 6))],
            behaviour=Behaviour(cancelled=0.2, cancel_after_s=6_000, unconfirmed=0.2),
            policy=Policy(sources_held=held),
            hours=4,
        )
        rows = order_rows(lived(day))
        assert Counter(row.outcome for row in rows)[Outcome.DELIVERED] > 6
        sites.append({row.stores[0] for row in rows if row.outcome is Outcome.DELIVERED})
    assert sites[0] == {"m1"}
    assert "s1" in sites[1]


def test_plans_come_from_the_planner_that_is_given() -> None:
    """A planner of one's own is asked, and counted."""
    from solver.solve import Solver

    result = run(scenario(orders=[order()], couriers=[courier()]), make_planner=Solver)
    assert result.clockwork.solves > 0
    assert result.clockwork.solver_s > 0


def test_a_wrong_balance_is_noted_when_it_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The balances of an order's goods are looked at with each of its events, and a fault names the event."""
    monkeypatch.setattr("scenarios.watch.imbalance", lambda balance: "odd" if balance.held else "")
    faults = audit(run(scenario(orders=[order()], couriers=[courier()]))).faults
    assert faults == ["event 1, tea at m1: odd"]
