"""Couriers, their breaks and their reloads, field by field."""

import dataclasses

import pytest

from solver.problem import FOREVER_S, Break, Reload, Window
from tests.solver.on_a_line import courier
from tests.solver.validation.refused import refused


@pytest.mark.parametrize(
    ("at", "words", "changes"),
    [
        ("/shift", "before it begins", {"shift": Window(earliest_s=2, latest_s=1)}),
        ("/shift", "give seconds from 0", {"shift": Window(earliest_s=-1, latest_s=1)}),
        ("/shift", "give seconds from 0", {"shift": Window(latest_s=FOREVER_S + 1)}),
        ("/profile", "is 1, and there are 1", {"profile": 1}),
        ("/profile", "is -1", {"profile": -1}),
        ("/start", "is 10", {"start": 10}),
        ("/end", "is -1", {"end": -1}),
        ("/capacity", "2 entries where the problem has 0", {"capacity": (1, 2)}),
        ("/fixed_cost", "is -1", {"fixed_cost": -1}),
        ("/cost_per_s", "is -1", {"cost_per_s": -1}),
        ("/cost_per_m", "is -1", {"cost_per_m": -1}),
        ("/cost_per_service_s", "is -1", {"cost_per_service_s": -1}),
        ("/overtime_s", "is -1", {"overtime_s": -1}),
        ("/overtime_s", "give seconds up to", {"overtime_s": FOREVER_S + 1}),
        ("/overtime_cost_per_s", "is -1", {"overtime_cost_per_s": -1}),
        ("/max_tasks", "is -1", {"max_tasks": -1}),
        ("/max_travel_s", "is -1", {"max_travel_s": -1}),
        ("/max_distance_m", "is -1", {"max_distance_m": -1}),
        ("/reorder_cost", "is -1", {"reorder_cost": -1}),
    ],
)
def test_couriers_are_checked(at, words, changes):
    """Field by field."""
    refused(f"/couriers/1{at}", words, [courier(), dataclasses.replace(courier("d"), **changes)], [])


def test_capacity_is_not_negative():
    """Per dimension."""
    refused("/couriers/0/capacity/1", "is -1", [courier(capacity=(1, -1))], [], dimensions=("a", "b"))


@pytest.mark.parametrize(
    ("at", "words", "changes"),
    [
        ("/windows", "is empty", {"windows": ()}),
        ("/windows/0", "before it begins", {"windows": (Window(earliest_s=2, latest_s=1),)}),
        ("/windows/1", "not after 5", {"windows": (Window(latest_s=5), Window(earliest_s=5, latest_s=9))}),
        ("/duration_s", "is -1", {"duration_s": -1}),
        ("/max_load", "1 entries where the problem has 2", {"max_load": (1,)}),
        ("/max_load/1", "is -1", {"max_load": (0, -1)}),
    ],
)
def test_breaks_are_checked(at, words, changes):
    """Field by field."""
    crew = [courier(capacity=(1, 1), breaks=(Break(max_load=(0, 0)), Break(**changes)))]
    refused(f"/couriers/0/breaks/1{at}", words, crew, [], dimensions=("kg", "l"))


@pytest.mark.parametrize(
    ("at", "words", "changes"),
    [
        ("/place", "is 10", {"place": 10}),
        ("/place", "is -1", {"place": -1}),
        ("/windows", "is empty", {"windows": ()}),
        ("/windows/0", "give seconds from 0", {"windows": (Window(earliest_s=-1),)}),
        ("/service_s", "is -1", {"service_s": -1}),
        ("/setup_s", "is -1", {"setup_s": -1}),
        ("/times", "is -1", {"times": -1}),
        ("/times", "give at most 1000", {"times": 1_001}),
    ],
)
def test_reloads_are_checked(at, words, changes):
    """Field by field."""
    reload = dataclasses.replace(Reload(place=1), **changes)
    refused(f"/couriers/0/reloads/1{at}", words, [courier(reloads=(Reload(place=0), reload))], [])
