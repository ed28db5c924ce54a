"""The figures by service level and zone, the reasons, and the objective's terms, as tables of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenarios.page import units
from scenarios.report.figures import Figures
from scenarios.report.reasons import code_of, sentence_of

NO_ZONE = "-"

TERMS: tuple[tuple[str, str, str], ...] = (
    ("left_out", "Not delivered", "promised orders that failed"),
    ("late", "Late", "seconds after the promise"),
    ("ready_to_door", "Ready to door", "seconds between packed and the door"),
    ("courier_s", "Driving time", "seconds couriers drove"),
    ("courier_m", "Driving distance", "metres couriers drove"),
    ("overtime", "Overtime", "seconds worked after the shift"),
    ("change", "Plan changes", "deliveries moved to another courier"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text. `head` are (label, hint); the first column names the row; `numeric` ones stand to the right."""

    caption: str
    head: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


_GROUP_HEAD = (
    ("Orders", "All placed"),
    ("Delivered", "Handed over"),
    ("On time", "Share of promised orders, cancelled ones apart, that were at the door before the window ended"),
    ("Late p50", "Half of the deliveries were at most so late; on time counts as 0"),
    ("Late p90", "Nine of ten deliveries were at most so late"),
    ("Late p99", "99 of 100 deliveries were at most so late"),
    ("Click to door", "Mean time from placing to the door"),
    ("p90", "Nine of ten deliveries were at the door within"),
    ("Refused", "No store could promise it"),
    ("Failed", "Taken, but never handed over"),
    ("Cancelled", "Called off by the customer"),
)


def group_table(figures: Figures, key: str, names: Sequence[str], *, caption: str, column: str) -> Table:
    """Return the figures of ``service_levels`` or ``zones``, in the order of `names`, then what `names` lacks."""
    groups = figures.under(key)
    listed = [name for name in names if name in groups]
    listed += [name for name in groups if name not in listed]
    rows = []
    for name in listed:
        own = Figures(groups[name] if isinstance(groups[name], Mapping) else {})
        rows.append(
            (
                "no store took it" if name == NO_ZONE else name,
                units.whole(own.value("orders")),
                units.whole(own.value("delivered")),
                units.percent(own.value("on_time.share")),
                *(units.minutes(own.value(f"lateness_s.{rank}")) for rank in ("p50", "p90", "p99")),
                *(units.minutes(own.value(f"click_to_door_s.{rank}")) for rank in ("mean", "p90")),
                *(units.whole(own.value(outcome)) for outcome in ("refused", "failed", "cancelled")),
            )
        )
    head = ((column, ""), *_GROUP_HEAD)
    return Table(caption, head, tuple(rows), (False,) + (True,) * len(_GROUP_HEAD))


def reason_table(figures: Figures) -> Table:
    """Return how many orders ended without a delivery, by outcome and reason, the most frequent first."""
    rows: list[tuple[str, ...]] = []
    total = figures.value("orders.total")
    for outcome in ("refused", "failed", "cancelled"):
        counts: Counter[str] = Counter()
        for reason, count in figures.under(f"orders.by_reason.{outcome}").items():
            counts[code_of(reason)] += count
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            rows.append((outcome.capitalize(), sentence_of(code), code, units.whole(count), units.share(count, total)))
    head = (("Outcome", ""), ("Why", ""), ("Code", "As in orders.csv"), ("Orders", ""), ("Share", "Of all orders"))
    return Table("Orders that were not delivered, by reason", head, tuple(rows), (False, False, False, True, True))


def objective_table(figures: Figures) -> Table:
    """Return the objective term by term."""
    total = figures.value("objective.total")
    rows = tuple(
        (
            label,
            what,
            units.whole(figures.value(f"objective.{key}")),
            units.share(figures.value(f"objective.{key}"), total),
        )
        for key, label, what in TERMS
    )
    head = (("Term", ""), ("Counts", ""), ("Cost units", "Times the scenario's weight"), ("Share", "Of the objective"))
    return Table("What the day cost, by term of the objective", head, rows, (False, False, True, True))
