"""`doorstep draw`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from api.cli import app
from solver.formats.native import write_problem
from tests.api.drawing.plans import plan, problem
from tests.solver import test_li_lim
from tests.solver.on_a_line import courier, drop
from tests.solver.on_a_line import problem as street

Run = Callable[..., Result]


@pytest.fixture
def doorstep() -> Run:
    """Return a function that runs the command."""
    runner = CliRunner()
    return lambda *arguments, text=None: runner.invoke(app, ["draw", *map(str, arguments)], input=text)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Write the small plan and its problem."""
    paths = tmp_path / "morning.plan.json", tmp_path / "problem.json"
    for path, data in zip(paths, (plan(), problem()), strict=True):
        path.write_text(json.dumps(data), encoding="utf-8")
    return paths


def test_a_plan_becomes_a_page(doorstep: Run, files: tuple[Path, Path]) -> None:
    """Beside the plan, if no other place is given, with a line that sums it up."""
    run = doorstep(files[0], "--problem", files[1])
    assert run.exit_code == 0, run.output
    page = files[0].with_suffix(".html")
    assert f"3 stops on 2 routes, 1 task left out: {page}" in run.stderr
    text = page.read_text(encoding="utf-8")
    assert "<h1>morning.plan</h1>" in text
    assert "Drawn from travel times, not from a map" in text


def test_where_to_write(doorstep: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    """To a file, or to standard output."""
    assert doorstep(files[0], "--output", tmp_path / "page.html").exit_code == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert doorstep(files[0], "--output", "-").stdout.startswith("<!doctype html>")
    assert doorstep("-", text=json.dumps(plan())).stdout.rstrip().endswith("</html>")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "standard input: /: not JSON at line 1, column 2"),
        ("[" * 100_000, "standard input: /: nested too deeply"),
        ("1" * 5_000, "standard input: /: has a number of thousands of digits"),
        ("{}", "standard input: /: has no routes"),
        (json.dumps(problem()), "standard input: /: is a problem, not a plan"),
    ],
)
def test_a_bad_plan_is_named(doorstep: Run, text: str, told: str) -> None:
    """What is wrong, where, and what to do, in one line; exit status 2."""
    run = doorstep("-", text=text)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith(f"doorstep: {told}")
    assert run.stderr.count("\n") == 1


def test_an_unknown_vehicle_is_named(doorstep: Run, files: tuple[Path, Path]) -> None:
    """With the file, its place there, and the remedy."""
    data: dict[str, Any] = plan()
    data["routes"][1]["vehicle"] = 77
    files[0].write_text(json.dumps(data), encoding="utf-8")
    run = doorstep(files[0], "--problem", files[1])
    assert run.exit_code == 2
    assert "plan.json: /routes/1/vehicle: is 77, which is no vehicle of the problem: give the problem" in run.stderr


def test_a_bad_problem_is_named(doorstep: Run, files: tuple[Path, Path]) -> None:
    """Not the plan."""
    run = doorstep(files[0], "--problem", files[0])
    assert run.exit_code == 2
    assert "morning.plan.json: /: is a plan: give the problem that it was made for" in run.stderr


def test_files_that_cannot_be_used_are_named(doorstep: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    """Missing, no text, no directory, not to be written."""
    (tmp_path / "binary").write_bytes(b"\xff")
    for arguments, told in (
        ((tmp_path / "none.json",), "none.json: No such file or directory; give a file that can be read, or -"),
        ((tmp_path / "binary",), "binary: not UTF-8 at byte 0"),
        ((files[0], "--problem", tmp_path / "none.json"), "none.json: No such file or directory; give a file that"),
        ((files[0], "--output", "/nowhere/at/all.html"), "its directory does not exist"),
        ((files[0], "--output", tmp_path), "Is a directory"),
        ((files[0], "--output", files[0]), "is what is drawn, and would be written over"),
        (("-", "--problem", "-"), "--problem -: the plan is read from standard input already"),
    ):
        run = doorstep(*arguments, text="{}")
        assert run.exit_code == 2, told
        assert told in run.stderr


@pytest.mark.parametrize(
    ("name", "text", "stops"),
    [
        ("li-lim", test_li_lim.TEXT, "4 stops"),
        ("native", json.dumps(write_problem(street([courier()], [drop("a", 3)]))), "1 stop"),
    ],
)
def test_plans_of_every_format_can_be_drawn(doorstep: Run, tmp_path: Path, name: str, text: str, stops: str) -> None:
    """With their problem; without it, or with one they do not fit, that is said."""
    given, planned = tmp_path / "given.txt", tmp_path / "planned.txt"
    given.write_text(text, encoding="utf-8")
    made = CliRunner().invoke(
        app, ["plan", str(given), "--format", name, "--time-limit", "0.2", "--output", str(planned)]
    )
    assert made.exit_code == 0, made.output
    run = doorstep(planned, "--problem", given, "--format", name)
    assert run.exit_code == 0, run.output
    assert f"{stops} on 1 route, 0 tasks left out: {planned.with_suffix('.html')}" in run.stderr
    assert "Drawn from travel times" in planned.with_suffix(".html").read_text(encoding="utf-8")
    alone = doorstep(planned, "--format", name)
    assert (alone.exit_code, "give the problem that the plan was made for" in alone.stderr) == (2, True)
    wrong = doorstep(given, "--problem", given, "--format", name)
    assert wrong.exit_code == 2
    assert f"{given}: " in wrong.stderr


def test_an_unknown_format_is_named(doorstep: Run, files: tuple[Path, Path]) -> None:
    """With those there are."""
    run = doorstep(files[0], "--format", "vrom")
    assert (run.exit_code, "did you mean vroom?" in run.stderr) == (2, True)
