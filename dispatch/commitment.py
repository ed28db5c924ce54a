"""Which planned stops become binding now: told to the courier, and out of any later plan's reach."""

from __future__ import annotations

from collections.abc import Callable

from dispatch.directory import Directory
from dispatch.handling import Handling
from dispatch.loads import has_room, load_of
from dispatch.messages import Action, Visit, VisitTask
from dispatch.planning import Free
from dispatch.policy import Policy
from dispatch.state import CourierRecord, Duty, OrderRecord, State, Step, VisitRecord
from dispatch.whereabouts import free as expected_free
from geo.travel import TravelTimes


class Committer:
    """Turns the heads of plans into visits, when it is time."""

    def __init__(self, directory: Directory, travel: TravelTimes, handling: Handling, policy: Policy) -> None:
        self._directory = directory
        self._travel = travel
        self._handling = handling
        self._policy = policy

    def commit(self, state: State, choose: Callable[[OrderRecord], None], *, now_s: int) -> list[Visit]:
        """Return the visits to tell now, and write them into the records.

        Parameters
        ----------
        choose
            Is asked to decide on the sources of orders of which several are on hold, before a courier is sent there.
            Takes an order out of the plan if it is not to be served from there.
        """
        told = []
        for courier in state.couriers.values():
            if courier.duty is not Duty.ON or not courier.steps or len(courier.visits) > 1:
                continue
            visit = self._next(courier, state, choose, now_s=now_s)
            if visit is not None:
                told.append(visit)
        return told

    def _next(
        self, courier: CourierRecord, state: State, choose: Callable[[OrderRecord], None], *, now_s: int
    ) -> Visit | None:
        """Return a courier's next visit if it has to set off before there is another turn to tell it."""
        free = expected_free(courier, state, self._handling, now_s=now_s)
        if free.at_s > now_s + self._policy.commit_ahead_s:
            return None
        steps = head(courier.steps)
        if not self._takes(courier, steps, state):
            return None  # a drop may fail and stay on board, or has: wait for its report, or for the plan made after it
        visit = self._visit(free, steps, state, now_s=now_s)
        if visit.set_off_s > max(free.at_s, now_s + self._policy.step_s + self._policy.decision_delay_s):
            return None
        if not self._chosen(courier, steps, state, choose):
            return None
        self._write(courier, steps, visit, visit.eta_s - max(visit.set_off_s, free.at_s), state)
        return visit

    def _chosen(
        self, courier: CourierRecord, steps: tuple[Step, ...], state: State, choose: Callable[[OrderRecord], None]
    ) -> bool:
        """Have sources decided on; return whether they are those that are planned."""
        for step in steps:
            order = state.orders[step.order]
            if step.action is Action.LOAD and order.others:
                choose(order)
                if courier.steps[: len(steps)] != steps:
                    return False  # the others' sources may stay open until there is a new plan
        return True

    def _takes(self, courier: CourierRecord, steps: tuple[Step, ...], state: State) -> bool:
        loads = []
        for step in steps:
            if step.action is Action.LOAD:
                order = state.orders[step.order]
                records = [record for record in order.to_load if record.fulfilment.site == step.site]
                loads.append(load_of(self._directory, order, records))
        return not loads or has_room(self._directory, state, courier, loads)

    def _visit(self, free: Free, steps: tuple[Step, ...], state: State, *, now_s: int) -> Visit:
        first = state.orders[steps[0].order]
        setup_s, site, not_before_s, wanted_s = 0, None, 0, now_s
        if steps[0].action is Action.DROP:
            point = first.live.delivery.destination
            not_before_s = wanted_s = max(first.promise.from_s, first.retry_from_s)
        else:
            site = steps[0].site
            point = self._directory.sites[site].point
            # Who is at the site already has parked.
            setup_s = (
                0 if point == free.point else self._handling.setup_s(site, zone=free.courier.courier.zone, at_s=now_s)
            )
        tasks = tuple(task for step in steps for task in self._tasks(step, state))
        if steps[0].action is Action.LOAD:
            wanted_s = max(state.fulfilment(task.id)[1].ready_s for task in tasks if task.action is Action.LOAD)
        leg = self._travel.many_to_many(
            [free.point], [point], profile=free.courier.courier.profile, depart_s=max(free.at_s, now_s)
        )
        travel_s = int(leg.durations_s[0, 0])
        set_off_s = max(free.at_s, self._policy.set_off_s(wanted_s=wanted_s, travel_s=travel_s))
        return Visit(
            id=f"{free.courier.id}.{free.courier.told + 1}"[-64:],
            courier=free.courier.id,
            point=point,
            site=site,
            setup_s=setup_s,
            tasks=tasks,
            set_off_s=set_off_s,
            eta_s=set_off_s + travel_s,
            not_before_s=not_before_s,
        )

    def _tasks(self, step: Step, state: State) -> list[VisitTask]:
        order = state.orders[step.order]
        if step.action is Action.DROP:
            return [VisitTask(action=Action.DROP, id=order.live.delivery.id)]
        records = order.to_return if step.action is Action.RETURN else order.to_load
        return [
            VisitTask(action=step.action, id=record.fulfilment.id)
            for record in records
            if record.fulfilment.site == step.site
        ]

    def _write(self, courier: CourierRecord, steps: tuple[Step, ...], visit: Visit, leg_s: int, state: State) -> None:
        courier.told += 1
        courier.visits.append(VisitRecord(visit=visit, leg_s=leg_s))
        courier.steps = courier.steps[len(steps) :]
        for step in steps:
            order = state.orders[step.order]
            order.bound = courier.id
            order.told_drop = step.action is Action.DROP
        for task in visit.tasks:
            if task.action is Action.LOAD:
                state.fulfilment(task.id)[1].courier = courier.id
            elif task.action is Action.RETURN:
                state.fulfilment(task.id)[1].told_return = True


def head(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the first steps of a plan that make one visit: all at the same site, or one door."""
    first = steps[0]
    if first.action is Action.DROP:
        return steps[:1]
    count = 1
    while count < len(steps) and steps[count].action is not Action.DROP and steps[count].site == first.site:
        count += 1
    return steps[:count]
