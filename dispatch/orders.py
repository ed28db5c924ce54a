"""What happens to an order from intake to its end: allocation, confirmation, cancellation, giving up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from dispatch.allocation import Allocator
from dispatch.decision import Decision
from dispatch.directory import Directory
from dispatch.errors import HoldResolvedError, ReportError
from dispatch.events import EventKind
from dispatch.history import History
from dispatch.ledger.protocol import HoldState, Ledger
from dispatch.messages import Instruction, OrderCancelled, OrderConfirmed, OrderPlaced, StartPick, StopPick
from dispatch.model import Allocation, Outcome
from dispatch.policy import Policy
from dispatch.state import FulfilmentRecord, FulfilmentStatus, Option, OrderRecord, OrderStatus, State

STOPPABLE = frozenset({FulfilmentStatus.TOLD, FulfilmentStatus.PICKING, FulfilmentStatus.READY})


class Orders:
    """The life of orders. Holds and commits stock; tells stores what to pick."""

    def __init__(
        self,
        *,
        state: State,
        directory: Directory,
        ledgers: Mapping[str, Ledger],
        policy: Policy,
        history: History,
        allocator: Allocator,
        on_decision: Callable[[Decision], None],
    ) -> None:
        self._state = state
        self._directory = directory
        self._ledgers = ledgers
        self._policy = policy
        self._history = history
        self._allocator = allocator
        self._on_decision = on_decision
        self._deliveries: dict[str, OrderRecord] = {}

    def of_delivery(self, delivery: str) -> OrderRecord:
        """Return the order of a delivery.

        Raises
        ------
        ReportError
            If there is no such delivery.
        """
        found = self._deliveries.get(delivery)
        if found is None:
            raise ReportError(f"there is no delivery {delivery}")
        return found

    def follow(self, order: OrderRecord) -> None:
        """Make an allocated order known by its delivery and by the fulfilments of all its options, of which one may
        have more than another."""
        self._deliveries[order.live.delivery.id] = order
        self._state.active[order.id] = order
        for option in order.options:
            for fulfilment_id in option.fulfilments:
                self._state.fulfilment_order[fulfilment_id] = order.id

    def placed(self, report: OrderPlaced) -> list[Instruction]:
        """Allocate an order, once: the same order again changes nothing."""
        if report.order.id in self._state.orders:
            return []
        order = self._state.orders[report.order.id] = OrderRecord(order=report.order)
        decision = self._allocator.allocate(report.order, now_s=report.at_s, queued=self._queued)
        self._on_decision(decision)
        if decision.allocation is None:
            self.end(order, Outcome.REFUSED, str(decision.code), at_s=report.at_s, kind=EventKind.ORDER_REFUSED)
            return []
        option = self._option(decision.allocation, now_s=report.at_s)
        order.allocation, order.fulfilments = option.allocation, option.fulfilments
        order.others = [self._option(other, now_s=report.at_s) for other in decision.others]
        self.follow(order)
        self._history.order(EventKind.ORDER_ALLOCATED, order, at_s=report.at_s)
        return self._commit(order, at_s=report.at_s) if report.confirmed else []

    def confirmed(self, report: OrderConfirmed) -> list[Instruction]:
        """Turn an order on hold into one to serve; one whose hold has run out is failed."""
        order = self._order(report.order)
        if order.status is not OrderStatus.HELD:
            return []
        try:
            return self._commit(order, at_s=report.at_s)
        except HoldResolvedError:
            self._give_back(order, at_s=report.at_s)
            self.end(order, Outcome.FAILED, "HOLD_EXPIRED", at_s=report.at_s, kind=EventKind.ORDER_FAILED)
            return []

    def cancelled(self, report: OrderCancelled) -> list[Instruction]:
        """End an order unless it is over, or its courier is on the way to the door."""
        order = self._order(report.order)
        if order.status is OrderStatus.ENDED:
            return []
        if order.told_drop:
            self._history.order(EventKind.ORDER_KEPT, order, at_s=report.at_s)
            return []
        instructions = self._stop(order, at_s=report.at_s)
        self.end(order, Outcome.CANCELLED, "CUSTOMER_CANCELLED", at_s=report.at_s, kind=EventKind.ORDER_CANCELLED)
        return instructions

    def choose(self, order: OrderRecord, *, at_s: int) -> list[Instruction]:
        """Decide for the planned sources of an order, or others whose hold still stands; give the rest back.

        An order that is not served from where it was planned to be is to be planned anew; one none of whose holds
        stands is failed.
        """
        try:
            self._take(order, at_s=at_s)
        except HoldResolvedError:
            self._stop(order, at_s=at_s)
            self.end(order, Outcome.FAILED, "HOLD_EXPIRED", at_s=at_s, kind=EventKind.ORDER_FAILED)
            return []
        instructions = self._start_picks(order, at_s=at_s)
        self._history.order(EventKind.SOURCE_CHOSEN, order, at_s=at_s)
        return instructions

    def turn(self, *, now_s: int) -> list[Instruction]:
        """End what time has ended: holds that ran out, choices, and deliveries no courier was found for."""
        instructions: list[Instruction] = []
        for order in tuple(self._state.active.values()):
            if order.status is OrderStatus.HELD:
                if not self._has_hold(order, now_s=now_s):
                    self._give_back(order, at_s=now_s)
                    self.end(order, Outcome.FAILED, "HOLD_EXPIRED", at_s=now_s, kind=EventKind.ORDER_FAILED)
            elif order.others and now_s >= self._choose_s(order):
                instructions += self.choose(order, at_s=now_s)
            elif order.status is OrderStatus.OPEN and order.bound is None and now_s > order.give_up_s:
                instructions += self._stop(order, at_s=now_s)
                self.end(order, Outcome.FAILED, "NO_COURIER_IN_TIME", at_s=now_s, kind=EventKind.ORDER_FAILED)
        return instructions

    def end(self, order: OrderRecord, outcome: Outcome, reason: str, *, at_s: int, kind: EventKind) -> None:
        """End an order, once.

        Raises
        ------
        ReportError
            If it had ended before.
        """
        if order.status is OrderStatus.ENDED:
            raise ReportError(f"order {order.id} ended before, as {order.outcome}; an order ends once")
        order.status, order.outcome, order.reason, order.ended_s = OrderStatus.ENDED, outcome, reason, at_s
        order.planned = None
        self._history.order(kind, order, at_s=at_s, courier=order.bound)
        self.retire(order)

    def retire(self, order: OrderRecord) -> None:
        """Stop following an order that is over and has no goods abroad."""
        if order.status is OrderStatus.ENDED and not order.goods_open:
            self._state.active.pop(order.id, None)

    def _order(self, order_id: str) -> OrderRecord:
        found = self._state.orders.get(order_id)
        if found is None:
            raise ReportError(f"there is no order {order_id}")
        return found

    def _queued(self, store: str) -> int:
        return self._state.queued.get(store, 0)

    def _ledger(self, order: OrderRecord) -> Ledger:
        return self._ledgers[order.live.delivery.zone]

    def _has_hold(self, order: OrderRecord, *, now_s: int) -> bool:
        """Return whether any hold of an order stands: one is enough to confirm it."""
        ledger = self._ledger(order)
        return any(ledger.state(each.allocation.hold, now_s=now_s) is HoldState.OPEN for each in order.options)

    def _option(self, allocation: Allocation, *, now_s: int) -> Option:
        """Return what an allocation comes to if it is the one to serve an order."""
        records = {}
        ready_s = {parts.store: source.ready_s for source in allocation.sources for parts in source.stores}
        for fulfilment in allocation.delivery.fulfilments:
            zone = self._directory.zones[fulfilment.zone]
            hours = self._directory.stores[fulfilment.store].hours
            wanted_s = max(now_s, allocation.promise.from_s - self._policy.pick_lead_s)
            opens_s = hours.opens_s(wanted_s, zone.timezone)
            records[fulfilment.id] = FulfilmentRecord(
                fulfilment=fulfilment,
                units=sum(part.quantity for part in fulfilment.parts),
                pick_from_s=wanted_s if opens_s is None else max(wanted_s, opens_s),
                ready_s=ready_s[fulfilment.store],
            )
        return Option(allocation=allocation, fulfilments=records)

    def _commit(self, order: OrderRecord, *, at_s: int) -> list[Instruction]:
        """Serve an order from now on. Sources to choose among stay on hold until that has to be done."""
        choose_s = self._choose_s(order)
        if order.others and choose_s > at_s:
            self._keep_holds(order, until_s=choose_s + self._policy.hold_s, at_s=at_s)
        # Where one hold is left there is nothing to choose, and no later turn would commit it.
        is_open = bool(order.others) and choose_s > at_s
        if not is_open:
            self._take(order, at_s=at_s)
        order.status = OrderStatus.OPEN
        instructions = [] if is_open else self._start_picks(order, at_s=at_s)
        self._history.order(EventKind.ORDER_CONFIRMED, order, at_s=at_s)
        return instructions

    def _take(self, order: OrderRecord, *, at_s: int) -> None:
        """Commit the first option whose hold stands, and give the others back. What was planned of another is dropped.

        Raises
        ------
        HoldResolvedError
            If none stands.
        """
        ledger, options = self._ledger(order), order.options
        for number, option in enumerate(options):
            try:
                ledger.commit(option.allocation.hold, now_s=at_s)
            except HoldResolvedError:
                if number + 1 == len(options):
                    raise
                continue
            if number:
                order.prefer(number)
                self._unplan(order)
            for other in order.others:
                with suppress(HoldResolvedError):
                    ledger.release(other.allocation.hold, now_s=at_s)
            order.others = []
            return

    def _choose_s(self, order: OrderRecord) -> int:
        """Return the last turn's time at which the store that has to begin first is told soon enough."""
        first_s = min(option.pick_from_s for option in order.options)
        return first_s - self._policy.decision_delay_s - self._policy.step_s

    def _keep_holds(self, order: OrderRecord, *, until_s: int, at_s: int) -> None:
        """Extend the holds of all options; those that have run out are options no more.

        Raises
        ------
        HoldResolvedError
            If all have.
        """
        ledger = self._ledger(order)
        kept = []
        for option in order.options:
            with suppress(HoldResolvedError):
                ledger.extend(option.allocation.hold, expires_s=until_s, now_s=at_s)
                kept.append(option)
        if not kept:
            raise HoldResolvedError(order.live.hold, HoldState.EXPIRED)
        order.allocation, order.fulfilments, order.others = kept[0].allocation, kept[0].fulfilments, kept[1:]

    def _start_picks(self, order: OrderRecord, *, at_s: int) -> list[Instruction]:
        instructions: list[Instruction] = []
        for goods in order.fulfilments.values():
            goods.status = FulfilmentStatus.TOLD
            store = goods.fulfilment.store
            self._state.queued[store] = self._queued(store) + 1
            instructions.append(
                StartPick(fulfilment=goods.fulfilment.id, store=store, not_before_s=max(goods.pick_from_s, at_s))
            )
        return instructions

    def _stop(self, order: OrderRecord, *, at_s: int) -> list[Instruction]:
        """Take an order out of the plans, and have its goods put back or brought back."""
        self._unplan(order)
        if any(goods.status is FulfilmentStatus.RESERVED for goods in order.fulfilments.values()):
            self._give_back(order, at_s=at_s)
        instructions: list[Instruction] = []
        for goods in order.fulfilments.values():
            if goods.status in STOPPABLE:
                goods.stopping = True
                instructions.append(StopPick(fulfilment=goods.fulfilment.id, store=goods.fulfilment.store))
        return instructions

    def _unplan(self, order: OrderRecord) -> None:
        """Take an order out of the plans; if it is still to be served, it waits for a plan as a new one does."""
        for courier_id in {order.planned, order.bound} - {None}:
            courier = self._state.couriers[str(courier_id)]
            courier.steps = tuple(step for step in courier.steps if step.order != order.id)
            courier.replan = True
        order.planned = order.considered_s = None

    def _give_back(self, order: OrderRecord, *, at_s: int) -> None:
        """Release all that is on hold for an order. A hold that has run out has given everything back by itself."""
        for option in order.options:
            with suppress(HoldResolvedError):
                self._ledger(order).release(option.allocation.hold, now_s=at_s)
        order.others = []
        for goods in order.fulfilments.values():
            goods.status = FulfilmentStatus.STOPPED
