"""The page as text, and what its script is given."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib import resources

from api.drawing.from_vroom import from_vroom
from api.drawing.model import CourierLane, Drawing, DrawnStop, Ground, Kind
from api.drawing.page import REASONS, SCRIPTS, SHARED, cards_of, render
from api.drawing.payload import payload_of, tones_of, view_of
from api.drawing.vroom_asked import read_asked
from scenarios.page.units import NONE
from solver.plan import Reason
from tests.api.drawing.plans import plan, problem

EVIL = "</script><script>alert(1)</script><img src=x onerror='alert(2)' \"&$name"


def small() -> Drawing:
    """Return the small plan."""
    return from_vroom(plan(), read_asked(problem()), title="small")


def test_the_figures() -> None:
    """Served, left out and why, couriers, travel, waiting, cost."""
    told = {card.label: card for card in cards_of(small())}
    assert (told["Tasks served"].value, told["Tasks served"].note) == ("3", "of 4 (75.0 %)")
    assert told["Tasks served"].hint == "1 stop late, the worst by 1 min 40 s"
    assert (told["Left out"].value, told["Left out"].note) == ("1", "crowded out 1")
    assert (told["Couriers used"].value, told["Couriers used"].note) == ("2", "of 3")
    assert told["Waiting"].value == "3 min 20 s"
    assert told["Cost"].value == "1,600"


def test_a_stop_without_a_place() -> None:
    """Is counted beside the places."""
    lane = CourierLane(label="a", stops=(DrawnStop(kind=Kind.JOB, label="job 1", place=None, arrive_s=0),))
    text = render(Drawing(title="", lanes=(lane,), left_out=(), ground=Ground.NONE), version="1")
    assert "0, 1 stop without" in text


def test_figures_of_nothing() -> None:
    """No share of nothing is taken."""
    told = cards_of(Drawing(title="", lanes=(), left_out=(), ground=Ground.NONE))
    assert [card.value for card in told] == ["0", "0", "0", "0.0 h", "0 s", NONE]


def test_only_the_page_s_own_scripts_may_run() -> None:
    """The policy names each script by its hash, and no element asks for another file."""
    text = render(small(), version="1")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert re.findall(r"sha256-([^']+)'", policy[1]) == hashes
    assert len(hashes) == 2
    assert "default-src 'none'" in policy[1]
    assert not re.search(r"\b(src|href)=\"?(https?:|//)", text)


def test_names_are_text() -> None:
    """Markup in any name is shown as it stands."""
    stop = DrawnStop(kind=Kind.JOB, label=EVIL, place=None, arrive_s=0)
    lane = CourierLane(label=EVIL, stops=(stop,), profile=EVIL)
    text = render(Drawing(title=EVIL, lanes=(lane,), left_out=(), ground=Ground.NONE), version=EVIL)
    assert "<script>alert" not in text
    assert "<img" not in text


def test_the_data_is_read_back() -> None:
    """Times count from the first moment of the routes."""
    text = render(small(), version="1")
    block = re.search(r'id="plan-data">(.*?)</script>', text, re.DOTALL)
    assert block
    data = json.loads(block[1])
    assert data["couriers"]["id"] == ["Ana (1)", "courier 2"]
    assert data["stops"][0]["late_s"] == [0, 0, 100, 0]
    assert data["until_s"] == 1600
    assert data["reasons"] == REASONS


def test_times_count_from_the_first_move() -> None:
    """Whatever the clock of the plan begins with."""
    stop = DrawnStop(kind=Kind.JOB, label="", place=None, arrive_s=5000, service_s=60)
    told = payload_of(
        Drawing(title="", lanes=(CourierLane(label="", stops=(stop,)),), left_out=(), ground=Ground.NONE, epoch_s=0)
    )
    assert (told["base_s"], told["until_s"], told["unix"], told["stops"][0]["arrive"]) == (5000, 60, True, [0])


def test_neighbours_have_different_colours() -> None:
    """Couriers are numbered by the direction in which they drive."""
    places = [(0.0, -1.0), (1.0, 0.1), (0.0, 1.0), (-1.0, 0.2)]
    lanes = [
        CourierLane(label="", stops=(DrawnStop(kind=Kind.JOB, label="", place=place, arrive_s=0),)) for place in places
    ]
    assert tones_of([*lanes, CourierLane(label="", stops=())]) == [0, 1, 2, 3, 4]


def test_the_view_has_two_sides() -> None:
    """Even of a line, of a point, and of nothing."""
    for places in ([(0.0, 0.0), (100.0, 0.0)], [(5.0, 5.0)], []):
        west, south, east, north = view_of(places, least=0.0)
        assert east > west
        assert north > south


def test_every_script_is_in_the_page() -> None:
    """A script that is written but not listed would be missing without a word; so would a reason without sentence."""
    names = {item.name for item in resources.files("api.drawing").iterdir() if item.name.endswith(".js")}
    assert names == set(SCRIPTS)
    assert "elements.js" in SHARED
    assert set(REASONS) == {reason.value for reason in Reason}
