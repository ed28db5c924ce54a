"""The best plan of a tiny problem, by trying every one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, product

from solver.check import Drive, drive_all, relation_faults
from solver.problem import BREAK, Problem, Request, Sequences, TaskRef
from tests.solver.every_order import EveryOrder, Order

Choice = tuple[int | None, ...]
"""Who serves each request."""


def best_plan(problem: Problem) -> tuple[int, Sequences]:
    """Return the least cost of any plan that keeps all rules, and such a plan.

    Every request goes to every courier with its skills, or is left out; every way to serve it, every order of a
    courier's tasks and every place for its breaks and reloads is tried. Up to three or four requests of two or three
    tasks, that takes a moment.
    """
    search = _Search(problem)
    choices = list(product(*(_choices(problem, request) for request in problem.requests)))
    choices.sort(key=search.left_out)
    for choice in choices:
        search.look_at(choice)
    assert search.best is not None, "every problem has a plan"
    return search.best


def _choices(problem: Problem, request: Request) -> list[int | None]:
    """Return who may serve a request, and None where it may be left out."""
    if request.courier is not None:
        return [request.courier]
    return [None, *(c for c, courier in enumerate(problem.couriers) if request.skills <= courier.skills)]


class _Search:
    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._routes: dict[tuple[int, tuple[int, ...]], tuple[int | None, tuple[int, Order] | None]] = {}
        self.best: tuple[int, Sequences] | None = None

    def left_out(self, choice: Choice) -> int:
        """Return what the requests that nobody serves cost."""
        requests = zip(self._problem.requests, choice, strict=True)
        return sum(request.price for request, courier in requests if courier is None)

    def look_at(self, choice: Choice) -> None:
        """Find the best plan in which each request is served so, if it is better than what is known."""
        shares = [
            tuple(number for number, chosen in enumerate(choice) if chosen == courier)
            for courier in range(len(self._problem.couriers))
        ]
        named = tuple(tuple(TaskRef(number, 0) for number in share) for share in shares)
        if any(relation_faults(self._problem, named)):
            return
        planned = {number for share in shares for number in share}
        if any({gap.first.request, gap.second.request} <= planned for gap in self._problem.gaps):
            self._join(choice, shares)
            return
        total, orders = self.left_out(choice), []
        for courier, share in enumerate(shares):
            below = None if self.best is None else self.best[0] - total
            route = self._best_route(courier, share, below)
            if route is None or (below is not None and route[0] >= below):
                return
            total += route[0]
            orders.append(route[1])
        if self.best is None or total < self.best[0]:
            self.best = total, tuple(orders)

    def _best_route(self, courier: int, share: tuple[int, ...], below: int | None) -> tuple[int, Order] | None:
        """Return the best route if it costs less than `below`, remembering what was found."""
        if not share:
            return 0, ()
        known_below, known = self._routes.get((courier, share), (0, None))
        if known is not None or known_below is None or (below is not None and below <= known_below):
            return known
        found = best_route(self._problem, courier, share, below=below)
        self._routes[courier, share] = below, found
        return found

    def _join(self, choice: Choice, shares: Sequence[tuple[int, ...]]) -> None:
        """Try each route of one courier with each of the others: they may wait for each other."""
        left = self.left_out(choice)

        def below() -> int | None:
            return None if self.best is None else self.best[0] - left

        routes: list[list[tuple[int, Order]]] = []
        for courier, share in enumerate(shares):
            every = EveryOrder(self._problem, courier, share, gaps=True)
            routes.append(sorted(every.orders(below)) if share else [(0, ())])
        for several in product(*routes):
            limit = below()
            if limit is not None and sum(cost for cost, _ in several) >= limit:
                continue
            orders = tuple(order for _, order in several)
            drives, broken = drive_all(self._problem, orders)
            total = sum(drive.total for drive in drives)
            if broken is None and not any(drive.faults for drive in drives) and (limit is None or total < limit):
                self.best = total + left, orders


def best_route(
    problem: Problem, courier: int, numbers: Sequence[int], *, below: int | None = None
) -> tuple[int, Order] | None:
    """Return the least cost of serving requests by one courier, and the order; gaps are not looked at.

    None if no order keeps all rules and costs less than `below`.
    """
    if not numbers:
        return 0, ()
    best: tuple[int, Order] | None = None

    def limit() -> int | None:
        return below if best is None else best[0]

    for _, order in EveryOrder(problem, courier, numbers).orders(limit):
        drive = Drive(problem, courier, order)
        least = limit()
        if not drive.faults and (least is None or drive.total < least):
            best = drive.total, order
    return best


def best_insertion(problem: Problem, courier: int, refs: Sequence[TaskRef], number: int) -> int | None:
    """Return the least cost that a request adds to a route whose other stops keep their order; None if it fits nowhere.

    Gaps are not looked at, nor are relations.

    Parameters
    ----------
    refs
        A route that keeps all rules, its frozen stops first; the request is not among them. Without stops, breaks are
        put anywhere.
    """
    before = Drive(problem, courier, refs).total if refs else 0
    tasks = [position for position, ref in enumerate(refs) if not ref.is_step]
    frozen = len(problem.couriers[courier].frozen)
    first = tasks[frozen - 1] + 1 if frozen else 0
    breaks = () if refs else tuple(TaskRef(BREAK, k) for k in range(len(problem.couriers[courier].breaks)))
    costs = [
        drive.total - before
        for way in range(len(problem.requests[number].ways))
        for order in _insertions(problem, TaskRef(number, 0, way), tuple(refs), first)
        for rested in _spread(order, breaks)
        if not (drive := Drive(problem, courier, rested)).faults
    ]
    return min(costs, default=None)


def _insertions(problem: Problem, by: TaskRef, refs: Order, first: int, done: Order = ()) -> Iterator[Order]:
    """Yield a route with the rest of a request's tasks put in from position `first` on, in every order allowed."""
    way = problem.way(by)
    loads = len(way.loads)
    rest = [ref for task in range(len(way.tasks)) if (ref := by._replace(task=task)) not in done]
    if not rest:
        yield refs
    loaded = all(ref.task >= loads for ref in rest)
    for ref in rest:
        if ref.task < loads or loaded:
            for at in range(first, len(refs) + 1):
                yield from _insertions(problem, by, (*refs[:at], ref, *refs[at:]), at + 1, (*done, ref))


def _spread(order: Order, breaks: Order) -> Iterator[Order]:
    """Yield an order with breaks in every place between its stops."""
    for places in combinations_with_replacement(range(len(order) + 1), len(breaks)):
        rested = list(order)
        for place, ref in reversed(list(zip(places, breaks, strict=True))):
            rested.insert(place, ref)
        yield tuple(rested)
