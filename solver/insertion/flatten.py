"""A `Problem` becomes a `Layout`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.insertion.layout import Ints, Layout, WideLayout
from solver.insertion.rows import Tables, courier_row, table
from solver.insertion.ties import friends, gaps
from solver.insertion.wide import is_wide
from solver.nodes import number_nodes
from solver.problem import BREAK, Problem


@lru_cache(maxsize=4)
def flatten(problem: Problem) -> Layout:
    """Return the arrays of `problem`. Nobody writes to them: one solve asks for the same ones several times."""
    dimensions = len(problem.dimensions)
    tables = Tables(problem)
    nothing = (0,) * dimensions
    for courier in problem.couriers:
        tables.add_end(courier.start, False, f.FAR)
    for number, courier in enumerate(problem.couriers):
        tables.add_last(courier, number in tables.crews)
    tables.net += [nothing] * (2 * len(problem.couriers))
    courier_rows = table([courier_row(courier) for courier in problem.couriers], f.COURIER_FIELDS)
    request_rows = table(tables.requests, f.REQUEST_FIELDS)
    net_rows = table(tables.net, dimensions)
    initial, peak, left_over = _loads(request_rows, net_rows, len(tables.rows) - 2 * len(courier_rows))
    capacity = table([courier.capacity for courier in problem.couriers], dimensions)
    is_bound = (request_rows[:, f.BOUND_TO] >= 0) & (request_rows[:, f.NUMBER] >= 0)
    bound_initial = np.zeros_like(capacity)
    # Whichever way they are served; of those that are not alike, only what is driven is known.
    once = is_bound & (request_rows[:, f.LEADER] == np.arange(len(request_rows)))
    np.add.at(bound_initial, request_rows[once, f.BOUND_TO], initial[once])
    node_rows = table(tables.rows, f.NODE_FIELDS)
    node_rows[request_rows[:, f.FIRST_TASK], f.BRINGS] = ~is_bound & (initial > 0).any(axis=1)
    durations_s = _stack([matrix.durations_s for matrix in problem.matrices])
    later_from, later_s = _later(problem)
    has_metres = any(c.cost_per_m or c.max_distance_m is not None for c in problem.couriers)
    friend_from, friend = friends(problem, request_rows)
    gap = gaps(problem, node_rows, request_rows)
    wide = is_wide(problem)
    return (WideLayout if wide else Layout)(
        durations_s=durations_s,
        reverse_s=np.ascontiguousarray(durations_s.transpose(0, 2, 1)),
        distances_m=_stack([matrix.distances_m for matrix in problem.matrices] if has_metres else []),
        later_from=later_from,
        later_s=later_s,
        node=node_rows,
        net=net_rows,
        most_load=_most_loads(problem, len(node_rows)),
        window=table(tables.windows, 2),
        delay=table(tables.delays, 2),
        request=request_rows,
        leaders=np.flatnonzero(
            (request_rows[:, f.NUMBER] >= 0) & (request_rows[:, f.LEADER] == np.arange(len(initial)))
        ),
        initial=initial,
        peak=peak,
        left_over=left_over,
        courier=courier_rows,
        capacity=capacity,
        bound_initial=bound_initial,
        eligible=_eligible(problem, request_rows, tables.owners, peak, capacity),
        friend_from=friend_from,
        friend=friend,
        gap=gap,
        breach_cost_per_s=problem.breach_cost_per_s,
        puts_on=bool(node_rows[:, f.PUTS_ON].any()),
        wide=wide,
        flat=np.zeros((0, 0), np.int64) if wide else _flat(request_rows, node_rows, courier_rows),
        has_metres=has_metres,
        has_hours=bool(later_s.size > 1),
        slots=max((_slots(row[f.LOADS], row[f.TASKS] - row[f.LOADS]) for row in tables.requests), default=1),
    )


def _later(problem: Problem) -> tuple[Ints, npt.NDArray[np.int32]]:
    """Return from when on travel changes, per profile and hour, and one matrix for each, the last one repeated."""
    hours = max((len(matrix.later) for matrix in problem.matrices), default=0)
    begins = np.full((len(problem.matrices), hours), f.FAR, np.int64)
    tables = []
    for profile, matrix in enumerate(problem.matrices):
        begins[profile, : len(matrix.later)] = [later.from_s for later in matrix.later]
        of_profile = [later.durations_s for later in matrix.later] or [matrix.durations_s]
        tables += of_profile + of_profile[-1:] * (hours - len(of_profile))
    return begins, _stack(tables if hours else [])


def _most_loads(problem: Problem, nodes: int) -> Ints:
    """Return what may be on board during each break, -1 for anything."""
    numbering = number_nodes(problem)
    most = np.full((nodes if numbering.steps else 1, len(problem.dimensions)), -1, np.int64)
    for number, (courier, ref) in enumerate(numbering.steps):
        if ref.request == BREAK and (max_load := problem.couriers[courier].breaks[ref.task].max_load):
            most[len(numbering.tasks) + number] = max_load
    return most


def _slots(loads: int, unloads: int) -> int:
    if max(loads, unloads) > f.ORDERED:
        return loads + unloads + 1
    return int(2**loads + 2**unloads - 1)


def _loads(requests: Ints, net: Ints, tasks: int) -> tuple[Ints, Ints, Ints]:
    """Return per row what is on board from the start, the most that is at a time, and what is at the end."""
    initial = np.zeros((len(requests), net.shape[1]), np.int64)
    peak, left_over = np.zeros_like(initial), np.zeros_like(initial)
    if len(requests) and net.shape[1]:
        begins = requests[:, f.FIRST_TASK]
        balance = np.add.reduceat(net[:tasks], begins, axis=0)
        np.maximum(-balance, 0, out=initial)
        np.maximum(balance, 0, out=left_over)
        number = np.repeat(np.arange(len(requests)), requests[:, f.TASKS])
        is_load = np.arange(tasks) - begins[number] < requests[number, f.LOADS]
        np.add.at(peak, number[is_load], net[:tasks][is_load])
        peak = initial + np.maximum(peak, 0)
    return initial, peak, left_over


def _flat(requests: Ints, nodes: Ints, couriers: Ints) -> Ints:
    """Return what each row costs each courier wherever its tasks go; no rows if that is nothing."""
    previous = requests[:, f.PREVIOUS_COURIER]
    move = np.where(previous >= 0, requests[:, f.MOVE_COST], 0)
    per_service = couriers[:, f.PER_SERVICE]
    if not len(requests) or not (move.any() or per_service.any()):
        return np.zeros((0, 0), np.int64)
    service_s = np.add.reduceat(nodes[: len(nodes) - 2 * len(couriers), f.SERVICE], requests[:, f.FIRST_TASK])
    moved = previous[:, None] != np.arange(len(couriers))[None]
    flat: Ints = service_s[:, None] * per_service[None] + move[:, None] * moved
    return flat


def _eligible(
    problem: Problem, requests: Ints, owners: Sequence[int], peak: Ints, capacity: Ints
) -> npt.NDArray[np.uint8]:
    skill_sets = dict.fromkeys(request.skills for request in problem.requests)
    number_of = {skills: number for number, skills in enumerate(skill_sets)}
    has = np.array([[needed <= courier.skills for courier in problem.couriers] for needed in skill_sets], dtype=bool)
    has = np.vstack([has.reshape(len(skill_sets), len(capacity)), np.ones((1, len(capacity)), bool)])
    skills = [problem.requests[number].skills if number >= 0 else None for number in requests[:, f.NUMBER]]
    kind = np.array([len(skill_sets) if of is None else number_of[of] for of in skills], dtype=np.intp)
    eligible = has[kind].reshape(len(requests), len(capacity))
    for dimension in range(capacity.shape[1]):
        eligible &= peak[:, dimension, None] <= capacity[None, :, dimension]
    bound_to, owner = requests[:, f.BOUND_TO], np.array(owners, np.int64)
    bound = np.flatnonzero(bound_to >= 0)
    eligible[bound] = False
    eligible[bound, bound_to[bound]] = True
    steps = np.flatnonzero(owner >= 0)
    eligible[steps] = False
    eligible[steps, owner[steps]] = True
    eligible[owner == -2] = False
    return eligible.astype(np.uint8)


def _stack(matrices: Sequence[npt.NDArray[np.int32] | npt.NDArray[np.int64]]) -> npt.NDArray[np.int32]:
    """Return the matrices as one writable array: read-only ones would be another type to compiled code."""
    if not matrices or not matrices[0].size:
        return np.zeros((1, 1, 1), np.int32)
    if len(matrices) == 1:
        only = np.ascontiguousarray(matrices[0], dtype=np.int32)[None]
        return only if only.flags.writeable else only.copy()
    return np.stack([matrix.astype(np.int32, copy=False) for matrix in matrices])
