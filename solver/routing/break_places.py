"""Where on a route, whose stops are given, its breaks cost least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from solver.nodes import NOWHERE
from solver.problem import BREAK, Break, Courier, Reload, Task, TaskRef
from solver.routing.draft import MOST_COST, Draft
from solver.schedule import start_in_windows, task_duration_s, travel

MOST_KNOWN = 100_000
"""So many routes are remembered."""

MOST_SPARE = 30
"""So many ways to have come so far are kept that only a later hour could make good."""

Loads = tuple[tuple[int, ...], ...]
"""What is on board on departure from the start, and from each stop, per capacity dimension."""


class _Label(NamedTuple):
    """How a route may have come so far: when, at what cost, and after how many stops each break was taken."""

    time_s: int
    cost: int
    taken: tuple[int, ...] = ()


class BreakPlaces:
    """Tries every place for the breaks of a route, stop by stop, and goes on with what is not both later and dearer.

    It does not know of waits for the sake of time on board or gaps: the model then may have no times for its answer.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._nodes: list[list[int]] = []
        for number, courier in enumerate(draft.problem.couriers):
            own = draft.nodes.of_steps(number)
            self._nodes.append([own[TaskRef(BREAK, position)][0] for position in range(len(courier.breaks))])
        self._known: dict[tuple[int, tuple[int, ...], Loads], tuple[int, ...] | None] = {}

    def of(self, courier: int, route: Sequence[int]) -> list[tuple[int, int]]:
        """Return the nodes of a courier's breaks, each with the node that it comes after; `NOWHERE` if there is none.

        Without stops no break is taken: they come after the end. The loads of the model must be known.
        """
        own, nodes = self._nodes[courier], self._draft.nodes
        if not route:
            return [(pause, nodes.end(courier)) for pause in own]
        loads = self._loads(courier, route)
        key = courier, tuple(route), loads
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = _Route(self._draft, courier, route, loads).best()
        taken = self._known[key]
        if taken is None:
            return [(pause, NOWHERE) for pause in own]
        stops = [nodes.start(courier), *route]
        return [(pause, stops[done]) for pause, done in zip(own, taken, strict=True)]

    def _loads(self, courier: int, route: Sequence[int]) -> Loads:
        draft = self._draft
        if not any(pause.max_load for pause in draft.problem.couriers[courier].breaks):
            return ()
        dimensions = range(len(draft.problem.dimensions))
        parts = [draft.loads.get(dimension, []) for dimension in dimensions]
        return tuple(
            tuple(sum(_after(part, node) for part in parts[dimension]) for dimension in dimensions)
            for node in (draft.nodes.start(courier), *route)
        )


def _after(part: Any, node: int) -> int:
    """Return what a dimension has after a node."""
    total: int = part.CumulVar(node).Min() + part.TransitVar(node).Min()
    return total


@dataclass(frozen=True, slots=True)
class _Route:
    """The stops of a courier in order."""

    draft: Draft
    number: int
    route: Sequence[int]
    loads: Loads

    @property
    def courier(self) -> Courier:
        return self.draft.problem.couriers[self.number]

    def best(self) -> tuple[int, ...] | None:
        """Return after how many stops each break is best taken; None if they cannot be."""
        courier = self.courier
        labels = [_Label(courier.shift.earliest_s, 0)]
        place, settled_s = courier.start, self._settled_s
        for done, node in enumerate(self.route):
            visit = self.draft.visits[node]
            arrived = (label for before in labels for label in self._legs(before, done, place, visit.place))
            labels = _thinned(self._visited(arrived, node, visit, place), settled_s)
            place = visit.place
        ended = (label for before in labels for label in self._legs(before, len(self.route), place, courier.end))
        whole = (label for label in ended if len(label.taken) == len(courier.breaks))
        best = min(self._ended(whole), key=lambda label: (label.cost, label.time_s), default=None)
        return None if best is None else best.taken

    @property
    def _settled_s(self) -> int:
        """From when on it costs nothing to be earlier."""
        later = self.draft.problem.matrices[self.courier.profile].later
        return later[-1].from_s if later and self.courier.cost_per_s else 0

    def _legs(self, label: _Label, done: int, place: int | None, target: int | None) -> Iterator[_Label]:
        """Yield arrivals at the next stop after no break, one, and so on."""
        courier, problem = self.courier, self.draft.problem
        time_s, cost, taken = label
        way_s = 0
        if place is not None and target is not None:
            way_s, travel_s = travel(problem.matrices[courier.profile], place, target, time_s)
            cost += travel_s * courier.cost_per_s
        yield _Label(time_s + way_s, cost, taken)
        for pause in courier.breaks[len(taken) :]:
            start_s, late_s = start_in_windows(pause.windows, time_s)
            if late_s and self.number not in self.draft.bound_couriers:
                return
            if not self._may_rest(pause, done):
                return
            way_s -= min(way_s, start_s - time_s)
            time_s = start_s + pause.duration_s
            cost += late_s * problem.breach_cost_per_s
            taken += (done,)
            yield _Label(time_s + way_s, cost, taken)

    def _may_rest(self, pause: Break, done: int) -> bool:
        """Return whether a break after so many stops is allowed with what is on board, or nothing can change it."""
        if not pause.max_load or self._is_bound:
            return True
        return all(load <= most for load, most in zip(self.loads[done], pause.max_load, strict=True))

    @property
    def _is_bound(self) -> bool:
        requests = self.draft.requests
        return all(requests[node].courier is not None for node in self.route if node < len(requests))

    def _visited(
        self, arrived: Iterable[_Label], node: int, visit: Task | Reload, came_from: int | None
    ) -> Iterator[_Label]:
        """Yield departures from a stop, where it may be at that time."""
        bound = node < len(self.draft.requests) and self.draft.requests[node].courier is not None
        for time_s, cost, taken in arrived:
            start_s, late_s = start_in_windows(visit.windows, time_s)
            if late_s and not bound:
                continue
            cost += late_s * self.draft.problem.breach_cost_per_s
            if isinstance(visit, Task):
                cost += sum(delay.per_s * max(0, start_s - delay.after_s) for delay in visit.delay_costs)
            yield _Label(start_s + task_duration_s(visit, came_from), cost, taken)

    def _ended(self, labels: Iterable[_Label]) -> Iterator[_Label]:
        """Yield what ends in time, and what it costs not to."""
        courier = self.courier
        for time_s, cost, taken in labels:
            after_s = max(0, time_s - courier.shift.latest_s)
            beyond_s = max(0, after_s - courier.overtime_s)
            if beyond_s and self.number not in self.draft.bound_couriers:
                continue
            cost += after_s * courier.overtime_cost_per_s if courier.overtime_s else 0
            yield _Label(time_s, cost + beyond_s * self.draft.problem.breach_cost_per_s, taken)


def _thinned(labels: Iterable[_Label], settled_s: int) -> list[_Label]:
    """Return the labels without those that another, with as many breaks taken, comes before in time and in cost.

    Before `settled_s` the hour matters: who is later, and has paid more, may travel less from there on. Then the first
    of these are kept too.
    """
    kept: list[_Label] = []
    in_order = sorted(labels, key=lambda label: (len(label.taken), label.time_s, label.cost, [-n for n in label.taken]))
    for _, several in groupby(in_order, key=lambda label: len(label.taken)):
        cheapest = cheapest_settled = MOST_COST
        spare, last_s = MOST_SPARE, -1
        for label in several:
            if label.time_s == last_s or label.cost >= cheapest_settled:
                continue
            if label.cost >= cheapest:
                if not spare:
                    continue
                spare -= 1
            cheapest, last_s = min(cheapest, label.cost), label.time_s
            if label.time_s >= settled_s:
                cheapest_settled = label.cost
            kept.append(label)
    return kept
