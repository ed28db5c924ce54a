"""The terms of the objective, one test a term, with figures worked out by hand."""

import pytest

from dispatch.errors import ModelError
from dispatch.objective import CourierFacts, DeliveryFacts, Objective, Terms
from solver.problem import DelayCost

NONE = Objective(left_out=0, late_s=0, ready_to_door_s=0, courier_s=0, courier_m=0, overtime_s=0, change=0)


def test_left_out() -> None:
    """Two deliveries never made at 500 each."""
    facts = [DeliveryFacts(ready_s=0, due_s=10, door_s=None)] * 2
    assert Objective(left_out=500).score(facts, [], changes=0) == Terms(left_out=1_000)


def test_late() -> None:
    """40 s late at 60 a second; one that is early does not make up for it."""
    facts = [DeliveryFacts(ready_s=100, due_s=60, door_s=100), DeliveryFacts(ready_s=50, due_s=100, door_s=50)]
    assert Objective(late_s=60).score(facts, [], changes=0) == Terms(late=2_400)


def test_ready_to_door() -> None:
    """300 s from packed to door at 3 a second."""
    facts = [DeliveryFacts(ready_s=100, due_s=1_000, door_s=400)]
    assert Objective(ready_to_door_s=3).score(facts, [], changes=0) == Terms(ready_to_door=900)


def test_courier_seconds() -> None:
    """70 s of driving at 10 a second."""
    assert Objective(courier_s=10, courier_m=0).score(
        [], [CourierFacts(driving_s=70, distance_m=500)], changes=0
    ) == Terms(courier_s=700)


def test_courier_metres() -> None:
    """500 m at 2 a metre."""
    assert Objective(courier_s=0, courier_m=2).score(
        [], [CourierFacts(driving_s=70, distance_m=500)], changes=0
    ) == Terms(courier_m=1_000)


def test_overtime() -> None:
    """120 s past the shift at 60 a second."""
    crew = CourierFacts(driving_s=0, distance_m=0, overtime_s=120)
    assert Objective(overtime_s=60).score([], [crew], changes=0) == Terms(overtime=7_200)


def test_change() -> None:
    """Three moves at 300 each."""
    assert Objective(change=300).score([], [], changes=3) == Terms(change=900)


def test_total_adds_up_all_terms() -> None:
    """Powers of two show that each term counts once."""
    terms = Terms(left_out=1, late=2, ready_to_door=4, courier_s=8, courier_m=16, overtime=32, change=64)
    assert terms.total == 127


def test_delay_costs_start_after_now() -> None:
    """What has passed already is no plan's fault: a deadline in the past counts from now on."""
    costs = Objective(late_s=60, ready_to_door_s=3).delay_costs(ready_s=900, due_s=2_000, now_s=1_000)
    assert costs == (DelayCost(after_s=0, per_s=3), DelayCost(after_s=1_000, per_s=60))


def test_a_weight_of_zero_makes_no_deadline() -> None:
    """A term that costs nothing is not put into the problem."""
    assert NONE.delay_costs(ready_s=0, due_s=0, now_s=0) == ()


@pytest.mark.parametrize("value", [-1, 1_000_000_001, True, 1.5, "60"])
def test_a_senseless_weight_is_refused(value: object) -> None:
    """The error names the field and its bounds."""
    with pytest.raises(ModelError, match=r"objective\.late_s.*0 to 1000000000"):
        Objective(late_s=value)  # type: ignore[arg-type]
