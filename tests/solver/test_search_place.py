"""The quick insertions of the search: one task, a load and its unload."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.flatten import flatten
from solver.insertion.friends import may_serve
from solver.insertion.insert import new_desk
from solver.insertion.routes import new_routes
from solver.insertion.survey import cheapest
from solver.problem import DelayCost, Matrix, Request, Task, Window
from solver.schedule import schedule
from solver.search.one import cost_of_one
from solver.search.place import put_at
from solver.search.recreate import cost_in
from solver.search.two import WAYS, cost_of_two
from solver.search.yard import COST, PLACES, VERSION, new_yard
from tests.solver.on_a_line import courier, delivery, drop, problem, refs
from tests.solver.strategies import problems, sequences
from tests.solver.wide_strategies import quick_features


class Bench:
    """A problem with routes to insert into."""

    def __init__(self, subject, start=None):
        self.problem = subject
        self.layout, self.routes = flatten(subject), new_routes(flatten(subject))
        self.desk = new_desk(self.layout)
        begin_routes(subject, self.layout, self.routes, self.desk, start)
        self.answer = np.zeros(2, np.int64)
        self.ways = np.zeros((self.layout.tasks + 1, WAYS), np.int64)

    def kind(self, request):
        """Return what finds the cost of a request, or None."""
        tasks, loads = self.layout.request[request, [f.TASKS, f.LOADS]]
        if tasks == 1:
            return self.one
        return self.two if (tasks, loads) == (2, 1) else None

    def one(self, request, courier=0, limit=f.FAR):
        """Return the cost of a request of one task."""
        return cost_of_one(self.layout, self.routes, request, courier, limit, self.answer)

    def two(self, request, courier=0, limit=f.FAR):
        """Return the cost of a request of a load and an unload."""
        return cost_of_two(self.layout, self.routes, request, courier, limit, self.answer, self.ways)

    def known(self, row, courier=0, *, limit=f.FAR):
        """Return the cost of a request, in the way of a row, with all that counts wherever it goes; it is noted."""
        yard = new_yard(self.layout, self.routes, frozen=[], seed=1)
        known = yard.known[row, courier]
        cost = cost_in(self.layout, self.routes, self.desk, yard, row, courier, limit, known)
        assert known[COST] == cost
        assert (known[VERSION] == self.routes.route[courier, f.VERSION]) == (cost < limit or limit == f.FAR)
        return cost

    def put(self, request, courier=0):
        """Insert a request where it was last found to be cheapest, and return the order of the route."""
        put_at(self.layout, self.routes, self.desk, request, courier, self.answer)
        return order_of(self.layout, self.routes, courier)


def without_shortcuts(subject):
    """Return a problem whose ways are never longer than a way round."""
    matrices = []
    for matrix in subject.matrices:
        seconds = matrix.durations_s.astype(np.int64)
        for via in range(len(seconds)):
            seconds = np.minimum(seconds, seconds[:, via, None] + seconds[None, via])
        metres = np.zeros_like(seconds)
        matrices.append(Matrix(durations_s=seconds, distances_m=metres))
    return replace(subject, matrices=tuple(matrices))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most_requests=6, most_tasks=2), st.data())
def test_they_find_the_best_there_is(subject, data):
    """Where no way round is a shortcut; and they cost what they say."""
    subject = without_shortcuts(subject)
    bench = Bench(subject, data.draw(sequences(subject)))
    for request in range(len(subject.requests)):
        find = bench.kind(request)
        if find is None or bench.routes.courier_of[request] >= 0:
            continue
        for crew in np.flatnonzero(bench.layout.eligible[request]).tolist():
            exact = cheapest(bench.layout, bench.routes, bench.desk, request, np.array([crew]))[1]
            assert find(request, crew) == exact
            if exact < f.FAR:
                assert find(request, crew, exact) == exact
                assert find(request, crew, exact + 1) == exact
                before = int(bench.routes.route[crew, f.COST])
                bench.put(request, crew)
                assert bench.routes.route[crew, [f.FAULT, f.COST]].tolist() == [-1, before + exact]
                break


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most_requests=6, most_tasks=2), st.data())
def test_with_shortcuts_they_may_miss_the_best_but_break_nothing(subject, data):
    """What is found is allowed, and priced right."""
    bench = Bench(subject, data.draw(sequences(subject)))
    for request in range(len(subject.requests)):
        find = bench.kind(request)
        if find is None or bench.routes.courier_of[request] >= 0:
            continue
        for crew in np.flatnonzero(bench.layout.eligible[request]).tolist():
            cost = find(request, crew)
            assert cost >= cheapest(bench.layout, bench.routes, bench.desk, request, np.array([crew]))[1]
            if cost < f.FAR:
                before = int(bench.routes.route[crew, f.COST])
                bench.put(request, crew)
                assert bench.routes.route[crew, [f.FAULT, f.COST]].tolist() == [-1, before + cost]
                break


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(wide=True, features=quick_features, most_requests=6, most_tasks=3), st.data())
def test_in_each_way_with_all_that_counts_wherever_it_goes(subject, data):
    """What is found is the best there is, whatever the kind of request; it costs what was said."""
    subject = without_shortcuts(subject)
    bench = Bench(subject, data.draw(sequences(subject, wide=True)))
    assert not bench.layout.wide
    yard = new_yard(bench.layout, bench.routes, frozen=[], seed=1)
    for request in bench.layout.leaders.tolist():
        ways = range(request, request + int(bench.layout.request[request, f.WAYS]))
        pairs = [(row, crew) for row in ways for crew in np.flatnonzero(bench.layout.eligible[row]).tolist()]
        for row, crew in pairs:
            if bench.routes.courier_of[request] >= 0 or not may_serve(bench.layout, bench.routes, request, crew):
                continue
            exact = cheapest(bench.layout, bench.routes, bench.desk, row, np.array([crew]))[1]
            for limit in (f.FAR, exact, min(exact + 1, f.FAR)):
                found = cost_in(bench.layout, bench.routes, bench.desk, yard, row, crew, limit, yard.known[row, crew])
                assert found == min(exact, limit)
            if exact < f.FAR:
                before = int(bench.routes.route[crew, f.COST])
                put_at(bench.layout, bench.routes, bench.desk, row, crew, yard.known[row, crew, PLACES:])
                assert bench.routes.route[crew, [f.FAULT, f.COST]].tolist() == [-1, before + exact]


def test_one_task_goes_where_the_detour_is_least():
    """Between 2 and 6 at no cost, for it lies on the way; behind 6 its window is over."""
    requests = [drop("a", 2), drop("b", 6), drop("c", 4, windows=(Window(latest_s=50),))]
    bench = Bench(problem([courier()], requests), (refs("0.0 1.0"),))
    assert bench.one(2) == 0
    assert bench.put(2) == refs("0.0 2.0 1.0")


def test_what_is_brought_along_leaves_room_for_frozen_stops():
    """Two units fit beside the one that is loaded first in a vehicle of three, and not in one of two."""
    frozen = delivery("f", 1, 2, amount=(1,), courier=0)
    for room, cost in ((3, 0), (2, f.FAR)):
        crew = courier(capacity=(room,), frozen=refs("0.0"))
        subject = problem([crew], [frozen, drop("d", 2, unload=(2,))], dimensions=("units",))
        bench = Bench(subject, (refs("0.0 0.1"),))
        assert bench.one(1) == cost


def test_what_makes_others_late_is_priced():
    """Three seconds of service before a drop that costs 5 for each second after 60."""
    late = drop("b", 6, delay_costs=(DelayCost(after_s=60, per_s=5),))
    bench = Bench(problem([courier()], [late, drop("c", 4, service_s=3)]), (refs("0.0"),))
    assert bench.one(1) == 15
    assert bench.put(1) == refs("1.0 0.0")


def test_a_load_and_its_unload_may_be_far_apart():
    """Taken up at 1 and brought to 5, on the way over 3."""
    requests = [drop("a", 3), drop("b", 7), delivery("c", 1, 5)]
    bench = Bench(problem([courier()], requests), (refs("0.0 1.0"),))
    assert bench.two(2) == 0
    assert bench.put(2) == refs("2.0 0.0 2.1 1.0")


def test_no_more_goes_on_board_than_fits():
    """With room for one, c cannot ride along with a."""
    requests = [delivery("a", 2, 6, amount=(1,)), delivery("c", 3, 5, amount=(1,))]
    for room, cost in ((1, 50), (2, 0)):
        crew = courier(capacity=(room,))
        bench = Bench(problem([crew], requests, dimensions=("boxes",)), (refs("0.0 0.1"),))
        assert bench.two(1) == cost
        order = bench.put(1)
        plan = schedule(bench.problem, (order,))
        assert plan.cost.travel == 60 + cost


@pytest.mark.parametrize("latest_s", [39, 40])
def test_a_route_that_would_end_late_is_no_place(latest_s):
    """From 0 over 4: 40 s."""
    bench = Bench(problem([courier(latest_s=latest_s)], [drop("a", 4, price=10**6)]))
    assert (bench.one(0) < f.FAR) == (latest_s == 40)


def test_set_up_is_paid_once_at_a_place():
    """Of two tasks side by side, each a unit for every second until it starts, the second starts at 40 + 30."""
    requests = [drop(name, 4, setup_s=30, delay_costs=(DelayCost(after_s=0, per_s=1),)) for name in "ab"]
    bench = Bench(problem([courier()], requests), (refs("0.0"),))
    assert bench.one(1) == 70


def test_what_costs_wherever_it_goes_counts_on_top():
    """Of one task, of two, of three: 10 s further, 2 for each of 4 s of service, 7 for a move."""
    couriers = [courier("a", cost_per_service_s=2), courier("b")]
    stops = [Task(place=1), Task(place=2), Task(place=3, service_s=4)]
    for first in range(3):
        loads, unloads = tuple(stops[first:2]), tuple(stops[2:])
        x = Request(id="x", loads=loads, unloads=unloads, price=99, previous=1, move_cost=7)
        bench = Bench(problem(couriers, [drop("a", 2), x]), (refs("0.0"),))
        # Loads at 1 and 2 are on the way, before and after the drop there.
        assert [bench.known(1, limit=limit) for limit in (24, 25, 26, f.FAR)] == [24, 25, 25, 25]


@pytest.mark.parametrize(("most", "costs"), [(3, [0, 0]), (2, [0, f.FAR]), (1, [f.FAR, f.FAR])])
def test_a_route_that_has_enough_tasks_is_no_place(most, costs):
    """Of one, for one more and for two more."""
    requests = [drop("a", 9), drop("b", 3), delivery("c", 4, 5)]
    bench = Bench(problem([courier(max_tasks=most)], requests), (refs("0.0"),))
    assert [bench.known(row) for row in (1, 2)] == costs
    assert [bench.known(row, limit=5) for row in (1, 2)] == [min(cost, 5) for cost in costs]


@pytest.mark.parametrize(("room", "cost"), [(2, f.FAR), (3, 20)])
def test_the_room_for_what_is_taken_along_at_the_unload_of_any_way(room, cost):
    """One unit has been loaded before; another is, and then two are for it: 1 + 2 beside each other."""
    ways = tuple((Task(place=place, load=(1,)),) for place in (9, 3))
    exchange = (Task(place=4, load=(2,), unload=(1,)),)
    requests = [
        Request(id="a", loads=(Task(place=2, load=(1,)),), price=9),
        Request(id="x", loads=ways[0], other_loads=ways[1:], unloads=exchange, price=99),
    ]
    bench = Bench(problem([courier(capacity=(room,))], requests, dimensions=("kg",)), (refs("0.0"),))
    assert bench.two(2) == cost
