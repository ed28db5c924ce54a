"""The numbers behind the charts: counts over the day, and distributions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.report.activities import NAMES, Segment
from scenarios.report.rows import CourierRow, OrderRow, State

STATES = tuple(State)
MAX_BINS = 400
MAX_CURVE = 240
CLICK_BINS = 24

ENOUGH = 15
"""Deliveries in a step, on average, for its share on time to mean something."""

_NICE_S = (300, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400)
_NICE_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The run's time: Unix seconds, aligned to whole steps of the local clock."""

    from_s: int
    until_s: int
    offset_s: int

    def edges(self, step_s: int) -> range:
        """Return the begin of each step; steps grow until there are at most `MAX_BINS` of them."""
        for nice_s in (nice for nice in _NICE_S if nice >= step_s):
            step_s = nice_s
            if (self.until_s - self.from_s) / step_s <= MAX_BINS:
                break
        first = (self.from_s + self.offset_s) // step_s * step_s - self.offset_s
        last = max(-(-(self.until_s + self.offset_s) // step_s) * step_s - self.offset_s, first + step_s)
        return range(first, last, step_s)


def span_of(
    orders: Sequence[OrderRow], couriers: Sequence[CourierRow], hours: Iterable[int] = (), *, offset_s: int
) -> Span:
    """Return the time from the first to the last thing that happened, `hours` (the scenario's own) among them."""
    times = list(hours)
    times += [order.placed_s for order in orders]
    times += [time for order in orders for time in (order.door_s, order.ended_s) if time is not None]
    times += [time for courier in couriers for time in (courier.on_duty_s, courier.off_duty_s) if time is not None]
    return Span(from_s=min(times, default=0), until_s=max(times, default=0), offset_s=offset_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Orders by the step in which they were placed and how they ended, and how many were delivered in each step."""

    at_s: tuple[int, ...]
    step_s: int
    placed: Mapping[State, tuple[int, ...]]
    delivered: tuple[int, ...]


def flow_of(orders: Sequence[OrderRow], span: Span, *, step_s: int = 900) -> Flow:
    """Count orders placed and delivered per step."""
    edges = span.edges(step_s)
    placed = {state: [0] * len(edges) for state in STATES}
    delivered = [0] * len(edges)

    def step_of(at_s: int) -> int:
        # What happens in the very last second of a run that ends on a full step belongs to the step before.
        return min((at_s - edges.start) // edges.step, len(edges) - 1)

    for order in orders:
        placed[order.state][step_of(order.placed_s)] += 1
        if order.door_s is not None:
            delivered[step_of(order.door_s)] += 1
    return Flow(
        at_s=tuple(edges),
        step_s=edges.step,
        placed={state: tuple(counts) for state, counts in placed.items()},
        delivered=tuple(delivered),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Orders open at each step's begin; couriers by what they did, as the mean number of them during the step."""

    at_s: tuple[int, ...]
    step_s: int
    open_orders: tuple[int, ...]
    on_duty: tuple[float, ...]
    doing: tuple[tuple[float, ...], ...]


def load_of(
    orders: Sequence[OrderRow],
    couriers: Sequence[CourierRow],
    segments: Iterable[Sequence[Segment]],
    span: Span,
    *,
    step_s: int = 300,
) -> Load:
    """Return how full the day was. `segments` are those of each courier, see `segments_of`."""
    edges = span.edges(step_s if span.until_s - span.from_s <= 86_400 * 2 else 900)
    starts = np.fromiter(edges, dtype=np.int64)
    begins = np.sort(np.array([order.placed_s for order in orders], dtype=np.int64))
    overs = np.sort(np.array([order.ended_s or order.placed_s for order in orders], dtype=np.int64))
    open_orders = np.searchsorted(begins, starts, "right") - np.searchsorted(overs, starts, "right")
    duties = [(c.on_duty_s, c.off_duty_s) for c in couriers if c.on_duty_s is not None and c.off_duty_s is not None]
    by_kind: list[list[tuple[int, int]]] = [[] for _ in NAMES]
    for own in segments:
        for segment in own:
            by_kind[segment.kind].append((segment.from_s, segment.until_s))
    return Load(
        at_s=tuple(edges),
        step_s=edges.step,
        open_orders=tuple(int(count) for count in open_orders),
        on_duty=_mean_count(duties, edges),
        doing=tuple(_mean_count(pairs, edges) for pairs in by_kind),
    )


def _mean_count(pairs: Sequence[tuple[int, int]], edges: range) -> tuple[float, ...]:
    """Return for each step how many of the [from, until) pairs were on, on average."""
    if not pairs:
        return (0.0,) * len(edges)
    bounds = np.array(pairs, dtype=np.float64)
    marks = np.append(np.fromiter(edges, dtype=np.float64), edges[-1] + edges.step)
    # Seconds of all pairs before a mark t: sum of max(0, t - from) - max(0, t - until), by sorting and summing once.
    before = _seconds_before(bounds[:, 0], marks) - _seconds_before(bounds[:, 1], marks)
    return tuple(round(float(value), 3) for value in np.diff(before) / edges.step)


def _seconds_before(times: np.ndarray, marks: np.ndarray) -> np.ndarray:
    times = np.sort(times)
    sums = np.concatenate(([0.0], np.cumsum(times)))
    counts = np.searchsorted(times, marks, "right")
    return np.asarray(counts * marks - sums[counts])


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTime:
    """Delivered orders by the step in which they were placed, and how many of them were on time."""

    at_s: tuple[int, ...]
    step_s: int
    delivered: tuple[int, ...]
    on_time: tuple[int, ...]


def on_time_of(orders: Sequence[OrderRow], span: Span) -> OnTime:
    """Count deliveries, and those that kept their promise, per half hour; per hour where those would be few."""
    delivered = [order for order in orders if order.door_s is not None]
    few = len(delivered) * 1_800 < ENOUGH * (span.until_s - span.from_s)
    flow = flow_of(delivered, span, step_s=3_600 if few else 1_800)
    good, late = flow.placed[State.ON_TIME], flow.placed[State.LATE]
    return OnTime(
        at_s=flow.at_s,
        step_s=flow.step_s,
        delivered=tuple(a + b for a, b in zip(good, late, strict=True)),
        on_time=good,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Minutes from click to door of one service level. The last bin also holds what took longer."""

    level: str
    edges_min: tuple[int, ...]
    counts: tuple[int, ...]
    mean_min: float
    median_min: float
    p90_min: float
    longest_min: float


def click_to_door_of(orders: Sequence[OrderRow], levels: Sequence[str]) -> tuple[Histogram, ...]:
    """Return a histogram for each service level that delivered anything."""
    found = []
    for level in levels:
        minutes = np.array(
            [o.click_to_door_s / 60 for o in orders if o.service_level == level and o.click_to_door_s is not None]
        )
        if not len(minutes):
            continue
        top = float(np.percentile(minutes, 99)) + 1e-9
        step = next((nice for nice in _NICE_MIN if top / nice <= CLICK_BINS), math.ceil(top / CLICK_BINS))
        first = int(minutes.min() // step)
        count = int(top // step) + 1 - first
        counts = np.bincount(np.minimum(minutes // step - first, count - 1).astype(np.int64), minlength=count)
        found.append(
            Histogram(
                level=level,
                edges_min=tuple(range(first * step, (first + count + 1) * step, step)),
                counts=tuple(int(value) for value in counts),
                mean_min=round(float(minutes.mean()), 2),
                median_min=round(float(np.percentile(minutes, 50)), 2),
                p90_min=round(float(np.percentile(minutes, 90)), 2),
                longest_min=round(float(minutes.max()), 2),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Share of a service level's deliveries made at most so many minutes after the promise ended (negative: before)."""

    level: str
    minutes: tuple[float, ...]
    share: tuple[float, ...]


def lateness_of(orders: Sequence[OrderRow], levels: Sequence[str]) -> tuple[Curve, ...]:
    """Return the cumulative lateness of each service level that delivered anything, thinned to `MAX_CURVE` points.

    Where the curve crosses 0 minutes is the level's on-time share: that point is always one of them.
    """
    found = []
    for level in levels:
        minutes = np.sort(
            np.array(
                [
                    (order.door_s - order.promise_until_s) / 60
                    for order in orders
                    if order.service_level == level and order.door_s is not None and order.promise_until_s is not None
                ]
            )
        )
        if not len(minutes):
            continue
        ranks = np.unique(np.linspace(0, len(minutes) - 1, min(len(minutes), MAX_CURVE)).round().astype(np.int64))
        points = {(round(float(minutes[rank]), 2), (rank + 1) / len(minutes)) for rank in ranks}
        points.add((0.0, float(np.searchsorted(minutes, 0.0, "right")) / len(minutes)))
        ordered = sorted(points)
        found.append(
            Curve(
                level=level,
                minutes=tuple(minute for minute, _ in ordered),
                share=tuple(round(float(share), 4) for _, share in ordered),
            )
        )
    return tuple(found)
