"""What an order asks for, checked before any source is looked at."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dispatch.codes import OrderCode, PromiseRefusal
from dispatch.decision import Need
from dispatch.directory import Directory, nearest
from dispatch.model import Interval, Order


class Intake(NamedTuple):
    """What an order asks for.

    `want_s` is when picking shall begin, `units` how many there are to pick, `needs` the units by sku in the order of
    the lines (also as `skus` and, one a row, `quantities`). A `plain` order takes any store for every line.
    """

    promise: Interval
    want_s: int
    units: int
    needs: tuple[Need, ...]
    plain: bool
    skus: list[str]
    quantities: npt.NDArray[np.int64]


def unknown_ids(order: Order, directory: Directory) -> PromiseRefusal | None:
    """Return why an order cannot be read against the directory, or None if it can."""
    if order.service_level not in directory.levels:
        hint = nearest(order.service_level, directory.levels)
        return PromiseRefusal(OrderCode.UNKNOWN_SERVICE_LEVEL, {"service_level": order.service_level, "hint": hint})
    items = directory.items
    for line in order.lines:
        for sku in (line.sku, *line.substitutes) if line.substitutes else (line.sku,):
            if sku not in items:
                figures = {"line": line.id, "sku": sku, "hint": nearest(sku, items)}
                return PromiseRefusal(OrderCode.UNKNOWN_SKU, figures)
        if line.stores is not None:
            for store in sorted(line.stores):
                if store not in directory.stores:
                    figures = {"line": line.id, "store": store, "hint": nearest(store, directory.stores)}
                    return PromiseRefusal(OrderCode.UNKNOWN_STORE, figures)
    return None


def take_in(
    order: Order, directory: Directory, *, timezone: str, now_s: int, pick_lead_s: int
) -> Intake | PromiseRefusal:
    """Return what an order asks for, or why its service level makes no promise. Its ids are known ones."""
    promise = directory.levels[order.service_level].promise(order, timezone)
    if isinstance(promise, PromiseRefusal):
        return promise
    by_sku: dict[str, int] = {}
    plain = True
    for line in order.lines:
        by_sku[line.sku] = by_sku.get(line.sku, 0) + line.quantity
        if line.stores is not None:
            plain = False
    return Intake(
        promise,
        max(now_s, promise.from_s - pick_lead_s),
        sum(by_sku.values()),
        tuple([Need(sku, quantity) for sku, quantity in by_sku.items()]),
        plain,
        list(by_sku),
        np.array([list(by_sku.values())]).T,
    )
