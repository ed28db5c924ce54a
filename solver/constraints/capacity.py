"""What is on board fits the vehicle, in every dimension."""

from __future__ import annotations

from typing import Any

from solver.problem import Request
from solver.routing.draft import Draft


def add_capacity(draft: Draft) -> None:
    """Add a load dimension per capacity dimension.

    A route begins with what its requests take off but never put on. Goods of bound requests may then exceed the
    capacity: such a courier takes up nothing until there is room, and no other request that is on board from the start.
    """
    for dimension in range(len(draft.problem.dimensions)):
        _Capacity(draft, dimension).add()


class _Capacity:
    """One dimension."""

    def __init__(self, draft: Draft, dimension: int) -> None:
        self._draft = draft
        self._dimension = dimension
        self._net = [self._amount(task.load) - self._amount(task.unload) for task in draft.tasks]
        self._balance = [self._balance_of(request) for request in draft.problem.requests]
        self._room = [courier.capacity[dimension] for courier in draft.problem.couriers]
        self._on_board = [0] * len(self._room)
        for request, balance in zip(draft.problem.requests, self._balance, strict=True):
            if request.courier is not None:
                self._on_board[request.courier] += max(0, -balance)

    def add(self) -> None:
        draft, model = self._draft, self._draft.model
        if not any(self._net):
            return
        brings = any(balance < 0 for balance in self._balance)
        largest = [max(room, on_board) for room, on_board in zip(self._room, self._on_board, strict=True)]
        load = self._dimension_of("load", self._net, largest, starts_empty=not brings)
        if brings and any(balance > 0 for balance in self._balance):
            self._tie_start(load)
        overloaded = [c for c, room in enumerate(self._room) if self._on_board[c] > room]
        if overloaded:
            self._wait_for_room(load)
        for number, request in enumerate(draft.problem.requests):
            if request.courier is None and self._balance[number] < 0:
                for courier in overloaded:
                    model.VehicleVar(draft.nodes.first[number][0]).RemoveValue(courier)

    def _dimension_of(self, kind: str, steps: list[int], limits: list[int], *, starts_empty: bool) -> Any:
        model, name = self._draft.model, f"{kind} {self._dimension}"
        evaluator = model.RegisterUnaryTransitVector(steps + [0] * (2 * self._draft.nodes.couriers))
        model.AddDimensionWithVehicleCapacity(evaluator, 0, limits, starts_empty, name)
        return model.GetDimensionOrDie(name)

    def _tie_start(self, load: Any) -> None:
        """Make each route begin with exactly what its requests bring.

        Goods that stay on board to the end could otherwise be given to another request of the route.
        """
        draft, model = self._draft, self._draft.model
        steps = [0] * len(draft.tasks)
        for number, balance in enumerate(self._balance):
            steps[draft.nodes.first[number][0]] = max(0, -balance)
        total = sum(steps)
        brought = self._dimension_of("brought", steps, [total] * draft.nodes.couriers, starts_empty=True)
        for courier in range(draft.nodes.couriers):
            model.solver().Add(load.CumulVar(model.Start(courier)) == brought.CumulVar(model.End(courier)))

    def _wait_for_room(self, load: Any) -> None:
        """Keep what is on board after each task that takes something up within the room of the courier."""
        model = self._draft.model
        solver = model.solver()
        enough = max(self._room) + sum(more for more in self._net if more > 0)
        room = [enough, *self._room]  # VehicleVar is -1 for what is left out.
        for node, more in enumerate(self._net):
            if more > 0:
                solver.Add(load.CumulVar(node) + more <= solver.Element(room, model.VehicleVar(node) + 1))

    def _amount(self, amounts: tuple[int, ...]) -> int:
        return amounts[self._dimension] if amounts else 0

    def _balance_of(self, request: Request) -> int:
        return sum(self._amount(task.load) - self._amount(task.unload) for task in request.tasks)
