"""Once the order of stops is known, all times follow: breaks are placed, and every start is as early as it can be.

With the times it is known how long travel takes.
"""

from __future__ import annotations

from typing import Any

from ortools.constraint_solver import pywrapcp

from solver.nodes import NOWHERE
from solver.routing.break_places import BreakPlaces
from solver.routing.draft import Draft
from solver.schedule import travel

ROUNDS = 2
"""So many rounds without any change: what else OR-Tools puts off is done by then."""

MOST_ROUNDS = 2**20


class Settle(pywrapcp.PyConstraint):  # type: ignore[misc]  # OR-Tools is untyped
    """Has one solution, at most, for each order of stops, so that nothing is searched for in times.

    Where later starts, or breaks elsewhere, could save something, OR-Tools would try every second and every stop.
    """

    def __init__(self, draft: Draft) -> None:
        model, nodes = draft.model, draft.nodes
        super().__init__(model.solver())
        self._nexts = [model.NextVar(node) for node in range(nodes.stops + nodes.couriers)]
        self._starts = range(nodes.stops, nodes.stops + nodes.couriers)
        self._times = [draft.clocks[0].CumulVar(node) for node in range(len(nodes.places))]
        self._afters, self._begins = draft.breaks_after, list(draft.breaks_begin.values())
        self._places = BreakPlaces(draft) if self._afters else None
        self._draft = draft
        self._longer_s = draft.longer_s
        self._round = model.solver().IntVar(0, MOST_ROUNDS, "round")
        self._seen: tuple[int, list[int]] = 0, []
        self._demon: Any = None

    def Post(self) -> None:  # noqa: N802  # the name is OR-Tools'
        """Ask to be told when the order is known."""
        self._demon = self.solver().DelayedConstraintInitialPropagateCallback(self)
        for variable in self._nexts:
            variable.WhenBound(self._demon)
        self._round.WhenRange(self._demon)

    def InitialPropagate(self) -> None:  # noqa: N802
        """If the order is known, and nothing more is to be concluded from it, place breaks; then settle times."""
        if not all(variable.Bound() for variable in self._nexts):
            return
        if self._may_change():
            self._round.SetMin(self._round.Min() + 1)
            return
        if any(not after.Bound() for after in self._afters.values()):
            self._place()
            self._seen = 0, []
            self._round.SetMin(self._round.Min() + 1)
            return
        for variable in (*self._times, *self._begins):
            variable.SetValue(variable.Min())
        if self._longer_s:
            for courier, start in enumerate(self._starts):
                self._travel(courier, [start, *self._route(start)])
            for node, longer_s in self._longer_s.items():
                if self._nexts[node].Value() == node:
                    longer_s.SetValue(0)

    def DebugString(self) -> str:  # noqa: N802
        """Return what OR-Tools calls this."""
        return "Settle"

    def _may_change(self) -> bool:
        """Return whether the earliest times have changed in the last rounds."""
        earliest_s = [variable.Min() for variable in (*self._times, *self._begins)]
        now = int(self._round.Min())
        if now == 0 or earliest_s != self._seen[1] or self._seen[0] > now:
            # Its first round, or the first after a change, or back from an order that was given up.
            self._seen = now, earliest_s
        return now < self._seen[0] + ROUNDS

    def _place(self) -> None:
        assert self._places is not None  # there are breaks
        for courier, start in enumerate(self._starts):
            for pause, node in self._places.of(courier, self._route(start)):
                self._afters[pause].SetValue(node)

    def _travel(self, courier: int, route: list[int]) -> None:
        """Say how much longer than at best a courier travels from each node of its route."""
        draft = self._draft
        profile = draft.problem.couriers[courier].profile
        matrix, least_s = draft.problem.matrices[profile], draft.legs[profile][0]
        for node in route:
            after = self._nexts[node].Value()
            origin, destination = int(draft.nodes.places[node]), int(draft.nodes.places[after])
            longer_s = 0
            if NOWHERE not in (origin, destination) and len(route) > 1:
                leaves_s = self._times[node].Value() + int(draft.services_s[node])
                longer_s = travel(matrix, origin, destination, leaves_s)[1] - int(least_s[node, after])
            self._longer_s[node].SetValue(longer_s)

    def _route(self, start: int) -> list[int]:
        route = []
        node = self._nexts[start].Value()
        while node < len(self._nexts):
            route.append(node)
            node = self._nexts[node].Value()
        return route
