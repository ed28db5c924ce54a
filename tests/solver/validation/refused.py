"""Problems on a line that must be refused, and parts of them."""

import dataclasses

import pytest

from solver.errors import ProblemError
from solver.problem import LaterTravel, Request, Task
from tests.solver.on_a_line import STREET, problem, street

WAYS = Request(id="w", loads=(Task(place=1),), unloads=(Task(place=2),), other_loads=((Task(place=1), Task(place=2)),))


def refused(place, words, couriers, requests, **rest):
    """Check that a problem is refused at a place, in words."""
    with pytest.raises(ProblemError) as caught:
        problem(couriers, requests, **rest)
    assert caught.value.place == place
    assert words in caught.value.message


def later(*hours, table=STREET):
    """Return the street with the same travel from some hours on."""
    return dataclasses.replace(street(), later=tuple(LaterTravel(from_s=hour, durations_s=table) for hour in hours))
