"""What requests ask of each other, but for times: one courier, different couriers, or to be served at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from solver.checking.hold import Fault
from solver.problem import Problem, Sequences


def relation_faults(problem: Problem, sequences: Sequences) -> Iterator[Fault]:
    """Yield which relations between requests a plan breaks. Nothing is asked of two bound requests."""
    if not (problem.same_courier or problem.never_together or problem.gaps):
        return
    done_by = {ref.request: number for number, refs in enumerate(sequences) for ref in refs if not ref.is_step}
    for code, sets, wanted in (
        ("COURIERS_DIFFER", problem.same_courier, True),
        ("TOGETHER", problem.never_together, False),
    ):
        for members in sets:
            for one, other in combinations([number for number in members if number in done_by], 2):
                bound = all(problem.requests[number].courier is not None for number in (one, other))
                if not bound and (done_by[one] == done_by[other]) is not wanted:
                    yield code, f"requests {one} and {other} are served by couriers {done_by[one]} and {done_by[other]}"
    for gap in problem.gaps:
        first, second = gap.first.request, gap.second.request
        if second in done_by and first not in done_by:
            yield "NEEDS_OTHER", f"request {second} is served without request {first}, which comes before it"


__all__ = ["relation_faults"]
