"""A run's directory is read, and what is wrong with a file is said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.errors import ScenarioError
from scenarios.report.errors import RunFileError
from scenarios.report.files import read_run
from tests.browser.made_day import made_day
from tests.browser.made_run import write_day


@pytest.fixture
def run_dir(tmp_path: Path) -> Path:
    """Write a small day."""
    return write_day(tmp_path / "run", made_day(orders=12, couriers=3, merchants=2))


def test_everything_is_read(run_dir: Path) -> None:
    """Each table has its rows, in the order of the file."""
    run = read_run(run_dir)
    assert [order.order for order in run.orders] == [f"o{number:05d}" for number in range(1, 13)]
    assert len(run.couriers) == 3
    assert len(run.stores) == 8
    assert {stop.courier for stop in run.stops} <= {courier.courier for courier in run.couriers}
    assert run.result["orders"]["total"] == 12
    assert run.scenario["rivers"]
    assert run.offsets_s == (7200,)
    assert run.directory == run_dir


@pytest.mark.parametrize(
    "name", ["orders.csv", "stops.csv", "couriers.csv", "stores.csv", "result.json", "scenario.json"]
)
def test_a_missing_file_is_named(run_dir: Path, name: str) -> None:
    """A missing file is named, with what writes it; commands that know errors of scenarios know this one."""
    (run_dir / name).unlink()
    with pytest.raises(RunFileError, match=f"{name}: No such file.*doorstep simulate") as caught:
        read_run(run_dir)
    assert isinstance(caught.value, ScenarioError)


def test_a_table_cut_off_in_a_line(run_dir: Path) -> None:
    """The line at which a table ends too early is named."""
    path = run_dir / "stops.csv"
    text = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*text[:3], text[3][:60]]), encoding="utf-8")
    with pytest.raises(RunFileError, match=r"stops\.csv line 4, column \w+: '.*' is no "):
        read_run(run_dir)


def test_a_table_without_a_column(run_dir: Path) -> None:
    """A table that lacks columns, or is empty, says which."""
    (run_dir / "orders.csv").write_text("order,placed\n", encoding="utf-8")
    with pytest.raises(RunFileError, match="no column outcome"):
        read_run(run_dir)
    (run_dir / "orders.csv").write_text("", encoding="utf-8")
    with pytest.raises(RunFileError, match="no column order, outcome, placed"):
        read_run(run_dir)


def test_a_table_of_other_bytes(run_dir: Path) -> None:
    """A table that is no UTF-8 says so."""
    (run_dir / "stores.csv").write_bytes(b"store,site,lat,lon\n\xff\xfe,a,1,2\n")
    with pytest.raises(RunFileError, match=r"stores\.csv: no CSV in UTF-8"):
        read_run(run_dir)


@pytest.mark.parametrize(("text", "said"), [("{", "no JSON"), ("[]", "an object is wanted, not list")])
def test_json_of_another_form(run_dir: Path, text: str, said: str) -> None:
    """A result that is cut off, or no object, says so."""
    (run_dir / "result.json").write_text(text, encoding="utf-8")
    with pytest.raises(RunFileError, match=rf"result\.json: {said}"):
        read_run(run_dir)


def test_clocks_that_were_changed_in_the_run(run_dir: Path) -> None:
    """Both offsets of a night in which the clocks changed are found."""
    path = run_dir / "orders.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:-1], lines[-1].replace("+02:00", "+01:00")]), encoding="utf-8")
    assert read_run(run_dir).offsets_s == (3600, 7200)


def test_tables_without_rows(tmp_path: Path) -> None:
    """A day on which nothing happened is read as such."""
    run = read_run(write_day(tmp_path / "run", made_day(orders=0, couriers=0)))
    assert (run.orders, run.stops, run.couriers, run.offsets_s) == ((), (), (), ())
