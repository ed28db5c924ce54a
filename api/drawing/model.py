"""What is drawn of a plan, whatever format it came in.

Times are whole seconds on the clock of the plan; `Drawing.epoch_s` says what its zero is. Places are (x, y), east and
north, in the unit that `Drawing.ground` names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Place = tuple[float, float]
"""East and north."""


class Ground(StrEnum):
    """What the places were laid out by, and so what a unit of the map is."""

    MAP = "map"
    """Longitudes and latitudes: metres."""
    PLANE = "plane"
    """Coordinates that are none of the earth: their own unit, which nobody told."""
    TRAVEL_TIMES = "travel_times"
    """Only travel times were known: seconds. North and east mean nothing."""
    NONE = "none"
    """Nothing was known: there is no map."""


class Kind(StrEnum):
    """What is done at a stop."""

    START = "start"
    PICKUP = "pickup"
    DELIVERY = "delivery"
    JOB = "job"
    BREAK = "break"
    RELOAD = "reload"
    END = "end"


TASKS = frozenset({Kind.PICKUP, Kind.DELIVERY, Kind.JOB})
"""The kinds that somebody asked for; the others are of the courier's own."""


@dataclass(frozen=True, slots=True)
class Window:
    """An interval of seconds, both ends inside; None where it is open."""

    earliest_s: int | None = None
    latest_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStop:
    """One stop of a courier, timed.

    Attributes
    ----------
    label
        What people call it, as "delivery 12".
    place
        Where it is, or None if that is not known, or it is a break.
    arrive_s, wait_s, setup_s, service_s
        It arrives, waits, sets up, serves, and leaves.
    travel_s, distance_m
        Of the leg that led here; the distance is None where the plan has none.
    windows
        In which it should start, ascending; empty where any time is good or none is known.
    told_late_s
        Lateness that the plan itself tells of; `late_s` is the larger of it and of what the windows say.
    load
        What is on board on leaving, per dimension.
    request
        What its shipment or job is called: stops with the same belong together.
    faults
        What else the plan breaks here, in its own words.
    """

    kind: Kind
    label: str
    place: Place | None
    arrive_s: int
    wait_s: int = 0
    setup_s: int = 0
    service_s: int = 0
    travel_s: int = 0
    distance_m: int | None = None
    windows: tuple[Window, ...] = ()
    told_late_s: int = 0
    load: tuple[int, ...] = ()
    request: str = ""
    priority: int = 0
    faults: tuple[str, ...] = ()

    @property
    def start_s(self) -> int:
        """When it starts: set-up comes after."""
        return self.arrive_s + self.wait_s

    @property
    def depart_s(self) -> int:
        """When it leaves."""
        return self.start_s + self.setup_s + self.service_s

    @property
    def late_s(self) -> int:
        """How long after its last chance it starts: 0 inside a window, and before one."""
        return max(self.told_late_s, lateness_s(self.start_s, self.windows))


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierLane:
    """What one courier does. Its first and last stop may be a start and an end. `shift` is None if not known."""

    label: str
    stops: tuple[DrawnStop, ...]
    profile: str = ""
    shift: Window | None = None
    capacity: tuple[int, ...] = ()

    @property
    def tasks(self) -> int:
        """How many of its stops somebody asked for."""
        return sum(stop.kind in TASKS for stop in self.stops)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A task that is not in the plan. `reason` is a code, `detail` has figures; both may be empty."""

    kind: Kind
    label: str
    place: Place | None
    windows: tuple[Window, ...] = ()
    priority: int = 0
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A plan to be drawn.

    Attributes
    ----------
    title
        What the plan is called.
    lanes
        The couriers with a route.
    couriers
        How many there were to choose from; None if that is not known.
    cost
        In the plan's own unit; None if it has none.
    epoch_s
        Unix time of the clock's zero; None if that is a day's beginning or any other moment.
    """

    title: str
    lanes: tuple[CourierLane, ...]
    left_out: tuple[LeftOut, ...]
    ground: Ground
    couriers: int | None = None
    cost: int | None = None
    epoch_s: int | None = None


def lateness_s(start_s: int, windows: tuple[Window, ...]) -> int:
    """Return how long after the end of the window before it a start is, if it lies in none."""
    missed_s = 0
    for window in windows:
        if window.earliest_s is not None and start_s < window.earliest_s:
            break
        if window.latest_s is None or start_s <= window.latest_s:
            return 0
        missed_s = start_s - window.latest_s
    return missed_s
