"""`doorstep simulate`, as it is called from a shell."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from api.commands import simulate as command
from dispatch.errors import LedgerError
from scenarios import compare as compare_module
from scenarios.audit import Audit
from scenarios.errors import ScenarioError

SMALL = """
name = "corner"
timezone = "Europe/Berlin"
start = 2025-06-12T10:00:00
hours = 1.0
solver.work_limit = 0

[[zones]]
id = "z"
timezone = "Europe/Berlin"
profile = "bike"

[[sites]]
id = "s"
lat = 52.5
lon = 13.4

[[stores]]
id = "shop"
site = "s"
zone = "z"

[[items]]
sku = "tea"

[[stock]]
store = "shop"
sku = "tea"
quantity = 5

[[profiles]]
id = "bike"
speed_kmh = 15

[[couriers]]
id = "c1"
zone = "z"
profile = "bike"
shifts = ["10:00-11:00"]
lat = 52.5
lon = 13.4

[[orders]]
id = "o1"
placed = "10:05"
lat = 52.505
lon = 13.405
service_level = "express_30"
lines = [{ sku = "tea", quantity = 1 }]
"""


@pytest.fixture
def corner(tmp_path: Path) -> Path:
    """Write a scenario of one shop, one courier and one order."""
    path = tmp_path / "corner.toml"
    path.write_text(SMALL)
    return path


def call(*arguments: str | Path) -> Result:
    """Call the command in this process."""
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(command.simulate)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_day_is_run_and_reported(corner: Path, tmp_path: Path) -> None:
    """All files are there; the figures, and where the report is, are printed."""
    result = call(corner, "--out", tmp_path / "run")
    assert result.exit_code == 0, result.stderr
    assert {"result.json", "orders.csv", "events.ndjson.gz", "report.html", "timings.json"} <= {
        path.name for path in (tmp_path / "run").iterdir()
    }
    figures = json.loads((tmp_path / "run" / "result.json").read_text())
    assert (figures["orders"]["delivered"], figures["audit"]["faults"]) == (1, 0)
    assert "express_30" in result.stdout
    assert f"report: {tmp_path / 'run' / 'report.html'}" in result.stdout
    assert result.stderr.startswith(
        f"reading scenario {corner} …\n 10 %  Thu 10:06  1 order, 0 ended, none delivered yet"
    )
    timings = json.loads((tmp_path / "run" / "timings.json").read_text())
    assert set(timings["phases"]) == {"load", "prepare", "run", "write", "report"}


def test_changes_and_seed_apply(corner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--set and --seed change the scenario; without --out the run has its name under runs."""
    monkeypatch.chdir(tmp_path)
    result = call(corner, "--set", "orders[0].lines[0].quantity=9", "--set", 'name="other"', "--seed", "7")
    assert result.exit_code == 0, result.stderr
    figures = json.loads(Path("runs/other/result.json").read_text())
    assert (figures["seed"], figures["orders"]["refused"]) == (7, 1)
    assert "refused: NO_STOCK 1" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere.toml",), "nowhere.toml"),
        (("--set", "hourz=3"), "hourz"),
        (("--variant", "a: hours=1"), "belong to --seeds"),
        (("--jobs", "2"), "belong to --seeds"),
        (("--seeds", "1", "--variant", "a"), "give a name and what it changes"),
        (("--seeds", "1", "--variant", "a: hourz=1"), "hourz"),
        (("--seeds", "0"), "--seeds"),
    ],
)
def test_bad_input_is_two_lines_and_status_2(
    corner: Path, tmp_path: Path, arguments: Sequence[str], words: str
) -> None:
    """What is wrong is said without a traceback, and nothing is written."""
    scenario = () if arguments[0].endswith(".toml") else (corner,)
    result = call(*scenario, *arguments, "--out", tmp_path / "run")
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "run").exists()


def test_what_is_no_run_is_not_replaced(corner: Path, tmp_path: Path) -> None:
    """A directory of other things stays as it is."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").touch()
    for arguments in ((), ("--seeds", "1")):
        result = call(corner, "--out", tmp_path / "photos", *arguments)
        assert result.exit_code == 2
        assert "it is no run and will not be replaced" in result.stderr
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_the_audits_faults_are_told(corner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run with faults is written, and ends with status 1."""
    monkeypatch.setattr("scenarios.outputs.audit", lambda _: Audit(checks=1, faults=["units vanished"]))
    result = call(corner, "--out", tmp_path / "run")
    assert result.exit_code == 1
    assert "a fault of doorstep itself: units vanished" in result.stderr
    assert json.loads((tmp_path / "run" / "result.json").read_text())["audit"]["found"] == ["units vanished"]


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (KeyboardInterrupt(), 130, "stopped; nothing was written"),
        (LedgerError("no such shelf"), 1, "a fault of doorstep itself: no such shelf; DOORSTEP_DEBUG=1 shows where"),
        (OSError(28, "No space left on device", "events.ndjson.gz"), 2, "events.ndjson.gz: No space left on device"),
        (ScenarioError("corner.toml: is odd"), 2, "doorstep: corner.toml: is odd"),
    ],
)
def test_what_goes_wrong_on_the_way(
    corner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, words: str
) -> None:
    """Each kind has its status, a line, and leaves nothing behind."""

    def run(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("scenarios.run.run", run)
    result = call(corner, "--out", tmp_path / "run")
    assert result.exit_code == status
    assert words in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"corner.toml"}


def test_a_fault_can_be_looked_into(corner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With DOORSTEP_DEBUG the error itself comes out."""

    def run(*_: object, **__: object) -> None:
        raise LedgerError("no such shelf")

    monkeypatch.setattr("scenarios.run.run", run)
    monkeypatch.setenv("DOORSTEP_DEBUG", "1")
    result = call(corner, "--out", tmp_path / "run")
    assert isinstance(result.exception, LedgerError)


def test_days_are_compared(corner: Path, tmp_path: Path) -> None:
    """--set with --seeds compares the scenario as written with the changed one, on the same days."""
    result = call(corner, "--seeds", "2", "--set", "policy.step_s=60", "--out", tmp_path / "compared")
    assert result.exit_code == 0, result.stderr
    whole = json.loads((tmp_path / "compared" / "compare.json").read_text())
    assert whole["seeds"] == [1, 2]
    assert [variant["name"] for variant in whole["variants"]] == ["as written", "changed"]
    assert "changed less as written" in result.stdout
    again = call(corner, "--seeds", "1", "--out", tmp_path / "compared")
    assert again.exit_code == 0, again.stderr
    assert "1 day, " in again.stdout


def test_variants_share_the_changes(corner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside --variant, --set applies to the base and to every variant."""
    lived: list[tuple[str, ...]] = []

    def run_day(scenario: str, overrides: tuple[str, ...], seed: int) -> dict[str, float | None]:
        del scenario
        lived.append(overrides)
        return {"orders.delivered": float(seed), "on_time.share": None}

    monkeypatch.setattr(compare_module, "run_day", run_day)
    monkeypatch.chdir(tmp_path)
    result = call(corner, "--seeds", "2", "--seed", "5", "--set", "hours=2.0", "--variant", "slow: policy.step_s=60")
    assert result.exit_code == 0, result.stderr
    assert lived == [("hours=2.0",), ("hours=2.0", "policy.step_s=60")] * 2
    assert json.loads(Path("runs/corner-compare/compare.json").read_text())["seeds"] == [5, 6]


def test_days_side_by_side_are_the_same_days(corner: Path, tmp_path: Path) -> None:
    """Two processes give what one gives."""
    for jobs in ("1", "2"):
        result = call(corner, "--seeds", "2", "--jobs", jobs, "--out", tmp_path / jobs)
        assert result.exit_code == 0, result.stderr
    assert (tmp_path / "1" / "compare.json").read_bytes() == (tmp_path / "2" / "compare.json").read_bytes()


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_stops_cleanly(corner: Path, tmp_path: Path, sent: signal.Signals, status: int) -> None:
    """Ctrl-C or a request to end: a status of its own, no traceback, no half run."""
    program = (
        # Where the tests run in the background, SIGINT may be ignored, and that is inherited.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import typer; from api.commands import simulate; app = typer.Typer(); app.command()(simulate.simulate); app()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(corner), "--out", str(tmp_path / "run")],
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None
    assert process.stderr.readline() == f"reading scenario {corner} …\n"
    process.send_signal(sent)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == status
    assert "Traceback" not in errors
    assert {path.name for path in tmp_path.iterdir()} == {"corner.toml"}
