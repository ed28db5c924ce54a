"""Reports of days on which little, nothing, everything wrong or very much happened, and of hostile names."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from dispatch.model import Outcome
from geo.point import Point
from scenarios.report.build import write_report
from tests.browser.any_page import EVIL, embedded
from tests.browser.canvas import drawn, in_sight
from tests.browser.conftest import Open, require
from tests.browser.made_day import Day, made_day
from tests.browser.made_run import write_day


def report_of(run_dir: Path, day: Day, **result: Any) -> Path:
    """Write a day and its report, with some of its result changed."""
    write_day(run_dir, day)
    path = run_dir / "result.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | result), encoding="utf-8")
    return write_report(run_dir)


def test_a_day_without_orders(tmp_path: Path, open_report: Open) -> None:
    """Couriers stand idle, stores wait: map and timelines are drawn, charts and lists say that there was nothing."""
    page = open_report(report_of(tmp_path, made_day(orders=0, couriers=6)))
    assert drawn(page, "#map", "sites") == 7
    assert drawn(page, "#map", "doors") == 0
    assert drawn(page, "#lines-canvas", "rows") == 6
    expect(page.locator("#chart-flow .empty")).to_have_text("No order was placed in this run.")
    expect(page.locator("#chart-click .empty")).to_have_text("Nothing was delivered in this run.")
    expect(page.locator("#order-table .empty")).to_have_text("No order was placed in this run.")
    assert page.locator("#chart-load .scatterlayer path.js-line").count() >= 1
    page.locator("#courier-after").click()
    expect(page.locator("#courier-detail .stops li")).to_have_count(0)


def test_a_day_without_couriers(tmp_path: Path, open_report: Open) -> None:
    """Every order that was taken fails for want of a courier, and the lists of couriers are empty."""
    page = open_report(report_of(tmp_path, made_day(orders=30, couriers=0)))
    assert drawn(page, "#map", "doors") == 30
    expect(page.locator("#lines-empty")).to_have_text("This run has no couriers.")
    expect(page.locator("#courier")).to_be_disabled()
    expect(page.locator("#courier-after")).to_be_disabled()
    expect(page.locator("#order-table tbody tr").first).to_contain_text("No courier could deliver it in time")
    expect(page.locator("#chart-on-time .empty")).to_be_visible()


def test_a_day_without_stores(tmp_path: Path, open_report: Open) -> None:
    """With no store every order is refused; doors and couriers are still on the map."""
    day = made_day(orders=40, couriers=4)
    refused = [
        replace(row, outcome=Outcome.REFUSED, reason="NO_STORE_IN_REACH", promise=None, stores=(), sites=0, zone="")
        for row in day.orders
    ]
    refused = [replace(row, door_s=None, delivered_s=None, ready_s=None, courier="") for row in refused]
    bare = replace(day, orders=refused, stores=[], stops=[], polygons={})
    page = open_report(report_of(tmp_path, bare))
    assert drawn(page, "#map", "sites") == 0
    assert drawn(page, "#map", "doors") == 40
    expect(page.locator("#store-table .empty")).to_have_text("This run has no stores.")
    expect(page.locator("#order-table .pager span")).to_have_text("1 to 25 of 40")
    expect(page.locator(".outcome-legend")).to_contain_text("40 refused (100.0 %)")
    expect(page.locator("#tables")).to_contain_text("no store took it")


def test_a_run_of_nothing(tmp_path: Path, open_report: Open) -> None:
    """Without hours, places and figures there is still a page, which says so."""
    bare = Day(name="nothing", rivers=[])
    page = open_report(report_of(tmp_path, bare, start="", end="", ended=""))
    expect(page.locator("#map-empty")).to_be_visible()
    expect(page.locator("#chart-load .empty")).to_have_text("Nothing happened in this run.")
    expect(page.locator("#play")).to_be_disabled()
    expect(page.locator(".when")).to_have_text("No hours")


def test_orders_without_a_place_and_a_run_over_midnight(tmp_path: Path, open_report: Open) -> None:
    """What could not be read is listed, with why, but not on the map; times of several days name the weekday."""
    day = made_day(orders=10, couriers=2)
    lost = replace(
        day.orders[0],
        order="orders.csv line 3",
        lat=None,
        lon=None,
        outcome=Outcome.REFUSED,
        reason="BAD_PLACE: lat = 'north'",
        service_level="",
        promise=None,
        door_s=None,
    )
    lasting = report_of(tmp_path, replace(day, orders=[lost, *day.orders[1:]]), end="2026-05-06T03:00:00+02:00")
    page = open_report(lasting)
    assert drawn(page, "#map", "doors") == 9
    page.fill("#order-find", "bad_place")
    row = page.locator("#order-table tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Its place is none on earth: lat = 'north'")
    row.locator("button").click()
    expect(page.locator("#order-detail code")).to_contain_text("doorstep explain 'orders.csv line 3' --run")
    page.locator("#moment").fill(str(30 * 3600))
    expect(page.locator("#moment-text")).to_have_text("Tue 15:00")
    expect(page.locator(".when")).to_contain_text("to Wednesday 6 May 03:00")


def evil_day() -> Day:
    """Return a day in which every name that comes from a file is markup."""
    day = made_day(orders=12, couriers=3, merchants=2)
    day.name = EVIL
    orders = [
        replace(
            row,
            order=f"{number}{EVIL}",
            service_level=EVIL,
            zone=EVIL if row.zone else "",
            stores=tuple(EVIL for _ in row.stores),
            courier=f"{row.courier}{EVIL}" if row.courier else "",
            reason=f"{EVIL}: {EVIL}" if row.reason or number < 3 else "",
            outcome=Outcome.FAILED if number < 3 else row.outcome,
        )
        for number, row in enumerate(day.orders)
    ]
    names = {old.order: new.order for old, new in zip(day.orders, orders, strict=True)}
    stops = [
        replace(stop, courier=f"{stop.courier}{EVIL}", order=names[stop.order], site=EVIL, failed=stop.failed and EVIL)
        for stop in day.stops
    ]
    couriers = [
        replace(row, courier=f"{row.courier}{EVIL}", zone=EVIL, profile=EVIL, off_reason=EVIL) for row in day.couriers
    ]
    stores = [replace(row, store=EVIL, site=EVIL, zone=EVIL, kind=EVIL) for row in day.stores]
    return replace(
        day, orders=orders, stops=stops, couriers=couriers, stores=stores, polygons={}, audit=(EVIL,), decided=False
    )


def test_hostile_names_are_text(tmp_path: Path, open_report: Open) -> None:
    """Markup in any name is shown as it stands: nothing of it runs, nothing becomes an element."""
    page = open_report(report_of(tmp_path, evil_day(), timezone=EVIL, seed=EVIL, versions={"doorstep": EVIL}))
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 5
    assert page.locator("h1").inner_text() == EVIL
    expect(page.locator(".warning")).to_contain_text(EVIL)
    expect(page.locator("#tables")).to_contain_text(EVIL)
    expect(page.locator("#order-table")).to_contain_text(EVIL)
    expect(page.locator("#store-table")).to_contain_text(EVIL)
    page.locator("#courier-after").click()
    expect(page.locator("#courier-detail")).to_contain_text(EVIL)
    page.locator("#order-table tbody button").first.click()
    expect(page.locator("#order-detail")).to_contain_text(EVIL)
    box = in_sight(page, "#map")
    for x in range(0, int(box["width"]), 40):
        for y in range(0, int(box["height"]), 60):
            page.mouse.move(box["x"] + x, box["y"] + y)
    legend = page.locator("#chart-lateness .legendtext").first.text_content()
    assert (legend or "").startswith("</script><script>window.hacked")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0


def test_a_place_at_the_edge_of_the_earth(tmp_path: Path, open_report: Open) -> None:
    """A city on the antimeridian is in one piece, and one slip far away does not shrink it."""
    day = made_day(orders=150, couriers=5)

    def moved(lon: float) -> float:
        return (lon - 14.29 + 180.0 + 540.0) % 360.0 - 180.0

    orders = [replace(row, lon=moved(row.lon or 0.0)) for row in day.orders]
    orders[0] = replace(orders[0], lat=-80.0, lon=0.0)
    stops = [replace(stop, point=Point(stop.point.lat, moved(stop.point.lon))) for stop in day.stops]
    couriers = [replace(row, start_lon=moved(row.start_lon)) for row in day.couriers]
    stores = [replace(row, lon=moved(row.lon)) for row in day.stores]
    rivers = [{"line": [[moved(lon), lat] for lon, lat in day.rivers[0]["line"]], "bridges": []}]
    whole = replace(day, orders=orders, stops=stops, couriers=couriers, stores=stores, rivers=rivers, polygons={})
    page = open_report(report_of(tmp_path, whole))
    west, south, east, north = embedded(page)["view"]
    assert 3_000 < east - west < 20_000
    assert 3_000 < north - south < 20_000
    assert drawn(page, "#map", "doors") == 150


def test_a_big_day(tmp_path: Path, open_report: Open) -> None:
    """10,000 orders and 300 couriers: a file of less than 15 MB, in which everything is there and answers."""
    path = report_of(tmp_path, made_day(orders=10_000, couriers=300))
    assert path.stat().st_size < 15_000_000
    page = open_report(path, width=1920)
    assert drawn(page, "#map", "doors") == 10_000
    assert drawn(page, "#map", "legs") > 10_000
    assert drawn(page, "#lines-canvas", "of") == 300
    assert drawn(page, "#lines-canvas", "rows") < 30
    page.fill("#order-find", "o09999")
    assert page.locator("#order-table tbody tr").count() <= 1
    page.fill("#order-find", "")
    assert page.locator("#order-table tbody tr").count() == 25
    page.select_option("#courier", "299")
    expect(page.locator("#courier-detail .stops li").first).to_be_visible()
    page.locator("#moment").fill("20000")
    expect(page.locator("#replay-legend")).to_be_visible()


def test_where_chromium_is_missing() -> None:
    """Without Chromium the tests are skipped with the line that installs it; where CI=true they fail."""
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        require(Path("/nowhere/chromium"), ci="")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        require(Path("/nowhere/chromium"), ci="true")
    require(Path(__file__), ci="true")
