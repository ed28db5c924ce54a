"""The price of leaving out."""

from solver.problem import Request, Task


def test_each_request_has_its_price(on_a_line, price, drop):
    """Leaving out one, the other or both."""
    problem = on_a_line(requests=[drop(1, price=300), drop(2, price=4_000)])
    assert price(problem, [[]]) == 4_300
    assert price(problem, [[0]]) == 10 + 4_000
    assert price(problem, [[1]]) == 20 + 300


def test_the_price_of_several_tasks_is_paid_once(on_a_line, price):
    """Two loads and an unload left out cost one price."""
    request = Request(id="r", loads=(Task(place=1), Task(place=2)), unloads=(Task(place=3),), price=60)
    assert price(on_a_line(requests=[request]), [[]]) == 60
