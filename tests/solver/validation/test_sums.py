"""No sum that an engine forms is larger than 64 bits hold."""

import dataclasses

import numpy as np

from solver.problem import UNREACHABLE_S, Break, DelayCost, LaterTravel, Matrix, Reload
from tests.solver.on_a_line import courier, drop, problem
from tests.solver.validation.refused import later, refused


def test_what_does_not_fit_64_bits_is_refused():
    """Whatever term of the cost it is."""
    dear = [drop("a", 1, price=2**59)]
    refused("", "prices of leaving out may add up to 576460752303423488", [], dear)
    refused("", "fixed costs", [courier(fixed_cost=2**60)], [])
    refused("", "travel costs", [courier(cost_per_s=2**54)], [drop("a", 1)])
    refused("", "distance costs", [courier(cost_per_m=2**54)], [drop("a", 1)])
    late = drop("a", 1, delay_costs=(DelayCost(after_s=0, per_s=2**57),))
    refused("", "delay costs", [courier()], [late])
    refused("", "breach costs", [courier()], [drop("a", 1, courier=0)], breach_cost_per_s=2**56)
    refused("", "loads", [courier(capacity=(2**61,))], [], dimensions=("kg",))


def test_a_way_that_does_not_exist_is_no_overflow():
    """Bound tasks may have to travel it."""
    durations = np.full((10, 10), UNREACHABLE_S, np.int64)
    matrix = Matrix(durations_s=durations, distances_m=durations)
    problem([courier()], [drop(f"r{n}", n, courier=0) for n in range(10)], matrices=(matrix,))


def test_what_steps_and_changes_add_up_to_is_refused():
    """Whatever term of the cost it is."""
    slow = drop("a", 1, service_s=2**20)
    refused("", "service costs", [courier(cost_per_service_s=2**40)], [slow])
    refused("", "service costs", [courier(cost_per_service_s=2**40, reloads=(Reload(place=0, setup_s=2**20),))], [])
    refused("", "overtime costs", [courier(overtime_cost_per_s=2**54)], [drop("a", 1)])
    refused("", "costs of change", [courier()], [drop("a", 1, move_cost=2**58)])
    refused("", "costs of change", [courier(reorder_cost=2**58)], [drop("a", 1)])
    refused("", "travel costs", [courier(cost_per_s=2**40)], [drop("a", 1)], matrices=(later(2**40),))
    refused("", "breach costs", [courier(breaks=(Break(duration_s=2**55),))], [drop("a", 1, courier=0)])


def test_what_many_reloads_add_up_to_is_counted():
    """Service by service, and way by way."""
    often = courier(cost_per_m=2**40, reloads=(Reload(place=0, times=1_000),))
    problem([dataclasses.replace(often, reloads=())], [drop("a", 1)])
    refused("", "distance costs", [dataclasses.replace(often, cost_per_m=2**44)], [drop("a", 1)])


def test_a_way_that_does_not_exist_at_some_hour_is_no_overflow():
    """Bound tasks may have to travel it."""
    durations = np.full((10, 10), UNREACHABLE_S, np.int64)
    matrix = Matrix(durations_s=durations, distances_m=durations, later=(LaterTravel(from_s=9, durations_s=durations),))
    problem([courier()], [drop(f"r{n}", n, courier=0) for n in range(10)], matrices=(matrix,))
