"""One turn of the loop: reports in, plans made, instructions out.

`Engine.step` is a function of the state, the reports since the last turn, and the clock it is given. It has no clock,
no thread that outlives a turn, and no randomness of its own: live, a real clock calls it; in a simulation, a simulated
one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

from dispatch.allocation import AllocationParams, Allocator
from dispatch.commitment import Committer
from dispatch.decision import Decision
from dispatch.directory import Directory
from dispatch.errors import ReportError
from dispatch.estimates import Estimates
from dispatch.events import Event, EventKind
from dispatch.handling import Handling
from dispatch.history import History
from dispatch.ledger.protocol import Ledger
from dispatch.messages import Instruction, Report
from dispatch.model import Courier
from dispatch.objective import Objective
from dispatch.orders import Orders
from dispatch.policy import Policy
from dispatch.replan import PlanMade, Planner, Replanner
from dispatch.reports import Reports
from dispatch.state import CourierRecord, OrderRecord, State
from geo.travel import TravelTimes


@dataclass(slots=True)
class Counters:
    """What the engine has done so far. `moves` are deliveries that a re-plan gave to another courier than before."""

    steps: int = 0
    plans: int = 0
    planned_deliveries: int = 0
    moves: int = 0
    left_out: int = 0


class RefusedReport(NamedTuple):
    """A report that cannot be true, and why."""

    report: Report
    why: str


class Engine:
    """Allocates orders, plans couriers and tells both them and the stores what to do.

    Parameters
    ----------
    planners
        One planner a zone. Zones are planned side by side, each in a thread of its own.
    work_limit
        How much the planners look for better plans in each re-plan; 0 for insertion only.
    engine
        What they look with (`solver.params.SolveParams`).
    on_event, on_decision
        Called for every event and every decision, in order.

    Attributes
    ----------
    refused
        Reports of the last turn that could not be true: they changed nothing, and stand in the history.
    """

    def __init__(
        self,
        *,
        directory: Directory,
        couriers: Sequence[Courier],
        travel: TravelTimes,
        estimates: Estimates,
        ledgers: Mapping[str, Ledger],
        policy: Policy,
        objective: Objective,
        planners: Mapping[str, Planner],
        work_limit: int,
        engine: str = "auto",
        on_event: Callable[[Event], None] = lambda _event: None,
        on_decision: Callable[[Decision], None] = lambda _decision: None,
    ) -> None:
        self.state = State(
            couriers={c.id: CourierRecord(courier=c, point=c.start) for c in sorted(couriers, key=lambda c: c.id)}
        )
        self.counters = Counters()
        self.refused: list[RefusedReport] = []
        self._history = History(on_event)
        handling = Handling(directory, estimates)
        allocator = Allocator(
            directory,
            travel,
            estimates,
            ledgers,
            AllocationParams(hold_s=policy.hold_s, pick_lead_s=policy.pick_lead_s, sources_held=policy.sources_held),
        )
        self._orders = Orders(
            state=self.state,
            directory=directory,
            ledgers=ledgers,
            policy=policy,
            history=self._history,
            allocator=allocator,
            on_decision=on_decision,
        )
        self._reports = Reports(
            state=self.state,
            handling=handling,
            ledgers=ledgers,
            policy=policy,
            history=self._history,
            orders=self._orders,
        )
        self._committer = Committer(directory, travel, handling, policy)
        self._replanners = {
            zone: Replanner(
                directory=directory,
                travel=travel,
                handling=handling,
                objective=objective,
                policy=policy,
                planner=planners[zone],
                work_limit=work_limit,
                engine=engine,
            )
            for zone in sorted(directory.zones)
        }

    @property
    def finished(self) -> bool:
        """Whether no order is open and no goods are between shelf and customer."""
        return not self.state.active

    def step(self, now_s: int, reports: Sequence[Report]) -> list[Instruction]:
        """Take one turn.

        Parameters
        ----------
        now_s
            Unix seconds, never earlier than at the turn before.
        reports
            What has happened since the turn before, in the order in which it happened. One that cannot be true changes
            nothing, keeps no other from being heard, and stands in `refused`.
        """
        self.counters.steps += 1
        self.refused = []
        instructions: list[Instruction] = []
        for report in reports:
            try:
                instructions += self._reports.fold(report)
            except ReportError as error:
                self.refused.append(RefusedReport(report, str(error)))
                self._history.refused(type(report).__name__, at_s=now_s, why=str(error))
        instructions += self._orders.turn(now_s=now_s)
        for zone, plans in self._replan(now_s).items():
            for plan in plans:
                self._note(zone, plan, now_s=now_s)

        def choose(order: OrderRecord) -> None:
            instructions.extend(self._orders.choose(order, at_s=now_s))

        for visit in self._committer.commit(self.state, choose, now_s=now_s):
            courier = self.state.couriers[visit.courier]
            tasks = [[task.action.value, task.id] for task in visit.tasks]
            self._history.courier(
                EventKind.VISIT_TOLD,
                courier,
                at_s=now_s,
                visit=visit.id,
                site=visit.site,
                tasks=tasks,
                eta_s=visit.eta_s,
            )
            instructions.append(visit)
        return instructions

    def _replan(self, now_s: int) -> dict[str, list[PlanMade]]:
        """Re-plan the zones that need it, side by side; the answers are in the order of the zones' ids."""
        agendas = {zone: each.agenda(zone, self.state, now_s=now_s) for zone, each in self._replanners.items()}
        due = {zone: agenda for zone, agenda in agendas.items() if agenda.focuses}
        if len(due) < 2:  # a thread would have nobody to run beside
            return {zone: self._replanners[zone].replan(agenda, self.state) for zone, agenda in due.items()}
        with ThreadPoolExecutor(max_workers=len(due)) as pool:
            futures = {
                zone: pool.submit(self._replanners[zone].replan, agenda, self.state) for zone, agenda in due.items()
            }
            return {zone: future.result() for zone, future in futures.items()}

    def _note(self, zone: str, plan: PlanMade, *, now_s: int) -> None:
        self.counters.plans += 1
        self.counters.planned_deliveries += plan.deliveries
        self.counters.moves += len(plan.moved)
        self.counters.left_out += plan.left_out
        for order_id in plan.planned:
            order = self.state.orders[order_id]
            self._history.order(EventKind.ORDER_PLANNED, order, at_s=now_s, courier=order.planned)
        self._history.zone(
            EventKind.PLAN_MADE,
            zone,
            at_s=now_s,
            couriers=plan.couriers,
            deliveries=plan.deliveries,
            left_out=plan.left_out,
            cost=plan.cost,
            engine=plan.engine,
            moved=len(plan.moved),
        )
