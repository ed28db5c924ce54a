"""Breaks of the couriers that have tasks: after which stop each is taken, and how long it holds up what comes next.

OR-Tools has breaks too, as intervals. Those know neither set-up times nor loads nor travel that depends on the hour,
and their times are found by search. Here the stop that a break comes after is a variable, which gets its value from
`solver.routing.settle` as soon as the order of stops is known.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from solver.constraints.windows import outside
from solver.problem import BREAK, Break, TaskRef
from solver.routing.draft import HORIZON_S, Draft


def add_breaks(draft: Draft) -> None:
    """Have each courier with tasks take its breaks in their order. The nodes of breaks are never visited."""
    if not draft.has_breaks:
        return
    model, breaks = draft.model, _Breaks(draft)
    for number, courier in enumerate(draft.problem.couriers):
        own = draft.nodes.of_steps(number)
        nodes = [own[TaskRef(BREAK, position)][0] for position in range(len(courier.breaks))]
        for node in nodes:
            model.AddDisjunction([node], 0)
            model.NextVar(node).SetValue(node)
        breaks.add(number, nodes)


class _Breaks:
    """What the breaks of all couriers need to know of each node."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        model, nodes = draft.model, draft.nodes
        constant = model.solver().IntConst
        starts = [nodes.start(courier) for courier in range(nodes.couriers)]
        self._clock = draft.clocks[0]
        self._none, self._never = constant(0), constant(4 * HORIZON_S)
        # A break that is not taken comes "after" the end, and before the start: no rule holds there.
        unvisited = [draft.visits.get(node) is None for node in range(nodes.stops)]
        self._next = [model.NextVar(node) for node in range(nodes.stops + nodes.couriers)] + list(map(constant, starts))
        self._depart = [
            self._none if unvisited[node] else (self._clock.CumulVar(node) + int(draft.services_s[node])).Var()
            for node in range(nodes.stops)
        ]
        self._depart += [self._clock.CumulVar(start) for start in starts] + [self._none] * nodes.couriers
        self._begin = [self._none if unvisited[node] else draft.begins(node) for node in range(nodes.stops)]
        self._begin += [self._never] * nodes.couriers
        self._begin += [self._clock.CumulVar(nodes.end(courier)) for courier in range(nodes.couriers)]

    def add(self, courier: int, nodes: list[int]) -> None:
        """Add the breaks of a courier, given their nodes."""
        solver = self._draft.model.solver()
        begins = []
        for node, pause in zip(nodes, self._draft.problem.couriers[courier].breaks, strict=True):
            begins.append((self._add(courier, node, pause), pause.duration_s))
        taken = self._draft.model.ActiveVehicleVar(courier)
        for (before, duration_s), (after, _) in pairwise(begins):
            solver.Add(before + duration_s <= after + (1 - taken) * (4 * HORIZON_S))

    def _add(self, courier: int, node: int, pause: Break) -> Any:
        """Add one break and return the variable of its begin."""
        draft = self._draft
        model, nodes = draft.model, draft.nodes
        solver = model.solver()
        start, end, taken = nodes.start(courier), nodes.end(courier), model.ActiveVehicleVar(courier)
        visited = [stop for stop in draft.visits if model.VehicleVar(stop).Contains(courier)]
        after = solver.IntVar([*visited, start, end], f"break {node} after")
        draft.breaks_after[node] = after
        model.AddToAssignment(after)
        solver.Add((after == end) + taken == 1)
        for stop in visited:
            # Said of each stop for itself: one that is left out comes after itself, and so would the break.
            solver.Add((after == stop) <= (model.VehicleVar(stop) == courier))

        windows, bound = pause.windows, courier in draft.bound_couriers
        begin = draft.breaks_begin[node] = solver.IntVar(
            windows[0].earliest_s, HORIZON_S if bound else windows[-1].latest_s, f"break {node}"
        )
        gaps = [(before.latest_s + 1, after.earliest_s - 1) for before, after in pairwise(windows)]
        solver.Add(outside(solver, begin, gaps))
        solver.Add(begin >= solver.Element(self._depart, after))
        solver.Add(begin + pause.duration_s <= solver.Element(self._begin, solver.Element(self._next, after).Var()))
        for stop in (*visited, start):
            draft.pauses_s.setdefault(stop, []).append((after == stop) * pause.duration_s)
        if bound:
            late_s = solver.Max(begin - windows[-1].latest_s, 0)
            draft.surcharges.setdefault(start, []).append(late_s * draft.problem.breach_cost_per_s)
        self._keep_load(courier, after, pause)
        return begin

    def _keep_load(self, courier: int, after: Any, pause: Break) -> None:
        """Restrict what is on board meanwhile, unless all requests of the route are bound."""
        draft, solver = self._draft, self._draft.model.solver()
        for dimension, most in enumerate(pause.max_load):
            parts = draft.loads.get(dimension, [])
            if parts:
                on_board = [self._on_board(parts, node) for node in range(len(draft.nodes.places))]
                draft.add_unless_bound(courier, solver.Element(on_board, after), most)

    def _on_board(self, parts: list[Any], node: int) -> Any:
        """Return what is on board on departure from a node."""
        if node < self._draft.nodes.stops + self._draft.nodes.couriers:
            solver = self._draft.model.solver()
            return solver.Sum([part.CumulVar(node) + part.TransitVar(node) for part in parts]).Var()
        return self._none
