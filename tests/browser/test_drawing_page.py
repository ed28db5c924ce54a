"""The page of a plan in a browser: map, timelines and lists are drawn, answer, and stay silent."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.drawing.from_vroom import from_vroom
from api.drawing.page import render
from api.drawing.vroom_asked import read_asked
from tests.api.drawing.plans import plan, problem, with_coordinates
from tests.browser.any_page import EVIL, embedded, nameless, point, tip
from tests.browser.canvas import chip, drawn, in_sight, picture, settle, turn_wheel, wait_until
from tests.browser.conftest import Open

AXIS, ROW = 26, 24


def page_of(path: Path, data: object, asked: object | None = None, *, title: str = "made") -> Path:
    """Write the page of a plan."""
    drawing = from_vroom(data, None if asked is None else read_asked(asked), title=title)
    path.write_text(render(drawing, version="0"), encoding="utf-8")
    return path


def city(couriers: int, tasks: int, *, left: int = 0) -> dict[str, Any]:
    """Return a plan of `tasks` pickups and as many deliveries, in Vienna, without its problem."""
    dice = random.Random(7)
    stores = [[16.37 + dice.gauss(0, 0.03), 48.2 + dice.gauss(0, 0.02)] for _ in range(max(1, tasks // 20))]
    routes = []
    for number in range(couriers):
        home = [16.37 + dice.gauss(0, 0.06), 48.2 + dice.gauss(0, 0.04)]
        at, steps, travel = dice.randrange(600), [], 0
        steps.append({"type": "start", "location": home, "arrival": at, "duration": 0})
        for task in range(number, tasks, couriers):
            for kind, place in (
                ("pickup", dice.choice(stores)),
                ("delivery", [home[0] + dice.gauss(0, 0.02), home[1]]),
            ):
                leg = dice.randrange(60, 600)
                travel, at = travel + leg, at + leg
                wait = dice.choice((0, 0, 90))
                step = {"type": kind, "id": task, "location": place, "arrival": at, "duration": travel}
                late = [{"cause": "delay", "duration": 75}] if kind == "delivery" and task % 25 == 0 else []
                steps.append(step | {"waiting_time": wait, "setup": 20, "service": 60, "violations": late})
                at += wait + 80
        steps.append({"type": "end", "location": home, "arrival": at + 300, "duration": travel + 300})
        routes.append({"vehicle": number, "cost": travel, "steps": steps})
    unassigned = [
        {"id": tasks + number, "type": "delivery", "location": [16.3 + number / 1000, 48.2], "reason": "crowded_out"}
        for number in range(left)
    ]
    return {"code": 0, "summary": {"cost": 1}, "routes": routes, "unassigned": unassigned}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a plan of 12 couriers and 100 orders, three left out."""
    return page_of(tmp_path_factory.mktemp("drawing") / "city.html", city(12, 100, left=3), title="city")


@pytest.fixture(scope="module")
def opened(made: Path, open_report: Open) -> Page:
    """Open the page once for all tests."""
    return open_report(made)


@pytest.fixture
def page(opened: Page) -> Page:
    """Put the page back to how it was opened."""
    opened.locator("#zoom-fit").dispatch_event("click")
    opened.locator("#line-fit").dispatch_event("click")
    opened.select_option("#courier", "-1")
    opened.select_option("#line-sort", "plan")
    opened.fill("#line-find", "")
    opened.mouse.move(0, 0)
    settle(opened)
    return opened


def test_the_map_is_drawn(page: Page) -> None:
    """Every leg, door, store, start and task left out is on the map, in many colours."""
    data = embedded(page)
    legs = sum(
        here != there
        for stops in data["stops"]
        for here, there in zip(stops["place"], stops["place"][1:], strict=False)
    )
    assert drawn(page, "#map", "legs") == legs == 212
    assert drawn(page, "#map", "doors") == 100
    assert drawn(page, "#map", "pickups") == 5
    assert drawn(page, "#map", "ends") == 12
    assert drawn(page, "#map", "left") == 3
    found = picture(page, "#map")
    assert found["drawn"] > 0.03
    assert found["colours"] > 100


@pytest.mark.parametrize(("label", "kind"), [("Routes", "legs"), ("Starts and ends", "ends"), ("Left out", "left")])
def test_layers(page: Page, label: str, kind: str) -> None:
    """What is switched off is gone, and back when it is switched on."""
    before, count = picture(page, "#map"), drawn(page, "#map", kind)
    chip(page, "map-layers", label).click()
    assert drawn(page, "#map", kind) == 0
    assert picture(page, "#map") != before
    chip(page, "map-layers", label).click()
    assert drawn(page, "#map", kind) == count
    page.mouse.move(0, 0)
    assert picture(page, "#map") == before


def test_a_door_tells_its_stop(page: Page) -> None:
    """Hovering names it and lights its courier in both pictures; a click selects it."""
    data = embedded(page)
    everywhere = [
        (place, courier, stop)
        for courier, stops in enumerate(data["stops"])
        for stop, place in enumerate(stops["place"])
    ]
    doors = [item for item in everywhere if data["stops"][item[1]]["kind"][item[2]] == "delivery"]

    def room(item: tuple[list[float], int, int]) -> float:
        return min(math.dist(item[0], other[0]) for other in everywhere if other[1:] != item[1:])

    place, courier, stop = max(doors, key=room)
    before = picture(page, "#lines-canvas")
    text = point(page, place)
    assert data["stops"][courier]["label"][stop] in text
    assert data["couriers"]["id"][courier] in text
    assert drawn(page, "#map", "focus") == courier
    assert picture(page, "#lines-canvas") != before
    point(page, place, click=True)
    assert page.locator("#courier").input_value() == str(courier)
    chosen = page.locator("#courier-detail [aria-current=true]")
    expect(chosen).to_contain_text(data["stops"][courier]["label"][stop].split()[1])
    expect(page.locator("#courier-detail .note")).to_contain_text("arrives")


def test_a_courier_is_selected(page: Page) -> None:
    """The list, the arrows beside it and Escape: its route stands out on the map, its row in the timelines."""
    rows = picture(page, "#lines-canvas")
    page.select_option("#courier", "4")
    assert drawn(page, "#map", "focus") == 4
    assert drawn(page, "#map", "focus-legs") > 10
    assert picture(page, "#lines-canvas") != rows
    expect(page.locator("#courier-detail .stops li")).to_have_count(len(embedded(page)["stops"][4]["kind"]))
    page.locator("#courier-after").click()
    assert page.locator("#courier").input_value() == "5"
    page.locator("#lines").focus()
    page.keyboard.press("Escape")
    assert drawn(page, "#map", "focus") == -1
    assert picture(page, "#lines-canvas") == rows


def test_the_timelines_are_drawn(page: Page) -> None:
    """Each courier drives, waits, sets up and serves; late stops are marked."""
    data = embedded(page)
    assert drawn(page, "#lines-canvas", "rows") == 12
    late = sum(late > 0 for stops in data["stops"] for late in stops["late_s"])
    assert drawn(page, "#lines-canvas", "marks") == late == 4
    waits = sum(wait > 0 for stops in data["stops"] for wait in stops["wait_s"])
    assert drawn(page, "#lines-canvas", "segments") == 212 + waits + 2 * 200
    for word in ("Driving", "Waiting", "Set-up", "Picking up", "At the door", "Late stop"):
        expect(page.locator("#line-legend")).to_contain_text(word)


def test_timelines_are_sorted_searched_and_zoomed(page: Page) -> None:
    """By any figure; by courier or task; Ctrl + wheel zooms in time."""
    start = picture(page, "#lines-canvas")
    for sort in ("on", "late", "tasks", "travel", "wait"):
        page.select_option("#line-sort", sort)
        assert drawn(page, "#lines-canvas", "rows") == 12
    page.fill("#line-find", "delivery 37")
    assert drawn(page, "#lines-canvas", "rows") == 1
    page.fill("#line-find", "nobody")
    expect(page.locator("#lines-empty")).to_have_text("No courier matches.")
    page.fill("#line-find", "")
    page.select_option("#line-sort", "plan")
    assert picture(page, "#lines-canvas") == start
    box = in_sight(page, "#lines-canvas")
    page.mouse.move(box["x"] + 600, box["y"] + 100)
    turn_wheel(page, -600)
    page.mouse.move(0, 0)
    assert picture(page, "#lines-canvas") != start
    page.locator("#line-fit").click()
    page.mouse.move(0, 0)
    assert picture(page, "#lines-canvas") == start


def test_keys_go_through_the_plan(page: Page) -> None:
    """Down and up from courier to courier, right and left from stop to stop; what is selected is said."""
    page.locator("#lines").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#courier").input_value() == "0"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.locator("#courier").input_value() == "11"
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    label = embedded(page)["stops"][11]["label"][2]
    expect(page.locator("#said")).to_contain_text(label)
    expect(page.locator("#courier-detail [aria-current=true]")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#said")).to_contain_text(embedded(page)["stops"][11]["label"][1])
    before = picture(page, "#lines-canvas")
    page.keyboard.press("+")
    assert picture(page, "#lines-canvas") != before
    page.keyboard.press("0")
    assert picture(page, "#lines-canvas") == before


def test_what_is_left_out_is_listed(page: Page) -> None:
    """With why; a click shows it on the map."""
    rows = page.locator("#left-table tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("others' tasks are in the way")
    page.fill("#left-find", "101")
    expect(rows).to_have_count(1)
    before = picture(page, "#map")
    rows.first.locator("button").click()
    expect(page.locator("#courier-detail")).to_contain_text("delivery 101")
    assert picture(page, "#map") != before
    page.fill("#left-find", "")


def test_every_control_has_a_name(page: Page) -> None:
    """Every button, field and picture has a name that can be read out."""
    assert nameless(page) == []


def test_dark_and_paper(page: Page) -> None:
    """Dark where the system is, and light again on paper."""
    page.emulate_media(color_scheme="dark")
    wait_until(page, "document.documentElement.dataset.theme === 'dark'")
    assert picture(page, "#map")["ground"] == 0x161C24
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert picture(page, "#map")["ground"] == 0xFBFBF9
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(color_scheme="light")
    wait_until(page, "document.documentElement.dataset.theme === 'light'")


def test_windows_of_a_stop(tmp_path: Path, open_report: Open) -> None:
    """Hovering over a stop outlines its window and says by how much it is late; travel times make the map."""
    page = open_report(page_of(tmp_path / "small.html", plan(), problem()))
    expect(page.locator("#map-section .head")).to_contain_text("Drawn from travel times, not from a map")
    before = picture(page, "#lines-canvas")
    box = in_sight(page, "#lines-canvas")
    texts = set()
    for x in range(200, int(box["width"]), 6):
        page.mouse.move(box["x"] + x, box["y"] + AXIS + ROW // 2)
        texts.add(tip(page))
    late = next(text for text in texts if "at the door" in text)
    assert "delivery 31" in late
    assert "window: until 0:15" in late
    assert "late by 1 min 40 s" in late
    assert "picked up at 0:10" in late
    page.locator("#courier-detail .stops button", has_text="delivery 31").click()
    page.mouse.move(0, 0)
    assert picture(page, "#lines-canvas") != before
    expect(page.locator("#courier-detail")).to_contain_text("Ana (1)")


def test_an_empty_plan(tmp_path: Path, open_report: Open) -> None:
    """Says that there is nothing."""
    page = open_report(page_of(tmp_path / "none.html", {"code": 0, "routes": [], "unassigned": []}))
    expect(page.locator("#map-empty")).to_have_text("This plan has no stop.")
    expect(page.locator("#lines-empty")).to_have_text("This plan has no routes.")
    expect(page.locator("#left-table .empty")).to_have_text("Nothing is left out.")
    expect(page.locator("#figures .empty")).to_have_text("This plan has no task.")
    expect(page.locator("#courier")).to_be_disabled()


def test_one_courier(tmp_path: Path, open_report: Open) -> None:
    """One route of one stop, without end."""
    data = with_coordinates(plan())
    page = open_report(page_of(tmp_path / "one.html", data | {"routes": data["routes"][1:], "unassigned": []}))
    assert drawn(page, "#lines-canvas", "rows") == 1
    assert drawn(page, "#map", "doors") == 1
    page.locator("#courier-after").click()
    expect(page.locator("#courier-detail .stops li")).to_have_count(1)


def test_a_plan_without_places(tmp_path: Path, open_report: Open) -> None:
    """The map says what it needs; the timelines are all there."""
    page = open_report(page_of(tmp_path / "bare.html", plan()))
    expect(page.locator("#map-empty")).to_contain_text("draw it with --problem")
    assert drawn(page, "#lines-canvas", "segments") > 4


def test_names_are_text(tmp_path: Path, open_report: Open) -> None:
    """Markup in names is shown as it stands: nothing of it runs, nothing becomes an element."""
    data, asked = plan(), problem()
    data["routes"][1]["description"] = EVIL
    data["unassigned"][0] |= {"reason": EVIL, "detail": EVIL}
    for task in (*asked["jobs"], asked["shipments"][0]["pickup"]):
        task["description"] = EVIL
    page = open_report(page_of(tmp_path / "evil.html", data, asked, title=EVIL))
    assert page.locator("h1").inner_text() == EVIL
    expect(page.locator("#left-table")).to_contain_text(EVIL)
    for courier in ("0", "1"):
        page.select_option("#courier", courier)
        page.locator("#courier-detail .stops button").first.click()
    expect(page.locator("#courier-detail")).to_contain_text(EVIL)
    assert page.locator("img").count() == 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("width", [1920, 700, 360])
def test_nothing_hangs_over(made: Path, open_report: Open, width: int) -> None:
    """At any width nothing is wider than the page, with a courier selected too."""
    page = open_report(made, width=width)
    page.select_option("#courier", "3")
    wait_until(page, f"document.documentElement.scrollWidth <= {width}")
    assert page.evaluate("document.getElementById('map').width") > 0.6 * min(width, 1000)
    assert drawn(page, "#lines-canvas", "rows") == 12


def test_a_big_plan(tmp_path: Path, open_report: Open) -> None:
    """1,000 orders and 300 couriers are drawn, of the timelines those in sight; a selection is too."""
    page = open_report(page_of(tmp_path / "big.html", city(300, 1000, left=50)), width=1920)
    doors = {
        tuple(place)
        for stops in embedded(page)["stops"]
        for kind, place in zip(stops["kind"], stops["place"], strict=True)
        if kind == "delivery"
    }
    assert drawn(page, "#map", "doors") == len(doors) > 990
    assert drawn(page, "#lines-canvas", "of") == 300
    assert drawn(page, "#lines-canvas", "rows") < 30
    page.locator("#courier-after").click()
    assert drawn(page, "#map", "focus") == 0
