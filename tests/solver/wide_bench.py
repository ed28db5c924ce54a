"""Routes of problems of the whole model, by hand: driven, where they are wide, and changed, by the interpreter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from solver.insertion import fields as f
from solver.insertion.begin import order_of
from solver.insertion.compiled import interpreted
from solver.insertion.desk import new_desk
from solver.insertion.drive import drive
from solver.insertion.flatten import flatten
from solver.insertion.insert import added_cost, put_in
from solver.insertion.routes import new_routes
from solver.nodes import number_nodes
from solver.problem import Courier, Request, Task
from solver.schedule import schedule
from solver.search.yard import lay
from tests.solver.on_a_line import courier, problem, refs, words


@dataclass(frozen=True, slots=True)
class Ride:
    """What driving a route found out: None for a cost where it breaks a rule, `fault` is where."""

    cost: int | None
    fault: str
    begins: list[int]
    leaves: list[int]


class Bench:
    """A problem with routes that break no rule, unless told otherwise.

    Parameters
    ----------
    orders
        What the couriers do, as `refs` reads it; nothing where there are too few.
    """

    def __init__(
        self, couriers: Sequence[Courier], requests: Sequence[Request], *orders: str, sound: bool = True, **rest: Any
    ) -> None:
        self.problem = problem(list(couriers), list(requests), **rest)
        self.layout = flatten(self.problem)
        self.routes, self.desk = new_routes(self.layout), new_desk(self.layout)
        self._nodes = number_nodes(self.problem)
        given = [refs(order) for order in orders] + [()] * (len(couriers) - len(orders))
        rows = self._nodes.rows(tuple(given))
        flat = np.array([node for row in rows for node in (*row, -1)], np.int64)
        self.cost = interpreted(lay)(self.layout, self.routes, flat)
        """What the plan costs, -1 if it breaks a rule."""
        assert self.cost >= 0 or not sound

    def node(self, word: str, courier: int = 0) -> int:
        """Return the node of a task, or the first one of a courier's break or reload."""
        (ref,) = refs(word)
        return self._nodes.of_steps(courier)[ref][0] if ref.is_step else self._nodes.of(ref)

    def name(self, node: int) -> str:
        """Return what a node is, as `refs` reads it; "" for none, "end" for the end of a route."""
        if node < 0:
            return ""
        return words([self._nodes.ref(node)]) if node < self.layout.tasks else "end"

    def order(self, courier: int = 0) -> str:
        """Return what a courier does."""
        return words(order_of(self.layout, self.routes, courier))

    def orders(self) -> list[str]:
        """Return what all couriers do."""
        return [self.order(courier) for courier in range(len(self.problem.couriers))]

    def starts(self, courier: int = 0) -> list[int]:
        """Return when each stop of a route begins."""
        assert self.layout.wide
        nodes = self._row(self.order(courier), courier)
        return self.routes.stop[nodes, f.START].tolist()

    def driven(self, text: str, *, courier: int = 0, limit: int = f.FAR, others: int = f.KEEP) -> Ride:
        """Drive a route that is not put down; without a limit, its figures are compared with those of the schedule."""
        assert self.layout.wide
        nodes = self._row(text, courier)
        track, count = self.routes.track, len(nodes)
        track[f.TRIAL, :count] = nodes
        track[f.TOTAL, f.OTHERS] = others
        cost = interpreted(drive)(self.layout, self.routes, courier, f.TRIAL, count, limit)
        track[f.TOTAL, f.OTHERS] = f.KEEP
        if cost == f.FAR:
            fault = int(track[f.TOTAL, f.FAULTY])
            assert fault >= 0
            return Ride(None, self.name(fault), [], [])
        ride = Ride(cost, "", track[f.BEGIN, :count].tolist(), track[f.LEAVE, :count].tolist())
        if limit == f.FAR and len(self.problem.couriers) == 1:
            self._compare(ride, text)
        return ride

    def _compare(self, ride: Ride, text: str) -> None:
        plan = schedule(self.problem, (refs(text),))
        assert plan.cost.total - plan.cost.left_out == ride.cost
        if plan.routes:
            stops = plan.routes[0].stops
            assert [(stop.start_s, stop.depart_s) for stop in stops] == list(zip(ride.begins, ride.leaves, strict=True))
            nodes = self.routes.track[f.TRIAL, : len(stops)]
            assert [stop.load for stop in stops] == [tuple(row) for row in self.routes.load[nodes].tolist()]

    def _row(self, text: str, courier: int) -> list[int]:
        given = [()] * len(self.problem.couriers)
        given[courier] = refs(text)
        return self._nodes.rows(tuple(given))[courier]

    def row(self, request: int, way: int = 0) -> int:
        """Return the row of a way to serve a request."""
        return int(self.layout.leaders[request]) + way

    def added(self, request: int, *, way: int = 0, **rest: Any) -> int:
        """Return the least cost of inserting a request, or the limit."""
        return self.added_row(self.row(request, way), **rest)

    def added_row(self, row: int, *, courier: int = 0, limit: int = f.FAR, thorough: bool = True) -> int:
        """Return the least cost of inserting what a row stands for, perhaps a break or a reload, or the limit."""
        return interpreted(added_cost)(self.layout, self.routes, self.desk, row, courier, limit, thorough)

    def insert(self, request: int, *, way: int = 0, courier: int = 0) -> tuple[int, str]:
        """Insert a request where it costs least; return that cost, which is what is then paid more, and the order."""
        cost, before = self.added(request, way=way, courier=courier), int(self.routes.route[courier, f.COST])
        assert cost < f.FAR
        interpreted(put_in)(self.layout, self.routes, self.desk, self.row(request, way), courier)
        assert self.routes.route[courier, [f.COST, f.FAULT]].tolist() == [before + cost, -1]
        assert self.routes.courier_of[self.row(request)] == courier
        assert self.routes.way_of[self.row(request)] == self.row(request, way)
        return cost, self.order(courier)


def wide(**rest: Any) -> Courier:
    """Return a courier whose limit of travel, which is far away, makes any problem a wide one."""
    rest.setdefault("max_travel_s", 9_999)
    return courier(**rest)


def bench(requests: Sequence[Request], route: str = "", crew: Courier | None = None, **rest: Any) -> Bench:
    """Return a bench of one courier; the last request is to be inserted."""
    return Bench([wide() if crew is None else crew], requests, route, **rest)


def gather(*places: int, to: Sequence[int] = (6,)) -> Request:
    """Return a request of loads and unloads at places."""
    loads, unloads = (tuple(Task(place=place) for place in several) for several in (places, to))
    return Request(id="x", loads=loads, unloads=unloads, price=999)
