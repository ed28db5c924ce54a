"""The key figures, read from ``result.json``: the report has no second opinion on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from scenarios.page import units
from scenarios.page.markup import Card
from scenarios.report.rows import CourierRow, OrderRow


class Figures:
    """Numbers of ``result.json`` by their dotted keys; what is missing or null is None."""

    def __init__(self, result: Mapping[str, Any]) -> None:
        self._result = result

    def value(self, key: str) -> float | None:
        """Return the number at a key such as ``lateness_s.p90``."""
        found = self._at(key)
        return found if isinstance(found, int | float) and not isinstance(found, bool) else None

    def text(self, key: str) -> str:
        """Return the text at a key, empty if there is none."""
        found = self._at(key)
        return found if isinstance(found, str) else ""

    def under(self, key: str) -> Mapping[str, Any]:
        """Return the object at a key, empty if there is none."""
        found = self._at(key)
        return found if isinstance(found, Mapping) else {}

    def _at(self, key: str) -> Any:
        found: Any = self._result
        for part in key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return found


def cards_of(figures: Figures) -> tuple[Card, ...]:
    """Return the key figures in reading order."""
    return (*_order_cards(figures), *_courier_cards(figures))


def _order_cards(figures: Figures) -> tuple[Card, ...]:
    total = figures.value("orders.total")

    def of_orders(key: str) -> str:
        return f"{units.share(figures.value(key), total)} of orders"

    return (
        Card(
            "Orders",
            units.whole(total),
            f"{units.whole(figures.value('orders.allocated'))} promised",
            "All that were placed. Promised: a store took it and told a time.",
        ),
        Card(
            "Delivered",
            units.whole(figures.value("orders.delivered")),
            of_orders("orders.delivered"),
            "Handed over at the door, on time or late.",
        ),
        Card(
            "On time",
            units.percent(figures.value("on_time.share")),
            f"{units.percent(figures.value('on_time.share_of_delivered'))} of delivered",
            "Promises kept, of all promised and not cancelled: at the door before the window ends.",
            "on_time",
        ),
        Card(
            "Lateness p90",
            units.minutes(figures.value("lateness_s.p90")),
            f"p99 {units.minutes(figures.value('lateness_s.p99'))}",
            "Nine of ten deliveries came at most so long after their promise; on time counts as 0.",
            "late",
        ),
        Card(
            "Click to door",
            units.minutes(figures.value("click_to_door_s.mean")),
            f"mean; p90 {units.minutes(figures.value('click_to_door_s.p90'))}",
            "From placing the order to the courier at the door, all service levels together.",
        ),
        Card(
            "Refused",
            units.whole(figures.value("orders.refused")),
            of_orders("orders.refused"),
            "No store could promise it: out of reach, closed, sold out or too slow.",
            "refused",
        ),
        Card(
            "Failed",
            units.whole(figures.value("orders.failed")),
            of_orders("orders.failed"),
            "Taken, but never handed over.",
            "failed",
        ),
        Card(
            "Cancelled",
            units.whole(figures.value("orders.cancelled")),
            of_orders("orders.cancelled"),
            "Called off by the customer.",
            "cancelled",
        ),
    )


def _courier_cards(figures: Figures) -> tuple[Card, ...]:
    delivered = figures.value("orders.delivered")
    metres = figures.value("couriers.distance_m")
    came, couriers = figures.value("couriers.came"), figures.value("couriers.total")
    driving, each = figures.value("cost.total"), figures.value("cost.per_delivery")
    return (
        Card(
            "Courier use",
            units.percent(figures.value("couriers.use")),
            f"{units.whole(came)} of {units.whole(couriers)} couriers came",
            "Share of time on duty spent driving or handling goods; the rest is waiting and idle.",
        ),
        Card(
            "Deliveries per hour",
            units.decimal(figures.value("couriers.deliveries_per_hour")),
            f"{units.hours(figures.value('couriers.duty_s'))} on duty",
            "Deliveries of one courier in an hour on duty.",
        ),
        Card(
            "Distance driven",
            units.kilometres(metres),
            f"{units.kilometres(metres / delivered) if metres is not None and delivered else units.NONE} per delivery",
            "All couriers together, empty legs included.",
        ),
        Card(
            "Objective",
            units.whole(figures.value("objective.total")),
            f"driving {units.whole(driving)}, {units.whole(each)} per delivery",
            "What the day cost by the scenario's own weights, in cost units: less is better.",
        ),
    )


def levels_of(orders: Sequence[OrderRow]) -> tuple[str, ...]:
    """Return the service levels, the quickest promise first."""
    spans: dict[str, list[int]] = {}
    for order in orders:
        own = spans.setdefault(order.service_level, [])
        if order.promise_until_s is not None:
            own.append(order.promise_until_s - order.placed_s)
    return tuple(sorted(spans, key=lambda level: (median(spans[level]) if spans[level] else float("inf"), level)))


def zones_of(orders: Sequence[OrderRow], couriers: Sequence[CourierRow]) -> tuple[str, ...]:
    """Return the zones of orders and couriers by name."""
    return tuple(sorted(({order.zone for order in orders} | {courier.zone for courier in couriers}) - {""}))
