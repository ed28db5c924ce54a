"""Rows of nodes, of ways of requests, and of couriers, as a problem has them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.insertion import fields as f
from solver.insertion.layout import Ints
from solver.insertion.wide import is_wide
from solver.nodes import number_nodes
from solver.problem import BREAK, RELOAD, Break, Courier, Problem, Reload, Request, Task, Way


class Tables:
    """Rows of nodes and requests as they are added."""

    def __init__(self, problem: Problem) -> None:
        self._dimensions = len(problem.dimensions)
        self.rows: list[list[int]] = []
        self.net: list[Sequence[int]] = []
        self.windows: list[tuple[int, int]] = []
        self.delays: list[tuple[int, int]] = []
        self.requests: list[list[int]] = []
        self.owners: list[int] = []
        """Of each row of `requests`: the courier whose step it is, -1 of a request, -2 of a way that is not to be."""
        self.crews = {request.courier for request in problem.requests if request.courier is not None}
        begun = {ref.request: ref.way for courier in problem.couriers for ref in courier.frozen}
        for number, request in enumerate(problem.requests):
            leader = len(self.requests)
            for way in request.ways:
                chosen = begun.get(number, len(self.requests) - leader) == len(self.requests) - leader
                self._add_way(number, request, way, leader, chosen)
        for number, courier in enumerate(problem.couriers):
            for position, pause in enumerate(courier.breaks):
                self._add_break(number, position, pause)
            for position, reload in enumerate(courier.reloads):
                for _ in range(reload.times):
                    self._add_reload(number, position, reload)
        nodes = number_nodes(problem)
        for number, courier in enumerate(problem.couriers if is_wide(problem) else ()):
            before = -1
            for ref in courier.previous if courier.reorder_cost else ():
                node = nodes.of(ref)
                self.rows[node][f.OLD_COURIER], self.rows[node][f.OLD_BEFORE] = number, before
                before = node

    def _add_way(self, number: int, request: Request, way: Way, leader: int, chosen: bool) -> None:
        first = len(self.rows)
        bound = request.courier is not None
        due_s = f.FAR
        for task in way.tasks:
            row, amounts = _task_row(task, leader, bound, self._dimensions, self.windows, self.delays)
            row[f.ROW] = len(self.requests)
            self.rows.append(row)
            self.net.append(amounts)
            due_s = min(due_s, row[f.LAST])
        if len(way.loads) > 1 or len(way.unloads) > 1:
            _link_twins(way, self.rows, self.net, first)
        row = [0] * f.REQUEST_FIELDS
        row[f.FIRST_TASK], row[f.LOADS], row[f.TASKS] = first, len(way.loads), len(way.tasks)
        row[f.PRICE] = request.price
        row[f.BOUND_TO] = -1 if request.courier is None else request.courier
        row[f.DUE] = due_s
        row[f.LEADER], row[f.WAYS], row[f.NUMBER] = leader, len(request.ways), number
        row[f.ON_BOARD] = -1 if request.max_on_board_s is None else request.max_on_board_s
        row[f.PREVIOUS_COURIER] = -1 if request.previous is None else request.previous
        row[f.MOVE_COST] = request.move_cost
        self.requests.append(row)
        self.owners.append(-1 if chosen else -2)

    def _add_break(self, courier: int, position: int, pause: Break) -> None:
        rest = Task(place=0, windows=pause.windows, service_s=pause.duration_s)
        self._add_step(rest, courier, position, f.BREAK, soft=courier in self.crews)

    def _add_reload(self, courier: int, position: int, reload: Reload) -> None:
        visit = Task(place=reload.place, windows=reload.windows, service_s=reload.service_s, setup_s=reload.setup_s)
        self._add_step(visit, courier, position, f.RELOAD, soft=False)

    def _add_step(self, task: Task, courier: int, position: int, step: int, *, soft: bool) -> None:
        number = len(self.requests)
        row, amounts = _task_row(task, number, soft, self._dimensions, self.windows, self.delays)
        row[f.ROW], row[f.STEP], row[f.FREE] = number, step, int(step == f.RELOAD)
        if step == f.BREAK:
            row[f.PLACE] = -1
        request = [0] * f.REQUEST_FIELDS
        request[f.FIRST_TASK], request[f.TASKS] = len(self.rows), 1
        # A break has to be taken; a reload is worth nothing in itself.
        request[f.BOUND_TO] = courier if step == f.BREAK else -1
        request[f.DUE] = row[f.LAST]
        request[f.LEADER], request[f.WAYS] = number, 1
        request[f.NUMBER] = BREAK if step == f.BREAK else RELOAD
        request[f.ON_BOARD] = request[f.PREVIOUS_COURIER] = -1
        request[f.POSITION] = position
        self.rows.append(row)
        self.net.append(amounts)
        self.requests.append(request)
        self.owners.append(courier)

    def add_end(self, place: int | None, soft: bool, last_s: int) -> None:
        """Add the start or end of a courier."""
        self.rows.append(_end_row(place, soft, last_s, len(self.windows), len(self.delays)))
        self.windows.append((0, last_s))

    def add_last(self, courier: Courier, soft: bool) -> None:
        """Add the end of a courier; overtime is a soft deadline."""
        latest_s = courier.shift.latest_s
        self.add_end(courier.end, soft, latest_s + courier.overtime_s)
        row = self.rows[-1]
        if courier.overtime_s and courier.overtime_cost_per_s:
            self.delays.append((latest_s, courier.overtime_cost_per_s))
            row[f.DELAY_TO], row[f.QUIET], row[f.KIND] = len(self.delays), latest_s, 1


def courier_row(courier: Courier) -> list[int]:
    """Return the row of a courier."""
    row = [0] * f.COURIER_FIELDS
    row[f.PROFILE], row[f.FIXED], row[f.PER_S], row[f.PER_M] = (
        courier.profile,
        courier.fixed_cost,
        courier.cost_per_s,
        courier.cost_per_m,
    )
    row[f.OPENS], row[f.FROZEN] = courier.shift.earliest_s, len(courier.frozen)
    row[f.PER_SERVICE] = courier.cost_per_service_s
    row[f.MAX_TASKS] = f.FAR if courier.max_tasks is None else courier.max_tasks
    row[f.MAX_TRAVEL] = f.FAR if courier.max_travel_s is None else courier.max_travel_s
    row[f.MAX_DISTANCE] = f.FAR if courier.max_distance_m is None else courier.max_distance_m
    row[f.LIFO], row[f.REORDER] = int(courier.last_in_first_out), courier.reorder_cost
    return row


def _task_row(
    task: Task,
    leader: int,
    bound: bool,
    dimensions: int,
    windows: list[tuple[int, int]],
    delays: list[tuple[int, int]],
) -> tuple[list[int], list[int]]:
    window_from, delay_from = len(windows), len(delays)
    windows.extend((window.earliest_s, window.latest_s) for window in task.windows)
    delays.extend((delay.after_s, delay.per_s) for delay in task.delay_costs)
    load, unload = task.load or (0,) * dimensions, task.unload or (0,) * dimensions
    amounts = [more - less for more, less in zip(load, unload, strict=True)]
    last_s = task.windows[-1].latest_s
    row = [0] * f.NODE_FIELDS
    row[f.PLACE] = task.place
    row[f.SERVICE] = task.service_s
    row[f.SETUP] = task.setup_s
    row[f.WINDOW_FROM], row[f.WINDOW_TO] = window_from, len(windows)
    row[f.DELAY_FROM], row[f.DELAY_TO] = delay_from, len(delays)
    row[f.SOFT], row[f.FREE] = int(bound), int(not bound)
    row[f.REQUEST] = leader
    row[f.PUTS_ON] = int(any(amount > 0 for amount in amounts))
    row[f.OPENS_S], row[f.LAST] = task.windows[0].earliest_s, last_s
    row[f.KIND] = int(bound or len(task.windows) > 1 or bool(task.delay_costs) or task.setup_s > 0)
    row[f.QUIET] = min([last_s] + [delay.after_s for delay in task.delay_costs if delay.per_s])
    row[f.TWIN] = row[f.OLD_COURIER] = row[f.OLD_BEFORE] = -1
    return row, amounts


def _end_row(place: int | None, soft: bool, last_s: int, window: int, delay: int) -> list[int]:
    row = [0] * f.NODE_FIELDS
    row[f.PLACE] = -1 if place is None else place
    row[f.WINDOW_FROM], row[f.WINDOW_TO] = window, window + 1
    row[f.DELAY_FROM] = row[f.DELAY_TO] = delay
    row[f.SOFT] = int(soft)
    row[f.REQUEST] = row[f.TWIN] = row[f.ROW] = row[f.OLD_COURIER] = row[f.OLD_BEFORE] = -1
    row[f.LAST] = row[f.QUIET] = last_s
    row[f.KIND] = int(soft)
    return row


def _link_twins(way: Way, rows: list[list[int]], net: list[Sequence[int]], first: int) -> None:
    """Order tasks that differ in their amounts alone: of two, the one that leaves more room goes first without loss."""
    loads = len(way.loads)
    for group in (range(loads), range(loads, len(way.tasks))):
        alike: dict[object, int] = {}
        for number in sorted(group, key=lambda task: (sum(net[first + task]), task)):
            task = way.tasks[number]
            key = (task.place, task.windows, task.delay_costs, task.service_s, task.setup_s)
            before = alike.get(key)
            if before is not None and all(
                a <= b for a, b in zip(net[first + before], net[first + number], strict=True)
            ):
                rows[first + number][f.TWIN] = first + before
            alike[key] = number


def table(rows: Sequence[Sequence[int]], columns: int) -> Ints:
    """Return rows as an array, which has its columns even if there is no row."""
    return np.array(rows, dtype=np.int64).reshape(len(rows), columns)
