"""The quick insertions of the search: one task, a load and its unload."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.insert import new_desk
from solver.insertion.layout import flatten
from solver.insertion.routes import new_routes
from solver.insertion.survey import cheapest
from solver.problem import DelayCost, Matrix, Window
from solver.schedule import schedule
from solver.search.one import cost_of_one
from solver.search.place import put_at
from solver.search.two import WAYS, cost_of_two
from tests.solver.on_a_line import courier, delivery, drop, problem, refs
from tests.solver.strategies import problems, sequences


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
