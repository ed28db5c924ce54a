"""Every order in which a courier can do given requests: all ways, all places for breaks and reloads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from solver.checking.hold import Hold, stacking_faults
from solver.checking.timing import Chain, fastest
from solver.checking.waiting import lags_on_board, settle
from solver.problem import BREAK, RELOAD, UNREACHABLE_S, Problem, Task, TaskRef
from solver.schedule import start_in_windows

Order = tuple[TaskRef, ...]


@dataclass(frozen=True, slots=True)
class _Begun:
    """The first stops of a route, each as early as it can be if nothing waits, and what they cost at least."""

    refs: Order = ()
    place: int | None = None
    left_s: int = 0
    """When it left the last place, which it has to do to take breaks on the way."""
    rests: tuple[tuple[int, int], ...] = ()
    """Start and end of each break since then."""
    cost: int = 0
    done: frozenset[TaskRef] = field(default_factory=frozenset)

    @property
    def ready_s(self) -> int:
        return self.rests[-1][1] if self.rests else self.left_s


class EveryOrder:
    """Tries all orders of one courier's stops, but for those that begin in vain.

    Parameters
    ----------
    gaps
        Whether stops may have to wait for other routes, too.
    """

    def __init__(self, problem: Problem, courier: int, numbers: Sequence[int], *, gaps: bool = False) -> None:
        self._problem, self._number, self._numbers = problem, courier, tuple(numbers)
        self._courier = problem.couriers[courier]
        requests = [problem.requests[number] for number in numbers]
        self._any_bound = any(request.courier is not None for request in requests)
        self._waits = gaps or any(request.max_on_board_s is not None for request in requests)
        self._matrix = problem.matrices[self._courier.profile]
        self._needed: frozenset[TaskRef] = frozenset()
        ways = [way for request in requests for way in request.ways]
        # Then more stops never mean that there was less on board.
        self._adds_up = not any(task.unload for way in ways for task in way.loads) and not any(
            task.load for way in ways for task in way.unloads
        )

    def orders(self, below: Callable[[], int | None]) -> Iterator[tuple[int, Order]]:
        """Yield orders that begin with the frozen tasks, each with what it costs at least, if that is less than asked.

        `below` is asked all the time: it may fall.
        """
        for ways in product(*(range(len(self._problem.requests[number].ways)) for number in self._numbers)):
            by = dict(zip(self._numbers, ways, strict=True))
            if any(by[ref.request] != ref.way for ref in self._courier.frozen):
                continue
            needed = []
            for number, way in by.items():
                tasks = self._problem.requests[number].ways[way].tasks
                needed += [TaskRef(number, task, way) for task in range(len(tasks))]
            self._needed = frozenset(needed)
            moved = sum(
                request.move_cost
                for request in map(self._problem.requests.__getitem__, self._numbers)
                if request.previous not in (None, self._number)
            )
            begun = _Begun(
                place=self._courier.start,
                left_s=self._courier.shift.earliest_s,
                cost=self._courier.fixed_cost + moved,
            )
            yield from self._go_on(begun, below)

    def _go_on(self, begun: _Begun, below: Callable[[], int | None]) -> Iterator[tuple[int, Order]]:
        breaks = sum(ref.request == BREAK for ref in begun.refs)
        if len(begun.done) == len(self._needed) and breaks == len(self._courier.breaks):
            last = self._arrive(begun, self._courier.end)
            if last is not None and (cost := last[1] + self._late_cost(last[0])) < _limit(below, cost + 1):
                yield cost, begun.refs
        for ref in self._next(begun, breaks):
            extended = self._rest(begun, ref) if ref.request == BREAK else self._visit(begun, ref)
            if extended is None or self._is_in_vain(extended.refs):
                continue
            cost = extended.cost + self._late_cost(extended.ready_s)
            if cost < _limit(below, cost + 1):
                yield from self._go_on(extended, below)

    def _next(self, begun: _Begun, breaks: int) -> list[TaskRef]:
        """Return what may come next."""
        frozen = self._courier.frozen
        steps = [TaskRef(BREAK, breaks)] if breaks < len(self._courier.breaks) else []
        for number, reload in enumerate(self._courier.reloads):
            ref = TaskRef(RELOAD, number)
            if begun.refs.count(ref) < reload.times:
                steps.append(ref)
        if len(begun.done) < len(frozen):
            return [frozen[len(begun.done)], *steps]
        tasks = []
        for ref in sorted(self._needed - begun.done):
            loads = len(self._problem.way(ref).loads)
            own = [TaskRef(ref.request, load, ref.way) for load in range(loads)]
            if ref.task < loads or begun.done.issuperset(own):
                tasks.append(ref)
        return tasks + steps

    def _is_in_vain(self, refs: Order) -> bool:
        """Return whether the first stops alone break a rule that no stop after them can mend."""
        if any(Hold(self._problem, self._number, refs).faults) and self._adds_up:
            return True
        if any(stacking_faults(self._problem, self._number, refs)):
            return True
        last = refs[-1]
        if last.is_step or self._problem.requests[last.request].max_on_board_s is None:
            return False
        chain = Chain(self._problem, self._number, refs)
        return settle(self._problem, [chain], list(lags_on_board(self._problem, [chain]))) is not None

    def _rest(self, begun: _Begun, ref: TaskRef) -> _Begun | None:
        pause = self._courier.breaks[ref.task]
        start_s, late_s = start_in_windows(pause.windows, begun.ready_s)
        if late_s and not self._any_bound:
            return None
        return replace(
            begun,
            refs=(*begun.refs, ref),
            rests=(*begun.rests, (start_s, start_s + pause.duration_s)),
            cost=begun.cost + late_s * self._problem.breach_cost_per_s,
        )

    def _visit(self, begun: _Begun, ref: TaskRef) -> _Begun | None:
        target = self._courier.reloads[ref.task] if ref.is_step else self._problem.task(ref)
        bound = not ref.is_step and self._problem.requests[ref.request].courier is not None
        arrived = self._arrive(begun, target.place)
        if arrived is None:
            return None
        start_s, late_s = start_in_windows(target.windows, arrived[0])
        if late_s and not bound:
            return None
        service_s = target.service_s + (target.setup_s if begun.place not in (None, target.place) else 0)
        cost = arrived[1] + late_s * self._problem.breach_cost_per_s
        cost += service_s * self._courier.cost_per_service_s
        if isinstance(target, Task):
            cost += sum(delay.per_s * max(0, start_s - delay.after_s) for delay in target.delay_costs)
            cost += self._reorder_cost(begun, ref)
        return _Begun(
            refs=(*begun.refs, ref),
            place=target.place,
            left_s=start_s + service_s,
            cost=cost,
            done=begun.done if ref.is_step else begun.done | {ref},
        )

    def _arrive(self, begun: _Begun, place: int | None) -> tuple[int, int] | None:
        """Return when it is there, and what it has cost then at least; None where there is no way."""
        there_s, cost = begun.left_s, begun.cost
        if begun.place is not None and place is not None:
            leg = fastest(self._matrix, begun.place, place, begun.left_s)
            travel_s = leg.travel_s
            if self._waits:
                tables = (self._matrix.durations_s, *(later.durations_s for later in self._matrix.later))
                travel_s = min(int(table[begun.place, place]) for table in tables)
            if travel_s >= UNREACHABLE_S and not self._any_bound:
                return None
            there_s = leg.there_s
            cost += travel_s * self._courier.cost_per_s + leg.distance_m * self._courier.cost_per_m
        for start_s, end_s in begun.rests:
            there_s = max(there_s, start_s) + end_s - start_s
        return there_s, cost

    def _late_cost(self, now_s: int) -> int:
        """Return what it costs to be under way so late; more than anything where that is not allowed."""
        after_s = now_s - self._courier.shift.latest_s
        if after_s <= 0:
            return 0
        overrun_s = max(0, after_s - self._courier.overtime_s)
        if overrun_s and not self._any_bound:
            return 2**62
        overtime_s = after_s if self._courier.overtime_s else 0
        return overtime_s * self._courier.overtime_cost_per_s + overrun_s * self._problem.breach_cost_per_s

    def _reorder_cost(self, begun: _Begun, ref: TaskRef) -> int:
        previous = self._courier.previous
        if ref not in previous:
            return 0
        tasks = [done for done in begun.refs if not done.is_step]
        was_after = (None, *previous)[previous.index(ref)]
        return 0 if was_after == (tasks[-1] if tasks else None) else self._courier.reorder_cost


def _limit(below: Callable[[], int | None], otherwise: int) -> int:
    limit = below()
    return min(2**62, otherwise if limit is None else limit)
