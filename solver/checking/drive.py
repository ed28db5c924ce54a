"""One route driven: its figures, its costs, and every limit that is broken on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from solver.checking.hold import Fault, Hold, name_of, stacking_faults
from solver.checking.timing import Chain
from solver.checking.waiting import Lag, lags_of_gaps, lags_on_board, settle
from solver.problem import BREAK, UNREACHABLE_S, Problem, Sequences, TaskRef

NOWHERE = -1
"""The place of a break."""


@dataclass(frozen=True, slots=True)
class Passed:
    """One stop as it must be."""

    place: int
    arrive_s: int
    start_s: int
    depart_s: int
    late_s: int
    load: tuple[int, ...]
    too_long_s: int


class Drive:
    """One courier's stops in order, at least one task among them, driven through.

    Times on board are kept where that can be; gaps are between routes, and only `drive_all` looks at them.

    Attributes
    ----------
    passed
        Each stop as it must be.
    faults
        Code and text of each limit that this route breaks; nothing is said of its structure or of other routes.
    cost
        By the terms of `solver.plan.Cost`.
    """

    def __init__(self, problem: Problem, number: int, refs: Sequence[TaskRef], *, chain: Chain | None = None) -> None:
        self.problem, self.number, self.refs = problem, number, tuple(refs)
        self._courier = courier = problem.couriers[number]
        if chain is None:
            chain = Chain(problem, number, refs)
            settle(problem, [chain], list(lags_on_board(problem, [chain])))
        self._chain = chain
        self._bound = [not ref.is_step and problem.requests[ref.request].courier is not None for ref in self.refs]
        self._all_bound = all(bound or ref.is_step for bound, ref in zip(self._bound, self.refs, strict=True))
        hold = Hold(problem, number, refs)
        self.passed = self._pass(hold)
        self.end_s = chain.end_s
        self.travel_s = sum(leg.travel_s for leg in chain.legs)
        self.distance_m = sum(leg.distance_m for leg in chain.legs)
        after_s = max(0, chain.end_s - courier.shift.latest_s)
        self.overtime_s = after_s if courier.overtime_s > 0 else 0
        self.overrun_s = max(0, after_s - courier.overtime_s)
        self.faults: list[Fault] = [
            *self._faults_of_ways(),
            *self._faults_of_time(),
            *hold.faults,
            *stacking_faults(problem, number, refs),
            *self._faults_of_limits(),
        ]
        self.cost = self._cost()

    @property
    def total(self) -> int:
        """What the route costs."""
        return sum(self.cost.values())

    def _pass(self, hold: Hold) -> list[Passed]:
        return [
            Passed(
                place=NOWHERE if (place := self._chain.place(position)) is None else place,
                arrive_s=moments.arrive_s,
                start_s=moments.start_s,
                depart_s=moments.depart_s,
                late_s=moments.late_s,
                load=hold.loads[position],
                too_long_s=self._too_long_s(position),
            )
            for position, moments in enumerate(self._chain.moments)
        ]

    def _too_long_s(self, position: int) -> int:
        """Return by how much the loads that an unload takes off have been on board for too long, taken together."""
        ref = self.refs[position]
        most_s = None if ref.is_step else self.problem.requests[ref.request].max_on_board_s
        loads = 0 if ref.is_step else len(self.problem.way(ref).loads)
        if most_s is None or ref.task < loads:
            return 0
        start_s = self._chain.moments[position].start_s
        aboard_s = (
            start_s - self._chain.moments[before].depart_s
            for before, other in enumerate(self.refs[:position])
            if other.request == ref.request and other.task < loads
        )
        return sum(on_board_s - most_s for on_board_s in aboard_s if on_board_s > most_s)

    def _faults_of_ways(self) -> Iterator[Fault]:
        """Yield where there is no way. Bound tasks alone may have to go there, from the start and to the end too."""
        stops = [position for position, ref in enumerate(self.refs) if ref.request != BREAK]
        for before, after in zip([None, *stops], [*stops, None], strict=True):
            leg = self._chain.legs[0 if before is None else before + 1]
            if leg.travel_s < UNREACHABLE_S or all(at is None or self._bound[at] for at in (before, after)):
                continue
            where = f"the end of courier {self.number}"
            if after is not None:
                where = name_of(self.problem, self.number, self.refs[after])
            yield "UNREACHABLE", f"there is no way to {where} from what comes before it"

    def _faults_of_time(self) -> Iterator[Fault]:
        for ref, bound, passed in zip(self.refs, self._bound, self.passed, strict=True):
            name = name_of(self.problem, self.number, ref)
            may_be_late = bound or (ref.request == BREAK and any(self._bound))
            if passed.late_s and not may_be_late:
                yield "WINDOW_MISSED", f"{name} starts at {passed.start_s}, {passed.late_s} s after its last window"
            if passed.too_long_s and not bound:
                yield "ON_BOARD_TOO_LONG", f"{name} takes off what has been on board for {passed.too_long_s} s too long"
        if self.overrun_s and not any(self._bound):
            latest_s = self._courier.shift.latest_s + self._courier.overtime_s
            yield "SHIFT_OVERRUN", f"courier {self.number} ends at {self.end_s}, after {latest_s}"

    def _faults_of_limits(self) -> Iterator[Fault]:
        if self._all_bound:
            return
        tasks = sum(not ref.is_step for ref in self.refs)
        for code, figure, most, unit in (
            ("TOO_MANY_TASKS", tasks, self._courier.max_tasks, "tasks"),
            ("TRAVEL_TOO_LONG", self.travel_s, self._courier.max_travel_s, "s of travel"),
            ("TOO_FAR", self.distance_m, self._courier.max_distance_m, "m"),
        ):
            if most is not None and figure > most:
                yield code, f"courier {self.number} has {figure} {unit} of at most {most}"

    def _cost(self) -> dict[str, int]:
        problem, courier = self.problem, self._courier
        delay = busy_s = 0
        for ref, passed in zip(self.refs, self.passed, strict=True):
            busy_s += passed.depart_s - passed.start_s if ref.request != BREAK else 0
            costs = () if ref.is_step else problem.task(ref).delay_costs
            delay += sum(
                cost.per_s * (passed.start_s - cost.after_s) for cost in costs if passed.start_s > cost.after_s
            )
        breach_s = self.overrun_s + sum(passed.late_s + passed.too_long_s for passed in self.passed)
        return {
            "fixed": courier.fixed_cost,
            "travel": courier.cost_per_s * self.travel_s,
            "distance": courier.cost_per_m * self.distance_m,
            "delay": delay,
            "breach": problem.breach_cost_per_s * breach_s,
            "service": courier.cost_per_service_s * busy_s,
            "overtime": courier.overtime_cost_per_s * self.overtime_s,
            "change": self._cost_of_change(),
        }

    def _cost_of_change(self) -> int:
        """Return what other couriers and other orders than in the plan before cost."""
        tasks = [ref for ref in self.refs if not ref.is_step]
        cost = 0
        for number in {ref.request for ref in tasks}:
            request = self.problem.requests[number]
            cost += request.move_cost if request.previous not in (None, self.number) else 0
        previous = self._courier.previous
        for position, ref in enumerate(tasks):
            if ref in previous:
                was = previous.index(ref)
                before = tasks[position - 1] if position else None
                cost += self._courier.reorder_cost if before != (previous[was - 1] if was else None) else 0
        return cost


def drive_all(problem: Problem, sequences: Sequences) -> tuple[list[Drive], Lag | None]:
    """Drive all routes that have stops, their stops waiting for each other where gaps ask for it.

    Returns
    -------
    drives
        In the order of couriers.
    broken
        None; or, if no waiting keeps all gaps and times on board, one that is broken where nobody waits, which is then
        how the routes are driven.
    """
    chains = [Chain(problem, number, refs) for number, refs in enumerate(sequences) if refs]
    lags = [*lags_on_board(problem, chains), *lags_of_gaps(problem, chains)]
    broken = settle(problem, chains, lags)
    return [Drive(problem, chain.number, chain.refs, chain=chain) for chain in chains], broken


__all__ = ["Drive", "Passed", "drive_all"]
