"""What a problem must not contradict."""

from solver.problem import Courier, Problem, Request, Task, Window
from tests.solver.on_a_line import courier, delivery, drop, problem, refs
from tests.solver.validation.refused import refused


def test_an_empty_problem_is_allowed():
    """No couriers, no requests, no matrices."""
    Problem(matrices=(), couriers=(), requests=())
    Problem(matrices=(), couriers=(Courier(id="c", shift=Window()),), requests=())


def test_ids_are_there_and_differ():
    """Among requests, among couriers, among dimensions; not between them."""
    refused("/requests/1", "id 'a' of /requests/0", [], [drop("a", 1), drop("a", 2)])
    refused("/couriers/1", "id 'c' of /couriers/0", [courier(), courier()], [])
    refused("/requests/0", "empty id", [], [drop("", 1)])
    refused("/dimensions/1", "id 'kg'", [], [], dimensions=("kg", "kg"))
    problem([courier("same")], [drop("same", 1)])


def test_bound_requests_fit_into_their_courier():
    """In some order; else no plan could keep them."""
    heavy = delivery("a", 1, 2, amount=(3,), courier=0)
    refused("/couriers/0/capacity", "in no order", [courier(capacity=(2,))], [heavy], dimensions=("kg",))
    both = [delivery(name, 1, 2, amount=(2,), courier=0) for name in "ab"]
    problem([courier(capacity=(2,))], both, dimensions=("kg",))
    frozen = courier(capacity=(2,), frozen=refs("0.0 1.0"))
    refused("/couriers/0/capacity", "raise it", [frozen], both, dimensions=("kg",))


def test_breaches_cost_no_less_than_nothing():
    """Else being late would pay."""
    refused("/breach_cost_per_s", "is -1", [], [], breach_cost_per_s=-1)


def test_costs_are_told_in_parts_or_wholes():
    """Never in nothing."""
    refused("/cost_scale", "is 0: give 1 or more", [], [], cost_scale=0)
    problem([], [], cost_scale=18_000)


def test_times_are_told_in_seconds_or_in_units_of_some():
    """Of one second or more, and not of so many that a few units are more than any time."""
    refused("/time_scale", "is 0: give 1 to 1000000, or none where seconds are seconds", [], [], time_scale=0)
    refused("/time_scale", "is 1000001: give 1 to 1000000", [], [], time_scale=1_000_001)
    for scale in (None, 1, 1_000_000):
        problem([], [], time_scale=scale)


def test_bound_requests_fit_by_the_way_that_is_frozen():
    """The first takes 1 kg at once, the second 3."""
    request = Request(
        id="r",
        loads=(Task(place=1, load=(1,)),),
        unloads=(Task(place=2, unload=(1,)),),
        other_loads=((Task(place=1, load=(3,)),),),
        courier=0,
    )
    problem([courier(capacity=(1,), frozen=refs("0.0"))], [request], dimensions=("kg",))
    crew = [courier(capacity=(1,), frozen=refs("0.0/1"))]
    refused("/couriers/0/capacity", "in no order", crew, [request], dimensions=("kg",))
