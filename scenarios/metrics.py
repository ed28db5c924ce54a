"""The figures of a run, from its tables: what `result.json` says about orders, couriers, cost and the objective."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dispatch.model import Outcome
from dispatch.objective import CourierFacts, DeliveryFacts, Objective
from scenarios.run_rows import CourierRow, OrderRow
from scenarios.statistics import mean, percentile

NO_ZONE = "-"
"""Stands for the zone of orders that no source took."""


def measure(
    orders: Sequence[OrderRow], couriers: Sequence[CourierRow], objective: Objective, *, levels: Iterable[str]
) -> dict[str, Any]:
    """Return the figures by key, as `docs/outputs.md` describes them; `levels` are the service levels to be listed."""
    delivered = [row for row in orders if row.outcome is Outcome.DELIVERED]
    unassigned = [row for row in orders if row.allocated and not row.courier and row.outcome is not Outcome.DELIVERED]
    refused = [row for row in orders if not row.allocated]
    by_reason = {outcome.value: _reasons(orders, outcome) for outcome in Outcome if outcome is not Outcome.DELIVERED}
    moves = sum(row.moves for row in orders)
    counts = {
        "total": len(orders),
        "allocated": sum(row.allocated for row in orders),
        "split": sum(row.sites > 1 for row in orders),
        "by_reason": by_reason,
    }
    return {
        "orders": counts | _outcomes(orders),
        "unallocated": {"total": len(refused), "by_reason": _count(row.reason for row in refused)},
        "unassigned": {"total": len(unassigned), "by_reason": _count(row.reason for row in unassigned)},
        **_service(orders),
        "service_levels": _groups(orders, lambda row: row.service_level, levels),
        "zones": _groups(orders, lambda row: row.zone or NO_ZONE, ()),
        "couriers": _couriers(couriers),
        "cost": _cost(couriers, delivered=len(delivered)),
        "objective": _objective(orders, couriers, objective, moves=moves),
        "churn": {
            "moves": moves,
            "moved_orders": sum(row.moves > 0 for row in orders),
            "moves_per_delivery": _ratio(moves, len(delivered)),
        },
    }


def _outcomes(orders: Sequence[OrderRow]) -> dict[str, int]:
    ends = Counter(row.outcome for row in orders)
    return {outcome.value: ends[outcome] for outcome in Outcome}


def _reasons(orders: Sequence[OrderRow], outcome: Outcome) -> dict[str, int]:
    return _count(row.reason for row in orders if row.outcome is outcome)


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _service(orders: Sequence[OrderRow]) -> dict[str, Any]:
    """Return how promises were kept and how long things took."""
    promised = [row for row in orders if row.owed]
    delivered = [row for row in orders if row.outcome is Outcome.DELIVERED]
    on_time = sum(row.on_time for row in delivered)
    late = [row.late_s for row in delivered if row.late_s is not None]
    click = [row.click_to_door_s for row in delivered if row.click_to_door_s is not None]
    ready = [row.ready_to_door_s for row in delivered if row.ready_to_door_s is not None]
    return {
        "on_time": {
            "count": on_time,
            "share": _ratio(on_time, len(promised)),
            "share_of_delivered": _ratio(on_time, len(delivered)),
        },
        "lateness_s": _spread(late) | {"max": max(late, default=None)},
        "click_to_door_s": _spread(click),
        "ready_to_door_s": _spread(ready),
    }


def _spread(values: Sequence[int]) -> dict[str, float | None]:
    return {
        "mean": mean(values),
        "p50": percentile(values, share=0.50),
        "p90": percentile(values, share=0.90),
        "p99": percentile(values, share=0.99),
    }


def _groups(
    orders: Sequence[OrderRow], key: Callable[[OrderRow], str], names: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Return the figures by group: those of `names`, also where they have no orders, and any others that occur."""
    groups: dict[str, list[OrderRow]] = {name: [] for name in names}
    for row in orders:
        groups.setdefault(key(row), []).append(row)
    return {
        name: {"orders": len(rows), "allocated": sum(row.allocated for row in rows)} | _outcomes(rows) | _service(rows)
        for name, rows in sorted(groups.items())
    }


def _couriers(rows: Sequence[CourierRow]) -> dict[str, Any]:
    sums: dict[str, Any] = {
        name: sum(getattr(row, name) for row in rows)
        for name in (
            "deliveries",
            "visits",
            "distance_m",
            "duty_s",
            "driving_s",
            "waiting_s",
            "service_s",
            "idle_s",
            "overtime_s",
        )
    }
    return sums | {
        "total": len(rows),
        "came": sum(row.on_duty_s is not None for row in rows),
        "use": _ratio(sums["driving_s"] + sums["service_s"], sums["duty_s"]),
        "deliveries_per_hour": _ratio(3_600 * sums["deliveries"], sums["duty_s"]),
    }


def _cost(rows: Sequence[CourierRow], *, delivered: int) -> dict[str, float | None]:
    total = sum(row.cost for row in rows)
    return {"total": total, "per_delivery": _ratio(total, delivered)}


def _objective(
    orders: Sequence[OrderRow], couriers: Sequence[CourierRow], objective: Objective, *, moves: int
) -> dict[str, int]:
    """Return the objective that was realised. What customers gave up themselves is nobody's fault and left out."""
    deliveries = [
        DeliveryFacts(ready_s=row.ready_s or 0, due_s=row.promise.until_s, door_s=row.door_s)
        for row in orders
        if row.promise is not None and row.owed
    ]
    crews = [
        CourierFacts(driving_s=row.driving_s, distance_m=row.distance_m, overtime_s=row.overtime_s) for row in couriers
    ]
    terms = objective.score(deliveries, crews, changes=moves)
    return asdict(terms) | {"total": terms.total}


def flatten(figures: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return nested figures as one level: ``on_time.share``."""
    flat: dict[str, Any] = {}
    for key, value in figures.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat
