"""Tasks of a route that wait, for the sake of time on board and of gaps, by hand; and as the schedule has it."""

import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.drive import too_long_s
from solver.problem import DelayCost, Gap, Request, Task, TaskRef, Window
from tests.solver.on_a_line import between, courier, drop
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")


def driven(crew, requests, text, **rest):
    """Return what driving one route finds out."""
    return Bench([crew], requests, **rest).driven(text)


def fresh(name="a", *, most_s=30, opens_s=100, **others):
    """Return goods from 1 to 2, where nobody takes them before a moment."""
    load = Task(place=1, **others.pop("of_load", {}))
    unload = Task(place=2, windows=(Window(earliest_s=opens_s),))
    return Request(id=name, loads=(load,), unloads=(unload,), max_on_board_s=most_s, price=9, **others)


def test_a_load_waits_that_would_be_on_board_for_too_long():
    """Unloaded at 100, so not taken along before 70."""
    ride = driven(courier(), [fresh()], "0.0 0.1")
    assert (ride.cost, ride.begins, ride.leaves) == (20, [70, 100], [70, 100])
    ride = driven(courier(), [fresh(most_s=90)], "0.0 0.1")
    assert (ride.cost, ride.begins) == (20, [10, 100])


def test_what_waiting_costs():
    """20 s after the load's deadline at 3 each, and what comes in between is later as well, by 5 s at 1 each."""
    load = {"delay_costs": (DelayCost(after_s=50, per_s=3),)}
    other = drop("b", 1, delay_costs=(DelayCost(after_s=65, per_s=1),))
    assert driven(courier(), [fresh(of_load=load), other], "0.0 1.0 0.1").cost == 20 + 60 + 5


def test_a_load_waits_for_its_next_window():
    """70 is between two of them."""
    load = {"windows": (Window(latest_s=20), Window(earliest_s=80, latest_s=90))}
    ride = driven(courier(), [fresh(of_load=load)], "0.0 0.1")
    assert ride.begins == [80, 100]


def test_a_load_that_cannot_wait_so_long_is_at_fault():
    """It would have to be at 70."""
    load = {"windows": (Window(latest_s=69),)}
    assert driven(courier(), [fresh(of_load=load)], "0.0 0.1").fault == "0.0"


def test_who_waits_in_vain_is_at_fault():
    """40 s of travel are more than 30, whenever they begin."""
    far = Request(id="a", loads=(Task(place=1),), unloads=(Task(place=5),), max_on_board_s=30, price=9)
    assert driven(courier(latest_s=10**6), [far], "0.0 0.1").fault == "0.0"


def test_one_that_waits_makes_another_wait():
    """The second is taken along at 75 only, 25 s before 100; the first, 20 s on board at the most, before it: at 55.

    And it is unloaded at the same moment as the second one is loaded.
    """
    first = Request(id="a", loads=(Task(place=1),), unloads=(Task(place=2),), max_on_board_s=20, price=9)
    second = Request(
        id="b",
        loads=(Task(place=2),),
        unloads=(Task(place=3, windows=between(100, 200)),),
        max_on_board_s=25,
        price=9,
    )
    ride = driven(courier(), [first, second], "0.0 1.0 0.1 1.1")
    assert ride.begins == [55, 75, 75, 100]


def test_of_several_loads_and_unloads_each_pair_counts():
    """From the first load, which leaves at 10, to the last unload, at 60: both loads wait until nothing is too long."""
    gather = Request(
        id="a",
        loads=(Task(place=1), Task(place=2)),
        unloads=(Task(place=3), Task(place=3, windows=between(60, 90))),
        max_on_board_s=35,
        price=9,
    )
    ride = driven(courier(), [gather], "0.0 0.1 0.2 0.3")
    assert ride.begins == [25, 35, 45, 60]


def test_bound_goods_on_board_for_too_long_are_priced_and_nobody_waits():
    """60 s at 7 each; of two loads, 15 s and 5 s."""
    ride = driven(courier(), [fresh(courier=0)], "0.0 0.1", breach_cost_per_s=7)
    assert (ride.cost, ride.begins) == (20 + 420, [10, 100])
    two = Request(
        id="a", loads=(Task(place=1), Task(place=2)), unloads=(Task(place=3),), max_on_board_s=5, price=9, courier=0
    )
    bench = Bench([courier()], [two], breach_cost_per_s=7)
    assert bench.driven("0.0 0.1 0.2").cost == 30 + 7 * (15 + 5)
    assert [interpreted(too_long_s)(bench.layout, bench.routes, f.TRIAL, at) for at in range(3)] == [0, 0, 20]


GAP_TASKS = [drop("a", 1, service_s=5), drop("b", 2)]


def gap(least_s=0, most_s=None):
    """Return a gap from the first request to the second."""
    return {"gaps": (Gap(first=TaskRef(0, 0), second=TaskRef(1, 0), least_s=least_s, most_s=most_s),)}


def test_the_second_waits_until_the_gap_is_long_enough():
    """From the departure of the first, at 15."""
    ride = driven(courier(), GAP_TASKS, "0.0 1.0", **gap(50))
    assert (ride.cost, ride.begins) == (20, [10, 65])
    ride = driven(courier(), GAP_TASKS, "0.0 1.0", **gap(10))
    assert ride.begins == [10, 25]


def test_the_first_waits_until_the_gap_is_short_enough():
    """From its departure, which is 5 s after its start, to 200."""
    requests = [GAP_TASKS[0], drop("b", 2, windows=between(200, 300))]
    ride = driven(courier(), requests, "0.0 1.0", **gap(0, 40))
    assert (ride.cost, ride.begins, ride.leaves) == (20, [155, 200], [160, 200])


def test_a_gap_that_cannot_be_kept_on_one_route():
    """The second comes first; or too late, for it is too far away; or its window closes before."""
    assert driven(courier(), GAP_TASKS, "1.0 0.0", **gap()).cost is None
    assert driven(courier(), GAP_TASKS, "0.0 1.0", **gap(0, 9)).cost is None
    requests = [GAP_TASKS[0], drop("b", 2, windows=between(0, 64))]
    assert driven(courier(), requests, "0.0 1.0", **gap(50)).fault == "1.0"


def two_routes(first="0.0", second="", *, requests=GAP_TASKS, **rest):
    """Return a bench of two couriers, who do the first and the second of what is apart."""
    return Bench([courier("a"), courier("b")], requests, first, second, **rest)


def test_the_second_waits_for_the_first_on_another_route():
    """Which leaves at 15, and does not move whatever comes."""
    bench = two_routes(**gap(50))
    for others in (f.KEEP, f.FOLLOW):
        assert bench.driven("1.0", courier=1, others=others).begins == [65]
    # As long as there are no other routes, nobody waits.
    assert bench.driven("1.0", courier=1, others=f.IGNORE).begins == [20]


def test_the_second_is_at_fault_without_the_first():
    """Unless there are no routes yet. The first needs no second."""
    bench = two_routes(first="", **gap(50))
    assert bench.driven("1.0", courier=1, others=f.KEEP).fault == "1.0"
    assert bench.driven("1.0", courier=1, others=f.FOLLOW).fault == "1.0"
    assert bench.driven("1.0", courier=1, others=f.IGNORE).begins == [20]
    assert bench.driven("0.0", courier=1).begins == [10]


def test_the_second_is_late_for_a_first_that_stays():
    """At 20, 5 s after 15, where 4 s are the most; if the first may follow, it will have to."""
    bench = two_routes(**gap(0, 4))
    assert bench.driven("1.0", courier=1, others=f.KEEP).fault == "1.0"
    assert bench.driven("1.0", courier=1, others=f.FOLLOW).begins == [20]


def test_the_first_is_late_for_a_second_that_stays():
    """Over 9 it is there at 170, and the second at 20; if that may follow, it will have to wait."""
    bench = two_routes(second="1.0", requests=[*GAP_TASKS, drop("c", 9)], **gap(0))
    assert bench.starts(1) == [20]
    assert bench.driven("2.0 0.0", courier=0, others=f.KEEP).fault == "0.0"
    assert bench.driven("2.0 0.0", courier=0, others=f.FOLLOW).begins == [90, 170]


def test_the_first_waits_for_a_second_that_stays():
    """The second opens at 200, 40 s at the most after the first."""
    requests = [GAP_TASKS[0], drop("b", 2, windows=between(200, 300))]
    bench = two_routes(first="0.0", second="1.0", requests=requests, **gap(0, 40))
    assert bench.driven("0.0", courier=0).begins == [155]
    assert bench.driven("0.0", courier=0, others=f.IGNORE).begins == [10]


def test_beyond_the_limit_any_cost_will_do():
    """It says no less than the limit, and no one has waited for the load."""
    load = {"delay_costs": (DelayCost(after_s=50, per_s=3),)}
    bench = Bench([courier()], [fresh(of_load=load)])
    assert bench.driven("0.0 0.1", limit=81).cost == 80
    assert bench.driven("0.0 0.1", limit=80).cost == 80
    assert 20 <= bench.driven("0.0 0.1", limit=20).cost < 80
