"""The map of the report in a browser: doors, sites and routes, what they tell, the view, a moment, a courier."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import Page, expect

from scenarios.report.files import RunFiles
from scenarios.report.rows import State
from tests.browser.any_page import embedded, point
from tests.browser.canvas import chip, drawn, in_sight, picture, turn_wheel, wait_until


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
