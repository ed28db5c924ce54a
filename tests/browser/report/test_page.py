"""The report of a made day in a browser: timelines, charts and lists are drawn, and answer; the page as a whole."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from scenarios.report.files import RunFiles
from scenarios.report.rows import State
from tests.browser.any_page import embedded, nameless, tip
from tests.browser.canvas import chip, drawn, in_sight, picture, settle, turn_wheel, wait_until


def test_the_timelines_are_drawn(page: Page, run: RunFiles) -> None:
    """The rows in sight have their segments and marks; the rest comes when one scrolls."""
    assert drawn(page, "#lines-canvas", "of") == 40
    assert 15 < drawn(page, "#lines-canvas", "rows") < 30
    assert drawn(page, "#lines-canvas", "segments") > 100
    assert picture(page, "#lines-canvas")["colours"] > 20
    page.fill("#line-find", "van")
    vans = [courier.courier for courier in run.couriers if courier.profile == "van"]
    assert drawn(page, "#lines-canvas", "of") == len(vans) > 0
    rows = [stop for stop in run.stops if stop.courier in vans and stop.action == "drop"]
    late = {order.order for order in run.orders if order.state is State.LATE}
    marks = sum(bool(stop.failed) or stop.order in late for stop in rows)
    assert drawn(page, "#lines-canvas", "marks") == marks > 0
    page.fill("#line-find", "no such courier")
    expect(page.locator("#lines-empty")).to_have_text("No courier matches.")
    page.fill("#line-find", "")
    before = picture(page, "#lines-canvas")
    page.locator("#lines").evaluate("(box) => { box.scrollTop = 300; }")
    assert picture(page, "#lines-canvas") != before
    page.locator("#lines").evaluate("(box) => { box.scrollTop = 0; }")


def test_timelines_are_picked_sorted_and_zoomed(page: Page, run: RunFiles) -> None:
    """A zone leaves its couriers, sorting brings others up, Ctrl + wheel zooms in time, a button goes back."""
    zone = embedded(page)["zones"].index("south")
    page.select_option("#line-zone", str(zone))
    assert drawn(page, "#lines-canvas", "of") == sum(courier.zone == "south" for courier in run.couriers)
    page.select_option("#line-zone", "-1")
    start = picture(page, "#lines-canvas")
    for sort in ("late", "deliveries", "use", "idle", "id"):
        page.select_option("#line-sort", sort)
        assert picture(page, "#lines-canvas") != start
    page.select_option("#line-sort", "on")
    box = in_sight(page, "#lines-canvas")
    page.mouse.move(box["x"] + 600, box["y"] + 100)
    turn_wheel(page, -600)
    zoomed = picture(page, "#lines-canvas")
    assert zoomed != start
    page.mouse.down()
    page.mouse.move(box["x"] + 480, box["y"] + 100, steps=4)
    page.mouse.up()
    assert picture(page, "#lines-canvas") != zoomed
    page.locator("#line-fit").click()
    page.mouse.move(0, 0)
    assert drawn(page, "#lines-canvas", "of") == 40


def test_a_timeline_tells_and_selects(page: Page, run: RunFiles) -> None:
    """Hovering over a drop says when, whose and what was promised; a click selects courier and order."""
    page.select_option("#line-sort", "deliveries")
    box = in_sight(page, "#lines-canvas")
    y = box["y"] + 26 + 12
    text = ""
    for x in range(180, int(box["width"]), 2):
        page.mouse.move(box["x"] + x, y)
        text = tip(page)
        if text.startswith("Handing over"):
            page.mouse.click(box["x"] + x, y)
            break
    busiest = max(run.couriers, key=lambda courier: courier.deliveries)
    assert busiest.courier in text
    assert "promised until" in text
    order = re.search(r"o\d{5}", text)
    assert order
    expect(page.locator("#order-detail")).to_contain_text(order[0])
    expect(page.locator("#courier-detail h3")).to_have_text(busiest.courier)
    page.select_option("#line-sort", "on")


def test_the_charts_are_drawn(page: Page) -> None:
    """Every chart has its bars and lines, of real size."""
    bars = page.locator("#chart-flow .bars .point path")
    assert bars.count() > 60
    assert page.locator("#chart-flow .scatterlayer path.js-line").count() == 1
    assert page.locator("#chart-load .scatterlayer path.js-fill, #chart-load .fills path").count() >= 4
    assert page.locator("#chart-load .scatterlayer path.js-line").count() >= 2
    assert page.locator("#chart-on-time .point").count() >= 8
    assert page.locator("#chart-lateness .scatterlayer path.js-line").count() == 3
    assert page.locator("#chart-click .cartesianlayer .subplot").count() == 3
    for name in ("flow", "load", "on-time", "lateness", "click"):
        box = page.locator(f"#chart-{name} .plotly .main-svg").first.bounding_box()
        assert box
        assert box["width"] > 300
        assert box["height"] > 200
    heights = bars.evaluate_all("(paths) => paths.map((path) => path.getBBox().height)")
    assert max(heights) > 50


def test_orders_in_trouble_are_listed(page: Page, run: RunFiles) -> None:
    """The list has all orders that went wrong, 25 a page; switches add and remove outcomes."""
    wrong = [order for order in run.orders if order.state is not State.ON_TIME]
    pager = page.locator("#order-table .pager span")
    expect(pager).to_have_text(f"1 to 25 of {len(wrong)}")
    assert page.locator("#order-table tbody tr").count() == 25
    page.locator("#order-table .pager button", has_text="Next").click()
    expect(pager).to_have_text(f"26 to {min(50, len(wrong))} of {len(wrong)}")
    refused = sum(order.state is State.REFUSED for order in run.orders)
    chip(page, "order-states", "Refused").click()
    expect(pager).to_have_text(f"1 to 25 of {len(wrong) - refused}")
    chip(page, "order-states", "Refused").click()
    chip(page, "order-states", "On time").click()
    expect(pager).to_have_text("1 to 25 of 300")
    chip(page, "order-states", "On time").click()


def test_the_list_is_searched(page: Page, run: RunFiles) -> None:
    """All words must be found, in any column; what matches nothing says so."""
    rows = page.locator("#order-table tbody tr")
    order = next(order for order in run.orders if order.state is State.FAILED and order.courier)
    page.fill("#order-find", order.order)
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Nobody opened the door")
    page.fill("#order-find", f"{order.courier} nobody OPENED")
    expect(rows.first).to_contain_text(order.courier)
    page.fill("#order-find", "zebra")
    expect(page.locator("#order-table .empty")).to_have_text("Nothing matches.")
    expect(page.locator("#order-table table")).to_be_hidden()


def test_the_list_is_sorted(page: Page, run: RunFiles) -> None:
    """A click on a head sorts by it, a second the other way round."""
    head = page.locator("#order-table th button", has_text="Late by")
    head.click()
    expect(page.locator("#order-table th", has_text="Late by")).to_have_attribute("aria-sort", "descending")
    worst = max(run.orders, key=lambda order: order.late_s)
    expect(page.locator("#order-table tbody tr").first).to_contain_text(worst.order)
    head.click()
    expect(page.locator("#order-table th", has_text="Late by")).to_have_attribute("aria-sort", "ascending")
    page.locator("#order-table th button", has_text=re.compile("^Order$")).click()
    first = min(order.order for order in run.orders if order.state is not State.ON_TIME)
    expect(page.locator("#order-table tbody tr").first).to_contain_text(first)
    page.locator("#order-table th button", has_text="Placed").click()


def test_a_row_leads_to_the_map(page: Page) -> None:
    """A click on an order of the list selects it, and shows it on the map."""
    button = page.locator("#order-table tbody tr").nth(3).locator("button")
    order = button.inner_text()
    button.click()
    expect(page.locator("#order-detail h3")).to_contain_text(order)
    wait_until(page, "document.getElementById('map-section').getBoundingClientRect().top < 200")


def test_the_command_is_copied(page: Page) -> None:
    """The button beside the command puts it on the clipboard, or selects it where the browser forbids that."""
    page.locator("#order-table tbody tr button").first.click()
    button = page.locator("#order-detail .command button")
    button.click()
    expect(button).to_have_text(re.compile("Copied|Selected"))


def test_stores_are_listed(page: Page, run: RunFiles) -> None:
    """All stores are there, the busiest first, and can be searched."""
    rows = page.locator("#store-table tbody tr")
    busiest = max(store.orders for store in run.stores)
    expect(rows.first.locator("td.n").first).to_have_text(str(busiest))
    page.fill("#store-find", "depot")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("warehouse")
    page.fill("#store-find", "hillside")
    expect(rows.first).to_contain_text("polygon")


def test_every_control_has_a_name(page: Page) -> None:
    """Every button, field and picture has a name that can be read out."""
    assert nameless(page) == []


@pytest.mark.parametrize("width", [1920, 1280])
def test_nothing_hangs_over(page: Page, width: int) -> None:
    """At both widths nothing is wider than the page; cards stand in rows of six; map and charts use the width."""
    page.set_viewport_size({"width": width, "height": 900})
    chart = "document.querySelector('#chart-flow .main-svg').getBoundingClientRect().width"
    wait_until(page, f"{chart} > {0.8 * width} && {chart} < {width}")
    wait_until(page, f"document.documentElement.scrollWidth <= {width}")
    tops = page.locator(".card").evaluate_all("(cards) => cards.map((card) => card.getBoundingClientRect().top)")
    assert len(tops) == 12
    assert len(set(tops)) == 2
    settle(page)
    assert page.evaluate("document.getElementById('map').width") > 0.6 * width


def test_dark_and_paper(page: Page) -> None:
    """In the dark everything is drawn on dark, and on paper on white again, charts included."""
    page.emulate_media(color_scheme="dark")
    wait_until(page, "document.documentElement.dataset.theme === 'dark'")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"
    assert picture(page, "#map")["ground"] == 0x161C24
    legend = page.locator("#chart-flow .legendtext").first
    fill = "(text) => getComputedStyle(text).fill"
    assert legend.evaluate(fill) == "rgb(230, 234, 240)"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert picture(page, "#map")["ground"] == 0xFBFBF9
    assert page.locator("#order-table tbody tr").count() > 25
    assert legend.evaluate(fill) == "rgb(28, 36, 48)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert picture(page, "#map")["ground"] == 0x161C24
    page.emulate_media(color_scheme="light")
    wait_until(page, "document.documentElement.dataset.theme === 'light'")
    assert picture(page, "#map")["ground"] == 0xFBFBF9
