"""`doorstep check`."""

import json

import pytest
from typer.testing import CliRunner

from api.cli import app
from solver.formats.native import write_plan, write_problem
from tests.solver import test_city_pdptw, test_li_lim, test_native, test_vroom_plan, test_vrplib
from tests.solver.test_vroom import SMALL


@pytest.fixture
def doorstep(tmp_path):
    """Return a function that checks a plan text against a problem text."""
    runner = CliRunner()

    def run(problem, plan, *options, text=None):
        names = []
        for name, content in (("problem", problem), ("plan", plan)):
            if content != "-":
                (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content))
            names.append("-" if content == "-" else str(tmp_path / name))
        return runner.invoke(app, ["check", *names, *options], input=text)

    return run


NATIVE = write_problem(test_native.PROBLEM), write_plan(test_native.PLAN, test_native.PROBLEM)


@pytest.mark.parametrize(
    ("name", "problem", "plan", "figures"),
    [
        ("native", *NATIVE, {"routes": "1", "requests left out": "1", "cost left_out": "50", "cost total": "190"}),
        ("native", NATIVE[0] | {"time_scale": 8}, NATIVE[1], {"cost travel": "140", "travel": "17.500"}),
        ("vroom", SMALL, test_vroom_plan.OUTPUT, {"requests left out": "1", "cost left_out": "10,000"}),
        ("li-lim", test_li_lim.TEXT, "Route 1 : 1 2 4 3", {"cost travel": "15,258", "travel": "15.258"}),
        ("city-pdptw", test_city_pdptw.TEXT, "Route 1 : 1 2", {"cost fixed": "22", "cost travel": "13"}),
        ("vrplib", test_vrplib.CVRP, "Route #1: 1 2\nRoute #2: 3\nCost 16", {"routes": "2", "cost total": "16"}),
    ],
)
def test_a_valid_plan_has_its_costs_by_term(doorstep, name, problem, plan, figures):
    """And ends with the word."""
    run = doorstep(problem, plan, "--format", name)
    assert run.exit_code == 0, run.output
    *lines, last = run.stdout.splitlines()
    assert last == "valid"
    told = {line[:17].strip(): line[17:].strip() for line in lines}
    assert told | figures == told


@pytest.mark.parametrize(
    ("name", "problem", "plan", "code"),
    [
        ("native", NATIVE[0], NATIVE[1] | {"cost": {}}, "COST_WRONG: the plan says 0 for left_out, its routes"),
        ("native", NATIVE[0], NATIVE[1] | {"left_out": []}, "REQUEST_MISSING: request 2 (sofa)"),
        ("vroom", SMALL, test_vroom_plan.OUTPUT | {"unassigned": []}, "REQUEST_MISSING: request 1 (job 4)"),
        ("li-lim", test_li_lim.TEXT, "Route 1 : 3 1", "UNLOAD_BEFORE_LOAD: stop 0 of courier 0"),
        ("city-pdptw", test_city_pdptw.TEXT, "Route 1 : 7", "TASK_UNKNOWN: route 1 visits 7"),
        ("vrplib", test_vrplib.CVRP, "Route #1: 1 2 3", "CAPACITY: courier 0 starts with load 13 of 10"),
    ],
)
def test_the_first_fault_is_told_with_its_code(doorstep, name, problem, plan, code):
    """Exit status 1."""
    run = doorstep(problem, plan, "--format", name)
    assert run.exit_code == 1
    assert run.stdout.startswith(code)
    assert "valid" not in run.stdout


@pytest.mark.parametrize(
    ("name", "problem", "plan", "told"),
    [
        ("warp", "", "", "--format warp: give one of native, vroom, li-lim, city-pdptw, vrplib"),
        ("vroom", "{", "{}", "problem: /: not JSON at line 1"),
        ("vroom", SMALL, "{", "plan: /: not JSON at line 1"),
        ("vroom", SMALL, {}, "plan: /: has no routes"),
        ("native", SMALL, {}, "problem: /vehicles: is not honoured"),
        ("native", NATIVE[0], NATIVE[1] | {"work": "x"}, "plan: /work: is a string"),
        ("li-lim", test_li_lim.TEXT[:-9], "", "problem: line 6: has 6 words"),
        ("vrplib", test_vrplib.CVRP, "here\n", "plan: line 1: is 'here'"),
    ],
)
def test_what_cannot_be_read_is_named(doorstep, name, problem, plan, told):
    """Which of the two, where, and what; exit status 2."""
    run = doorstep(problem, plan, "--format", name)
    assert run.exit_code == 2
    assert told in run.stderr
    assert run.stdout == ""


def test_one_of_the_two_may_be_standard_input(doorstep):
    """VROOM's format is that of both if none is named."""
    run = doorstep(SMALL, "-", text=json.dumps(test_vroom_plan.OUTPUT))
    assert (run.exit_code, run.stdout.splitlines()[-1]) == (0, "valid")
    run = doorstep("-", "-", text="")
    assert (run.exit_code, "give a file for one of them" in run.stderr) == (2, True)


def test_a_file_that_is_not_there(tmp_path):
    """Named."""
    run = CliRunner().invoke(app, ["check", str(tmp_path / "no"), str(tmp_path / "no")])
    assert (run.exit_code, "no: No such file" in run.stderr) == (2, True)
