"""Whether every sum that an engine forms fits 64 bits."""

from __future__ import annotations

from solver.errors import ProblemError
from solver.problem import UNREACHABLE_S, Problem, Request, Task

LARGEST_SUM = 2**61
"""No sum that an engine forms is larger: half of what 64 bits hold, so that two can still be added."""


def check_sums(problem: Problem) -> None:
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
