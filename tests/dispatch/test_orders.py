"""The life of an order: placed, confirmed, cancelled, given up."""

from __future__ import annotations

from typing import Any

import pytest

from dispatch.allocation import AllocationParams, Allocator
from dispatch.decision import Decision
from dispatch.errors import ReportError
from dispatch.events import Event, EventKind
from dispatch.history import History
from dispatch.ledger.protocol import HoldState
from dispatch.messages import Action, OrderCancelled, OrderConfirmed, OrderPlaced, StartPick, StopPick
from dispatch.model import Interval, Line, Outcome
from dispatch.orders import Orders
from dispatch.policy import Policy
from dispatch.state import OrderStatus, State, Step
from tests.dispatch import town
from tests.dispatch.town import T0, at


class Shop:
    """Orders with a real allocator and real ledgers; keeps events and decisions."""

    def __init__(self, **policy: Any) -> None:
        self.state: State = town.state([town.courier()], [])
        self.ledgers = town.ledgers()
        self.events: list[Event] = []
        self.decisions: list[Decision] = []
        self.policy = Policy(**{"hold_s": 600} | policy)
        self.orders = Orders(
            state=self.state,
            directory=town.DIRECTORY,
            ledgers=self.ledgers,
            policy=self.policy,
            history=History(self.events.append),
            allocator=Allocator(
                town.DIRECTORY,
                town.TRAVEL,
                town.ESTIMATES,
                self.ledgers,
                AllocationParams(
                    hold_s=self.policy.hold_s,
                    pick_lead_s=self.policy.pick_lead_s,
                    sources_held=self.policy.sources_held,
                ),
            ),
            on_decision=self.decisions.append,
        )

    def place(self, order_id: str = "o1", *, confirmed: bool = True, **fields: object) -> list[Any]:
        """Place an order at T0."""
        return self.orders.placed(
            OrderPlaced(at_s=T0, order=town.order(order_id, **fields), confirmed=confirmed)  # type: ignore[arg-type]
        )

    @property
    def kinds(self) -> list[EventKind]:
        """The kinds of events so far."""
        return [event.kind for event in self.events]

    def tea(self, store: str = "m1") -> tuple[int, int]:
        """Return tea held and allocated at a store of the north."""
        balance = self.ledgers["north"].balance(store, "tea", now_s=T0)
        return balance.held, balance.allocated


def test_a_placed_order_is_allocated_and_picked_at_once() -> None:
    """One tea of the mall: committed, and the store is told to pick."""
    shop = Shop()
    told = shop.place()
    record = shop.state.orders["o1"]
    (goods,) = record.fulfilments.values()
    assert told == [StartPick(fulfilment=goods.fulfilment.id, store="m1", not_before_s=T0)]
    assert (record.status, record.promise) == (OrderStatus.OPEN, Interval(T0, T0 + 3_600))
    assert (shop.tea(), shop.state.queued["m1"]) == ((0, 1), 1)
    assert shop.kinds == [EventKind.ORDER_ALLOCATED, EventKind.ORDER_CONFIRMED]
    assert shop.decisions[0].allocation is record.allocation


def test_the_same_order_again_changes_nothing() -> None:
    """Once allocated, once decided."""
    shop = Shop()
    shop.place()
    assert shop.place() == []
    assert (shop.tea(), len(shop.decisions)) == ((0, 1), 1)


def test_a_refused_order_has_ended() -> None:
    """More tea than anybody has."""
    shop = Shop()
    assert shop.place(lines=(Line(id="1", sku="tea", quantity=101),)) == []
    record = shop.state.orders["o1"]
    assert (record.outcome, record.status) == (Outcome.REFUSED, OrderStatus.ENDED)
    assert record.reason == str(shop.decisions[0].code)
    assert (shop.kinds, shop.state.active) == ([EventKind.ORDER_REFUSED], {})


def test_an_unconfirmed_order_is_held_then_confirmed() -> None:
    """Nothing is picked before it is paid; a second confirmation changes nothing."""
    shop = Shop()
    assert shop.place(confirmed=False) == []
    assert shop.tea() == (1, 0)
    told = shop.orders.confirmed(OrderConfirmed(at_s=T0 + 60, order="o1"))
    assert [(type(each), each.not_before_s) for each in told if isinstance(each, StartPick)] == [(StartPick, T0 + 60)]
    assert shop.tea() == (0, 1)
    assert shop.orders.confirmed(OrderConfirmed(at_s=T0 + 61, order="o1")) == []


def test_a_hold_that_runs_out_fails_its_order() -> None:
    """At the turn after 600 s; the tea is for sale again."""
    shop = Shop()
    shop.place(confirmed=False)
    shop.orders.turn(now_s=T0 + 599)
    assert shop.state.orders["o1"].status is OrderStatus.HELD
    shop.orders.turn(now_s=T0 + 601)
    assert shop.state.orders["o1"].reason == "HOLD_EXPIRED"
    assert shop.ledgers["north"].available("m1", "tea", now_s=T0 + 601) == 100
    assert shop.state.active == {}


def test_confirmed_too_late() -> None:
    """The hold has run out, though no turn has noticed."""
    shop = Shop()
    shop.place(confirmed=False)
    assert shop.orders.confirmed(OrderConfirmed(at_s=T0 + 700, order="o1")) == []
    record = shop.state.orders["o1"]
    assert (record.outcome, record.reason) == (Outcome.FAILED, "HOLD_EXPIRED")
    assert shop.state.active == {}


def test_a_held_order_is_cancelled() -> None:
    """Its hold is released."""
    shop = Shop()
    shop.place(confirmed=False)
    assert shop.orders.cancelled(OrderCancelled(at_s=T0 + 5, order="o1")) == []
    assert shop.tea() == (0, 0)
    assert shop.ledgers["north"].state(shop.state.orders["o1"].live.hold, now_s=T0 + 5) is HoldState.RELEASED
    assert shop.state.active == {}


def test_an_order_is_cancelled_after_its_hold_ran_out() -> None:
    """No turn has noticed that yet: the customer's word counts, and the tea is for sale once."""
    shop = Shop()
    shop.place(confirmed=False)
    assert shop.orders.cancelled(OrderCancelled(at_s=T0 + 700, order="o1")) == []
    assert shop.state.orders["o1"].outcome is Outcome.CANCELLED
    assert shop.ledgers["north"].available("m1", "tea", now_s=T0 + 701) == 100
    assert shop.state.active == {}


def test_a_delivery_without_a_courier_is_given_up() -> None:
    """After the promise and the late limit of an hour; the store puts the goods back."""
    shop = Shop()
    shop.place()
    record = shop.state.orders["o1"]
    assert record.give_up_s == T0 + 7_200
    assert shop.orders.turn(now_s=T0 + 7_200) == []
    told = shop.orders.turn(now_s=T0 + 7_201)
    assert [type(each) for each in told] == [StopPick]
    assert (record.outcome, record.reason) == (Outcome.FAILED, "NO_COURIER_IN_TIME")
    assert shop.state.active  # until the store has answered


def test_a_bound_delivery_is_not_given_up() -> None:
    """Its courier brings it, however late."""
    shop = Shop()
    shop.place()
    shop.state.orders["o1"].bound = "c1"
    assert shop.orders.turn(now_s=T0 + 99_999) == []


def test_reports_of_unknown_orders_are_refused() -> None:
    """They cannot be true."""
    with pytest.raises(ReportError, match="no order nope"):
        Shop().orders.confirmed(OrderConfirmed(at_s=T0, order="nope"))


LATER = {"service_level": "slot", "slot": Interval(T0 + 7_200, T0 + 10_800)}
"""A slot in two hours; with 2,700 s of lead, stores pick from T0 + 4,500 on."""


def stores(shop: Shop) -> list[list[str]]:
    """Return the stores of an order's options, the planned one first."""
    options = shop.state.orders["o1"].options
    return [[goods.fulfilment.store for goods in option.fulfilments.values()] for option in options]


def test_an_order_for_later_holds_several_sources() -> None:
    """A store of the mall and the one in the east; the other store of the mall is at a place that is held already."""
    shop = Shop(sources_held=3)
    assert shop.place(**LATER) == []
    assert stores(shop) == [["m1"], ["s2"]]
    assert (shop.tea("m1"), shop.tea("m2"), shop.tea("s2")) == ((1, 0), (0, 0), (1, 0))
    assert shop.state.orders["o1"].status is OrderStatus.OPEN
    assert shop.events[-1].data["order"]["other_stores"] == [["s2"]]


@pytest.mark.parametrize("fields", [{}, {"service_level": "two_hour"}])
def test_an_order_that_is_picked_at_once_has_one_source(fields: dict[str, object]) -> None:
    """There would be no time to choose in."""
    shop = Shop(sources_held=3)
    assert [type(each) for each in shop.place(**fields)] == [StartPick]
    assert stores(shop) == [["m1"]]
    assert shop.tea("s2") == (0, 0)


def test_the_choice_is_made_when_picking_has_to_begin() -> None:
    """A turn and the delay before that, 25 s: the planned source is committed, the other given back."""
    shop = Shop(sources_held=2)
    shop.place(**LATER)
    shop.state.orders["o1"].prefer(1)
    assert shop.orders.turn(now_s=T0 + 4_474) == []
    (told,) = shop.orders.turn(now_s=T0 + 4_475)
    assert told == StartPick(fulfilment="o1.f1", store="s2", not_before_s=T0 + 4_500)
    assert stores(shop) == [["s2"]]
    assert (shop.tea("m1"), shop.tea("s2")) == ((0, 0), (0, 1))
    assert shop.state.queued == {"s2": 1}
    assert shop.kinds[-1] is EventKind.SOURCE_CHOSEN
    assert shop.orders.turn(now_s=T0 + 4_495) == []


def test_options_may_have_unlike_numbers_of_fulfilments() -> None:
    """East of the mall one store has all; in the mall each of two has a part, and both are known once it is chosen."""
    shop = Shop(sources_held=2)
    shop.ledgers["north"].set_buffer("m1", "ice", quantity=100)
    shop.ledgers["north"].set_buffer("m2", "tea", quantity=100)
    lines = (Line(id="1", sku="tea", quantity=1), Line(id="2", sku="ice", quantity=1))
    shop.place(lines=lines, destination=at(9, 0), **LATER)
    assert stores(shop) == [["s2"], ["m1", "m2"]]
    record = shop.state.orders["o1"]
    record.prefer(1)
    told = shop.orders.choose(record, at_s=T0 + 4_000)
    known = [shop.state.fulfilment(pick.fulfilment) for pick in told if isinstance(pick, StartPick)]
    assert [(order.id, goods.fulfilment.store) for order, goods in known] == [("o1", "m1"), ("o1", "m2")]


def test_the_choice_is_made_at_once_where_confirmation_comes_late() -> None:
    """Paid for when picking should begin; the first is taken."""
    shop = Shop(sources_held=2, hold_s=6_000)
    shop.place(confirmed=False, **LATER)
    assert shop.tea("s2") == (1, 0)
    (told,) = shop.orders.confirmed(OrderConfirmed(at_s=T0 + 4_475, order="o1"))
    assert told.store == "m1"
    assert (shop.tea("m1"), shop.tea("s2")) == ((0, 1), (0, 0))


def test_holds_of_options_outlast_the_confirmation() -> None:
    """They would have run out after 600 s."""
    shop = Shop(sources_held=2)
    shop.place(confirmed=False, **LATER)
    assert shop.orders.confirmed(OrderConfirmed(at_s=T0 + 599, order="o1")) == []
    (told,) = shop.orders.turn(now_s=T0 + 4_475)
    assert told.store == "m1"


def test_an_option_whose_hold_has_run_out_is_none() -> None:
    """The planned one at the moment of choice, or any at confirmation; the order is served from the other, at once."""
    shop = Shop(sources_held=2)
    shop.place(**LATER)
    shop.ledgers["north"].release("order:o1", now_s=T0 + 9)
    (told,) = shop.orders.turn(now_s=T0 + 4_475)
    assert told.store == "s2"
    shop = Shop(sources_held=2)
    shop.place(confirmed=False, **LATER)
    shop.ledgers["north"].release("order:o1", now_s=T0 + 9)
    (told,) = shop.orders.confirmed(OrderConfirmed(at_s=T0 + 10, order="o1"))
    assert told == StartPick(fulfilment="o1.f1", store="s2", not_before_s=T0 + 4_500)
    assert (stores(shop), shop.tea("s2")) == ([["s2"]], (0, 1))


def test_an_order_that_is_served_from_elsewhere_is_planned_anew() -> None:
    """The courier was to load it at the mall, and another order in the east: only the other is left in the plan."""
    shop = Shop(sources_held=2)
    shop.place(**LATER)
    record, courier = shop.state.orders["o1"], shop.state.couriers["c1"]
    record.planned, record.considered_s = "c1", T0
    load, drop = Step(Action.LOAD, "o2", "east"), Step(Action.DROP, "o2", "")
    courier.steps = (Step(Action.LOAD, "o1", "mall"), load, Step(Action.DROP, "o1", ""), drop)
    shop.ledgers["north"].release("order:o1", now_s=T0 + 9)
    (told,) = shop.orders.choose(record, at_s=T0 + 4_000)
    assert isinstance(told, StartPick)
    assert told.store == "s2"
    assert (record.planned, record.considered_s) == (None, None)
    assert (courier.steps, courier.replan) == ((load, drop), True)


def test_an_order_that_is_served_as_planned_stays_in_the_plan() -> None:
    """The hold of the planned source stands."""
    shop = Shop(sources_held=2)
    shop.place(**LATER)
    record, courier = shop.state.orders["o1"], shop.state.couriers["c1"]
    record.planned = "c1"
    courier.steps = steps = (Step(Action.LOAD, "o1", "mall"), Step(Action.DROP, "o1", ""))
    shop.orders.choose(record, at_s=T0 + 4_000)
    assert (record.planned, courier.steps, courier.replan) == ("c1", steps, False)


def test_an_order_without_any_hold_left_fails() -> None:
    """All were given back behind its back: at confirmation, or when the choice is due."""
    for confirmed in (False, True):
        shop = Shop(sources_held=2)
        shop.place(confirmed=confirmed, **LATER)
        record = shop.state.orders["o1"]
        for option in record.options:
            shop.ledgers["north"].release(option.allocation.hold, now_s=T0 + 9)
        if confirmed:
            assert shop.orders.turn(now_s=T0 + 4_475) == []
        else:
            assert shop.orders.confirmed(OrderConfirmed(at_s=T0 + 10, order="o1")) == []
        assert (record.outcome, record.reason) == (Outcome.FAILED, "HOLD_EXPIRED")
        assert shop.state.active == {}


@pytest.mark.parametrize("noticed_by", ["turn", "confirmation"])
def test_a_failed_order_has_no_other_sources(noticed_by: str) -> None:
    """All holds have run out, and its event tells of none."""
    shop = Shop(sources_held=2)
    shop.place(confirmed=False, **LATER)
    if noticed_by == "turn":
        shop.orders.turn(now_s=T0 + 601)
    else:
        shop.orders.confirmed(OrderConfirmed(at_s=T0 + 601, order="o1"))
    assert shop.state.orders["o1"].reason == "HOLD_EXPIRED"
    assert stores(shop) == [["m1"]]
    assert "other_stores" not in shop.events[-1].data["order"]


def test_an_order_is_held_as_long_as_any_of_its_holds() -> None:
    """The first runs out after 600 s, the other after 900."""
    shop = Shop(sources_held=2)
    shop.place(confirmed=False, **LATER)
    shop.ledgers["north"].extend("order:o1~2", expires_s=T0 + 900, now_s=T0)
    shop.orders.turn(now_s=T0 + 899)
    assert shop.state.orders["o1"].status is OrderStatus.HELD
    shop.orders.turn(now_s=T0 + 900)
    assert shop.state.orders["o1"].reason == "HOLD_EXPIRED"
    assert shop.state.active == {}


@pytest.mark.parametrize("confirmed", [True, False])
def test_cancelled_before_the_choice(confirmed: bool) -> None:
    """Everything on hold is given back, no store has anything to stop."""
    shop = Shop(sources_held=2)
    shop.place(confirmed=confirmed, **LATER)
    assert shop.orders.cancelled(OrderCancelled(at_s=T0 + 5, order="o1")) == []
    assert (shop.tea("m1"), shop.tea("s2")) == ((0, 0), (0, 0))
    assert shop.state.active == {}
