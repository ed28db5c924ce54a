"""`doorstep plan`."""

import io
import json
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands import plan as plan_module
from solver.formats.native import read_plan, write_problem
from solver.problem import Window
from solver.suggestion import Kind as SuggestionKind
from solver.suggestion import Suggestion
from tests.solver import on_a_line, test_city_pdptw, test_li_lim, test_native, test_vrplib
from tests.solver.test_vroom import SMALL
from tests.solver.vroom_schema import Error, judge


@pytest.fixture
def doorstep():
    """Return a function that runs the command line."""
    runner = CliRunner()

    def run(*arguments, text=None):
        return runner.invoke(app, ["plan", *map(str, arguments)], input=text)

    return run


@pytest.fixture
def problem(tmp_path):
    """Write the small problem to a file."""
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(SMALL))
    return path


def test_a_file_becomes_a_plan(doorstep, problem, tmp_path):
    """Written to the file named, with a line that sums it up."""
    output = tmp_path / "plan.json"
    run = doorstep(problem, "--format", "vroom", "--time-limit", "0.3", "--seed", "3", "--output", output)
    assert run.exit_code == 0, run.output
    told = json.loads(output.read_text())
    assert (told["code"], told["summary"]["unassigned"]) == (0, 0)
    assert "4 stops on 1 route, 0 requests left out" in run.stderr


def test_standard_input_and_output(doorstep):
    """Nothing but the plan is on standard output."""
    run = doorstep("-", "--engine", "insertion", text=json.dumps(SMALL))
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout)["summary"]["routes"] == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "not JSON at line 1, column 2"),
        ("[" * 100_000, "nested too deeply"),
        ("{}", "has no vehicles"),
        (json.dumps({**SMALL, "options": {}}), "/options: is not honoured"),
    ],
)
def test_bad_input_is_named(doorstep, text, told):
    """What is wrong, and where; exit status 2. VROOM's format has a form for it, which is the output then."""
    run = doorstep("-", text=text)
    assert run.exit_code == 2
    assert f"standard input: {told}" in run.stderr or told in run.stderr
    answer = Error.model_validate_json(run.stdout)
    assert answer.code == 2
    assert answer.error in run.stderr
    run = doorstep("-", "--format", "native", text=text)
    assert (run.exit_code, run.stdout) == (2, "")


def test_an_old_plan_does_not_stay_beside_an_error(doorstep, tmp_path):
    """Who reads the output would take it for the answer. What cannot be written is told too."""
    output = tmp_path / "plan.json"
    output.write_text("old")
    run = doorstep("-", "--output", output, text="{}")
    assert (run.exit_code, Error.model_validate_json(output.read_text()).code) == (2, 2)
    run = doorstep("-", "--output", tmp_path, text="{}")
    assert run.exit_code == 2
    assert "Is a directory" in run.stderr
    assert "has no vehicles" in run.stderr


def test_a_file_that_cannot_be_read_is_named(doorstep, tmp_path):
    """Missing, or not text."""
    run = doorstep(tmp_path / "missing.json")
    assert (run.exit_code, "missing.json: No such file" in run.stderr) == (2, True)
    assert "No such file" in Error.model_validate_json(run.stdout).error
    binary = tmp_path / "binary.json"
    binary.write_bytes(b'{"\xff')
    run = doorstep(binary)
    assert (run.exit_code, "not UTF-8 at byte 2" in run.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--format", "li-lin"],
            "--format li-lin: give one of native, vroom, li-lim, city-pdptw, vrplib; did you mean",
        ),
        (["--time-limit", "0"], "time_limit_s = 0.0"),
        (["--seed", "-1"], "seed = -1"),
        (["--engine", "warp"], "engine = 'warp': give one of auto"),
        (["--output", "/nowhere/at/all/plan.json"], "its directory does not exist"),
    ],
)
def test_bad_options_are_named(doorstep, problem, arguments, told):
    """Before anything is planned."""
    run = doorstep(problem, *arguments)
    assert run.exit_code == 2
    assert told in run.stderr


def test_an_output_that_cannot_be_written_is_named(doorstep, problem, tmp_path):
    """A directory is no file."""
    run = doorstep(problem, "--engine", "insertion", "--output", tmp_path)
    assert run.exit_code == 2
    assert "Is a directory" in run.stderr


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        ("native", json.dumps(write_problem(test_native.PROBLEM)), '{"routes": [{"courier": 0, "courier_id": "van"'),
        ("li-lim", test_li_lim.TEXT, "Instance name : problem"),
        ("city-pdptw", test_city_pdptw.TEXT, "Instance name : problem"),
        ("vrplib", test_vrplib.CVRP, "Route #1: "),
    ],
)
def test_each_format_is_answered_in_kind(doorstep, tmp_path, name, text, first):
    """And what is written is a valid plan for what was read."""
    problem, output = tmp_path / "problem.txt", tmp_path / "plan.txt"
    problem.write_text(text)
    run = doorstep(problem, "--format", name, "--engine", "insertion", "--output", output)
    assert run.exit_code == 0, run.output
    assert output.read_text().startswith(first)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.txt", "problem.txt"]
    judged = CliRunner().invoke(app, ["check", str(problem), str(output), "--format", name])
    assert (judged.exit_code, judged.stdout.splitlines()[-1]) == (0, "valid")


def test_travel_is_told_in_units_of_the_text(doorstep):
    """1.415 to node 2, 1.415 to 4, 2.237 to 1, 4 to 3, 3 home."""
    run = doorstep("-", "--format", "li-lim", "--engine", "insertion", text=test_li_lim.TEXT)
    assert run.exit_code == 0, run.output
    assert "4 stops on 1 route, 0 requests left out" in run.stderr
    assert run.stderr.rstrip().endswith("travel 12.067")


def test_coordinates_are_enough(doorstep, tmp_path):
    """Travel is estimated then, and that is said; VROOM's name of a profile is known."""
    data = {
        "vehicles": [{"id": 1, "start": [16.36, 48.20], "profile": "driving-car", "time_window": [0, 9000]}],
        "jobs": [{"id": 1, "location": [16.38, 48.21]}, {"id": 2, "location": [16.40, 48.22]}],
    }
    run = doorstep("-", "--engine", "insertion", text=json.dumps(data))
    assert run.exit_code == 0, run.output
    assert "estimated from straight lines (driving-car at 30 km/h, 1.3 times the distance)" in run.stderr
    plan = judge(json.loads(run.stdout))
    assert [step.location for step in plan.routes[0].steps][1:3] == [(16.38, 48.21), (16.40, 48.22)]
    problem, output = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(json.dumps(data))
    output.write_text(run.stdout)
    judged = CliRunner().invoke(app, ["check", str(problem), str(output)])
    assert (judged.exit_code, judged.stdout.splitlines()[-1]) == (0, "valid")


def test_costs_are_told_in_units_of_the_text(doorstep, tmp_path):
    """10 s at 1,800 an hour, 100 m at 25 a km: 5 and 2.5, of which VROOM's whole costs are 8."""
    data = {
        "vehicles": [{"id": 1, "start_index": 0, "costs": {"per_hour": 1800, "per_km": 25}}],
        "jobs": [{"id": 1, "location_index": 1}],
        "matrices": {"car": {"durations": [[0, 10], [10, 0]], "distances": [[0, 100], [100, 0]]}},
    }
    run = doorstep("-", "--engine", "insertion", text=json.dumps(data))
    assert "cost without these 7.50" in run.stderr
    plan = judge(json.loads(run.stdout))
    assert plan.summary.cost == 8
    problem, output = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(json.dumps(data))
    output.write_text(run.stdout)
    judged = CliRunner().invoke(app, ["check", str(problem), str(output)])
    told = {line[:17].strip(): line[17:].strip() for line in judged.stdout.splitlines()}
    assert {name: told[f"cost {name}"] for name in ("travel", "distance", "total")} == {
        "travel": "5.00",
        "distance": "2.50",
        "total": "7.50",
    }


def test_given_steps_are_where_it_begins(doorstep):
    """Insertion alone keeps them: two routes where one would do."""
    data = {
        "vehicles": [{"id": number, "start_index": 0, "steps": [{"type": "job", "id": number}]} for number in (1, 2)],
        "jobs": [{"id": number, "location_index": 1} for number in (1, 2)],
        "matrix": [[0, 10], [10, 0]],
    }
    run = doorstep("-", "--engine", "insertion", text=json.dumps(data))
    assert "2 stops on 2 routes" in run.stderr


def test_one_of_a_kind_is_told_as_one(doorstep):
    """A stop, a route, a request left out: what is at place 9 is 30 s late."""
    requests = [on_a_line.drop("near", 1), on_a_line.drop("far", 9, windows=(Window(latest_s=60),))]
    text = json.dumps(write_problem(on_a_line.problem([on_a_line.courier()], requests)))
    run = doorstep("-", "--format", "native", "--engine", "insertion", text=text)
    assert "1 stop on 1 route, 1 request left out, cost without these 10" in run.stderr


def test_output_is_unicode_as_it_came(doorstep):
    """Descriptions are not escaped."""
    data = {**SMALL, "jobs": [{"id": 1, "location_index": 1, "description": "Zoë, 3º"}]}
    run = doorstep("-", "--engine", "insertion", text=json.dumps(data))
    assert "Zoë, 3º" in run.stdout
    assert json.load(io.StringIO(run.stdout))["code"] == 0


@pytest.mark.parametrize(("limit_s", "start_s", "left_s"), [(5.0, 1.0, 5.0), (5.0, 3.5, 3.5), (5.0, 60.0, 2.5)])
def test_a_slow_start_is_taken_off_the_search(limit_s, start_s, left_s):
    """Beyond two seconds, and no more than half."""
    assert plan_module._left_s(limit_s, start_s) == left_s


def test_threads_are_counted(doorstep, problem):
    """As many as told, from one on."""
    run = doorstep(problem, "--time-limit", "0.2", "--threads", "1")
    assert run.exit_code == 0, run.output
    run = doorstep(problem, "--threads", "0")
    assert (run.exit_code, "threads = 0: give 1 to 64" in run.stderr) == (2, True)


def test_an_interrupt_takes_the_best_plan_so_far(problem, tmp_path):
    """A minute is allowed; after Ctrl-C the plan is written at once, and it is a plan like any other."""
    output = tmp_path / "plan.json"
    code = (
        # Where the tests run in the background, SIGINT may be ignored, and that is inherited.
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from api.cli import main\n"
        f"sys.argv = ['doorstep', 'plan', {str(problem)!r}, '--time-limit', '60', '--output', {str(output)!r}]\n"
        "from solver.solve import Solver\n"
        "whole = Solver.solve\n"
        "def told(self, problem, params, *, start=None, watch=None):\n"
        "    def heard(progress):\n"
        "        print('searching', flush=True)\n"
        "        return watch(progress)\n"
        "    return whole(self, problem, params, start=start, watch=heard)\n"
        "Solver.solve = told\n"
        "main()\n"
    )
    began_s = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "searching\n"
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=50)
    assert child.returncode == 0, said
    assert time.monotonic() - began_s < 55
    assert "stops on" in said
    assert json.loads(output.read_text(encoding="utf-8"))["summary"]["unassigned"] == 0


def test_what_would_serve_those_left_out(doorstep, tmp_path):
    """Is printed with the reason, and written to a native plan, which can be read again."""
    made = on_a_line.problem(
        [on_a_line.courier(capacity=(2,))],
        [
            on_a_line.drop("soup", 9, unload=(1,), windows=(Window(latest_s=60),)),
            on_a_line.drop("sofa", 3, unload=(3,)),
            on_a_line.drop("pen", 5, unload=(0,), price=50),
        ],
        dimensions=("kg",),
    )
    problem, output = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(json.dumps(write_problem(made)))
    run = doorstep(problem, "--format", "native", "--time-limit", "0.3", "--suggest", "5", "--output", output)
    assert run.exit_code == 0, run.output
    assert run.stderr.splitlines()[-3:] == [
        "soup: due 30 s later (impossible: courier c, the fastest, would be 30 s late with nothing else to do)",
        "sofa: room for 1 kg more on courier c (impossible: courier c, the roomiest, has no room for 1 kg of it)",
        "pen: a price of 51 instead of 50 (not worth its price: courier c, the cheapest, could serve it for 50; "
        "its price is 50)",
    ]
    plan = read_plan(json.loads(output.read_text()), made)
    assert plan.left_out[0].suggestion == Suggestion(
        request=0, kind=SuggestionKind.LATER, text="due 30 s later", more_s=30
    )
    assert doorstep(problem, "--format", "native", "--suggest", "-1").exit_code == 2


def test_times_are_told_in_units_of_the_text(doorstep):
    """1.415 to node 2 and as far to node 4, which closes at 1."""
    text = test_li_lim.TEXT.replace("500.5", "1")
    run = doorstep("-", "--format", "li-lim", "--time-limit", "0.3", "--suggest", "5", text=text)
    assert run.exit_code == 0, run.output
    assert run.stderr.splitlines()[-1] == (
        "2-4: due 2 units later (impossible: courier 1, the fastest, would be 1.83 units late with nothing else to do)"
    )


def test_nothing_is_suggested_for_a_whole_plan(doorstep, problem):
    """Of VROOM's format the plan is the same as without."""
    run = doorstep(problem, "--engine", "insertion", "--suggest", "1")
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout)["summary"]["unassigned"] == 0
    assert "requests left out, cost" in run.stderr.splitlines()[-1]
