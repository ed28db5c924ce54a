"""Whether a change lets a request be served, and all others that were, in a plan that the checker accepts."""

from __future__ import annotations

from solver.check import Drive, check, relation_faults
from solver.errors import PlanFault, ProblemError
from solver.problem import Problem, Sequences
from solver.schedule import schedule
from solver.suggest.apply import apply
from solver.suggestion import Suggestion


def confirmed(problem: Problem, orders: Sequences, suggestion: Suggestion) -> bool:
    """Return whether the orders of a suggestion are a plan of the changed problem that is worth the change.

    It serves the request and all that `orders`, the plan before, serves; the checker accepts it; and it costs less
    than what is left of the plan before costs in the changed problem.
    """
    try:
        changed = apply(problem, suggestion)
        after = schedule(changed, suggestion.orders)
        check(changed, after)
    except (PlanFault, ProblemError):
        return False
    if not served_by(suggestion.orders) >= served_by(orders) | {suggestion.request}:
        return False
    idle = ((),) * (len(changed.couriers) - len(problem.couriers))
    return after.cost.total < schedule(changed, (*orders, *idle)).cost.total


def inserts(problem: Problem, orders: Sequences, suggestion: Suggestion) -> bool:
    """Return what `confirmed` does where but one route is not as it was, sooner: by that route alone.

    Where routes wait for each other, that is not enough.
    """
    if problem.gaps:
        return confirmed(problem, orders, suggestion)
    try:
        changed = apply(problem, suggestion)
    except ProblemError:
        return False
    (courier,) = (c for c, refs in enumerate(suggestion.orders) if c >= len(orders) or refs != orders[c])
    after = Drive(changed, courier, suggestion.orders[courier])
    if after.faults or any(relation_faults(changed, suggestion.orders)):
        return False
    idle = courier >= len(orders) or not orders[courier]
    before = 0 if idle else Drive(changed, courier, orders[courier]).total
    return after.total - before < changed.requests[suggestion.request].price


def served_by(orders: Sequences) -> set[int]:
    """Return the requests of a plan."""
    return {ref.request for refs in orders for ref in refs if not ref.is_step}


__all__ = ["confirmed", "inserts", "served_by"]
