"""Why a request is not in a plan: impossible, crowded out, or not worth its price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.insert import Desk, new_desk
from solver.insertion.layout import Ints, Layout, flatten
from solver.insertion.routes import Routes, new_routes
from solver.insertion.survey import survey
from solver.plan import LeftOut, Reason
from solver.problem import Problem, Sequences

MOST_NAMED = 8
"""At most so many requests are named as being in the way of another."""


def explain_left_out(problem: Problem, sequences: Sequences, left: Iterable[int]) -> tuple[LeftOut, ...]:
    """Return why each request in `left` is not in a plan.

    Parameters
    ----------
    sequences
        The plan: tasks in order per courier, without those of `left`. It must break no rule.
    left
        Positions of requests that are not bound.

    Returns
    -------
    tuple of LeftOut
        In order of requests. A request that fits somewhere in the plan is *not worth its price*, or *not found* if it
        is; one that fits nowhere, but on some courier that had nothing else to do, is *crowded out* by the requests of
        the couriers that could have served it most cheaply; any other is *impossible*.
    """
    numbers = sorted(set(left))
    if not numbers:
        return ()
    if not problem.couriers:
        return tuple(
            LeftOut(request=number, reason=Reason.IMPOSSIBLE, detail="there is no courier") for number in numbers
        )
    return _Inquiry(problem, sequences, np.array(numbers, np.int64)).answers()


@dataclass(frozen=True, slots=True)
class _Costs:
    """What each request in question would add to each route: (requests in question, couriers), FAR where it cannot."""

    table: Ints

    def possible(self, row: int) -> list[int]:
        """Return the couriers that can, cheapest first."""
        costs = self.table[row]
        order = np.argsort(costs, kind="stable")
        return [int(courier) for courier in order if costs[courier] < f.FAR]


class _Inquiry:
    def __init__(self, problem: Problem, sequences: Sequences, numbers: Ints) -> None:
        self._problem = problem
        self._numbers = numbers
        self._layout = flatten(problem)
        self._routes = new_routes(self._layout)
        desk = new_desk(self._layout)
        begin_routes(problem, self._layout, self._routes, desk, sequences)
        self._here = _Costs(_survey(self._layout, self._routes, desk, numbers))
        idle = _idle(self._layout)
        self._alone = _Costs(_survey(idle, new_routes(idle), new_desk(idle), numbers))
        self._late: _Costs | None = None

    def answers(self) -> tuple[LeftOut, ...]:
        return tuple(self._answer(row, int(number)) for row, number in enumerate(self._numbers))

    def _answer(self, row: int, number: int) -> LeftOut:
        couriers, price = self._problem.couriers, self._problem.requests[number].price
        if here := self._here.possible(row):
            cost = int(self._here.table[row, here[0]])
            reason = Reason.NOT_WORTH_ITS_PRICE if cost >= price else Reason.NOT_FOUND
            detail = f"courier {couriers[here[0]].id}, the cheapest, could serve it for {cost}; its price is {price}"
            return LeftOut(request=number, reason=reason, detail=detail)
        if alone := self._alone.possible(row):
            cost = int(self._alone.table[row, alone[0]])
            detail = f"courier {couriers[alone[0]].id} could serve it for {cost} with nothing else to do"
            return LeftOut(request=number, reason=Reason.CROWDED_OUT, detail=detail, by=self._in_the_way(alone))
        return LeftOut(request=number, reason=Reason.IMPOSSIBLE, detail=self._deficit(row, number))

    def _in_the_way(self, couriers: list[int]) -> tuple[int, ...]:
        by: dict[int, None] = {}
        for courier in couriers:
            by.update(dict.fromkeys(ref.request for ref in order_of(self._layout, self._routes, courier)))
            if len(by) >= MOST_NAMED:
                break
        return tuple(by)[:MOST_NAMED]

    def _deficit(self, row: int, number: int) -> str:
        """Say what is missing, by the courier that comes closest."""
        request, couriers = self._problem.requests[number], self._problem.couriers
        skilled = [c for c, courier in enumerate(couriers) if request.skills <= courier.skills]
        if not skilled:
            closest = min(couriers, key=lambda courier: len(request.skills - courier.skills))
            missing = ", ".join(sorted(request.skills - closest.skills))
            return f"no courier has every skill; courier {closest.id} comes closest and lacks {missing}"
        peak, room = self._layout.peak[number], self._layout.capacity[skilled]
        over = np.maximum(peak - room, 0)
        if over.size and (over.sum(axis=1) > 0).all():
            best = int(over.sum(axis=1).argmin())
            missing = ", ".join(
                f"{int(units)} {name}"
                for units, name in zip(over[best], self._problem.dimensions, strict=True)
                if units
            )
            return f"courier {couriers[skilled[best]].id}, the roomiest, has no room for {missing} of it"
        late = self._least_late().possible(row)
        if not late:
            return "no courier has a way to all of its places"
        late_s = int(self._late_table()[row, late[0]])
        return f"courier {couriers[late[0]].id}, the fastest, would be {late_s} s late with nothing else to do"

    def _late_table(self) -> Ints:
        return self._least_late().table

    def _least_late(self) -> _Costs:
        """Return the least seconds by which each courier misses windows and shift with nothing else to do."""
        if self._late is None:
            patient = _patient(_idle(self._layout))
            self._late = _Costs(_survey(patient, new_routes(patient), new_desk(patient), self._numbers))
        return self._late


def _survey(layout: Layout, routes: Routes, desk: Desk, numbers: Ints) -> Ints:
    costs = np.empty((len(numbers), len(layout.courier)), np.int64)
    survey(layout, routes, desk, numbers, np.arange(len(layout.courier)), costs)
    return costs


def _idle(layout: Layout) -> Layout:
    """Return a problem without bound requests: no courier has anything on board, and none may outlast its shift."""
    node = layout.node.copy()
    node[layout.tasks :, f.SOFT] = 0
    return layout._replace(node=node, bound_initial=np.zeros_like(layout.bound_initial))


def _patient(layout: Layout) -> Layout:
    """Return a problem that costs nothing but a unit for each second that a window or shift is missed."""
    node = layout.node.copy()
    node[:, f.SOFT] = 1
    node[:, f.QUIET] = node[:, f.LAST]
    node[:, f.DELAY_TO] = node[:, f.DELAY_FROM]
    courier = layout.courier.copy()
    courier[:, [f.FIXED, f.PER_S, f.PER_M]] = 0
    return layout._replace(node=node, courier=courier, breach_cost_per_s=1)
