"""The figures of a run, and of a comparison, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from scenarios.compare import Comparison
from scenarios.statistics import Estimate
from solver.words import told_count

HEADLINES = (
    ("on_time.share", "on time"),
    ("on_time.share_of_delivered", "on time, of delivered"),
    ("orders.delivered", "delivered"),
    ("orders.refused", "refused"),
    ("orders.failed", "failed"),
    ("orders.cancelled", "cancelled"),
    ("lateness_s.p90", "lateness p90, s"),
    ("lateness_s.p99", "lateness p99, s"),
    ("click_to_door_s.mean", "click to door, s"),
    ("ready_to_door_s.mean", "ready to door, s"),
    ("couriers.use", "courier use"),
    ("couriers.distance_m", "driven, m"),
    ("cost.per_delivery", "cost a delivery"),
    ("churn.moves_per_delivery", "moves a delivery"),
    ("objective.total", "objective"),
)
"""What a comparison shows on the terminal; its files have everything."""


def day_table(figures: Mapping[str, Any]) -> Table:
    """Return the figures of one run: a line a service level, and one for all."""
    table = _table(f"{figures['name']}, seed {figures['seed']} (times in minutes)")
    for column in ("orders", "delivered", "refused", "failed", "cancelled", "on time", "late p90", "to door"):
        table.add_column(column, justify="right", no_wrap=True)
    for name, level in figures["service_levels"].items():
        if level["orders"]:
            table.add_row(name, *_service(level, level["orders"]))
    table.add_row("all", *_service(figures | figures["orders"], figures["orders"]["total"]), style="bold")
    return table


def day_lines(figures: Mapping[str, Any]) -> list[str]:
    """Return what else there is to say about a run in few words."""
    couriers, audit = figures["couriers"], figures["audit"]
    lines = [
        f"couriers: {couriers['came']:,} of {couriers['total']:,} came, use {_share(couriers['use'])}, "
        f"{couriers['distance_m'] / 1000:,.0f} km, cost {_number(figures['cost']['per_delivery'])} a delivery",
    ]
    lines += [
        f"{what}: " + ", ".join(f"{code} {count:,}" for code, count in _largest(figures["orders"]["by_reason"][what]))
        for what in ("refused", "failed")
        if figures["orders"][what]
    ]
    lines.append(
        f"checked: {told_count(audit['plans_checked'], 'plan')}, {told_count(audit['checks'], 'fact')} of the run, "
        f"{told_count(audit['faults'], 'fault')}"
    )
    return lines


def comparison_table(comparison: Comparison) -> Table:
    """Return the headlines of a comparison: means, and paired differences with their 95 % intervals."""
    first, *others = comparison.variants
    table = _table(f"{told_count(len(comparison.seeds), 'day')}, 95 % intervals")
    table.add_column(first.name, justify="right")
    for variant in others:
        table.add_column(f"{variant.name} less {first.name}", justify="right")
    lines = {line.metric: line for line in comparison.lines}
    for metric, title in HEADLINES:
        line = lines.get(metric)
        if line is None or line.means[first.name].mean is None:
            continue
        share = metric.startswith("on_time.share") or metric == "couriers.use"
        cells = [_interval(line.means[first.name], share=share)]
        for variant in others:
            difference = line.differences[variant.name]
            cells.append(_interval(difference, share=share, sign=True) + (" *" if difference.decided else "  "))
        table.add_row(title, *cells)
    return table


def _table(title: str) -> Table:
    """Return a table whose columns fit on a terminal of 80."""
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", no_wrap=True)
    return table


def _service(level: Mapping[str, Any], orders: int) -> tuple[str, ...]:
    return (
        f"{orders:,}",
        f"{level['delivered']:,}",
        f"{level['refused']:,}",
        f"{level['failed']:,}",
        f"{level['cancelled']:,}",
        _share(level["on_time"]["share"]),
        _minutes(level["lateness_s"]["p90"]),
        _minutes(level["click_to_door_s"]["mean"]),
    )


def _largest(reasons: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:4]


def _share(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


def _minutes(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds / 60:.1f}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"


def _interval(found: Estimate, *, share: bool, sign: bool = False) -> str:
    if found.mean is None:
        return "-"
    scale, digits = (100.0, 2) if share else (1.0, 0 if abs(found.mean) >= 1_000 else 2)
    unit = (" pt" if sign else " %") if share else ""
    plus = "+" if sign else ""
    text = f"{scale * found.mean:{plus},.{digits}f}"
    if found.half_width is not None:
        text += f" ± {scale * found.half_width:,.{digits}f}"
    return text + unit
