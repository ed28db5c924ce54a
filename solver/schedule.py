"""Times, loads and costs of given task orders: the reference for every engine.

The rules stand at the top of `solver.problem`. This module only counts: whether what it counts is allowed is the
checker's question (`solver.check`), which does not use this code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from solver.plan import Cost, LeftOut, Plan, Reason, Route, Stop
from solver.problem import (
    BREAK,
    FOREVER_S,
    Courier,
    Matrix,
    Problem,
    Reload,
    Request,
    Sequences,
    Task,
    TaskRef,
    Window,
)


def schedule(
    problem: Problem, sequences: Sequences, *, left_out: tuple[LeftOut, ...] = (), engine: str = "", work: int = 0
) -> Plan:
    """Time the given orders of tasks, each task as early as it can be, and price them.

    Parameters
    ----------
    sequences
        One tuple of tasks, breaks and reloads per courier, in the order of `Problem.couriers`.
    left_out
        Requests left out, with reasons. A request that is neither here nor in `sequences` is added as
        ``Reason.NOT_FOUND``.

    Returns
    -------
    Plan
        A task that is too late for its last window starts on arrival and has that lateness as `Stop.late_s`, a route
        that outlasts its shift has an `Route.overrun_s`; both are priced at `Problem.breach_cost_per_s`. That a
        task or courier may be late at all is not judged here. Couriers with nothing but breaks and reloads have no
        route. Goods that cannot but be on board for too long, and gaps that cannot be kept, are left as they are.
    """
    busy = tuple(refs if any(not ref.is_step for ref in refs) else () for refs in sequences)
    routes = _Waiting(problem, busy).routes()
    told = {item.request for item in left_out}
    planned = {ref.request for refs in busy for ref in refs}
    silent = (r for r in range(len(problem.requests)) if r not in told and r not in planned)
    everything_left = left_out + tuple(LeftOut(request=r, reason=Reason.NOT_FOUND) for r in silent)
    everything_left = tuple(sorted(everything_left, key=lambda item: item.request))
    return Plan(
        routes=routes,
        left_out=everything_left,
        cost=_cost(problem, routes, everything_left),
        engine=engine,
        work=work,
    )


def on_board_at_start(requests: Iterable[Request], dimensions: int) -> tuple[int, ...]:
    """Return what the courier of `requests` sets off with, per dimension: what they take off but never put on.

    Of requests with alternatives, the first way counts; only the rest of a request that is partly on board differs.
    """
    on_board = [0] * dimensions
    for request in requests:
        for dimension in range(dimensions):
            on_board[dimension] += max(0, -_balance(request.tasks, dimension))
    return tuple(on_board)


def start_in_windows(windows: Sequence[Window], arrive_s: int) -> tuple[int, int]:
    """Return when a task starts on arrival at `arrive_s`, and how late that is for its last window."""
    for window in windows:
        if arrive_s <= window.latest_s:
            return max(arrive_s, window.earliest_s), 0
    return arrive_s, arrive_s - windows[-1].latest_s


def task_duration_s(task: Task | Reload, came_from: int | None) -> int:
    """Return set-up and service seconds; set-up only on coming from another place.

    A courier that appears at its first stop (`came_from` is None) comes from nowhere and pays no set-up.
    """
    another_place = came_from is not None and came_from != task.place
    return task.service_s + (task.setup_s if another_place else 0)


def travel(matrix: Matrix, origin: int, destination: int, leave_s: int) -> tuple[int, int]:
    """Return seconds until arrival of a courier that may leave at `leave_s`, and how many of them it travels.

    It waits for a later hour where it arrives sooner that way.
    """
    seconds = int(matrix.durations_s[origin, destination])
    until_s = travelled_s = -1
    for later in (None, *matrix.later):
        if later is not None:
            if later.from_s <= leave_s:
                until_s = -1
            seconds = int(later.durations_s[origin, destination])
        wait_s = 0 if later is None else max(0, later.from_s - leave_s)
        if until_s < 0 or wait_s + seconds < until_s:
            until_s, travelled_s = wait_s + seconds, seconds
    return until_s, travelled_s


def _balance(tasks: Iterable[Task], dimension: int) -> int:
    """Return how much of a dimension tasks leave on board; negative if they take off more than they put on."""
    return sum(
        (task.load[dimension] if task.load else 0) - (task.unload[dimension] if task.unload else 0) for task in tasks
    )


class _Waiting:
    """Finds the earliest starts: those of each route alone, then ever later ones until time on board and gaps hold."""

    def __init__(self, problem: Problem, sequences: Sequences) -> None:
        self._problem = problem
        self._sequences = sequences
        self._not_before_s: dict[TaskRef, int] = {}

    def routes(self) -> tuple[Route, ...]:
        drives = self._drive()
        first = drives
        rounds = self._rounds(drives)
        last_change_s = self._last_change_s(drives)
        left = rounds
        while left:
            raised = self._raise(drives)
            if raised is None:
                break
            if not raised:
                return _routes(self._problem, drives)
            left = rounds if min(raised) <= last_change_s else left - 1
            drives = self._drive()
        self._not_before_s.clear()
        return _routes(self._problem, first)

    def _drive(self) -> list[_Drive | None]:
        return [
            _Drive(self._problem, number, refs, self._not_before_s) if refs else None
            for number, refs in enumerate(self._sequences)
        ]

    def _rounds(self, drives: list[_Drive | None]) -> int:
        """Return how many rounds are enough.

        In each, starts are made as late as those of the round before ask for: with n of them, n rounds are enough
        unless a start goes on from one window to the next.
        """
        windows = [several for drive in drives if drive is not None for several in drive.windows]
        return (len(windows) + 1) * (sum(len(several) - 1 for several in windows) + 1)

    def _last_change_s(self, drives: list[_Drive | None]) -> int:
        """Return up to when they may not be enough: what cannot be kept now may be at an hour of shorter ways."""
        moments = [later.from_s for drive in drives if drive is not None for later in drive.matrix.later]
        if not moments:
            return -1
        windows = [window for drive in drives if drive is not None for several in drive.windows for window in several]
        moments += [moment_s for window in windows for moment_s in (window.earliest_s, window.latest_s)]
        return max(moment_s for moment_s in moments if moment_s < FOREVER_S)

    def _raise(self, drives: list[_Drive | None]) -> list[int] | None:
        """Say which tasks must wait, and return up to when; None if one would wait for ever."""
        stops = {stop.task: stop for drive in drives if drive is not None for stop in drive.stops}
        raised = []
        for ref, earliest_s in self._asked(stops):
            stop = stops[ref]
            if stop.start_s >= earliest_s:
                continue
            if earliest_s > self._problem.task(ref).windows[-1].latest_s:
                return None
            self._not_before_s[ref] = max(self._not_before_s.get(ref, 0), earliest_s)
            raised.append(earliest_s)
        return raised

    def _asked(self, stops: dict[TaskRef, Stop]) -> Iterable[tuple[TaskRef, int]]:
        """Yield tasks and the moments that they may not start before."""
        for unload, stop in stops.items():
            if unload.is_step:
                continue
            request = self._problem.requests[unload.request]
            if request.max_on_board_s is None or request.courier is not None:
                continue
            loads = len(self._problem.way(unload).loads)
            for load in range(loads if unload.task >= loads else 0):
                ref = TaskRef(unload.request, load, unload.way)
                if ref in stops:
                    yield ref, stop.start_s - request.max_on_board_s - stops[ref].depart_s + stops[ref].start_s
        for gap in self._problem.gaps:
            if gap.first in stops and gap.second in stops:
                first, second = stops[gap.first], stops[gap.second]
                yield gap.second, first.depart_s + gap.least_s
                if gap.most_s is not None:
                    yield gap.first, second.start_s - gap.most_s - first.depart_s + first.start_s


@dataclass(slots=True)
class _Total:
    """What a route adds up to."""

    travel_s: int = 0
    distance_m: int = 0


class _Drive:
    """One courier's tasks in order, each as early as it can be and not before what is asked."""

    def __init__(
        self, problem: Problem, number: int, refs: Sequence[TaskRef], not_before_s: dict[TaskRef, int]
    ) -> None:
        self._problem = problem
        self._refs = refs
        self._courier = courier = problem.couriers[number]
        self.matrix = problem.matrices[courier.profile]
        self._clock_s, self._place = courier.shift.earliest_s, courier.start
        self.total = _Total()
        self.number = number
        self.stops: list[Stop] = []
        self.windows: list[tuple[Window, ...]] = []
        self._load = self._load_from(0)
        self._way_s = 0  # still to go to the next stop
        for position, ref in enumerate(refs):
            if ref.request == BREAK:
                self._rest(position, ref)
            else:
                self._visit(position, ref, not_before_s.get(ref, 0))
        if courier.end is not None:
            self._set_off(len(refs), courier.end)
            self._clock_s += self._way_s
        self.end_s = self._clock_s

    def _set_off(self, position: int, place: int) -> None:
        """Leave for a place, unless a break before `position` has seen to it."""
        if (position and self._refs[position - 1].request == BREAK) or self._place is None:
            return
        self._way_s, seconds = travel(self.matrix, self._place, place, self._clock_s)
        self.total.travel_s += seconds
        self.total.distance_m += int(self.matrix.distances_m[self._place, place])

    def _next_place(self, position: int) -> int | None:
        """Return where the courier goes from `position` on."""
        for ref in self._refs[position:]:
            if ref.request != BREAK:
                return self._target(ref).place
        return self._courier.end

    def _target(self, ref: TaskRef) -> Task | Reload:
        return self._courier.reloads[ref.task] if ref.is_step else self._problem.task(ref)

    def _rest(self, position: int, ref: TaskRef) -> None:
        pause = self._courier.breaks[ref.task]
        place = self._next_place(position)
        if place is not None:
            self._set_off(position, place)
        arrive_s = self._clock_s
        start_s, late_s = start_in_windows(pause.windows, arrive_s)
        self.windows.append(pause.windows)
        self._way_s -= min(self._way_s, start_s - arrive_s)
        self._clock_s = start_s + pause.duration_s
        self._stop(ref, -1, arrive_s, start_s, late_s)

    def _visit(self, position: int, ref: TaskRef, not_before_s: int) -> None:
        target = self._target(ref)
        self._set_off(position, target.place)
        arrive_s = self._clock_s + self._way_s
        start_s, late_s = start_in_windows(target.windows, max(arrive_s, not_before_s))
        self.windows.append(target.windows)
        self._clock_s = start_s + task_duration_s(target, self._place)
        self._place, self._way_s = target.place, 0
        if isinstance(target, Reload):
            self._load = self._load_from(position + 1)
        else:
            self._load = _after(target, self._load)
        self._stop(ref, target.place, arrive_s, start_s, late_s)

    def _stop(self, ref: TaskRef, place: int, arrive_s: int, start_s: int, late_s: int) -> None:
        self.stops.append(
            Stop(
                task=ref,
                place=place,
                arrive_s=arrive_s,
                start_s=start_s,
                depart_s=self._clock_s,
                late_s=late_s,
                load=self._load,
                too_long_s=self._too_long_s(ref, start_s),
            )
        )

    def _too_long_s(self, ref: TaskRef, start_s: int) -> int:
        """Return how much longer than allowed goods that are unloaded have been on board, all loads counted."""
        request = None if ref.is_step else self._problem.requests[ref.request]
        if request is None or request.max_on_board_s is None or ref.task < len(self._problem.way(ref).loads):
            return 0
        loads = len(self._problem.way(ref).loads)
        own = (stop for stop in self.stops if stop.task.request == ref.request and stop.task.task < loads)
        return sum(max(0, start_s - stop.depart_s - request.max_on_board_s) for stop in own)

    def _load_from(self, position: int) -> tuple[int, ...]:
        """Return what is on board at the start, or after the reload before `position`."""
        problem, refs = self._problem, self._refs
        done, ahead = refs[:position], refs[position:]
        reloads = [number for number, ref in enumerate(ahead) if ref.is_step and ref.request != BREAK]
        in_trip = {ref.request for ref in (ahead[: reloads[0]] if reloads else ahead)}
        to_come = {ref.request for ref in ahead}
        ways = {ref.request: problem.way(ref) for ref in refs if not ref.is_step}
        load = [0] * len(problem.dimensions)
        for number, way in ways.items():
            from_start = problem.requests[number].courier is not None or way.loads
            # What is loaded for a trip is there for that trip only; the rest as long as a task of the request is ahead.
            if number not in (to_come if from_start else in_trip):
                continue
            before = [way.tasks[ref.task] for ref in done if ref.request == number]
            for dimension in range(len(load)):
                load[dimension] += max(0, -_balance(way.tasks, dimension)) + _balance(before, dimension)
        return tuple(load)


def _after(task: Task, load: tuple[int, ...]) -> tuple[int, ...]:
    put_on = task.load or (0,) * len(load)
    taken_off = task.unload or (0,) * len(load)
    return tuple(was + more - less for was, more, less in zip(load, put_on, taken_off, strict=True))


def _routes(problem: Problem, drives: Iterable[_Drive | None]) -> tuple[Route, ...]:
    routes = []
    for drive in drives:
        if drive is None:
            continue
        courier = problem.couriers[drive.number]
        after_s = max(0, drive.end_s - courier.shift.latest_s)
        routes.append(
            Route(
                courier=drive.number,
                stops=tuple(drive.stops),
                end_s=drive.end_s,
                travel_s=drive.total.travel_s,
                distance_m=drive.total.distance_m,
                overrun_s=max(0, after_s - courier.overtime_s),
                overtime_s=after_s if courier.overtime_s else 0,
            )
        )
    return tuple(routes)


def _cost(problem: Problem, routes: tuple[Route, ...], left_out: tuple[LeftOut, ...]) -> Cost:
    crews = [(route, problem.couriers[route.courier]) for route in routes]
    stops = [stop for route in routes for stop in route.stops]
    breach_s = sum(stop.late_s + stop.too_long_s for stop in stops) + sum(route.overrun_s for route in routes)
    left = (problem.requests[item.request] for item in left_out)
    return Cost(
        left_out=sum(request.price for request in left if request.courier is None),
        fixed=sum(courier.fixed_cost for _, courier in crews),
        travel=sum(route.travel_s * courier.cost_per_s for route, courier in crews),
        distance=sum(route.distance_m * courier.cost_per_m for route, courier in crews),
        delay=sum(_delay_cost(problem.task(stop.task), stop.start_s) for stop in stops if not stop.task.is_step),
        breach=breach_s * problem.breach_cost_per_s,
        service=sum(_service_s(route) * courier.cost_per_service_s for route, courier in crews),
        overtime=sum(route.overtime_s * courier.overtime_cost_per_s for route, courier in crews),
        change=sum(_change_cost(problem, route, courier) for route, courier in crews),
    )


def _delay_cost(task: Task, start_s: int) -> int:
    return sum(delay.per_s * max(0, start_s - delay.after_s) for delay in task.delay_costs)


def _service_s(route: Route) -> int:
    """Return seconds of set-up and service, at reloads too."""
    return sum(stop.depart_s - stop.start_s for stop in route.stops if stop.task.request != BREAK)


def _change_cost(problem: Problem, route: Route, courier: Courier) -> int:
    """Return what is paid for other couriers and other orders than before."""
    refs = [stop.task for stop in route.stops if not stop.task.is_step]
    cost = 0
    for number in {ref.request for ref in refs}:
        request = problem.requests[number]
        if request.previous is not None and request.previous != route.courier:
            cost += request.move_cost
    if courier.reorder_cost:
        followed = dict(zip(courier.previous, (None, *courier.previous), strict=False))
        for before, ref in zip((None, *refs), refs, strict=False):
            if ref in followed and followed[ref] != before:
                cost += courier.reorder_cost
    return cost
