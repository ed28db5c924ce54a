"""A plan in VROOM's output JSON as a `Drawing`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from api.drawing.layout import Spot, lay_out
from api.drawing.model import TASKS, CourierLane, Drawing, DrawnStop, Kind, LeftOut, Window
from api.drawing.vroom_asked import Asked, AskedTask, AskedVehicle
from api.drawing.vroom_fields import label, members, number, numbers, spot, text
from solver.errors import ProblemError
from solver.formats.pointer import At

UNIX_FROM_S = 10**8
"""Times that are all later than this are Unix times: as seconds of a day or week they would mean years."""

KINDS = tuple(kind for kind in Kind if kind is not Kind.RELOAD)
"""What VROOM's steps may be."""

REMEDY = "give what doorstep plan or VROOM wrote"

FAULTS = {
    "lead_time": "starts before its window",
    "load": "more on board than there is room",
    "max_tasks": "more tasks than the courier may have",
    "skills": "a skill is missing",
    "precedence": "delivered before it is picked up",
    "missing_break": "a break is missing",
    "max_travel_time": "more travel than the courier may have",
    "max_distance": "a longer way than the courier may have",
    "max_load": "more on board than the break allows",
}
"""What VROOM calls the ways to break a rule, in words; ``delay`` is told as lateness."""

_Placed = tuple[Spot, DrawnStop]


def from_vroom(data: object, asked: Asked | None = None, *, title: str) -> Drawing:
    """Return the drawing of parsed VROOM output JSON.

    Parameters
    ----------
    asked
        The problem it was made for: windows, priorities, shifts, capacities, travel times. Without it they are missing
        from the drawing, and a plan without coordinates has no map.

    Raises
    ------
    ProblemError
        Naming by JSON pointer what is no VROOM output, or not in the problem.
    """
    fields = _top(At(data))
    reader = _Reader(asked)
    lanes = [reader.lane(at) for at in fields["routes"].items()]
    left_out = [reader.left_out(at) for at in fields["unassigned"].items()] if "unassigned" in fields else []
    spots = [where for _, stops in lanes for where, _ in stops] + [where for where, _ in left_out]
    ground, places = lay_out(spots, _known(asked, spots), asked.durations_s if asked else None)
    summary = members(fields["summary"]) if "summary" in fields else {}
    return Drawing(
        title=title,
        lanes=tuple(
            replace(lane, stops=tuple(replace(stop, place=places.get(where)) for where, stop in stops))
            for lane, stops in lanes
        ),
        left_out=tuple(replace(item, place=places.get(where)) for where, item in left_out),
        ground=ground,
        couriers=len(asked.vehicles) if asked else None,
        cost=number(summary, "cost") if "cost" in summary else None,
        epoch_s=_epoch_s(stop for _, stops in lanes for _, stop in stops),
    )


def _top(top: At) -> dict[str, At]:
    fields = members(top)
    if "error" in fields:
        raise fields["error"].refuse(f"says that there is no plan ({fields['error'].value}): {REMEDY}")
    if "routes" not in fields and "vehicles" in fields:
        raise top.refuse("is a problem, not a plan: plan it with doorstep plan, and give this as --problem")
    if "routes" not in fields:
        raise top.refuse(f"has no routes, so it is no VROOM output: {REMEDY}")
    return fields


def _known(asked: Asked | None, spots: Iterable[Spot]) -> dict[int, tuple[float, float]]:
    told = {s.row: s.coordinates for s in spots if s.row is not None and s.coordinates is not None}
    return {**(asked.known if asked else {}), **told}


def _epoch_s(stops: Iterable[DrawnStop]) -> int | None:
    first_s = min((stop.arrive_s for stop in stops), default=0)
    return 0 if first_s >= UNIX_FROM_S else None


class _Reader:
    """Reads the routes of one plan, beside the problem if there is one."""

    def __init__(self, asked: Asked | None) -> None:
        self._asked = asked
        self._seen: set[int] = set()

    def lane(self, at: At) -> tuple[CourierLane, list[_Placed]]:
        """Return a courier without its stops, and these with where they are."""
        fields = members(at, "vehicle", "steps")
        given = number(fields, "vehicle")
        vehicle = self._asked.vehicles.get(given) if self._asked else None
        if self._asked and vehicle is None:
            raise fields["vehicle"].refuse(
                f"is {given}, which is no vehicle of the problem: give the problem that this plan was made for"
            )
        if given in self._seen:
            raise fields["vehicle"].refuse(f"is {given}, which has a route already: give each vehicle one")
        self._seen.add(given)
        described = text(fields, "description") or (vehicle.description if vehicle else "")
        shift = vehicle.shift if vehicle else None
        lane = CourierLane(
            label=f"{described} ({given})" if described else f"courier {given}",
            stops=(),
            profile=vehicle.profile if vehicle else "",
            shift=shift,
            capacity=vehicle.capacity if vehicle else (),
        )
        placed: list[_Placed] = []
        cumulated = (0, 0)
        for step in fields["steps"].items():
            own = members(step, "type")
            cumulated = self._step(step, own, vehicle, placed, cumulated)
        for end, kind in ((0, Kind.START), (-1, Kind.END)):
            if placed and vehicle and placed[end][1].kind is kind and placed[end][0] == Spot():
                placed[end] = (vehicle.start if kind is Kind.START else vehicle.end, placed[end][1])
        return lane, placed

    def _step(
        self,
        at: At,
        own: dict[str, At],
        vehicle: AskedVehicle | None,
        placed: list[_Placed],
        cumulated: tuple[int, int],
    ) -> tuple[int, int]:
        """Add a step, and return the travel and distance up to it."""
        kind = _kind(own["type"], KINDS)
        if "arrival" not in own:
            raise at.refuse(f"has no arrival, and without times it cannot be drawn: {REMEDY}")
        arrive_s = number(own, "arrival")
        before = placed[-1][1] if placed else None
        travel_s = number(own, "duration", cumulated[0] + (arrive_s - before.depart_s if before else 0))
        distance_m = number(own, "distance", cumulated[1])
        stop = DrawnStop(
            kind=kind,
            label=kind.value,
            place=None,
            arrive_s=arrive_s,
            wait_s=number(own, "waiting_time"),
            setup_s=number(own, "setup"),
            service_s=number(own, "service"),
            travel_s=max(0, travel_s - cumulated[0]),
            distance_m=max(0, distance_m - cumulated[1]) if "distance" in own else None,
            load=numbers(own, "load"),
        )
        late_s, faults = _violations(own)
        stop = replace(stop, told_late_s=late_s, faults=faults)
        where = spot(own)
        if kind in TASKS:
            task = self._task(own, kind)
            stop = replace(stop, kind=task.kind, label=task.label, windows=task.windows, request=task.request)
            stop = replace(stop, priority=task.priority)
            where = where if where != Spot() else task.spot
        elif kind is Kind.END and vehicle is not None and vehicle.shift is not None:
            stop = replace(stop, windows=(Window(None, vehicle.shift.latest_s),))
        elif kind is Kind.BREAK:
            where = Spot()
            stop = replace(stop, **_break(own, vehicle))
        placed.append((where, stop))
        return travel_s, distance_m

    def left_out(self, at: At) -> tuple[Spot, LeftOut]:
        """Return what is not in the plan, and where it is."""
        own = members(at)
        kind = _kind(own["type"], (Kind.JOB, Kind.PICKUP, Kind.DELIVERY)) if "type" in own else Kind.JOB
        task = self._task(own, kind)
        item = LeftOut(
            kind=task.kind,
            label=task.label,
            place=None,
            windows=task.windows,
            priority=task.priority,
            reason=text(own, "reason"),
            detail=text(own, "detail"),
        )
        where = spot(own)
        return (where if where != Spot() else task.spot), item

    def _task(self, own: dict[str, At], kind: Kind) -> AskedTask:
        """Return the task that an entry of the plan is about: what the problem says, or the little the plan says."""
        name = "id" if "id" in own or "job" not in own else "job"
        given = number(own, name, -1)
        if self._asked and name in own:
            task = self._asked.tasks.get((kind, given))
            if task is None:
                raise own[name].refuse(
                    f"is {given}, which is no {kind} of the problem: give the problem that this plan was made for"
                )
            return task
        called = str(given) if name in own else "without id"
        return AskedTask(
            kind=kind,
            label=label(kind, called, text(own, "description")),
            spot=spot(own),
            windows=(),
            priority=0,
            # Shipments are known by the problem alone: ids of pickups and deliveries need not go together.
            request="",
        )


def _kind(at: At, known: tuple[Kind, ...]) -> Kind:
    given = at.text()
    if given not in known:
        raise at.refuse(f"is {given!r}: give one of {', '.join(known)}")
    return Kind(given)


def _break(own: dict[str, At], vehicle: AskedVehicle | None) -> dict[str, Any]:
    """Return what a break is called, and its windows if the problem is there."""
    told = text(own, "description")
    if vehicle is None or "id" not in own:
        return {"label": told or Kind.BREAK.value}
    given = number(own, "id")
    if given not in vehicle.breaks:
        raise own["id"].refuse(
            f"is {given}, which is no break of this vehicle: give the problem that this plan was made for"
        )
    pause = vehicle.breaks[given]
    return {"label": told or pause.description or Kind.BREAK.value, "windows": pause.windows}


def _violations(own: dict[str, At]) -> tuple[int, tuple[str, ...]]:
    """Return how late a step is by its own account, and what else it breaks."""
    late_s, faults = 0, []
    for at in own["violations"].items() if "violations" in own else []:
        fields = members(at, "cause")
        cause = text(fields, "cause")
        if cause == "delay":
            late_s = max(late_s, number(fields, "duration"))
        else:
            faults.append(FAULTS.get(cause, cause.replace("_", " ")))
    return late_s, tuple(faults)


__all__ = ["ProblemError", "from_vroom"]
