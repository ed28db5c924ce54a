"""The object that the page's script draws from, against the rows it was made of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scenarios.report.figures import levels_of, zones_of
from scenarios.report.files import RunFiles, read_run
from scenarios.report.payload import payload_of
from scenarios.report.rows import State
from scenarios.report.series import span_of
from tests.browser.made_day import made_day
from tests.browser.made_run import write_day


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFiles:
    """Read a made day."""
    return read_run(write_day(tmp_path_factory.mktemp("made") / "run", made_day(orders=120, couriers=12)))


@pytest.fixture(scope="module")
def payload(run: RunFiles) -> dict[str, Any]:
    """Make its object."""
    span = span_of(run.orders, run.couriers, offset_s=7_200)
    return payload_of(run, span, levels=levels_of(run.orders), zones=zones_of(run.orders, run.couriers))


def test_orders_are_columns(run: RunFiles, payload: dict[str, Any]) -> None:
    """Every column has one entry an order; indices lead back to the names of the row."""
    orders = payload["orders"]
    columns = [column for name, column in orders.items() if name not in {"reasons", "placeless", "story"}]
    assert {len(column) for column in columns} == {len(run.orders)}
    for index, row in enumerate(run.orders):
        assert orders["id"][index] == row.order
        assert list(State)[orders["state"][index]] is row.state
        assert payload["levels"][orders["level"][index]] == row.service_level
        assert (payload["zones"][orders["zone"][index]] if orders["zone"][index] >= 0 else "") == row.zone
        names = [payload["couriers"]["id"][orders["courier"][index]]] if orders["courier"][index] >= 0 else [""]
        assert names == [row.courier]
        assert tuple(payload["stores"]["id"][store] for store in orders["stores"][index]) == row.stores
        assert orders["placed"][index] + payload["base_s"] == row.placed_s
        assert orders["door"][index] == (-1 if row.door_s is None else row.door_s - payload["base_s"])
        reason = orders["reason"][index]
        assert (orders["reasons"][reason][0] if reason >= 0 else "") == row.reason


def test_orders_in_trouble_have_a_story(run: RunFiles, payload: dict[str, Any]) -> None:
    """Every order that was not delivered on time tells how it was decided; the others do not need to."""
    wanted = {index for index, order in enumerate(run.orders) if order.state is not State.ON_TIME}
    assert set(payload["orders"]["story"]) == wanted
    assert wanted
    assert all("sources in reach" in story[0] for story in payload["orders"]["story"].values())


def test_couriers_have_their_stops_and_segments(run: RunFiles, payload: dict[str, Any]) -> None:
    """All stops are there, by courier; segments are whole and lead back to a stop."""
    assert len(payload["stops"]) == len(run.couriers)
    counts = Counter(stop.courier for stop in run.stops)
    for courier, stops in zip(run.couriers, payload["stops"], strict=True):
        assert len(stops["arrived"]) == counts[courier.courier]
        flat = stops["segments"]
        assert len(flat) % 4 == 0
        assert all(0 <= flat[index + 3] < len(stops["arrived"]) for index in range(0, len(flat), 4))
        driving = sum(flat[index + 2] - flat[index + 1] for index in range(0, len(flat), 4) if flat[index] == 0)
        assert driving == courier.driving_s
    failed = sum(len(stops["failed"]) for stops in payload["stops"])
    assert failed == sum(bool(stop.failed) for stop in run.stops) > 0


def test_the_ground(run: RunFiles, payload: dict[str, Any]) -> None:
    """The mall is one site of forty, and the areas, the river and its bridges are there, all in view."""
    assert [len(site["stores"]) for site in payload["sites"]] == [40, 1, 1, 1, 1, 1, 1]
    assert [site["warehouse"] for site in payload["sites"]].count(True) == 1
    assert len(payload["areas"]) == 7
    assert [len(river["bridges"]) for river in payload["rivers"]] == [4]
    west, south, east, north = payload["view"]
    assert all(west < site["place"][0] < east and south < site["place"][1] < north for site in payload["sites"])
    assert sum(payload["stores"]["orders"]) == sum(store.orders for store in run.stores)


def test_charts_count_every_order(run: RunFiles, payload: dict[str, Any]) -> None:
    """The bars of the first chart are all orders; its line all deliveries."""
    flow = payload["charts"]["flow"]
    assert sum(sum(counts) for counts in flow["placed"].values()) == len(run.orders)
    assert sum(flow["delivered"]) == sum(order.door_s is not None for order in run.orders)
    assert sum(sum(histogram["counts"]) for histogram in payload["charts"]["click_to_door"]) == sum(flow["delivered"])


def test_rows_that_name_what_is_not_there(tmp_path: Path) -> None:
    """A stop of an unknown order, an order of an unknown courier or store, and one without a place are all shown."""
    day = made_day(orders=20, couriers=4)
    run_dir = write_day(tmp_path / "run", day)
    stops = run_dir / "stops.csv"
    stops.write_text(
        stops.read_text(encoding="utf-8").replace(",drop,o0", ",juggle,x0").replace(",load,o0", ",load,x0"),
        encoding="utf-8",
    )
    stores = run_dir / "stores.csv"
    stores.write_text(stores.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    couriers = run_dir / "couriers.csv"
    couriers.write_text("\n".join(couriers.read_text(encoding="utf-8").splitlines()[:2]) + "\n", encoding="utf-8")
    orders = run_dir / "orders.csv"
    lines = orders.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[4] = cells[5] = ""
    orders.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    run = read_run(run_dir)
    span = span_of(run.orders, run.couriers, offset_s=0)
    payload = payload_of(run, span, levels=levels_of(run.orders), zones=())
    assert payload["orders"]["placeless"] == [0]
    assert all(stores == [] for stores in payload["orders"]["stores"])
    assert len(payload["stops"]) == 1
    assert set(payload["stops"][0]["order"]) <= {-1}
    assert set(payload["couriers"]["zone"]) == {-1}
