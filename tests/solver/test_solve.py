"""From a problem to a plan."""

import logging
import os
import signal
import subprocess
import sys
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver import solve as solve_module
from solver.check import check, check_left_out
from solver.errors import PlanFault
from solver.insertion.plan import insert
from solver.params import SolveParams
from solver.plan import Reason
from solver.problem import Problem
from solver.routing import tandem
from solver.solve import Solver, solve
from tests.solver import instances
from tests.solver.strategies import problems, sequences


@pytest.fixture(scope="module")
def solver():
    """Return a solver that keeps its child for all tests of this file."""
    with Solver() as own:
        own.warm_up("ortools")
        yield own


def work(units, *, seed=0, engine="auto"):
    """Return parameters with a work limit."""
    return SolveParams(work_limit=units, seed=seed, engine=engine)


def both(units, *, seed=0):
    """Return parameters with a work limit, for OR-Tools in tandem with ruin and recreate."""
    return work(units, seed=seed, engine="ortools")


def test_random_problems_have_checked_plans_no_worse_than_their_start(solver):
    """Every feature at once; what is left out fits nowhere."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(problems(most_requests=8), st.integers(0, 9), st.data())
    def holds(problem, seed, data):
        start = data.draw(st.none() | sequences(problem))
        engine = data.draw(st.sampled_from(["search", "ortools"]))
        plan = solver.solve(problem, work(1, seed=seed, engine=engine), start=start)
        check(problem, plan)
        check_left_out(problem, plan)
        assert plan.cost.total <= insert(problem, start=start).cost.total
        assert all(item.reason is not Reason.NOT_FOUND for item in plan.left_out)

    holds()


def test_without_work_it_is_the_insertion_plan():
    """No child is started for it."""
    problem = instances.orders_from_stores(20, 2, tight=True)
    own = Solver()
    plan = own.solve(problem, work(0))
    assert own._process.pid is None
    assert (plan.engine, plan.work) == ("insertion", 0)
    assert plan.sequences(2) == insert(problem).sequences(2)
    assert plan.left_out
    assert all(item.detail for item in plan.left_out)


def test_the_insertion_engine_searches_nothing():
    """Whatever the limit."""
    problem = instances.orders_from_stores(20, 4)
    plan = Solver().solve(problem, SolveParams(work_limit=100, engine="insertion"))
    assert plan.engine == "insertion"
    assert plan.cost == insert(problem).cost


@pytest.mark.parametrize("engine", ["search", "ortools"])
def test_more_work_is_worth_it(solver, engine):
    """Forty orders for eight couriers: a good deal cheaper than insertion."""
    problem = instances.orders_from_stores(40, 8)
    plan = solver.solve(problem, work(5, engine=engine))
    assert (plan.engine, plan.work) == (engine, 5)
    assert plan.cost.total < 0.95 * insert(problem).cost.total


def test_one_request_needs_no_search(solver):
    """It is inserted at its best."""
    for requests, engine in ((1, "insertion"), (2, "search")):
        plan = solver.solve(instances.orders_from_stores(requests, 2), work(1))
        assert (plan.left_out, plan.engine) == ((), engine)


@pytest.mark.parametrize(
    "params",
    [
        work(2_000),
        both(2_000),
        SolveParams(time_limit_s=30.0),
        SolveParams(time_limit_s=30.0, engine="ortools"),
    ],
)
def test_a_search_can_be_watched_and_stopped(solver, params):
    """It hears of falling costs; told to stop it returns the best plan it has."""
    problem = instances.orders_from_stores(40, 8)
    heard = []

    def watch(progress):
        heard.append(progress)
        return len(heard) == 3

    plan = solver.solve(problem, params, watch=watch)
    check(problem, plan)
    assert len(heard) == 3
    assert [one.seconds for one in heard] == sorted(one.seconds for one in heard)
    assert [one.cost for one in heard] == sorted((one.cost for one in heard), reverse=True)
    assert plan.cost.total <= heard[-1].cost <= insert(problem).cost.total


def test_threads_repeat_exactly(solver):
    """Three of them, as often as wanted; and another plan than one alone finds."""
    problem = instances.orders_from_stores(30, 6)
    plans = [solver.solve(problem, SolveParams(work_limit=4, seed=5, threads=threads)) for threads in (3, 3, 1)]
    assert plans[0] == plans[1]
    assert plans[0].sequences(6) != plans[2].sequences(6)
    assert plans[0].cost.total < insert(problem).cost.total


@pytest.mark.parametrize("problem", [instances.orders_from_stores(25, 6), instances.parcels_from_a_depot(25, 3)])
@pytest.mark.parametrize("params", [work(4, seed=5), both(4, seed=5)])
def test_a_work_limit_repeats_exactly(solver, problem, params):
    """In the same child, and in another one."""
    plan = solver.solve(problem, params)
    assert solver.solve(problem, params) == plan
    assert solve(problem, params) == plan


def test_a_work_limit_repeats_in_another_interpreter(solver):
    """Nothing hangs on the order of hashes."""
    code = (
        "from solver.params import SolveParams\n"
        "from solver.solve import solve\n"
        "from tests.solver import instances\n"
        "for engine in ('search', 'ortools'):\n"
        "    print(solve(instances.orders_from_stores(15, 4), SolveParams(work_limit=3, seed=5, engine=engine)))\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    problem = instances.orders_from_stores(15, 4)
    assert run.stdout.splitlines() == [str(solver.solve(problem, make(3, seed=5))) for make in (work, both)]


def test_a_time_limit_is_no_work_limit(solver):
    """A plan that is checked and no worse than insertion; OR-Tools has taken part."""
    problem = instances.orders_from_stores(20, 5, tight=True)
    plan = solver.solve(problem, SolveParams(time_limit_s=1.0, engine="ortools"))
    check(problem, plan)
    assert plan.engine == "ortools"
    assert plan.cost.total <= insert(problem).cost.total


def test_hardly_any_time_is_enough_for_a_plan(solver):
    """A limit shorter than the least that is needed to check a plan."""
    problem = instances.orders_from_stores(30, 3, tight=True)
    plan = solver.solve(problem, SolveParams(time_limit_s=0.001))
    check(problem, plan)
    assert plan.engine == "insertion"


def test_a_start_is_kept_or_bettered(solver):
    """A start better than insertion alone."""
    problem = instances.orders_from_stores(30, 6, tight=True)
    good = solver.solve(problem, work(30))
    start = good.sequences(6)
    assert solver.solve(problem, work(0), start=start).cost.total <= good.cost.total
    assert solver.solve(problem, work(1), start=start).cost.total <= good.cost.total


@pytest.mark.parametrize(("orders", "couriers"), [(0, 0), (0, 2), (3, 0), (1, 1)])
def test_nothing_to_choose(solver, orders, couriers):
    """No orders, no couriers, or one of each."""
    problem = instances.orders_from_stores(orders, couriers)
    for params in (work(5), SolveParams(time_limit_s=0.2)):
        plan = solver.solve(problem, params)
        check(problem, plan)
        assert len(plan.left_out) == (0 if couriers else orders)


def test_a_child_that_was_killed_is_replaced(caplog):
    """The plan made without it is checked; the next has OR-Tools again."""
    problem = instances.orders_from_stores(12, 3)
    with Solver() as own:
        own.warm_up("ortools")
        os.kill(own._process.pid, signal.SIGKILL)
        plan = own.solve(problem, both(1))
        check(problem, plan)
        assert plan.engine == "search"
        assert "was lost" in caplog.text
        assert own.solve(problem, both(1)).engine == "ortools"


@pytest.mark.parametrize("params", [both(1), SolveParams(time_limit_s=0.8, engine="ortools")])
def test_a_child_that_hangs_is_replaced(params, caplog):
    """Stopped before it is asked: the plan comes all the same, and the next has OR-Tools again."""
    caplog.set_level(logging.INFO)
    problem = instances.orders_from_stores(12, 3)
    with Solver(patience_s=0.5) as own:
        own.warm_up("ortools")
        pid = own._process.pid
        os.kill(pid, signal.SIGSTOP)
        plan = own.solve(problem, params)
        check(problem, plan)
        assert plan.engine == "search"
        assert "killed" in caplog.text
        assert own._process.pid != pid
        own._patience_s = 60.0
        assert own.solve(problem, both(1)).engine == "ortools"


def test_a_plan_of_ortools_that_breaks_a_rule_is_not_taken(solver, monkeypatch):
    """Whatever comes from the child is priced by the rules before it counts."""
    problem = instances.orders_from_stores(12, 3)

    monkeypatch.setattr(tandem.Assistant, "newest", lambda *_, **__: [[1, 0], [], []])
    # Nothing that it says is heard: a child that is waited for is taken for hung.
    monkeypatch.setattr(solver, "_patience_s", 0.5)
    check(problem, solver.solve(problem, both(1)))
    check(problem, solver.solve(problem, SolveParams(time_limit_s=0.3, engine="ortools")))


def test_a_plan_that_fails_the_judge_gives_way_to_insertion(solver, monkeypatch, caplog):
    """A fault in what was found is logged, and the insertion plan returned."""
    problem = instances.orders_from_stores(12, 3)

    def judge(_, plan):
        if plan.engine != "insertion":
            raise PlanFault("CAPACITY", "made up for this test")

    monkeypatch.setattr(solve_module, "check", judge)
    plan = solver.solve(problem, work(1))
    assert plan.engine == "insertion"
    assert plan.cost == insert(problem).cost
    assert "made up" in caplog.text


def test_a_fault_in_the_insertion_plan_is_an_error(monkeypatch):
    """There is nothing to fall back on."""

    def judge(*_):
        raise PlanFault("CAPACITY", "made up for this test")

    monkeypatch.setattr(solve_module, "check", judge)
    with pytest.raises(PlanFault, match="made up"):
        Solver().solve(instances.orders_from_stores(3, 1), work(0))


def test_explanations_stop_when_time_is_up(monkeypatch):
    """What there is no time to explain is not found, rather than late."""
    problem = instances.orders_from_stores(40, 1, tight=True)
    now = iter(range(10**6))
    monkeypatch.setattr(solve_module.time, "monotonic", lambda: next(now) / 10)
    left = list(range(5, 40))
    all_of_them = solve_module._explain(problem, ((),), left, 10**6)
    some = solve_module._explain(problem, ((),), left, next(now) / 10 + 0.45)
    assert len(all_of_them) == len(left)
    assert 0 < len(some) < len(left)
    assert some == all_of_them[: len(some)]
    assert solve_module._explain(problem, ((),), left, 0.0) == ()


def test_a_solver_that_is_given_is_used(solver):
    """And goes on: its child is there for the next."""
    problem = instances.orders_from_stores(6, 2)
    pid = solver._process.pid
    assert solve(problem, work(1), solver=solver) == solver.solve(problem, work(1))
    assert solver._process.pid == pid


def test_two_solvers_in_two_threads(solver):
    """Each gives what it would have given alone."""
    tasks = [instances.orders_from_stores(20, 5, seed=seed) for seed in (1, 2)]
    alone = [solver.solve(problem, work(5)) for problem in tasks]
    found: dict[int, list[object]] = {0: [], 1: []}

    def plan(number: int, problem: Problem) -> None:
        with Solver() as own:
            for _ in range(3):
                found[number].append(own.solve(problem, work(5)))

    threads = [threading.Thread(target=plan, args=item) for item in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {0: [alone[0]] * 3, 1: [alone[1]] * 3}
