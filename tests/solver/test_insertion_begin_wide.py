"""Routes to begin with where a start has ways, breaks, reloads, relations and gaps, by hand."""

import numpy as np
import pytest

from solver.insertion import fields as f
from solver.insertion.begin import begin_routes, order_of
from solver.insertion.desk import new_desk
from solver.insertion.flatten import flatten
from solver.insertion.routes import new_routes
from solver.problem import Break, DelayCost, Gap, Matrix, Reload, Request, Task
from tests.solver.on_a_line import between, courier, delivery, drop, problem, refs, words

pytestmark = pytest.mark.usefixtures("interpreter")


def begin(couriers, requests, *start, **rest):
    """Return the layout and the routes that insertion begins with, which break no rule."""
    made = problem(couriers, requests, **rest)
    layout = flatten(made)
    routes = new_routes(layout)
    begin_routes(made, layout, routes, new_desk(layout), tuple(refs(text) for text in start) if start else None)
    assert (routes.route[:, f.FAULT] == -1).all()
    assert routes.track[f.TOTAL, f.OTHERS] == f.KEEP
    return layout, routes


def begun(couriers, requests, *start, **rest):
    """Return the orders that insertion begins with, and check who is said to do what, in which way."""
    layout, routes = begin(couriers, requests, *start, **rest)
    orders = [order_of(layout, routes, number) for number in range(len(couriers))]
    served = {ref.request: (number, ref.way) for number, order in enumerate(orders) for ref in order if not ref.is_step}
    for number, leader in enumerate(layout.leaders.tolist()):
        courier_of, way = served.get(number, (-1, None))
        assert routes.courier_of[leader] == courier_of
        assert way in (None, routes.way_of[leader] - leader)
    return [words(order) for order in orders]


def ways(name="w", **rest):
    """Return a request that is loaded at 1, or at 2 and 3, and unloaded at 4."""
    return Request(
        id=name,
        loads=(Task(place=1),),
        other_loads=((Task(place=2), Task(place=3)),),
        unloads=(Task(place=4),),
        price=9,
        **rest,
    )


def test_a_request_is_taken_in_the_way_of_the_start():
    """Whole, and all of it in one."""
    assert begun([courier()], [ways()], "0.0 0.1") == ["0.0 0.1"]
    assert begun([courier()], [ways()], "0.0/1 0.1/1 0.2/1") == ["0.0/1 0.1/1 0.2/1"]


@pytest.mark.parametrize("start", ["0.0 0.1/1", "0.0/1 0.1/1", "0.0/1 0.1/1 0.2", "0.0/2 0.1/2", "0.0/-1 0.1/-1"])
def test_of_a_request_in_no_way_nothing_is_taken(start):
    """Mixed, in part, unknown."""
    assert begun([courier()], [ways(), drop("x", 1)], f"{start} 1.0") == ["1.0"]


def test_a_bound_request_goes_in_in_its_first_way():
    """Or in the way that the start has, or in the one that has begun."""
    assert begun([courier()], [ways(courier=0)]) == ["0.0 0.1"]
    assert begun([courier()], [ways(courier=0)], "0.0/1 0.1/1 0.2/1") == ["0.0/1 0.1/1 0.2/1"]
    begun_with = courier(frozen=refs("0.0/1"))
    assert begun([begun_with], [ways(courier=0)]) == ["0.0/1 0.1/1 0.2/1"]
    assert begun([begun_with], [ways(courier=0)], "0.0 0.1") == ["0.0/1 0.1/1 0.2/1"]


def rest(earliest_s=0, latest_s=10_000, **others):
    """Return a break of 30 s."""
    return Break(windows=between(earliest_s, latest_s), duration_s=30, **others)


def test_everyone_has_breaks_to_begin_with():
    """Also who has nothing to do, and without a start: in order."""
    crew = [courier("a", breaks=(rest(), rest())), courier("b"), courier("c", breaks=(rest(),))]
    assert begun(crew, [drop("x", 1)]) == ["break.0 break.1", "", "break.0"]
    assert begun(crew, [drop("x", 1)], "", "0.0") == ["break.0 break.1", "0.0", "break.0"]


def test_breaks_are_where_the_start_has_them():
    """Those that it lacks are where they cost least, in order."""
    crew = [courier(breaks=(rest(), rest()))]
    requests = [drop("x", 1), drop("y", 2, delay_costs=(DelayCost(after_s=20, per_s=1),))]
    assert begun(crew, requests, "0.0 break.0 1.0 break.1") == ["0.0 break.0 1.0 break.1"]
    assert begun(crew, requests, "0.0 1.0") == ["0.0 1.0 break.0 break.1"]
    assert begun(crew, requests, "0.0 break.1 1.0") == ["break.0 0.0 break.1 1.0"]


def test_steps_that_a_courier_may_not_make_are_left_aside():
    """Breaks out of order or for the second time, unknown ones, and reloads too often."""
    crew = [courier(breaks=(rest(), rest()), reloads=(Reload(place=3, times=2),))]
    assert begun(crew, [drop("x", 1)], "break.1 0.0 break.0") == ["break.0 break.1 0.0"]
    assert begun(crew, [drop("x", 1)], "break.0 break.0 0.0 break.1 break.1") == ["break.0 0.0 break.1"]
    assert begun(crew, [drop("x", 1)], "break.0 break.1 break.2 reload.1 0.0") == ["break.0 break.1 0.0"]
    assert begun(crew, [drop("x", 1)], "break.0 break.1 reload.0 0.0 reload.0 reload.0") == [
        "break.0 break.1 reload.0 0.0 reload.0"
    ]


def test_a_break_that_is_too_late_has_requests_make_way():
    """The one worth least first: at 30 from place 3 it is over, from 2 it is not."""
    crew = [courier(breaks=(rest(0, 20),))]
    requests = [drop("x", 2, price=5), drop("y", 3, price=4)]
    assert begun(crew, requests, "0.0 1.0 break.0") == ["0.0 break.0"]
    assert begun(crew, requests, "0.0 break.0 1.0") == ["0.0 break.0 1.0"]


def test_a_break_with_too_much_on_board_has_requests_make_way():
    """The one that is on board."""
    crew = [courier(capacity=(2,), breaks=(rest(max_load=(0,)),))]
    requests = [delivery("x", 1, 2, amount=(1,)), drop("y", 3, price=2_000)]
    assert begun(crew, requests, "0.0 break.0 0.1 1.0", dimensions=("kg",)) == ["break.0 1.0"]
    assert begun(crew, requests, "0.0 0.1 break.0 1.0", dimensions=("kg",)) == ["0.0 0.1 break.0 1.0"]


def test_who_cannot_take_a_break_in_time_does_nothing():
    """Unless it has to: then the break is late."""
    crew = [courier(earliest_s=100, breaks=(rest(0, 50),))]
    assert begun(crew, [drop("x", 1)], "0.0") == ["break.0"]
    assert begun(crew, [drop("x", 1, courier=0), drop("y", 2)], "1.0") == ["break.0 0.0 1.0"]


def test_a_reload_outside_its_windows_is_taken_out():
    """It is at 3 at 30; nothing else goes with it."""
    crew = [courier(reloads=(Reload(place=3, windows=between(0, 29)), Reload(place=4)))]
    assert begun(crew, [drop("x", 1), drop("y", 5)], "0.0 reload.0 reload.1 1.0") == ["0.0 reload.1 1.0"]


def test_with_a_reload_two_trips_fit_without_it_one():
    """Of two parcels of two units, with room for two, the last one goes."""
    requests = [drop("x", 1, unload=(2,)), drop("y", 2, unload=(2,))]
    crew = [courier(capacity=(2,), reloads=(Reload(place=0),))]
    assert begun(crew, requests, "0.0 reload.0 1.0", dimensions=("kg",)) == ["0.0 reload.0 1.0"]
    assert begun(crew, requests, "0.0 1.0", dimensions=("kg",)) == ["0.0"]


def test_for_a_late_end_requests_make_way_before_reloads():
    """A reload is worth nothing, and stays as long as there is another; without tasks the route has no end."""
    crew = [courier(latest_s=70, reloads=(Reload(place=5),))]
    assert begun(crew, [drop("x", 3), drop("y", 1)], "0.0 reload.0 1.0") == ["0.0 reload.0"]
    assert begun([courier(latest_s=40, reloads=(Reload(place=5),))], [drop("x", 3)], "0.0 reload.0") == ["reload.0"]


def test_steps_among_frozen_stops_stay_there():
    """Whatever else the start says, unless it has the frozen stops in another order."""
    crew = [courier(frozen=refs("0.0 1.0"), breaks=(rest(),), reloads=(Reload(place=3),))]
    requests = [drop("x", 1, courier=0), drop("y", 2, courier=0), drop("z", 3)]
    assert begun(crew, requests, "0.0 break.0 reload.0 1.0 2.0") == ["0.0 break.0 reload.0 1.0 2.0"]
    assert begun(crew, requests, "2.0 1.0 break.0 reload.0 0.0") == ["0.0 1.0 2.0 break.0 reload.0"]
    layout, routes = begin(crew, requests, "0.0 break.0 1.0 reload.0 2.0")
    assert routes.route[0, f.FIRST_GAP] == 1
    layout, routes = begin([courier(breaks=(rest(),))], requests[2:], "break.0")
    assert routes.route[0, f.FIRST_GAP] == layout.tasks


def test_bound_requests_that_begin_again_have_their_breaks():
    """One after the other there is room, as without a break."""
    crew = [courier(capacity=(1,), breaks=(rest(),), reloads=(Reload(place=3),))]
    requests = [delivery(name, 1, 2, amount=(1,), courier=0) for name in "ab"]
    answer = begun(crew, requests, "0.0 1.0 break.0 0.1 reload.0 1.1", dimensions=("kg",))
    assert answer == ["break.0 0.0 0.1 1.0 1.1"]


def test_of_those_on_two_couriers_that_belong_to_one_the_first_goes():
    """Then there is no conflict any more; one that is bound stays, and two may be apart."""
    couriers = [courier("a"), courier("b")]
    rule = {"same_courier": ((0, 1),)}
    assert begun(couriers, [drop("x", 1), drop("y", 2)], "0.0", "1.0", **rule) == ["", "1.0"]
    assert begun(couriers, [drop("x", 1, courier=0), drop("y", 2)], "0.0", "1.0", **rule) == ["0.0", ""]
    both = [drop("x", 1, courier=0), drop("y", 2, courier=1)]
    assert begun(couriers, both, "0.0", "1.0", **rule) == ["0.0", "1.0"]
    assert begun(couriers, [drop("x", 1), drop("y", 2)], "0.0 1.0", **rule) == ["0.0 1.0", ""]


def test_of_those_that_are_never_together_the_first_goes():
    """Of three, the first two."""
    rule = {"never_together": ((0, 1, 2),)}
    requests = [drop("x", 1), drop("y", 2), drop("z", 3)]
    assert begun([courier()], requests, "0.0 1.0 2.0", **rule) == ["2.0"]
    assert begun([courier("a"), courier("b")], requests, "0.0 2.0", "1.0", **rule) == ["2.0", "1.0"]


DURATIONS = np.array([[0, 10, 90], [90, 0, 10], [90, 90, 0]])
NO_STREET = {"matrices": (Matrix(durations_s=DURATIONS, distances_m=DURATIONS),)}
"""Place 2 is 20 s away over place 1, and 90 s straight."""


def gaps(*pairs, least_s=0, most_s=None):
    """Return gaps between the requests of one task of each pair."""
    pairs = [(refs(f"{one}.0")[0], refs(f"{other}.0")[0]) for one, other in pairs]
    return {"gaps": tuple(Gap(first=one, second=other, least_s=least_s, most_s=most_s) for one, other in pairs)}


def test_what_cannot_stay_without_those_taken_out_goes_with_them():
    """Without the stop at 1, the one at 2 is late."""
    requests = [drop("x", 1), drop("y", 2, windows=between(0, 20)), drop("z", 2)]
    couriers = [courier("a"), courier("b")]
    rule = {"same_courier": ((0, 2),)}
    assert begun(couriers, requests, "0.0 1.0", "2.0", **rule, **NO_STREET) == ["", "2.0"]
    assert begun(couriers, requests, "0.0 1.0", **gaps((2, 0)), **NO_STREET) == ["", ""]
    in_vain = gaps((2, 0), least_s=100, most_s=101)
    requests[0] = drop("x", 1, windows=between(0, 50))
    assert begun(couriers, requests, "0.0 1.0", "2.0", **in_vain, **NO_STREET) == ["", "2.0"]


def test_a_second_without_its_first_is_taken_out():
    """And the one that is second to it; a first may be alone."""
    requests = [drop("x", 1), drop("y", 2), drop("z", 3), drop("u", 4)]
    couriers = [courier("a"), courier("b")]
    assert begun(couriers, requests, "1.0 2.0", "3.0", **gaps((0, 1), (1, 2))) == ["", "3.0"]
    assert begun(couriers, requests, "2.0 1.0", "3.0", **gaps((0, 3), (3, 2))) == ["1.0", ""]
    assert begun(couriers, requests, "0.0 3.0", "1.0", **gaps((0, 1), (1, 2))) == ["0.0 3.0", "1.0"]


def test_routes_of_the_start_wait_for_each_other():
    """The second 50 s after the first."""
    _, routes = begin(
        [courier("a"), courier("b")], [drop("x", 1), drop("y", 2)], "1.0", "0.0", **gaps((0, 1), least_s=50)
    )
    assert routes.stop[:2, f.START].tolist() == [10, 60]


def test_if_any_wait_in_vain_all_seconds_are_taken_out():
    """y is over before it may begin; v could be kept, and is not looked at."""
    requests = [drop("x", 1), drop("y", 2, windows=between(0, 59)), drop("u", 3), drop("v", 4)]
    couriers = [courier("a"), courier("b")]
    apart = gaps((0, 1), (2, 3), least_s=50)
    assert begun(couriers, requests, "0.0 2.0", "1.0 3.0", **apart) == ["0.0 2.0", ""]
    in_time = gaps((0, 1), (2, 3), least_s=49)
    assert begun(couriers, requests, "0.0 2.0", "1.0 3.0", **in_time) == ["0.0 2.0", "1.0 3.0"]


def test_a_circle_is_never_kept():
    """Each waits for the other."""
    requests = [drop("x", 1), drop("y", 2)]
    assert begun([courier("a"), courier("b")], requests, "0.0", "1.0", **gaps((0, 1), (1, 0), least_s=1)) == ["", ""]
