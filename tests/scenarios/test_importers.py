"""The importer of the instant-delivery data: days like the data, and errors with lines."""

import math
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from api.commands.import_data import app
from dispatch.model import Interval
from geo.point import Point
from scenarios.durations import Exponential
from scenarios.errors import ImportFault, ScenarioError
from scenarios.importers.instant_day import Wishes, fit, write
from scenarios.importers.instant_delivery import Grid, parse
from scenarios.load import load

GOOD = """\
NAME : two stores
NUMBER_CLIENTS : 3
NUMBER_WAREHOUSES : 2
MEAN_COMMISSION_TIME : 180
MEAN_SERVICE_AT_CLIENT_TIME : 120
WAREHOUSE_SECTION
0\t-87.63\t41.87\t8\t3
1\t-87.63\t41.97\t4\t2
CLIENT_SECTION
0\t-87.63\t41.88
1\t-87.63\t41.90
2\t-87.63\t41.96
EDGE_WEIGHT_SECTION
200\t1800
650\t1400
1900\t210
EOF
"""

GRID = "GRID_SW_COORDINATES : -87.8 41.8\nSTEPSIZE_LAT : 0.01\nSTEPSIZE_LON : 0.02\n"


def data_file(folder: Path, text: str = GOOD) -> Path:
    """Write a file of the data set."""
    path = folder / "two.txt"
    path.write_text(text)
    return path


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    """Places are latitude and longitude, travel is seconds from client to store."""
    data = parse(data_file(tmp_path))
    assert (data.name, data.pick_mean_s, data.door_mean_s) == ("two stores", 180, 120)
    assert data.stores.tolist() == [[41.87, -87.63], [41.97, -87.63]]
    assert (data.pickers, data.couriers) == ((8, 4), (3, 2))
    assert data.clients.tolist() == [[41.88, -87.63], [41.9, -87.63], [41.96, -87.63]]
    assert data.travel_s.tolist() == [[200, 1800], [650, 1400], [1900, 210]]


def test_steps_of_a_grid_are_placed_by_its_corner(tmp_path: Path) -> None:
    """By the header where it says so, by what is told where it does not; degrees stay as they are."""
    steps = GOOD.replace("-87.63\t41.87", "0\t0").replace("-87.63\t41.97", "0\t10")
    for client, north in (("41.88", "1"), ("41.90", "3"), ("41.96", "9")):
        steps = steps.replace(f"-87.63\t{client}", f"5\t{north}")
    by_header = parse(data_file(tmp_path, steps.replace("WAREHOUSE_SECTION", GRID + "WAREHOUSE_SECTION")))
    assert by_header.stores.tolist() == [[41.8, -87.8], [41.9, -87.8]]
    assert by_header.clients.tolist()[0] == pytest.approx([41.81, -87.7])
    told = parse(data_file(tmp_path, steps), grid=Grid.read("41.8,-87.8", step_m=1_111.95))
    assert told.clients.tolist()[0] == pytest.approx([41.81, -87.8 + 0.05 / math.cos(math.radians(41.8))], abs=1e-4)
    degrees = parse(data_file(tmp_path, GOOD.replace("WAREHOUSE_SECTION", GRID + "WAREHOUSE_SECTION")))
    assert degrees.stores.tolist() == [[41.87, -87.63], [41.97, -87.63]]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (GOOD, "", "ends after line 0, where WAREHOUSE_SECTION should stand"),
        ("WAREHOUSE_SECTION", "STORES", "line 6: 'STORES' is no KEY : VALUE and no WAREHOUSE_SECTION"),
        ("NUMBER_CLIENTS : 3", "NUMBER_CLIENTS : 0", "NUMBER_CLIENTS is 0; it must say"),
        ("NUMBER_CLIENTS : 3\n", "", "NUMBER_CLIENTS is missing"),
        ("NUMBER_CLIENTS : 3", "NUMBER_CLIENTS : 4", "line 13: EDGE_WEIGHT_SECTION begins where a client should stand"),
        (
            "NUMBER_CLIENTS : 3",
            "NUMBER_CLIENTS : 2",
            "line 12: '2\\t-87.63\\t41.96' stands where EDGE_WEIGHT_SECTION should",
        ),
        ("MEAN_COMMISSION_TIME : 180", "MEAN_COMMISSION_TIME : x", "MEAN_COMMISSION_TIME is x; it must give seconds"),
        ("\t8\t3", "\t8", "line 7: '0\\t-87.63\\t41.87\\t8' should be a warehouse: id, longitude, latitude, pickers"),
        ("\t8\t3", "\t0\t3", "line 7: 0 pickers: should be a whole number"),
        ("\t8\t3", "\t8\t1.5", "line 7: 1.5 couriers: should be a whole number"),
        ("1\t-87.63\t41.90", "1\t-87.63\tnorth", "line 11: '1\\t-87.63\\tnorth' should be a client"),
        ("1\t-87.63\t41.90", "1\t-87.63\tnan", "line 11"),
        ("1\t-87.63\t41.90", "1\t-87.63\t91", "line 11: (-87.63, 91) is no longitude and latitude"),
        ("650\t1400", "650", "line 15: '650' should be travel from client 1: a number of seconds for each warehouse"),
        ("650\t1400", "650\t-1", "line 15: travel must take 0 to 86400 seconds"),
        ("1900\t210\nEOF\n", "", "ends after line 15, where travel from client 2 should stand; is the file complete?"),
        ("EOF\n", "", "ends after line 16, where EOF should stand"),
        ("EOF", "5 5", "line 17: '5 5' stands where EOF should"),
        ("WAREHOUSE_SECTION", GRID[:32] + "\nWAREHOUSE_SECTION", "GRID_SW_COORDINATES : LON LAT needs STEPSIZE_LON"),
        ("two stores", "zw\u00f6lf", "is no plain text"),
    ],
)
def test_a_file_cut_off_or_wrong_is_named_by_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    """What stands there, what should, and what to do."""
    with pytest.raises(ImportFault, match=r"two\.txt") as caught:
        parse(data_file(tmp_path, GOOD.replace(old, new)))
    assert says in str(caught.value)


@pytest.mark.parametrize("cut", range(0, len(GOOD) - 5, 11))
def test_a_file_cut_anywhere_is_an_error(tmp_path: Path, cut: int) -> None:
    """Nothing is made of half a file."""
    with pytest.raises(ImportFault, match=r"two\.txt"):
        parse(data_file(tmp_path, GOOD[:cut]))


def test_the_speed_fits_the_ways_that_are_driven(tmp_path: Path) -> None:
    """On the mean, the way from each client to its nearest store takes as long as the data says."""
    data = parse(data_file(tmp_path))
    found = fit(data)
    write(data, Wishes(orders_per_hour=10), tmp_path / "day.toml")
    day = load(tmp_path / "day.toml")
    seconds = []
    for client, store in zip(data.clients, data.stores[[0, 0, 1]], strict=True):
        travel = day.believed.many_to_many([Point(*client)], [Point(*store)], profile="courier", depart_s=day.start_s)
        seconds.append(int(travel.durations_s[0, 0]))
    assert np.mean(seconds) == pytest.approx((200 + 650 + 210) / 3, rel=0.01)
    assert found.mean_s == pytest.approx((200 + 650 + 210) / 3)
    assert found.mean_error_s == pytest.approx(np.abs(np.array(seconds) - (200, 650, 210)).mean(), abs=2)
    with pytest.raises(ScenarioError, match="no speed"):
        fit(parse(data_file(tmp_path, GOOD.replace("200\t", "0\t").replace("650\t", "0\t").replace("\t210", "\t0"))))


def test_the_day_is_as_wished(tmp_path: Path) -> None:
    """Orders from the clients, couriers and pickers at the stores, exponential times, ample stock, the promise."""
    wishes = Wishes(orders_per_hour=200, couriers_per_store=5, hours=2.5, seed=9, promise_minutes=45, skus=3)
    paths = write(parse(data_file(tmp_path)), wishes, tmp_path / "made" / "day")
    assert [path.name for path in paths] == ["day.toml", "day-stores.csv", "day-clients.csv"]
    day = load(paths[0])
    assert (day.name, day.seed, day.end_s - day.start_s) == ("two-stores", 9, 9_000)
    assert 400 < len(day.orders) < 600
    assert {order.destination for order in day.orders} == {
        Point(41.88, -87.63),
        Point(41.9, -87.63),
        Point(41.96, -87.63),
    }
    assert {order.service_level for order in day.orders} == {"express_45"}
    assert day.directory.levels["express_45"].within_s == 2_700
    assert len(day.couriers) == 10
    assert {courier.shift for courier in day.couriers} == {Interval(day.start_s, day.end_s + 3_600)}
    assert [store.pickers for store in day.directory.stores.values()] == [8, 4]
    assert {row.quantity for row in day.stock} == {1_000_000}
    assert len(day.stock) == 6
    assert day.durations.pick.default == Exponential(180)
    assert day.durations.door.default == Exponential(120)
    files = write(parse(data_file(tmp_path)), Wishes(orders_per_hour=0), tmp_path / "own.toml")
    assert [courier.id for courier in load(files[0]).couriers] == [
        *("S0-courier-01", "S0-courier-02", "S0-courier-03", "S1-courier-01", "S1-courier-02")
    ]


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"orders_per_hour": -1}, "--orders-per-hour -1: give 0 to 100000"),
        ({"orders_per_hour": math.nan}, "--orders-per-hour nan"),
        ({"orders_per_hour": 1, "couriers_per_store": -1}, "--couriers-per-store -1"),
        ({"orders_per_hour": 1, "hours": 0}, "--hours 0: give 0.1 to 11"),
        ({"orders_per_hour": 1, "promise_minutes": 0}, "--promise-minutes 0"),
    ],
)
def test_wishes_have_bounds(wish: dict[str, float], says: str) -> None:
    """Each error names the option."""
    with pytest.raises(ScenarioError, match=says):
        Wishes(**wish)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("corner", "step_m", "says"),
    [
        ("north", 50, "--grid-sw north: give LAT,LON"),
        ("85,0", 50, "--grid-sw 85,0"),
        ("1,1", 0, "--grid-step-m 0: give"),
    ],
)
def test_corners_of_grids_have_bounds(corner: str, step_m: float, says: str) -> None:
    """A place that leaves room for a grid, and steps of some size."""
    with pytest.raises(ScenarioError, match=says):
        Grid.read(corner, step_m=step_m)


def test_what_cannot_be_read_or_written_is_named(tmp_path: Path) -> None:
    """A missing file, and a folder that is a file."""
    with pytest.raises(ScenarioError, match="cannot be read"):
        parse(tmp_path / "none.txt")
    path = data_file(tmp_path)
    with pytest.raises(ScenarioError, match="cannot be written"):
        write(parse(path), Wishes(orders_per_hour=1), path / "day.toml")


def test_only_an_import_is_replaced(tmp_path: Path) -> None:
    """A scenario written by hand stays; one that was imported is made anew."""
    data, wishes, out = parse(data_file(tmp_path)), Wishes(orders_per_hour=1), tmp_path / "day.toml"
    write(data, wishes, out)
    write(data, wishes, out)
    out.write_text('name = "mine"\n', encoding="utf-8")
    with pytest.raises(ScenarioError, match="was not imported: it will not be replaced"):
        write(data, wishes, out)
    assert out.read_text(encoding="utf-8") == 'name = "mine"\n'


def test_the_command_writes_a_scenario(tmp_path: Path) -> None:
    """It says what it wrote and what to do next."""
    path, out = data_file(tmp_path), tmp_path / "day.toml"
    done = CliRunner().invoke(
        app,
        [
            *("instant-delivery", str(path), "--orders-per-hour", "60", "--couriers-per-store", "2", "--hours", "1"),
            *("--seed", "4", "--out", str(out)),
        ],
    )
    assert done.exit_code == 0
    assert f"doorstep simulate {out}" in done.output
    assert "2 stores, 3 clients; wrote" in done.output
    assert len(load(out).couriers) == 4


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--hours", "99"], "--hours 99: give"),
        (["--grid-sw", "x"], "--grid-sw x: give"),
        (["--seed", "-1"], "--seed -1"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path: Path, more: list[str], says: str) -> None:
    """One line, and an exit status of its own."""
    out = tmp_path / "day.toml"
    done = CliRunner().invoke(
        app, ["instant-delivery", str(data_file(tmp_path)), "--orders-per-hour", "60", "--out", str(out), *more]
    )
    assert done.exit_code == 2
    assert says in done.output
    assert not out.exists()
