"""The judge: a plan that keeps all rules passes, and each way to break one is told by its code."""

import dataclasses

import numpy as np
import pytest

from solver.check import check, check_left_out
from solver.errors import PlanFault
from solver.plan import Cost, LeftOut, Plan, Reason, Stop
from solver.problem import UNREACHABLE_S, DelayCost, Matrix, Request, Task, TaskRef, Window
from solver.schedule import schedule
from tests.solver.judged import fault
from tests.solver.on_a_line import courier, delivery, drop, problem, refs, street

# Two couriers, every kind of request: 0 delivered by a, 1 bound to b and late, 2 left out, 3 a drop on a.
PROBLEM = problem(
    [
        courier("a", capacity=(2,), fixed_cost=5, cost_per_m=1, end=0),
        courier("b", capacity=(1,), skills=frozenset({"cold"}), frozen=refs("1.0"), latest_s=70),
    ],
    [
        delivery("x", 2, 4, amount=(1,), latest_s=60),
        delivery("y", 3, 5, amount=(1,), courier=1, latest_s=30),
        delivery("z", 1, 2, amount=(1,), price=30, skills=frozenset({"cold"})),
        drop("w", 6, unload=(1,), delay_costs=(DelayCost(after_s=50, per_s=2),)),
    ],
    dimensions=("kg",),
)
LEFT = LeftOut(request=2, reason=Reason.NOT_FOUND)
PLAN = schedule(PROBLEM, (refs("0.0 0.1 3.0"), refs("1.0 1.1")), left_out=(LEFT,))


def orders(*texts, left_out=(LEFT,), of=PROBLEM):
    """Return a plan of other orders, with right figures for them."""
    return schedule(of, tuple(refs(text) for text in texts), left_out=left_out)


def with_route(number, **changes):
    """Return the plan with a route changed."""
    routes = list(PLAN.routes)
    routes[number] = dataclasses.replace(routes[number], **changes)
    return dataclasses.replace(PLAN, routes=tuple(routes))


def with_stop(route, number, **changes):
    """Return the plan with a stop changed."""
    stops = list(PLAN.routes[route].stops)
    stops[number] = dataclasses.replace(stops[number], **changes)
    return with_route(route, stops=tuple(stops))


def test_a_plan_that_keeps_all_rules_passes():
    """The one that all others here are made from."""
    check(PROBLEM, PLAN)
    assert PLAN.routes[1].stops[1].late_s == 20
    assert PLAN.cost == Cost(left_out=30, fixed=5, travel=170, distance=1200, delay=20, breach=20_000)


def test_an_empty_plan_of_an_empty_problem_passes():
    """Nothing to do, nothing done."""
    check(problem([], []), Plan(routes=(), left_out=(), cost=Cost()))


@pytest.mark.parametrize(
    ("code", "plan"),
    [
        ("COURIER_UNKNOWN", with_route(1, courier=2)),
        ("COURIER_UNKNOWN", with_route(0, courier=-1)),
        ("COURIER_ORDER", dataclasses.replace(PLAN, routes=PLAN.routes[::-1])),
        ("COURIER_ORDER", dataclasses.replace(PLAN, routes=PLAN.routes + PLAN.routes[1:])),
        ("ROUTE_EMPTY", with_route(0, stops=())),
        ("TASK_UNKNOWN", with_stop(0, 0, task=TaskRef(9, 0))),
        ("TASK_UNKNOWN", with_stop(0, 0, task=TaskRef(0, 2))),
        ("TASK_UNKNOWN", with_stop(0, 0, task=TaskRef(-1, 0))),
        ("TASK_TWICE", orders("0.0 0.1 3.0 0.1", "1.0 1.1")),
        ("REQUEST_SPLIT", orders("0.0 0.1 3.0", "1.0 1.1 0.0")),
        ("REQUEST_INCOMPLETE", orders("0.0 3.0", "1.0 1.1")),
        ("REQUEST_MISSING", dataclasses.replace(PLAN, left_out=())),
        ("REQUEST_TWICE", dataclasses.replace(PLAN, left_out=(LEFT, LEFT))),
        ("REQUEST_TWICE", orders("0.0 0.1 3.0", "1.0 1.1 2.0 2.1")),
        ("LEFT_OUT_UNKNOWN", dataclasses.replace(PLAN, left_out=(dataclasses.replace(LEFT, request=4),))),
        ("LEFT_OUT_UNKNOWN", dataclasses.replace(PLAN, left_out=(dataclasses.replace(LEFT, by=(0, 4)),))),
        ("BOUND_LEFT_OUT", orders("0.0 0.1 3.0", "")),
        ("BOUND_ELSEWHERE", orders("0.0 0.1 3.0 1.0 1.1", "")),
        ("FROZEN_MOVED", orders("3.0", "0.0 0.1 1.0 1.1")),
        ("UNLOAD_BEFORE_LOAD", orders("0.1 0.0 3.0", "1.0 1.1")),
        ("SKILL_MISSING", orders("0.0 0.1 3.0 2.0 2.1", "1.0 1.1", left_out=())),
        ("PLACE_WRONG", with_stop(0, 1, place=5)),
        ("TIME_WRONG", with_stop(0, 1, arrive_s=39)),
        ("TIME_WRONG", with_stop(0, 1, start_s=41)),
        ("TIME_WRONG", with_stop(0, 1, depart_s=41)),
        ("TIME_WRONG", with_route(0, end_s=0)),
        ("LATE_WRONG", with_stop(1, 1, late_s=0)),
        ("LOAD_WRONG", with_stop(0, 1, load=(0,))),
        ("TRAVEL_WRONG", with_route(0, travel_s=119)),
        ("DISTANCE_WRONG", with_route(0, distance_m=0)),
        ("OVERRUN_WRONG", with_route(1, overrun_s=1)),
        ("OVERTIME_WRONG", with_route(1, overtime_s=1)),
        ("TOO_LONG_WRONG", with_stop(1, 1, too_long_s=1)),
        ("WINDOW_MISSED", orders("3.0 0.0 0.1", "1.0 1.1")),
    ],
)
def test_each_break_has_its_code(code, plan):
    """One change, one fault."""
    assert fault(PROBLEM, plan) == code


def test_left_out_requests_are_in_order():
    """So that equal plans are written alike."""
    made = problem([], [drop("a", 1), drop("b", 2)])
    plan = schedule(made, ())
    check(made, plan)
    assert fault(made, dataclasses.replace(plan, left_out=plan.left_out[::-1])) == "LEFT_OUT_ORDER"


@pytest.mark.parametrize("term", [field.name for field in dataclasses.fields(Cost)])
def test_each_term_of_the_cost_is_counted_again(term):
    """A term off by one is told, though the total be made right by another."""
    off = dataclasses.replace(PLAN.cost, **{term: getattr(PLAN.cost, term) + 1})
    assert fault(PROBLEM, dataclasses.replace(PLAN, cost=off)) == "COST_WRONG"


def test_a_courier_may_not_outlast_its_shift_for_what_may_be_left_out():
    """With a bound request on the route it may."""
    requests = [drop("a", 5), drop("b", 4)]
    free = problem([courier(latest_s=45)], requests)
    assert fault(free, orders("1.0 0.0", left_out=(), of=free)) == "SHIFT_OVERRUN"
    bound = problem([courier(latest_s=45)], [dataclasses.replace(requests[0], courier=0), requests[1]])
    check(bound, orders("1.0 0.0", left_out=(), of=bound))


def test_the_way_back_belongs_to_the_shift():
    """The route ends with the arrival at the courier's end."""
    made = problem([courier(latest_s=99, end=0)], [drop("a", 5)])
    assert fault(made, orders("0.0", left_out=(), of=made)) == "SHIFT_OVERRUN"


def test_what_is_put_on_board_must_fit():
    """Together with what is there."""
    made = problem([courier(capacity=(1,))], [delivery(n, 1, 2, amount=(1,)) for n in "ab"], dimensions=("kg",))
    assert fault(made, orders("0.0 1.0 0.1 1.1", left_out=(), of=made)) == "CAPACITY"
    check(made, orders("0.0 0.1 1.0 1.1", left_out=(), of=made))


def test_each_dimension_is_looked_at():
    """Room in one is no room in another."""
    made = problem([courier(capacity=(9, 1))], [delivery("a", 1, 2, amount=(1, 2))], dimensions=("kg", "l"))
    assert fault(made, orders("0.0 0.1", left_out=(), of=made)) == "CAPACITY"


def test_drops_that_may_be_left_out_must_fit_at_the_start():
    """They are put on board for this route."""
    made = problem([courier(capacity=(1,))], [drop(n, 1, unload=(1,)) for n in "ab"], dimensions=("kg",))
    assert fault(made, orders("0.0 1.0", left_out=(), of=made)) == "CAPACITY"


def test_more_than_the_capacity_may_be_on_board_already():
    """Of bound requests; then nothing more is loaded until there is room, in that dimension."""
    requests = [
        drop("on board", 3, unload=(3, 0), courier=0),
        delivery("heavy", 1, 2, amount=(1, 0)),
        delivery("large", 1, 2, amount=(0, 1)),
        drop("more", 4, unload=(1, 0)),
    ]
    made = problem([courier(capacity=(2, 2))], requests, dimensions=("kg", "l"))
    check(made, orders("0.0 1.0 1.1", left_out=(), of=made))
    check(made, orders("2.0 2.1 0.0", left_out=(), of=made))
    assert fault(made, orders("1.0 1.1 0.0", left_out=(), of=made)) == "CAPACITY"
    assert fault(made, orders("0.0 3.0", left_out=(), of=made)) == "CAPACITY"


def test_what_stays_on_board_takes_room_to_the_end():
    """A collection is never taken off."""
    collect = Request(id="c", loads=(Task(place=1, load=(1,)),))
    made = problem([courier(capacity=(1,))], [collect, delivery("a", 1, 2, amount=(1,))], dimensions=("kg",))
    assert fault(made, orders("0.0 1.0 1.1", left_out=(), of=made)) == "CAPACITY"
    check(made, orders("1.0 1.1 0.0", left_out=(), of=made))


def test_no_request_that_may_be_left_out_is_next_to_a_way_that_is_none():
    """Before it, behind it, and to the end; bound ones may be."""
    durations = street().durations_s.copy()
    durations[0, 1] = durations[2, 3] = durations[4, 9] = UNREACHABLE_S
    broken = (Matrix(durations_s=durations, distances_m=street().distances_m),)
    requests = [drop("a", 1), drop("b", 2), drop("c", 3, courier=0), drop("d", 4)]
    made = problem([courier(end=9)], requests, matrices=broken)
    assert fault(made, orders("0.0 2.0", left_out=(), of=made)) == "UNREACHABLE"
    assert fault(made, orders("1.0 2.0", left_out=(), of=made)) == "UNREACHABLE"
    assert fault(made, orders("2.0 3.0", left_out=(), of=made)) == "UNREACHABLE"
    bound = [dataclasses.replace(request, courier=0) for request in requests]
    check(other := problem([courier(end=9)], bound, matrices=broken), orders("0.0 1.0 2.0 3.0", left_out=(), of=other))


def test_waiting_longer_than_needed_is_a_fault():
    """Tasks start as early as they can, so lateness is the least for the order of stops."""
    later = dataclasses.replace(PLAN.routes[0].stops[0], start_s=25, depart_s=25)
    assert fault(PROBLEM, with_route(0, stops=(later, *PLAN.routes[0].stops[1:]))) == "TIME_WRONG"


def test_the_text_names_courier_stop_and_figures():
    """A person can find the place."""
    with pytest.raises(PlanFault, match=r"^WINDOW_MISSED: task 1 of request 0 \(x\) on 0 starts at 120, 60 s after"):
        check(PROBLEM, orders("3.0 0.0 0.1", "1.0 1.1"))


def test_what_fits_and_pays_may_not_be_left_out():
    """At less than its price; a tie does not pay."""
    made = problem([courier()], [drop("a", 5), drop("b", 7, price=21)])
    check_left_out(made, plan := schedule(made, (refs("0.0 1.0"),)))
    check(made, plan)
    with pytest.raises(
        PlanFault, match=r"^FITS: request 1 \(b\) is left out at 21, and courier 0 \(c\) could"
    ) as caught:
        check_left_out(made, schedule(made, (refs("0.0"),)))
    assert "serve it for 20 by 0.0 1.0" in caught.value.message
    dear = problem([courier()], [drop("a", 5), drop("b", 7, price=20)])
    check_left_out(dear, schedule(dear, (refs("0.0"),)))


def test_every_order_of_several_loads_is_tried():
    """Here only second load first keeps the windows."""
    early, late = Task(place=1, windows=(Window(latest_s=10),)), Task(place=2)
    both = Request(id="r", loads=(late, early), unloads=(Task(place=3, windows=(Window(latest_s=30),)),), price=99)
    made = problem([courier()], [both])
    with pytest.raises(PlanFault, match=r"by 0\.1 0\.0 0\.2"):
        check_left_out(made, schedule(made, ((),)))


def test_skills_frozen_stops_and_limits_bar_an_insertion():
    """Nothing fits: no skill, no time before the frozen stop, no room."""
    requests = [
        drop("frozen", 5, courier=0),
        drop("cold", 6, skills=frozenset({"cold"})),
        drop("early", 1, windows=(Window(latest_s=10),)),
        delivery("heavy", 6, 7, amount=(9,)),
    ]
    made = problem([courier(frozen=refs("0.0"), capacity=(1,))], requests, dimensions=("kg",))
    check_left_out(made, schedule(made, (refs("0.0"),)))


def test_a_stop_tells_everything_the_judge_looks_at():
    """No figure of a stop goes unchecked: a new field needs a rule."""
    assert {field.name for field in dataclasses.fields(Stop)} == {
        "task",
        "place",
        "arrive_s",
        "start_s",
        "depart_s",
        "late_s",
        "load",
        "too_long_s",
    }


def test_narrow_matrices_do_not_overflow():
    """Sums are of unbounded integers."""
    durations = np.full((10, 10), 2**31 - 1, np.int32)
    made = problem(
        [courier(end=0)],
        [drop("a", 1, courier=0), drop("b", 2, courier=0)],
        matrices=(Matrix(durations_s=durations, distances_m=durations),),
    )
    check(made, plan := orders("0.0 1.0", left_out=(), of=made))
    assert plan.routes[0].travel_s == 3 * (2**31 - 1)
