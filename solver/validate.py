"""What a problem must not contradict, refused with a JSON pointer to the element at fault.

Beyond the single elements, two things are made sure of for the engines: that every sum they form fits 64 bits, and
that the bound requests of a courier can be served within its capacity in some order, so that every problem has a plan.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.bound_order import bound_order
from solver.errors import ProblemError
from solver.problem import (
    FOREVER_S,
    UNREACHABLE_S,
    Break,
    Courier,
    Gap,
    IntMatrix,
    Matrix,
    Problem,
    Reload,
    Request,
    Task,
    TaskRef,
    Window,
)

LARGEST_ENTRY = 2**31 - 1
"""No matrix entry is larger, in seconds or metres."""

MOST_RELOADS = 1_000
"""No courier reloads more often at one place."""

MOST_WAYS = 64
"""No request has more ways to serve it."""

LARGEST_SUM = 2**61
"""No sum that an engine forms is larger: half of what 64 bits hold, so that two can still be added."""


def validate(problem: Problem) -> None:
    """Refuse a problem that contradicts itself.

    Raises
    ------
    ProblemError
        At the first element at fault.
    """
    _check_matrices(problem)
    if problem.breach_cost_per_s < 0:
        raise ProblemError("/breach_cost_per_s", f"is {problem.breach_cost_per_s}: give 0 or more")
    _check_ids("/dimensions", problem.dimensions)
    _check_ids("/requests", [request.id for request in problem.requests])
    _check_ids("/couriers", [courier.id for courier in problem.couriers])
    places, dimensions = problem.places, len(problem.dimensions)
    for number, courier in enumerate(problem.couriers):
        _check_courier(f"/couriers/{number}", courier, len(problem.matrices), places, dimensions)
    for number, request in enumerate(problem.requests):
        _check_request(f"/requests/{number}", request, len(problem.couriers), places, dimensions)
    planned: set[TaskRef] = set()
    for number, courier in enumerate(problem.couriers):
        _check_frozen(problem, number, courier)
        _check_previous(problem, number, courier, planned)
    for name, sets in (("same_courier", problem.same_courier), ("never_together", problem.never_together)):
        for number, members in enumerate(sets):
            _check_set(f"/{name}/{number}", members, len(problem.requests))
    for number, gap in enumerate(problem.gaps):
        _check_gap(f"/gaps/{number}", gap, problem)
    _check_bound_capacity(problem)
    _check_sums(problem)


def _check_matrices(problem: Problem) -> None:
    for number, matrix in enumerate(problem.matrices):
        _check_table(f"/matrices/{number}/durations_s", matrix.durations_s, problem.places)
        _check_table(f"/matrices/{number}/distances_m", matrix.distances_m, problem.places)
        _check_later(f"/matrices/{number}/later", matrix, problem.places)


def _check_later(at: str, matrix: Matrix, places: int) -> None:
    before_s = 0
    for number, later in enumerate(matrix.later):
        if not before_s < later.from_s <= FOREVER_S:
            raise ProblemError(f"{at}/{number}/from_s", f"is {later.from_s}: give more than {before_s}, in seconds")
        before_s = later.from_s
        _check_table(f"{at}/{number}/durations_s", later.durations_s, places)


def _check_table(at: str, array: IntMatrix, places: int) -> None:
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ProblemError(at, f"has shape {array.shape}: give a square matrix, origins in rows")
    if not np.issubdtype(array.dtype, np.integer):
        raise ProblemError(at, f"has type {array.dtype}: give whole seconds and metres as integers")
    if len(array) != places:
        raise ProblemError(at, f"has {len(array)} places where the first matrix has {places}")
    if array.size and array.min() < 0:
        row, column = np.argwhere(array < 0)[0]
        raise ProblemError(f"{at}/{row}/{column}", f"is {array[row, column]}: give 0 or more")
    if array.size and array.max() > LARGEST_ENTRY:
        row, column = np.argwhere(array > LARGEST_ENTRY)[0]
        raise ProblemError(
            f"{at}/{row}/{column}",
            f"is {array[row, column]}: give at most {LARGEST_ENTRY}; UNREACHABLE_S says that there is no way",
        )


def _check_ids(at: str, ids: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for number, name in enumerate(ids):
        if not name:
            raise ProblemError(f"{at}/{number}", "has an empty id: give each one a name of its own")
        first = seen.setdefault(name, number)
        if first != number:
            raise ProblemError(
                f"{at}/{number}", f"has the id {name!r} of {at}/{first}: give each one a name of its own"
            )


def _check_courier(at: str, courier: Courier, profiles: int, places: int, dimensions: int) -> None:
    _check_window(f"{at}/shift", courier.shift)
    if profiles and not 0 <= courier.profile < profiles:
        raise ProblemError(f"{at}/profile", f"is {courier.profile}, and there are {profiles} matrices: give 0 to n - 1")
    for name, place in (("start", courier.start), ("end", courier.end)):
        if place is not None:
            _check_place(f"{at}/{name}", place, places)
    if len(courier.capacity) != dimensions:
        raise ProblemError(
            f"{at}/capacity",
            f"has {len(courier.capacity)} entries where the problem has {dimensions} dimensions: give one for each",
        )
    _check_not_negative(f"{at}/capacity", courier.capacity)
    for name, figure in (
        ("fixed_cost", courier.fixed_cost),
        ("cost_per_s", courier.cost_per_s),
        ("cost_per_m", courier.cost_per_m),
        ("cost_per_service_s", courier.cost_per_service_s),
        ("overtime_s", courier.overtime_s),
        ("overtime_cost_per_s", courier.overtime_cost_per_s),
        ("max_tasks", courier.max_tasks),
        ("max_travel_s", courier.max_travel_s),
        ("max_distance_m", courier.max_distance_m),
        ("reorder_cost", courier.reorder_cost),
    ):
        if figure is not None and figure < 0:
            raise ProblemError(f"{at}/{name}", f"is {figure}: give 0 or more")
    if courier.overtime_s > FOREVER_S:
        raise ProblemError(f"{at}/overtime_s", f"is {courier.overtime_s}: give seconds up to {FOREVER_S} (FOREVER_S)")
    for number, pause in enumerate(courier.breaks):
        _check_break(f"{at}/breaks/{number}", pause, dimensions)
    for number, reload in enumerate(courier.reloads):
        _check_reload(f"{at}/reloads/{number}", reload, places)


def _check_break(at: str, pause: Break, dimensions: int) -> None:
    _check_windows(at, pause.windows)
    if pause.duration_s < 0:
        raise ProblemError(f"{at}/duration_s", f"is {pause.duration_s}: give 0 or more")
    if pause.max_load:
        _check_amounts(f"{at}/max_load", pause.max_load, dimensions)


def _check_reload(at: str, reload: Reload, places: int) -> None:
    _check_place(f"{at}/place", reload.place, places)
    _check_windows(at, reload.windows)
    for name, figure in (("service_s", reload.service_s), ("setup_s", reload.setup_s), ("times", reload.times)):
        if figure < 0:
            raise ProblemError(f"{at}/{name}", f"is {figure}: give 0 or more")
    if reload.times > MOST_RELOADS:
        raise ProblemError(f"{at}/times", f"is {reload.times}: give at most {MOST_RELOADS}")


def _check_request(at: str, request: Request, couriers: int, places: int, dimensions: int) -> None:
    if not request.loads and not request.unloads:
        raise ProblemError(at, "has no task: give at least one load or unload")
    if request.price < 0:
        raise ProblemError(f"{at}/price", f"is {request.price}: give 0 or more")
    for name, courier in (("courier", request.courier), ("previous", request.previous)):
        if courier is not None and not 0 <= courier < couriers:
            raise ProblemError(f"{at}/{name}", f"is {courier}, and there are {couriers} couriers")
    if request.move_cost < 0:
        raise ProblemError(f"{at}/move_cost", f"is {request.move_cost}: give 0 or more")
    if request.max_on_board_s is not None and request.max_on_board_s < 0:
        raise ProblemError(f"{at}/max_on_board_s", f"is {request.max_on_board_s}: give 0 or more")
    for kind, others in (("loads", request.other_loads), ("unloads", request.other_unloads)):
        tasks = getattr(request, kind)
        for number, task in enumerate(tasks):
            _check_task(f"{at}/{kind}/{number}", task, places, dimensions)
        for other, alternative in enumerate(others):
            if not alternative or not tasks:
                raise ProblemError(
                    f"{at}/other_{kind}/{other}", f"and {kind} must both have tasks: give at least one to each"
                )
            for number, task in enumerate(alternative):
                _check_task(f"{at}/other_{kind}/{other}/{number}", task, places, dimensions)
    ways = (1 + len(request.other_loads)) * (1 + len(request.other_unloads))
    if ways > MOST_WAYS:
        raise ProblemError(f"{at}/other_loads", f"make {ways} ways to serve it: give at most {MOST_WAYS}")
    if request.courier is None and request.loads:
        for number, way in enumerate(request.ways):
            _check_balance(at if ways == 1 else f"{at} (way {number})", way.tasks, dimensions)


def _check_balance(at: str, tasks: Sequence[Task], dimensions: int) -> None:
    for dimension in range(dimensions):
        put_on = sum(task.load[dimension] for task in tasks if task.load)
        taken_off = sum(task.unload[dimension] for task in tasks if task.unload)
        if taken_off > put_on:
            raise ProblemError(
                f"{at}/unloads",
                f"take off {taken_off} of dimension {dimension} where the loads put on {put_on}: "
                "only a request bound to a courier may be partly on board",
            )


def _check_task(at: str, task: Task, places: int, dimensions: int) -> None:
    _check_place(f"{at}/place", task.place, places)
    _check_windows(at, task.windows)
    for number, delay in enumerate(task.delay_costs):
        if delay.after_s < 0 or delay.per_s < 0:
            raise ProblemError(
                f"{at}/delay_costs/{number}", f"is {delay.per_s} per second after {delay.after_s}: give 0 or more"
            )
    if task.service_s < 0:
        raise ProblemError(f"{at}/service_s", f"is {task.service_s}: give 0 or more")
    if task.setup_s < 0:
        raise ProblemError(f"{at}/setup_s", f"is {task.setup_s}: give 0 or more")
    for name, amounts in (("load", task.load), ("unload", task.unload)):
        if amounts:
            _check_amounts(f"{at}/{name}", amounts, dimensions)


def _check_amounts(at: str, amounts: Sequence[int], dimensions: int) -> None:
    if len(amounts) != dimensions:
        raise ProblemError(
            at,
            f"has {len(amounts)} entries where the problem has {dimensions} dimensions: "
            "give one for each, or none at all",
        )
    _check_not_negative(at, amounts)


def _check_windows(at: str, windows: Sequence[Window]) -> None:
    if not windows:
        raise ProblemError(f"{at}/windows", "is empty: give at least one window; the default is open for ever")
    for number, window in enumerate(windows):
        _check_window(f"{at}/windows/{number}", window)
        if number and window.earliest_s <= windows[number - 1].latest_s:
            raise ProblemError(
                f"{at}/windows/{number}",
                f"begins at {window.earliest_s}, not after {windows[number - 1].latest_s}, the end of the window "
                "before: give disjoint windows in ascending order",
            )


def _check_window(at: str, window: Window) -> None:
    if window.earliest_s > window.latest_s:
        raise ProblemError(at, f"ends at {window.latest_s}, before it begins at {window.earliest_s}")
    if window.earliest_s < 0 or window.latest_s > FOREVER_S:
        raise ProblemError(
            at, f"is {window.earliest_s} to {window.latest_s}: give seconds from 0 to {FOREVER_S} (FOREVER_S)"
        )


def _check_place(at: str, place: int, places: int) -> None:
    if not 0 <= place < places:
        raise ProblemError(at, f"is {place}, and the matrices have {places} places: give 0 to n - 1")


def _check_not_negative(at: str, amounts: Sequence[int]) -> None:
    for number, amount in enumerate(amounts):
        if amount < 0:
            raise ProblemError(f"{at}/{number}", f"is {amount}: give 0 or more")


def _check_frozen(problem: Problem, number: int, courier: Courier) -> None:
    seen: dict[tuple[int, int], int] = {}
    for position, ref in enumerate(courier.frozen):
        at = f"/couriers/{number}/frozen/{position}"
        _check_ref(at, ref, problem)
        request = problem.requests[ref.request]
        if request.courier != number:
            raise ProblemError(
                at, f"names request {ref.request}, which is not bound to courier {number}: bind it or take it out"
            )
        if (ref.request, ref.task) in seen:
            raise ProblemError(at, f"names task {ref.task} of request {ref.request} a second time")
        ways = {way for (known, _), way in seen.items() if known == ref.request}
        if ways - {ref.way}:
            raise ProblemError(at, f"names way {ref.way} of request {ref.request} after way {ways.pop()}: name one")
        loads = len(problem.way(ref).loads)
        if ref.task >= loads and any((ref.request, load) not in seen for load in range(loads)):
            raise ProblemError(at, f"unloads request {ref.request} before all of its loads")
        seen[ref.request, ref.task] = ref.way


def _check_ref(at: str, ref: TaskRef, problem: Problem) -> None:
    if not 0 <= ref.request < len(problem.requests):
        raise ProblemError(at, f"names request {ref.request}, and there are {len(problem.requests)} requests")
    ways = problem.requests[ref.request].ways
    if not 0 <= ref.way < len(ways):
        raise ProblemError(at, f"names way {ref.way} of request {ref.request}, which has {len(ways)} ways")
    tasks = len(ways[ref.way].tasks)
    if not 0 <= ref.task < tasks:
        raise ProblemError(at, f"names task {ref.task} of request {ref.request}, which has {tasks} tasks")


def _check_previous(problem: Problem, number: int, courier: Courier, planned: set[TaskRef]) -> None:
    for position, ref in enumerate(courier.previous):
        at = f"/couriers/{number}/previous/{position}"
        _check_ref(at, ref, problem)
        if ref in planned:
            raise ProblemError(at, f"names task {ref.task} of request {ref.request} a second time")
        planned.add(ref)


def _check_set(at: str, members: Sequence[int], requests: int) -> None:
    for position, number in enumerate(members):
        if not 0 <= number < requests:
            raise ProblemError(f"{at}/{position}", f"names request {number}, and there are {requests} requests")
        if number in members[:position]:
            raise ProblemError(f"{at}/{position}", f"names request {number} a second time")


def _check_gap(at: str, gap: Gap, problem: Problem) -> None:
    for name, ref in (("first", gap.first), ("second", gap.second)):
        _check_ref(f"{at}/{name}", ref, problem)
        request = problem.requests[ref.request]
        if request.courier is not None:
            raise ProblemError(
                f"{at}/{name}", f"names request {ref.request}, which is bound: give the other task a window instead"
            )
        if len(request.ways) > 1:
            raise ProblemError(f"{at}/{name}", f"names request {ref.request}, which has alternatives: give it none")
    if gap.first.request == gap.second.request:
        raise ProblemError(at, f"has both tasks of request {gap.first.request}: give tasks of two requests")
    if gap.least_s < 0:
        raise ProblemError(f"{at}/least_s", f"is {gap.least_s}: give 0 or more")
    if gap.most_s is not None and gap.most_s < gap.least_s:
        raise ProblemError(f"{at}/most_s", f"is {gap.most_s}, less than least_s, {gap.least_s}")


def _check_bound_capacity(problem: Problem) -> None:
    bound_to: dict[int, list[int]] = {}
    for number, request in enumerate(problem.requests):
        if request.courier is not None:
            bound_to.setdefault(request.courier, []).append(number)
    for number in sorted(bound_to):
        if bound_order(problem, number, bound_to[number]) is None:
            raise ProblemError(
                f"/couriers/{number}/capacity",
                f"{problem.couriers[number].capacity} holds the {len(bound_to[number])} requests bound to this courier "
                "in no order: raise it to what is in fact carried, or unbind one",
            )


def _check_sums(problem: Problem) -> None:
    """Bound every sum of times and costs from above, in Python's unbounded integers."""
    tasks = [task for request in problem.requests for task in _most_tasks(request)]
    tables = [table for m in problem.matrices for table in (m.durations_s, *(later.durations_s for later in m.later))]
    tables = [table for table in tables if table.size]
    largest = [int(table.max()) for table in tables]
    leg_s = max(
        (
            int(table.max(where=table < UNREACHABLE_S, initial=0)) if most >= UNREACHABLE_S else most
            for table, most in zip(tables, largest, strict=True)
        ),
        default=0,
    )
    any_leg_s = max(largest, default=0)
    leg_m = max((int(m.distances_m.max()) for m in problem.matrices if m.distances_m.size), default=0)
    begins_s = max(
        [courier.shift.earliest_s for courier in problem.couriers]
        + [window.earliest_s for task in tasks for window in task.windows]
        + [window.earliest_s for c in problem.couriers for pause in c.breaks for window in pause.windows]
        + [window.earliest_s for c in problem.couriers for reload in c.reloads for window in reload.windows]
        + [later.from_s for m in problem.matrices for later in m.later],
        default=0,
    )
    steps = max((len(c.breaks) + sum(r.times for r in c.reloads) for c in problem.couriers), default=0)
    steps_s = max(
        (
            sum(pause.duration_s for pause in c.breaks) + sum(r.times * (r.service_s + r.setup_s) for r in c.reloads)
            for c in problem.couriers
        ),
        default=0,
    )
    busy_s = sum(task.service_s + task.setup_s for task in tasks) + steps_s
    usual_s = begins_s + busy_s + (len(tasks) + steps + 2) * leg_s + sum(gap.least_s for gap in problem.gaps)
    bound = [0] * len(problem.couriers)
    for request in problem.requests:
        if request.courier is not None:
            bound[request.courier] += len(_most_tasks(request))
    # Ways that do not exist are travelled between bound tasks only.
    end_s = [usual_s + (number + 1) * any_leg_s if number else usual_s for number in bound]
    latest_s = max(end_s, default=usual_s)
    per_s = max((courier.cost_per_s for courier in problem.couriers), default=0)
    per_m = max((courier.cost_per_m for courier in problem.couriers), default=0)
    delay_per_s = sum(delay.per_s for task in tasks for delay in task.delay_costs)
    terms = {
        "prices of leaving out": sum(request.price for request in problem.requests),
        "fixed costs": sum(courier.fixed_cost for courier in problem.couriers),
        "travel costs": sum(end_s) * per_s,
        "distance costs": (len(tasks) + (2 + steps) * len(problem.couriers)) * leg_m * per_m,
        "service costs": (busy_s + steps_s * len(problem.couriers))
        * max((courier.cost_per_service_s for courier in problem.couriers), default=0),
        "overtime costs": sum(end_s) * max((courier.overtime_cost_per_s for courier in problem.couriers), default=0),
        "costs of change": sum(request.move_cost for request in problem.requests)
        + len(tasks) * max((courier.reorder_cost for courier in problem.couriers), default=0),
        "delay costs": delay_per_s * latest_s,
        "breach costs": sum(end * (number + 1 + steps) ** 2 for end, number in zip(end_s, bound, strict=True) if number)
        * problem.breach_cost_per_s,
        "loads": sum(sum(task.load) + sum(task.unload) for task in tasks)
        + max((amount for courier in problem.couriers for amount in courier.capacity), default=0),
    }
    for name, most in terms.items():
        if most > LARGEST_SUM // len(terms):
            raise ProblemError("", f"the {name} may add up to {most}, which does not fit 64 bits: give smaller figures")


def _most_tasks(request: Request) -> tuple[Task, ...]:
    """Return the tasks of all ways together: no way has more to add up."""
    alternatives = (*request.other_loads, *request.other_unloads)
    return request.tasks + tuple(task for tasks in alternatives for task in tasks)


__all__ = ["LARGEST_ENTRY", "LARGEST_SUM", "validate"]
