"""Routes to begin with: frozen stops, what a given start is good for, and every bound request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from solver.bound_order import bound_order
from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.desk import Desk
from solver.insertion.insert import put_in
from solver.insertion.layout import Layout
from solver.insertion.routes import Routes, link, refresh, take_out
from solver.insertion.survey import fits
from solver.problem import Problem, Sequences, TaskRef


def begin_routes(problem: Problem, layout: Layout, routes: Routes, desk: Desk, start: Sequences | None) -> None:
    """Fill new routes with what of `start` keeps all rules, and with the frozen stops and the bound requests anyhow.

    Of a request of which `start` has not every task once, on one courier that may serve it, loads before unloads,
    nothing is taken. What then breaks a rule is taken out, the request of the first fault first.
    """
    bound: dict[int, list[int]] = {}
    for number, request in enumerate(problem.requests):
        if request.courier is not None:
            bound.setdefault(request.courier, []).append(number)
    taken: set[int] = set()
    for number, courier in enumerate(problem.couriers):
        given = start[number] if start is not None and number < len(start) else ()
        if not given and number not in bound:
            continue
        refs = _usable(problem, layout, number, given, taken)
        taken.update(ref.request for ref in refs)
        _follow(layout, routes, number, refs, len(courier.frozen))
        complete = _complete(problem, refs)
        for whole in complete:
            routes.courier_of[whole] = number
        _mend(problem, layout, routes, number)
        missing = [request for request in bound.get(number, ()) if request not in complete]
        sound = routes.route[number, f.FAULT] < 0 and _add_bound(problem, layout, routes, desk, number, missing)
        if not sound:
            _restart(problem, layout, routes, number, bound.get(number, []))


def order_of(layout: Layout, routes: Routes, courier: int) -> tuple[TaskRef, ...]:
    """Return a courier's tasks in order."""
    start = layout.tasks + courier
    end = start + len(layout.courier)
    refs = []
    node = int(routes.stop[start, f.NEXT])
    while node != end:
        request = int(layout.node[node, f.REQUEST])
        refs.append(TaskRef(request, node - int(layout.request[request, f.FIRST_TASK])))
        node = int(routes.stop[node, f.NEXT])
    return tuple(refs)


def _usable(problem: Problem, layout: Layout, courier: int, given: Sequence[TaskRef], taken: set[int]) -> list[TaskRef]:
    """Return the frozen stops, then the given tasks of whole requests that this courier may serve."""
    frozen = problem.couriers[courier].frozen
    refs = list(frozen) + [ref for ref in given if ref not in frozen]
    tasks_given = Counter(ref.request for ref in refs)
    loads_ahead: Counter[int] = Counter()
    bad = set(taken)
    for request, count in tasks_given.items():
        known = 0 <= request < len(problem.requests)
        if not known or count != len(problem.requests[request].tasks) or not layout.eligible[request, courier]:
            bad.add(request)
    if len(set(refs)) != len(refs):
        bad.update(ref.request for ref, count in Counter(refs).items() if count > 1)
    for ref in refs:
        if ref.request in bad:
            continue
        loads, tasks = len(problem.requests[ref.request].loads), len(problem.requests[ref.request].tasks)
        if not 0 <= ref.task < tasks or (ref.task >= loads and loads_ahead[ref.request] < loads):
            bad.add(ref.request)
        loads_ahead[ref.request] += 1
    return list(frozen) + [ref for ref in refs[len(frozen) :] if ref.request not in bad]


def _complete(problem: Problem, refs: Sequence[TaskRef]) -> set[int]:
    return {
        request
        for request, count in Counter(ref.request for ref in refs).items()
        if count == len(problem.requests[request].tasks)
    }


def _follow(layout: Layout, routes: Routes, courier: int, refs: Sequence[TaskRef], frozen: int) -> None:
    """Link tasks into an empty route; insertion begins behind the first `frozen` of them."""
    at = layout.tasks + courier
    routes.route[courier, f.FIRST_GAP] = at
    for position, ref in enumerate(refs):
        node = int(layout.request[ref.request, f.FIRST_TASK]) + ref.task
        link(routes.stop, node, at)
        at = node
        if position + 1 == frozen:
            routes.route[courier, f.FIRST_GAP] = node
    refresh(layout, routes, courier)


def _mend(problem: Problem, layout: Layout, routes: Routes, courier: int) -> None:
    """Take requests that may be left out off a route until no rule is broken, or none of them is left."""
    while (fault := int(routes.route[courier, f.FAULT])) >= 0:
        request = int(layout.node[fault, f.REQUEST])
        if request < 0 or not layout.node[fault, f.FREE]:
            # The end is late, or bound requests find no room: whatever is worth least makes way.
            free = [ref.request for ref in order_of(layout, routes, courier) if _is_free(problem, ref.request)]
            if not free:
                return
            request = min(reversed(free), key=lambda number: problem.requests[number].price)
        interpreted(take_out)(layout, routes, request)


def _add_bound(problem: Problem, layout: Layout, routes: Routes, desk: Desk, courier: int, missing: list[int]) -> bool:
    """Insert bound requests, at the cost of others if need be; return whether all of them found their place."""
    # What needs no room goes first, for it is on board until it is inserted.
    missing.sort(key=lambda number: (len(problem.requests[number].loads), layout.request[number, f.DUE], number))
    for number in missing:
        while not fits(layout, routes, desk, number, courier):
            free = [ref.request for ref in order_of(layout, routes, courier) if _is_free(problem, ref.request)]
            if not free:
                return False
            least = min(reversed(free), key=lambda request: problem.requests[request].price)
            interpreted(take_out)(layout, routes, least)
            _mend(problem, layout, routes, courier)
            if routes.route[courier, f.FAULT] >= 0:
                return False
        interpreted(put_in)(layout, routes, desk, number, courier)
    return True


def _restart(problem: Problem, layout: Layout, routes: Routes, courier: int, bound: list[int]) -> None:
    """Begin a route again with nothing but its bound requests, one after another."""
    start = layout.tasks + courier
    end = start + len(layout.courier)
    for ref in order_of(layout, routes, courier):
        routes.stop[int(layout.request[ref.request, f.FIRST_TASK]) + ref.task, f.PREVIOUS] = -1
        routes.courier_of[ref.request] = -1
    routes.stop[start, f.NEXT], routes.stop[end, f.PREVIOUS] = end, start
    routes.stop[end, f.FRESH] = f.LINKED
    order = bound_order(problem, courier, bound)
    if order is None:
        raise AssertionError(f"courier {courier}: a valid problem has an order of its bound requests")
    _follow(layout, routes, courier, order, len(problem.couriers[courier].frozen))
    routes.courier_of[bound] = courier


def _is_free(problem: Problem, request: int) -> bool:
    return problem.requests[request].courier is None
