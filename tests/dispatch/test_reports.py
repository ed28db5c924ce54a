"""What reports change: records, ledger and history; and which cannot be true."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from dispatch.allocation import Allocator
from dispatch.errors import ReportError
from dispatch.events import Event, EventKind
from dispatch.history import History
from dispatch.ledger.memory import MemoryLedger
from dispatch.messages import (
    Action,
    Arrived,
    CourierOffDuty,
    CourierOnDuty,
    Delivered,
    DropFailed,
    Loaded,
    OrderCancelled,
    PickFinished,
    PickStarted,
    PickStopped,
    Report,
    ReturnAccepted,
    SetOff,
    StopPick,
    Visit,
    VisitDone,
)
from dispatch.model import Outcome
from dispatch.orders import Orders
from dispatch.policy import Policy
from dispatch.reports import Reports
from dispatch.state import Duty, FulfilmentStatus, OrderRecord, OrderStatus, State, Step, VisitRecord
from tests.dispatch import town
from tests.dispatch.town import T0, at


class Desk:
    """Reports folded into one order for one tea from m1 and the courier c1; keeps the events."""

    def __init__(self, *orders: OrderRecord, attempts: int = 2) -> None:
        self.events: list[Event] = []
        self.order = orders[0]
        self.courier = town.courier()
        self.state: State = town.state([self.courier], list(orders))
        self.ledgers: dict[str, MemoryLedger] = town.ledgers(orders)
        policy, history = Policy(attempts=attempts, retry_after_s=600), History(self.events.append)
        self.orders = Orders(
            state=self.state,
            directory=town.DIRECTORY,
            ledgers=self.ledgers,
            policy=policy,
            history=history,
            allocator=cast(Allocator, None),  # no order is placed here
            on_decision=lambda _: None,
        )
        for record in orders:
            self.orders.follow(record)
        self.reports = Reports(
            state=self.state,
            handling=town.HANDLING,
            ledgers=self.ledgers,
            policy=policy,
            history=history,
            orders=self.orders,
        )

    def fold(self, *reports: Report) -> list[Any]:
        """Fold reports; return what is to be told."""
        return [instruction for report in reports for instruction in self.reports.fold(report)]

    def units(self, store: str = "m1") -> tuple[int, int, int, int, int]:
        """Return tea on hand, allocated, picked, on courier and delivered."""
        zone = town.DIRECTORY.stores[store].zone
        balance = self.ledgers[zone].balance(store, "tea", now_s=T0)
        return balance.on_hand, balance.allocated, balance.picked, balance.on_courier, balance.delivered

    def tell(self, visit_id: str = "v1") -> None:
        """Give c1 a visit."""
        visit = Visit(
            id=visit_id,
            courier="c1",
            point=at(0, 0),
            site="mall",
            setup_s=0,
            tasks=(),
            set_off_s=T0,
            eta_s=T0,
            not_before_s=0,
        )
        self.courier.visits.append(VisitRecord(visit=visit, leg_s=0))


def picked() -> tuple[PickStarted, PickFinished]:
    """Picking from 10 to 200 s."""
    return PickStarted(at_s=T0 + 10, fulfilment="o1:m1"), PickFinished(at_s=T0 + 200, fulfilment="o1:m1")


def loaded() -> tuple[PickStarted, PickFinished, Loaded]:
    """Picked, then loaded by c1 at 300 s."""
    return (*picked(), Loaded(at_s=T0 + 300, courier="c1", fulfilment="o1:m1"))


def desk(*, attempts: int = 2, drop: bool = False) -> Desk:
    """Return a desk whose order c1 was told to load, and to drop if `drop`."""
    record = town.allocated()
    record.bound = record.fulfilments["o1:m1"].courier = "c1"
    record.told_drop = drop
    return Desk(record, attempts=attempts)


def test_picking_moves_units_from_shelf_to_bench() -> None:
    """Expected ready 300 s after the start; ready when reported; the queue of the store gets shorter."""
    it = desk()
    it.fold(picked()[0])
    assert it.order.ready_s == T0 + 310
    assert it.order.fulfilments["o1:m1"].status is FulfilmentStatus.PICKING
    it.fold(picked()[1])
    assert (it.order.ready_s, it.state.queued["m1"]) == (T0 + 200, 0)
    assert it.units() == (99, 0, 1, 0, 0)


def test_the_way_of_the_goods() -> None:
    """Loaded, delivered: the order has ended and is followed no more."""
    it = desk(drop=True)
    it.fold(*loaded())
    assert it.units() == (99, 0, 0, 1, 0)
    it.fold(Delivered(at_s=T0 + 500, courier="c1", delivery="o1:d"))
    assert it.units() == (99, 0, 0, 0, 1)
    assert (it.order.outcome, it.order.ended_s, it.state.active) == (Outcome.DELIVERED, T0 + 500, {})
    assert [event.kind for event in it.events] == [
        EventKind.PICK_STARTED,
        EventKind.PICK_FINISHED,
        EventKind.LOADED,
        EventKind.ORDER_DELIVERED,
    ]
    assert [event.number for event in it.events] == [1, 2, 3, 4]
    assert [event.version for event in it.events] == [2, 3, 4, 5]


def test_a_failed_drop_stays_on_board_and_is_retried() -> None:
    """The goods stay with the courier, whose plan is to be looked at again."""
    it = desk(drop=True)
    it.fold(*loaded(), DropFailed(at_s=T0 + 500, courier="c1", delivery="o1:d"))
    assert (it.order.status, it.order.told_drop, it.order.retry_from_s) == (OrderStatus.OPEN, False, T0 + 1_100)
    assert it.units() == (99, 0, 0, 1, 0)
    assert it.courier.replan


def test_the_last_failed_drop_fails_the_order_and_the_goods_go_back() -> None:
    """Only the store's acceptance restores the stock."""
    it = desk(drop=True, attempts=1)
    it.fold(*loaded(), DropFailed(at_s=T0 + 500, courier="c1", delivery="o1:d"))
    assert (it.order.outcome, it.order.reason) == (Outcome.FAILED, "CUSTOMER_ABSENT")
    assert it.state.active  # its goods are still abroad
    assert len(it.order.to_return) == 1
    it.fold(ReturnAccepted(at_s=T0 + 900, courier="c1", fulfilment="o1:m1"))
    assert it.units() == (100, 0, 0, 0, 0)
    assert not it.state.active


def test_cancelled_before_picking() -> None:
    """The store is told to stop; when it answers, the units are for sale again."""
    it = desk()
    told = it.fold(OrderCancelled(at_s=T0 + 5, order="o1"))
    assert told == [StopPick(fulfilment="o1:m1", store="m1")]
    assert (it.order.outcome, it.units()[1]) == (Outcome.CANCELLED, 1)
    it.fold(PickStopped(at_s=T0 + 20, fulfilment="o1:m1"))
    assert it.units() == (100, 0, 0, 0, 0)
    assert (it.state.active, it.state.queued["m1"]) == ({}, 0)


def test_cancelled_after_picking() -> None:
    """What stands on the bench goes back to the shelf."""
    it = desk()
    it.fold(*picked(), OrderCancelled(at_s=T0 + 205, order="o1"), PickStopped(at_s=T0 + 220, fulfilment="o1:m1"))
    assert it.units() == (100, 0, 0, 0, 0)


def test_cancelled_but_loaded_before_the_store_could_stop() -> None:
    """The courier has it: it is brought back."""
    it = desk()
    it.fold(*picked(), OrderCancelled(at_s=T0 + 299, order="o1"), loaded()[2])
    assert it.order.to_return
    assert it.courier.replan
    it.fold(ReturnAccepted(at_s=T0 + 900, courier="c1", fulfilment="o1:m1"))
    assert it.units() == (100, 0, 0, 0, 0)


def test_cancelled_takes_the_order_out_of_plans() -> None:
    """Its steps leave the plan of the courier; those of others stay."""
    record = town.allocated()
    it = Desk(record)
    record.planned = "c1"
    other = Step(Action.DROP, "o2", "")
    it.courier.steps = (Step(Action.LOAD, "o1", "mall"), other, Step(Action.DROP, "o1", ""))
    it.fold(OrderCancelled(at_s=T0 + 5, order="o1"))
    assert it.courier.steps == (other,)


def test_too_late_to_cancel() -> None:
    """The courier is on its way to the door; a second cancellation, or one of an ended order, changes nothing."""
    it = desk(drop=True)
    it.fold(*loaded(), OrderCancelled(at_s=T0 + 400, order="o1"))
    assert it.order.status is OrderStatus.OPEN
    assert it.events[-1].kind is EventKind.ORDER_KEPT
    it.fold(Delivered(at_s=T0 + 500, courier="c1", delivery="o1:d"))
    count = len(it.events)
    it.fold(OrderCancelled(at_s=T0 + 600, order="o1"))
    assert len(it.events) == count


def test_duty_and_visits() -> None:
    """On duty somewhere, set off, arrived, done, off duty: its planned deliveries are free for others."""
    it = desk()
    it.fold(CourierOnDuty(at_s=T0, courier="c1", point=at(3, 3)))
    assert (it.courier.duty, it.courier.point, it.courier.replan) == (Duty.ON, at(3, 3), True)
    it.tell()
    it.fold(SetOff(at_s=T0 + 1, courier="c1", visit="v1"), Arrived(at_s=T0 + 9, courier="c1", visit="v1"))
    assert (it.courier.point, it.courier.visits[0].arrived_s) == (at(0, 0), T0 + 9)
    it.fold(VisitDone(at_s=T0 + 20, courier="c1", visit="v1"))
    it.courier.steps = (Step(Action.LOAD, "o1", "mall"),)
    it.order.planned = "c1"
    it.fold(CourierOffDuty(at_s=T0 + 30, courier="c1", reason="ill"))
    assert (it.courier.duty, it.courier.steps, it.order.planned) == (Duty.OFF, (), None)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: PickStarted(at_s=T0, fulfilment="nope"), "there is no fulfilment nope"),
        (lambda: PickFinished(at_s=T0, fulfilment="o1:m1"), "is told, not picking"),
        (lambda: PickStopped(at_s=T0, fulfilment="o1:m1"), "was not to be stopped"),
        (lambda: Loaded(at_s=T0, courier="c1", fulfilment="o1:m1"), "is told, not ready"),
        (lambda: ReturnAccepted(at_s=T0, courier="c1", fulfilment="o1:m1"), "is told, not on_board"),
        (lambda: Delivered(at_s=T0, courier="c2", delivery="o1:d"), "was not told to drop"),
        (lambda: Delivered(at_s=T0, courier="c1", delivery="nope"), "there is no delivery nope"),
        (lambda: Delivered(at_s=T0, courier="c1", delivery="o1:d"), "o1:m1 not on board"),
        (lambda: CourierOnDuty(at_s=T0, courier="c9", point=at(0, 0)), "there is no courier c9"),
        (lambda: Arrived(at_s=T0, courier="c1", visit="v9"), "is not on visit v9"),
        (lambda: VisitDone(at_s=T0, courier="c1", visit="v1"), "without having arrived"),
        (lambda: CourierOffDuty(at_s=T0, courier="c1"), "goes off duty on visit v1"),
        (lambda: OrderCancelled(at_s=T0, order="o9"), "there is no order o9"),
    ],
)
def test_what_cannot_be_true_is_refused(make: Callable[[], Report], says: str) -> None:
    """And changes nothing."""
    it = desk(drop=True)
    it.tell()
    before = it.units()
    with pytest.raises(ReportError, match=says):
        it.fold(make())
    assert (it.events, it.units(), it.order.version) == ([], before, 1)


def test_goods_of_another_courier() -> None:
    """Neither loaded nor returned by who was not told to."""
    it = desk()
    it.fold(*picked())
    with pytest.raises(ReportError, match="was not told to load"):
        it.fold(Loaded(at_s=T0, courier="c2", fulfilment="o1:m1"))
    it.fold(loaded()[2])
    with pytest.raises(ReportError, match="does not have"):
        it.fold(ReturnAccepted(at_s=T0, courier="c2", fulfilment="o1:m1"))


def test_an_order_ends_once() -> None:
    """A second end is a fault of the caller."""
    it = desk()
    it.orders.end(it.order, Outcome.FAILED, "X", at_s=T0, kind=EventKind.ORDER_FAILED)
    with pytest.raises(ReportError, match="ends once"):
        it.orders.end(it.order, Outcome.FAILED, "X", at_s=T0, kind=EventKind.ORDER_FAILED)
