"""The report of a made day in a browser: map, timelines, charts and lists are drawn, and answer."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scenarios.report.build import write_report
from scenarios.report.files import RunFiles, read_run
from scenarios.report.rows import State
from tests.browser.any_page import embedded, nameless, point, tip
from tests.browser.canvas import chip, drawn, in_sight, picture, settle, turn_wheel, wait_until
from tests.browser.conftest import Open
from tests.browser.made_day import made_day
from tests.browser.made_run import write_day


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a made day and its report."""
    made = write_day(tmp_path_factory.mktemp("browser") / "made run", made_day())
    write_report(made)
    return made


@pytest.fixture(scope="module")
def run(run_dir: Path) -> RunFiles:
    """Read the day's rows, to be held against what is drawn."""
    return read_run(run_dir)


@pytest.fixture(scope="module")
def opened(run_dir: Path, open_report: Open) -> Page:
    """Open the report once for all tests."""
    return open_report(run_dir / "report.html")


@pytest.fixture
def page(opened: Page) -> Page:
    """Put the page back to how it was opened, but for what was selected."""
    opened.locator("#whole-day").dispatch_event("click")
    opened.locator("#zoom-fit").dispatch_event("click")
    for name in ("order-find", "store-find", "line-find"):
        opened.fill(f"#{name}", "")
    opened.locator("#lines").evaluate("(box) => { box.scrollTop = 0; }")
    opened.mouse.move(0, 0)
    settle(opened)
    return opened


def test_the_map_is_drawn(page: Page, run: RunFiles) -> None:
    """Every door, leg, site, river and bridge is on the map, and the canvas has their colours."""
    doors = sum(order.lat is not None for order in run.orders)
    assert drawn(page, "#map", "doors") == doors == 300
    assert drawn(page, "#map", "sites") == 7
    assert drawn(page, "#map", "rivers") == 1
    assert drawn(page, "#map", "bridges") == 4
    bridges = sum(len(via) // 2 for stops in embedded(page)["stops"] for via in stops["via"].values())
    legs = sum(stop.travel_s > 0 for stop in run.stops)
    assert drawn(page, "#map", "legs") == legs + bridges
    assert legs > 300
    assert bridges > 30
    found = picture(page, "#map")
    assert found["drawn"] > 0.03
    assert found["colours"] > 50


@pytest.mark.parametrize("state", list(State))
def test_an_outcome_is_switched_off(page: Page, run: RunFiles, state: State) -> None:
    """Without an outcome its doors are gone, and its colour with them; switched on again, they are back."""
    label = state.value.replace("_", " ").capitalize()
    before, full = picture(page, "#map"), drawn(page, "#map", "doors")
    chip(page, "map-states", label).click()
    count = sum(order.state is state for order in run.orders)
    assert count > 0
    assert drawn(page, "#map", "doors") == full - count
    assert picture(page, "#map") != before
    chip(page, "map-states", label).click()
    assert drawn(page, "#map", "doors") == full
    assert picture(page, "#map") == before


def test_layers(page: Page) -> None:
    """Service areas come when asked for, each different one once; routes go."""
    assert drawn(page, "#map", "areas") == 0
    before = picture(page, "#map")
    chip(page, "map-layers", "Service areas").click()
    assert drawn(page, "#map", "areas") == 7
    assert picture(page, "#map") != before
    chip(page, "map-layers", "Service areas").click()
    chip(page, "map-layers", "Routes").click()
    assert drawn(page, "#map", "legs") == 0
    chip(page, "map-layers", "Routes").click()
    assert drawn(page, "#map", "legs") > 300


def test_a_mall_is_one_site(page: Page) -> None:
    """Hovering over the mall lists its busiest merchants and counts the rest."""
    site = next(site for site in embedded(page)["sites"] if site["site"] == "mall")
    text = point(page, site["place"])
    assert text.startswith("mall")
    assert "40 stores" in text
    assert "and 28 more" in text
    assert len(re.findall(r"mall-\d\d: \d+ order", text)) == 12


def test_a_door_tells_its_order(page: Page, run: RunFiles) -> None:
    """Hovering over a lone door names its order and how it ended; a click selects it, with its command."""
    orders = embedded(page)["orders"]
    doors = list(zip(orders["x"], orders["y"], strict=True))
    sites = [site["place"] for site in embedded(page)["sites"]]
    lone = max(
        (index for index, order in enumerate(run.orders) if order.state is State.LATE),
        key=lambda index: min(
            math.dist(doors[index], other)
            for other in [*(door for number, door in enumerate(doors) if number != index), *sites]
        ),
    )
    text = point(page, doors[lone], click=True)
    assert run.orders[lone].order in text
    assert "Late" in text
    story = page.locator("#order-detail").inner_text()
    assert run.orders[lone].order in story
    assert "sources in reach" in story
    code = page.locator("#order-detail code").inner_text()
    folder = str(run.directory.resolve())
    assert code == f"doorstep explain {run.orders[lone].order} --run '{folder}'"
    assert page.locator("#courier").input_value() == str(orders["courier"][lone])


def test_zoom_and_move(page: Page) -> None:
    """Buttons, keys, Ctrl + wheel and dragging change the view; the third button brings it back."""
    start = picture(page, "#map")
    page.locator("#zoom-in").click()
    closer = picture(page, "#map")
    assert closer != start
    page.locator("#zoom-out").click()
    page.locator("#map").focus()
    for key in ("+", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "-", "0"):
        page.keyboard.press(key)
    assert picture(page, "#map") == start
    box = in_sight(page, "#map")
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 230, steps=4)
    page.mouse.up()
    assert picture(page, "#map") != start
    page.locator("#zoom-fit").click()
    assert picture(page, "#map") == start
    before = page.evaluate("scrollY")
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    turn_wheel(page, -240)
    assert picture(page, "#map") != start
    assert page.evaluate("scrollY") == before
    page.locator("#zoom-fit").click()
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.wheel(0, 300)
    wait_until(page, f"scrollY > {before}")


def test_a_moment_of_the_day(page: Page) -> None:
    """The slider shows couriers on duty and the orders of the hour before; Replay moves it on."""
    data = embedded(page)
    moment = 4 * 3600
    page.locator("#moment").fill(str(moment))
    on_duty = sum(on <= moment < off for on, off in zip(data["couriers"]["on"], data["couriers"]["off"], strict=True))
    assert drawn(page, "#map", "couriers") == on_duty > 0
    doors = sum(
        placed <= moment and max(placed, ended) > moment - 3600
        for placed, ended in zip(data["orders"]["placed"], data["orders"]["ended"], strict=True)
    )
    assert drawn(page, "#map", "doors") == doors
    assert 0 < doors < 300
    expect(page.locator("#moment-text")).to_have_text("13:00")
    expect(page.locator("#replay-legend")).to_be_visible()
    page.select_option("#window", "900")
    assert drawn(page, "#map", "doors") < doors
    page.select_option("#window", "3600")
    page.locator("#play").click()
    wait_until(page, f"Number(document.getElementById('moment').value) > {moment + 300}")
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")
    page.locator("#whole-day").click()
    assert drawn(page, "#map", "couriers") == 0
    assert drawn(page, "#map", "doors") == 300


def test_a_courier_is_selected(page: Page, run: RunFiles) -> None:
    """The list of couriers, the arrows beside it and a row of the timelines select a courier and draw its route."""
    index = max(range(len(run.couriers)), key=lambda index: run.couriers[index].deliveries)
    courier = run.couriers[index]
    own = [stop for stop in run.stops if stop.courier == courier.courier]
    page.select_option("#courier", str(index))
    bridges = sum(len(via) // 2 for via in embedded(page)["stops"][index]["via"].values())
    assert drawn(page, "#map", "selected-legs") == sum(stop.travel_s > 0 for stop in own) + bridges
    detail = page.locator("#courier-detail")
    assert courier.courier in detail.inner_text()
    assert detail.locator(".stops li").count() == len(own)
    page.locator("#courier-after").click()
    assert page.locator("#courier").input_value() == str((index + 1) % len(run.couriers))
    page.locator("#courier-before").click()
    assert page.locator("#courier").input_value() == str(index)
    detail.locator(".stops button").first.click()
    assert own[0].order in page.locator("#order-detail").inner_text()
    page.select_option("#courier", "-1")
    assert drawn(page, "#map", "selected-legs") == 0
    expect(detail).to_contain_text("Furthest behind their promise")


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
