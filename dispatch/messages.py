"""What the world tells the engine, and what the engine tells couriers and stores.

Reports are facts with the second at which they happened; the engine folds them in the order given. Instructions are
what couriers and stores are told to do; how long that takes is the world's affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dispatch.model import Order
from geo.point import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced:
    """A customer orders. `confirmed` False leaves it on hold until an `OrderConfirmed`, or until the hold expires."""

    at_s: int
    order: Order
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderConfirmed:
    """The order on hold is paid for."""

    at_s: int
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled:
    """The customer no longer wants it. What a courier has on board already is brought back."""

    at_s: int
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickStarted:
    """A picker begins."""

    at_s: int
    fulfilment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickFinished:
    """The goods stand packed at the store."""

    at_s: int
    fulfilment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickStopped:
    """The answer to `StopPick`: the goods are on the shelf again. None comes if a courier has loaded them before."""

    at_s: int
    fulfilment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierOnDuty:
    """A courier begins its shift at a point."""

    at_s: int
    courier: str
    point: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierOffDuty:
    """A courier goes home, or will not come (`reason` says why). What it has on board must be delivered or returned
    before."""

    at_s: int
    courier: str
    reason: str = "shift over"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOff:
    """A courier starts to drive to its next visit."""

    at_s: int
    courier: str
    visit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A courier is at the place of its visit."""

    at_s: int
    courier: str
    visit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The fulfilment is on board."""

    at_s: int
    courier: str
    fulfilment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """The customer has it."""

    at_s: int
    courier: str
    delivery: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropFailed:
    """It could not be handed over; the goods stay on board."""

    at_s: int
    courier: str
    delivery: str
    reason: str = "customer absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAccepted:
    """A store has taken an undelivered fulfilment back."""

    at_s: int
    courier: str
    fulfilment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDone:
    """All tasks of the visit are done; the courier may leave."""

    at_s: int
    courier: str
    visit: str


Report = (
    OrderPlaced
    | OrderConfirmed
    | OrderCancelled
    | PickStarted
    | PickFinished
    | PickStopped
    | CourierOnDuty
    | CourierOffDuty
    | SetOff
    | Arrived
    | Loaded
    | Delivered
    | DropFailed
    | ReturnAccepted
    | VisitDone
)


class Action(StrEnum):
    """What a courier does at a place."""

    LOAD = "load"
    DROP = "drop"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTask:
    """One thing to do on a visit. `id` names a fulfilment for LOAD and RETURN, a delivery for DROP."""

    action: Action
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A courier is told to go to a place and do these tasks there, after the visits it was told before.

    It sets off at `set_off_s`, or when its visit before is done, whichever is later, and is expected there at `eta_s`.
    Loads wait until the goods are packed; a drop does not begin before `not_before_s`.
    """

    id: str
    courier: str
    point: Point
    site: str | None
    setup_s: int
    tasks: tuple[VisitTask, ...]
    set_off_s: int
    eta_s: int
    not_before_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPick:
    """A store is told to pick a fulfilment, when a picker is free but not before `not_before_s`."""

    fulfilment: str
    store: str
    not_before_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPick:
    """A store is told that a fulfilment is not wanted any more: if it is still there, its goods go back to the shelf
    and the store answers `PickStopped`. A courier who was told to load it leaves that task out; a visit left without
    tasks is done on arrival. If a courier has loaded it, nothing happens: the engine learns that from `Loaded` and has
    it brought back.
    """

    fulfilment: str
    store: str


Instruction = Visit | StartPick | StopPick
