"""When and where a courier is expected to be free of all it was told."""

from __future__ import annotations

from dispatch.handling import Handling
from dispatch.messages import Action
from dispatch.planning import Free
from dispatch.state import CourierRecord, Duty, FulfilmentStatus, State, VisitRecord


def free(courier: CourierRecord, state: State, handling: Handling, *, now_s: int) -> Free:
    """Return the expected moment, never before `now_s` or the shift, and the place of the last visit told.

    Who has not come when the shift begins is expected to be as late again as already: the longer one waits for
    somebody, the less one counts on them.
    """
    at_s, point = now_s, courier.point
    if courier.duty is Duty.BEFORE:
        from_s = courier.courier.shift.from_s
        at_s = max(from_s, now_s + (now_s - from_s))
    for record in courier.visits:
        at_s = _done_s(record, courier.courier.zone, state, handling, free_s=at_s, now_s=now_s)
        point = record.visit.point
    return Free(courier=courier, at_s=at_s, point=point)


def _done_s(record: VisitRecord, zone: str, state: State, handling: Handling, *, free_s: int, now_s: int) -> int:
    """Return when a visit is expected to be done, by what has been reported of it."""
    visit = record.visit
    if record.arrived_s is not None:
        arrive_s = record.arrived_s
    elif record.set_off_s is not None:
        arrive_s = max(now_s, record.set_off_s + record.leg_s)
    else:
        arrive_s = max(free_s, visit.set_off_s) + record.leg_s
    begin_s, service_s = max(arrive_s, visit.not_before_s), visit.setup_s
    for task in visit.tasks:
        if task.action is Action.DROP:
            service_s += handling.door_s(zone, at_s=now_s)
            continue
        _, goods = state.fulfilment(task.id)
        if goods.status is FulfilmentStatus.STOPPED:
            continue
        service_s += handling.handover_s(goods.fulfilment.store, at_s=now_s)
        if task.action is Action.LOAD and goods.status is not FulfilmentStatus.ON_BOARD:
            packed = goods.status is FulfilmentStatus.READY
            begin_s = max(begin_s, goods.ready_s if packed else max(goods.ready_s, now_s))
    return max(begin_s + service_s, now_s)
