"""What a run writes, held against its documentation."""

import csv
import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.decision import Decision
from dispatch.model import Line
from geo.areas import Polygon, Radius
from geo.barriers import River
from scenarios.behaviour import Behaviour
from scenarios.csv_tables import COURIERS, ORDERS, STOPS, STORES
from scenarios.describe import describe
from scenarios.durations import Constant, Durations, DurationTable, Exponential, LogNormal, Sampled
from scenarios.metrics import flatten
from scenarios.outputs import HistoryFiles, write_run, write_timings
from scenarios.plain import Clock, plain
from scenarios.run import run
from scenarios.scenario import Scenario
from tests.scenarios.village import T0, at, courier, directory, order, scenario, store

DOCUMENT = (Path(__file__).parents[2] / "docs" / "outputs.md").read_text(encoding="utf-8")


def day(seed: int = 1) -> Scenario:
    """Return an afternoon in which orders end in every way, with a split."""
    split = (
        Line(id="1", sku="tea", quantity=1, stores=frozenset({"m1"})),
        Line(id="2", sku="ice", quantity=1, stores=frozenset({"s1"})),
    )
    orders = [
        order(f"o{number:02}", destination=at(number % 5 - 2, 1 + number % 3), placed_s=T0 + 71 * number)
        for number in range(30)
    ]
    orders.append(order("far", destination=at(500, 0)))
    orders.append(order("split", lines=split, split_allowed=True, placed_s=T0 + 5))
    return scenario(
        orders=orders,
        couriers=[courier(f"c{number}", skills=frozenset({"cold"})) for number in range(3)],
        behaviour=Behaviour(cancelled=0.2, unconfirmed=0.2, absent=0.3, courier_ill=0.1, courier_late=0.5),
        places=directory(pickers=3),
        rejected=[("orders.csv line 3", T0, "UNKNOWN_SKU: no sku 'x'")],
        seed=seed,
    )


def write(directory: Path, whole: Scenario) -> None:
    """Live through a day and write it."""
    directory.mkdir()
    with HistoryFiles(directory) as history:
        result = run(whole, sink=history)
    write_run(directory, result)
    write_timings(directory, result.clockwork, phases_s={"run": 1.0})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write one day for all tests."""
    out = tmp_path_factory.mktemp("runs") / "day"
    write(out, day())
    return out


def section(title: str) -> str:
    """Return a section of the document."""
    return DOCUMENT.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def first_cells(title: str) -> list[str]:
    """Return the names in the first column of a section's table."""
    cells = re.findall(r"^\| (`.*?) \|", section(title), re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def rows(path: Path) -> list[dict[str, str]]:
    """Return a table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_key_of_the_result_is_documented(written: Path) -> None:
    """Each key has a line in the document, and each line a key in the result."""
    documented = first_cells("result.json")
    keys = list(flatten(json.loads((written / "result.json").read_text())))
    patterns = {name: re.compile(re.escape(name).replace(r"\*", ".+")) for name in documented}
    assert [key for key in keys if not any(pattern.fullmatch(key) for pattern in patterns.values())] == []
    assert [name for name, pattern in patterns.items() if not any(pattern.fullmatch(key) for key in keys)] == []


def test_levels_have_the_documented_figures(written: Path) -> None:
    """A service level and a zone have the same keys, those that the document lists."""
    result = json.loads((written / "result.json").read_text())
    line = next(line for line in section("result.json").splitlines() if line.startswith("| `service_levels.*`"))
    listed = set(re.findall(r"`(\w+)`", line.split("|")[2]))
    for group in (*result["service_levels"].values(), *result["zones"].values()):
        assert set(group) == listed


@pytest.mark.parametrize(("name", "columns"), [("orders.csv", ORDERS), ("stops.csv", STOPS), ("stores.csv", STORES)])
def test_every_column_is_documented(written: Path, name: str, columns: tuple[str, ...]) -> None:
    """The document lists the columns, in their order."""
    assert first_cells(name) == list(columns)
    assert tuple(rows(written / name)[0]) == columns


def test_every_column_of_couriers_is_documented(written: Path) -> None:
    """The document lists the columns, in their order."""
    listed = re.findall(r"`([^`]+)`", section("couriers.csv"))[0]
    assert tuple(re.split(r",\s+", listed)) == COURIERS
    assert tuple(rows(written / "couriers.csv")[0]) == COURIERS


def test_every_key_of_the_scenario_is_documented(written: Path) -> None:
    """The top level and the records have the keys of the document."""
    whole = json.loads((written / "scenario.json").read_text())
    listed = {name.split("[")[0].split(".")[0] for name in first_cells("scenario.json")}
    assert set(whole) == listed
    for name in ("sites", "zones", "stores", "couriers"):
        line = next(line for line in section("scenario.json").splitlines() if line.startswith(f"| `{name}[]`"))
        assert set(whole[name][0]) <= set(re.findall(r"`(\w+)`", line))


def test_timings_are_documented(written: Path) -> None:
    """Its keys stand in the document."""
    timings = json.loads((written / "timings.json").read_text())
    text = section("timings.json")
    assert all(key in text for key in flatten(timings) if not key.startswith(("phases.", "steps.")))
    assert timings["steps"]["count"] > 0
    assert timings["peak_memory"]["process_bytes"] > 10_000_000


def test_all_files_are_listed(written: Path) -> None:
    """Every file has a line in the first table; the report is written by others."""
    listed = set(re.findall(r"^\| `([\w.]+)` \|", DOCUMENT.split("\n## ", 1)[0], re.MULTILINE))
    assert {path.name for path in written.iterdir()} == listed - {"report.html"}


def test_counts_add_up_across_files(written: Path) -> None:
    """Tables, result and history speak of the same orders."""
    result = json.loads((written / "result.json").read_text())
    orders = rows(written / "orders.csv")
    ends = [row["outcome"] for row in orders]
    assert len(orders) == len({row["order"] for row in orders}) == result["orders"]["total"] == 33
    for end in ("delivered", "refused", "failed", "cancelled"):
        assert ends.count(end) == result["orders"][end] > 0
    stops = rows(written / "stops.csv")
    handed_over = [row for row in stops if row["action"] == "drop" and not row["failed"]]
    assert len(handed_over) == result["orders"]["delivered"]
    couriers = rows(written / "couriers.csv")
    assert sum(int(row["deliveries"]) for row in couriers) == result["couriers"]["deliveries"] == len(handed_over)
    assert {row["courier"] for row in stops} <= {row["courier"] for row in couriers}
    assert sum(int(row["cost"]) for row in couriers) == result["cost"]["total"]
    assert result["orders"]["split"] == 1
    assert result["audit"]["faults"] == 0
    assert result["audit"]["plans_checked"] > 0


def test_rows_are_in_order(written: Path) -> None:
    """Orders by time, stops by courier and time, with their number."""
    orders = rows(written / "orders.csv")
    assert [row["placed"] for row in orders] == sorted(row["placed"] for row in orders)
    stops = rows(written / "stops.csv")
    keys = [(row["courier"], int(row["sequence"])) for row in stops]
    assert keys == sorted(keys)
    times = [(row["courier"], row["started"]) for row in stops]
    assert times == sorted(times)


def test_history_can_be_read_back(written: Path) -> None:
    """Events are numbered; decisions are one an order, and read as such."""
    with gzip.open(written / "events.ndjson.gz", "rt", encoding="utf-8") as stream:
        events = [json.loads(line) for line in stream]
    assert [event["number"] for event in events] == list(range(1, len(events) + 1))
    with gzip.open(written / "decisions.ndjson.gz", "rt", encoding="utf-8") as stream:
        decisions = [Decision.from_json(line) for line in stream]
    assert len(decisions) == 32


def test_the_same_day_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    """All files but the timings; another seed gives another day."""
    write(tmp_path / "again", day())
    for path in written.iterdir():
        if path.name != "timings.json":
            assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
    write(tmp_path / "other", day(seed=2))
    assert (written / "result.json").read_bytes() != (tmp_path / "other" / "result.json").read_bytes()


def test_times_have_the_offset_of_the_zone() -> None:
    """RFC 3339 with the offset of that day."""
    clock = Clock("Europe/Berlin")
    assert clock.text(T0) == "2025-06-15T18:00:00+02:00"
    assert clock.maybe(None) == ""


def test_areas_and_rivers_are_described() -> None:
    """A polygon is GeoJSON, a circle its radius; a river is its line and its bridges."""
    square = Polygon.from_coordinates([[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]])
    area = Radius(500)
    stores = [store("m1", "mall"), store("s1", "east")]
    places = directory(stores=[replace(stores[0], area=square), replace(stores[1], area=area)])
    whole = scenario(places=places, couriers=[courier(end=at(1, 2))])
    river = River(line=((-0.1, 0.01), (0.1, 0.01)), bridges=(at(3, 10),))
    told = describe(replace(whole, rivers=(river,)), version="1")
    first, second = told["stores"]
    assert first["polygon"]["type"] == "Polygon"
    assert first["radius_m"] is None
    assert (second["polygon"], second["radius_m"]) == (None, 500)
    assert told["rivers"] == [{"line": [[-0.1, 0.01], [0.1, 0.01]], "bridges": [[0.003, 0.01]]}]
    assert told["couriers"][0]["end"] == [0.001, 0.002]
    json.dumps(told, allow_nan=False)


def test_distributions_say_their_kind() -> None:
    """Every kind of duration has a name of its own; a table by store and hour has joined keys."""
    takes = Durations(
        pick=DurationTable(default=LogNormal(200, 0.5), by_store_hour={("m1", 18): Constant(5)}),
        pick_per_unit=DurationTable(default=Exponential(3)),
        handover=DurationTable(default=Sampled((1, 2))),
        door=DurationTable(default=Constant(1)),
    )
    told = plain(takes)
    assert told["pick"]["default"] == {"kind": "lognormal", "mean": 200, "cv": 0.5}
    assert told["pick"]["by_store_hour"] == {"m1@18": {"kind": "constant", "seconds": 5}}
    assert told["pick_per_unit"]["default"]["kind"] == "exponential"
    assert told["handover"]["default"] == {"kind": "sampled", "values_s": [1, 2]}


def test_what_has_no_plain_form_is_refused() -> None:
    """An object of no known kind is an error, not a text with an address in it."""
    with pytest.raises(TypeError, match="object has no plain form"):
        plain(object())
