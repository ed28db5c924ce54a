"""What a solver answers."""

from solver.plan import Cost, LeftOut, Plan, Reason, Route, Stop
from tests.solver.on_a_line import refs


def test_the_total_is_the_sum_of_all_terms():
    """Each term once."""
    assert Cost(left_out=1, fixed=2, travel=4, distance=8, delay=16, breach=32).total == 63
    assert Cost().total == 0


def test_sequences_are_a_plan_without_times():
    """One order per courier, empty for those without a route."""
    stops = tuple(
        Stop(task=ref, place=0, arrive_s=0, start_s=0, depart_s=0, late_s=0, load=()) for ref in refs("1.0 1.1")
    )
    route = Route(courier=1, stops=stops, end_s=0, travel_s=0, distance_m=0)
    plan = Plan(routes=(route,), left_out=(LeftOut(request=0, reason=Reason.NOT_FOUND),), cost=Cost())
    assert plan.sequences(3) == ((), refs("1.0 1.1"), ())


def test_reasons_read_as_words():
    """They are written into files as they are."""
    assert [str(reason) for reason in Reason] == ["impossible", "crowded_out", "not_worth_its_price", "not_found"]
