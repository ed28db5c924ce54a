"""What couriers cost."""

from solver.problem import Break, Courier, Reload, Window


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


def test_seconds_of_setup_and_service(on_a_line, price, drop):
    """20 s of travel at 1; 5 + 7 s at the first stop, 7 s at the second, which needs no set-up, at 3."""
    courier = Courier(id="c", shift=Window(), start=0, cost_per_service_s=3)
    requests = [drop(2, setup_s=5, service_s=7), drop(2, setup_s=5, service_s=7)]
    assert price(on_a_line(requests=requests, couriers=[courier]), [[0, 1]]) == 20 + 3 * (12 + 7)


def test_a_courier_from_anywhere_pays_no_setup(on_a_line, price, drop):
    """It appears at its first stop: 7 s of service at 3."""
    courier = Courier(id="c", shift=Window(), cost_per_service_s=3)
    assert price(on_a_line(requests=[drop(2, setup_s=5, service_s=7)], couriers=[courier]), [[0]]) == 21


def test_a_reload_is_service_a_break_is_not(on_a_line, price, drop):
    """30 s out and back and out, at 1; 4 s of set-up, 6 s at the reload, 8 s at the stop, at 3."""
    crew = Courier(
        id="c",
        shift=Window(),
        start=0,
        cost_per_service_s=3,
        breaks=(Break(duration_s=50),),
        reloads=(Reload(place=0, setup_s=4, service_s=6),),
    )
    problem = on_a_line(requests=[drop(1, service_s=8), drop(1)], couriers=[crew])
    assert price(problem, [[0, 2, 3, 1]]) == 30 + 3 * (4 + 6 + 8)


def test_the_search_finds_the_cheaper_hands(on_a_line, best, drop):
    """Service of 20 s at 3, or a way that is 30 s longer."""
    crew = [Courier(id="c", shift=Window(), start=0, cost_per_service_s=3), Courier(id="d", shift=Window(), start=5)]
    assert best(on_a_line(requests=[drop(1, service_s=20)], couriers=crew), [[0], []]) == (40, [[], [0]])
