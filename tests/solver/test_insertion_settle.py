"""Routes that wait for each other, timed together by hand; and as the schedule has it."""

import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.insertion.settle import moments, settle
from solver.problem import Gap, Window
from solver.schedule import schedule
from tests.solver.on_a_line import between, courier, drop, refs
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")


def gap(words, least_s=0, most_s=None):
    """Return a gap from one task to another."""
    first, second = refs(words)
    return Gap(first=first, second=second, least_s=least_s, most_s=most_s)


def settled(requests, *orders, gaps, couriers=None):
    """Return the starts on each route, None where gaps cannot be kept."""
    couriers = [courier(f"c{number}") for number in range(len(orders))] if couriers is None else couriers
    bench = Bench(couriers, requests, *orders, gaps=gaps, sound=False)
    sound = interpreted(settle)(bench.layout, bench.routes)
    assert bench.routes.track[f.TOTAL, f.OTHERS] == f.KEEP
    if not sound:
        return None
    starts = [bench.starts(number) for number in range(len(couriers))]
    plan = schedule(bench.problem, tuple(refs(order) for order in orders))
    assert [[stop.start_s for stop in route.stops] for route in plan.routes] == [own for own in starts if own]
    assert bench.routes.route[:, f.COST].sum() == plan.cost.total - plan.cost.left_out
    return starts


def test_the_second_waits_for_the_first():
    """Which leaves 5 at 60: 20 s more are enough if it comes before, and none are needed if it comes at 90."""
    requests = [drop("a", 5, service_s=10), drop("b", 1), drop("c", 9)]
    assert settled(requests, "0.0", "1.0", gaps=(gap("0.0 1.0", 20),)) == [[50], [80]]
    assert settled(requests, "0.0", "2.0", gaps=(gap("0.0 2.0", 20),)) == [[50], [90]]
    assert settled(requests, "1.0", "0.0", gaps=(gap("0.0 1.0", 20),)) == [[80], [50]]


def test_the_first_waits_for_the_second():
    """Which opens at 200: it leaves 50 s before, after 10 s of service."""
    requests = [drop("a", 1, service_s=10), drop("b", 2, windows=between(200, 300))]
    assert settled(requests, "0.0", "1.0", gaps=(gap("0.0 1.0", 0, 50),)) == [[140], [200]]
    assert settled(requests, "0.0", "1.0", gaps=(gap("0.0 1.0", 0, 190),)) == [[10], [200]]


def test_both_wait_for_each_other():
    """B's first for A's first, at 10 + 30; A's second, at 20 otherwise, for B's second, at 60 + 30."""
    requests = [drop("a1", 1), drop("a2", 2), drop("b1", 2), drop("b2", 4)]
    gaps = gap("0.0 2.0", 30), gap("3.0 1.0", 30)
    assert settled(requests, "0.0 1.0", "2.0 3.0", gaps=gaps) == [[10, 90], [40, 60]]


def test_the_first_follows_a_second_that_waits_for_another():
    """b waits until 100 for c; a leaves at most 20 s before b."""
    requests = [drop("a", 1), drop("b", 1), drop("c", 9, service_s=10)]
    gaps = gap("0.0 1.0", 0, 20), gap("2.0 1.0")
    assert settled(requests, "0.0", "1.0", "2.0", gaps=gaps) == [[80], [100], [90]]


def test_a_chain_over_three_couriers():
    """Each 50 s after the one before, in whatever order the couriers are."""
    requests = [drop("a", 1), drop("b", 1), drop("c", 1)]
    gaps = gap("0.0 1.0", 50), gap("1.0 2.0", 50)
    assert settled(requests, "0.0", "1.0", "2.0", gaps=gaps) == [[10], [60], [110]]
    assert settled(requests, "2.0", "1.0", "0.0", gaps=gaps) == [[110], [60], [10]]


def test_what_comes_behind_is_later_too():
    """The drop at 3 waits behind b, for which its courier waits; the one before it does not."""
    requests = [drop("a", 5), drop("b", 2), drop("c", 1), drop("d", 3)]
    assert settled(requests, "0.0", "2.0 1.0 3.0", gaps=(gap("0.0 1.0", 30),)) == [[50], [10, 80, 90]]


def test_who_waits_starts_in_a_window():
    """At 80 the first is over."""
    requests = [drop("a", 5), drop("b", 1, windows=(Window(latest_s=79), Window(earliest_s=120, latest_s=130)))]
    assert settled(requests, "0.0", "1.0", gaps=(gap("0.0 1.0", 30),)) == [[50], [120]]


def test_gaps_on_one_route_count_as_well():
    """b waits for a, on the same route, and c for b, on another."""
    requests = [drop("a", 1), drop("b", 1), drop("c", 1)]
    gaps = gap("0.0 1.0", 50), gap("1.0 2.0", 50)
    assert settled(requests, "0.0 1.0", "2.0", gaps=gaps) == [[10, 60], [110]]


def test_a_gap_that_cannot_be_kept():
    """b is over at 79, and would have to wait until 80; c's courier is at 149."""
    requests = [
        drop("a", 5),
        drop("b", 1, windows=between(0, 79)),
        drop("c", 1),
        drop("d", 2, windows=between(200, 300)),
    ]
    assert settled(requests, "0.0", "1.0", gaps=(gap("0.0 1.0", 30),)) is None
    assert settled(requests, "0.0", "1.0", gaps=(gap("0.0 1.0", 29),)) == [[50], [79]]
    couriers = [courier("a", latest_s=149), courier("b")]
    assert settled(requests, "2.0", "3.0", gaps=(gap("2.0 3.0", 0, 50),), couriers=couriers) is None
    assert settled(requests, "2.0", "3.0", gaps=(gap("2.0 3.0", 0, 51),), couriers=couriers) == [[149], [200]]


def test_who_waits_in_a_circle_waits_in_vain():
    """Each first one is behind the second of the other gap."""
    requests = [drop("a", 1), drop("b", 1), drop("c", 1), drop("d", 1)]
    gaps = gap("0.0 3.0"), gap("2.0 1.0")
    assert settled(requests, "1.0 0.0", "3.0 2.0", gaps=gaps) == [[10, 10], [10, 10]]
    gaps = gap("0.0 3.0", 1), gap("2.0 1.0")
    assert settled(requests, "1.0 0.0", "3.0 2.0", gaps=gaps) is None


def test_a_second_without_its_first_is_refused_a_first_without_its_second_is_not():
    """Nobody waits for what is not there."""
    requests = [drop("a", 5), drop("b", 1)]
    assert settled(requests, "", "1.0", gaps=(gap("0.0 1.0", 30),)) is None
    assert settled(requests, "0.0", "", gaps=(gap("0.0 1.0", 30),)) == [[50], []]


def test_a_wait_that_is_no_longer_asked_for_ends():
    """The first gets a longer way, and then the shorter one again: what it was does not count."""
    requests = [drop("a", 5), drop("b", 1), drop("c", 9)]
    bench = Bench([courier("a"), courier("b")], requests, "2.0 0.0", "1.0", gaps=(gap("0.0 1.0", 30),))
    assert bench.starts(1) == [160]
    bench.routes.stop[bench.node("0.0"), f.PREVIOUS] = bench.layout.tasks
    bench.routes.stop[bench.layout.tasks, f.NEXT] = bench.node("0.0")
    assert interpreted(settle)(bench.layout, bench.routes)
    assert [bench.starts(0), bench.starts(1)] == [[50], [80]]


def test_routes_without_gaps_are_left_alone():
    """Their moments do not count; of others, all starts do."""
    requests = [drop("a", 5), drop("b", 1), drop("c", 3), drop("d", 4)]
    couriers = [courier(name) for name in "xyz"]
    bench = Bench(couriers, requests, "0.0 2.0", "1.0", "3.0", gaps=(gap("0.0 1.0", 30),))
    found = [interpreted(moments)(bench.layout, bench.routes, number) for number in range(3)]
    assert found == [50 + 70, 80, -1]
    versions = bench.routes.route[:, f.VERSION].tolist()
    assert interpreted(settle)(bench.layout, bench.routes)
    assert bench.routes.route[2, f.VERSION] == versions[2]
