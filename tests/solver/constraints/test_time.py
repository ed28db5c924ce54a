"""Travel, set-up and service in the model's clock, seen through a window that opens or closes at a known second."""

from solver.problem import Courier, Request, Task, Window


def test_travel_and_service_add_up(on_a_line, price, drop):
    """10 s to the first stop, 7 s there, 20 s on: the second starts at 37."""

    def problem(latest_s):
        last = drop(3, windows=(Window(latest_s=latest_s),))
        return on_a_line(requests=[drop(1, service_s=7), last])

    assert price(problem(37), [[0, 1]]) == 30
    assert price(problem(36), [[0, 1]]) is None


def test_the_shift_begins_the_clock(on_a_line, price, drop):
    """A shift from 100 on reaches place 2 at 120."""

    def problem(latest_s):
        courier = Courier(id="c", shift=Window(earliest_s=100), start=0)
        return on_a_line(requests=[drop(2, windows=(Window(latest_s=latest_s),))], couriers=[courier])

    assert price(problem(120), [[0]]) == 20
    assert price(problem(119), [[0]]) is None


def test_waiting_costs_time_but_no_money(on_a_line, price, drop):
    """A window that opens at 50 delays the next stop to 60; only travel is paid."""

    def problem(latest_s):
        first, last = drop(1, windows=(Window(earliest_s=50),)), drop(2, windows=(Window(latest_s=latest_s),))
        return on_a_line(requests=[first, last])

    assert price(problem(60), [[0, 1]]) == 20
    assert price(problem(59), [[0, 1]]) is None


def test_setup_is_paid_once_a_place(on_a_line, price, drop):
    """Two tasks at place 1 with 5 s of set-up and 2 s of service: 10 + 5 + 2 + 2, then 10 s to place 2 make 29."""

    def problem(latest_s):
        parcels = [drop(1, setup_s=5, service_s=2), drop(1, setup_s=5, service_s=2)]
        return on_a_line(requests=[*parcels, drop(2, windows=(Window(latest_s=latest_s),))])

    assert price(problem(29), [[0, 1, 2]]) == 20
    assert price(problem(28), [[0, 1, 2]]) is None


def test_a_courier_at_the_place_pays_no_setup(on_a_line, price, drop):
    """Who starts at place 0 serves place 0 without set-up: 2 s of service, 10 s on."""

    def problem(latest_s):
        return on_a_line(requests=[drop(0, setup_s=5, service_s=2), drop(1, windows=(Window(latest_s=latest_s),))])

    assert price(problem(12), [[0, 1]]) == 10
    assert price(problem(11), [[0, 1]]) is None


def test_a_courier_from_anywhere_appears_at_its_first_stop(on_a_line, price, drop):
    """Without a start the first stop costs no travel and no set-up, even where others could stop there too."""
    courier = Courier(id="c", shift=Window())

    def problem(latest_s):
        first = drop(4, setup_s=5, service_s=3)
        return on_a_line(requests=[first, drop(5, windows=(Window(latest_s=latest_s),))], couriers=[courier])

    assert price(problem(13), [[0, 1]]) == 10
    assert price(problem(12), [[0, 1]]) is None


def test_no_way_is_not_planned(on_a_line, price, drop):
    """A leg without a way is no leg for a request that may be left out."""
    problem = on_a_line(requests=[drop(1), drop(2)], no_way=((0, 2),))
    assert price(problem, [[0, 1]]) == 20
    assert price(problem, [[1, 0]]) is None


def test_a_bound_request_crosses_no_way_at_its_price(on_a_line, price, drop):
    """On board goods are planned even where there is no way; the travel seconds say so."""
    problem = on_a_line(requests=[drop(2, courier=0)], no_way=((0, 2),))
    assert price(problem, [[0]]) == 2**30


def test_an_idle_courier_does_not_drive_home(on_a_line, price):
    """A courier without stops costs nothing, though its end is far away and its shift too short to get there."""
    courier = Courier(id="c", shift=Window(latest_s=1), start=0, end=5)
    request = Request(id="r", unloads=(Task(place=1),), price=77)
    assert price(on_a_line(requests=[request], couriers=[courier]), [[]]) == 77
