"""The history: one event for everything that happened, in order.

An event about an order carries the order's version and its whole state, so a reader that gets it late, twice or out of
order keeps the highest version and is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """What happened."""

    ORDER_ALLOCATED = "order.allocated"
    ORDER_REFUSED = "order.refused"
    ORDER_CONFIRMED = "order.confirmed"
    ORDER_CANCELLED = "order.cancelled"
    ORDER_KEPT = "order.cancellation_too_late"
    ORDER_FAILED = "order.failed"
    ORDER_DELIVERED = "order.delivered"
    ORDER_PLANNED = "order.planned"
    SOURCE_CHOSEN = "order.source_chosen"
    PICK_TOLD = "pick.told"
    PICK_STARTED = "pick.started"
    PICK_FINISHED = "pick.finished"
    PICK_STOPPED = "pick.stopped"
    COURIER_ON_DUTY = "courier.on_duty"
    COURIER_OFF_DUTY = "courier.off_duty"
    VISIT_TOLD = "visit.told"
    VISIT_SET_OFF = "visit.set_off"
    VISIT_ARRIVED = "visit.arrived"
    VISIT_DONE = "visit.done"
    LOADED = "delivery.loaded"
    DROP_FAILED = "delivery.drop_failed"
    RETURN_ACCEPTED = "delivery.return_accepted"
    PLAN_MADE = "plan.made"
    REPORT_REFUSED = "report.refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. `number` counts up from 1 without gaps within an engine's history."""

    number: int
    at_s: int
    kind: EventKind
    zone: str | None = None
    order: str | None = None
    version: int | None = None
    courier: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the event as an object of JSON, without the fields that do not apply."""
        whole = {
            "number": self.number,
            "at_s": self.at_s,
            "kind": self.kind.value,
            "zone": self.zone,
            "order": self.order,
            "version": self.version,
            "courier": self.courier,
            "data": dict(self.data) or None,
        }
        return {key: value for key, value in whole.items() if value is not None}
