"""What a problem must not contradict, refused with a JSON pointer to the element at fault.

Beyond the single elements, two things are made sure of for the engines: that every sum they form fits 64 bits, and
that the bound requests of a courier can be served within its capacity in some order, so that every problem has a plan.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.bound_order import bound_order
from solver.errors import ProblemError
from solver.problem import FOREVER_S, UNREACHABLE_S, Courier, Problem, Request, Task, Window

LARGEST_ENTRY = 2**31 - 1
"""No matrix entry is larger, in seconds or metres."""

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
    for number, courier in enumerate(problem.couriers):
        _check_frozen(problem, number, courier)
    _check_bound_capacity(problem)
    _check_sums(problem)


def _check_matrices(problem: Problem) -> None:
    for number, matrix in enumerate(problem.matrices):
        for name, array in (("durations_s", matrix.durations_s), ("distances_m", matrix.distances_m)):
            at = f"/matrices/{number}/{name}"
            if array.ndim != 2 or array.shape[0] != array.shape[1]:
                raise ProblemError(at, f"has shape {array.shape}: give a square matrix, origins in rows")
            if not np.issubdtype(array.dtype, np.integer):
                raise ProblemError(at, f"has type {array.dtype}: give whole seconds and metres as integers")
            if len(array) != problem.places:
                raise ProblemError(at, f"has {len(array)} places where the first matrix has {problem.places}")
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
    for name, cost in (
        ("fixed_cost", courier.fixed_cost),
        ("cost_per_s", courier.cost_per_s),
        ("cost_per_m", courier.cost_per_m),
    ):
        if cost < 0:
            raise ProblemError(f"{at}/{name}", f"is {cost}: give 0 or more")


def _check_request(at: str, request: Request, couriers: int, places: int, dimensions: int) -> None:
    if not request.loads and not request.unloads:
        raise ProblemError(at, "has no task: give at least one load or unload")
    if request.price < 0:
        raise ProblemError(f"{at}/price", f"is {request.price}: give 0 or more")
    if request.courier is not None and not 0 <= request.courier < couriers:
        raise ProblemError(f"{at}/courier", f"is {request.courier}, and there are {couriers} couriers")
    for kind, tasks in (("loads", request.loads), ("unloads", request.unloads)):
        for number, task in enumerate(tasks):
            _check_task(f"{at}/{kind}/{number}", task, places, dimensions)
    if request.courier is None and request.loads:
        for dimension in range(dimensions):
            put_on = sum(task.load[dimension] for task in request.tasks if task.load)
            taken_off = sum(task.unload[dimension] for task in request.tasks if task.unload)
            if taken_off > put_on:
                raise ProblemError(
                    f"{at}/unloads",
                    f"take off {taken_off} of dimension {dimension} where the loads put on {put_on}: "
                    "only a request bound to a courier may be partly on board",
                )


def _check_task(at: str, task: Task, places: int, dimensions: int) -> None:
    _check_place(f"{at}/place", task.place, places)
    if not task.windows:
        raise ProblemError(f"{at}/windows", "is empty: give at least one window; the default is open for ever")
    for number, window in enumerate(task.windows):
        _check_window(f"{at}/windows/{number}", window)
        if number and window.earliest_s <= task.windows[number - 1].latest_s:
            raise ProblemError(
                f"{at}/windows/{number}",
                f"begins at {window.earliest_s}, not after {task.windows[number - 1].latest_s}, the end of the window "
                "before: give disjoint windows in ascending order",
            )
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
            if len(amounts) != dimensions:
                raise ProblemError(
                    f"{at}/{name}",
                    f"has {len(amounts)} entries where the problem has {dimensions} dimensions: "
                    "give one for each, or none at all",
                )
            _check_not_negative(f"{at}/{name}", amounts)


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
    seen: set[tuple[int, int]] = set()
    for position, ref in enumerate(courier.frozen):
        at = f"/couriers/{number}/frozen/{position}"
        if not 0 <= ref.request < len(problem.requests):
            raise ProblemError(at, f"names request {ref.request}, and there are {len(problem.requests)} requests")
        request = problem.requests[ref.request]
        loads = len(request.loads)
        if not 0 <= ref.task < loads + len(request.unloads):
            raise ProblemError(
                at, f"names task {ref.task} of request {ref.request}, which has {len(request.tasks)} tasks"
            )
        if request.courier != number:
            raise ProblemError(
                at, f"names request {ref.request}, which is not bound to courier {number}: bind it or take it out"
            )
        if ref in seen:
            raise ProblemError(at, f"names task {ref.task} of request {ref.request} a second time")
        if ref.task >= loads and any((ref.request, load) not in seen for load in range(loads)):
            raise ProblemError(at, f"unloads request {ref.request} before all of its loads")
        seen.add(ref)


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
    tasks = [task for request in problem.requests for task in request.tasks]
    largest = [int(m.durations_s.max()) for m in problem.matrices if m.durations_s.size]
    leg_s = max(
        (
            int(m.durations_s.max(where=m.durations_s < UNREACHABLE_S, initial=0)) if most >= UNREACHABLE_S else most
            for m, most in zip((m for m in problem.matrices if m.durations_s.size), largest, strict=True)
        ),
        default=0,
    )
    any_leg_s = max(largest, default=0)
    leg_m = max((int(m.distances_m.max()) for m in problem.matrices if m.distances_m.size), default=0)
    begins_s = max(
        [courier.shift.earliest_s for courier in problem.couriers]
        + [window.earliest_s for task in tasks for window in task.windows],
        default=0,
    )
    usual_s = begins_s + sum(task.service_s + task.setup_s for task in tasks) + (len(tasks) + 2) * leg_s
    bound = [0] * len(problem.couriers)
    for request in problem.requests:
        if request.courier is not None:
            bound[request.courier] += len(request.loads) + len(request.unloads)
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
        "distance costs": (len(tasks) + 2 * len(problem.couriers)) * leg_m * per_m,
        "delay costs": delay_per_s * latest_s,
        "breach costs": sum(end * (number + 1) for end, number in zip(end_s, bound, strict=True) if number)
        * problem.breach_cost_per_s,
        "loads": sum(sum(task.load) + sum(task.unload) for task in tasks)
        + max((amount for courier in problem.couriers for amount in courier.capacity), default=0),
    }
    for name, most in terms.items():
        if most > LARGEST_SUM // len(terms):
            raise ProblemError("", f"the {name} may add up to {most}, which does not fit 64 bits: give smaller figures")


__all__ = ["LARGEST_ENTRY", "LARGEST_SUM", "validate"]
