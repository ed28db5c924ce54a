"""Judges a plan by the rules of its problem, all over again: nothing that makes plans is used here.

The rules are those at the top of `solver.problem`. The first fault is raised as a `PlanFault`, with one of the codes

    structure   COURIER_UNKNOWN COURIER_ORDER ROUTE_EMPTY TASK_UNKNOWN TASK_TWICE REQUEST_SPLIT REQUEST_INCOMPLETE
                REQUEST_MISSING REQUEST_TWICE LEFT_OUT_UNKNOWN LEFT_OUT_ORDER BOUND_LEFT_OUT BOUND_ELSEWHERE
                FROZEN_MOVED UNLOAD_BEFORE_LOAD SKILL_MISSING
    figures     PLACE_WRONG TIME_WRONG LATE_WRONG LOAD_WRONG TRAVEL_WRONG DISTANCE_WRONG OVERRUN_WRONG COST_WRONG
    limits      UNREACHABLE CAPACITY WINDOW_MISSED SHIFT_OVERRUN
    left out    FITS (only `check_left_out`)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement, permutations

from solver.errors import PlanFault
from solver.plan import Plan, Route
from solver.problem import UNREACHABLE_S, Problem, TaskRef


def check(problem: Problem, plan: Plan) -> None:
    """Raise the first fault of `plan`.

    Raises
    ------
    PlanFault
        The text names courier, stop and figures.
    """
    _check_structure(problem, plan)
    terms = dict.fromkeys(("left_out", "fixed", "travel", "distance", "delay", "breach"), 0)
    for route in plan.routes:
        drive = Drive(problem, route.courier, [stop.task for stop in route.stops])
        _check_figures(problem, route, drive)
        if drive.faults:
            code, text = drive.faults[0]
            raise PlanFault(code, text)
        for term, cost in drive.cost.items():
            terms[term] += cost
    for item in plan.left_out:
        terms["left_out"] += problem.requests[item.request].price
    for term, cost in terms.items():
        told = getattr(plan.cost, term)
        if told != cost:
            raise PlanFault(
                "COST_WRONG", f"the plan says {told} for {term}, its routes and left-out requests make {cost}"
            )


def check_left_out(problem: Problem, plan: Plan) -> None:
    """Raise if a request left out could be inserted somewhere, nothing else moved, at less than its price.

    Tries every courier, every order of the request's loads and of its unloads, and every position: slow, for tests.

    Raises
    ------
    PlanFault
        ``FITS``, with courier, order and costs.
    """
    routes: list[list[TaskRef]] = [[] for _ in problem.couriers]
    for route in plan.routes:
        routes[route.courier] = [stop.task for stop in route.stops]
    before = [Drive(problem, number, refs).total if refs else 0 for number, refs in enumerate(routes)]
    for item in plan.left_out:
        request = problem.requests[item.request]
        for number, courier in enumerate(problem.couriers):
            if not request.skills <= courier.skills:
                continue
            for refs in _insertions(problem, item.request, routes[number], len(courier.frozen)):
                drive = Drive(problem, number, refs)
                added = drive.total - before[number]
                if not drive.faults and added < request.price:
                    raise PlanFault(
                        "FITS",
                        f"request {item.request} ({request.id}) is left out at {request.price}, and courier {number} "
                        f"({courier.id}) could serve it for {added} by {_names(refs)}",
                    )


def _insertions(problem: Problem, number: int, refs: list[TaskRef], first_gap: int) -> Iterator[list[TaskRef]]:
    request = problem.requests[number]
    loads = [TaskRef(number, task) for task in range(len(request.loads))]
    unloads = [TaskRef(number, len(loads) + task) for task in range(len(request.unloads))]
    for load_order in permutations(loads):
        for unload_order in permutations(unloads):
            new = load_order + unload_order
            for gaps in combinations_with_replacement(range(first_gap, len(refs) + 1), len(new)):
                inserted = list(refs)
                for ref, gap in reversed(list(zip(new, gaps, strict=True))):
                    inserted.insert(gap, ref)
                yield inserted


@dataclass(slots=True)
class _Passed:
    """One stop as it must be."""

    place: int
    arrive_s: int
    start_s: int
    depart_s: int
    late_s: int
    load: tuple[int, ...]


@dataclass(slots=True)
class Drive:
    """One courier's tasks in order, driven through: figures, costs, and every limit that is broken on the way."""

    problem: Problem
    number: int
    refs: Sequence[TaskRef]
    passed: list[_Passed] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    cost: dict[str, int] = field(default_factory=dict)
    end_s: int = 0
    travel_s: int = 0
    distance_m: int = 0
    overrun_s: int = 0

    def __post_init__(self) -> None:
        courier = self.problem.couriers[self.number]
        clock_s, place, was_free = courier.shift.earliest_s, courier.start, False
        load = self._load_at_start()
        delay = late_s = 0
        for ref in self.refs:
            request = self.problem.requests[ref.request]
            task = (request.loads + request.unloads)[ref.task]
            free = request.courier is None
            clock_s += self._leg(place, task.place, free or was_free, ref)
            arrive_s = clock_s
            # The windows ascend: the first that is not over yet is the one to start in.
            ahead = [window for window in task.windows if window.latest_s >= arrive_s]
            start_s = max(arrive_s, ahead[0].earliest_s) if ahead else arrive_s
            missed_s = 0 if ahead else arrive_s - task.windows[-1].latest_s
            if missed_s and free:
                self._fault("WINDOW_MISSED", f"{self._at(ref)} starts at {start_s}, {missed_s} s after its last window")
            late_s += missed_s
            delay += sum(cost.per_s * (start_s - cost.after_s) for cost in task.delay_costs if start_s > cost.after_s)
            clock_s = start_s + task.service_s
            if place is not None and place != task.place:
                clock_s += task.setup_s
            for dimension, room in enumerate(courier.capacity):
                more = task.load[dimension] if task.load else 0
                more -= task.unload[dimension] if task.unload else 0
                load[dimension] += more
                if more > 0 and load[dimension] > room:
                    self._fault("CAPACITY", f"{self._at(ref)} makes load {load[dimension]} of {room} ({dimension})")
            self.passed.append(_Passed(task.place, arrive_s, start_s, clock_s, missed_s, tuple(load)))
            place, was_free = task.place, free
        if courier.end is not None:
            clock_s += self._leg(place, courier.end, was_free, None)
        self.end_s = clock_s
        self.overrun_s = max(0, clock_s - courier.shift.latest_s)
        if self.overrun_s and all(self.problem.requests[ref.request].courier is None for ref in self.refs):
            self._fault("SHIFT_OVERRUN", f"courier {self.number} ends at {clock_s}, after {courier.shift.latest_s}")
        self.cost = {
            "fixed": courier.fixed_cost,
            "travel": courier.cost_per_s * self.travel_s,
            "distance": courier.cost_per_m * self.distance_m,
            "delay": delay,
            "breach": self.problem.breach_cost_per_s * (late_s + self.overrun_s),
        }

    @property
    def total(self) -> int:
        """What the route costs."""
        return sum(self.cost.values())

    def _load_at_start(self) -> list[int]:
        """What is on board at the start; only what bound requests bring may exceed the capacity."""
        courier = self.problem.couriers[self.number]
        bound, unbound = [0] * len(courier.capacity), [0] * len(courier.capacity)
        for number in {ref.request for ref in self.refs}:
            request = self.problem.requests[number]
            for dimension in range(len(courier.capacity)):
                balance = 0
                for task in request.loads + request.unloads:
                    balance += task.unload[dimension] if task.unload else 0
                    balance -= task.load[dimension] if task.load else 0
                if balance > 0:
                    (unbound if request.courier is None else bound)[dimension] += balance
        both = [one + other for one, other in zip(bound, unbound, strict=True)]
        for dimension, room in enumerate(courier.capacity):
            if unbound[dimension] and both[dimension] > room:
                self._fault(
                    "CAPACITY", f"courier {self.number} starts with load {both[dimension]} of {room} ({dimension})"
                )
        return both

    def _leg(self, origin: int | None, destination: int, touches_free: bool, ref: TaskRef | None) -> int:
        if origin is None:
            return 0
        matrix = self.problem.matrices[self.problem.couriers[self.number].profile]
        leg_s = int(matrix.durations_s[origin, destination])
        self.travel_s += leg_s
        self.distance_m += int(matrix.distances_m[origin, destination])
        if leg_s >= UNREACHABLE_S and touches_free:
            where = self._at(ref) if ref else f"the end of courier {self.number}"
            self._fault("UNREACHABLE", f"there is no way to {where} from place {origin} to {destination}")
        return leg_s

    def _at(self, ref: TaskRef) -> str:
        return f"task {ref.task} of request {ref.request} ({self.problem.requests[ref.request].id}) on {self.number}"

    def _fault(self, code: str, text: str) -> None:
        self.faults.append((code, text))


def _check_figures(problem: Problem, route: Route, drive: Drive) -> None:
    for number, (stop, passed) in enumerate(zip(route.stops, drive.passed, strict=True)):
        for code, name in (
            ("PLACE_WRONG", "place"),
            ("TIME_WRONG", "arrive_s"),
            ("TIME_WRONG", "start_s"),
            ("TIME_WRONG", "depart_s"),
            ("LATE_WRONG", "late_s"),
            ("LOAD_WRONG", "load"),
        ):
            told, right = getattr(stop, name), getattr(passed, name)
            if told != right:
                raise PlanFault(code, f"stop {number} of courier {route.courier} has {name} {told}, not {right}")
    for code, name in (
        ("TIME_WRONG", "end_s"),
        ("TRAVEL_WRONG", "travel_s"),
        ("DISTANCE_WRONG", "distance_m"),
        ("OVERRUN_WRONG", "overrun_s"),
    ):
        told, right = getattr(route, name), getattr(drive, name)
        if told != right:
            name_of = problem.couriers[route.courier].id
            raise PlanFault(code, f"the route of courier {route.courier} ({name_of}) has {name} {told}, not {right}")


def _check_structure(problem: Problem, plan: Plan) -> None:
    last = -1
    carried_by: dict[int, int] = {}
    for route in plan.routes:
        if not 0 <= route.courier < len(problem.couriers):
            raise PlanFault("COURIER_UNKNOWN", f"there is no courier {route.courier}")
        if route.courier <= last:
            raise PlanFault("COURIER_ORDER", f"the route of courier {route.courier} comes after that of {last}")
        last = route.courier
        if not route.stops:
            raise PlanFault("ROUTE_EMPTY", f"courier {route.courier} has a route without stops")
        _check_order(problem, route, carried_by)
    told: set[int] = set()
    for item in plan.left_out:
        if any(not 0 <= number < len(problem.requests) for number in (item.request, *item.by)):
            raise PlanFault("LEFT_OUT_UNKNOWN", f"request {item.request} or one of {item.by} does not exist")
        request = problem.requests[item.request]
        if item.request in carried_by or item.request in told:
            raise PlanFault("REQUEST_TWICE", f"request {item.request} ({request.id}) is planned and left out, or twice")
        if told and item.request < max(told):
            raise PlanFault("LEFT_OUT_ORDER", f"request {item.request} is left out after request {max(told)}")
        if request.courier is not None:
            raise PlanFault("BOUND_LEFT_OUT", f"request {item.request} ({request.id}) is bound to {request.courier}")
        told.add(item.request)
    for number, request in enumerate(problem.requests):
        if number not in carried_by and number not in told:
            raise PlanFault("REQUEST_MISSING", f"request {number} ({request.id}) is neither planned nor left out")
    order = plan.sequences(len(problem.couriers))
    for number, courier in enumerate(problem.couriers):
        if order[number][: len(courier.frozen)] != courier.frozen:
            raise PlanFault("FROZEN_MOVED", f"courier {number} ({courier.id}) does not begin with its frozen stops")


def _check_order(problem: Problem, route: Route, carried_by: dict[int, int]) -> None:
    courier = problem.couriers[route.courier]
    done: dict[int, set[int]] = {}
    for number, stop in enumerate(route.stops):
        where = f"stop {number} of courier {route.courier} ({courier.id})"
        known = 0 <= stop.task.request < len(problem.requests)
        if not known or not 0 <= stop.task.task < len(problem.requests[stop.task.request].tasks):
            raise PlanFault("TASK_UNKNOWN", f"{where} is {stop.task}, which does not exist")
        request = problem.requests[stop.task.request]
        tasks = done.setdefault(stop.task.request, set())
        if stop.task.task in tasks:
            raise PlanFault("TASK_TWICE", f"{where} does {stop.task} a second time")
        if carried_by.setdefault(stop.task.request, route.courier) != route.courier:
            raise PlanFault("REQUEST_SPLIT", f"{where} does {stop.task}, of which another courier does a part")
        if stop.task.task >= len(request.loads) and not tasks.issuperset(range(len(request.loads))):
            raise PlanFault("UNLOAD_BEFORE_LOAD", f"{where} does {stop.task} before all loads of that request")
        if request.courier is None and not request.skills <= courier.skills:
            missing = ", ".join(sorted(request.skills - courier.skills))
            raise PlanFault("SKILL_MISSING", f"{where} does {stop.task}, which needs {missing}")
        if request.courier not in (None, route.courier):
            raise PlanFault("BOUND_ELSEWHERE", f"{where} does {stop.task}, bound to courier {request.courier}")
        tasks.add(stop.task.task)
    for request_number, tasks in done.items():
        if len(tasks) != len(problem.requests[request_number].tasks):
            raise PlanFault(
                "REQUEST_INCOMPLETE", f"courier {route.courier} does only tasks {sorted(tasks)} of {request_number}"
            )


def _names(refs: Sequence[TaskRef]) -> str:
    return " ".join(f"{ref.request}.{ref.task}" for ref in refs)


__all__ = ["Drive", "check", "check_left_out"]
