"""What holds between requests: same courier, never together, gaps."""

from __future__ import annotations

from collections.abc import Sequence

from solver.errors import ProblemError
from solver.problem import Gap, Problem
from solver.validation.orders import check_ref


def check_set(at: str, members: Sequence[int], requests: int) -> None:
    """Raise the first member of a set of requests that there is not, or that is there twice."""
    for position, number in enumerate(members):
        if not 0 <= number < requests:
            raise ProblemError(f"{at}/{position}", f"names request {number}, and there are {requests} requests")
        if number in members[:position]:
            raise ProblemError(f"{at}/{position}", f"names request {number} a second time")


def check_gap(at: str, gap: Gap, problem: Problem) -> None:
    """Raise what is wrong with a gap: tasks that cannot have one, or times that contradict each other."""
    for name, ref in (("first", gap.first), ("second", gap.second)):
        check_ref(f"{at}/{name}", ref, problem)
        request = problem.requests[ref.request]
        if request.courier is not None:
            raise ProblemError(
                f"{at}/{name}", f"names request {ref.request}, which is bound: give the other task a window instead"
            )
        if len(request.ways) > 1:
            raise ProblemError(f"{at}/{name}", f"names request {ref.request}, which has alternatives: give it none")
    if gap.first.request == gap.second.request:
        raise ProblemError(at, f"has both tasks of request {gap.first.request}: give tasks of two requests")
    if gap.least_s < 0:
        raise ProblemError(f"{at}/least_s", f"is {gap.least_s}: give 0 or more")
    if gap.most_s is not None and gap.most_s < gap.least_s:
        raise ProblemError(f"{at}/most_s", f"is {gap.most_s}, less than least_s, {gap.least_s}")
