"""A routing model in the making: what the constraints add their rules to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from solver.nodes import NOWHERE, Nodes
from solver.problem import FOREVER_S, UNREACHABLE_S, Problem, Request, Task

HORIZON_S = 2 * FOREVER_S
"""No clock of the model runs further."""

SAME_PLACE_PAIRS = 20_000
"""Up to so many pairs of tasks that share a place, set-up times are modelled exactly; see `Draft.begin`."""


@dataclass(eq=False)
class Draft:
    """A model and what it is made from. OR-Tools objects are untyped.

    Attributes
    ----------
    clocks
        The time dimensions. All of them tell the time at which the set-up of a task is over and its service begins; the
        first carries the hard rules, and each carries one soft deadline a task, for OR-Tools knows one a dimension.
    """

    problem: Problem
    nodes: Nodes
    manager: Any
    model: Any
    clocks: list[Any] = field(default_factory=list)

    @cached_property
    def requests(self) -> list[Request]:
        """The request of each task node."""
        return [self.problem.requests[ref.request] for ref in self.nodes.tasks]

    @cached_property
    def tasks(self) -> list[Task]:
        """The task of each task node."""
        return [task for request in self.problem.requests for task in request.tasks]

    @cached_property
    def bound_couriers(self) -> frozenset[int]:
        """Couriers that have bound requests."""
        return frozenset(request.courier for request in self.problem.requests if request.courier is not None)

    @cached_property
    def setups_s(self) -> npt.NDArray[np.int64]:
        """Set-up seconds per node; none at starts and ends."""
        setups = np.zeros(len(self.nodes.places), np.int64)
        setups[: len(self.tasks)] = [task.setup_s for task in self.tasks]
        return setups

    @cached_property
    def legs(self) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
        """Seconds and metres from node to node, per profile; nothing from or to nowhere, nor from a start to an end."""
        places = self.nodes.places
        tasks, couriers = len(self.tasks), self.nodes.couriers
        nowhere = places == NOWHERE
        legs = []
        for matrix in self.problem.matrices:
            pair = []
            for array in (matrix.durations_s, matrix.distances_m):
                leg = array[np.ix_(places, places)].astype(np.int64)
                leg[nowhere] = 0
                leg[:, nowhere] = 0
                leg[tasks : tasks + couriers, tasks + couriers :] = 0
                pair.append(leg)
            legs.append((pair[0], pair[1]))
        return legs

    @cached_property
    def no_way(self) -> list[npt.NDArray[np.bool_]]:
        """Per profile: whether a leg may not be planned, having no way and touching a request that is not bound."""
        free = np.zeros(len(self.nodes.places), bool)
        free[: len(self.tasks)] = [request.courier is None for request in self.requests]
        touches = free[:, None] | free[None, :]
        return [(seconds >= UNREACHABLE_S) & touches for seconds, _ in self.legs]

    @cached_property
    def moved(self) -> npt.NDArray[np.bool_]:
        """Whether coming from one node to another is coming from another place."""
        places = self.nodes.places
        moved: npt.NDArray[np.bool_] = (places[:, None] != places[None, :]) & (places[:, None] != NOWHERE)
        return moved

    @cached_property
    def _neighbours(self) -> dict[int, list[int]]:
        """Per task node with a set-up time: from which other nodes one may come without paying it."""
        tasks, couriers = len(self.tasks), self.nodes.couriers
        with_setup = np.flatnonzero(self.setups_s[:tasks])
        origins = ~self.moved[: tasks + couriers, with_setup]
        origins[with_setup, np.arange(len(with_setup))] = False
        return {int(node): np.flatnonzero(origins[:, column]).tolist() for column, node in enumerate(with_setup)}

    @cached_property
    def _exact_setups(self) -> bool:
        return sum(map(len, self._neighbours.values())) <= SAME_PLACE_PAIRS

    def begin(self, node: int) -> tuple[Any, int]:
        """Return a variable and an offset: the task of `node` starts at the variable less the offset.

        The clocks tell the end of the set-up, which is paid only on coming from another place. Where the task
        before it may be at the same place, a variable of its own follows the start. With more than
        `SAME_PLACE_PAIRS` such pairs the model goes without: it then takes the set-up as paid, and a start may be
        told up to the set-up too early. The schedule tells the true times in any case.
        """
        cumul, setup_s = self.clocks[0].CumulVar(node), int(self.setups_s[node])
        others = self._neighbours.get(node)
        if not others or not self._exact_setups:
            return cumul, setup_s
        solver = self.model.solver()
        stayed = solver.Sum([self.model.NextVar(other) == node for other in others])
        return (cumul + setup_s * stayed - setup_s).Var(), 0

    def earliest_offset_s(self, node: int) -> int:
        """Return what to add to the earliest start for the least that a clock may tell."""
        return 0 if self._neighbours.get(node) else int(self.setups_s[node])
