"""A reload is put on a route, or taken off it, by chance."""

import pytest

from solver.insertion import fields as f
from solver.insertion.compiled import interpreted
from solver.problem import Break, Reload
from solver.search.reloads import CHANCE, PAIR, change_reload
from solver.search.yard import ROUNDS, TOUCHED, new_yard, undo
from tests.solver.on_a_line import between, courier, drop, refs
from tests.solver.wide_bench import Bench

pytestmark = pytest.mark.usefixtures("interpreter")

DROPS = [drop("a", 2), drop("b", 6)]
RELOAD = (Reload(place=4),)
ALONE = 1
"""Drawn where no second reload is to come with the first."""


@pytest.fixture
def change(monkeypatch):
    """Return what has a reload changed on a bench: the numbers given are drawn, and those below which are returned."""

    def changed(bench, *numbers):
        drawn, below = list(numbers), []

        def draw(_, most):
            below.append(most)
            return drawn.pop(0)

        monkeypatch.setattr("solver.search.reloads.draw", draw)
        bench.yard = new_yard(bench.layout, bench.routes, frozen=[], seed=1)
        bench.yard.state[ROUNDS] = 1
        interpreted(change_reload)(bench.layout, bench.routes, bench.yard)
        assert not drawn
        return below

    return changed


def test_most_of_the_time_nothing_changes(change):
    """Only a nought counts."""
    bench = Bench([courier(reloads=RELOAD)], DROPS, "0.0 1.0")
    for number in range(1, CHANCE):
        assert change(bench, number) == [CHANCE]
        assert bench.order() == "0.0 1.0"
        assert bench.yard.state[TOUCHED] == 0


@pytest.mark.parametrize(
    ("gap", "order", "cost"), [(0, "reload.0 0.0 1.0", 100), (1, "0.0 reload.0 1.0", 60), (2, "0.0 1.0 reload.0", 80)]
)
def test_a_reload_is_put_anywhere(change, gap, order, cost):
    """Whatever it costs."""
    bench = Bench([courier(reloads=RELOAD)], DROPS, "0.0 1.0")
    assert change(bench, 0, 0, ALONE, gap) == [CHANCE, 1, PAIR, 3]
    assert bench.order() == order
    assert bench.routes.route[0, [f.COST, f.FAULT]].tolist() == [cost, -1]
    assert bench.routes.courier_of[bench.layout.node[bench.node("reload.0"), f.ROW]] == 0


def test_a_reload_is_put_back_in_the_bag_where_it_breaks_a_rule(change):
    """It is over at 39."""
    bench = Bench([courier(reloads=(Reload(place=4, windows=between(0, 39)),))], DROPS, "0.0 1.0")
    change(bench, 0, 0, ALONE, 1)
    assert bench.order() == "0.0 1.0"
    assert bench.routes.route[0, [f.COST, f.FAULT]].tolist() == [60, -1]
    assert bench.routes.courier_of.tolist() == [0, 0, -1]


def test_a_reload_on_a_route_is_taken_off(change):
    """Also where that breaks a rule, which is then undone in the end."""
    requests = [drop("a", 2, unload=(2,)), drop("b", 6, unload=(2,))]
    for capacity, fault in ((4, -1), (3, 1)):
        crew = courier(capacity=(capacity,), reloads=RELOAD)
        bench = Bench([crew], requests, "0.0 reload.0 1.0", dimensions=("kg",))
        assert change(bench, 0, 0) == [CHANCE, 1]
        assert bench.order() == "0.0 1.0"
        assert bench.routes.route[0, f.FAULT] == fault
        interpreted(undo)(bench.layout, bench.routes, bench.yard)
        assert bench.order() == "0.0 reload.0 1.0"
        assert bench.routes.route[0, [f.COST, f.FAULT]].tolist() == [60, -1]
        assert bench.routes.courier_of.tolist() == [0, 0, 0]


def test_a_reload_may_come_before_frozen_stops(change):
    """They stay the first tasks; all four gaps of the route are open to it."""
    requests = [drop("a", 2, courier=0), *DROPS[1:]]
    crew = courier(frozen=refs("0.0"), breaks=(Break(),), reloads=RELOAD)
    for gap, order in ((0, "reload.0 break.0 0.0 1.0"), (2, "break.0 0.0 reload.0 1.0")):
        bench = Bench([crew], requests, "break.0 0.0 1.0")
        assert change(bench, 0, 0, ALONE, gap) == [CHANCE, 1, PAIR, 4]
        assert bench.order() == order


def test_each_reload_is_for_its_courier(change):
    """The third of all is the second one's first; it has one place to go to on a route without stops."""
    couriers = [courier("a", reloads=(Reload(place=4, times=2),)), courier("b", reloads=RELOAD)]
    bench = Bench(couriers, DROPS, "0.0 1.0")
    assert change(bench, 0, 2, ALONE, 0) == [CHANCE, 3, PAIR, 1]
    assert bench.orders() == ["0.0 1.0", "reload.0"]
    assert bench.routes.route[1, [f.COUNT, f.COST, f.FAULT]].tolist() == [0, 0, -1]
    assert bench.yard.touched[: bench.yard.state[TOUCHED]].tolist() == [1]


def test_two_of_a_courier_are_put_one_after_the_other(change):
    """The next of the same courier that is in the bag; together or not at all."""
    couriers = [courier("a", reloads=(Reload(place=4, times=2),)), courier("b", reloads=RELOAD)]
    bench = Bench(couriers, DROPS, "0.0 1.0")
    assert change(bench, 0, 1, 0, 1) == [CHANCE, 3, PAIR, 3]
    assert bench.orders() == ["0.0 reload.0 reload.0 1.0", ""]
    assert bench.routes.route[0, [f.COST, f.FAULT]].tolist() == [60, -1]
    alone = Bench(couriers, DROPS, "0.0 1.0", "")
    change(alone, 0, 2, 0, 0)
    assert alone.orders() == ["0.0 1.0", "reload.0"]
    late = (*RELOAD, Reload(place=9, windows=between(0, 9)))
    bench = Bench([courier(reloads=late)], DROPS, "0.0 1.0")
    change(bench, 0, 0, 0, 1)
    assert bench.order() == "0.0 1.0"
    assert bench.routes.courier_of.tolist() == [0, 0, -1, -1]
