"""VROOM's input JSON as a `Problem`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from solver.errors import ProblemError
from solver.formats.pointer import At
from solver.formats.vroom_costs import VehicleCosts, in_few_parts, price_of_leaving_out
from solver.formats.vroom_fields import (
    INPUT,
    JOB,
    LARGEST_AMOUNT,
    LARGEST_ID,
    SHIPMENT,
    SHIPMENT_STEP,
    seconds,
    skills,
    text,
    windows,
)
from solver.formats.vroom_matrices import Matrices, Travel
from solver.formats.vroom_steps import Refs, begin_with, read_steps
from solver.formats.vroom_vehicles import Vehicle, read_vehicle
from solver.problem import FOREVER_S, IntMatrix, Problem, Request, Sequences, Task, TaskRef

REPEATED = ("id", "description", "location", "location_index")
"""What every mention of a task in the output repeats."""

LARGEST_PRIORITY = 100


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class VroomProblem:
    """A problem, and how its input names things.

    Attributes
    ----------
    tasks
        Per request, per task: ``type`` (job, pickup, delivery), ``id`` and what else every mention of the task repeats.
    priorities
        Per request.
    vehicles
        The vehicles as given, in courier order.
    costs
        Per courier, in VROOM's units.
    breaks
        Per courier, per break: ``type`` (break), ``id``, and ``description`` if it has one.
    distances
        Per matrix: the distances to tell, or None.
    start
        The orders that vehicles are given to begin with; None if no vehicle is given any.
    """

    problem: Problem
    tasks: tuple[tuple[dict[str, Any], ...], ...]
    priorities: tuple[int, ...]
    vehicles: tuple[dict[str, Any], ...]
    costs: tuple[VehicleCosts, ...]
    breaks: tuple[tuple[dict[str, Any], ...], ...]
    distances: tuple[IntMatrix | None, ...]
    start: Sequences | None

    def refs(self) -> Refs:
        """Return the tasks by their type and id."""
        return refs_of(self.tasks)


def refs_of(tasks: Sequence[Sequence[dict[str, Any]]]) -> Refs:
    """Return tasks by the type and id that they have in VROOM's JSON."""
    return {
        (task["type"], task["id"]): TaskRef(request, number)
        for request, own in enumerate(tasks)
        for number, task in enumerate(own)
    }


def _dimensions(amounts: int) -> tuple[str, ...]:
    """Return what the amounts of VROOM's arrays are called."""
    if amounts == 1:
        return ("units",)
    ordinals = ("1st", "2nd", "3rd", *(f"{number}th" for number in range(4, amounts + 1)))
    return tuple(f"units of the {ordinal} amount" for ordinal in ordinals[:amounts])


def read_vroom(data: object, *, travel: Travel | None = None) -> VroomProblem:
    """Return the problem of parsed VROOM input JSON.

    Parameters
    ----------
    travel
        Where to ask for travel between coordinates by profiles without a matrix. Without, every profile must have one.

    Raises
    ------
    ProblemError
        Naming by JSON pointer what contradicts itself, or is not honoured.
    """
    top = At(data).object(known=INPUT, required=("vehicles",))
    if travel is None and "matrix" not in top and "matrices" not in top:
        raise At(data).refuse("has no matrices: give one for each profile of a vehicle")
    return _Reader(top, travel).read()


class _Reader:
    """Reads one input, remembering what each request was."""

    def __init__(self, top: dict[str, At], travel: Travel | None) -> None:
        self._jobs = top["jobs"].items() if "jobs" in top else []
        self._shipments = top["shipments"].items() if "shipments" in top else []
        self._given = top["vehicles"].items()
        if not self._given and "matrix" not in top and "matrices" not in top:
            raise top["vehicles"].refuse("is empty, and there are no matrices: give at least one vehicle")
        self._amounts = self._count_amounts()
        self._ids: set[tuple[str, int]] = set()
        self._tasks: list[tuple[dict[str, Any], ...]] = []
        self._priorities: list[int] = []
        self._matrices = Matrices(top, travel)
        self._vehicles: list[Vehicle] = []

    def read(self) -> VroomProblem:
        for at in self._given:
            vehicle = read_vehicle(at, self._matrices, self._amounts)
            self._check_id(At(int(vehicle.courier.id), f"{at.place}/id"), "vehicle")
            self._vehicles.append(vehicle)
        requests = [self._job(at) for at in self._jobs] + [self._shipment(at) for at in self._shipments]
        used = self._matrices.made()
        matrices = tuple(own.matrix for own in used)
        unit, couriers = in_few_parts([vehicle.courier for vehicle in self._vehicles])
        price = price_of_leaving_out(couriers, requests, matrices, unit=unit)
        try:
            problem = Problem(
                matrices=matrices,
                couriers=couriers,
                requests=tuple(
                    replace(request, price=price * (1 + priority))
                    for request, priority in zip(requests, self._priorities, strict=True)
                ),
                dimensions=_dimensions(self._amounts),
                cost_scale=unit,
            )
        except ProblemError as error:
            # All that has a place has been looked at where it is: what is left are sums.
            raise ProblemError(error.place or "/", error.message) from error
        return VroomProblem(
            problem=problem,
            tasks=tuple(self._tasks),
            priorities=tuple(self._priorities),
            vehicles=tuple(at.value for at in self._given),
            costs=tuple(vehicle.costs for vehicle in self._vehicles),
            breaks=tuple(vehicle.breaks for vehicle in self._vehicles),
            distances=tuple(own.distances for own in used),
            start=self._start(problem),
        )

    def _start(self, problem: Problem) -> Sequences | None:
        refs = refs_of(self._tasks)
        routes, places = [], []
        for at, vehicle in zip(self._given, self._vehicles, strict=True):
            routes.append(() if vehicle.steps is None else read_steps(vehicle.steps, refs, vehicle.breaks))
            places.append(f"{at.place}/steps")
        return begin_with(problem, routes, places) if any(routes) else None

    def _count_amounts(self) -> int:
        lists = [(at, name) for at in self._given for name in ("capacity",)]
        lists += [(at, name) for at in self._jobs for name in ("delivery", "pickup", "amount")]
        lists += [(at, "amount") for at in self._shipments]
        for at, name in lists:
            given = at.value.get(name) if isinstance(at.value, dict) else None
            if isinstance(given, list):
                return len(given)
        return 0

    def _job(self, at: At) -> Request:
        fields = at.object(known=JOB, required=("id",))
        number = self._id(fields["id"], "job")
        delivery, pickup = self._amount(fields, "delivery"), self._amount(fields, "pickup")
        if "amount" in fields:
            if "delivery" in fields or "pickup" in fields:
                raise fields["amount"].refuse("is what delivery was called before: give delivery and pickup")
            delivery = self._amount(fields, "amount")
        for dimension, (less, more) in enumerate(zip(delivery, pickup, strict=True)):
            if less and more:
                raise fields["pickup"].refuse(f"and delivery both have dimension {dimension}: give two jobs")
        wanted = skills(fields)
        task = self._task(at, fields, wanted, load=pickup, unload=delivery)
        self._remember(fields, (("job", at),))
        only_loads = any(pickup) and not any(delivery)
        return Request(
            id=f"job {number}",
            loads=(task,) if only_loads else (),
            unloads=() if only_loads else (task,),
            skills=wanted,
        )

    def _shipment(self, at: At) -> Request:
        fields = at.object(known=SHIPMENT, required=("pickup", "delivery"))
        amount = self._amount(fields, "amount")
        nothing = (0,) * self._amounts
        wanted = skills(fields)
        tasks = []
        ids = []
        for kind in ("pickup", "delivery"):
            step = fields[kind].object(known=SHIPMENT_STEP, required=("id",))
            ids.append(self._id(step["id"], kind))
            load, unload = (amount, nothing) if kind == "pickup" else (nothing, amount)
            tasks.append(self._task(fields[kind], step, wanted, load=load, unload=unload))
        self._remember(fields, (("pickup", fields["pickup"]), ("delivery", fields["delivery"])))
        name = f"shipment {ids[0]}" if ids[0] == ids[1] else f"shipment {ids[0]} {ids[1]}"
        return Request(id=name, loads=(tasks[0],), unloads=(tasks[1],), skills=wanted)

    def _task(
        self, at: At, fields: dict[str, At], wanted: frozenset[str], *, load: tuple[int, ...], unload: tuple[int, ...]
    ) -> Task:
        place = self._matrices.place(fields, "location")
        if place is None:
            raise at.refuse(f"has no location{self._matrices.index_name}: give one")
        text(fields, "description")
        return Task(
            place=place,
            windows=windows(fields),
            service_s=self._time(fields, "service", wanted),
            setup_s=self._time(fields, "setup", wanted),
            load=load,
            unload=unload,
        )

    def _time(self, fields: dict[str, At], name: str, wanted: frozenset[str]) -> int:
        """Return a duration, which must be the same for all vehicles that have the skills."""
        usual_s = seconds(fields, name)
        at = fields.get(f"{name}_per_type")
        if at is None:
            return usual_s
        members = at.object(known=tuple(at.value)) if isinstance(at.value, dict) else at.object(known=())
        by_kind = {kind: member.integer(most=FOREVER_S) for kind, member in members.items()}
        able = [vehicle for vehicle in self._vehicles if wanted <= vehicle.courier.skills]
        found = {by_kind.get(vehicle.kind, usual_s) for vehicle in able} or {usual_s}
        if len(found) > 1:
            raise at.refuse(
                f"makes it {' or '.join(map(str, sorted(found)))} s, by who comes: not honoured, unless all vehicles "
                "with the skills take as long"
            )
        return found.pop()

    def _remember(self, fields: dict[str, At], tasks: Sequence[tuple[str, At]]) -> None:
        priority = fields["priority"].integer(most=LARGEST_PRIORITY) if "priority" in fields else 0
        self._priorities.append(priority)
        told = []
        for kind, at in tasks:
            told.append({"type": kind} | {name: at.value[name] for name in REPEATED if name in at.value})
        self._tasks.append(tuple(told))

    def _id(self, at: At, kind: str) -> int:
        number = at.integer(most=LARGEST_ID)
        self._check_id(at, kind)
        return number

    def _check_id(self, at: At, kind: str) -> None:
        if (kind, at.value) in self._ids:
            raise at.refuse(f"is {at.value}, the id of another {kind}: give each one its own")
        self._ids.add((kind, at.value))

    def _amount(self, fields: dict[str, At], name: str) -> tuple[int, ...]:
        if name not in fields:
            return (0,) * self._amounts
        return fields[name].integers(most=LARGEST_AMOUNT, length=self._amounts)
