"""The nouns of dispatching, as frozen values. `docs/glossary.md` defines each word.

Times are Unix seconds, lengths whole metres, weights grams, volumes millilitres, money minor units of its currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dispatch.errors import ModelError
from dispatch.hours import OpeningHours
from dispatch.ids import check_id
from geo.areas import Polygon, Radius
from geo.point import Point

DIMENSIONS = ("weight_g", "volume_ml", "deliveries")
"""What a courier's capacity is counted in, in the order of every load vector."""

MAX_QUANTITY = 10_000
"""Units of one line; more is taken for a slip of the keyboard."""

Load = tuple[int, int, int]
"""Grams, millilitres and number of deliveries."""


class Interval(NamedTuple):
    """From and until, Unix seconds, both inside: a promise told to a customer, a slot, a shift."""

    from_s: int
    until_s: int


class StoreKind(StrEnum):
    """What kind of stock-holder a store is."""

    STORE = "store"
    WAREHOUSE = "warehouse"


class Method(StrEnum):
    """How a fulfilment reaches its customer."""

    DELIVER = "deliver"
    COLLECT = "collect"
    RESERVE = "reserve"
    RETURN = "return"
    TRANSFER = "transfer"


class Outcome(StrEnum):
    """How an order ended. Every order ends once, with exactly one of these."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A market area: the unit of consistency and of planning. `profile` is the way of travel that ranks its stores."""

    id: str
    timezone: str
    profile: str

    def __post_init__(self) -> None:
        """Check the id."""
        check_id("zone.id", self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place one drives to; one or more stores share it. `setup_s` is paid once a visit, whatever it takes there."""

    id: str
    point: Point
    setup_s: int = 0

    def __post_init__(self) -> None:
        """Check id and set-up time."""
        check_id("site.id", self.id)
        if self.setup_s < 0:
            raise ModelError("site.setup_s", f"{self.setup_s}: give 0 or more seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketCapacity:
    """At most `orders` allocations whose picking begins in the same bucket of `bucket_s` seconds."""

    orders: int
    bucket_s: int = 900

    def __post_init__(self) -> None:
        """Check both bounds."""
        if self.orders < 0:
            raise ModelError("capacity.orders", f"{self.orders}: give 0 or more")
        if self.bucket_s <= 0:
            raise ModelError("capacity.bucket_s", f"{self.bucket_s}: give more than 0 seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Who holds stock and hands it over, at a site. `pickers` work side by side; `capacity` None is without limit."""

    id: str
    site: str
    zone: str
    area: Radius | Polygon
    hours: OpeningHours
    kind: StoreKind = StoreKind.STORE
    party: str = "own"
    pickers: int = 1
    capacity: BucketCapacity | None = None

    def __post_init__(self) -> None:
        """Check ids and pickers."""
        check_id("store.id", self.id)
        check_id("store.party", self.party)
        if self.pickers < 1:
            raise ModelError("store.pickers", f"{self.pickers}: give at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a sku is. `skills` are what a courier needs to carry it (``cold``, ``van``, ``age_check``)."""

    sku: str
    weight_g: int = 0
    volume_ml: int = 0
    price: int = 0
    skills: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Check id and figures."""
        check_id("item.sku", self.sku)
        for name in ("weight_g", "volume_ml", "price"):
            if getattr(self, name) < 0:
                raise ModelError(f"item.{name}", f"{getattr(self, name)}: give 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an order. `stores` None means any store; `unit_price` was frozen at intake."""

    id: str
    sku: str
    quantity: int
    unit_price: int = 0
    stores: frozenset[str] | None = None
    substitutes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check ids and quantity."""
        check_id("line.id", self.id)
        check_id("line.sku", self.sku)
        if isinstance(self.quantity, bool) or not isinstance(self.quantity, int):
            raise ModelError("line.quantity", f"{self.quantity!r}: give a whole number")
        if not 1 <= self.quantity <= MAX_QUANTITY:
            raise ModelError("line.quantity", f"{self.quantity}: give 1 to {MAX_QUANTITY}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a customer wants, where, and by which service level. `slot` is the customer's choice where the level asks
    for one."""

    id: str
    customer: str
    destination: Point
    lines: tuple[Line, ...]
    service_level: str
    placed_s: int
    slot: Interval | None = None
    split_allowed: bool = False

    def __post_init__(self) -> None:
        """Check ids, lines and slot."""
        check_id("order.id", self.id)
        check_id("order.customer", self.customer)
        if not self.lines:
            raise ModelError("order.lines", "an order needs at least one line")
        if len({line.id for line in self.lines}) != len(self.lines):
            raise ModelError("order.lines", "line ids must differ within an order")
        if self.slot is not None and self.slot.until_s <= self.slot.from_s:
            raise ModelError("order.slot", f"ends at {self.slot.until_s}, not after it begins at {self.slot.from_s}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """A crew for a shift. `start` is where the shift begins; `end` None means it may end anywhere."""

    id: str
    zone: str
    profile: str
    shift: Interval
    start: Point
    end: Point | None = None
    capacity: Load = (20_000, 60_000, 4)
    skills: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Check id, shift and capacity."""
        check_id("courier.id", self.id)
        if self.shift.until_s <= self.shift.from_s:
            raise ModelError(
                "courier.shift", f"ends at {self.shift.until_s}, not after it begins at {self.shift.from_s}"
            )
        if len(self.capacity) != len(DIMENSIONS) or min(self.capacity) < 0:
            raise ModelError("courier.capacity", f"{self.capacity}: give {', '.join(DIMENSIONS)}, none below 0")


class Part(NamedTuple):
    """So many units of a sku for a line of an order. `sku` differs from the line's where a substitute serves it."""

    line: str
    sku: str
    quantity: int


class StoreParts(NamedTuple):
    """What one store gives to an order."""

    store: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One site, and what its stores give: what an allocation chooses among. Together its parts cover some or all lines.

    `travel_s`, `distance_m` lead from the site to the destination; `ready_s` is when the goods are expected to be
    packed and `arrive_s` the earliest expected moment at the door.
    """

    site: str
    zone: str
    stores: tuple[StoreParts, ...]
    travel_s: int
    distance_m: int
    ready_s: int
    arrive_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """The part of an order that one store serves."""

    id: str
    order: str
    store: str
    site: str
    zone: str
    parts: tuple[Part, ...]
    method: Method = Method.DELIVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One visit to one door: several fulfilments, one promise. `late_limit_s` after the promise it is given up."""

    id: str
    order: str
    zone: str
    destination: Point
    fulfilments: tuple[Fulfilment, ...]
    promise: Interval
    late_limit_s: int
    load: Load
    skills: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The decision of which sources serve an order, as it was held: one source, or several of a split, all in one
    zone."""

    order: str
    hold: str
    at_s: int
    sources: tuple[Source, ...]
    promise: Interval
    delivery: Delivery
