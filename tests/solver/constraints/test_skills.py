"""Only couriers with the skills."""

from dataclasses import replace

from solver.problem import Courier, Window


def _couriers():
    return [
        Courier(id="a", shift=Window(), start=0),
        Courier(id="b", shift=Window(), start=0, skills=frozenset({"cold", "age"})),
    ]


def test_every_skill_is_needed(on_a_line, price, drop):
    """The second courier has both skills, the first has none."""
    request = replace(drop(1), skills=frozenset({"cold", "age"}))
    problem = on_a_line(requests=[request, drop(2)], couriers=_couriers())
    assert price(problem, [[0], []]) is None
    assert price(problem, [[1], [0]]) == 30


def test_nobody_has_the_skill(on_a_line, price, drop):
    """The request is left out at its price."""
    request = replace(drop(1, price=9), skills=frozenset({"crane"}))
    problem = on_a_line(requests=[request], couriers=_couriers())
    assert price(problem, [[], [0]]) is None
    assert price(problem, [[], []]) == 9


def test_a_bound_request_asks_no_more(on_a_line, price, drop):
    """What is on board is delivered by whom it is with."""
    request = replace(drop(1, courier=0), skills=frozenset({"cold"}))
    assert price(on_a_line(requests=[request], couriers=_couriers()), [[0], []]) == 10
