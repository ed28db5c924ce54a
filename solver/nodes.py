"""How OR-Tools counts what a `Problem` has: tasks first, then the starts, then the ends of the couriers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solver.problem import Problem, Sequences, TaskRef

NOWHERE = -1
"""The place of a courier that starts or ends anywhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The numbering of nodes. Node numbers are also the indices of the routing model.

    Attributes
    ----------
    tasks
        What each node below ``len(tasks)`` does, request by request, loads before unloads.
    first
        (requests + 1,): the node of each request's first task; the last entry is ``len(tasks)``.
    places
        (tasks + 2 couriers,): where each node is, or `NOWHERE`.
    couriers
        Number of couriers.
    """

    tasks: tuple[TaskRef, ...]
    first: tuple[int, ...]
    places: npt.NDArray[np.int64]
    couriers: int

    def of(self, ref: TaskRef) -> int:
        """Return the node of a task."""
        return self.first[ref.request] + ref.task

    def of_request(self, request: int) -> range:
        """Return the nodes of a request."""
        return range(self.first[request], self.first[request + 1])

    def start(self, courier: int) -> int:
        """Return the node at which a courier starts."""
        return len(self.tasks) + courier

    def end(self, courier: int) -> int:
        """Return the node at which a courier ends."""
        return len(self.tasks) + self.couriers + courier

    def rows(self, sequences: Sequences) -> list[list[int]]:
        """Return the nodes of each courier's tasks."""
        return [[self.of(ref) for ref in refs] for refs in sequences]

    def sequences(self, rows: Iterable[Iterable[int]]) -> Sequences:
        """Return the tasks of each courier's nodes."""
        return tuple(tuple(self.tasks[node] for node in row) for row in rows)


def number_nodes(problem: Problem) -> Nodes:
    """Return the numbering of a problem's nodes."""
    tasks: list[TaskRef] = []
    first: list[int] = []
    places: list[int] = []
    for number, request in enumerate(problem.requests):
        first.append(len(tasks))
        for position, task in enumerate(request.tasks):
            tasks.append(TaskRef(number, position))
            places.append(task.place)
    first.append(len(tasks))
    places += [NOWHERE if courier.start is None else courier.start for courier in problem.couriers]
    places += [NOWHERE if courier.end is None else courier.end for courier in problem.couriers]
    return Nodes(
        tasks=tuple(tasks), first=tuple(first), places=np.array(places, np.int64), couriers=len(problem.couriers)
    )
