"""What a run keeps of the engine's history as it goes by: papers, ends of orders, balances at each change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dispatch.decision import Decision
from dispatch.events import Event, EventKind
from dispatch.ledger.protocol import Balance, Ledger
from dispatch.messages import Action, Instruction, Visit
from dispatch.model import Delivery, Fulfilment
from dispatch.state import OrderRecord, State
from scenarios.scenario import Scenario
from scenarios.shortages import Shortages
from scenarios.sink import Sink

ENDS = frozenset(
    {EventKind.ORDER_REFUSED, EventKind.ORDER_FAILED, EventKind.ORDER_CANCELLED, EventKind.ORDER_DELIVERED}
)


class Watch:
    """Listens to one engine, and is the world's `Papers`.

    At every event of an order that has goods, the balances of those goods are looked at: units are conserved, and
    nothing is promised twice.

    Attributes
    ----------
    ends
        How many ends each order has had.
    couriers
        Who was told of each order last.
    last_s
        When the last thing happened to an order.
    faults, checks
        What was wrong with balances, and how many were looked at.
    """

    def __init__(self, scenario: Scenario, *, ledgers: Mapping[str, Ledger], sink: Sink) -> None:
        self._ledgers = ledgers
        self._shortages = Shortages(scenario)
        self._sink = sink
        self._orders: Mapping[str, OrderRecord] = {}
        self._fulfilments: dict[str, Fulfilment] = {}
        self._deliveries: dict[str, Delivery] = {}
        self.ends: Counter[str] = Counter()
        self.couriers: dict[str, str] = {}
        self.events = 0
        self.decisions = 0
        self.instructions = 0
        self.last_s = 0
        self.checks = 0
        self.faults: list[str] = []

    @property
    def short_of(self) -> Counter[str]:
        """How many orders each store could not serve because something that it carries had run out."""
        return self._shortages.orders

    def attach(self, state: State) -> None:
        """Take the state of the engine that is listened to."""
        self._orders = state.orders

    def fulfilment(self, fulfilment: str, /) -> Fulfilment:
        """Return the fulfilment of this id."""
        return self._fulfilments[fulfilment]

    def delivery(self, delivery: str, /) -> Delivery:
        """Return the delivery of this id."""
        return self._deliveries[delivery]

    def decision(self, decision: Decision, /) -> None:
        """Take one decision."""
        self.decisions += 1
        self._shortages.count(decision, self._orders[decision.order].order)
        self._sink.decision(decision)

    def event(self, event: Event, /) -> None:
        """Take one event."""
        self.events += 1
        if event.order is not None:
            self._order_event(event, event.order)
        self._sink.event(event)

    def told(self, instructions: Sequence[Instruction]) -> None:
        """Take what the engine told."""
        self.instructions += len(instructions)
        for instruction in instructions:
            if isinstance(instruction, Visit):
                for task in instruction.tasks:
                    paper = self._deliveries if task.action is Action.DROP else self._fulfilments
                    self.couriers[paper[task.id].order] = instruction.courier

    def _order_event(self, event: Event, order_id: str) -> None:
        if event.kind in ENDS:
            self.ends[order_id] += 1
        if event.kind is EventKind.ORDER_PLANNED:
            return
        self.last_s = max(self.last_s, event.at_s)
        allocation = self._orders[order_id].allocation
        if allocation is None:
            return
        delivery = allocation.delivery
        if event.kind in (EventKind.ORDER_ALLOCATED, EventKind.SOURCE_CHOSEN):
            self._deliveries[delivery.id] = delivery
            self._fulfilments.update((fulfilment.id, fulfilment) for fulfilment in delivery.fulfilments)
        ledger = self._ledgers[delivery.zone]
        for fulfilment in delivery.fulfilments:
            for part in fulfilment.parts:
                self.checks += 1
                wrong = imbalance(ledger.balance(fulfilment.store, part.sku, now_s=event.at_s))
                if wrong:
                    self.faults.append(f"event {event.number}, {part.sku} at {fulfilment.store}: {wrong}")


def imbalance(balance: Balance) -> str:
    """Return what is wrong with a balance, or nothing."""
    states = {
        name: getattr(balance, name)
        for name in ("on_hand", "held", "allocated", "picked", "on_courier", "quarantine", "delivered", "lost")
    }
    below = [f"{name} is {units}" for name, units in states.items() if units < 0]
    if below:
        return ", ".join(below)
    spoken_for = balance.held + balance.allocated
    if spoken_for > max(0, balance.on_hand - balance.buffer):
        return f"oversold: {spoken_for} spoken for of {balance.on_hand}, {balance.buffer} kept back"
    total = sum(states.values()) - spoken_for
    return "" if total == balance.received else f"{balance.received} received, {total} there"
