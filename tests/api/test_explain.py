"""`doorstep explain` on what a run wrote."""

import gzip
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from api.commands.explain import explain
from tests.dispatch.market import T0, at, line, order, row

APP = typer.Typer()
APP.command()(explain)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A directory with three decisions."""
    market = row("a", "b", stock={"a": {"milk": 1}, "b": {"milk": 5}})
    wanted = [
        order(line("milk", 2), order_id="order-1"),
        order(line("milk", 9), order_id="order-2"),
        order(line("milk"), order_id="order-3", to=at(500)),
    ]
    texts = [market.allocator.allocate(each, now_s=T0).to_json() for each in wanted]
    path = tmp_path / "day"
    path.mkdir()
    with gzip.open(path / "decisions.ndjson.gz", "wt", encoding="utf-8") as file:
        file.writelines(text + "\n" for text in texts)
    (path / "scenario.json").write_text(json.dumps({"timezone": "Europe/Helsinki"}), encoding="utf-8")
    return path


def ask(*words: object) -> Result:
    """Call the command."""
    return CliRunner().invoke(APP, [str(word) for word in words])


def test_an_order_that_was_served(run: Path) -> None:
    """Promise, source, why, the offers and the refusals, in the scenario's time."""
    result = ask("order-1", "--run", run)
    assert result.exit_code == 0
    for words in (
        "promised: 18:06:40",
        "served by: b",
        "why: no other source",
        "taken",
        "OUT_OF_STOCK",
        "of milk missing",
    ):
        assert words in result.output


def test_an_order_that_was_refused(run: Path) -> None:
    """With its reason; one that nobody could reach has no tables."""
    assert "NO_STOCK" in ask("order-2", "--run", run).output
    assert "no store's service area contains the destination" in ask("order-3", "--run", run).output


def test_without_a_readable_scenario_times_are_utc(run: Path) -> None:
    """Missing, cut off, or with a time zone that is none."""
    for text in (None, "{", '{"timezone": "Mars/North"}', "[]"):
        if text is None:
            (run / "scenario.json").unlink()
        else:
            (run / "scenario.json").write_text(text, encoding="utf-8")
        assert "(UTC)" in ask("order-1", "--run", run).output


def test_an_order_that_was_refused_at_intake(run: Path) -> None:
    """No store was looked at, so there is no decision: the table of orders says why."""
    (run / "orders.csv").write_text("order,reason,detail\norder-9,BAD_QUANTITY,0 of milk\n", encoding="utf-8")
    result = ask("order-9", "--run", run)
    assert result.exit_code == 0
    assert "refused before any store was looked at: BAD_QUANTITY 0 of milk" in result.output
    (run / "orders.csv").write_text("nonsense\n1\n", encoding="utf-8")
    assert ask("order-9", "--run", run).exit_code == 2


def test_an_order_that_is_not_there(run: Path) -> None:
    """Names the nearest, and ends with 2."""
    result = ask("order-9", "--run", run)
    assert result.exit_code == 2
    assert "did you mean order-" in result.output
    assert "3 orders there" in result.output
    decisions = run / "decisions.ndjson.gz"
    with gzip.open(decisions, "rt", encoding="utf-8") as file:
        first = file.readline()
    with gzip.open(decisions, "wt", encoding="utf-8") as file:
        file.write(first)
    assert "(1 order there)" in ask("order-9", "--run", run).output


def test_a_run_that_is_not_there(run: Path, tmp_path: Path) -> None:
    """Names the nearest directory, or the file that is missing."""
    wrong = ask("order-1", "--run", tmp_path / "dya")
    assert (wrong.exit_code, "did you mean day?" in wrong.output) == (2, True)
    nowhere = ask("order-1", "--run", tmp_path / "no" / "where")
    assert (nowhere.exit_code, "no directory" in nowhere.output) == (2, True)
    (run / "decisions.ndjson.gz").unlink()
    empty = ask("order-1", "--run", run)
    assert (empty.exit_code, "has no decisions.ndjson.gz" in empty.output) == (2, True)


def test_a_file_that_is_cut_off_or_damaged(run: Path) -> None:
    """Says that it cannot be read to its end."""
    path = run / "decisions.ndjson.gz"
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 255
    for content in (whole[:-20], bytes(damaged), b"no gzip at all"):
        path.write_bytes(content)
        result = ask("order-1", "--run", run)
        assert result.exit_code == 2
        assert "cannot be read to its end" in result.output
