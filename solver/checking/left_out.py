"""Whether a request that a plan leaves out could be put in somewhere, nothing else moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, permutations

from solver.checking.drive import Drive, drive_all
from solver.checking.relations import relation_faults
from solver.errors import PlanFault
from solver.plan import Plan
from solver.problem import BREAK, Problem, Sequences, TaskRef


def check_left_out(problem: Problem, plan: Plan) -> None:
    """Raise if a request left out could be inserted somewhere, nothing else moved, at less than its price.

    Tries every courier, every way, every order of the request's loads and of its unloads, and every position between
    the stops that are there; on a courier without stops, its breaks anywhere. Slow, for tests.

    Raises
    ------
    PlanFault
        ``FITS``, with courier, order and costs.
    """
    orders = plan.sequences(len(problem.couriers))
    before = _Price(problem, orders)
    for item in plan.left_out:
        request = problem.requests[item.request]
        for number, courier in enumerate(problem.couriers):
            if not request.skills <= courier.skills:
                continue
            for refs in _insertions(problem, item.request, number, orders[number]):
                added = before.of_change(number, refs)
                if added is not None and added < request.price:
                    raise PlanFault(
                        "FITS",
                        f"request {item.request} ({request.id}) is left out at {request.price}, and courier {number} "
                        f"({courier.id}) could serve it for {added} by {_names(refs)}",
                    )


class _Price:
    """What it costs to change one route of a plan."""

    def __init__(self, problem: Problem, orders: Sequences) -> None:
        self._problem = problem
        self._orders = orders
        drives, _ = drive_all(problem, orders)
        self._total = sum(drive.total for drive in drives)
        self._of_route = {drive.number: drive.total for drive in drives}

    def of_change(self, number: int, refs: Sequence[TaskRef]) -> int | None:
        """Return what another route for a courier adds to the cost, or None if a rule is broken then."""
        orders = (*self._orders[:number], tuple(refs), *self._orders[number + 1 :])
        if next(relation_faults(self._problem, orders), None):
            return None
        if not self._problem.gaps:
            drive = Drive(self._problem, number, refs)
            return None if drive.faults else drive.total - self._of_route.get(number, 0)
        # One that waits on this route may let others wait on theirs.
        drives, broken = drive_all(self._problem, orders)
        if broken or any(drive.faults for drive in drives):
            return None
        return sum(drive.total for drive in drives) - self._total


def _insertions(problem: Problem, number: int, courier: int, refs: Sequence[TaskRef]) -> Iterator[list[TaskRef]]:
    """Yield a courier's route with all tasks of a request put in after the frozen ones."""
    tasks = [position for position, ref in enumerate(refs) if not ref.is_step]
    frozen = len(problem.couriers[courier].frozen)
    first_gap = tasks[frozen - 1] + 1 if frozen else 0
    for way, (loads, unloads) in enumerate(problem.requests[number].ways):
        own = [TaskRef(number, task, way) for task in range(len(loads) + len(unloads))]
        for load_order in permutations(own[: len(loads)]):
            for unload_order in permutations(own[len(loads) :]):
                yield from _put_in(refs or _breaks(problem, courier), load_order + unload_order, first_gap)


def _breaks(problem: Problem, courier: int) -> list[TaskRef]:
    return [TaskRef(BREAK, number) for number in range(len(problem.couriers[courier].breaks))]


def _put_in(refs: Sequence[TaskRef], new: Sequence[TaskRef], first_gap: int) -> Iterator[list[TaskRef]]:
    for gaps in combinations_with_replacement(range(first_gap, len(refs) + 1), len(new)):
        inserted = list(refs)
        for ref, gap in reversed(list(zip(new, gaps, strict=True))):
            inserted.insert(gap, ref)
        yield inserted


def _names(refs: Sequence[TaskRef]) -> str:
    names = []
    for ref in refs:
        if ref.is_step:
            names.append(f"{'break' if ref.request == BREAK else 'reload'}.{ref.task}")
        else:
            names.append(f"{ref.request}.{ref.task}" + (f"/{ref.way}" if ref.way else ""))
    return " ".join(names)


__all__ = ["check_left_out"]
