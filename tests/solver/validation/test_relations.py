"""Sets of requests and gaps name what there is."""

import dataclasses

import pytest

from solver.problem import Gap, TaskRef
from tests.solver.on_a_line import courier, delivery, drop, problem
from tests.solver.validation.refused import WAYS, refused


@pytest.mark.parametrize("name", ["same_courier", "never_together"])
def test_sets_of_requests_are_checked(name):
    """They exist, each once."""
    requests = [drop("a", 1), drop("b", 2)]
    refused(f"/{name}/1/0", "names request 2, and there are 2", [], requests, **{name: ((0, 1), (2,))})
    refused(f"/{name}/0/1", "names request -1", [], requests, **{name: ((0, -1),)})
    refused(f"/{name}/0/2", "names request 0 a second time", [], requests, **{name: ((0, 1, 0),)})
    problem([], requests, **{name: ((0, 1), (1, 0), ())})


@pytest.mark.parametrize(
    ("at", "words", "changes"),
    [
        ("/first", "names request 9", {"first": TaskRef(9, 0)}),
        ("/second", "names task 1 of request 1, which has 1", {"second": TaskRef(1, 1)}),
        ("/second", "names way 1 of request 1", {"second": TaskRef(1, 0, 1)}),
        ("/first", "names request 2, which is bound", {"first": TaskRef(2, 0)}),
        ("/second", "names request 3, which has alternatives", {"second": TaskRef(3, 0)}),
        ("", "has both tasks of request 0", {"second": TaskRef(0, 1)}),
        ("/least_s", "is -1", {"least_s": -1}),
        ("/most_s", "is 4, less than least_s, 5", {"least_s": 5, "most_s": 4}),
    ],
)
def test_gaps_are_checked(at, words, changes):
    """Between tasks of two requests that are not bound and have no alternatives."""
    requests = [delivery("a", 1, 2), drop("b", 1), drop("c", 1, courier=0), WAYS]
    gap = Gap(first=TaskRef(0, 0), second=TaskRef(1, 0), least_s=5, most_s=5)
    refused(f"/gaps/1{at}", words, [courier()], requests, gaps=(gap, dataclasses.replace(gap, **changes)))
    problem([courier()], requests, gaps=(gap,))
