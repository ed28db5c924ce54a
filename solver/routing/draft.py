"""A routing model in the making: what the constraints add their rules to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from solver.nodes import NOWHERE, Nodes
from solver.problem import FOREVER_S, RELOAD, UNREACHABLE_S, IntMatrix, Problem, Reload, Request, Task
from solver.routing.horizon import latest_end_s

HORIZON_S = 2 * FOREVER_S
"""No clock of the model runs further."""

MOST_COST = 2**62
"""No sum of surcharges is higher."""

SAME_PLACE_PAIRS = 20_000
"""Up to so many pairs of tasks that share a place, set-up times are modelled exactly; see `Draft.begin`."""


@dataclass(eq=False)
class Draft:
    """A model and what it is made from. OR-Tools objects are untyped.

    Attributes
    ----------
    steps
        Per courier: OR-Tools' number of what a clock goes on from node to node.
    clocks
        The time dimensions. All of them tell the time at which the set-up of a task is over and its service begins; the
        first carries the hard rules, and each carries one soft deadline a task, for OR-Tools knows one a dimension.
    loads
        Per capacity dimension that is used: the dimensions of the model that add up to what is on board.
    breaks_after, breaks_begin
        Per break node: the variables that say which node it comes after, and when it begins.
    pauses_s
        Per node: expressions of the seconds that breaks take on the way from there.
    arrivals, longer_s
        Per node, where the hour matters: expressions of when a courier arrives that goes on from there, breaks aside;
        and variables of how much longer than at best it travels, which get their values from `settle`.
    surcharges
        Per node: expressions of what is to be paid besides if it is visited; for a start, if the courier has tasks.
    settle
        The constraint that settles times, where there is one: OR-Tools does not keep it alive.
    """

    problem: Problem
    nodes: Nodes
    manager: Any
    model: Any
    steps: list[int] = field(default_factory=list)
    clocks: list[Any] = field(default_factory=list)
    loads: dict[int, list[Any]] = field(default_factory=dict)
    breaks_after: dict[int, Any] = field(default_factory=dict)
    breaks_begin: dict[int, Any] = field(default_factory=dict)
    pauses_s: dict[int, list[Any]] = field(default_factory=dict)
    arrivals: dict[int, Any] = field(default_factory=dict)
    longer_s: dict[int, Any] = field(default_factory=dict)
    surcharges: dict[int, list[Any]] = field(default_factory=dict)
    settle: Any = None
    _begins: dict[int, Any] = field(default_factory=dict)

    @cached_property
    def requests(self) -> list[Request]:
        """The request of each task node."""
        return [self.problem.requests[ref.request] for ref in self.nodes.tasks]

    @cached_property
    def tasks(self) -> list[Task]:
        """The task of each task node."""
        return [task for request in self.problem.requests for way in request.ways for task in way.tasks]

    def ways(self, request: int) -> list[tuple[range, range]]:
        """Return the load nodes and the unload nodes of each way to serve a request."""
        found = []
        for first, way in zip(self.nodes.first[request], self.problem.requests[request].ways, strict=True):
            unload = first + len(way.loads)
            found.append((range(first, unload), range(unload, unload + len(way.unloads))))
        return found

    def courier_of(self, request: int) -> Any:
        """Return the variable of the courier that serves a request, -1 if none does."""
        firsts = [self.model.VehicleVar(first) for first in self.nodes.first[request]]
        return firsts[0] if len(firsts) == 1 else self.model.solver().Max(firsts).Var()

    def free_s(self, node: int) -> Any:
        """Return the seconds by which a rule of time must give way if the way of `node` is not gone.

        What is left out may have windows that contradict each other: then the rule must not hold.
        """
        if self.requests[node].courier is not None and len(self.nodes.first[self.nodes.tasks[node].request]) == 1:
            return 0
        return (1 - self.model.ActiveVar(node)) * (2 * HORIZON_S)

    @cached_property
    def has_breaks(self) -> bool:
        """Whether any courier has breaks."""
        return any(courier.breaks for courier in self.problem.couriers)

    @cached_property
    def waits(self) -> bool:
        """Whether a task may have to start later than its arrival and its windows ask for."""
        requests = self.problem.requests
        kept = any(request.max_on_board_s is not None and request.courier is None for request in requests)
        return bool(kept or self.problem.gaps)

    @cached_property
    def horizon_s(self) -> int:
        """How far the clocks run: where starts depend on later ones, no further than any route may ever last."""
        return latest_end_s(self.problem) if self.waits or self.has_breaks else HORIZON_S

    def add_unless_bound(self, courier: int, figure: Any, most: int) -> None:
        """Keep a figure of a route within a limit, unless all requests of the route are bound."""
        solver = self.model.solver()
        if courier not in self.bound_couriers:
            solver.Add(figure <= most)
            return
        free = self.free_tasks.CumulVar(self.nodes.end(courier))
        solver.Add((free == 0) + (figure <= most) >= 1)

    def counter(self, name: str, steps: npt.NDArray[np.int64]) -> Any:
        """Return a new dimension that adds up a figure of each node, from zero on."""
        evaluator = self.model.RegisterUnaryTransitVector(steps.tolist())
        self.model.AddDimension(evaluator, 0, int(steps.sum()), True, name)
        return self.model.GetDimensionOrDie(name)

    @cached_property
    def under_way(self) -> Any:
        """A dimension that counts the seconds since the start of a route on which the courier did not wait."""
        model = self.model
        slack_s = HORIZON_S if self.has_breaks else 0
        model.AddDimensionWithVehicleTransits(self.steps, slack_s, HORIZON_S, True, "under way")
        return model.GetDimensionOrDie("under way")

    @cached_property
    def tasks_done(self) -> Any:
        """A dimension that counts tasks."""
        steps = np.zeros(len(self.nodes.places), np.int64)
        steps[: len(self.tasks)] = 1
        return self.counter("tasks", steps)

    @cached_property
    def trip(self) -> Any:
        """A dimension that counts reloads."""
        steps = np.zeros(len(self.nodes.places), np.int64)
        steps[list(self.reloads)] = 1
        return self.counter("trip", steps)

    @cached_property
    def free_tasks(self) -> Any:
        """A dimension that counts tasks of requests that are not bound."""
        steps = np.zeros(len(self.nodes.places), np.int64)
        steps[: len(self.tasks)] = [request.courier is None for request in self.requests]
        return self.counter("free tasks", steps)

    @cached_property
    def reloads(self) -> dict[int, tuple[int, Reload]]:
        """The courier and the reload of each reload node."""
        couriers = self.problem.couriers
        return {
            len(self.tasks) + number: (courier, couriers[courier].reloads[ref.task])
            for number, (courier, ref) in enumerate(self.nodes.steps)
            if ref.request == RELOAD
        }

    @cached_property
    def visits(self) -> dict[int, Task | Reload]:
        """What is done at each node that a courier drives to: tasks and reloads."""
        return dict(enumerate(self.tasks)) | {node: reload for node, (_, reload) in self.reloads.items()}

    @cached_property
    def bound_couriers(self) -> frozenset[int]:
        """Couriers that have bound requests."""
        return frozenset(request.courier for request in self.problem.requests if request.courier is not None)

    @cached_property
    def setups_s(self) -> npt.NDArray[np.int64]:
        """Set-up seconds per node; none at starts and ends."""
        setups = np.zeros(len(self.nodes.places), np.int64)
        setups[list(self.visits)] = [visit.setup_s for visit in self.visits.values()]
        return setups

    @cached_property
    def services_s(self) -> npt.NDArray[np.int64]:
        """Service seconds per node; none at starts and ends."""
        services = np.zeros(len(self.nodes.places), np.int64)
        services[list(self.visits)] = [visit.service_s for visit in self.visits.values()]
        return services

    @cached_property
    def profiles(self) -> list[int]:
        """Profiles by which couriers travel."""
        return sorted({courier.profile for courier in self.problem.couriers})

    def from_node_to_node(self, of_places: IntMatrix) -> npt.NDArray[np.int64]:
        """Return a table of places as one of nodes: nothing from or to nowhere, nor from a start to an end."""
        places = self.nodes.places
        stops, couriers = self.nodes.stops, self.nodes.couriers
        nowhere = places == NOWHERE
        legs = of_places[np.ix_(places, places)].astype(np.int64)
        legs[nowhere] = 0
        legs[:, nowhere] = 0
        legs[stops : stops + couriers, stops + couriers :] = 0
        return legs

    @cached_property
    def legs(self) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
        """Seconds and metres from node to node, per profile; of several hours, the least seconds."""
        legs = []
        for matrix in self.problem.matrices:
            seconds = self.from_node_to_node(matrix.durations_s)
            for later in matrix.later:
                np.minimum(seconds, self.from_node_to_node(later.durations_s), out=seconds)
            legs.append((seconds, self.from_node_to_node(matrix.distances_m)))
        return legs

    @cached_property
    def touches_free(self) -> npt.NDArray[np.bool_]:
        """Whether a leg touches a task that is not bound, or a reload: nobody must reload."""
        free = np.zeros(len(self.nodes.places), bool)
        free[: len(self.tasks)] = [request.courier is None for request in self.requests]
        free[list(self.reloads)] = True
        touches: npt.NDArray[np.bool_] = free[:, None] | free[None, :]
        return touches

    @cached_property
    def no_way(self) -> list[npt.NDArray[np.bool_]]:
        """Per profile: whether a leg may not be planned, having no way and touching a request that is not bound."""
        return [(seconds >= UNREACHABLE_S) & self.touches_free for seconds, _ in self.legs]

    @cached_property
    def moved(self) -> npt.NDArray[np.bool_]:
        """Whether coming from one node to another is coming from another place."""
        places = self.nodes.places
        moved: npt.NDArray[np.bool_] = (places[:, None] != places[None, :]) & (places[:, None] != NOWHERE)
        return moved

    @cached_property
    def _neighbours(self) -> dict[int, list[int]]:
        """Per node with a set-up time: from which other nodes one may come without paying it."""
        stops, couriers = self.nodes.stops, self.nodes.couriers
        with_setup = np.flatnonzero(self.setups_s[:stops])
        origins = ~self.moved[: stops + couriers, with_setup]
        origins[[node for node in range(stops) if node not in self.visits]] = False
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

    def begins(self, node: int) -> Any:
        """Return the start of a visit as one variable: see `begin`."""
        if node not in self._begins:
            variable, offset_s = self.begin(node)
            self._begins[node] = (variable - offset_s).Var() if offset_s else variable
        return self._begins[node]

    def earliest_offset_s(self, node: int) -> int:
        """Return what to add to the earliest start for the least that a clock may tell."""
        return 0 if self._neighbours.get(node) else int(self.setups_s[node])
