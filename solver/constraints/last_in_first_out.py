"""Couriers that can take off only what was put on last."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np

from solver.constraints.facts import is_same
from solver.problem import Request
from solver.routing.draft import Draft


def add_last_in_first_out(draft: Draft) -> None:
    """Restrict the order of loads and unloads of such couriers.

    Where every request is one load and one unload, OR-Tools knows how. Elsewhere what is on board is counted, as the
    height of a stack: see `_Stack`. Requests with several loads or unloads are compared with each other one.
    """
    model, requests = draft.model, draft.problem.requests
    counted = []
    for number, courier in enumerate(draft.problem.couriers):
        if not courier.last_in_first_out:
            continue
        bound = sum(request.courier == number for request in requests)
        if bound <= 1 and not courier.reloads and all(map(_is_pair, requests)):
            model.SetPickupAndDeliveryPolicyOfVehicle(model.PICKUP_AND_DELIVERY_LIFO, number)
        else:
            counted.append(number)
    if not counted:
        return
    _Stack(draft, counted, of_bound=False).add()
    if any(request.courier in counted for request in requests):
        _Stack(draft, counted, of_bound=True).add()
    for one, other in permutations(range(len(requests)), 2):
        both_bound = requests[one].courier is not None and requests[other].courier is not None
        if not both_bound and not (_is_simple(requests[one]) and _is_simple(requests[other])):
            _compare(draft, counted, one, other)


def _is_pair(request: Request) -> bool:
    return all(len(loads) == len(unloads) == 1 for loads, unloads in request.ways)


def _is_simple(request: Request) -> bool:
    return all(len(loads) <= 1 and len(unloads) <= 1 for loads, unloads in request.ways)


def _is_on(draft: Draft, node: int, couriers: list[int]) -> Any:
    """Return whether one of the couriers visits a node."""
    answers = [0, *(int(courier in couriers) for courier in range(draft.nodes.couriers))]
    return draft.model.solver().Element(answers, draft.model.VehicleVar(node) + 1)


class _Stack:
    """How many requests of one load at most were loaded since the start, or the last reload, and are on board still.

    At an unload it must be as many as right after the load of the same request. As long as that was so before, those
    on board then are on board still, and any other would be on top. What was on board at the reload or the start is
    unloaded only while there is nothing on top.

    Parameters
    ----------
    of_bound
        Whether it is compared at unloads of bound requests, or of others. Two bound requests may be in each other's
        way: for unloads of bound ones, only the others are counted.
    """

    def __init__(self, draft: Draft, couriers: list[int], *, of_bound: bool) -> None:
        self._draft = draft
        self._couriers = couriers
        self._of_bound = of_bound
        self._most = len(draft.problem.requests) + 1
        self._name = "others on top" if of_bound else "on top"

    def add(self) -> None:
        """Count, and compare at each unload."""
        draft, model = self._draft, self._draft.model
        solver, reloads = model.solver(), draft.reloads
        steps = np.zeros(len(draft.nodes.places), np.int64)
        steps[list(reloads)] = -self._most
        ways = []
        for number, request in enumerate(draft.problem.requests):
            if _is_simple(request):
                for way in draft.ways(number):
                    loads, unloads = map(list, way)
                    if not self._of_bound or request.courier is None:
                        steps[loads] = 1
                        steps[unloads] = -len(loads)
                    ways.append((loads, unloads))
        evaluator = model.RegisterUnaryTransitVector(steps.tolist())
        model.AddDimension(evaluator, self._most if reloads else 0, self._most, True, self._name)
        stack = model.GetDimensionOrDie(self._name)
        together = {}
        for loads, unloads in ways:
            if loads and unloads:
                load, unload = loads[0], unloads[0]
                together[unload] = is_same(draft.trip.CumulVar(load), draft.trip.CumulVar(unload)) if reloads else 1
            if unloads and (draft.requests[unloads[0]].courier is not None) == self._of_bound:
                self._compare(stack, loads, unloads[0], together)
        if not reloads:
            return
        for node in range(draft.nodes.stops + draft.nodes.couriers):
            slack = stack.SlackVar(node)
            if node in reloads:
                solver.Add(stack.CumulVar(node) + slack == self._most)
            elif steps[node] < 0:
                # What was loaded before a reload was not counted any more.
                solver.Add(slack + together[node] == 1)
            else:
                slack.SetValue(0)

    def _compare(self, stack: Any, loads: list[int], unload: int, together: dict[int, Any]) -> None:
        draft = self._draft
        height = 0
        if loads:
            height = (stack.CumulVar(loads[0]) + int(not self._of_bound)) * together[unload]
        free = (1 - _is_on(draft, unload, self._couriers)) * self._most
        solver = draft.model.solver()
        # Never less: what was on board then could have gone only against the rule.
        solver.Add(stack.CumulVar(unload) <= height + free)


def _compare(draft: Draft, couriers: list[int], one: int, other: int) -> None:
    """Have nothing of another request on top at an unload of a request, where one of them has several loads or unloads.

    On top is what was loaded in the same trip after the last load of that request, and has unloads to come, or none.
    """
    model, solver, done = draft.model, draft.model.solver(), draft.tasks_done
    for loads, unloads in draft.ways(one):
        for other_loads, other_unloads in draft.ways(other):
            for unload in unloads:
                for top in other_loads:
                    facts = [
                        _is_on(draft, unload, couriers),
                        is_same(model.VehicleVar(unload), model.VehicleVar(top)),
                        done.CumulVar(top) + 1 <= done.CumulVar(unload),
                        *(done.CumulVar(load) + 1 <= done.CumulVar(top) for load in loads),
                    ]
                    if draft.reloads:
                        facts.append(is_same(draft.trip.CumulVar(unload), draft.trip.CumulVar(top)))
                    if other_unloads:
                        last = solver.Max([done.CumulVar(node) for node in other_unloads])
                        facts.append(last >= done.CumulVar(unload) + 1)
                    solver.Add(solver.Sum(facts) <= len(facts) - 1)
