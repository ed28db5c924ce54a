"""What is written down about the day as it happened, beside the reports."""

from __future__ import annotations

from dataclasses import dataclass, field

from dispatch.messages import Action
from dispatch.model import Courier
from geo.point import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One task as a courier did it.

    `set_off_s`, `travel_s` and `distance_m` are those of the leg to the visit and stand on its first task; on the
    rest the leg is zero. `wait_s` is idle time at the place before the task began, set-up not counted. `failed` says
    why a drop came to nothing.
    """

    courier: str
    visit: str
    action: Action
    id: str
    order: str
    fulfilments: tuple[str, ...]
    site: str | None
    point: Point
    told_s: int
    eta_s: int
    set_off_s: int
    arrived_s: int
    started_s: int
    done_s: int
    travel_s: int
    distance_m: int
    wait_s: int
    attempt: int = 0
    failed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """One leg of a courier, also of a visit that came to nothing."""

    courier: str
    visit: str
    origin: Point
    destination: Point
    set_off_s: int
    arrived_s: int
    distance_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One fulfilment as it was picked, to the end."""

    fulfilment: str
    store: str
    told_s: int
    started_s: int
    finished_s: int


@dataclass(slots=True)
class Shift:
    """A courier's shift as it was: when it began and ended, and how its time went.

    `on_duty_s` None means the courier never came, `off_reason` says why. On duty = driving + waiting at places +
    service (set-up included) + idle.
    """

    courier: Courier
    on_duty_s: int | None = None
    off_duty_s: int | None = None
    off_reason: str = ""
    visits: int = 0
    deliveries: int = 0
    distance_m: int = 0
    driving_s: int = 0
    waiting_s: int = 0
    service_s: int = 0


@dataclass(slots=True)
class Diary:
    """All that was written down, in the order in which it happened."""

    stops: list[Stop] = field(default_factory=list)
    drives: list[Drive] = field(default_factory=list)
    picks: list[Pick] = field(default_factory=list)
    shifts: dict[str, Shift] = field(default_factory=dict)
