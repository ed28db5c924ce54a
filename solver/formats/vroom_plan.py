"""VROOM's output JSON as orders of tasks."""

from __future__ import annotations

from collections import ChainMap

from solver.errors import PlanFault
from solver.formats.orders import Orders
from solver.formats.pointer import At
from solver.formats.vroom_fields import LARGEST_ID
from solver.formats.vroom_input import VroomProblem
from solver.formats.vroom_steps import ENDS, PAUSE, TASKS, Refs
from solver.plan import LeftOut, Reason
from solver.problem import BREAK, TaskRef

STEPS = (*TASKS, PAUSE, *ENDS)


def read_vroom_plan(vroom: VroomProblem, data: object) -> Orders:
    """Return who does what in a parsed output, of Doorstep or of VROOM itself. Its times and costs are not read.

    Raises
    ------
    ProblemError
        Naming by JSON pointer what is missing or of another type.
    PlanFault
        ``COURIER_UNKNOWN``, ``TASK_UNKNOWN`` where the problem has no such vehicle, task or break; ``TASK_TWICE`` where
        a vehicle has two routes.
    """
    top = _members(At(data))
    if "code" in top and top["code"].value != 0:
        raise top["code"].refuse("says that there is no plan: give the output of a run that ended with code 0")
    couriers = {vehicle["id"]: number for number, vehicle in enumerate(vroom.vehicles)}
    refs = dict(vroom.refs())
    sequences: list[tuple[TaskRef, ...]] = [()] * len(couriers)
    for route in _require(top, At(data), "routes").items():
        members = _members(route)
        vehicle = _require(members, route, "vehicle").integer(most=LARGEST_ID)
        if vehicle not in couriers:
            raise PlanFault("COURIER_UNKNOWN", f"{route.place}: the problem has no vehicle {vehicle}")
        if sequences[couriers[vehicle]]:
            raise PlanFault("TASK_TWICE", f"{route.place}: vehicle {vehicle} has a route already")
        pauses = {
            (PAUSE, pause["id"]): TaskRef(BREAK, number) for number, pause in enumerate(vroom.breaks[couriers[vehicle]])
        }
        own = ChainMap(pauses, refs)
        steps = [(_kind(step, STEPS), step) for step in _require(members, route, "steps").items()]
        sequences[couriers[vehicle]] = tuple(_task(step, own, STEPS) for kind, step in steps if kind not in ENDS)
    left_out: dict[int, LeftOut] = {}
    for at in top["unassigned"].items() if "unassigned" in top else []:
        request = _task(at, refs, TASKS).request
        left_out[request] = _left_out(at, request)
    return Orders(tuple(sequences), tuple(left_out[request] for request in sorted(left_out)))


def _task(at: At, refs: Refs, known: tuple[str, ...]) -> TaskRef:
    kind, number = _kind(at, known), _require(_members(at), at, "id").integer(most=LARGEST_ID)
    if (kind, number) not in refs:
        raise PlanFault("TASK_UNKNOWN", f"{at.place}: the problem has no {kind} {number}")
    return refs[kind, number]


def _kind(at: At, known: tuple[str, ...]) -> str:
    kind = _require(_members(at), at, "type")
    if kind.text() not in known:
        raise kind.refuse(f"is {kind.value!r}: give one of {', '.join(known)}")
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
