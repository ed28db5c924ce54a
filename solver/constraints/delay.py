"""What a late start costs: soft deadlines, and for bound requests the breach of a hard window."""

from __future__ import annotations

from solver.constraints.overtime import end_slopes
from solver.problem import Problem, Request, Task
from solver.routing.draft import Draft


def slopes(problem: Problem, request: Request, task: Task) -> list[tuple[int, int]]:
    """Return from when on each further second costs how much more, in ascending order.

    Soft deadlines add up to a convex function of the start; each of its kinks is one entry. For a bound request the
    window's end is one too. Kinks that no start can reach are left out.
    """
    latest_s = task.windows[-1].latest_s
    kinks: dict[int, int] = {}
    for delay in task.delay_costs:
        if request.courier is not None or delay.after_s < latest_s:
            kinks[delay.after_s] = kinks.get(delay.after_s, 0) + delay.per_s
    if request.courier is not None:
        kinks[latest_s] = kinks.get(latest_s, 0) + problem.breach_cost_per_s
    return sorted((after_s, per_s) for after_s, per_s in kinks.items() if per_s)


def clocks_needed(problem: Problem) -> int:
    """Return how many soft deadlines the task, or the end of a route, with the most has; at least 1."""
    of_tasks = (len(slopes(problem, r, task)) for r in problem.requests for way in r.ways for task in way.tasks)
    bound = {request.courier for request in problem.requests}
    of_ends = (
        len(end_slopes(problem, courier, bound=number in bound))
        for number, courier in enumerate(problem.couriers)
        if courier.overtime_s
    )
    return max((1, *of_tasks, *of_ends))


def add_delay(draft: Draft) -> None:
    """Price late starts: one kink of each task on each clock."""
    for node, task in enumerate(draft.tasks):
        setup_s = int(draft.setups_s[node])
        kinks = slopes(draft.problem, draft.requests[node], task)
        for clock, (after_s, per_s) in zip(draft.clocks, kinks, strict=False):
            clock.SetCumulVarSoftUpperBound(node, after_s + setup_s, per_s)
