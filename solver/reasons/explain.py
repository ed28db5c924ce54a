"""Which of the four reasons holds for a request that is left out, and what is told along with it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes
from solver.insertion.flatten import flatten
from solver.insertion.insert import new_desk
from solver.insertion.layout import Ints
from solver.insertion.refresh import refresh
from solver.insertion.routes import Routes, new_routes
from solver.plan import LeftOut, Reason
from solver.problem import Problem, Sequences
from solver.reasons.alone import idle, reloads, tried_in_full, unhindered
from solver.reasons.crowd import MOST_NAMED, Crowd, needed_by
from solver.reasons.deficit import Deficits
from solver.reasons.setting import Costs, Setting, beside_bound, set_out
from solver.reasons.sieve import only, sieve
from solver.words import told_cost, told_list

EVERY_ORDER = "not every order of its tasks was tried"


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
        is. One that fits nowhere, but on some courier that had nothing else to do, is *crowded out* by requests of the
        courier that could have served it most cheaply: without those named it fits. So is one that has to be served by
        the courier of another, or after another that is left out: by that one. One that no courier could serve, with
        nothing else to do but its breaks, is *impossible*; where that is not proven, because there are reloads or too
        many tasks to try in every order, it is *not found*.
    """
    numbers = sorted(set(left))
    if not numbers:
        return ()
    return Inquiry(problem, sequences).answers(numbers)


class Inquiry:
    """Finds out why requests are not in a plan, some at a time."""

    def __init__(self, problem: Problem, sequences: Sequences) -> None:
        self._problem = problem
        self._layout = layout = flatten(problem)
        if problem.couriers:
            self._plan = Setting(layout, new_routes(layout), new_desk(layout))
            begin_routes(problem, layout, self._plan.routes, self._plan.desk, sequences)

    def answers(self, numbers: Iterable[int]) -> tuple[LeftOut, ...]:
        """Return why each of some requests is left out, in the order given."""
        asked = np.array(list(numbers), np.int64)
        if not self._problem.couriers:
            detail = "there is no courier"
            return tuple(LeftOut(request=int(number), reason=Reason.IMPOSSIBLE, detail=detail) for number in asked)
        if not len(asked):
            return ()
        leaders = self._layout.leaders[asked]
        here, alone = self._here(leaders), self._alone.costs(leaders)
        return tuple(self._answer(int(number), here, alone, row) for row, number in enumerate(asked))

    def _here(self, leaders: Ints) -> Costs:
        """Return what requests would cost in the plan."""
        if self._sieve is None:
            return self._plan.costs(leaders)
        may = only(self._layout, leaders, self._sieve.costs(leaders).table)
        return self._plan.under(may).costs(leaders)

    def _answer(self, number: int, here: Costs, alone: Costs, row: int) -> LeftOut:
        leader = int(self._layout.leaders[number])
        if couriers := here.possible(row):
            return self._it_fits(number, couriers[0], int(here.table[row, couriers[0]]))
        if couriers := alone.possible(row):
            told = "with nothing else to do"
            return self._crowded_out(number, [(int(alone.table[row, c]), c) for c in couriers], told)
        if self._has_bound:
            bound = self._bound.costs(np.array([leader]))
            if couriers := bound.possible(0):
                told = "beside what is bound to it, with nothing else to do"
                return self._crowded_out(number, [(int(bound.table[0, c]), c) for c in couriers], told)
        return self._it_cannot_be(number)

    def _it_fits(self, number: int, courier: int, cost: int) -> LeftOut:
        request = self._problem.requests[number]
        name = self._problem.couriers[courier].id
        told, price = (told_cost(self._problem, figure) for figure in (cost, request.price))
        detail = f"courier {name}, the cheapest, could serve it for {told}; its price is {price}"
        reason = Reason.NOT_WORTH_ITS_PRICE
        if cost < request.price:
            reason = Reason.NOT_FOUND
        elif not self._in_full(number):
            reason, detail = Reason.NOT_FOUND, f"{detail}; {EVERY_ORDER}"
        elif self._problem.gaps and self._least(number) < request.price:
            reason, detail = Reason.NOT_FOUND, f"{detail}; that others might wait for it was not tried"
        return LeftOut(request=number, reason=reason, detail=detail)

    def _crowded_out(self, number: int, able: list[tuple[int, int]], told: str) -> LeftOut:
        """Say who is in the way; `able` has what it would cost each courier that could serve it but for others."""
        layout, routes = self._layout, self._plan.routes
        leader = int(layout.leaders[number])
        missing = [row for row in needed_by(layout, leader) if routes.courier_of[row] < 0]
        if missing:
            names = told_list([self._problem.requests[int(layout.request[row, f.NUMBER])].id for row in missing])
            return self._by(number, missing, f"it needs {names}, which {'is' if len(missing) == 1 else 'are'} left out")
        cost, courier = min(able, key=lambda way: (len(self._tied_elsewhere(leader, way[1])), way))
        elsewhere = self._tied_elsewhere(leader, courier)
        detail = (
            f"courier {self._problem.couriers[courier].id} could serve it for {told_cost(self._problem, cost)} {told}"
        )
        settings = [setting for setting in (self._sieve, self._plan) if setting is not None]
        with Crowd(settings, leader, courier, elsewhere) as crowd:
            out = crowd.in_the_way()
        if out is None or not (out or elsewhere):
            detail += ", but how to do so after the requests that it needs was not found"
            return LeftOut(request=number, reason=Reason.NOT_FOUND, detail=detail)
        return self._by(number, [*elsewhere, *out], detail)

    def _by(self, number: int, leaders: list[int], detail: str) -> LeftOut:
        names = tuple(sorted(int(self._layout.request[row, f.NUMBER]) for row in leaders))
        if len(names) > MOST_NAMED:
            detail += f"; {len(names)} requests are in its way"
        return LeftOut(request=number, reason=Reason.CROWDED_OUT, detail=detail, by=names[:MOST_NAMED])

    def _tied_elsewhere(self, leader: int, courier: int) -> list[int]:
        """Return the requests on other routes, by leader, that are to be served by the same courier as another."""
        layout = self._layout
        return [
            int(friend[f.OTHER])
            for friend in layout.friend[layout.friend_from[leader] : layout.friend_from[leader + 1]]
            if friend[f.ALIKE] == 1 and self._plan.routes.courier_of[friend[f.OTHER]] not in (-1, courier)
        ]

    def _it_cannot_be(self, number: int) -> LeftOut:
        """Say what is missing for a request that no courier seems able to serve, if that is proven."""
        layout = self._layout
        leader = int(layout.leaders[number])
        rows = leader + np.arange(layout.request[leader, f.WAYS])
        able = layout.eligible[rows] == 1
        able &= layout.request[rows, f.TASKS][:, None] <= layout.courier[:, f.MAX_TASKS][None]
        deficits = self._deficits
        if able.any() and not self._in_full(number):
            detail = f"no courier was found to be able to serve it with nothing else to do; {EVERY_ORDER}"
            return LeftOut(request=number, reason=Reason.NOT_FOUND, detail=detail)
        reloading = np.flatnonzero(able.any(axis=0) & reloads(layout))
        if len(reloading):
            easier = self._unhindered
            may = easier and easier.costs(np.array([leader])).possible(0)
            if easier is None or set(reloading) & set(may or ()):
                detail = "whether a courier could serve it by reloading, with nothing else to do, was not tried"
                return LeftOut(request=number, reason=Reason.NOT_FOUND, detail=detail)
            deficits = self._least_deficits
        return LeftOut(request=number, reason=Reason.IMPOSSIBLE, detail=deficits.of(number))

    def _in_full(self, number: int) -> bool:
        """Return whether every insertion of a request is tried."""
        leader = int(self._layout.leaders[number])
        return all(tried_in_full(self._layout, leader + way) for way in range(self._layout.request[leader, f.WAYS]))

    def _least(self, number: int) -> int:
        """Return what a request would cost at least if tasks of other routes waited for it, and for what it delays."""
        costs = self._loose.costs(self._layout.leaders[[number]]).table[0]
        saved = self._plan.routes.route[:, f.COST] - self._loose.routes.route[:, f.COST]
        return int((costs - saved).min())

    @cached_property
    def _loose(self) -> Setting:
        """Return the plan without the gaps between tasks of different routes."""
        layout = self._layout
        loose = Setting(layout, Routes(*(array.copy() for array in self._plan.routes)), new_desk(layout))
        loose.routes.track[f.TOTAL, f.OTHERS] = f.IGNORE
        for courier in range(len(layout.courier)):
            refresh(layout, loose.routes, courier)
        return loose

    @cached_property
    def _sieve(self) -> Setting | None:
        return sieve(self._plan)

    @cached_property
    def _alone(self) -> Setting:
        return set_out(idle(self._layout))

    @cached_property
    def _bound(self) -> Setting:
        return beside_bound(self._plan)

    @cached_property
    def _has_bound(self) -> bool:
        request = self._layout.request
        return bool(((request[:, f.BOUND_TO] >= 0) & (request[:, f.NUMBER] >= 0)).any())

    @cached_property
    def _unhindered(self) -> Setting | None:
        easier = unhindered(self._alone.layout)
        return None if easier is None else set_out(easier)

    @cached_property
    def _deficits(self) -> Deficits:
        return Deficits(self._problem, self._alone.layout, at_least=False)

    @cached_property
    def _least_deficits(self) -> Deficits:
        assert self._unhindered is not None  # asked for only where it is known
        return Deficits(self._problem, self._unhindered.layout, at_least=True)


__all__ = ["Inquiry", "explain_left_out"]
