"""How engines count what a `Problem` has: tasks, then breaks and reloads, then the starts and ends of couriers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solver.problem import BREAK, RELOAD, Problem, Sequences, TaskRef

NOWHERE = -1
"""The place of a courier that starts or ends anywhere, and of a break."""


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The numbering of nodes. Node numbers are also the indices of the routing model.

    Attributes
    ----------
    tasks
        What each node below ``len(tasks)`` does: request by request, way by way, loads before unloads.
    steps
        Courier and step of each node from there on: courier by courier, its breaks, then its reloads, each as many
        times as it may be made.
    first
        Per request, per way: the node of its first task; one more entry of one way, ``len(tasks)``, ends the list.
    places
        (tasks + steps + 2 couriers,): where each node is, or `NOWHERE`.
    couriers
        Number of couriers.
    """

    tasks: tuple[TaskRef, ...]
    steps: tuple[tuple[int, TaskRef], ...]
    first: tuple[tuple[int, ...], ...]
    places: npt.NDArray[np.int64]
    couriers: int

    @property
    def stops(self) -> int:
        """Number of tasks and steps: also the node at which the first courier starts."""
        return len(self.tasks) + len(self.steps)

    def of(self, ref: TaskRef) -> int:
        """Return the node of a task."""
        return self.first[ref.request][ref.way] + ref.task

    def of_request(self, request: int) -> range:
        """Return the nodes of all ways to serve a request."""
        return range(self.first[request][0], self.first[request + 1][0])

    def start(self, courier: int) -> int:
        """Return the node at which a courier starts."""
        return self.stops + courier

    def end(self, courier: int) -> int:
        """Return the node at which a courier ends."""
        return self.stops + self.couriers + courier

    def of_steps(self, courier: int) -> dict[TaskRef, list[int]]:
        """Return the nodes of a courier's breaks and reloads."""
        own: dict[TaskRef, list[int]] = {}
        for number, (owner, ref) in enumerate(self.steps):
            if owner == courier:
                own.setdefault(ref, []).append(len(self.tasks) + number)
        return own

    def ref(self, node: int) -> TaskRef:
        """Return the task or step of a node that is no start and no end."""
        return self.tasks[node] if node < len(self.tasks) else self.steps[node - len(self.tasks)][1]

    def rows(self, sequences: Sequences) -> list[list[int]]:
        """Return the nodes of each courier's tasks and steps."""
        if not self.steps:
            return [[self.of(ref) for ref in refs] for refs in sequences]
        return [self._row(courier, refs) for courier, refs in enumerate(sequences)]

    def _row(self, courier: int, refs: Sequence[TaskRef]) -> list[int]:
        made: Counter[TaskRef] = Counter()
        own = self.of_steps(courier)
        row = []
        for ref in refs:
            row.append(own[ref][made[ref]] if ref.is_step else self.of(ref))
            made[ref] += 1
        return row

    def sequences(self, rows: Iterable[Iterable[int]]) -> Sequences:
        """Return the tasks and steps of each courier's nodes; none of a courier that has no task."""
        orders = (tuple(self.ref(node) for node in row) for row in rows)
        return tuple(refs if any(not ref.is_step for ref in refs) else () for refs in orders)


def number_nodes(problem: Problem) -> Nodes:
    """Return the numbering of a problem's nodes."""
    tasks: list[TaskRef] = []
    first: list[tuple[int, ...]] = []
    places: list[int] = []
    for number, request in enumerate(problem.requests):
        begins = []
        for way, (loads, unloads) in enumerate(request.ways):
            begins.append(len(tasks))
            for position, task in enumerate(loads + unloads):
                tasks.append(TaskRef(number, position, way))
                places.append(task.place)
        first.append(tuple(begins))
    first.append((len(tasks),))
    steps = []
    for number, courier in enumerate(problem.couriers):
        for position in range(len(courier.breaks)):
            steps.append((number, TaskRef(BREAK, position)))
            places.append(NOWHERE)
        for position, reload in enumerate(courier.reloads):
            steps += [(number, TaskRef(RELOAD, position))] * reload.times
            places += [reload.place] * reload.times
    places += [NOWHERE if courier.start is None else courier.start for courier in problem.couriers]
    places += [NOWHERE if courier.end is None else courier.end for courier in problem.couriers]
    return Nodes(
        tasks=tuple(tasks),
        steps=tuple(steps),
        first=tuple(first),
        places=np.array(places, np.int64),
        couriers=len(problem.couriers),
    )
