"""Facts are judged, and not taken for rules."""

from solver.problem import Courier, Reload, Request, Task, Window


def test_loads_in_different_trips_are_allowed(on_a_line, price, drop):
    """At 10, reload at 20, then 20, again at 20, unload at 30 and drop at 40: in three trips, nothing is on top."""
    basket = Request(id="basket", loads=(Task(place=1), Task(place=2)), unloads=(Task(place=3),), price=900)
    crew = [
        Courier(
            id="c", shift=Window(), start=0, last_in_first_out=True, reloads=(Reload(place=2, times=2),), capacity=()
        )
    ]
    problem = on_a_line(requests=[basket, drop(4)], couriers=crew)
    assert price(problem, [[0, 4, 1, 5, 2, 3]]) == 40
    assert price(problem, [[0, 4, 1, 5, 3, 2]]) == 40 + 10
