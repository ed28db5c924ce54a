"""Routes that a search knows, by hand: which sets are in a catalogue, at what cost, in which order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from typing import Any

import numpy as np

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.problem import Courier, Problem, Request, Task, TaskRef
from solver.schedule import schedule
from solver.search.catalogue import USED, Catalogue, enter, new_catalogue, note
from solver.search.listing import begin
from tests.solver.on_a_line import between, courier, words
from tests.solver.wide_bench import Bench

Known = dict[tuple[int, tuple[int, ...]], tuple[int, str]]
"""By courier and requests, in ascending order: cost and order, as `refs` reads it."""


MISSED = [
    Request(
        id="x", loads=(Task(place=1, windows=between(40, 999)),), unloads=(Task(place=2, windows=between(0, 140)),)
    ),
    Request(id="y", loads=(Task(place=3, windows=between(0, 100)),), unloads=(Task(place=2, windows=between(0, 120)),)),
    Request(
        id="z", loads=(Task(place=7, windows=between(40, 999)),), unloads=(Task(place=5, windows=between(0, 120)),)
    ),
]
"""In time from place 0 in one order of ninety: "1.0 2.0 2.1 1.1 0.0 0.1", 140 s.

In the best order of any two of them, 40 s, 110 s and 90 s, there is no place for the third.
"""


class Shelf(Bench):
    """A bench with a catalogue.

    Parameters
    ----------
    frozen
        Requests with frozen stops.
    room
        How many routes the catalogue has room for, if not for as many as ever.
    """

    def __init__(
        self,
        couriers: Sequence[Courier],
        requests: Sequence[Request],
        *orders: str,
        frozen: Sequence[int] = (),
        room: int | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(couriers, requests, *orders, **rest)
        self.catalogue = new_catalogue(self.layout, [self.row(request) for request in frozen])
        if room is not None:
            self.catalogue = with_room(self.catalogue, room)

    def bits(self) -> list[int | None]:
        """Return the bit of each request, None where it has none."""
        rows = [self.row(request) for request in range(len(self.problem.requests))]
        found = [int(self.catalogue.bit[row]) for row in rows]
        assert all(self.catalogue.request[bit] == row for bit, row in zip(found, rows, strict=True) if bit >= 0)
        return [None if bit < 0 else bit for bit in found]

    def set_of(self, *requests: int) -> np.uint64:
        """Return requests as a set."""
        return np.uint64(sum(1 << int(self.catalogue.bit[self.row(request)]) for request in requests))

    def begin(self) -> None:
        """Note what each courier has to do in any case."""
        interpreted(begin)(self.layout, self.routes, self.catalogue)

    def enter(self, *requests: int, courier: int = 0) -> int:
        """Enter a set without an order, and return its number."""
        return interpreted(enter)(self.catalogue, self.set_of(*requests), courier)

    def note(self, courier: int = 0) -> int:
        """Note the route of a courier, and return its number."""
        return interpreted(note)(self.layout, self.routes, self.catalogue, courier)

    def entered(self) -> list[tuple[int, tuple[int, ...]]]:
        """Return by number whose each set is, and which requests it has."""
        catalogue, used = self.catalogue, int(self.catalogue.state[USED])
        assert used == len({(int(catalogue.owner[n]), int(catalogue.served[n])) for n in range(used)})
        return [(int(catalogue.owner[number]), self._requests(number)) for number in range(used)]

    def known(self) -> Known:
        """Return all routes of which an order is known; each costs what it is said to cost."""
        known = {}
        for number, (owner, requests) in enumerate(self.entered()):
            cost = int(self.catalogue.cost[number])
            if cost < f.FAR:
                order = self._refs(number)
                planned = {ref.request for ref in order if self.problem.requests[ref.request].courier is None}
                assert planned == set(requests)
                assert cost_of(self.problem, order, owner) == cost
                known[owner, requests] = cost, words(order)
        return known

    def _requests(self, number: int) -> tuple[int, ...]:
        served = int(self.catalogue.served[number])
        rows = [int(row) for bit, row in enumerate(self.catalogue.request) if served >> bit & 1]
        return tuple(self.layout.request[rows, f.NUMBER].tolist())

    def _refs(self, number: int) -> tuple[TaskRef, ...]:
        row = self.catalogue.node[number].tolist()
        return tuple(self._nodes.ref(node) for node in row[: row.index(-1)])


def by_chance(seed: int, requests: int) -> tuple[list[Courier], list[Request]]:
    """Return one or two couriers, and requests of a load and an unload with windows, service and amounts."""
    chance = random.Random(seed)
    pick = chance.choice
    made = []
    for number in range(requests):
        origin, destination = chance.sample(range(10), 2)
        opens_s, amount = pick((0, 0, 30, 60)), (pick((1, 1, 2)),)
        load, unload = between(opens_s, opens_s + pick((60, 500))), between(pick((0, 50)), pick((90, 150, 250, 400)))
        loads = (Task(place=origin, load=amount, service_s=pick((0, 5)), windows=load),)
        unloads = (Task(place=destination, unload=amount, service_s=pick((0, 5)), windows=unload),)
        made.append(Request(id=f"r{number}", loads=loads, unloads=unloads, price=1_000))
    couriers = [
        courier(
            name,
            start=pick((0, 5, None)),
            end=pick((0, 9, None)),
            earliest_s=pick((0, 20)),
            latest_s=pick((200, 1_000)),
            capacity=(pick((2, 3)),),
        )
        for name in "ab"[: pick((1, 2))]
    ]
    return couriers, made


def with_room(catalogue: Catalogue, room: int) -> Catalogue:
    """Return a catalogue that has room for so many routes, and but one place more than that."""
    return catalogue._replace(
        served=catalogue.served[:room],
        owner=catalogue.owner[:room],
        cost=catalogue.cost[:room],
        node=catalogue.node[:room],
        place=np.zeros(room + 1, np.int64),
    )


def cost_of(problem: Problem, order: Sequence[TaskRef], courier: int = 0) -> int | None:
    """Return what an order of stops costs, None if it breaks a rule: tasks in time, room, the end of the shift."""
    given: list[tuple[TaskRef, ...]] = [()] * len(problem.couriers)
    given[courier] = tuple(order)
    plan = schedule(problem, tuple(given))
    crew = problem.couriers[courier]
    for route in plan.routes:
        if route.overrun_s or any(stop.late_s for stop in route.stops):
            return None
        for stop in route.stops:
            if any(load > room for load, room in zip(stop.load, crew.capacity, strict=True)):
                return None
    if crew.max_tasks is not None and len(order) > crew.max_tasks:
        return None
    return plan.cost.total - plan.cost.left_out


def every_order(requests: Sequence[int], done: tuple[TaskRef, ...] = ()) -> Iterator[tuple[TaskRef, ...]]:
    """Yield every order of the tasks of requests of a load and an unload."""
    tasks = [TaskRef(request, sum(ref.request == request for ref in done)) for request in requests]
    if all(ref.task == 2 for ref in tasks):
        yield done
    for ref in tasks:
        if ref.task < 2:
            yield from every_order(requests, (*done, ref))


def least_cost(problem: Problem, requests: Sequence[int], courier: int = 0) -> int | None:
    """Return what the cheapest of all orders of requests of a load and an unload costs, None if there is none."""
    if not all(problem.requests[request].skills <= problem.couriers[courier].skills for request in requests):
        return None
    costs = (cost_of(problem, order, courier) for order in every_order(requests))
    return min((cost for cost in costs if cost is not None), default=None)


def all_routes(problem: Problem) -> dict[tuple[int, tuple[int, ...]], int]:
    """Return by courier and requests what serving them costs at least, where that breaks no rule."""
    numbers = range(len(problem.requests))
    sets = list(chain.from_iterable(combinations(numbers, size) for size in range(len(numbers) + 1)))
    costs = {(c, chosen): least_cost(problem, chosen, c) for c in range(len(problem.couriers)) for chosen in sets}
    return {key: cost for key, cost in costs.items() if cost is not None}
