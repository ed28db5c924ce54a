"""Live through a day: the engine and the simulated world, turn by turn, until every order has ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from dispatch.engine import Counters, Engine
from dispatch.ledger.memory import MemoryLedger
from dispatch.ledger.protocol import Balance, Demand
from dispatch.messages import Action, Report
from dispatch.replan import Planner
from dispatch.state import State
from scenarios.scenario import Scenario
from scenarios.sink import NoSink, Sink
from scenarios.watch import Watch
from scenarios.world.draws import Draws
from scenarios.world.records import Diary, Stop
from scenarios.world.world import World
from solver.params import SolveParams
from solver.plan import Plan
from solver.problem import Problem, Sequences

STUCK_AFTER_S = 86_400
"""After the scenario's hours and the last delivery's limit, a day in which nothing at all happens means that the rest
never will."""


class RunError(Exception):
    """A run that cannot go on: a fault of Doorstep, not of the scenario."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is. `on_time` are orders delivered within their promise."""

    now_s: int
    placed: int
    ended: int
    delivered: int
    on_time: int


@dataclass(slots=True)
class Clockwork:
    """Wall-clock seconds of the engine's turns, and of the plans made in them. Differs from run to run."""

    steps_s: list[float] = field(default_factory=list)
    solves: int = 0
    solver_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """A day that was lived through, as it was.

    `balances` are (store, sku, balance) when all was over, `ended_s` is when the last thing happened to an order.
    """

    scenario: Scenario
    state: State
    diary: Diary
    counters: Counters
    watch: Watch
    balances: tuple[tuple[str, str, Balance], ...]
    reports: int
    ended_s: int
    clockwork: Clockwork


class _TimedPlanner:
    """Counts and times the plans of one zone."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self.solves = 0
        self.seconds = 0.0

    def solve(self, problem: Problem, params: SolveParams, *, start: Sequences | None = None) -> Plan:
        began = time.perf_counter()
        plan = self._planner.solve(problem, params, start=start)
        self.seconds += time.perf_counter() - began
        self.solves += 1
        return plan


def run(
    scenario: Scenario,
    *,
    sink: Sink | None = None,
    observe: Callable[[Progress], None] | None = None,
    make_planner: Callable[[], Planner] | None = None,
) -> RunResult:
    """Live through a scenario's hours, and on until every order has ended and every courier is home.

    Parameters
    ----------
    sink
        Gets every event and decision as it is made.
    observe
        Called after each turn.
    make_planner
        Makes the planner of a zone; the project's own where None.

    Raises
    ------
    RunError
        If nothing happens any more while orders are open, or the engine does not believe a report.
    scenarios.world.errors.WorldError
        If the world cannot do what the engine tells it.
    """
    with ExitStack() as stack:
        planners = {zone: _TimedPlanner(_planner(make_planner, stack)) for zone in sorted(scenario.directory.zones)}
        day = _Day(scenario, planners, sink or NoSink())
        day.live(observe)
        return day.result()


def _planner(make: Callable[[], Planner] | None, stack: ExitStack) -> Planner:
    if make is not None:
        return make()
    from solver.solve import Solver

    return stack.enter_context(Solver())


class _Day:
    """One run: its parts, and where its clock stands."""

    def __init__(self, scenario: Scenario, planners: Mapping[str, _TimedPlanner], sink: Sink) -> None:
        self._scenario = scenario
        self._planners = planners
        self._ledgers = _stocked(scenario)
        self._watch = Watch(scenario, ledgers=self._ledgers, sink=sink)
        self._engine = Engine(
            directory=scenario.directory,
            couriers=scenario.couriers,
            travel=scenario.believed,
            estimates=scenario.estimates,
            ledgers=self._ledgers,
            policy=scenario.policy,
            objective=scenario.objective,
            planners=planners,
            work_limit=scenario.work_limit,
            engine=scenario.engine,
            on_event=self._watch.event,
            on_decision=self._watch.decision,
        )
        self._watch.attach(self._engine.state)
        self._world = World(
            start_s=scenario.start_s,
            orders=scenario.orders,
            couriers=scenario.couriers,
            stores=scenario.directory.stores.values(),
            sites=scenario.directory.sites.values(),
            travel=scenario.true_travel,
            draws=Draws(
                seed=scenario.seed,
                timezone=scenario.timezone,
                durations=scenario.durations,
                behaviour=scenario.behaviour,
            ),
            papers=self._watch,
        )
        self._clockwork = Clockwork()
        self._reports = 0
        self._seen_stops = 0
        self._delivered = 0
        self._on_time = 0

    def live(self, observe: Callable[[Progress], None] | None) -> None:
        """Take turns until all is over."""
        scenario, policy = self._scenario, self._scenario.policy
        now_s = moved_s = scenario.start_s
        while True:
            reports = self._world.advance(until_s=now_s)
            busy = self._turn(now_s, reports)
            if busy:
                moved_s = now_s
            self._count_deliveries()
            if observe is not None:
                observe(self._progress(now_s))
            if self._engine.finished:
                next_s = self._world.next_s
                if next_s is None:
                    return
                # Nothing is open: the turns until something happens would find nothing to do.
                idle_turns = max(0, next_s - now_s - 1) // policy.step_s
                now_s += idle_turns * policy.step_s
            elif now_s - max(moved_s, scenario.end_s, self._latest_end_s()) > STUCK_AFTER_S:
                raise RunError(self._stuck(now_s))
            now_s += policy.step_s

    def result(self) -> RunResult:
        """Return what happened."""
        self._clockwork.solves = sum(planner.solves for planner in self._planners.values())
        self._clockwork.solver_s = sum(planner.seconds for planner in self._planners.values())
        ended_s = max([self._scenario.start_s, self._watch.last_s, *(row[1] for row in self._scenario.rejected)])
        balances = [row for zone in sorted(self._ledgers) for row in self._ledgers[zone].balances(now_s=ended_s)]
        return RunResult(
            scenario=self._scenario,
            state=self._engine.state,
            diary=self._world.diary,
            counters=self._engine.counters,
            watch=self._watch,
            balances=tuple(balances),
            reports=self._reports,
            ended_s=ended_s,
            clockwork=self._clockwork,
        )

    def _turn(self, now_s: int, reports: Sequence[Report]) -> bool:
        """Let the engine take a turn; return whether anything happened."""
        self._reports += len(reports)
        ends = self._watch.ends.total()
        began = time.perf_counter()
        instructions = self._engine.step(now_s, reports)
        self._clockwork.steps_s.append(time.perf_counter() - began)
        if self._engine.refused:
            raise RunError("; ".join(refused.why for refused in self._engine.refused))
        self._watch.told(instructions)
        self._world.tell(instructions, at_s=now_s + self._scenario.policy.decision_delay_s)
        # Plans alone are no progress: one may be made again and again for an order that nobody can serve.
        return bool(reports or instructions) or self._watch.ends.total() > ends

    def _count_deliveries(self) -> None:
        stops = self._world.diary.stops
        for stop in stops[self._seen_stops :]:
            if stop.action is Action.DROP and not stop.failed:
                self._delivered += 1
                self._on_time += self._in_promise(stop)
        self._seen_stops = len(stops)

    def _in_promise(self, stop: Stop) -> bool:
        return stop.started_s <= self._engine.state.orders[stop.order].promise.until_s

    def _progress(self, now_s: int) -> Progress:
        return Progress(
            now_s=now_s,
            placed=len(self._scenario.orders) - self._world.orders_to_come,
            ended=self._watch.ends.total(),
            delivered=self._delivered,
            on_time=self._on_time,
        )

    def _latest_end_s(self) -> int:
        """Return when the last of the open deliveries is given up."""
        open_orders = self._engine.state.active.values()
        return max((order.give_up_s for order in open_orders if order.allocation is not None), default=0)

    def _stuck(self, now_s: int) -> str:
        names = list(self._engine.state.active)
        shown = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
        return f"nothing has happened for {STUCK_AFTER_S // 3_600} h at {now_s}; still open: {shown}"


def _stocked(scenario: Scenario) -> dict[str, MemoryLedger]:
    """Return a ledger a zone, with the day's stock on its shelves."""
    ledgers = {zone: MemoryLedger() for zone in sorted(scenario.directory.zones)}
    for row in scenario.stock:
        ledger = ledgers[scenario.directory.stores[row.store].zone]
        if row.quantity:
            ledger.receive([Demand(row.store, row.sku, row.quantity)], now_s=scenario.start_s)
        if row.buffer:
            ledger.set_buffer(row.store, row.sku, quantity=row.buffer)
    return ledgers
