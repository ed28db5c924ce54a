"""What reports change: the records, the ledger, and the history.

Each report is folded as a fact of its time. One that cannot be true (a drop of goods that are not on board) is refused
with `ReportError`, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dispatch.errors import ReportError
from dispatch.events import EventKind
from dispatch.handling import Handling
from dispatch.history import History
from dispatch.ledger.protocol import Ledger
from dispatch.messages import (
    Arrived,
    CourierOffDuty,
    CourierOnDuty,
    Delivered,
    DropFailed,
    Instruction,
    Loaded,
    OrderCancelled,
    OrderConfirmed,
    OrderPlaced,
    PickFinished,
    PickStarted,
    PickStopped,
    Report,
    ReturnAccepted,
    SetOff,
    VisitDone,
)
from dispatch.model import Outcome
from dispatch.orders import Orders
from dispatch.policy import Policy
from dispatch.state import (
    CourierRecord,
    Duty,
    FulfilmentRecord,
    FulfilmentStatus,
    OrderRecord,
    OrderStatus,
    State,
    VisitRecord,
)


class Reports:
    """Folds reports of couriers and stores; those of customers go to `Orders`."""

    def __init__(
        self,
        *,
        state: State,
        handling: Handling,
        ledgers: Mapping[str, Ledger],
        policy: Policy,
        history: History,
        orders: Orders,
    ) -> None:
        self._state = state
        self._handling = handling
        self._ledgers = ledgers
        self._policy = policy
        self._history = history
        self._orders = orders
        self._folds: dict[type, Callable[[Any], list[Instruction]]] = {
            OrderPlaced: orders.placed,
            OrderConfirmed: orders.confirmed,
            OrderCancelled: orders.cancelled,
            PickStarted: self._pick_started,
            PickFinished: self._pick_finished,
            PickStopped: self._pick_stopped,
            CourierOnDuty: self._on_duty,
            CourierOffDuty: self._off_duty,
            SetOff: self._set_off,
            Arrived: self._arrived,
            Loaded: self._loaded,
            Delivered: self._delivered,
            DropFailed: self._drop_failed,
            ReturnAccepted: self._return_accepted,
            VisitDone: self._visit_done,
        }

    def fold(self, report: Report) -> list[Instruction]:
        """Take one report in; return what has to be told because of it.

        Raises
        ------
        ReportError
            If it cannot be true.
        """
        return self._folds[type(report)](report)

    def _goods(self, fulfilment: str, *allowed: FulfilmentStatus) -> tuple[OrderRecord, FulfilmentRecord]:
        try:
            order, record = self._state.fulfilment(fulfilment)
        except KeyError:
            raise ReportError(f"there is no fulfilment {fulfilment}") from None
        if record.status not in allowed:
            wanted = " or ".join(status.value for status in allowed)
            raise ReportError(f"fulfilment {fulfilment} is {record.status.value}, not {wanted}")
        return order, record

    def _courier(self, courier: str) -> CourierRecord:
        found = self._state.couriers.get(courier)
        if found is None:
            raise ReportError(f"there is no courier {courier}")
        return found

    def _visit(self, courier: CourierRecord, visit: str) -> VisitRecord:
        if not courier.visits or courier.visits[0].visit.id != visit:
            raise ReportError(f"courier {courier.id} is not on visit {visit}")
        return courier.visits[0]

    def _dropped(self, report: Delivered | DropFailed) -> OrderRecord:
        order = self._orders.of_delivery(report.delivery)
        if not order.told_drop or order.bound != report.courier:
            raise ReportError(f"courier {report.courier} was not told to drop delivery {report.delivery}")
        missing = [r.fulfilment.id for r in order.fulfilments.values() if r.status is not FulfilmentStatus.ON_BOARD]
        if missing:
            raise ReportError(
                f"courier {report.courier} at delivery {report.delivery}: {', '.join(missing)} not on board"
            )
        return order

    def _pick_started(self, report: PickStarted) -> list[Instruction]:
        order, goods = self._goods(report.fulfilment, FulfilmentStatus.TOLD)
        goods.status = FulfilmentStatus.PICKING
        goods.ready_s = report.at_s + self._handling.pick_s(goods.fulfilment.store, units=goods.units, at_s=report.at_s)
        self._history.order(EventKind.PICK_STARTED, order, at_s=report.at_s, fulfilment=report.fulfilment)
        return []

    def _pick_finished(self, report: PickFinished) -> list[Instruction]:
        order, goods = self._goods(report.fulfilment, FulfilmentStatus.PICKING)
        self._ledger(goods).pick(order.live.hold, goods.demands, now_s=report.at_s)
        goods.status = FulfilmentStatus.READY
        goods.ready_s = report.at_s
        self._state.queued[goods.fulfilment.store] -= 1
        self._history.order(EventKind.PICK_FINISHED, order, at_s=report.at_s, fulfilment=report.fulfilment)
        return []

    def _pick_stopped(self, report: PickStopped) -> list[Instruction]:
        order, goods = self._goods(
            report.fulfilment, FulfilmentStatus.TOLD, FulfilmentStatus.PICKING, FulfilmentStatus.READY
        )
        if not goods.stopping:
            raise ReportError(f"fulfilment {report.fulfilment} was not to be stopped")
        ledger = self._ledger(goods)
        if goods.status is FulfilmentStatus.READY:
            ledger.put_back(order.live.hold, goods.demands, now_s=report.at_s)
        else:
            ledger.unallocate(order.live.hold, goods.demands, now_s=report.at_s)
            self._state.queued[goods.fulfilment.store] -= 1
        goods.status = FulfilmentStatus.STOPPED
        self._history.order(EventKind.PICK_STOPPED, order, at_s=report.at_s, fulfilment=report.fulfilment)
        self._orders.retire(order)
        return []

    def _on_duty(self, report: CourierOnDuty) -> list[Instruction]:
        courier = self._courier(report.courier)
        courier.duty, courier.point, courier.replan = Duty.ON, report.point, True
        self._history.courier(EventKind.COURIER_ON_DUTY, courier, at_s=report.at_s)
        return []

    def _off_duty(self, report: CourierOffDuty) -> list[Instruction]:
        courier = self._courier(report.courier)
        if courier.visits:
            raise ReportError(f"courier {courier.id} goes off duty on visit {courier.visits[0].visit.id}")
        courier.duty = Duty.OFF
        for step in courier.steps:
            self._state.orders[step.order].planned = None
            self._state.orders[step.order].considered_s = None
        courier.steps = ()
        self._history.courier(EventKind.COURIER_OFF_DUTY, courier, at_s=report.at_s, reason=report.reason)
        return []

    def _set_off(self, report: SetOff) -> list[Instruction]:
        courier = self._courier(report.courier)
        visit = self._visit(courier, report.visit)
        visit.set_off_s = report.at_s
        self._history.courier(EventKind.VISIT_SET_OFF, courier, at_s=report.at_s, visit=report.visit)
        return []

    def _arrived(self, report: Arrived) -> list[Instruction]:
        courier = self._courier(report.courier)
        visit = self._visit(courier, report.visit)
        visit.arrived_s = report.at_s
        courier.point = visit.visit.point
        self._history.courier(EventKind.VISIT_ARRIVED, courier, at_s=report.at_s, visit=report.visit)
        return []

    def _loaded(self, report: Loaded) -> list[Instruction]:
        order, goods = self._goods(report.fulfilment, FulfilmentStatus.READY)
        if goods.courier != report.courier:
            raise ReportError(f"courier {report.courier} was not told to load {report.fulfilment}")
        self._ledger(goods).load(order.live.hold, goods.demands, now_s=report.at_s)
        goods.status = FulfilmentStatus.ON_BOARD
        if order.status is OrderStatus.ENDED:
            self._courier(report.courier).replan = True
        self._history.order(
            EventKind.LOADED, order, at_s=report.at_s, courier=report.courier, fulfilment=report.fulfilment
        )
        return []

    def _delivered(self, report: Delivered) -> list[Instruction]:
        order = self._dropped(report)
        for goods in order.fulfilments.values():
            self._ledger(goods).deliver(order.live.hold, goods.demands, now_s=report.at_s)
            goods.status = FulfilmentStatus.HANDED_OVER
        order.attempts += 1
        self._orders.end(order, Outcome.DELIVERED, "", at_s=report.at_s, kind=EventKind.ORDER_DELIVERED)
        return []

    def _drop_failed(self, report: DropFailed) -> list[Instruction]:
        order = self._dropped(report)
        order.attempts += 1
        order.told_drop = False
        order.retry_from_s = report.at_s + self._policy.retry_after_s
        self._courier(report.courier).replan = True
        self._history.order(
            EventKind.DROP_FAILED, order, at_s=report.at_s, courier=report.courier, because=report.reason
        )
        if order.attempts >= self._policy.attempts:
            reason = report.reason.upper().replace(" ", "_")
            self._orders.end(order, Outcome.FAILED, reason, at_s=report.at_s, kind=EventKind.ORDER_FAILED)
        return []

    def _return_accepted(self, report: ReturnAccepted) -> list[Instruction]:
        order, goods = self._goods(report.fulfilment, FulfilmentStatus.ON_BOARD)
        if goods.courier != report.courier:
            raise ReportError(f"courier {report.courier} does not have {report.fulfilment}")
        self._ledger(goods).accept_return(order.live.hold, goods.demands, sellable=True, now_s=report.at_s)
        goods.status = FulfilmentStatus.RETURNED
        self._history.order(
            EventKind.RETURN_ACCEPTED, order, at_s=report.at_s, courier=report.courier, fulfilment=report.fulfilment
        )
        self._orders.retire(order)
        return []

    def _visit_done(self, report: VisitDone) -> list[Instruction]:
        courier = self._courier(report.courier)
        visit = self._visit(courier, report.visit)
        if visit.arrived_s is None:
            raise ReportError(f"courier {courier.id} ends visit {report.visit} without having arrived")
        del courier.visits[0]
        self._history.courier(EventKind.VISIT_DONE, courier, at_s=report.at_s, visit=report.visit)
        return []

    def _ledger(self, goods: FulfilmentRecord) -> Ledger:
        return self._ledgers[goods.fulfilment.zone]
