"""Writes events: numbers them, and gives each its order's version and whole state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatch.events import Event, EventKind
from dispatch.state import CourierRecord, OrderRecord


class History:
    """Hands every event to `sink`, numbered from 1."""

    def __init__(self, sink: Callable[[Event], None]) -> None:
        self._sink = sink
        self.number = 0

    def order(self, kind: EventKind, order: OrderRecord, *, at_s: int, courier: str | None = None, **data: Any) -> None:
        """Write an event that changed an order."""
        order.version += 1
        zone = None if order.allocation is None else order.allocation.delivery.zone
        data["order"] = order.snapshot()
        self._write(kind, at_s=at_s, zone=zone, order=order.id, version=order.version, courier=courier, data=data)

    def courier(self, kind: EventKind, courier: CourierRecord, *, at_s: int, **data: Any) -> None:
        """Write an event of a courier."""
        self._write(kind, at_s=at_s, zone=courier.courier.zone, courier=courier.id, data=data)

    def zone(self, kind: EventKind, zone: str, *, at_s: int, **data: Any) -> None:
        """Write an event of a zone."""
        self._write(kind, at_s=at_s, zone=zone, data=data)

    def refused(self, report: str, *, at_s: int, why: str) -> None:
        """Write that a report could not be true."""
        self._write(EventKind.REPORT_REFUSED, at_s=at_s, data={"report": report, "why": why})

    def _write(self, kind: EventKind, **fields: Any) -> None:
        self.number += 1
        self._sink(Event(number=self.number, kind=kind, **fields))
