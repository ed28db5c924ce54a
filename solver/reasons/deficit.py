"""What is missing where no courier can serve a request, with nothing else to do: the figure, and who comes closest."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from solver.insertion import fields as f
from solver.insertion.layout import Ints, Layout
from solver.problem import Problem
from solver.reasons.setting import Setting, set_out
from solver.words import told_count, told_skills, told_time, told_units

MOST = 2**31
"""Larger deficits are not looked for."""


class Deficits:
    """What is missing to serve requests with nothing else to do.

    Parameters
    ----------
    layout
        A problem in which they cannot be served (`solver.reasons.alone`).
    at_least
        Whether that is easier than the real one, so that what is missing here is the least that is missing.
    """

    def __init__(self, problem: Problem, layout: Layout, *, at_least: bool) -> None:
        self._problem = problem
        self._layout = layout
        self._would_be = "would be at least" if at_least else "would be"

    def of(self, number: int) -> str:
        """Return what is missing to serve a request, in words."""
        leader = int(self._layout.leaders[number])
        rows = leader + np.arange(self._layout.request[leader, f.WAYS])
        on_duty = self._skills(number) or self._room(number, rows) or self._tasks(rows)
        return on_duty or self._on_the_way(np.array([leader]))

    def _id(self, courier: int) -> str:
        return self._problem.couriers[courier].id

    def _skills(self, number: int) -> str:
        request, couriers = self._problem.requests[number], self._problem.couriers
        if any(request.skills <= courier.skills for courier in couriers):
            return ""
        closest = min(couriers, key=lambda courier: len(request.skills - courier.skills))
        if len(request.skills) == 1:
            return f"no courier has {told_skills(request.skills)}"
        missing = told_skills(request.skills - closest.skills)
        return f"no courier has every skill; courier {closest.id} comes closest and lacks {missing}"

    def _room(self, number: int, rows: Ints) -> str:
        if self._layout.eligible[rows].any():
            return ""
        skills, couriers = self._problem.requests[number].skills, self._problem.couriers
        skilled = [c for c, courier in enumerate(couriers) if skills <= courier.skills]
        over = np.maximum(self._layout.peak[rows][:, None] - self._layout.capacity[skilled][None], 0)
        way, best = np.unravel_index(over.sum(axis=2).argmin(), over.shape[:2])
        missing = told_units(self._problem, over[way, best].tolist())
        return f"courier {self._id(skilled[int(best)])}, the roomiest, has no room for {missing} of it"

    def _tasks(self, rows: Ints) -> str:
        layout = self._layout
        over = layout.request[rows, f.TASKS][:, None] - layout.courier[:, f.MAX_TASKS][None]
        over = np.where(layout.eligible[rows] == 1, over, MOST)
        if (over <= 0).any():
            return ""
        way, courier = np.unravel_index(over.argmin(), over.shape)
        most, tasks = layout.courier[courier, f.MAX_TASKS], told_count(layout.request[rows[way], f.TASKS], "task")
        return f"courier {self._id(int(courier))}, who may do most, may do {most} of its {tasks}"

    def _on_the_way(self, leader: Ints) -> str:
        """Say which one rule, if it were another, would let one courier serve the request: seconds before others."""
        late = self._late.costs(leader).table[0]
        seconds = [
            (late, "late"),
            (self._too_long(leader), "too long on board"),
            (self._over(leader, f.MAX_TRAVEL, f.PER_S), "over its limit of travel"),
        ]
        seconds.sort(key=lambda item: _least(item[0]))
        over_m = self._over(leader, f.MAX_DISTANCE, f.PER_M)
        for figures, words in (*seconds, (over_m, "over its limit of distance")):
            if (least := _least(figures)) < MOST:
                fastest = ", the fastest," if figures is late else ""
                who = f"courier {self._id(int(np.flatnonzero(figures == least)[0]))}{fastest}"
                much = f"{least:,} m" if figures is over_m else told_time(self._problem, least)
                return f"{who} {self._would_be} {much} {words} with nothing else to do"
        return self._several(leader)

    def _several(self, leader: Ints) -> str:
        late = self._unlimited.costs(leader).table[0]
        courier, late_s = int(late.argmin()), int(late.min())
        if late_s >= f.FAR:
            return "no courier has a way to all of its places"
        if late_s == 0:
            return f"courier {self._id(courier)} cannot keep all its limits at once, with nothing else to do"
        told = f"{self._would_be} {told_time(self._problem, late_s)} late with nothing else to do"
        return f"courier {self._id(courier)}, the fastest, {told}, and cannot keep all its other limits"

    @cached_property
    def _late(self) -> Setting:
        """Return where nothing costs but each second that a window or shift is missed."""
        return set_out(_patient(self._layout))

    @cached_property
    def _unlimited(self) -> Setting:
        """Return where only ways, skills and room are asked for, and seconds late are what it costs."""
        return set_out(_without_limits(_patient(self._layout)))

    @cached_property
    def _strict(self) -> Setting:
        """Return where nothing costs anything."""
        return set_out(_for_nothing(self._layout))

    def _too_long(self, leader: Ints) -> Ints:
        """Return by how much the time on board would have to be longer, told of the courier that needs least."""
        least = self._none()
        if self._layout.request[leader[0], f.ON_BOARD] < 0:
            return least
        few_s, many_s = 0, 1
        while not self._able(leader, many_s):
            few_s, many_s = many_s, 2 * many_s
            if many_s >= MOST:
                return least
        while many_s - few_s > 1:
            middle_s = (few_s + many_s) // 2
            few_s, many_s = (few_s, middle_s) if self._able(leader, middle_s) else (middle_s, many_s)
        least[self._able(leader, many_s)[0]] = many_s
        return least

    def _able(self, leader: Ints, more_s: int) -> list[int]:
        """Return the couriers that could serve a request if it might be on board so much longer."""
        request = self._layout.request.copy()
        request[leader[0] : leader[0] + request[leader[0], f.WAYS], f.ON_BOARD] += more_s
        return self._strict.under(self._strict.layout._replace(request=request)).costs(leader).possible(0)

    def _over(self, leader: Ints, limit: int, per: int) -> Ints:
        """Return by how much the shortest route is longer than its courier's limit, per courier."""
        most = self._layout.courier[:, limit]
        if (most == f.FAR).all():
            return self._none()
        layout = _for_nothing(self._layout)
        layout.courier[:, limit], layout.courier[:, per] = f.FAR, 1
        costs = set_out(layout).costs(leader).table[0]
        return np.where(costs < f.FAR, costs - most, MOST)

    def _none(self) -> Ints:
        return np.full(len(self._layout.courier), MOST, np.int64)


def _least(figures: Ints) -> int:
    """Return the least figure; where nothing is missing, another rule stands in the way, and this one says nothing."""
    return int(figures[figures > 0].min(initial=MOST))


def _for_nothing(layout: Layout) -> Layout:
    """Return a problem in which nothing costs anything."""
    node = layout.node.copy()
    node[:, f.QUIET] = node[:, f.LAST]
    node[:, f.DELAY_TO] = node[:, f.DELAY_FROM]
    request = layout.request.copy()
    request[:, f.MOVE_COST] = 0
    courier = layout.courier.copy()
    courier[:, [f.FIXED, f.PER_S, f.PER_M, f.PER_SERVICE, f.REORDER]] = 0
    flat = np.zeros((0, 0), np.int64)
    return layout._replace(node=node, courier=courier, request=request, flat=flat, breach_cost_per_s=0)


def _patient(layout: Layout) -> Layout:
    """Return a problem in which windows and shifts may be missed, at a unit a second, and nothing else costs."""
    layout = _for_nothing(layout)
    layout.node[:, f.SOFT] = 1
    return layout._replace(breach_cost_per_s=1)


def _without_limits(layout: Layout) -> Layout:
    """Return a problem without limits of travel, distance, time on board and load during breaks."""
    layout.courier[:, [f.MAX_TRAVEL, f.MAX_DISTANCE]] = f.FAR
    layout.request[:, f.ON_BOARD] = -1
    return layout._replace(most_load=np.full_like(layout.most_load, -1))


__all__ = ["Deficits"]
