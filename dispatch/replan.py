"""One zone's re-plans of a turn: choose what to look at, translate, solve, and take what is worth its changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dispatch.directory import Directory
from dispatch.focus import Focus, Focuser
from dispatch.handling import Handling
from dispatch.messages import Action
from dispatch.objective import Objective
from dispatch.planning import Free, Translation, Translator
from dispatch.policy import Policy
from dispatch.state import CourierRecord, Duty, OrderRecord, OrderStatus, State
from dispatch.whereabouts import free as expected_free
from geo.travel import TravelTimes
from solver.params import SolveParams
from solver.plan import Plan, Route
from solver.problem import Problem, Sequences


class Planner(Protocol):
    """What makes plans: `solver.solve.Solver`, or anything of its form. Every plan it returns has passed the
    checker."""

    def solve(self, problem: Problem, params: SolveParams, *, start: Sequences | None = None) -> Plan:
        """Return the best plan found within the limits, never worse than `start` completed by insertion."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMade:
    """What one re-plan was about and gave, for the history. `worsened` counts plans the solver could not improve on."""

    zone: str
    couriers: int
    deliveries: int
    left_out: int
    cost: int
    engine: str
    moved: tuple[str, ...]
    planned: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The re-plans of one zone and turn, the couriers they choose from, and who is bound to whom."""

    zone: str
    focuses: Sequence[Focus]
    free: Sequence[Free]
    bound: Mapping[str, list[OrderRecord]]
    now_s: int


class Replanner:
    """Makes a zone's plans. One instance a zone; an instance is used by one thread at a time."""

    def __init__(
        self,
        *,
        directory: Directory,
        travel: TravelTimes,
        handling: Handling,
        objective: Objective,
        policy: Policy,
        planner: Planner,
        work_limit: int,
        engine: str = "auto",
    ) -> None:
        self._handling = handling
        self._objective = objective
        self._policy = policy
        self._planner = planner
        self._work_limit = work_limit
        self._engine = engine
        self._focuser = Focuser(directory, travel, policy)
        self._translator = Translator(directory, handling, travel, objective, slack_s=policy.slack_s)

    def agenda(self, zone: str, state: State, *, now_s: int) -> Agenda:
        """Return the re-plans that a zone needs at this turn; none if nothing waits and nobody is disturbed."""
        orders = [order for order in state.active.values() if order.live.delivery.zone == zone]
        bound = _bound(orders)
        free = [
            expected_free(courier, state, self._handling, now_s=now_s)
            for courier in state.zone_couriers(zone)
            if self._plannable(courier, bound, now_s=now_s)
        ]
        waiting = sorted(
            (order for order in orders if self._waits(order, now_s=now_s)),
            key=lambda order: (order.promise.until_s, order.id),
        )
        disturbed = [index for index, record in enumerate(free) if self._disturbed(record)]
        focuses = self._focuser.choose(free, waiting, disturbed, now_s=now_s)
        return Agenda(zone=zone, focuses=focuses, free=free, bound=bound, now_s=now_s)

    def replan(self, agenda: Agenda, state: State) -> list[PlanMade]:
        """Bring the plans of a zone's couriers up to date. Changes records of this zone only."""
        made = []
        for focus in agenda.focuses:
            concerned = self._concerned(focus, agenda.free, state, agenda.bound)
            couriers = [agenda.free[index] for index in focus.couriers]
            translation = self._translator.translate(couriers, concerned, now_s=agenda.now_s)
            plan = self._solve(translation, now_s=agenda.now_s)
            made.append(self._take(agenda.zone, translation, plan))
        return made

    def _plannable(self, courier: CourierRecord, bound: Mapping[str, list[OrderRecord]], *, now_s: int) -> bool:
        if courier.duty is Duty.OFF:
            return False
        if courier.id in bound:
            return True
        shift = courier.courier.shift
        return shift.from_s <= now_s + self._policy.horizon_s and shift.until_s > now_s

    def _waits(self, order: OrderRecord, *, now_s: int) -> bool:
        if order.status is not OrderStatus.OPEN or order.bound is not None or order.planned is not None:
            return False
        if order.promise.from_s - now_s > self._policy.horizon_s:
            return False
        return order.considered_s is None or now_s - order.considered_s >= self._policy.reconsider_s

    def _disturbed(self, record: Free) -> bool:
        courier = record.courier
        if courier.replan:
            return True
        return bool(courier.steps) and record.at_s - courier.planned_free_s > self._policy.drift_s

    def _concerned(
        self, focus: Focus, free: Sequence[Free], state: State, bound: Mapping[str, list[OrderRecord]]
    ) -> list[OrderRecord]:
        """Return the orders of a re-plan, each once: bound ones, those in the couriers' plans, those in wait."""
        found: dict[str, OrderRecord] = {}
        for index in focus.couriers:
            courier = free[index].courier
            for order in bound.get(courier.id, ()):
                found[order.id] = order
            for step in courier.steps:
                order = state.orders[step.order]
                if order.status is OrderStatus.OPEN and order.bound is None:
                    found[order.id] = order
        for order in focus.waiting:
            found[order.id] = order
        return list(found.values())

    def _solve(self, translation: Translation, *, now_s: int) -> Plan:
        """Return the plan to take: the best found, if it is better than the plain one by more than its changes cost."""
        problem = translation.problem
        plain = self._planner.solve(problem, SolveParams(work_limit=0), start=translation.start)
        if self._work_limit == 0 or len(problem.requests) < 2:
            return plain
        sequences = plain.sequences(len(problem.couriers))
        params = SolveParams(work_limit=self._work_limit, seed=now_s % 2**31, engine=self._engine)
        better = self._planner.solve(problem, params, start=sequences)
        changes = len(moved(sequences, better.sequences(len(problem.couriers))))
        if better.cost.total + self._objective.change * changes < plain.cost.total:
            return better
        return plain

    def _take(self, zone: str, translation: Translation, plan: Plan) -> PlanMade:
        """Write the plan into the records of its couriers and orders."""
        now_s = translation.now_s
        before = {order.id: order.planned for order in translation.orders}
        for order in translation.orders:
            order.planned = None
            order.considered_s = now_s
        for left in plan.left_out:
            translation.orders[left.request].unplanned_because = left.detail or left.reason.value
        routes = {route.courier: route for route in plan.routes}
        for number, record in enumerate(translation.free):
            self._write(record, routes.get(number), translation)
        for route in plan.routes:
            for number, way in {stop.task.request: stop.task.way for stop in route.stops}.items():
                translation.orders[number].prefer(way)
        moved_ids, planned_ids = [], []
        for order in translation.orders:
            was = before[order.id]
            if order.planned is None or order.bound is not None or was == order.planned:
                continue
            planned_ids.append(order.id)
            if was is not None:
                order.moves += 1
                moved_ids.append(order.id)
        return PlanMade(
            zone=zone,
            couriers=len(translation.free),
            deliveries=len(translation.orders),
            left_out=len(plan.left_out),
            cost=plan.cost.total,
            engine=plan.engine,
            moved=tuple(moved_ids),
            planned=tuple(planned_ids),
        )

    def _write(self, record: Free, route: Route | None, translation: Translation) -> None:
        courier, now_s = record.courier, translation.now_s
        courier.replan = False
        courier.planned_free_s = record.at_s
        courier.planned_end_s, courier.planned_end = record.at_s, record.point
        courier.steps, loads_at = (), {}
        if route is not None:
            points = [translation.points[stop.place] for stop in route.stops]
            refs = [stop.task for stop in route.stops]
            courier.steps = tuple(translation.steps[ref.request][ref.way][ref.task] for ref in refs)
            courier.planned_end_s, courier.planned_end = now_s + route.stops[-1].depart_s, points[-1]
            for step, stop in zip(courier.steps, route.stops, strict=True):
                order = translation.orders[stop.task.request]
                order.planned = courier.id
                if step.action is Action.LOAD:
                    loads_at[step.site] = now_s + stop.start_s
                elif step.action is Action.DROP:
                    order.eta_s = now_s + stop.start_s
                    if order.first_eta_s is None:
                        order.first_eta_s = order.eta_s
        courier.loads_at = loads_at


def moved(before: Sequences, after: Sequences) -> set[int]:
    """Return the requests that two plans of the same problem give to different couriers; those in only one do not
    count."""
    whose = [{ref.request: courier for courier, refs in enumerate(plan) for ref in refs} for plan in (before, after)]
    return {request for request, courier in whose[0].items() if whose[1].get(request, courier) != courier}


def _bound(orders: Sequence[OrderRecord]) -> dict[str, list[OrderRecord]]:
    """Return, by courier, the orders it must bring to an end and has not yet been told how."""
    bound: dict[str, list[OrderRecord]] = {}
    for order in orders:
        if order.bound is None or order.told_drop:
            continue
        if order.status is OrderStatus.ENDED and not order.to_return:
            continue
        bound.setdefault(order.bound, []).append(order)
    return bound
