"""The numbers behind the charts, against counting by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.report.activities import DRIVE, DROP, Segment
from scenarios.report.rows import CourierRow, OrderRow, State
from scenarios.report.series import (
    MAX_BINS,
    MAX_CURVE,
    Span,
    click_to_door_of,
    flow_of,
    lateness_of,
    load_of,
    on_time_of,
    span_of,
)

HOUR = 3_600


def order(placed_s: int, door_s: int | None = None, *, late_s: int = 0, **changes: Any) -> OrderRow:
    """Return an order, delivered if it has a time at the door, else refused at once."""
    whole: dict[str, Any] = {
        "order": f"o{placed_s}",
        "zone": "z",
        "service_level": "quick",
        "placed_s": placed_s,
        "lat": 0.0,
        "lon": 0.0,
        "lines": 1,
        "units": 1,
        "stores": (),
        "promise_from_s": placed_s,
        "promise_until_s": None if door_s is None else door_s - late_s,
        "ready_s": None,
        "door_s": door_s,
        "ended_s": placed_s if door_s is None else door_s + 60,
        "outcome": "refused" if door_s is None else "delivered",
        "reason": "",
        "late_s": late_s,
        "click_to_door_s": None if door_s is None else door_s - placed_s,
        "courier": "",
        "distance_m": None,
        "attempts": 0,
        "moves": 0,
    }
    return OrderRow(**whole | changes)


def courier(on_duty_s: int | None, off_duty_s: int | None) -> CourierRow:
    """Return a courier with a time on duty."""
    return CourierRow(
        courier="c",
        zone="z",
        profile="bike",
        on_duty_s=on_duty_s,
        off_duty_s=off_duty_s,
        start_lat=0.0,
        start_lon=0.0,
        deliveries=0,
        distance_m=0,
        driving_s=0,
        waiting_s=0,
        service_s=0,
        idle_s=0,
        use=0.0,
    )


def test_the_span_holds_everything() -> None:
    """The span goes from the first to the last thing that happened, the scenario's hours among them."""
    span = span_of([order(100, 900)], [courier(50, 800), courier(None, None)], offset_s=HOUR)
    assert (span.from_s, span.until_s, span.offset_s) == (50, 960, HOUR)
    assert span_of([], [], [10, 2_000], offset_s=0) == Span(from_s=10, until_s=2_000, offset_s=0)
    assert span_of([], [], offset_s=0) == Span(from_s=0, until_s=0, offset_s=0)


def test_steps_begin_on_the_local_clock() -> None:
    """In a zone half an hour off, hours begin at the zone's full hours."""
    assert list(Span(from_s=0, until_s=2 * HOUR, offset_s=1_800).edges(HOUR)) == [-1_800, 1_800, 5_400]
    assert list(Span(from_s=0, until_s=0, offset_s=0).edges(900)) == [0]
    assert list(Span(from_s=10, until_s=901, offset_s=0).edges(300)) == [0, 300, 600, 900]


def test_steps_grow_with_the_run() -> None:
    """A month in quarter hours would be thousands of bars; steps grow instead."""
    edges = Span(from_s=0, until_s=30 * 86_400, offset_s=0).edges(900)
    assert (len(edges), edges.step) == (360, 7_200)
    assert len(Span(from_s=0, until_s=3_000 * 86_400, offset_s=0).edges(900)) > MAX_BINS


def test_orders_by_the_time_they_were_placed() -> None:
    """Each order is counted once, in its step and under its outcome; deliveries in the step of the door."""
    orders = [order(0, 950), order(899, 950, late_s=30), order(900), order(901, 1_800)]
    flow = flow_of(orders, Span(from_s=0, until_s=1_860, offset_s=0))
    assert flow.at_s == (0, 900, 1_800)
    assert flow.placed[State.ON_TIME] == (1, 1, 0)
    assert flow.placed[State.LATE] == (1, 0, 0)
    assert flow.placed[State.REFUSED] == (0, 1, 0)
    assert flow.delivered == (0, 2, 1)


def test_what_happens_at_the_very_end_is_counted() -> None:
    """An order placed, and one delivered, in the last second of a run that ends on a full step have a bar."""
    flow = flow_of([order(1_800), order(0, 1_800, ended_s=1_800)], Span(from_s=0, until_s=1_800, offset_s=0))
    assert sum(sum(counts) for counts in flow.placed.values()) == 2
    assert sum(flow.delivered) == 1


def test_open_orders_and_couriers() -> None:
    """Open orders are counted at the begin of a step, couriers by their mean over it."""
    span = Span(from_s=0, until_s=900, offset_s=0)
    segments = [[Segment(DRIVE, 0, 150, 0), Segment(DROP, 150, 600, 0)], [Segment(DRIVE, 300, 600, 1)]]
    load = load_of([order(10, 500), order(200, 800), order(250)], [courier(0, 900), courier(300, 450)], segments, span)
    assert load.at_s == (0, 300, 600)
    assert load.open_orders == (0, 2, 1)
    assert load.on_duty == (1.0, 1.5, 1.0)
    assert load.doing[DRIVE] == (0.5, 1.0, 0.0)
    assert load.doing[DROP] == (0.5, 1.0, 0.0)
    assert load_of([], [courier(None, None)], [], span).on_duty == (0.0, 0.0, 0.0)


def test_an_order_without_an_end_is_over_at_once() -> None:
    """An order of which nothing is known but its placing is never open."""
    load = load_of([order(0, ended_s=None)], [], [], Span(from_s=0, until_s=2 * 86_400 + 1, offset_s=0))
    assert (load.step_s, sum(load.open_orders)) == (900, 0)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 1_500)), max_size=12))
def test_mean_counts_add_up(pairs: list[tuple[int, int]]) -> None:
    """Mean couriers times the step, over all steps, are the seconds of all of them."""
    span = Span(from_s=0, until_s=4_500, offset_s=0)
    load = load_of([], [courier(begin, begin + long) for begin, long in pairs], [], span)
    assert sum(load.on_duty) * load.step_s == pytest.approx(sum(long for _, long in pairs), abs=1.0 * len(load.at_s))


def test_on_time_per_half_hour_or_hour() -> None:
    """Half hours where there are many deliveries, hours where there are few; refused orders do not count."""
    span = Span(from_s=0, until_s=2 * HOUR, offset_s=0)
    few = on_time_of([order(0, 60), order(2_000, 2_100, late_s=5), order(4_000)], span)
    assert (few.step_s, few.delivered, few.on_time) == (HOUR, (2, 0), (1, 0))
    many = on_time_of([order(second, second + 60, late_s=second % 2) for second in range(0, 7_000, 70)], span)
    assert many.step_s == 1_800
    assert sum(many.delivered) == 100
    assert sum(many.on_time) == 100


def test_click_to_door_has_every_delivery_once() -> None:
    """All deliveries of a level are in its bars, the slowest in the last; a level without any has no histogram."""
    orders = [order(0, 60 * minute) for minute in range(10, 110)]
    orders += [order(0, 60 * 900), order(0, service_level="never")]
    (histogram,) = click_to_door_of(orders, ("quick", "never"))
    assert (histogram.level, sum(histogram.counts)) == ("quick", 101)
    assert histogram.edges_min[:3] == (10, 15, 20)
    assert len(histogram.edges_min) == len(histogram.counts) + 1
    assert histogram.counts[:2] == (5, 5)
    assert (histogram.median_min, histogram.p90_min, histogram.longest_min) == (60.0, 100.0, 900.0)


def test_click_to_door_of_days() -> None:
    """Orders that take weeks still fit some twenty bars."""
    (histogram,) = click_to_door_of([order(0, 3_600 * hour) for hour in range(1, 2_000)], ("quick",))
    assert len(histogram.counts) <= 26
    assert sum(histogram.counts) == 1_999


def test_lateness_crosses_zero_at_the_share_on_time() -> None:
    """The curve says at 0 minutes what share was on time, whatever the points beside it."""
    orders = [order(0, 6_000 + 60 * minute, promise_until_s=6_000) for minute in (-30, -10, 0, 5)]
    (curve,) = lateness_of(orders, ("quick", "never"))
    assert dict(zip(curve.minutes, curve.share, strict=True)) == {-30.0: 0.25, -10.0: 0.5, 0.0: 0.75, 5.0: 1.0}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(-9_000, 9_000), min_size=1, max_size=600))
def test_lateness_never_falls(late: list[int]) -> None:
    """However thinned, a cumulative curve rises to 1, and is right at 0."""
    orders = [order(0, 20_000 + seconds, promise_until_s=20_000) for seconds in late]
    (curve,) = lateness_of(orders, ("quick",))
    assert len(curve.minutes) <= MAX_CURVE + 1
    assert list(curve.minutes) == sorted(curve.minutes)
    assert list(curve.share) == sorted(curve.share)
    assert curve.share[-1] == 1.0
    at_zero = max(share for minute, share in zip(curve.minutes, curve.share, strict=True) if minute == 0.0)
    assert at_zero == pytest.approx(sum(seconds <= 0 for seconds in late) / len(late), abs=0.006)
