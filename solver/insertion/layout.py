"""A `Problem` as flat arrays, for compiled code.

Nodes are numbered: first all tasks, request by request, loads before unloads; then the start of every courier; then the
end of every courier. What belongs to a node, a request or a courier is a row; `fields` names the columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.problem import Problem, Request, Task

Ints = npt.NDArray[np.int64]

Rows = list[list[int]]
"""Task nodes per courier, in order; see `solver.nodes`."""


class Layout(NamedTuple):
    """What never changes while a plan is made.

    Attributes
    ----------
    durations_s, distances_m
        (profiles, places, places) int32; `distances_m` is (1, 1, 1) if no courier pays for metres.
    reverse_s
        `durations_s`, destinations in rows: all ways to a place side by side.
    node
        (tasks + 2 couriers, `fields.NODE_FIELDS`).
    net
        (nodes, dimensions): what a task adds to the load.
    window, delay
        (n, 2): earliest and latest; deadline and cost per second.
    request, initial, peak
        (requests, `fields.REQUEST_FIELDS`); (requests, dimensions): on board from the start; most on board at a time if
        it is alone.
    courier, capacity, bound_initial
        (couriers, `fields.COURIER_FIELDS`); (couriers, dimensions): room; on board from the start for bound requests.
    eligible
        (requests, couriers) uint8: skills, binding and room of an empty courier allow it.
    breach_cost_per_s
    puts_on
        Whether any task puts something on board.
    slots
        Most states of doneness of any request.
    """

    durations_s: npt.NDArray[np.int32]
    distances_m: npt.NDArray[np.int32]
    reverse_s: npt.NDArray[np.int32]
    node: Ints
    net: Ints
    window: Ints
    delay: Ints
    request: Ints
    initial: Ints
    peak: Ints
    courier: Ints
    capacity: Ints
    bound_initial: Ints
    eligible: npt.NDArray[np.uint8]
    breach_cost_per_s: int
    puts_on: bool
    slots: int

    @property
    def tasks(self) -> int:
        """Number of tasks: also the node of the first courier's start."""
        return len(self.node) - 2 * len(self.courier)


@lru_cache(maxsize=4)
def flatten(problem: Problem) -> Layout:
    """Return the arrays of `problem`. Nobody writes to them: one solve asks for the same ones several times."""
    dimensions = len(problem.dimensions)
    rows: list[list[int]] = []
    net: list[Sequence[int]] = []
    windows: list[tuple[int, int]] = []
    delays: list[tuple[int, int]] = []
    requests: list[tuple[int, ...]] = []
    for number, request in enumerate(problem.requests):
        first = len(rows)
        bound = request.courier is not None
        due_s = f.FAR
        for task in request.tasks:
            row, amounts = _task_row(task, number, bound, dimensions, windows, delays)
            rows.append(row)
            net.append(amounts)
            due_s = min(due_s, row[f.LAST])
        if len(request.loads) > 1 or len(request.unloads) > 1:
            _link_twins(request, rows, net, first)
        requests.append(
            (
                first,
                len(request.loads),
                len(rows) - first,
                request.price,
                -1 if request.courier is None else request.courier,
                due_s,
            )
        )
    bound_to = {request.courier for request in problem.requests if request.courier is not None}
    nothing = (0,) * dimensions
    for courier in problem.couriers:
        rows.append(_end_row(courier.start, False, 0, 0, len(windows)))
        windows.append((0, f.FAR))
    for number, courier in enumerate(problem.couriers):
        rows.append(_end_row(courier.end, number in bound_to, 0, courier.shift.latest_s, len(windows)))
        windows.append((0, courier.shift.latest_s))
    net += [nothing] * (2 * len(problem.couriers))
    couriers = [
        (c.profile, c.fixed_cost, c.cost_per_s, c.cost_per_m, c.shift.earliest_s, len(c.frozen))
        for c in problem.couriers
    ]
    request_rows = _table(requests, f.REQUEST_FIELDS)
    net_rows = _table(net, dimensions)
    initial, peak = _loads(request_rows, net_rows, len(rows) - 2 * len(couriers))
    capacity = _table([courier.capacity for courier in problem.couriers], dimensions)
    bound_initial = np.zeros_like(capacity)
    is_bound = request_rows[:, f.BOUND_TO] >= 0
    np.add.at(bound_initial, request_rows[is_bound, f.BOUND_TO], initial[is_bound])
    node_rows = _table(rows, f.NODE_FIELDS)
    node_rows[request_rows[:, f.FIRST_TASK], f.BRINGS] = ~is_bound & (initial > 0).any(axis=1)
    durations_s = _stack([matrix.durations_s for matrix in problem.matrices])
    return Layout(
        durations_s=durations_s,
        reverse_s=np.ascontiguousarray(durations_s.transpose(0, 2, 1)),
        distances_m=_stack(
            [matrix.distances_m for matrix in problem.matrices] if any(c.cost_per_m for c in problem.couriers) else []
        ),
        node=node_rows,
        net=net_rows,
        window=_table(windows, 2),
        delay=_table(delays, 2),
        request=request_rows,
        initial=initial,
        peak=peak,
        courier=_table(couriers, f.COURIER_FIELDS),
        capacity=capacity,
        bound_initial=bound_initial,
        eligible=_eligible(problem, request_rows, peak, capacity),
        breach_cost_per_s=problem.breach_cost_per_s,
        puts_on=bool(node_rows[:, f.PUTS_ON].any()),
        slots=max((_slots(row[f.LOADS], row[f.TASKS] - row[f.LOADS]) for row in requests), default=1),
    )


def _task_row(
    task: Task,
    request: int,
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
    row[f.REQUEST] = request
    row[f.PUTS_ON] = int(any(amount > 0 for amount in amounts))
    row[f.OPENS_S], row[f.LAST] = task.windows[0].earliest_s, last_s
    row[f.KIND] = int(bound or len(task.windows) > 1 or bool(task.delay_costs) or task.setup_s > 0)
    row[f.QUIET] = min([last_s] + [delay.after_s for delay in task.delay_costs if delay.per_s])
    row[f.TWIN] = -1
    return row, amounts


def _end_row(place: int | None, soft: bool, service_s: int, last_s: int, window: int) -> list[int]:
    row = [0] * f.NODE_FIELDS
    row[f.PLACE] = -1 if place is None else place
    row[f.SERVICE] = service_s
    row[f.WINDOW_FROM], row[f.WINDOW_TO] = window, window + 1
    row[f.SOFT] = int(soft)
    row[f.REQUEST] = row[f.TWIN] = -1
    row[f.LAST] = row[f.QUIET] = last_s
    row[f.KIND] = int(soft)
    return row


def _link_twins(request: Request, rows: list[list[int]], net: list[Sequence[int]], first: int) -> None:
    """Order tasks that differ in their amounts alone: of two, the one that leaves more room goes first without loss."""
    loads = len(request.loads)
    for group in (range(loads), range(loads, loads + len(request.unloads))):
        alike: dict[object, int] = {}
        for number in sorted(group, key=lambda task: (sum(net[first + task]), task)):
            task = request.tasks[number]
            key = (task.place, task.windows, task.delay_costs, task.service_s, task.setup_s)
            before = alike.get(key)
            if before is not None and all(
                a <= b for a, b in zip(net[first + before], net[first + number], strict=True)
            ):
                rows[first + number][f.TWIN] = first + before
            alike[key] = number


def _slots(loads: int, unloads: int) -> int:
    if max(loads, unloads) > f.ORDERED:
        return loads + unloads + 1
    return int(2**loads + 2**unloads - 1)


def _loads(requests: Ints, net: Ints, tasks: int) -> tuple[Ints, Ints]:
    """Return what is on board from the start, and the most that is on board at a time, per request."""
    initial = np.zeros((len(requests), net.shape[1]), np.int64)
    peak = np.zeros_like(initial)
    if len(requests) and net.shape[1]:
        begins = requests[:, f.FIRST_TASK]
        balance = np.add.reduceat(net[:tasks], begins, axis=0)
        np.maximum(-balance, 0, out=initial)
        number = np.repeat(np.arange(len(requests)), requests[:, f.TASKS])
        is_load = np.arange(tasks) - begins[number] < requests[number, f.LOADS]
        np.add.at(peak, number[is_load], net[:tasks][is_load])
        peak = initial + np.maximum(peak, 0)
    return initial, peak


def _eligible(problem: Problem, requests: Ints, peak: Ints, capacity: Ints) -> npt.NDArray[np.uint8]:
    skill_sets = dict.fromkeys(request.skills for request in problem.requests)
    number_of = {skills: number for number, skills in enumerate(skill_sets)}
    has = np.array([[needed <= courier.skills for courier in problem.couriers] for needed in skill_sets], dtype=bool)
    kind = np.array([number_of[request.skills] for request in problem.requests], dtype=np.intp)
    eligible = has.reshape(len(skill_sets), len(capacity))[kind].reshape(len(requests), len(capacity))
    for dimension in range(capacity.shape[1]):
        eligible &= peak[:, dimension, None] <= capacity[None, :, dimension]
    bound_to = requests[:, f.BOUND_TO]
    bound = np.flatnonzero(bound_to >= 0)
    eligible[bound] = False
    eligible[bound, bound_to[bound]] = True
    return eligible.astype(np.uint8)


def _stack(matrices: Sequence[npt.NDArray[np.int32] | npt.NDArray[np.int64]]) -> npt.NDArray[np.int32]:
    """Return the matrices as one writable array: read-only ones would be another type to compiled code."""
    if not matrices or not matrices[0].size:
        return np.zeros((1, 1, 1), np.int32)
    if len(matrices) == 1:
        only = np.ascontiguousarray(matrices[0], dtype=np.int32)[None]
        return only if only.flags.writeable else only.copy()
    return np.stack([matrix.astype(np.int32, copy=False) for matrix in matrices])


def _table(rows: Sequence[Sequence[int]], columns: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(len(rows), columns)


__all__ = ["Ints", "Layout", "Rows", "flatten"]
