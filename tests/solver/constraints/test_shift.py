"""Routes end inside the shift."""

from solver.problem import Courier, Window


def test_the_last_service_ends_in_the_shift(on_a_line, price, drop):
    """20 s of travel and 6 s of service fit a shift to 26."""
    for latest_s, cost in ((26, 20), (25, None)):
        courier = Courier(id="c", shift=Window(latest_s=latest_s), start=0)
        assert price(on_a_line(requests=[drop(2, service_s=6)], couriers=[courier]), [[0]]) == cost


def test_the_way_to_the_end_counts(on_a_line, price, drop):
    """20 s out, 6 s of service, 20 s back to the end place."""
    for latest_s, cost in ((46, 40), (45, None)):
        courier = Courier(id="c", shift=Window(latest_s=latest_s), start=0, end=0)
        assert price(on_a_line(requests=[drop(2, service_s=6)], couriers=[courier]), [[0]]) == cost


def test_a_bound_request_may_overrun_the_shift_at_a_price(on_a_line, price, drop):
    """Ending at 26 in a shift to 20 is 6 s at 50."""
    courier = Courier(id="c", shift=Window(latest_s=20), start=0)
    bound = drop(2, courier=0, service_s=6)
    assert price(on_a_line(requests=[bound], couriers=[courier], breach_cost_per_s=50), [[0]]) == 20 + 6 * 50
