"""A `Problem` as flat arrays, for compiled code.

Nodes are numbered as in `solver.nodes`. What belongs to a node, to a way of a request, or to a courier is a row;
`fields` names the columns. A break or a reload is a request of one task.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.insertion import fields as f
from solver.nodes import number_nodes
from solver.problem import BREAK, RELOAD, Break, Courier, Problem, Reload, Request, Task, Way

Ints = npt.NDArray[np.int64]

Rows = list[list[int]]
"""Task nodes per courier, in order; see `solver.nodes`."""


class Layout(NamedTuple):
    """What never changes while a plan is made.

    Attributes
    ----------
    durations_s, distances_m
        (profiles, places, places) int32; `distances_m` is (1, 1, 1) unless `has_metres`.
    reverse_s
        `durations_s`, destinations in rows: all ways to a place side by side.
    later_from, later_s
        (profiles, hours): from when on travel is another, FAR if there is no such hour; (profiles * hours, places,
        places) int32: what it is then; (1, 1, 1) unless `has_hours`.
    node
        (stops + 2 couriers, `fields.NODE_FIELDS`); stops are tasks, breaks and reloads.
    net
        (nodes, dimensions): what a task adds to the load.
    most_load
        (nodes, dimensions): what may be on board during a break, -1 for anything; one row if there is no step.
    window, delay
        (n, 2): earliest and latest; deadline and cost per second.
    request, initial, peak, left_over
        (rows, `fields.REQUEST_FIELDS`); (rows, dimensions): on board from the start; most on board at a time if it is
        alone; on board to the end.
    leaders
        (requests,): the row of the first way of each request of the problem.
    courier, capacity, bound_initial
        (couriers, `fields.COURIER_FIELDS`); (couriers, dimensions): room; on board from the start for bound requests.
    eligible
        (rows, couriers) uint8: skills, binding and room of an empty courier allow it.
    friend_from, friend
        (rows + 1,): where each request's rows of `friend` begin; (n, 2): the other, and whether they are to be alike.
    gap
        (n, 4): of each task with gaps, the other tasks, and how far apart they are to be.
    breach_cost_per_s
    puts_on
        Whether any task puts something on board.
    wide
        Whether the quick insertions do not know all of it: see `is_wide`.
    flat
        (rows, couriers): what a request costs wherever in a route it is done; without rows where nothing does, or where
        the problem is wide (`solver.insertion.flat`).
    has_metres, has_hours
        Whether anything depends on metres, and on the hour.
    slots
        Most states of doneness of any request.
    """

    durations_s: npt.NDArray[np.int32]
    distances_m: npt.NDArray[np.int32]
    reverse_s: npt.NDArray[np.int32]
    later_from: Ints
    later_s: npt.NDArray[np.int32]
    node: Ints
    net: Ints
    most_load: Ints
    window: Ints
    delay: Ints
    request: Ints
    leaders: Ints
    initial: Ints
    peak: Ints
    left_over: Ints
    courier: Ints
    capacity: Ints
    bound_initial: Ints
    eligible: npt.NDArray[np.uint8]
    friend_from: Ints
    friend: Ints
    gap: Ints
    breach_cost_per_s: int
    puts_on: bool
    wide: bool
    flat: Ints
    has_metres: bool
    has_hours: bool
    slots: int

    @property
    def tasks(self) -> int:
        """Number of tasks and steps: also the node of the first courier's start."""
        return len(self.node) - 2 * len(self.courier)


class WideLayout(Layout):
    """The layout of a wide problem: to the compiler another type (`solver.insertion.compiled.only_wide`)."""

    __slots__ = ()


@lru_cache(maxsize=4)
def flatten(problem: Problem) -> Layout:
    """Return the arrays of `problem`. Nobody writes to them: one solve asks for the same ones several times."""
    dimensions = len(problem.dimensions)
    tables = _Tables(problem)
    nothing = (0,) * dimensions
    for courier in problem.couriers:
        tables.add_end(courier.start, False, f.FAR)
    for number, courier in enumerate(problem.couriers):
        tables.add_last(courier, number in tables.crews)
    tables.net += [nothing] * (2 * len(problem.couriers))
    courier_rows = _table([_courier_row(courier) for courier in problem.couriers], f.COURIER_FIELDS)
    request_rows = _table(tables.requests, f.REQUEST_FIELDS)
    net_rows = _table(tables.net, dimensions)
    initial, peak, left_over = _loads(request_rows, net_rows, len(tables.rows) - 2 * len(courier_rows))
    capacity = _table([courier.capacity for courier in problem.couriers], dimensions)
    is_bound = (request_rows[:, f.BOUND_TO] >= 0) & (request_rows[:, f.NUMBER] >= 0)
    bound_initial = np.zeros_like(capacity)
    # Whichever way they are served; of those that are not alike, only what is driven is known.
    once = is_bound & (request_rows[:, f.LEADER] == np.arange(len(request_rows)))
    np.add.at(bound_initial, request_rows[once, f.BOUND_TO], initial[once])
    node_rows = _table(tables.rows, f.NODE_FIELDS)
    node_rows[request_rows[:, f.FIRST_TASK], f.BRINGS] = ~is_bound & (initial > 0).any(axis=1)
    durations_s = _stack([matrix.durations_s for matrix in problem.matrices])
    later_from, later_s = _later(problem)
    has_metres = any(c.cost_per_m or c.max_distance_m is not None for c in problem.couriers)
    friend_from, friend = _friends(problem, request_rows)
    gap = _gaps(problem, node_rows, request_rows)
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
        window=_table(tables.windows, 2),
        delay=_table(tables.delays, 2),
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


def is_wide(problem: Problem) -> bool:
    """Return whether a problem has more than the quick insertions know: what they know is in `solver.insertion.insert`.

    Overtime they do know: it is a soft deadline of the end. Alternatives are rows of their own; who may serve a request
    is asked beforehand (`solver.insertion.friends`); and what costs or counts wherever it is done comes on top
    (`solver.insertion.flat`).
    """
    return (
        bool(problem.gaps)
        or any(matrix.later for matrix in problem.matrices)
        or any(
            request.max_on_board_s is not None or not _begins_alike(request, len(problem.dimensions))
            for request in problem.requests
        )
        or any(
            courier.breaks
            or courier.reloads
            or courier.last_in_first_out
            or (courier.previous and courier.reorder_cost)
            or courier.max_travel_s is not None
            or courier.max_distance_m is not None
            for courier in problem.couriers
        )
        or (any(courier.cost_per_service_s for courier in problem.couriers) and _has_setup(problem))
    )


def _begins_alike(request: Request, dimensions: int) -> bool:
    """Return whether as much of a request is on board from the start of its courier whichever way it is served.

    That matters of a bound request alone: it is on board before it is known which way that will be.
    """
    if request.courier is None or len(request.ways) == 1:
        return True
    known = {tuple(_brought(way, dimension) for dimension in range(dimensions)) for way in request.ways}
    return len(known) == 1


def _brought(way: Way, dimension: int) -> int:
    """Return how much more is taken off than is put on."""
    more = sum(task.unload[dimension] for task in way.tasks if task.unload)
    return max(0, more - sum(task.load[dimension] for task in way.tasks if task.load))


def _has_setup(problem: Problem) -> bool:
    """Return whether any task takes longer where its courier comes from another place."""
    return any(task.setup_s for request in problem.requests for way in request.ways for task in way.tasks)


class _Tables:
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


def _courier_row(courier: Courier) -> list[int]:
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


def _friends(problem: Problem, requests: Ints) -> tuple[Ints, Ints]:
    """Return, from which row to which, with whom each request shares a rule about couriers."""
    leader = {int(row[f.NUMBER]): int(row[f.LEADER]) for row in requests if row[f.NUMBER] >= 0}
    pairs: list[tuple[int, int, int]] = []
    met = [(gap.first.request, gap.second.request) for gap in problem.gaps]
    for alike, sets in ((1, problem.same_courier), (0, problem.never_together), (2, met)):
        for members in sets:
            pairs += [(leader[a], leader[b], alike) for a in members for b in members if a != b]
    pairs.sort()
    begins = np.searchsorted([pair[0] for pair in pairs], np.arange(len(requests) + 1))
    return begins.astype(np.int64), _table([pair[1:] for pair in pairs], 2)


def _gaps(problem: Problem, nodes: Ints, requests: Ints) -> Ints:
    """Return the gaps of each task with any, and note in the rows of tasks and requests where and how many they are."""
    numbering = number_nodes(problem)
    rows: dict[int, list[tuple[int, ...]]] = {}
    for gap in problem.gaps:
        first, second = numbering.of(gap.first), numbering.of(gap.second)
        most_s = f.FAR if gap.most_s is None else gap.most_s
        rows.setdefault(first, []).append((second, gap.least_s, most_s, 0))
        rows.setdefault(second, []).append((first, gap.least_s, most_s, 1))
    table: list[tuple[int, ...]] = []
    for node, own in sorted(rows.items()):
        nodes[node, f.GAP_FROM], nodes[node, f.GAP_TO] = len(table), len(table) + len(own)
        requests[nodes[node, f.ROW], f.GAPS] += len(own)
        table += own
    # Of requests that wait for each other in a circle, none comes first.
    leader = {int(row[f.NUMBER]): int(row[f.LEADER]) for row in requests if row[f.NUMBER] >= 0}
    for _ in range(len(problem.requests) if problem.gaps else 0):
        before = requests[:, f.DEPTH].copy()
        for gap in problem.gaps:
            first, second = leader[gap.first.request], leader[gap.second.request]
            requests[second, f.DEPTH] = max(requests[second, f.DEPTH], requests[first, f.DEPTH] + 1)
        if (before == requests[:, f.DEPTH]).all():
            break
    _note_worth(problem, requests, leader)
    return _table(table, 4)


def _note_worth(problem: Problem, requests: Ints, leader: dict[int, int]) -> None:
    """Note what depends on each request that is first in a gap, from one gap to the next."""
    requests[:, f.WORTH] = requests[:, f.PRICE]
    seconds: dict[int, set[int]] = {}
    for gap in problem.gaps:
        seconds.setdefault(leader[gap.first.request], set()).add(leader[gap.second.request])
    for first in seconds:
        reached: set[int] = set()
        new = {first}
        while new := {second for row in new for second in seconds.get(row, ())} - reached:
            reached |= new
        requests[first, f.CIRCLE] = first in reached
        requests[first, f.WORTH] += sum(int(requests[row, f.PRICE]) for row in reached - {first})


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


def _table(rows: Sequence[Sequence[int]], columns: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(len(rows), columns)


__all__ = ["Ints", "Layout", "Rows", "flatten"]
