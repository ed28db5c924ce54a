"""The rows of a run's tables as values: one order, one courier, one store. `docs/outputs.md` describes each column."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.model import Interval, Outcome

UNPAID = "HOLD_EXPIRED"
"""The reason of an order whose customer never paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """How one order went. `zone` is empty, and `promise` None, where no source took it.

    `reason` is a code, `detail` says more in words; `courier` was told of it last; `lat`, `lon` are None for an order
    that could not be read.
    """

    order: str
    service_level: str
    placed_s: int
    outcome: Outcome
    ended_s: int
    reason: str = ""
    detail: str = ""
    zone: str = ""
    lat: float | None = None
    lon: float | None = None
    lines: int = 0
    units: int = 0
    sites: int = 0
    stores: tuple[str, ...] = ()
    promise: Interval | None = None
    ready_s: int | None = None
    door_s: int | None = None
    delivered_s: int | None = None
    courier: str = ""
    distance_m: int | None = None
    travel_s: int | None = None
    attempts: int = 0
    moves: int = 0

    @property
    def allocated(self) -> bool:
        """Whether some source took it."""
        return self.promise is not None

    @property
    def owed(self) -> bool:
        """Whether it was promised, and its customer neither cancelled it nor left it unpaid."""
        return self.allocated and self.outcome is not Outcome.CANCELLED and self.reason != UNPAID

    @property
    def late_s(self) -> int | None:
        """Seconds after the promise, 0 when on time; None if it was not delivered."""
        return None if self.promise is None or self.door_s is None else max(0, self.door_s - self.promise.until_s)

    @property
    def on_time(self) -> bool:
        """Whether it was delivered within its promise."""
        return self.late_s == 0

    @property
    def click_to_door_s(self) -> int | None:
        """Seconds from placing it to the door."""
        return None if self.door_s is None else self.door_s - self.placed_s

    @property
    def ready_to_door_s(self) -> int | None:
        """Seconds from its goods being packed to the door."""
        return None if self.door_s is None or self.ready_s is None else self.door_s - self.ready_s


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierRow:
    """How one courier's day went. `on_duty_s` None: it never came."""

    courier: str
    zone: str
    profile: str
    shift: Interval
    start_lat: float
    start_lon: float
    on_duty_s: int | None
    off_duty_s: int | None
    off_reason: str
    deliveries: int
    visits: int
    distance_m: int
    driving_s: int
    waiting_s: int
    service_s: int
    overtime_s: int
    cost: int

    @property
    def duty_s(self) -> int:
        """Seconds on duty."""
        return 0 if self.on_duty_s is None or self.off_duty_s is None else self.off_duty_s - self.on_duty_s

    @property
    def idle_s(self) -> int:
        """Seconds on duty without a visit to drive to or to be at."""
        return self.duty_s - self.driving_s - self.waiting_s - self.service_s

    @property
    def use(self) -> float:
        """Share of time on duty that is driving or service."""
        return (self.driving_s + self.service_s) / self.duty_s if self.duty_s else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRow:
    """What one store did. `radius_m` None: its area is a polygon."""

    store: str
    site: str
    zone: str
    kind: str
    lat: float
    lon: float
    radius_m: float | None
    orders: int
    units: int
    refused_out_of_stock: int
    picks: int
    pick_mean_s: float | None
