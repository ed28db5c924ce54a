"""What couriers cost."""

from solver.problem import Courier, Window


def test_fixed_seconds_and_metres(on_a_line, price, drop):
    """7 to set off, 2 for each of 20 s, 3 for each of 200 m."""
    courier = Courier(id="c", shift=Window(), start=0, fixed_cost=7, cost_per_s=2, cost_per_m=3)
    assert price(on_a_line(requests=[drop(2)], couriers=[courier]), [[0]]) == 7 + 2 * 20 + 3 * 200


def test_who_stays_costs_nothing(on_a_line, price, drop):
    """Only the price of the request is paid."""
    courier = Courier(id="c", shift=Window(), start=0, end=5, fixed_cost=7)
    assert price(on_a_line(requests=[drop(2, price=44)], couriers=[courier]), [[]]) == 44


def test_each_courier_has_its_prices(on_a_line, price, drop):
    """One courier at 1 a second, one at 10; both drive 10 s, one of them home again."""
    couriers = [
        Courier(id="a", shift=Window(), start=0),
        Courier(id="b", shift=Window(), start=5, end=5, cost_per_s=10),
    ]
    assert price(on_a_line(requests=[drop(1), drop(4)], couriers=couriers), [[0], [1]]) == 10 + 200
