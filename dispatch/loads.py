"""What goods weigh and fill, and what a courier may still take."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch.directory import Directory
from dispatch.model import Load
from dispatch.state import GOODS_ENDED, CourierRecord, FulfilmentRecord, Option, OrderRecord, State


def load_of(directory: Directory, order: OrderRecord | Option, records: Sequence[FulfilmentRecord]) -> Load:
    """Return what some of an order's fulfilments weigh and fill; the order counts as one delivery, with its first
    one."""
    first = next(iter(order.fulfilments))
    weight_g = volume_ml = 0
    for record in records:
        for part in record.fulfilment.parts:
            item = directory.items[part.sku]
            weight_g += item.weight_g * part.quantity
            volume_ml += item.volume_ml * part.quantity
    return weight_g, volume_ml, int(any(record.fulfilment.id == first for record in records))


def has_room(directory: Directory, state: State, courier: CourierRecord, more: Sequence[Load]) -> bool:
    """Return whether a courier can take `more` even if every drop it was told fails."""
    loads = list(more)
    for order in state.active.values():
        if order.bound == courier.id:
            his = [r for r in order.fulfilments.values() if r.courier == courier.id and r.status not in GOODS_ENDED]
            loads.append(load_of(directory, order, his))
    return all(
        sum(parts) <= room for parts, room in zip(zip(*loads, strict=True), courier.courier.capacity, strict=True)
    )
