"""What a problem in VROOM's JSON says about the couriers and tasks of its plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from api.drawing.layout import Coordinates, Spot
from api.drawing.model import Kind, Window
from api.drawing.vroom_fields import label, members, number, numbers, spot, text, window, windows
from solver.formats.pointer import At


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBreak:
    """A break of a vehicle."""

    description: str
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedVehicle:
    """A vehicle; its breaks by their ids."""

    profile: str
    shift: Window | None
    capacity: tuple[int, ...]
    description: str
    start: Spot
    end: Spot
    breaks: Mapping[int, AskedBreak]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTask:
    """A task: `kind` says what is done there; a job that only picks up is a pickup. `request` names what it is of."""

    kind: Kind
    label: str
    spot: Spot
    windows: tuple[Window, ...]
    priority: int
    request: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """A problem, by ids. Tasks are named by the type and id that a plan has for them.

    Attributes
    ----------
    known
        Coordinates of rows of the matrices.
    durations_s
        (n, n) travel times of the profile that most vehicles have, or None.
    """

    vehicles: Mapping[int, AskedVehicle] = field(default_factory=dict)
    tasks: Mapping[tuple[Kind, int], AskedTask] = field(default_factory=dict)
    known: Mapping[int, Coordinates] = field(default_factory=dict)
    durations_s: npt.NDArray[Any] | None = None


def read_asked(data: object) -> Asked:
    """Return what parsed VROOM input JSON says.

    Raises
    ------
    ProblemError
        Naming by JSON pointer what is no VROOM input.
    """
    top = At(data)
    fields = members(top)
    if "routes" in fields:
        raise top.refuse("is a plan: give the problem that it was made for")
    if "vehicles" not in fields:
        raise top.refuse("has no vehicles: give VROOM input JSON")
    vehicles = {}
    for at in fields["vehicles"].items():
        own = members(at, "id")
        vehicles[number(own, "id")] = _vehicle(own)
    tasks: dict[tuple[Kind, int], AskedTask] = {}
    for at in fields["jobs"].items() if "jobs" in fields else []:
        own = members(at, "id")
        tasks[Kind.JOB, number(own, "id")] = _job(own)
    for place, at in enumerate(fields["shipments"].items() if "shipments" in fields else []):
        shipment = members(at, "pickup", "delivery")
        for kind in (Kind.PICKUP, Kind.DELIVERY):
            own = members(shipment[kind], "id")
            tasks[kind, number(own, "id")] = _step(own, kind, shipment, place)
    spots = [task.spot for task in tasks.values()]
    spots += [end for vehicle in vehicles.values() for end in (vehicle.start, vehicle.end)]
    known = {s.row: s.coordinates for s in spots if s.row is not None and s.coordinates is not None}
    profiles = Counter(vehicle.profile for vehicle in vehicles.values())
    durations_s = _durations_s(fields, profiles)
    return Asked(vehicles=vehicles, tasks=tasks, known=known, durations_s=durations_s)


def _vehicle(own: dict[str, At]) -> AskedVehicle:
    return AskedVehicle(
        profile=text(own, "profile") or "car",
        shift=window(own["time_window"]) if "time_window" in own else None,
        capacity=numbers(own, "capacity"),
        description=text(own, "description"),
        start=spot(own, "start"),
        end=spot(own, "end"),
        breaks={number(pause, "id"): _break(pause) for pause in _breaks(own)},
    )


def _breaks(own: dict[str, At]) -> list[dict[str, At]]:
    return [members(at, "id") for at in own["breaks"].items()] if "breaks" in own else []


def _break(own: dict[str, At]) -> AskedBreak:
    return AskedBreak(description=text(own, "description"), windows=windows(own))


def _job(own: dict[str, At]) -> AskedTask:
    given = number(own, "id")
    only_loads = any(numbers(own, "pickup")) and not any(numbers(own, "delivery"))
    return AskedTask(
        kind=Kind.PICKUP if only_loads else Kind.JOB,
        label=label(Kind.JOB, given, text(own, "description")),
        spot=spot(own),
        windows=windows(own),
        priority=number(own, "priority"),
        request=f"job {given}",
    )


def _step(own: dict[str, At], kind: Kind, shipment: dict[str, At], place: int) -> AskedTask:
    return AskedTask(
        kind=kind,
        label=label(kind, number(own, "id"), text(own, "description")),
        spot=spot(own),
        windows=windows(own),
        priority=number(shipment, "priority"),
        request=f"shipment {place}",
    )


def _durations_s(fields: dict[str, At], profiles: Counter[str]) -> npt.NDArray[Any] | None:
    if "matrices" in fields:
        matrices = members(fields["matrices"])
        found = [name for name, _ in profiles.most_common() if name in matrices]
        if not found:
            return None
        table = members(matrices[found[0]], "durations")["durations"]
    elif "matrix" in fields:
        table = fields["matrix"]
    else:
        return None
    rows = table.items()
    for row in rows:
        if not isinstance(row.value, list) or len(row.value) != len(rows):
            row.items(length=len(rows))
    durations_s = np.asarray(table.value).reshape(len(rows), len(rows))
    if durations_s.size and (durations_s.dtype.kind not in "iu" or durations_s.min() < 0):
        for row in rows:
            row.integers(most=2**63)
    return durations_s
