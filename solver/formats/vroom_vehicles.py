"""VROOM's vehicles as couriers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from solver.formats.pointer import At
from solver.formats.vroom_costs import PER_HOUR, VehicleCosts
from solver.formats.vroom_fields import (
    BREAK,
    COSTS,
    LARGEST,
    LARGEST_AMOUNT,
    LARGEST_ID,
    VEHICLE,
    limit,
    seconds,
    skills,
    text,
    window,
    windows,
)
from solver.formats.vroom_matrices import DEFAULT_PROFILE, Matrices, weight_of
from solver.problem import Break, Courier, Window


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle as it was given.

    Attributes
    ----------
    courier
        With the costs in parts (`solver.formats.vroom_costs`).
    kind
        What ``setup_per_type`` and ``service_per_type`` call it.
    breaks
        Per break of the courier: ``type``, ``id``, and ``description`` if it has one.
    steps
        The route it is given, if any.
    """

    courier: Courier
    costs: VehicleCosts
    kind: str
    breaks: tuple[dict[str, Any], ...]
    steps: At | None


def read_vehicle(at: At, matrices: Matrices, amounts: int) -> Vehicle:
    """Return the vehicle at `at`, of a problem with so many amounts."""
    fields = at.object(known=VEHICLE, required=("id",))
    number = fields["id"].integer(most=LARGEST_ID)
    profile = text(fields, "profile") or DEFAULT_PROFILE
    text(fields, "description")
    own = matrices.use(fields.get("profile", at), profile, weight_of(fields.get("speed_factor")))
    costs = _costs(fields, matrices, profile)
    if "max_distance" in fields:
        _check_distances(fields["max_distance"], matrices, profile)
        if costs.by_table:
            raise fields["max_distance"].refuse(f"is not honoured beside /matrices/{profile}/costs: give one of them")
    breaks = _breaks(fields["breaks"], amounts) if "breaks" in fields else []
    courier = Courier(
        id=str(number),
        profile=own,
        start=matrices.place(fields, "start"),
        end=matrices.place(fields, "end"),
        capacity=fields["capacity"].integers(most=LARGEST_AMOUNT, length=amounts)
        if "capacity" in fields
        else (0,) * amounts,
        skills=skills(fields),
        shift=window(fields["time_window"]) if "time_window" in fields else Window(),
        breaks=tuple(pause for pause, _ in breaks),
        max_tasks=limit(fields, "max_tasks"),
        max_travel_s=limit(fields, "max_travel_time"),
        max_distance_m=limit(fields, "max_distance"),
    )
    return Vehicle(
        courier=costs.put_on(courier),
        costs=costs,
        kind=text(fields, "type"),
        breaks=tuple(names for _, names in breaks),
        steps=fields.get("steps"),
    )


def _costs(fields: dict[str, At], matrices: Matrices, profile: str) -> VehicleCosts:
    given = fields["costs"].object(known=COSTS) if "costs" in fields else {}
    costs = VehicleCosts(
        fixed=_cost(given, "fixed", 0),
        per_hour=_cost(given, "per_hour", PER_HOUR),
        per_task_hour=_cost(given, "per_task_hour", 0),
        per_km=_cost(given, "per_km", 0),
        by_table=matrices.has_costs(profile),
    )
    if costs.by_table:
        for name, usual in (("per_hour", PER_HOUR), ("per_km", 0)):
            if getattr(costs, name) != usual:
                raise given[name].refuse(f"is not honoured beside /matrices/{profile}/costs: give one of them")
    elif costs.per_km:
        _check_distances(given["per_km"], matrices, profile)
    return costs


def _cost(given: dict[str, At], name: str, usual: int) -> int:
    return given[name].integer(most=LARGEST) if name in given else usual


def _check_distances(at: At, matrices: Matrices, profile: str) -> None:
    if not matrices.has_distances(profile):
        raise at.refuse(f"needs distances: give /matrices/{profile}/distances")


def _breaks(given: At, amounts: int) -> list[tuple[Break, dict[str, Any]]]:
    """Return breaks in the order in which they are taken, which is that of their first windows, as in VROOM."""
    found: list[tuple[Break, dict[str, Any]]] = []
    ids: set[int] = set()
    for at in given.items():
        fields = at.object(known=BREAK, required=("id",))
        number = fields["id"].integer(most=LARGEST_ID)
        if number in ids:
            raise fields["id"].refuse(f"is {number}, the id of another break: give each one its own")
        ids.add(number)
        pause = Break(
            windows=windows(fields),
            duration_s=seconds(fields, "service"),
            max_load=fields["max_load"].integers(most=LARGEST_AMOUNT, length=amounts) if "max_load" in fields else (),
        )
        names: dict[str, Any] = {"type": "break", "id": number}
        if description := text(fields, "description"):
            names["description"] = description
        found.append((pause, names))
    found.sort(key=lambda pair: (pair[0].windows[0].earliest_s, pair[0].windows[0].latest_s))
    return found
