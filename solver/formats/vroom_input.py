"""VROOM's input JSON as a `Problem`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from solver.errors import ProblemError
from solver.formats.pointer import At
from solver.formats.table import read_table
from solver.problem import FOREVER_S, UNREACHABLE_S, Courier, Matrix, Problem, Request, Task, Window

INPUT = ("jobs", "shipments", "vehicles", "matrices")
JOB = (
    *("id", "description", "location", "location_index", "setup", "service", "delivery", "pickup", "skills"),
    *("priority", "time_windows"),
)
SHIPMENT = ("pickup", "delivery", "amount", "skills", "priority")
SHIPMENT_STEP = ("id", "description", "location", "location_index", "setup", "service", "time_windows")
VEHICLE = (
    *("id", "profile", "description", "start", "start_index", "end", "end_index", "capacity", "skills"),
    *("time_window",),
)
MATRIX = ("durations", "distances")

REPEATED = ("id", "description", "location", "location_index")
"""What every mention of a task in the output repeats."""

DEFAULT_PROFILE = "car"
LARGEST_ID = 2**64 - 1
LARGEST_AMOUNT = 2**32
LARGEST_PRIORITY = 100
LEAST_PRICE = 10_000
"""Price of a task left out, for every 1 of 1 + priority; higher where travel could cost more."""


@dataclass(frozen=True, slots=True, eq=False)
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
    has_distances
        Per matrix: whether the input has distances.
    """

    problem: Problem
    tasks: tuple[tuple[dict[str, Any], ...], ...]
    priorities: tuple[int, ...]
    vehicles: tuple[dict[str, Any], ...]
    has_distances: tuple[bool, ...]


def read_vroom(data: object) -> VroomProblem:
    """Return the problem of parsed VROOM input JSON.

    Raises
    ------
    ProblemError
        Naming by JSON pointer what contradicts itself, or is not honoured.
    """
    top = At(data).object(known=INPUT, required=("vehicles", "matrices"))
    profiles = top["matrices"].object(known=tuple(top["matrices"].value or ())) if _is_object(top["matrices"]) else None
    if not profiles:
        raise top["matrices"].refuse("has no profile: give an object with a matrix for each profile of a vehicle")
    reader = _Reader(top, profiles)
    return reader.read()


def _is_object(at: At) -> bool:
    return isinstance(at.value, dict)


class _Reader:
    """Reads one input, remembering what each request was."""

    def __init__(self, top: dict[str, At], profiles: dict[str, At]) -> None:
        self._jobs = top["jobs"].items() if "jobs" in top else []
        self._shipments = top["shipments"].items() if "shipments" in top else []
        self._vehicles = top["vehicles"].items()
        self._profiles = list(profiles)
        parts = [at.object(known=MATRIX, required=("durations",)) for at in profiles.values()]
        self._matrices = tuple(_matrix(part) for part in parts)
        self._has_distances = tuple("distances" in part for part in parts)
        self._places = len(self._matrices[0].durations_s)
        self._amounts = self._count_amounts()
        self._ids: set[tuple[str, int]] = set()
        self._tasks: list[tuple[dict[str, Any], ...]] = []
        self._priorities: list[int] = []

    def read(self) -> VroomProblem:
        couriers = tuple(self._courier(at) for at in self._vehicles)
        requests = [self._job(at) for at in self._jobs] + [self._shipment(at) for at in self._shipments]
        price = self._price(len(requests))
        priced = tuple(
            Request(id=r.id, loads=r.loads, unloads=r.unloads, price=price * (1 + priority), skills=r.skills)
            for r, priority in zip(requests, self._priorities, strict=True)
        )
        try:
            problem = Problem(
                matrices=self._matrices,
                couriers=couriers,
                requests=priced,
                dimensions=tuple(f"amount {number}" for number in range(self._amounts)),
            )
        except ProblemError as error:
            raise ProblemError(self._place_in_input(error.place), error.message) from error
        return VroomProblem(
            problem=problem,
            tasks=tuple(self._tasks),
            priorities=tuple(self._priorities),
            vehicles=tuple(at.value for at in self._vehicles),
            has_distances=self._has_distances,
        )

    def _price(self, requests: int) -> int:
        """Return more than any routes can cost: each task and each end is one leg."""
        ways = [matrix.durations_s[matrix.durations_s < UNREACHABLE_S] for matrix in self._matrices]
        slowest_s = max(int(way.max(initial=0)) for way in ways)
        return max(LEAST_PRICE, (2 * requests + len(self._vehicles)) * slowest_s + 1)

    def _count_amounts(self) -> int:
        lists = [(at, name) for at in self._vehicles for name in ("capacity",)]
        lists += [(at, name) for at in self._jobs for name in ("delivery", "pickup")]
        lists += [(at, "amount") for at in self._shipments]
        for at, name in lists:
            given = at.value.get(name) if _is_object(at) else None
            if isinstance(given, list):
                return len(given)
        return 0

    def _courier(self, at: At) -> Courier:
        fields = at.object(known=VEHICLE, required=("id",))
        number = self._id(fields["id"], "vehicle")
        profile = fields["profile"].text() if "profile" in fields else DEFAULT_PROFILE
        if profile not in self._profiles:
            raise fields.get("profile", at).refuse(f"asks for profile {profile!r}: give it a matrix in /matrices")
        self._check_words(fields)
        return Courier(
            id=str(number),
            profile=self._profiles.index(profile),
            start=self._place(fields, "start"),
            end=self._place(fields, "end"),
            capacity=self._amount(fields, "capacity"),
            skills=_skills(fields),
            shift=_window(fields["time_window"]) if "time_window" in fields else Window(),
        )

    def _job(self, at: At) -> Request:
        fields = at.object(known=JOB, required=("id", "location_index"))
        number = self._id(fields["id"], "job")
        delivery, pickup = self._amount(fields, "delivery"), self._amount(fields, "pickup")
        for dimension, (less, more) in enumerate(zip(delivery, pickup, strict=True)):
            if less and more:
                raise fields["pickup"].refuse(f"and delivery both have dimension {dimension}: give two jobs")
        task = self._task(fields, load=pickup, unload=delivery)
        self._remember(fields, (("job", at),))
        only_loads = any(pickup) and not any(delivery)
        return Request(
            id=f"job {number}",
            loads=(task,) if only_loads else (),
            unloads=() if only_loads else (task,),
            skills=_skills(fields),
        )

    def _shipment(self, at: At) -> Request:
        fields = at.object(known=SHIPMENT, required=("pickup", "delivery"))
        amount = self._amount(fields, "amount")
        nothing = (0,) * self._amounts
        tasks = []
        ids = []
        for kind in ("pickup", "delivery"):
            step = fields[kind].object(known=SHIPMENT_STEP, required=("id", "location_index"))
            ids.append(self._id(step["id"], kind))
            load, unload = (amount, nothing) if kind == "pickup" else (nothing, amount)
            tasks.append(self._task(step, load=load, unload=unload))
        self._remember(fields, (("pickup", fields["pickup"]), ("delivery", fields["delivery"])))
        name = f"shipment {ids[0]}" if ids[0] == ids[1] else f"shipment {ids[0]} {ids[1]}"
        return Request(id=name, loads=(tasks[0],), unloads=(tasks[1],), skills=_skills(fields))

    def _task(self, fields: dict[str, At], *, load: tuple[int, ...], unload: tuple[int, ...]) -> Task:
        place = self._place(fields, "location")
        assert place is not None  # required
        self._check_words(fields)
        windows = fields["time_windows"].items() if "time_windows" in fields else []
        return Task(
            place=place,
            windows=tuple(_window(window) for window in windows) or (Window(),),
            service_s=_seconds(fields, "service"),
            setup_s=_seconds(fields, "setup"),
            load=load,
            unload=unload,
        )

    def _remember(self, fields: dict[str, At], tasks: Sequence[tuple[str, At]]) -> None:
        priority = fields["priority"].integer(most=LARGEST_PRIORITY) if "priority" in fields else 0
        self._priorities.append(priority)
        told = []
        for kind, at in tasks:
            told.append({"type": kind} | {name: at.value[name] for name in REPEATED if name in at.value})
        self._tasks.append(tuple(told))

    def _id(self, at: At, kind: str) -> int:
        number = at.integer(most=LARGEST_ID)
        if (kind, number) in self._ids:
            raise at.refuse(f"is {number}, the id of another {kind}: give each one its own")
        self._ids.add((kind, number))
        return number

    def _place(self, fields: dict[str, At], name: str) -> int | None:
        index = fields.get("location_index" if name == "location" else f"{name}_index")
        if index is not None:
            return index.integer(most=self._places - 1)
        if name in fields:
            raise fields[name].refuse(f"has no row in the matrices: give {name}_index too")
        return None

    def _amount(self, fields: dict[str, At], name: str) -> tuple[int, ...]:
        if name not in fields:
            return (0,) * self._amounts
        return fields[name].integers(most=LARGEST_AMOUNT, length=self._amounts)

    def _check_words(self, fields: dict[str, At]) -> None:
        if "description" in fields:
            fields["description"].text()
        for name in ("location", "start", "end"):
            if name in fields:
                for item in fields[name].items(length=2):
                    if isinstance(item.value, bool) or not isinstance(item.value, int | float):
                        raise item.refuse("is no coordinate: give [longitude, latitude]")

    def _place_in_input(self, place: str) -> str:
        """Return a place in the problem as one in the input."""
        jobs = len(self._jobs)
        if match := re.match(r"/requests/(\d+)(?:/(loads|unloads)/\d+)?", place):
            number, rest = int(match[1]), place[match.end() :].replace("/windows", "/time_windows")
            if number < jobs:
                return f"/jobs/{number}{rest}"
            kind = {None: "", "loads": "/pickup", "unloads": "/delivery"}[match[2]]
            return f"/shipments/{number - jobs}{kind}{rest}"
        if match := re.match(r"/matrices/(\d+)/(durations|distances)_[sm]", place):
            return f"/matrices/{self._profiles[int(match[1])]}/{match[2]}{place[match.end() :]}"
        return place.replace("/couriers/", "/vehicles/").replace("/shift", "/time_window")


def _seconds(fields: dict[str, At], name: str) -> int:
    return fields[name].integer(most=FOREVER_S) if name in fields else 0


def _skills(fields: dict[str, At]) -> frozenset[str]:
    return frozenset(map(str, fields["skills"].integers(most=2**32 - 1))) if "skills" in fields else frozenset()


def _window(at: At) -> Window:
    earliest_s, latest_s = at.integers(most=2**63, length=2)
    if earliest_s > latest_s:
        raise at.refuse(f"ends at {latest_s}, before it begins at {earliest_s}")
    return Window(earliest_s=min(earliest_s, FOREVER_S), latest_s=min(latest_s, FOREVER_S))


def _matrix(fields: dict[str, At]) -> Matrix:
    durations = read_table(fields["durations"])
    distances = read_table(fields["distances"]) if "distances" in fields else np.zeros_like(durations)
    return Matrix(durations_s=durations, distances_m=distances)
