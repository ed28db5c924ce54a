"""The smallest change with which a request fits into a plan and pays, nothing else moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from solver.insertion import fields as f
from solver.problem import FOREVER_S, Problem
from solver.suggest.budget import Budget
from solver.suggest.ground import Ground
from solver.suggestion import Kind, Suggestion

MOST = 2 * 3600
"""Nothing is suggested to be longer, or later, by more seconds, or units of time (`Problem.time_scale`)."""

MOST_M = 100_000
"""Nor further."""

MINUTE_S = 60

SECONDS = (Kind.LATER, Kind.LONGER_ON_BOARD, Kind.LONGER_SHIFT, Kind.LONGER_TRAVEL)
"""Of these, the one that takes fewest seconds is suggested; of equals, the first."""

OF_REQUEST = (Kind.LATER, Kind.LONGER_ON_BOARD)
"""Kinds that are about the request; the others are about a courier."""


class Insertions:
    """Finds changes for one request.

    Parameters
    ----------
    budget
        Asked before each trial; a trial is spent for each.
    """

    def __init__(self, problem: Problem, ground: Ground, number: int, budget: Budget) -> None:
        self._problem = problem
        self._ground = ground
        self._number = number
        self._request = problem.requests[number]
        self._budget = budget
        self._everyone = range(len(problem.couriers))

    def changes(self) -> Iterator[Suggestion]:
        """Yield changes that serve the request, the smallest first, each with the orders that it makes possible."""
        here = self._ground.here(self._number)
        self._budget.spend(1)
        if len(here) and here.min() < f.FAR:
            yield self._at_its_price(int(here.argmin()), int(here.min()))
            return
        seconds = [found for kind in SECONDS if (found := self._least(kind, most_s(self._problem)))]
        yield from sorted(seconds, key=lambda found: found.more_s)
        others = (
            self._with_room,
            self._with_skills,
            lambda: self._least(Kind.MORE_TASKS, max(len(way.tasks) for way in self._request.ways)),
            lambda: self._least(Kind.LONGER_DISTANCE, MOST_M),
            self._one_more,
        )
        yield from (found for find in others if (found := find()))

    def _suggestion(self, kind: Kind) -> Suggestion:
        return Suggestion(request=self._number, kind=kind, text="")

    def _at_its_price(self, courier: int, cost: int) -> Suggestion:
        orders = self._ground.orders_here(self._number, courier)
        if cost < self._request.price:
            return replace(self._suggestion(Kind.LONGER_SEARCH), orders=orders)
        return replace(self._suggestion(Kind.HIGHER_PRICE), price=cost + 1, orders=orders)

    def _least(self, kind: Kind, most: int) -> Suggestion | None:
        """Return the change that takes least of its kind, if any is of use."""
        if not self._helps(kind):
            return None
        able = self._able(kind, most, self._everyone)
        if not able:
            return None
        few, many = 0, most
        while many - few > 1:
            middle = (few + many) // 2
            if self._budget.share_over:
                return None
            if some := self._able(kind, middle, able):
                many, able = middle, some
            else:
                few = middle
        whole = rounded_up(self._problem, many)
        if kind in SECONDS and many < whole and (some := self._able(kind, whole, able[:1])):
            many, able = whole, some
        orders = self._ground.orders_with_more(self._number, kind, many, able[0])
        found = _of(replace(self._suggestion(kind), orders=orders), many)
        return found if kind in OF_REQUEST else replace(found, courier=able[0])

    def _helps(self, kind: Kind) -> bool:
        """Return whether more of a kind could be of any help."""
        couriers = self._problem.couriers
        tasks = (task for way in self._request.ways for task in way.tasks)
        return (
            not self._budget.share_over
            and {
                Kind.LATER: any(task.windows[-1].latest_s < FOREVER_S for task in tasks),
                Kind.LONGER_ON_BOARD: self._request.max_on_board_s is not None,
                Kind.LONGER_SHIFT: any(courier.shift.latest_s < FOREVER_S for courier in couriers),
                Kind.LONGER_TRAVEL: any(courier.max_travel_s is not None for courier in couriers),
                Kind.LONGER_DISTANCE: any(courier.max_distance_m is not None for courier in couriers),
                Kind.MORE_TASKS: any(courier.max_tasks is not None for courier in couriers),
                Kind.MORE_ROOM: bool(self._problem.dimensions),
                Kind.MORE_SKILLS: any(not self._request.skills <= courier.skills for courier in couriers),
            }[kind]
        )

    def _able(self, kind: Kind, amount: int, couriers: Sequence[int]) -> list[int]:
        """Return the couriers that can serve it with more of a kind, at less than its price, the cheapest first."""
        self._budget.spend(1)
        costs = self._ground.with_more(self._number, kind, amount, couriers)
        return [int(c) for c in np.argsort(costs, kind="stable") if costs[c] < self._request.price]

    def _with_room(self) -> Suggestion | None:
        """Return how much more room would do, for the courier for which it is least."""
        if not self._helps(Kind.MORE_ROOM):
            return None
        peak = self._ground.peak(self._number)
        found = self._least_room(int(peak.max(initial=0)))
        if found is None:
            return None
        courier, amount = found
        units = np.minimum(amount, peak)
        for dimension in range(len(units)):
            # All dimensions got as much as the one that needs most.
            few, many = -1, int(units[dimension])
            while many - few > 1 and not self._budget.share_over:
                units[dimension] = (few + many) // 2
                few, many = (few, units[dimension]) if self._fits(units, courier) else (units[dimension], many)
            units[dimension] = many
        orders = self._ground.orders_with_room(self._number, units, courier)
        told = tuple(int(more) for more in units)
        return replace(self._suggestion(Kind.MORE_ROOM), courier=courier, units=told, orders=orders)

    def _least_room(self, most: int) -> tuple[int, int] | None:
        able = self._able(Kind.MORE_ROOM, most, self._everyone)
        few, many = 0, most
        while able and many - few > 1 and not self._budget.share_over:
            middle = (few + many) // 2
            if some := self._able(Kind.MORE_ROOM, middle, able):
                many, able = middle, some
            else:
                few = middle
        return (able[0], many) if able else None

    def _fits(self, units: np.ndarray[tuple[int], np.dtype[np.int64]], courier: int) -> bool:
        self._budget.spend(1)
        return self._ground.with_room(self._number, units, courier) < self._request.price

    def _with_skills(self) -> Suggestion | None:
        """Return who would need the fewest skills in addition."""
        if not self._helps(Kind.MORE_SKILLS):
            return None
        able = self._able(Kind.MORE_SKILLS, 0, self._everyone)
        missing = [(self._request.skills - self._problem.couriers[courier].skills, courier) for courier in able]
        missing = [(skills, courier) for skills, courier in missing if skills]
        if not missing:
            return None
        skills, courier = min(missing, key=lambda item: len(item[0]))
        orders = self._ground.orders_with_more(self._number, Kind.MORE_SKILLS, 0, courier)
        return replace(self._suggestion(Kind.MORE_SKILLS), courier=courier, skills=skills, orders=orders)

    def _one_more(self) -> Suggestion | None:
        """Return whom to have twice: who would serve it most cheaply with nothing else to do."""
        if not len(self._everyone) or self._budget.share_over:
            return None
        self._budget.spend(1)
        costs = self._ground.alone(self._number)
        courier = int(costs.argmin())
        if costs[courier] >= self._request.price:
            return None
        orders = self._ground.orders_alone(self._number, courier)
        return replace(self._suggestion(Kind.ONE_MORE_COURIER), courier=courier, orders=orders)


def _of(suggestion: Suggestion, amount: int) -> Suggestion:
    """Return a suggestion of so much more of its kind."""
    if suggestion.kind in SECONDS:
        return replace(suggestion, more_s=amount)
    if suggestion.kind is Kind.MORE_TASKS:
        return replace(suggestion, more_tasks=amount)
    return replace(suggestion, more_m=amount)


def most_s(problem: Problem) -> int:
    """Return by how many seconds something may be suggested to be longer, or later."""
    return MOST * (problem.time_scale or 1)


def rounded_up(problem: Problem, seconds: int) -> int:
    """Return seconds rounded up to a minute, or to a unit of the problem's time, if they are more than one."""
    one_s = problem.time_scale or MINUTE_S
    return seconds if seconds <= one_s else -(-seconds // one_s) * one_s


__all__ = ["SECONDS", "Insertions", "most_s", "rounded_up"]
