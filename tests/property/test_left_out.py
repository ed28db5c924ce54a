"""What is said of requests that are left out of random small problems is held against trying everything."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from solver.check import check, relation_faults
from solver.insertion.plan import insert
from solver.plan import LeftOut, Reason
from solver.problem import RELOAD, Problem, Sequences, TaskRef
from solver.reasons import MOST_NAMED, explain_left_out
from solver.schedule import schedule
from solver.solve import Solver
from solver.suggest import apply, suggest
from solver.suggest.confirm import served_by
from solver.suggestion import Kind, Suggestion
from tests.solver.brute_force import best_insertion, best_route
from tests.solver.strategies import problems

SOME = settings(
    deadline=None,
    max_examples=100,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

plain = problems(most_requests=5, most_tasks=3)
whole = problems(most_requests=5, most_tasks=3, wide=True)


def wanted_by_all(problem: Problem) -> Problem:
    """Return the problem with requests that are worth any way, and ask for no skills: more of them are in the way."""
    return replace(
        problem, requests=tuple(replace(request, price=100_000, skills=frozenset()) for request in problem.requests)
    )


@pytest.fixture(scope="module")
def solver():
    """Return a solver for all tests of this file."""
    with Solver() as own:
        yield own


@SOME
@given(st.one_of(plain, plain.map(wanted_by_all)), st.integers(0, 9))
def test_what_is_said_of_plain_problems_is_true(solver, problem, seed):
    """With windows, loads and travel."""
    judge(solver, problem, seed)


@SOME
@given(st.one_of(whole, whole.map(wanted_by_all)), st.integers(0, 9))
def test_what_is_said_of_wide_problems_is_true(solver, problem, seed):
    """With everything else."""
    judge(solver, problem, seed)


def judge(solver: Solver, problem: Problem, seed: int) -> None:
    """Have a plan made, explained, and changes suggested; something must be left out."""
    plan = insert(problem)
    assume(plan.left_out)
    orders = plan.sequences(len(problem.couriers))
    for item in explain_left_out(problem, orders, [item.request for item in plan.left_out]):
        if item.reason is Reason.IMPOSSIBLE:
            impossible(problem, item)
        elif item.reason is Reason.CROWDED_OUT and len(item.by) < MOST_NAMED:
            in_the_way(problem, orders, item)
    for found in suggest(problem, plan, work_limit=150, seed=seed, solver=solver):
        assert found.text
        if found.kind is not Kind.NONE:
            works(problem, orders, found)


def impossible(problem: Problem, item: LeftOut) -> None:
    """Fail if anyone with nothing else to do could serve a request: in any way, any order, with any reloads."""
    idle = replace(problem, couriers=tuple(replace(courier, frozen=()) for courier in problem.couriers))
    skills = problem.requests[item.request].skills
    able = [number for number, courier in enumerate(problem.couriers) if skills <= courier.skills]
    assert all(best_route(idle, courier, (item.request,)) is None for courier in able)


def in_the_way(problem: Problem, orders: Sequences, item: LeftOut) -> None:
    """Fail if a request does not fit without those that are said to be in its way."""
    rest = tuple(tuple(ref for ref in refs if ref.request not in item.by) for refs in orders)
    free = without_bound(problem, item.by)
    assert any(fits(free, rest, courier, item.request) for courier in range(len(problem.couriers)))


def without_bound(problem: Problem, numbers: Sequence[int]) -> Problem:
    """Return the problem without frozen stops of some requests, which are bound no more."""
    return replace(
        problem,
        couriers=tuple(
            replace(courier, frozen=tuple(ref for ref in courier.frozen if ref.request not in numbers))
            for courier in problem.couriers
        ),
    )


def fits(problem: Problem, orders: Sequences, courier: int, number: int) -> bool:
    """Return whether a request fits on a courier's route, with its reloads or without."""
    refs = orders[courier]
    if not problem.requests[number].skills <= problem.couriers[courier].skills:
        return False
    if any(relation_faults(problem, (*orders[:courier], (*refs, TaskRef(number, 0)), *orders[courier + 1 :]))):
        return False
    kept = [refs, tuple(ref for ref in refs if ref.request != RELOAD)]
    routes = [() if all(ref.is_step for ref in some) else some for some in kept]
    return any(best_insertion(problem, courier, some, number) is not None for some in routes)


def works(problem: Problem, orders: Sequences, found: Suggestion) -> None:
    """Fail if with a change not all are served as before, and the request, by a plan that is accepted and worth it."""
    changed = apply(problem, found)
    served = schedule(changed, found.orders)
    check(changed, served)
    assert served_by(found.orders) >= served_by(orders) | {found.request}
    idle = ((),) * (len(changed.couriers) - len(problem.couriers))
    assert served.cost.total < schedule(changed, (*orders, *idle)).cost.total
