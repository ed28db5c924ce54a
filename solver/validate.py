"""What a problem must not contradict, refused with a JSON pointer to the element at fault.

Beyond the single elements, two things are made sure of for the engines: that every sum they form fits 64 bits, and
that the bound requests of a courier can be served within its capacity in some order, so that every problem has a plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from solver.bound_order import bound_order
from solver.errors import ProblemError
from solver.problem import Problem, TaskRef
from solver.validation.couriers import check_courier
from solver.validation.matrices import check_matrices
from solver.validation.orders import check_frozen, check_previous
from solver.validation.relations import check_gap, check_set
from solver.validation.requests import check_request
from solver.validation.sums import check_sums

LARGEST_TIME_SCALE = 1_000_000
"""Some thousand units of time (`solver.suggest`) can then be added to any other time."""


def validate(problem: Problem) -> None:
    """Refuse a problem that contradicts itself.

    Raises
    ------
    ProblemError
        At the first element at fault.
    """
    check_matrices(problem)
    if problem.breach_cost_per_s < 0:
        raise ProblemError("/breach_cost_per_s", f"is {problem.breach_cost_per_s}: give 0 or more")
    if problem.cost_scale < 1:
        raise ProblemError("/cost_scale", f"is {problem.cost_scale}: give 1 or more")
    if problem.time_scale is not None and not 1 <= problem.time_scale <= LARGEST_TIME_SCALE:
        told = f"is {problem.time_scale}: give 1 to {LARGEST_TIME_SCALE}, or none where seconds are seconds"
        raise ProblemError("/time_scale", told)
    _check_ids("/dimensions", problem.dimensions)
    _check_ids("/requests", [request.id for request in problem.requests])
    _check_ids("/couriers", [courier.id for courier in problem.couriers])
    places, dimensions = problem.places, len(problem.dimensions)
    for number, courier in enumerate(problem.couriers):
        check_courier(f"/couriers/{number}", courier, len(problem.matrices), places, dimensions)
    for number, request in enumerate(problem.requests):
        check_request(f"/requests/{number}", request, len(problem.couriers), places, dimensions)
    planned: set[TaskRef] = set()
    for number, courier in enumerate(problem.couriers):
        check_frozen(problem, number, courier)
        check_previous(problem, number, courier, planned)
    for name, sets in (("same_courier", problem.same_courier), ("never_together", problem.never_together)):
        for number, members in enumerate(sets):
            check_set(f"/{name}/{number}", members, len(problem.requests))
    for number, gap in enumerate(problem.gaps):
        check_gap(f"/gaps/{number}", gap, problem)
    _check_bound_capacity(problem)
    check_sums(problem)


def _check_ids(at: str, ids: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for number, name in enumerate(ids):
        if not name:
            raise ProblemError(f"{at}/{number}", "has an empty id: give each one a name of its own")
        first = seen.setdefault(name, number)
        if first != number:
            raise ProblemError(
                f"{at}/{number}", f"has the id {name!r} of {at}/{first}: give each one a name of its own"
            )


def _check_bound_capacity(problem: Problem) -> None:
    bound_to: dict[int, list[int]] = {}
    for number, request in enumerate(problem.requests):
        if request.courier is not None:
            bound_to.setdefault(request.courier, []).append(number)
    for number in sorted(bound_to):
        if bound_order(problem, number, bound_to[number]) is None:
            raise ProblemError(
                f"/couriers/{number}/capacity",
                f"{problem.couriers[number].capacity} holds the {len(bound_to[number])} requests bound to this courier "
                "in no order: raise it to what is in fact carried, or unbind one",
            )
