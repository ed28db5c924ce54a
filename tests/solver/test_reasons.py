"""Why a request is left out, and the figures that say so."""

import pytest

from solver.plan import Reason
from solver.problem import UNREACHABLE_S, Matrix, Request, Task, Window
from solver.reasons import explain_left_out
from tests.solver.on_a_line import courier, delivery, drop, problem, refs, street

COLD, VAN = frozenset({"cold"}), frozenset({"van"})


def told(couriers, requests, *orders, **rest):
    """Return reason, detail and who is in the way of the last request, which is left out of a plan."""
    made = problem(couriers, requests, **rest)
    (item,) = explain_left_out(made, tuple(refs(text) for text in orders), [len(requests) - 1])
    assert item.request == len(requests) - 1
    return item.reason, item.detail, item.by


def impossible(couriers, *requests, **rest):
    """Return what is missing to serve the last request, with no other planned."""
    reason, detail, by = told(couriers, list(requests), *("" for _ in couriers), **rest)
    assert (reason, by) == (Reason.IMPOSSIBLE, ())
    return detail


def test_without_couriers_nothing_is_possible():
    """Whatever the request."""
    assert impossible([], drop("a", 1)) == "there is no courier"


def test_missing_skills_are_named():
    """Of the courier that has most of them."""
    couriers = [courier("a"), courier("b", skills=COLD)]
    request = drop("x", 1, skills=COLD | VAN)
    assert impossible(couriers[:1], drop("x", 1, skills=VAN)) == "no courier has skill van"
    assert impossible(couriers, request) == "no courier has every skill; courier b comes closest and lacks skill van"


def test_skills_spread_over_couriers_are_missing_all_the_same():
    """Nobody has both, and the first of equals is named."""
    couriers = [courier("a", skills=VAN), courier("b", skills=COLD)]
    detail = impossible(couriers, drop("x", 1, skills=COLD | VAN))
    assert detail == "no courier has every skill; courier a comes closest and lacks skill cold"


def test_missing_room_is_counted():
    """What does not fit the roomiest courier that has the skills; what is not missing is not named."""
    couriers = [
        courier("a", capacity=(2, 9)),
        courier("b", capacity=(3, 9), skills=VAN),
        courier("c", capacity=(9, 9)),
    ]
    request = delivery("x", 1, 2, amount=(5, 9), skills=VAN)
    detail = impossible(couriers, request, dimensions=("kg", "l"))
    assert detail == "courier b, the roomiest, has no room for 2 kg of it"
    request = delivery("x", 1, 2, amount=(10, 11))
    detail = impossible(couriers, request, dimensions=("kg", "l"))
    assert detail == "courier c, the roomiest, has no room for 1 kg and 2 l of it"


def test_all_that_is_loaded_must_fit_at_once():
    """Loads add up before the first unload."""
    both = Request(id="x", loads=(Task(place=1, load=(2,)), Task(place=3, load=(3,))), price=9)
    detail = impossible([courier(capacity=(4,))], both, dimensions=("kg",))
    assert detail == "courier c, the roomiest, has no room for 1 kg of it"


@pytest.mark.parametrize(
    ("crew", "request_", "late_s"),
    [
        (courier(), drop("x", 5, windows=(Window(latest_s=30),)), 20),
        (courier(earliest_s=7), drop("x", 5, windows=(Window(latest_s=30),)), 27),
        (courier(latest_s=45), drop("x", 5), 5),
        (courier(latest_s=45), drop("x", 4, service_s=9), 4),
        (courier(latest_s=45, end=0), drop("x", 3), 15),
        (courier(latest_s=45), delivery("x", 5, 3), 25),
        (courier(), delivery("x", 5, 3, latest_s=55), 15),
        (courier(latest_s=50), delivery("x", 5, 3, latest_s=55), 15 + 20),
    ],
)
def test_missing_time_is_counted(crew, request_, late_s):
    """10 s a place: after the last window, after the shift, or both, with nothing else to do."""
    assert impossible([crew], request_) == f"courier c, the fastest, would be {late_s} s late with nothing else to do"


def test_the_fastest_courier_is_named():
    """Of those with the skill: b, 20 s away, which its bound request does not hold up here; c would be in time."""
    couriers = [courier("a", skills=COLD), courier("b", start=9, skills=COLD), courier("c", start=7)]
    requests = [drop("tied", 9, courier=1, service_s=500), drop("x", 7, windows=(Window(latest_s=5),), skills=COLD)]
    answer = told(couriers, requests, "", "0.0", "")
    assert answer == (Reason.IMPOSSIBLE, "courier b, the fastest, would be 15 s late with nothing else to do", ())


def test_a_way_that_is_none_is_told():
    """From the only start there is."""
    durations = street().durations_s.copy()
    durations[:, 5] = UNREACHABLE_S
    broken = (Matrix(durations_s=durations, distances_m=street().distances_m),)
    assert impossible([courier()], drop("x", 5), matrices=broken) == "no courier has a way to all of its places"


def test_crowded_out_by_those_on_the_route():
    """45 s are enough for place 4 or for place 3 and back to 2, not for both."""
    requests = [delivery("a", 3, 2), drop("x", 4)]
    answer = told([courier(latest_s=45)], requests, "0.0 0.1")
    assert answer == (Reason.CROWDED_OUT, "courier c could serve it for 40 with nothing else to do", (0,))


def test_crowded_out_of_a_full_vehicle():
    """One of two units is taken; the price of serving it alone has the fixed cost in it."""
    requests = [drop("a", 3, unload=(1,)), drop("x", 4, unload=(2,))]
    answer = told([courier(capacity=(2,), fixed_cost=7)], requests, "0.0", dimensions=("kg",))
    assert answer == (Reason.CROWDED_OUT, "courier c could serve it for 47 with nothing else to do", (0,))


def test_not_worth_its_price():
    """50 s away for 50 is not worth it: a tie does not pay; the cheapest courier is named."""
    couriers = [courier("a"), courier("b", start=2, fixed_cost=30)]
    answer = told(couriers, [drop("x", 5, price=50)], "", "")
    assert answer == (
        Reason.NOT_WORTH_ITS_PRICE,
        "courier a, the cheapest, could serve it for 50; its price is 50",
        (),
    )


def test_what_fits_and_pays_was_not_found():
    """On the way of a route, it costs a detour of 20 from place 4 to 5 and back."""
    answer = told([courier(end=0)], [drop("a", 4), drop("x", 5, price=21)], "0.0")
    assert answer == (Reason.NOT_FOUND, "courier c, the cheapest, could serve it for 20; its price is 21", ())


def test_answers_come_in_order_of_requests():
    """Each once; none where nothing is asked."""
    made = problem([courier(latest_s=45)], [drop("a", 9), drop("b", 4, price=5), drop("c", 8)])
    answers = explain_left_out(made, ((),), [2, 1, 0, 1])
    assert [(item.request, item.reason) for item in answers] == [
        (0, Reason.IMPOSSIBLE),
        (1, Reason.NOT_WORTH_ITS_PRICE),
        (2, Reason.IMPOSSIBLE),
    ]
    assert explain_left_out(made, ((),), []) == ()
