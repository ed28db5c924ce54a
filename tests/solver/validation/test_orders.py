"""Frozen stops and the plan before name tasks that there are, in an order that can be."""

import dataclasses

import pytest

from solver.problem import BREAK, Break, Reload, TaskRef
from tests.solver.on_a_line import courier, delivery, drop, problem, refs
from tests.solver.validation.refused import WAYS, refused


@pytest.mark.parametrize(
    ("frozen", "position", "words"),
    [
        ("9.0", 0, "names request 9"),
        ("0.2", 0, "names task 2 of request 0, which has 2"),
        ("0.0 1.0", 1, "not bound to courier 0"),
        ("2.0", 0, "not bound to courier 0"),
        ("0.0 0.0", 1, "a second time"),
        ("0.1", 0, "before all of its loads"),
    ],
)
def test_frozen_stops_are_checked(frozen, position, words):
    """They exist, once, bound to this courier, loads before unloads."""
    requests = [delivery("a", 1, 2, courier=0), delivery("b", 1, 2), delivery("c", 1, 2, courier=1)]
    couriers = [courier(frozen=refs(frozen)), courier("d")]
    refused(f"/couriers/0/frozen/{position}", words, couriers, requests)


def test_negative_numbers_do_not_count_from_the_end():
    """As they would in a tuple."""
    requests = [delivery("a", 1, 2, courier=0)]
    refused("/couriers/0/frozen/0", "request -1", [courier(frozen=(TaskRef(-1, 0),))], requests)
    refused("/couriers/0/frozen/0", "task -1", [courier(frozen=(TaskRef(0, -1),))], requests)


@pytest.mark.parametrize(
    ("frozen", "position", "words"),
    [
        ("0.0/2", 0, "names way 2 of request 0, which has 2"),
        ("0.2", 0, "names task 2 of request 0, which has 2"),
        ("0.0/1 0.1", 1, "names way 0 of request 0 after way 1"),
        ("0.0/1 0.2/1", 1, "before all of its loads"),
        ("0.0/1 0.0/1", 1, "a second time"),
        ("break.0", 0, "names request -1"),
    ],
)
def test_frozen_stops_name_one_way(frozen, position, words):
    """One that there is."""
    bound = dataclasses.replace(WAYS, courier=0)
    refused(f"/couriers/0/frozen/{position}", words, [courier(frozen=refs(frozen), breaks=(Break(),))], [bound])
    problem([courier(frozen=refs("0.0/1 0.1/1 0.2/1"))], [bound])


def test_no_way_is_below_zero():
    """As it would be in a tuple."""
    refused("/couriers/0/previous/0", "names way -1", [courier(previous=(TaskRef(0, 0, -1),))], [WAYS])


@pytest.mark.parametrize(
    ("previous", "position", "words"),
    [
        ("9.0", 0, "names request 9"),
        ("0.0 0.2", 1, "names task 2 of request 0, which has 2"),
        ("0.0/2", 0, "names way 2"),
        ("0.0 1.0 0.0", 2, "a second time"),
        ("reload.0", 0, f"names request {BREAK - 1}"),
    ],
)
def test_the_order_before_is_checked(previous, position, words):
    """Of tasks, each once; of requests that may be bound to others now."""
    made = [WAYS, drop("a", 1, courier=1)]
    couriers = [courier(previous=refs(previous), reloads=(Reload(place=0),)), courier("d")]
    refused(f"/couriers/0/previous/{position}", words, couriers, made)
    problem([courier(previous=refs("1.0 0.0/1")), courier("d")], made)
