"""For each request that a plan leaves out, the smallest change with which it would be served."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace

from solver.plan import Plan
from solver.problem import Problem
from solver.solve import Solver
from solver.suggest.budget import Budget
from solver.suggest.confirm import inserts
from solver.suggest.ground import Ground
from solver.suggest.insertions import Insertions
from solver.suggest.searches import Searches
from solver.suggest.words import in_words
from solver.suggestion import Kind, Suggestion


def suggest(
    problem: Problem,
    plan: Plan,
    requests: Iterable[int] | None = None,
    *,
    time_limit_s: float | None = None,
    work_limit: int | None = None,
    seed: int = 0,
    solver: Solver | None = None,
) -> tuple[Suggestion, ...]:
    """Return the smallest change found with which each of some requests would be served, and all that are.

    Each is confirmed by a plan of the changed problem, made from `plan`, that the checker accepts and that costs less
    than leaving the request out there. First the request is inserted, nothing else moved, with as little of each kind
    of change as will do; then searches look for less.

    Of the kinds of change, the first of these is taken for the smallest: no change, but a longer search; a higher
    price, where it fits; a few seconds (it is due later, may be on board longer, or a courier's shift or travel is
    longer: whichever takes fewest, up to two hours); more room; more skills; more tasks, or metres, of a courier; one
    more courier. Seconds are rounded up to whole minutes from one minute on, where that works as well. Where the time
    of the problem is none of the clock (`Problem.time_scale`), up to 7,200 of its units, and whole units.

    Parameters
    ----------
    plan
        A plan of the problem that the checker accepts.
    requests
        Which of those that it leaves out; all of them, if not given.
    time_limit_s, work_limit
        For all of them together: seconds, or plans that are tried, where a search counts for fifty. Exactly one of them
        is given. All are inserted before any is searched for, those that are worth most first; one alone gets an
        eighth of what is left, or an even share if that is more.
    seed
        Of the searches. With a work limit the same seed finds the same.
    solver
        Made for this call, if not given.

    Returns
    -------
    tuple of Suggestion
        In the order of requests. Where no change was found, the kind is `Kind.NONE` and the text says so.

    Raises
    ------
    ParameterError
        If there is not exactly one limit.
    """
    budget = Budget(time_limit_s, work_limit)
    numbers = sorted({item.request for item in plan.left_out} if requests is None else set(requests))
    dearest_first = sorted(numbers, key=lambda number: -problem.requests[number].price)
    orders = plan.sequences(len(problem.couriers))
    found: dict[int, Suggestion | None] = {}
    if numbers and problem.couriers:
        ground = Ground(problem, orders)
        for number in budget.shared(dearest_first):
            changes = Insertions(problem, ground, number, budget).changes()
            found[number] = next((change for change in changes if inserts(problem, orders, change)), None)
        with nullcontext(solver) if solver is not None else Solver() as used:
            for number in budget.shared(dearest_first):
                searches = Searches(problem, orders, number, budget=budget, solver=used, seed=seed)
                found[number] = searches.improved(found.get(number))
    return tuple(_told(problem, number, found.get(number), budget) for number in numbers)


def _told(problem: Problem, number: int, found: Suggestion | None, budget: Budget) -> Suggestion:
    """Return what was found for a request, in words."""
    if found is None:
        return Suggestion(request=number, kind=Kind.NONE, text=f"no single change found in {budget.words}")
    return replace(found, text=in_words(problem, found))


__all__ = ["suggest"]
