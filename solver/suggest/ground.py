"""A plan, and what a request that it leaves out would cost in it if something were changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.compiled import interpreted
from solver.insertion.flatten import flatten
from solver.insertion.insert import new_desk, put_in
from solver.insertion.layout import Ints, Layout
from solver.insertion.refresh import refresh
from solver.insertion.routes import Routes, new_routes
from solver.insertion.survey import cheapest_way, fits, survey
from solver.problem import Problem, Sequences, TaskRef
from solver.reasons.alone import idle
from solver.reasons.setting import Setting, set_out
from solver.suggest.amend import amend, room
from solver.suggestion import Kind


class Ground:
    """A plan into which requests are put on trial, nothing else moved.

    Parameters
    ----------
    orders
        The plan. It must break no rule.
    """

    def __init__(self, problem: Problem, orders: Sequences) -> None:
        self._problem = problem
        self._orders = orders
        self._layout = layout = flatten(problem)
        self._plan = Setting(layout, new_routes(layout), new_desk(layout))
        begin_routes(problem, layout, self._plan.routes, self._plan.desk, orders)
        self._alone = set_out(idle(layout))

    def rows(self, number: int) -> Ints:
        """Return the rows of the ways of a request."""
        leader = int(self._layout.leaders[number])
        return leader + np.arange(self._layout.request[leader, f.WAYS])

    def here(self, number: int) -> Ints:
        """Return what a request costs on each route as it is, FAR where it does not fit."""
        return self._costs(self._plan, self.rows(number), range(len(self._layout.courier)))

    def alone(self, number: int) -> Ints:
        """Return what it costs with nothing else to do."""
        return self._costs(self._alone, self.rows(number), range(len(self._layout.courier)))

    def with_more(self, number: int, kind: Kind, amount: int, couriers: Sequence[int]) -> Ints:
        """Return what it costs with more of something; FAR for couriers other than those asked for."""
        return self._costs(self._setting(number, kind, amount, couriers), self.rows(number), couriers)

    def with_room(self, number: int, units: Ints, courier: int) -> int:
        """Return what it costs if a courier has room for so many units more."""
        return int(self._costs(self._roomier(number, units), self.rows(number), [courier])[courier])

    def peak(self, number: int) -> Ints:
        """Return how much room a request takes at most, in any way, per dimension."""
        return np.asarray(self._layout.peak[self.rows(number)].max(axis=0))

    def orders_here(self, number: int, courier: int) -> Sequences:
        """Return the plan with the request on a courier's route, where it is known to fit."""
        return self._with(self._plan, number, courier)

    def orders_with_more(self, number: int, kind: Kind, amount: int, courier: int) -> Sequences:
        """Return the same where it is known to fit with more of something."""
        return self._with(self._setting(number, kind, amount, [courier]), number, courier)

    def orders_with_room(self, number: int, units: Ints, courier: int) -> Sequences:
        """Return the same where it is known to fit with more room."""
        return self._with(self._roomier(number, units), number, courier)

    def orders_alone(self, number: int, courier: int) -> Sequences:
        """Return the plan with the request on the route of one more courier."""
        return (*self._orders, self._put_in(self._alone, number, courier))

    def _setting(self, number: int, kind: Kind, amount: int, couriers: Sequence[int]) -> Setting:
        layout = amend(self._layout, kind, self.rows(number), amount, self._skilled(number))
        if kind is not Kind.LONGER_SHIFT:
            return self._plan.under(layout)
        setting = Setting(layout, _copy(self._plan.routes), self._plan.desk)
        ends = layout.tasks + len(layout.courier) + np.arange(len(layout.courier))
        hard = ends[layout.node[ends, f.SOFT] == 0]
        for column in (f.LATEST_SAME, f.LATEST_OTHER, f.RELAXED):
            setting.routes.stop[hard, column] = layout.node[hard, f.LAST]
        # As after a fault, nothing that was known of the routes is relied upon.
        setting.routes.route[list(couriers), f.FAULT] = ends[list(couriers)]
        for courier in couriers:
            _renew(layout, setting.routes, courier)
        return setting

    def _roomier(self, number: int, units: Ints) -> Setting:
        return self._plan.under(room(self._layout, self.rows(number), units, self._skilled(number)))

    def _with(self, setting: Setting, number: int, courier: int) -> Sequences:
        order = self._put_in(setting, number, courier)
        return (*self._orders[:courier], order, *self._orders[courier + 1 :])

    def _skilled(self, number: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        skills = self._problem.requests[number].skills
        return np.array([skills <= courier.skills for courier in self._problem.couriers], np.bool_)

    def _costs(self, setting: Setting, rows: Ints, couriers: Sequence[int]) -> Ints:
        setting.desk.shape[2] = -1  # what lies on it may have been laid out under other rules
        asked = np.array(couriers, np.int64)
        table = np.empty((len(rows), len(asked)), np.int64)
        survey(setting.layout, setting.routes, setting.desk, rows, asked, table)
        costs = np.full(len(self._layout.courier), f.FAR, np.int64)
        costs[asked] = table.min(axis=0)
        return costs

    def _put_in(self, setting: Setting, number: int, courier: int) -> tuple[TaskRef, ...]:
        layout, desk = setting.layout, setting.desk
        routes = _copy(setting.routes)
        desk.shape[2] = -1
        leader = int(self._layout.leaders[number])
        way, _, _ = cheapest_way(layout, routes, desk, leader, np.array([courier]))
        if not fits(layout, routes, desk, way, courier):
            raise AssertionError(f"request {number} was found to fit on courier {courier}")
        interpreted(put_in)(layout, routes, desk, way, courier)
        return order_of(layout, routes, courier)


def _copy(routes: Routes) -> Routes:
    return Routes(*(array.copy() for array in routes))


def _renew(layout: Layout, routes: Routes, courier: int) -> None:
    """Make all that is known of a route right, under other rules than before."""
    node = layout.tasks + courier
    end = node + len(layout.courier)
    while node != end:
        node = int(routes.stop[node, f.NEXT])
        routes.stop[node, f.FRESH] = f.LINKED
    refresh(layout, routes, courier)


__all__ = ["Ground"]
