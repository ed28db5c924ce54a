"""A plan written down by hand, to the last figure, and each figure of it off by one."""

import dataclasses

import pytest

from solver.check import check
from solver.plan import Cost, LeftOut, Plan, Reason, Route, Stop
from solver.problem import Break, Reload, Request, Task
from tests.solver.judged import fault
from tests.solver.on_a_line import between, courier, drop, problem, refs

# A break on the way, a drop at 2 and a bound load, back to 0 for the next drop, and the bound unload: late and too long
# on board, 7 s after the shift.
PROBLEM = problem(
    [
        courier(
            latest_s=115,
            overtime_s=5,
            overtime_cost_per_s=3,
            capacity=(5,),
            fixed_cost=7,
            cost_per_m=1,
            cost_per_service_s=2,
            breaks=(Break(windows=between(15, 20), duration_s=30),),
            reloads=(Reload(place=0, service_s=5, setup_s=1),),
            previous=refs("1.0 0.0"),
            reorder_cost=11,
        )
    ],
    [
        drop("a", 2, service_s=4, setup_s=2, unload=(3,), previous=0, move_cost=99),
        drop("b", 3, unload=(4,)),
        Request(
            id="c",
            loads=(Task(place=2, load=(1,)),),
            unloads=(Task(place=4, unload=(1,), windows=between(0, 118)),),
            courier=0,
            max_on_board_s=50,
        ),
        drop("d", 9, price=13, unload=(1,)),
    ],
    dimensions=("kg",),
    breach_cost_per_s=10,
)


def stop(
    name: str, place: int, times: tuple[int, int, int], load: int, *, late_s: int = 0, too_long_s: int = 0
) -> Stop:
    """Return one stop."""
    (ref,), (arrive_s, start_s, depart_s) = refs(name), times
    return Stop(
        task=ref,
        place=place,
        arrive_s=arrive_s,
        start_s=start_s,
        depart_s=depart_s,
        late_s=late_s,
        load=(load,),
        too_long_s=too_long_s,
    )


ROUTE = Route(
    courier=0,
    stops=(
        stop("break.0", -1, (0, 15, 45), 3),
        stop("0.0", 2, (50, 50, 56), 0),
        stop("2.0", 2, (56, 56, 56), 1),
        stop("reload.0", 0, (76, 76, 82), 5),
        stop("1.0", 3, (112, 112, 112), 1),
        stop("2.1", 4, (122, 122, 122), 0, late_s=4, too_long_s=16),
    ),
    end_s=122,
    travel_s=80,
    distance_m=800,
    overrun_s=2,
    overtime_s=7,
)
COST = Cost(
    left_out=13, fixed=7, travel=80, distance=800, breach=10 * (4 + 16 + 2), service=2 * 12, overtime=3 * 7, change=22
)
PLAN = Plan(routes=(ROUTE,), left_out=(LeftOut(request=3, reason=Reason.NOT_FOUND),), cost=COST)


def test_a_plan_by_hand_passes():
    """Whoever made it."""
    check(PROBLEM, PLAN)


@pytest.mark.parametrize("at", range(len(ROUTE.stops)))
@pytest.mark.parametrize(
    ("code", "figure"),
    [
        ("PLACE_WRONG", "place"),
        ("TIME_WRONG", "arrive_s"),
        ("TIME_WRONG", "start_s"),
        ("TIME_WRONG", "depart_s"),
        ("LATE_WRONG", "late_s"),
        ("LOAD_WRONG", "load"),
        ("TOO_LONG_WRONG", "too_long_s"),
    ],
)
def test_each_figure_of_each_stop_is_looked_at(at, code, figure):
    """Of breaks and reloads too."""
    told = getattr(ROUTE.stops[at], figure)
    off = dataclasses.replace(ROUTE.stops[at], **{figure: (told[0] + 1,) if figure == "load" else told + 1})
    changed = dataclasses.replace(ROUTE, stops=(*ROUTE.stops[:at], off, *ROUTE.stops[at + 1 :]))
    assert fault(PROBLEM, dataclasses.replace(PLAN, routes=(changed,))) == code


@pytest.mark.parametrize(
    ("code", "figure"),
    [
        ("TIME_WRONG", "end_s"),
        ("TRAVEL_WRONG", "travel_s"),
        ("DISTANCE_WRONG", "distance_m"),
        ("OVERRUN_WRONG", "overrun_s"),
        ("OVERTIME_WRONG", "overtime_s"),
    ],
)
def test_each_figure_of_a_route_is_looked_at(code, figure):
    """One less this time."""
    changed = dataclasses.replace(ROUTE, **{figure: getattr(ROUTE, figure) - 1})
    assert fault(PROBLEM, dataclasses.replace(PLAN, routes=(changed,))) == code


@pytest.mark.parametrize("term", [field.name for field in dataclasses.fields(Cost)])
def test_each_term_of_the_cost_is_looked_at(term):
    """None is taken from the plan."""
    changed = dataclasses.replace(COST, **{term: getattr(COST, term) - 1})
    assert fault(PROBLEM, dataclasses.replace(PLAN, cost=changed)) == "COST_WRONG"
