"""Room, trips, what may be on board in a break, and last in, first out."""

import dataclasses

import pytest

from solver.problem import Break, Reload, Request, Task
from tests.solver.judged import fault_of, passes
from tests.solver.on_a_line import courier, delivery, drop, problem


def loaded(of, *requests):
    """Return a problem of kilograms."""
    return problem([of], list(requests), dimensions=("kg",))


def collection(name, place, amount):
    """Return a request of one load that stays on board."""
    return Request(id=name, loads=(Task(place=place, load=(amount,)),), price=1_000)


RELOADS = courier(capacity=(3,), reloads=(Reload(place=0, times=2),))


def test_each_trip_begins_with_what_it_takes_off():
    """4 kg in two trips, of 3 kg at most."""
    made = loaded(RELOADS, drop("a", 1, unload=(2,)), drop("b", 2, unload=(2,)))
    assert passes(made, "0.0 reload.0 1.0")
    assert fault_of(made, "0.0 1.0") == "CAPACITY"
    assert fault_of(made, "reload.0 0.0 1.0") == "CAPACITY"
    assert fault_of(made, "0.0 1.0 reload.0") == "CAPACITY"


def test_what_is_collected_makes_room_at_a_reload():
    """3 kg, taken off before 3 more."""
    made = loaded(RELOADS, collection("a", 1, 3), collection("b", 2, 3))
    assert passes(made, "0.0 reload.0 1.0")
    assert fault_of(made, "0.0 1.0 reload.0") == "CAPACITY"


def test_what_is_under_way_takes_room_across_a_reload():
    """2 kg with 1 kg for the next trip is enough; with 2 kg too much."""
    for amount in (1, 2):
        made = loaded(RELOADS, delivery("a", 1, 3, amount=(2,)), drop("b", 2, unload=(amount,)))
        if amount == 1:
            assert passes(made, "0.0 reload.0 1.0 0.1")
        else:
            assert fault_of(made, "0.0 reload.0 1.0 0.1") == "CAPACITY"
            assert passes(made, "0.0 0.1 reload.0 1.0")


def test_more_than_there_is_room_for_may_stay_on_board_of_what_is_bound():
    """But nothing is put on board at the reload then."""
    heavy = drop("heavy", 2, unload=(5,), courier=0)
    made = loaded(RELOADS, heavy, drop("a", 1, unload=(1,)), drop("b", 1))
    assert passes(made, "2.0 reload.0 0.0 reload.0 1.0")
    assert fault_of(made, "reload.0 0.0 1.0") == "CAPACITY"
    assert passes(made, "reload.0 0.0 2.0")


def test_all_unloads_of_a_request_without_loads_are_in_one_trip():
    """Unless it is bound: then it is on board already."""
    twice = Request(id="r", unloads=(Task(place=1, unload=(1,)), Task(place=2, unload=(1,))), price=1_000)
    made = loaded(RELOADS, twice)
    assert passes(made, "reload.0 0.0 0.1 reload.0")
    assert fault_of(made, "0.0 reload.0 0.1") == "TRIP_SPLIT"
    assert passes(loaded(RELOADS, dataclasses.replace(twice, courier=0)), "0.0 reload.0 0.1")


def test_a_break_may_allow_for_less_on_board():
    """But for what is bound alone."""
    of = courier(capacity=(9,), breaks=(Break(max_load=(1,)),))
    requests = [delivery("a", 1, 2, amount=(2,)), drop("b", 3, unload=(1,))]
    made = loaded(of, *requests)
    assert passes(made, "0.0 0.1 break.0 1.0")
    assert fault_of(made, "0.0 break.0 0.1 1.0") == "BREAK_TOO_FULL"
    bound = [dataclasses.replace(request, courier=0) for request in requests]
    assert passes(loaded(of, *bound), "0.0 break.0 0.1 1.0")
    assert fault_of(loaded(of, bound[0], requests[1]), "0.0 break.0 0.1 1.0") == "BREAK_TOO_FULL"
    assert passes(loaded(courier(capacity=(9,), breaks=(Break(),)), *requests), "0.0 break.0 0.1 1.0")


STACKS = courier(last_in_first_out=True, reloads=(Reload(place=0),))
TWO = [delivery("a", 1, 2), delivery("b", 1, 2)]


@pytest.mark.parametrize("order", ["0.0 0.1 1.0 1.1", "0.0 1.0 1.1 0.1", "1.0 0.0 0.1 1.1", "0.0 1.0 reload.0 0.1 1.1"])
def test_what_was_put_on_last_is_taken_off_first(order):
    """After a reload, all that is on board is beneath, and in any order."""
    assert passes(problem([STACKS], TWO), order)


@pytest.mark.parametrize("order", ["0.0 1.0 0.1 1.1", "reload.0 1.0 0.0 1.1 0.1"])
def test_what_is_beneath_cannot_be_taken_off(order):
    """By a courier that stacks, if one of both may be left out."""
    assert fault_of(problem([STACKS], TWO), order) == "LAST_IN_FIRST_OUT"
    one, other = (dataclasses.replace(request, courier=0) for request in TWO)
    assert fault_of(problem([STACKS], [one, TWO[1]]), order) == "LAST_IN_FIRST_OUT"
    assert passes(problem([STACKS], [one, other]), order)
    assert passes(problem([courier(reloads=STACKS.reloads)], TWO), order)


def test_what_is_on_board_from_the_start_is_beneath():
    """In any order among itself."""
    made = problem([STACKS], [drop("x", 1), drop("y", 2), delivery("a", 1, 3)])
    assert passes(made, "1.0 0.0 2.0 2.1")
    assert passes(made, "2.0 2.1 1.0 0.0")
    assert fault_of(made, "0.0 2.0 1.0 2.1") == "LAST_IN_FIRST_OUT"


def test_what_stays_on_board_bars_what_is_beneath():
    """Up to the next reload."""
    collect = Request(id="c", loads=(Task(place=1),), price=1_000)
    made = problem([STACKS], [delivery("a", 1, 3), collect])
    assert passes(made, "1.0 0.0 0.1")
    assert passes(made, "0.0 1.0 reload.0 0.1")
    assert fault_of(made, "0.0 1.0 0.1") == "LAST_IN_FIRST_OUT"


def test_a_part_that_is_on_top_is_enough():
    """Of two loads one, of two unloads one."""
    both = Request(id="b", loads=(Task(place=1), Task(place=1)), unloads=(Task(place=2), Task(place=2)), price=1_000)
    made = problem([STACKS], [delivery("a", 1, 3), both])
    assert passes(made, "0.0 1.0 1.1 1.2 1.3 0.1")
    assert passes(made, "1.0 0.0 0.1 1.1 1.2 1.3")
    assert passes(made, "1.0 1.1 0.0 0.1 1.2 1.3")
    assert fault_of(made, "0.0 1.0 0.1 1.1 1.2 1.3") == "LAST_IN_FIRST_OUT"
    assert fault_of(made, "0.0 1.0 1.1 1.2 0.1 1.3") == "LAST_IN_FIRST_OUT"
    assert passes(made, "1.0 0.0 1.1 1.2 1.3 0.1")
    assert fault_of(made, "1.0 0.0 1.1 0.1 1.2 1.3") == "LAST_IN_FIRST_OUT"


def test_requests_count_by_their_loads_not_by_amounts():
    """Nothing weighs anything here, and a stack is a stack."""
    heavy = [delivery("a", 1, 2, amount=(1,)), delivery("b", 1, 2, amount=(0,))]
    made = loaded(dataclasses.replace(STACKS, capacity=(9,)), *heavy)
    assert fault_of(made, "0.0 1.0 0.1 1.1") == "LAST_IN_FIRST_OUT"
