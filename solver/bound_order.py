"""An order of a courier's bound requests that its capacity allows: the plan of last resort, and proof of one."""

from __future__ import annotations

from collections.abc import Sequence

from solver.problem import Problem, TaskRef


def bound_order(problem: Problem, courier: int, bound: Sequence[int]) -> tuple[TaskRef, ...] | None:
    """Return the tasks of the requests `bound` to `courier`, frozen ones first, in an order that its capacity allows.

    After the frozen stops the requests are served one after another: first those that leave nothing on board, each
    as soon as it fits. Where every request leaves nothing on board this finds an order if there is one: the
    request that first has all of its loads on board could as well have been served alone before all others, which
    then find no less room. Where goods stay on board to the end, they are taken up last.

    Parameters
    ----------
    bound
        All requests bound to the courier, as positions in `Problem.requests`.

    Returns
    -------
    tuple of TaskRef, or None
        None where no such order was found.
    """
    frozen = problem.couriers[courier].frozen
    hold = _Hold(problem, courier, bound)
    for ref in frozen:
        if not hold.take(ref):
            return None
    done = set(frozen)
    # Of a request with alternatives that is not begun, the first way.
    order = list(frozen)
    rest = []
    ways = {ref.request: ref.way for ref in frozen}
    for number in bound:
        way = ways.get(number, 0)
        tasks = len(problem.requests[number].ways[way].tasks)
        refs = [ref for ref in (TaskRef(number, task, way) for task in range(tasks)) if ref not in done]
        if refs:
            rest.append(refs)
    rest.sort(key=hold.keeps)
    while rest:
        served = next((refs for refs in rest if hold.take_all(refs)), None)
        if served is None:
            return None
        order += served
        rest.remove(served)
    return tuple(order)


class _Hold:
    """What is on board, and whether more may be put there."""

    def __init__(self, problem: Problem, courier: int, bound: Sequence[int]) -> None:
        self._problem = problem
        self._capacity = problem.couriers[courier].capacity
        self._on_board = [0] * len(self._capacity)
        ways = {ref.request: ref.way for ref in problem.couriers[courier].frozen}
        for number in bound:
            way = ways.get(number, 0)
            tasks = len(problem.requests[number].ways[way].tasks)
            net = self._net([TaskRef(number, task, way) for task in range(tasks)])
            for dimension, change in enumerate(net):
                self._on_board[dimension] += max(0, -change)

    def take(self, ref: TaskRef) -> bool:
        """Do one task if there is room, and say whether there was."""
        after = [was + change for was, change in zip(self._on_board, self._net([ref]), strict=True)]
        if any(new > max(was, room) for new, was, room in zip(after, self._on_board, self._capacity, strict=True)):
            return False
        self._on_board = after
        return True

    def take_all(self, refs: Sequence[TaskRef]) -> bool:
        """Do all of the tasks if there is room for each, else none."""
        before = self._on_board
        if all(self.take(ref) for ref in refs):
            return True
        self._on_board = before
        return False

    def keeps(self, refs: Sequence[TaskRef]) -> int:
        """Return how much of what the tasks put on board stays there."""
        return sum(max(0, change) for change in self._net(refs))

    def _net(self, refs: Sequence[TaskRef]) -> list[int]:
        net = [0] * len(self._capacity)
        for ref in refs:
            item = self._problem.task(ref)
            for dimension, amount in enumerate(item.load):
                net[dimension] += amount
            for dimension, amount in enumerate(item.unload):
                net[dimension] -= amount
        return net


__all__ = ["bound_order"]
