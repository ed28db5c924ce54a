"""VROOM's output JSON as orders of tasks."""

from __future__ import annotations

from typing import Any

from solver.errors import PlanFault
from solver.formats.orders import Orders
from solver.formats.pointer import At
from solver.formats.vroom_input import LARGEST_ID, VroomProblem
from solver.plan import LeftOut, Reason
from solver.problem import TaskRef

TASKS = ("job", "pickup", "delivery")
ENDS = ("start", "end")


def read_vroom_plan(vroom: VroomProblem, data: object) -> Orders:
    """Return who does what in a parsed output, of Doorstep or of VROOM itself. Its times and costs are not read.

    Raises
    ------
    ProblemError
        Naming by JSON pointer what is missing or of another type.
    PlanFault
        ``COURIER_UNKNOWN``, ``TASK_UNKNOWN`` where the problem has no such vehicle or task; ``TASK_TWICE`` where a
        vehicle has two routes.
    """
    top = _members(At(data))
    if "code" in top and top["code"].value != 0:
        raise top["code"].refuse("says that there is no plan: give the output of a run that ended with code 0")
    couriers = {vehicle["id"]: number for number, vehicle in enumerate(vroom.vehicles)}
    refs = {
        (task["type"], task["id"]): TaskRef(request, number)
        for request, tasks in enumerate(vroom.tasks)
        for number, task in enumerate(tasks)
    }
    sequences: list[tuple[TaskRef, ...]] = [()] * len(couriers)
    for route in _require(top, At(data), "routes").items():
        members = _members(route)
        vehicle = _require(members, route, "vehicle").integer(most=LARGEST_ID)
        if vehicle not in couriers:
            raise PlanFault("COURIER_UNKNOWN", f"{route.place}: the problem has no vehicle {vehicle}")
        if sequences[couriers[vehicle]]:
            raise PlanFault("TASK_TWICE", f"{route.place}: vehicle {vehicle} has a route already")
        steps = _require(members, route, "steps").items()
        sequences[couriers[vehicle]] = tuple(_task(step, refs) for step in steps if _kind(step) not in ENDS)
    left_out: dict[int, LeftOut] = {}
    for at in top["unassigned"].items() if "unassigned" in top else []:
        request = _task(at, refs).request
        left_out[request] = _left_out(at, request)
    return Orders(tuple(sequences), tuple(left_out[request] for request in sorted(left_out)))


def _task(at: At, refs: dict[tuple[Any, Any], TaskRef]) -> TaskRef:
    kind, number = _kind(at), _require(_members(at), at, "id").integer(most=LARGEST_ID)
    if (kind, number) not in refs:
        raise PlanFault("TASK_UNKNOWN", f"{at.place}: the problem has no {kind} {number}")
    return refs[kind, number]


def _kind(at: At) -> str:
    kind = _require(_members(at), at, "type")
    if kind.text() not in TASKS + ENDS:
        raise kind.refuse(f"is {kind.value!r}: give one of {', '.join(TASKS + ENDS)}")
    return kind.text()


def _left_out(at: At, request: int) -> LeftOut:
    """Return why: VROOM says nothing, Doorstep does."""
    members = _members(at)
    known = {reason.value: reason for reason in Reason}
    reason = known.get(members["reason"].text(), Reason.NOT_FOUND) if "reason" in members else Reason.NOT_FOUND
    return LeftOut(request=request, reason=reason, detail=members["detail"].text() if "detail" in members else "")


def _members(at: At) -> dict[str, At]:
    """Return all members: what VROOM tells beside the order of tasks is of no concern."""
    return at.object(known=tuple(at.value) if isinstance(at.value, dict) else ())


def _require(members: dict[str, At], at: At, name: str) -> At:
    if name not in members:
        raise at.refuse(f"has no {name}: give one")
    return members[name]


__all__ = ["read_vroom_plan"]
