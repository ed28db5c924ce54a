"""What is on board fits the vehicle, in every dimension, where nobody reloads (`solver.constraints.reloads`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from solver.problem import Task
from solver.routing.draft import Draft


def add_capacity(draft: Draft) -> None:
    """Add a load dimension per capacity dimension.

    A route begins with what its requests take off but never put on. Goods of bound requests may then exceed the
    capacity: such a courier takes up nothing until there is room, and no other request that is on board from the start.
    """
    if not draft.reloads:
        for dimension in range(len(draft.problem.dimensions)):
            _Capacity(draft, dimension).add()


def net_of(tasks: Iterable[Task], dimension: int) -> int:
    """Return how much more tasks put on board than they take off."""
    return sum(
        (task.load[dimension] if task.load else 0) - (task.unload[dimension] if task.unload else 0) for task in tasks
    )


def wait_for_room(draft: Draft, dimension: int, before: list[Any], nets: list[int]) -> None:
    """Keep what is on board after each task that puts something there within the room of the courier.

    Parameters
    ----------
    before
        What is on board when each task begins.
    nets
        What each task puts on board, less what it takes off.
    """
    solver = draft.model.solver()
    rooms = [courier.capacity[dimension] for courier in draft.problem.couriers]
    enough = max(rooms) + sum(more for more in nets if more > 0)
    room = [enough, *rooms]  # VehicleVar is -1 for what is left out.
    for node, more in enumerate(nets):
        if more > 0:
            solver.Add(before[node] + more <= solver.Element(room, draft.model.VehicleVar(node) + 1))


class Brought:
    """What the bound requests of each courier bring from the start: at least, and at most, by the ways they may go."""

    def __init__(self, draft: Draft, dimension: int) -> None:
        couriers = len(draft.problem.couriers)
        self.least, self.most = [0] * couriers, [0] * couriers
        for request in draft.problem.requests:
            if request.courier is not None:
                brought = [max(0, -net_of(way.tasks, dimension)) for way in request.ways]
                self.least[request.courier] += min(brought)
                self.most[request.courier] += max(brought)


class _Capacity:
    """One dimension."""

    def __init__(self, draft: Draft, dimension: int) -> None:
        self._draft = draft
        self._dimension = dimension
        self._net = [net_of([task], dimension) for task in draft.tasks]
        self._balance = {
            first: net_of(way.tasks, dimension)
            for request, firsts in zip(draft.problem.requests, draft.nodes.first, strict=False)
            for first, way in zip(firsts, request.ways, strict=True)
        }
        self._room = [courier.capacity[dimension] for courier in draft.problem.couriers]
        self._brought = Brought(draft, dimension)

    def add(self) -> None:
        draft = self._draft
        if not any(self._net):
            return
        brings = any(balance < 0 for balance in self._balance.values())
        on_board = self._brought.most
        largest = [max(room, amount) for room, amount in zip(self._room, on_board, strict=True)]
        load = self._dimension_of("load", self._net, largest, starts_empty=not brings)
        draft.loads[self._dimension] = [load]
        overloaded = [courier for courier, room in enumerate(self._room) if on_board[courier] > room]
        perhaps = [courier for courier in overloaded if self._brought.least[courier] <= self._room[courier]]
        if brings and (perhaps or any(balance > 0 for balance in self._balance.values())):
            self._tie_start(load)
        if overloaded:
            wait_for_room(draft, self._dimension, [load.CumulVar(node) for node in range(len(self._net))], self._net)
        for first, balance in self._balance.items():
            if draft.requests[first].courier is None and balance < 0:
                for courier in overloaded:
                    self._refuse(first, courier, load, always=courier not in perhaps)

    def _refuse(self, first: int, courier: int, load: Any, *, always: bool) -> None:
        """Have an overloaded courier not begin with goods of a request that is not bound."""
        model = self._draft.model
        if always:
            model.VehicleVar(first).RemoveValue(courier)
        else:
            at_start = load.CumulVar(model.Start(courier))
            model.solver().Add((model.VehicleVar(first) == courier) * at_start <= self._room[courier])

    def _dimension_of(self, kind: str, steps: list[int], limits: list[int], *, starts_empty: bool) -> Any:
        model, name = self._draft.model, f"{kind} {self._dimension}"
        others = len(self._draft.nodes.places) - len(steps)
        evaluator = model.RegisterUnaryTransitVector(steps + [0] * others)
        model.AddDimensionWithVehicleCapacity(evaluator, 0, limits, starts_empty, name)
        return model.GetDimensionOrDie(name)

    def _tie_start(self, load: Any) -> None:
        """Make each route begin with exactly what its requests bring.

        Goods that stay on board to the end could otherwise be given to another request of the route.
        """
        draft, model = self._draft, self._draft.model
        steps = [0] * len(draft.tasks)
        for first, balance in self._balance.items():
            steps[first] = max(0, -balance)
        total = sum(steps)
        brought = self._dimension_of("brought", steps, [total] * draft.nodes.couriers, starts_empty=True)
        for courier in range(draft.nodes.couriers):
            model.solver().Add(load.CumulVar(model.Start(courier)) == brought.CumulVar(model.End(courier)))
