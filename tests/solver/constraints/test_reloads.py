"""Couriers that reload: trips, what is on board in each, and when a reload may be."""

import pytest

from solver.problem import Courier, Reload, Request, Task, TaskRef, Window


def courier(*reloads, room=4, **rest):
    """Return a courier at place 0 that may reload."""
    return Courier(id="c", shift=Window(), start=0, capacity=(room,), reloads=reloads or (Reload(place=0),), **rest)


def parcel(name, *amounts, courier=None, place=1):
    """Return a request that is on board from the start of a trip, with an unload for each amount."""
    unloads = tuple(Task(place=place, unload=(amount,)) for amount in amounts)
    return Request(id=name, unloads=unloads, price=1_000, courier=courier)


def collect(name, *amounts, courier=None):
    """Return a request that stays on board to the end of a trip, with a load for each amount."""
    loads = tuple(Task(place=1, load=(amount,)) for amount in amounts)
    return Request(id=name, loads=loads, price=1_000, courier=courier)


def pair(name, amount, *, unload=None, courier=None, place=2):
    """Return a request that is loaded at place 1 and unloaded at another, in part or altogether."""
    unloads = (Task(place=place, unload=(amount if unload is None else unload,)),)
    return Request(id=name, loads=(Task(place=1, load=(amount,)),), unloads=unloads, price=1_000, courier=courier)


def test_each_trip_begins_with_its_parcels(on_a_line, price):
    """3 and 2 do not fit 4 together; one on each trip, and the way back between them, they do."""
    problem = on_a_line(requests=[parcel("a", 3), parcel("b", 2)], couriers=[courier()], capacities=1)
    assert price(problem, [[0, 1]]) is None
    assert price(problem, [[0, 2, 1]]) == 30
    assert price(problem, [[2, 0, 1]]) is None


def test_unloads_of_a_parcel_are_in_one_trip(on_a_line, price):
    """Two unloads of 1 and 1, and a reload before, between or after them."""
    problem = on_a_line(requests=[parcel("a", 1, 1)], couriers=[courier()], capacities=1)
    assert price(problem, [[2, 0, 1]]) == 10
    assert price(problem, [[0, 2, 1]]) is None
    assert price(problem, [[0, 1, 2]]) == 20


def test_what_was_collected_is_taken_off_at_a_reload(on_a_line, price):
    """3 and 2 collected in one trip do not fit 4."""
    problem = on_a_line(requests=[collect("a", 3), collect("b", 2)], couriers=[courier()], capacities=1)
    assert price(problem, [[0, 1]]) is None
    assert price(problem, [[0, 2, 1]]) == 30


def test_a_pair_stays_on_board_through_a_reload(on_a_line, price):
    """3 from place 1 to 2 over a reload, after which 1 more fits, and 2 do not."""
    for amount, cost in ((1, 10 + 10 + 10 + 10), (2, None)):
        requests = [pair("a", 3), parcel("p", amount)]
        problem = on_a_line(requests=requests, couriers=[courier()], capacities=1)
        assert price(problem, [[0, 3, 2, 1]]) == cost


def test_what_a_pair_leaves_on_board_goes_at_the_next_reload(on_a_line, price):
    """Of 3 loaded 1 is unloaded: 2 stay until the reload, and only then 4 fit."""
    requests = [pair("a", 3, unload=1), collect("c", 4)]
    problem = on_a_line(requests=requests, couriers=[courier(Reload(place=2))], capacities=1)
    assert price(problem, [[0, 1, 3, 2]]) == 10 + 10 + 10
    assert price(problem, [[0, 3, 1, 2]]) is None
    assert price(problem, [[0, 1, 2]]) is None


def test_bound_goods_stay_on_board_until_their_last_task(on_a_line, price):
    """A bound parcel of 2 and 2 is on board over the reload; 2 more fit once the first half is gone."""
    requests = [parcel("b", 2, 2, courier=0), parcel("p", 2)]
    problem = on_a_line(requests=requests, couriers=[courier()], capacities=1)
    assert price(problem, [[0, 3, 2, 1]]) == 30
    assert price(problem, [[3, 0, 2, 1]]) is None


def test_an_overloaded_courier_brings_nothing_until_there_is_room(on_a_line, price):
    """6 bound of 4 on board: a parcel of 4 is brought after the reload that comes after them."""
    requests = [parcel("b", 6, courier=0), parcel("p", 4), pair("a", 1)]
    problem = on_a_line(requests=requests, couriers=[courier()], capacities=1)
    assert price(problem, [[0, 4, 1]]) == 30 + 1_000
    assert price(problem, [[4, 0, 1]]) is None
    assert price(problem, [[0, 1]]) is None
    assert price(problem, [[2, 0, 3]]) is None
    assert price(problem, [[0, 2, 3]]) == 20 + 1_000


def test_every_dimension_counts(on_a_line, price):
    """Room in the first dimension is not room in the second."""
    loads = (Task(place=1, load=(1, 3)),)
    requests = [
        Request(id="a", loads=loads, unloads=(Task(place=2, unload=(1, 3)),), price=1_000),
        Request(id="p", unloads=(Task(place=1, unload=(3, 0)),), price=1_000),
        Request(id="q", unloads=(Task(place=1, unload=(0, 2)),), price=1_000),
    ]
    crew = [Courier(id="c", shift=Window(), start=0, capacity=(4, 4), reloads=(Reload(place=0),))]
    problem = on_a_line(requests=requests, couriers=crew, capacities=2)
    assert price(problem, [[2, 0, 1]]) == 20 + 1_000
    assert price(problem, [[0, 4, 3, 1]]) is None
    assert price(problem, [[0, 4, 2, 1]]) == 40 + 1_000


def test_reloads_are_limited_and_take_time(on_a_line, price, drop):
    """Twice at most. 10 out and back, 4 of set-up, 6 of service, and 10 out make 40."""

    def problem(latest_s):
        requests = [parcel("a", 4), drop(1, windows=(Window(latest_s=latest_s),)), parcel("b", 4), parcel("c", 4)]
        crew = [courier(Reload(place=0, setup_s=4, service_s=6, times=2))]
        return on_a_line(requests=requests, couriers=crew, capacities=1)

    assert price(problem(40), [[0, 4, 1, 2, 5, 3]]) == 50
    assert price(problem(39), [[0, 4, 1, 2, 5, 3]]) is None


def test_set_up_at_a_reload_only_on_coming_from_another_place(on_a_line, price, drop):
    """Who starts at the reload pays 6 of service, and is at place 1 at 16."""
    for latest_s, cost in ((16, 10), (15, None)):
        requests = [drop(1, windows=(Window(latest_s=latest_s),))]
        crew = [courier(Reload(place=0, setup_s=4, service_s=6))]
        assert price(on_a_line(requests=requests, couriers=crew, capacities=1), [[1, 0]]) == cost


@pytest.mark.parametrize("bound", [None, 0])
def test_reloads_keep_their_windows(on_a_line, price, bound):
    """Back at 20, in a window to 20; never late, whatever is bound."""
    for latest_s, cost in ((20, 30), (19, None)):
        crew = [courier(Reload(place=0, windows=(Window(latest_s=latest_s),)))]
        requests = [parcel("a", 3, courier=bound), parcel("b", 2)]
        assert price(on_a_line(requests=requests, couriers=crew, capacities=1), [[0, 2, 1]]) == cost


def test_only_its_own_courier_reloads(on_a_line, price):
    """The reload is c's."""
    crew = [courier(), Courier(id="d", shift=Window(), start=0, capacity=(4,))]
    problem = on_a_line(requests=[parcel("a", 3), parcel("b", 2)], couriers=crew, capacities=1)
    assert price(problem, [[], [0, 2, 1]]) is None
    assert price(problem, [[1], [0]]) == 20


def test_reloads_may_come_between_frozen_stops(on_a_line, price):
    """The order of frozen stops is kept, and nothing else is done before the last of them."""
    requests = [parcel("a", 1, courier=0), parcel("b", 1, courier=0), parcel("p", 1)]
    crew = [courier(frozen=(TaskRef(1, 0), TaskRef(0, 0)))]
    problem = on_a_line(requests=requests, couriers=crew, capacities=1)
    assert price(problem, [[1, 3, 0, 2]]) == 30
    assert price(problem, [[1, 2, 0]]) is None
    assert price(problem, [[0, 1, 2]]) is None


def test_a_request_of_several_collections_is_in_one_trip(on_a_line, price):
    """The rules allow more: this is a plan that the model does not have."""
    problem = on_a_line(requests=[collect("a", 1, 1)], couriers=[courier()], capacities=1)
    assert price(problem, [[0, 1, 2]]) == 20
    assert price(problem, [[0, 2, 1]]) is None


def test_the_search_moves_a_reload(on_a_line, best):
    """From 1 back to 0 and out to 3 costs 50; from 0 out to 3, back to 0 and out to 1 would be 70."""
    requests = [parcel("a", 3, place=3), parcel("b", 2)]
    problem = on_a_line(requests=requests, couriers=[courier()], capacities=1)
    assert best(problem, [[0, 2, 1]]) == (50, [[1, 2, 0]])
