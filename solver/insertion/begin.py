"""Routes to begin with: frozen stops, what a given start is good for, and every bound request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from solver.bound_order import bound_order
from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.desk import Desk
from solver.insertion.friends import may_serve
from solver.insertion.insert import put_in
from solver.insertion.layout import Layout
from solver.insertion.refresh import refresh, take_out
from solver.insertion.routes import Routes, assign, link
from solver.insertion.settle import settle
from solver.insertion.survey import fits
from solver.problem import BREAK, Problem, Sequences, TaskRef


def begin_routes(problem: Problem, layout: Layout, routes: Routes, desk: Desk, start: Sequences | None) -> None:
    """Fill new routes with what of `start` keeps all rules, and with frozen stops, bound requests and breaks anyhow.

    Of a request of which `start` has not every task of one way once, on one courier that may serve it, loads before
    unloads, nothing is taken. What then breaks a rule is taken out, the request of the first fault first.
    """
    bound: dict[int, list[int]] = {}
    for row in np.flatnonzero((layout.request[:, f.BOUND_TO] >= 0) & layout.eligible.any(axis=1)).tolist():
        bound.setdefault(int(layout.request[row, f.BOUND_TO]), []).append(row)
    first_of_step = _first_of_steps(layout)
    routes.track[f.TOTAL, f.OTHERS] = f.IGNORE
    taken: set[int] = set()
    for number in range(len(problem.couriers)):
        given = start[number] if start is not None and number < len(start) else ()
        if not given and number not in bound:
            continue
        refs = _usable(problem, layout, number, given, taken)
        taken.update(ref.request for ref in refs if not ref.is_step)
        nodes = _nodes(layout, number, refs, first_of_step)
        _follow(layout, routes, number, nodes)
        complete = _complete(layout, nodes)
        for row in complete:
            assign(layout, routes, row, number)
        _mend(layout, routes, number)
        placed = {int(layout.request[row, f.LEADER]) for row in complete}
        missing = [row for row in bound.get(number, ()) if int(layout.request[row, f.LEADER]) not in placed]
        missing = _one_way_each(layout, routes, missing)
        sound = routes.route[number, f.FAULT] < 0 and _add_bound(layout, routes, desk, number, missing)
        if not sound:
            _restart(problem, layout, routes, desk, number, bound.get(number, []), first_of_step)
    for leader in layout.leaders:
        courier = routes.courier_of[leader]
        is_free = layout.request[leader, f.BOUND_TO] < 0
        if courier >= 0 and is_free and not interpreted(may_serve)(layout, routes, leader, courier):
            _drop(layout, routes, leader)
    _keep_gaps(layout, routes)


def _keep_gaps(layout: Layout, routes: Routes) -> None:
    """Take out requests that wait for one that is not there, or all that wait for others if they wait in vain."""
    waiting = [row for row in layout.leaders[::-1] if layout.request[row, f.GAPS]]
    lacking = True
    while lacking:
        lacking = False
        for row in waiting:
            if routes.courier_of[row] >= 0 and _lacks(layout, routes, row):
                _drop(layout, routes, row)
                lacking = True
    if waiting and not interpreted(settle)(layout, routes):
        routes.track[f.TOTAL, f.OTHERS] = f.IGNORE
        for row in waiting:
            if routes.courier_of[row] >= 0 and layout.request[row, f.DEPTH]:
                _drop(layout, routes, row)
        interpreted(settle)(layout, routes)
    routes.track[f.TOTAL, f.OTHERS] = f.KEEP


def _lacks(layout: Layout, routes: Routes, row: int) -> bool:
    """Return whether a request that is to be served first is not."""
    first, last = int(layout.request[row, f.FIRST_TASK]), int(layout.request[row, f.TASKS])
    for node in layout.node[first : first + last]:
        for gap in layout.gap[node[f.GAP_FROM] : node[f.GAP_TO]]:
            if gap[f.IS_SECOND] and routes.courier_of[layout.node[gap[f.ACROSS], f.REQUEST]] < 0:
                return True
    return False


def order_of(layout: Layout, routes: Routes, courier: int) -> tuple[TaskRef, ...]:
    """Return a courier's tasks, breaks and reloads in order."""
    return tuple(_ref(layout, node) for node in _stops(layout, routes, courier))


def _stops(layout: Layout, routes: Routes, courier: int) -> list[int]:
    start = layout.tasks + courier
    end = start + len(layout.courier)
    nodes = []
    node = int(routes.stop[start, f.NEXT])
    while node != end:
        nodes.append(node)
        node = int(routes.stop[node, f.NEXT])
    return nodes


def _ref(layout: Layout, node: int) -> TaskRef:
    row = int(layout.node[node, f.ROW])
    request = layout.request[row]
    if request[f.NUMBER] < 0:
        return TaskRef(int(request[f.NUMBER]), int(request[f.POSITION]))
    return TaskRef(int(request[f.NUMBER]), node - int(request[f.FIRST_TASK]), row - int(request[f.LEADER]))


def _row(layout: Layout, ref: TaskRef) -> int:
    """Return the row of the way of a request that is meant."""
    return int(layout.leaders[ref.request]) + ref.way


def _first_of_steps(layout: Layout) -> dict[tuple[int, int, int], list[int]]:
    """Return the nodes of each courier's breaks and reloads, by courier, kind and position."""
    nodes: dict[tuple[int, int, int], list[int]] = {}
    for row in np.flatnonzero(layout.request[:, f.NUMBER] < 0):
        request = layout.request[row]
        key = (int(layout.eligible[row].argmax()), int(request[f.NUMBER]), int(request[f.POSITION]))
        nodes.setdefault(key, []).append(int(request[f.FIRST_TASK]))
    return nodes


def _nodes(
    layout: Layout, courier: int, refs: Sequence[TaskRef], steps: dict[tuple[int, int, int], list[int]]
) -> list[int]:
    """Return the nodes of tasks and steps; of steps that the courier may not make (again), nothing."""
    made: Counter[TaskRef] = Counter()
    nodes = []
    last_break = -1
    for ref in refs:
        if not ref.is_step:
            nodes.append(int(layout.request[_row(layout, ref), f.FIRST_TASK]) + ref.task)
            continue
        own = steps.get((courier, ref.request, ref.task), [])
        if made[ref] == len(own) or (ref.request == BREAK and ref.task <= last_break):
            continue
        if ref.request == BREAK:
            last_break = ref.task
        nodes.append(own[made[ref]])
        made[ref] += 1
    return nodes


def _usable(problem: Problem, layout: Layout, courier: int, given: Sequence[TaskRef], taken: set[int]) -> list[TaskRef]:
    """Return the frozen stops, then the given tasks of whole requests that this courier may serve; and all steps."""
    frozen = problem.couriers[courier].frozen
    tasks_given = Counter(ref.request for ref in (*frozen, *(ref for ref in given if ref not in frozen)))
    bad = set(taken)
    ways: dict[int, int] = {}
    for ref in (*frozen, *given):
        if ref.is_step:
            continue
        known = 0 <= ref.request < len(problem.requests)
        if (
            not known
            or not 0 <= ref.way < len(problem.requests[ref.request].ways)
            or (
                ways.setdefault(ref.request, ref.way) != ref.way
                or not 0 <= ref.task < len(problem.way(ref).tasks)
                or tasks_given[ref.request] != len(problem.way(ref).tasks)
                or not layout.eligible[_row(layout, ref), courier]
            )
        ):
            bad.add(ref.request)
    bad.update(ref.request for ref, count in Counter(given).items() if count > 1 and not ref.is_step)
    loads_ahead: Counter[int] = Counter()
    for ref in (*frozen, *(ref for ref in given if ref not in frozen)):
        if ref.is_step or ref.request in bad:
            continue
        loads = len(problem.way(ref).loads)
        if ref.task >= loads and loads_ahead[ref.request] < loads:
            bad.add(ref.request)
        loads_ahead[ref.request] += 1
    return _with_steps(frozen, [ref for ref in given if ref in frozen or ref.request not in bad])


def _with_steps(frozen: Sequence[TaskRef], given: Sequence[TaskRef]) -> list[TaskRef]:
    """Return the frozen stops, then what else is given; the steps among the frozen stops as they are given."""
    tasks = [ref for ref in given if not ref.is_step]
    if tuple(tasks[: len(frozen)]) == tuple(frozen):
        return list(given)
    return list(frozen) + [ref for ref in given if ref not in frozen]


def _complete(layout: Layout, nodes: Sequence[int]) -> set[int]:
    """Return the rows of which every task is there."""
    there = Counter(int(layout.node[node, f.ROW]) for node in nodes)
    return {row for row, count in there.items() if count == layout.request[row, f.TASKS]}


def _one_way_each(layout: Layout, routes: Routes, rows: Sequence[int]) -> list[int]:
    """Return of each bound request one row: that of which tasks are frozen, or the first."""
    chosen: dict[int, int] = {}
    for row in rows:
        leader = int(layout.request[row, f.LEADER])
        first = int(layout.request[row, f.FIRST_TASK])
        begun = (routes.stop[first : first + int(layout.request[row, f.TASKS]), f.PREVIOUS] >= 0).any()
        if begun or leader not in chosen:
            chosen[leader] = row
    return list(chosen.values())


def _follow(layout: Layout, routes: Routes, courier: int, nodes: Sequence[int]) -> None:
    """Link nodes into an empty route; insertion begins behind those that are frozen."""
    at = layout.tasks + courier
    routes.route[courier, f.FIRST_GAP] = at
    frozen = int(layout.courier[courier, f.FROZEN])
    for node in nodes:
        link(routes.stop, node, at)
        at = node
        if layout.node[node, f.STEP] == f.TASK:
            frozen -= 1
            if frozen == 0:
                routes.route[courier, f.FIRST_GAP] = node
    refresh(layout, routes, courier)


def _free(layout: Layout, routes: Routes, courier: int) -> list[int]:
    """Return the requests of a route that may be left out, and its reloads, by the rows of their first ways."""
    return [int(layout.node[node, f.REQUEST]) for node in _stops(layout, routes, courier) if layout.node[node, f.FREE]]


def _least(layout: Layout, free: Sequence[int]) -> int:
    """Return the request that is worth least; of several the last. Reloads stay while there is another."""
    return min(reversed(free), key=lambda row: (layout.request[row, f.NUMBER] < 0, layout.request[row, f.PRICE]))


def _mend(layout: Layout, routes: Routes, courier: int) -> None:
    """Take requests that may be left out off a route until no rule is broken, or none of them is left."""
    while (fault := int(routes.route[courier, f.FAULT])) >= 0:
        request = int(layout.node[fault, f.REQUEST])
        if request < 0 or not layout.node[fault, f.FREE]:
            # The end is late, or bound requests find no room: whatever is worth least makes way.
            free = _free(layout, routes, courier)
            if not free:
                return
            request = _least(layout, free)
        interpreted(take_out)(layout, routes, request)


def _drop(layout: Layout, routes: Routes, request: int) -> None:
    """Take a request out, and what cannot stay without it: without a stop in between, a way may take longer."""
    courier = int(routes.courier_of[request])
    interpreted(take_out)(layout, routes, request)
    _mend(layout, routes, courier)


def _add_bound(layout: Layout, routes: Routes, desk: Desk, courier: int, missing: list[int]) -> bool:
    """Insert bound requests and breaks, at the cost of others if need be; return whether all of them found a place."""
    # What needs no room goes first, for it is on board until it is inserted.
    missing.sort(
        key=lambda row: (
            layout.request[row, f.LOADS],
            layout.request[row, f.DUE] if layout.request[row, f.NUMBER] >= 0 else f.FAR,
            row,
        )
    )
    for row in missing:
        while not fits(layout, routes, desk, row, courier):
            free = _free(layout, routes, courier)
            if not free:
                return False
            interpreted(take_out)(layout, routes, _least(layout, free))
            _mend(layout, routes, courier)
            if routes.route[courier, f.FAULT] >= 0:
                return False
        interpreted(put_in)(layout, routes, desk, row, courier)
    return True


def _restart(
    problem: Problem,
    layout: Layout,
    routes: Routes,
    desk: Desk,
    courier: int,
    bound: list[int],
    steps: dict[tuple[int, int, int], list[int]],
) -> None:
    """Begin a route again with nothing but its bound requests, one after another, and its breaks."""
    start = layout.tasks + courier
    end = start + len(layout.courier)
    for node in _stops(layout, routes, courier):
        routes.stop[node, f.PREVIOUS] = -1
        routes.courier_of[layout.node[node, f.REQUEST]] = -1
    routes.stop[start, f.NEXT], routes.stop[end, f.PREVIOUS] = end, start
    routes.stop[end, f.FRESH] = f.LINKED
    numbers = sorted({int(layout.request[row, f.NUMBER]) for row in bound if layout.request[row, f.NUMBER] >= 0})
    order = bound_order(problem, courier, numbers)
    if order is None:
        raise AssertionError(f"courier {courier}: a valid problem has an order of its bound requests")
    nodes = _nodes(layout, courier, order, steps)
    _follow(layout, routes, courier, nodes)
    for row in _complete(layout, nodes):
        assign(layout, routes, row, courier)
    breaks = [row for row in bound if layout.request[row, f.NUMBER] < 0]
    if not _add_bound(layout, routes, desk, courier, breaks):
        raise AssertionError(f"courier {courier}: breaks may be late on a route with bound requests")
