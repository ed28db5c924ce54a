"""Couriers that reload: what is on board, trip by trip."""

from __future__ import annotations

from typing import Any

import numpy as np

from solver.constraints.capacity import Brought, net_of, wait_for_room
from solver.problem import Request, Way
from solver.routing.draft import Draft


def add_reloads(draft: Draft) -> None:
    """Let couriers reload where they may, and state what is on board of all couriers by its parts.

    The copies of a reload are all alike. No order among them is asked for: a search that goes from plan to plan by
    single moves would find most of its ways barred.
    """
    if not draft.reloads:
        return
    model = draft.model
    for node, (courier, _) in draft.reloads.items():
        model.AddDisjunction([node], 0)
        model.VehicleVar(node).SetValues([-1, courier])
    for number, request in enumerate(draft.problem.requests):
        for way, (loads, unloads) in zip(request.ways, draft.ways(number), strict=True):
            if _in_one_trip(request, way, len(draft.problem.dimensions)):
                first, *others = unloads or loads
                for node in others:
                    model.solver().Add(draft.trip.CumulVar(first) == draft.trip.CumulVar(node))
    for dimension in range(len(draft.problem.dimensions)):
        _Trips(draft, dimension).add()


def _in_one_trip(request: Request, way: Way, dimensions: int) -> bool:
    """Return whether the last tasks of a way are in one trip.

    So it is for the unloads of what is brought for a trip. Where more is put on board than is taken off, the rest
    stays there up to the reload after the last task: which of several is the last is then left open by having all of
    them in one trip, though rules allow more.
    """
    if request.courier is None and not way.loads:
        return True
    return any(net_of(way.tasks, dimension) > 0 for dimension in range(dimensions))


class _Trips:
    """One capacity dimension, in three parts.

    What is *carried* is on board from a load, or the start, to an unload, through reloads. What is *kept* stays there
    up to the next reload: what its requests never take off. What is *brought* is on board from the start of a trip.
    """

    def __init__(self, draft: Draft, dimension: int) -> None:
        self._draft = draft
        self._dimension = dimension
        self._net = [net_of([task], dimension) for task in draft.tasks]
        self._carried, self._kept, self._brought = ([0] * len(self._net) for _ in range(3))
        self._from_start: list[list[tuple[int, int]]] = [[] for _ in draft.problem.couriers]
        for number, request in enumerate(draft.problem.requests):
            for way, (loads, unloads) in zip(request.ways, draft.ways(number), strict=True):
                self._add_way(request, way, [*loads, *unloads], len(loads))
        self._room = [courier.capacity[dimension] for courier in draft.problem.couriers]
        self._most_at_start = Brought(draft, dimension).most

    def _add_way(self, request: Request, way: Way, nodes: list[int], loads: int) -> None:
        balance = net_of(way.tasks, self._dimension)
        if request.courier is None and not loads:
            part = self._brought if balance < 0 else self._kept
        elif loads == len(nodes) and balance > 0:
            part = self._kept
        else:
            part = self._carried
            if balance > 0:
                # From the first of the last tasks on, which are in one trip, the rest counts as kept.
                self._carried[nodes[loads]] -= balance
                self._kept[nodes[loads]] += balance
            elif balance < 0 and request.courier is not None:
                self._from_start[request.courier].append((nodes[0], -balance))
        for node in nodes:
            part[node] += self._net[node]

    def add(self) -> None:
        """Add the dimensions that are needed, and keep to the room."""
        draft, model = self._draft, self._draft.model
        if not any(self._net):
            return
        solver, stops = model.solver(), range(draft.nodes.stops)
        carried = self._dimension_of("carried", self._carried, starts_empty=False)
        kept = self._dimension_of("kept", self._kept, starts_empty=True)
        brought = self._dimension_of("brought", self._brought, starts_empty=False)
        parts = draft.loads[self._dimension] = [part for part in (carried, kept, brought) if part is not None]
        for node in draft.reloads:
            if kept is not None:
                solver.Add(kept.CumulVar(node) + kept.SlackVar(node) == self._most)
            if brought is not None:
                brought.CumulVar(node).SetMax(0)
        for courier in range(draft.nodes.couriers):
            start, end = draft.nodes.start(courier), draft.nodes.end(courier)
            if carried is not None:
                at_start = [model.ActiveVar(node) * amount for node, amount in self._from_start[courier]]
                solver.Add(carried.CumulVar(start) == solver.Sum(at_start))
            if brought is not None:
                brought.CumulVar(end).SetMax(0)
                self._fit(courier, start, brought.CumulVar(start), carried)
        if brought is not None:
            for node, (courier, _) in draft.reloads.items():
                self._fit(courier, node, brought.SlackVar(node), carried)
        if len(parts) > 1 or self._overloaded():
            before = [solver.Sum([part.CumulVar(node) for part in parts]) for node in stops]
            wait_for_room(draft, self._dimension, before, self._net)

    @property
    def _most(self) -> int:
        """Most of any part that is ever on board."""
        return max(*self._room, *self._most_at_start) if self._room else 0

    def _overloaded(self) -> bool:
        return any(most > room for most, room in zip(self._most_at_start, self._room, strict=True))

    def _fit(self, courier: int, node: int, amount: Any, carried: Any | None) -> None:
        """Have what is brought for the trip from a node on fit beside what is carried."""
        if carried is None:
            return  # the limit of the dimension says so
        solver, room = self._draft.model.solver(), self._room[courier]
        total = carried.CumulVar(node) + amount
        if self._most_at_start[courier] <= room:
            solver.Add(total <= room)
        else:
            solver.Add((amount == 0) + (total <= room) >= 1)

    def _dimension_of(self, kind: str, steps: list[int], *, starts_empty: bool) -> Any | None:
        """Return a dimension, or None if nothing is in it. Only a reload lets it jump."""
        draft, model, name = self._draft, self._draft.model, f"{kind} {self._dimension}"
        if not any(steps):
            return None
        falls = kind == "kept"
        jumps = kind != "carried"
        all_steps = np.zeros(len(draft.nodes.places), np.int64)
        all_steps[: len(steps)] = steps
        if falls:
            all_steps[list(draft.reloads)] = -self._most
        evaluator = model.RegisterUnaryTransitVector(all_steps.tolist())
        limits = [
            room if kind == "brought" else max(room, most)
            for room, most in zip(self._room, self._most_at_start, strict=True)
        ]
        model.AddDimensionWithVehicleCapacity(evaluator, self._most if jumps else 0, limits, starts_empty, name)
        dimension = model.GetDimensionOrDie(name)
        if jumps:
            for node in range(draft.nodes.stops + draft.nodes.couriers):
                if node not in draft.reloads:
                    dimension.SlackVar(node).SetValue(0)
        return dimension
