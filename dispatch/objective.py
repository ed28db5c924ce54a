"""What a good plan is: the weights that turn late, long and lost into one figure.

One cost unit is a tenth of a courier second, so that the cheapest term still has a whole number. Plans are made to
minimise these terms, and what really happened is scored by the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from dispatch.errors import ModelError
from solver.problem import DelayCost


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """Weights in cost units; all whole numbers from 0 to 1,000,000,000.

    Attributes
    ----------
    left_out
        An allocated order that is not delivered.
    late_s
        A second that a delivery is made after its promise.
    ready_to_door_s
        A second between the goods being packed and the courier at the door.
    courier_s, courier_m
        A second and a metre that a courier drives.
    overtime_s
        A second that a courier works past its shift.
    change
        A delivery that a re-plan gives to another courier than the plan before.
    """

    left_out: int = 300_000
    late_s: int = 60
    ready_to_door_s: int = 5
    courier_s: int = 10
    courier_m: int = 1
    overtime_s: int = 60
    change: int = 300

    def __post_init__(self) -> None:
        """Check every weight."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1_000_000_000:
                raise ModelError(f"objective.{field.name}", f"{value!r}: give a whole number from 0 to 1000000000")

    def delay_costs(self, *, ready_s: int, due_s: int, now_s: int) -> tuple[DelayCost, ...]:
        """Return the soft deadlines of a drop, in seconds after `now_s`. What has passed already is no plan's fault."""
        return tuple(
            DelayCost(after_s=max(0, after_s - now_s), per_s=per_s)
            for after_s, per_s in ((ready_s, self.ready_to_door_s), (due_s, self.late_s))
            if per_s > 0
        )

    def score(self, deliveries: Iterable[DeliveryFacts], couriers: Iterable[CourierFacts], *, changes: int) -> Terms:
        """Return the cost of what really happened, term by term."""
        left_out = late = ready_to_door = 0
        for fact in deliveries:
            if fact.door_s is None:
                left_out += self.left_out
                continue
            late += self.late_s * max(0, fact.door_s - fact.due_s)
            ready_to_door += self.ready_to_door_s * max(0, fact.door_s - fact.ready_s)
        courier_s = courier_m = overtime = 0
        for crew in couriers:
            courier_s += self.courier_s * crew.driving_s
            courier_m += self.courier_m * crew.distance_m
            overtime += self.overtime_s * crew.overtime_s
        return Terms(
            left_out=left_out,
            late=late,
            ready_to_door=ready_to_door,
            courier_s=courier_s,
            courier_m=courier_m,
            overtime=overtime,
            change=self.change * changes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFacts:
    """When a delivery was packed, due, and at the door (None: never)."""

    ready_s: int
    due_s: int
    door_s: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierFacts:
    """How much a courier drove, and how long it worked past its shift."""

    driving_s: int
    distance_m: int
    overtime_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The objective by term, in cost units."""

    left_out: int = 0
    late: int = 0
    ready_to_door: int = 0
    courier_s: int = 0
    courier_m: int = 0
    overtime: int = 0
    change: int = 0

    @property
    def total(self) -> int:
        """Sum of all terms."""
        return sum(getattr(self, field.name) for field in fields(self))
