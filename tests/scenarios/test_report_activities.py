"""What couriers did when, from their stops."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.report.activities import DRIVE, DROP, LOAD, RETURN, WAIT, segments_of, stops_by_courier
from scenarios.report.rows import StopRow


def stop(action: str, arrived: int, started: int, done: int, **changes: Any) -> StopRow:
    """Return a stop without a leg."""
    whole: dict[str, Any] = {
        "courier": "c1",
        "action": action,
        "order": "o1",
        "site": "",
        "lat": 0.0,
        "lon": 0.0,
        "eta_s": None,
        "set_off_s": arrived,
        "arrived_s": arrived,
        "started_s": started,
        "done_s": done,
        "travel_s": 0,
        "wait_s": 0,
        "failed": "",
    }
    return StopRow(**whole | changes)


def test_a_trip() -> None:
    """Drive, set up, wait for the goods, load twice, drive, drop: one after the other."""
    stops = [
        stop("load", 100, 180, 200, set_off_s=40, travel_s=60, wait_s=50),
        stop("load", 100, 200, 230),
        stop("drop", 300, 300, 340, set_off_s=230, travel_s=70),
        stop("return", 400, 410, 420, set_off_s=350, travel_s=50, wait_s=10),
    ]
    assert [tuple(segment) for segment in segments_of(stops, range(4))] == [
        (DRIVE, 40, 100, 0),
        (LOAD, 100, 130, 0),
        (WAIT, 130, 180, 0),
        (LOAD, 180, 200, 0),
        (LOAD, 200, 230, 1),
        (DRIVE, 230, 300, 2),
        (DROP, 300, 340, 2),
        (DRIVE, 350, 400, 3),
        (WAIT, 400, 410, 3),
        (RETURN, 410, 420, 3),
    ]


def test_a_leg_without_its_start() -> None:
    """Where no time of setting off stands, the leg begins its travel time before the arrival."""
    assert segments_of([stop("drop", 100, 100, 110, set_off_s=None, travel_s=30)], [0])[0] == (DRIVE, 70, 100, 0)


def test_stops_by_courier_in_the_order_of_time() -> None:
    """Rows are told apart by courier and sorted by when they began."""
    stops = [
        stop("load", 50, 50, 60),
        stop("load", 10, 10, 20, courier="c2"),
        stop("drop", 20, 20, 30),
    ]
    assert stops_by_courier(stops) == {"c1": (2, 0), "c2": (1,)}


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["load", "drop", "return", "odd"]),
            *(st.integers(0, 500) for _ in range(5)),
        ),
        max_size=8,
    )
)
def test_nobody_does_two_things_at_once(raw: list[tuple[str, int, int, int, int, int]]) -> None:
    """Whatever the rows say, segments never overlap, never run backwards and never leave the rows' time."""
    stops = [
        stop(action, arrived, arrived + wait, arrived + wait + long, set_off_s=set_off, travel_s=travel, wait_s=wait)
        for action, set_off, arrived, wait, long, travel in raw
    ]
    rows = stops_by_courier(stops).get("c1", ())
    found = segments_of(stops, rows)
    assert all(segment.from_s < segment.until_s for segment in found)
    assert all(one.until_s <= other.from_s for one, other in pairwise(found))
    assert all(segment.kind in (DRIVE, WAIT, LOAD, DROP, RETURN) for segment in found)
