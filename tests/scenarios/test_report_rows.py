"""Rows of a run's tables, read from text."""

from __future__ import annotations

import pytest

from scenarios.report.rows import CellError, State, courier_row, order_row, stop_row, store_row

ORDER = {
    "order": "o1",
    "zone": "north",
    "service_level": "two_hour",
    "placed": "2026-05-04T09:00:00+02:00",
    "lat": "48.3",
    "lon": "14.29",
    "lines": "2",
    "units": "5",
    "stores": "a+b",
    "promise_from": "2026-05-04T09:00:00+02:00",
    "promise_until": "2026-05-04T11:00:00+02:00",
    "ready": "2026-05-04T09:10:00+02:00",
    "door": "2026-05-04T09:40:00+02:00",
    "ended": "2026-05-04T09:42:00+02:00",
    "outcome": "delivered",
    "reason": "",
    "late_s": "0",
    "click_to_door_s": "2400",
    "courier": "c1",
    "distance_m": "1234",
    "attempts": "1",
    "moves": "2",
}
NINE_S = 1_777_878_000


def test_an_order_with_every_cell() -> None:
    """Every cell of a delivered order is read into its field, times as Unix seconds."""
    row = order_row(ORDER)
    assert (row.order, row.zone, row.service_level, row.stores) == ("o1", "north", "two_hour", ("a", "b"))
    assert (row.lat, row.lon, row.lines, row.units) == (48.3, 14.29, 2, 5)
    times = (row.placed_s, row.promise_from_s, row.promise_until_s, row.ready_s, row.door_s, row.ended_s)
    assert times == tuple(NINE_S + 60 * minutes for minutes in (0, 0, 120, 10, 40, 42))
    assert (row.late_s, row.click_to_door_s, row.courier, row.distance_m) == (0, 2400, "c1", 1234)
    assert (row.attempts, row.moves, row.reason, row.outcome) == (1, 2, "", "delivered")


def test_an_order_that_never_came_far() -> None:
    """What an order never came to is None, and the place of one that could not be read too."""
    row = order_row({"order": "x", "placed": ORDER["placed"], "outcome": "refused", "reason": "BAD_PLACE: lat = 99"})
    assert (row.lat, row.lon, row.promise_until_s, row.door_s, row.distance_m) == (None, None, None, None, None)
    assert (row.stores, row.lines, row.late_s, row.reason) == ((), 0, 0, "BAD_PLACE: lat = 99")


@pytest.mark.parametrize(
    ("outcome", "late_s", "state"),
    [
        ("delivered", "0", State.ON_TIME),
        ("delivered", "1", State.LATE),
        ("failed", "", State.FAILED),
        ("refused", "", State.REFUSED),
        ("cancelled", "", State.CANCELLED),
    ],
)
def test_states(outcome: str, late_s: str, state: State) -> None:
    """A delivered order is late from the first second after its promise."""
    assert order_row(ORDER | {"outcome": outcome, "late_s": late_s}).state is state


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("outcome", "lost", "outcome"),
        ("placed", "", "time such as"),
        ("placed", "2026-05-04", "time with an offset"),
        ("placed", "noon", "time such as"),
        ("lat", "north", "number"),
        ("lon", "nan", "finite number"),
        ("units", "inf", "finite number"),
    ],
)
def test_cells_that_cannot_be_read(column: str, value: str, said: str) -> None:
    """A wrong cell names its column, the value and what it should be."""
    with pytest.raises(CellError, match=f"column {column}: '{value}' is no .*{said}") as caught:
        order_row(ORDER | {column: value})
    assert caught.value.column == column


def test_a_stop() -> None:
    """A stop's cells are read; one of the rest of a visit has no leg."""
    cells = {
        "courier": "c1",
        "action": "drop",
        "order": "o1",
        "site": "",
        "lat": "1",
        "lon": "2",
        "eta": "",
        "set_off": "2026-05-04T09:00:00+02:00",
        "arrived": "2026-05-04T09:05:00+02:00",
        "started": "2026-05-04T09:06:00+02:00",
        "done": "2026-05-04T09:08:00+02:00",
        "travel_s": "300",
        "wait_s": "60",
        "failed": "customer absent",
    }
    row = stop_row(cells)
    assert (row.courier, row.action, row.order, row.site, row.failed) == ("c1", "drop", "o1", "", "customer absent")
    assert (row.set_off_s, row.arrived_s, row.started_s, row.done_s) == (
        NINE_S,
        NINE_S + 300,
        NINE_S + 360,
        NINE_S + 480,
    )
    assert (row.eta_s, row.travel_s, row.wait_s, row.lat, row.lon) == (None, 300, 60, 1.0, 2.0)
    assert stop_row(cells | {"set_off": "", "travel_s": ""}).travel_s == 0


def test_a_courier() -> None:
    """A courier who was ill has no time on duty."""
    cells = {"courier": "c1", "zone": "z", "profile": "bike", "start_lat": "1", "start_lon": "2", "use": "0.25"}
    row = courier_row(
        cells | {"deliveries": "3", "driving_s": "10", "waiting_s": "20", "service_s": "30", "idle_s": "40"}
    )
    assert (row.deliveries, row.driving_s, row.waiting_s, row.service_s, row.idle_s) == (3, 10, 20, 30, 40)
    assert (row.use, row.on_duty_s, row.off_duty_s, row.distance_m) == (0.25, None, None, 0)
    assert courier_row(cells | {"on_duty": ORDER["placed"], "use": ""}).on_duty_s == NINE_S


def test_a_store() -> None:
    """A store whose area is a polygon has no radius; one that picked nothing no mean."""
    cells = {"store": "s", "site": "p", "zone": "z", "kind": "warehouse", "lat": "1", "lon": "2"}
    row = store_row(cells | {"radius_m": "6000.0", "orders": "4", "units": "9", "refused_out_of_stock": "1"})
    assert (row.radius_m, row.orders, row.units, row.refused_out_of_stock) == (6000, 4, 9, 1)
    assert (store_row(cells).radius_m, row.pick_mean_s) == (None, None)
    assert store_row(cells | {"pick_mean_s": "12.5"}).pick_mean_s == 12.5
