"""What the engine knows at a moment: orders, couriers, and who is to do what. The only mutable values of the
package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from dispatch.ledger.protocol import Demand
from dispatch.messages import Action, Visit
from dispatch.model import Allocation, Courier, Fulfilment, Interval, Order, Outcome
from geo.point import Point


class Step(NamedTuple):
    """One planned task of a courier: load an order's goods at a site, drop them at its door, or return them to a
    site."""

    action: Action
    order: str
    site: str


class FulfilmentStatus(StrEnum):
    """Where the goods of a fulfilment are. The last three are ends."""

    RESERVED = "reserved"
    TOLD = "told"
    PICKING = "picking"
    READY = "ready"
    ON_BOARD = "on_board"
    HANDED_OVER = "handed_over"
    STOPPED = "stopped"
    RETURNED = "returned"


GOODS_ENDED = frozenset({FulfilmentStatus.HANDED_OVER, FulfilmentStatus.STOPPED, FulfilmentStatus.RETURNED})


@dataclass(slots=True, kw_only=True)
class FulfilmentRecord:
    """A fulfilment's progress. `ready_s` is when its goods are expected to be packed, then when they were.

    `courier` is who was told to load it, or has it on board; `told_return` that its return was told; `stopping` that
    the store was told to put it back and has not answered.
    """

    fulfilment: Fulfilment
    units: int
    pick_from_s: int
    ready_s: int
    status: FulfilmentStatus = FulfilmentStatus.RESERVED
    courier: str | None = None
    told_return: bool = False
    stopping: bool = False

    @property
    def demands(self) -> tuple[Demand, ...]:
        """What it takes from its store."""
        return tuple(Demand(self.fulfilment.store, part.sku, part.quantity) for part in self.fulfilment.parts)


class OrderStatus(StrEnum):
    """Where an order stands: stock held, being served, or over."""

    HELD = "held"
    OPEN = "open"
    ENDED = "ended"


@dataclass(slots=True, kw_only=True)
class Option:
    """Sources that could serve an order, on hold, and the progress of what each would give."""

    allocation: Allocation
    fulfilments: dict[str, FulfilmentRecord]

    @property
    def pick_from_s(self) -> int:
        """When picking has to begin."""
        return min(record.pick_from_s for record in self.fulfilments.values())


@dataclass(slots=True, kw_only=True)
class OrderRecord:
    """An order's progress.

    `allocation` and `fulfilments` are those of the sources that serve it, or are to serve it by the current plan while
    there are `others` on hold besides.


    `planned` is the courier the current plan gives it to, `bound` the one who has been told to load it or has it on
    board; `eta_s` the time at the door now expected, `first_eta_s` the first such.
    """

    order: Order
    version: int = 1
    status: OrderStatus = OrderStatus.HELD
    outcome: Outcome | None = None
    reason: str = ""
    allocation: Allocation | None = None
    fulfilments: dict[str, FulfilmentRecord] = field(default_factory=dict)
    others: list[Option] = field(default_factory=list)
    planned: str | None = None
    bound: str | None = None
    told_drop: bool = False
    attempts: int = 0
    retry_from_s: int = 0
    considered_s: int | None = None
    unplanned_because: str = ""
    first_eta_s: int | None = None
    eta_s: int | None = None
    ended_s: int | None = None
    moves: int = 0

    @property
    def id(self) -> str:
        """The order's id."""
        return self.order.id

    @property
    def live(self) -> Allocation:
        """The allocation; an order without one is never asked."""
        if self.allocation is None:
            raise LookupError(f"order {self.id} has no allocation")
        return self.allocation

    @property
    def options(self) -> tuple[Option, ...]:
        """All sources that it could still be served from, the planned ones first."""
        return (Option(allocation=self.live, fulfilments=self.fulfilments), *self.others)

    def prefer(self, option: int) -> None:
        """Have another of its options be the planned one."""
        if option:
            chosen = self.others[option - 1]
            self.others[option - 1] = Option(allocation=self.live, fulfilments=self.fulfilments)
            self.allocation, self.fulfilments = chosen.allocation, chosen.fulfilments

    @property
    def promise(self) -> Interval:
        """The window told to the customer."""
        return self.live.promise

    @property
    def ready_s(self) -> int:
        """When all of its goods are, or are expected to be, packed."""
        return max(record.ready_s for record in self.fulfilments.values())

    @property
    def goods_open(self) -> bool:
        """Whether any of its goods are neither with the customer nor on a shelf."""
        return any(record.status not in GOODS_ENDED for record in self.fulfilments.values())

    @property
    def to_load(self) -> tuple[FulfilmentRecord, ...]:
        """What no courier was told to load."""
        return tuple(record for record in self.fulfilments.values() if record.courier is None)

    @property
    def to_return(self) -> tuple[FulfilmentRecord, ...]:
        """What of an order that is over has to be brought back, and no courier was told to."""
        if self.status is not OrderStatus.ENDED:
            return ()
        return tuple(
            record
            for record in self.fulfilments.values()
            if record.status is FulfilmentStatus.ON_BOARD and not record.told_return
        )

    @property
    def give_up_s(self) -> int:
        """When a delivery that no courier was told of is given up."""
        return self.promise.until_s + self.live.delivery.late_limit_s

    def snapshot(self) -> dict[str, Any]:
        """Return the whole state as an object of JSON."""
        whole: dict[str, Any] = {
            "status": self.status.value,
            "outcome": self.outcome.value if self.outcome else None,
            "reason": self.reason or None,
            "service_level": self.order.service_level,
            "placed_s": self.order.placed_s,
            "planned": self.planned,
            "courier": self.bound,
            "eta_s": self.eta_s,
            "attempts": self.attempts or None,
            "ended_s": self.ended_s,
        }
        if self.allocation is not None:
            whole["promise"] = list(self.promise)
            whole["fulfilments"] = {
                key: [record.fulfilment.store, record.status.value, record.ready_s]
                for key, record in self.fulfilments.items()
            }
            stores = [[each.fulfilment.store for each in option.fulfilments.values()] for option in self.others]
            whole["other_stores"] = stores or None
        return {key: value for key, value in whole.items() if value is not None}


class Duty(StrEnum):
    """Whether a courier works."""

    BEFORE = "before"
    ON = "on"
    OFF = "off"


@dataclass(slots=True, kw_only=True)
class VisitRecord:
    """A visit that was told and is not done. `leg_s` is the travel time expected to it."""

    visit: Visit
    leg_s: int
    set_off_s: int | None = None
    arrived_s: int | None = None


@dataclass(slots=True, kw_only=True)
class CourierRecord:
    """A courier's progress. `point` is where its last visit was; `steps` is the plan beyond the visits it was told.

    `planned_free_s` is when the plan expected it to be free for `steps`; `planned_end_s` and `planned_end` when and
    where the plan ends; `loads_at` when the plan has it at which site to load.
    """

    courier: Courier
    point: Point
    duty: Duty = Duty.BEFORE
    visits: list[VisitRecord] = field(default_factory=list)
    steps: tuple[Step, ...] = ()
    planned_free_s: int = 0
    planned_end_s: int = 0
    planned_end: Point | None = None
    loads_at: Mapping[str, int] = field(default_factory=dict)
    replan: bool = False
    told: int = 0

    @property
    def id(self) -> str:
        """The courier's id."""
        return self.courier.id


@dataclass(slots=True)
class State:
    """Everything known. `active` are the orders that are not ended or have goods abroad, in the order they came."""

    couriers: dict[str, CourierRecord]
    orders: dict[str, OrderRecord] = field(default_factory=dict)
    active: dict[str, OrderRecord] = field(default_factory=dict)
    queued: dict[str, int] = field(default_factory=dict)
    fulfilment_order: dict[str, str] = field(default_factory=dict)

    def fulfilment(self, fulfilment_id: str) -> tuple[OrderRecord, FulfilmentRecord]:
        """Return the order and the record of a fulfilment.

        Raises
        ------
        KeyError
            If there is none of that id.
        """
        order = self.orders[self.fulfilment_order[fulfilment_id]]
        return order, order.fulfilments[fulfilment_id]

    def zone_couriers(self, zone: str) -> Iterator[CourierRecord]:
        """Iterate over a zone's couriers, by id."""
        return (record for record in self.couriers.values() if record.courier.zone == zone)
