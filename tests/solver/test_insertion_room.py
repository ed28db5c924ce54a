"""Room on board, in every dimension."""

import numpy as np

from solver.insertion.compiled import interpreted
from solver.insertion.room import has_room, has_room_after, may_begin


def row(*numbers):
    """Return one number per dimension."""
    return np.array(numbers, np.int64)


def test_what_is_put_on_board_must_fit_with_the_rest():
    """The load on departure from before, and all of the request by then; what is taken off always may be."""
    assert interpreted(has_room)(row(2, -9), row(1, 99), row(2, 0), row(3, 0))
    assert not interpreted(has_room)(row(2, 1), row(1, 1), row(2, 1), row(3, 1))


def test_what_stays_on_board_must_fit_with_all_that_follows():
    """Where nothing more is put on board there is always room."""
    assert interpreted(has_room_after)(row(2, -(2**61)), row(1, 5), row(3, 4))
    assert not interpreted(has_room_after)(row(2, 2), row(1, 2), row(3, 3))


def test_what_is_on_board_from_the_start_must_fit_there():
    """One that brings nothing is not held up by what is too much already."""
    assert interpreted(may_begin)(row(2, 0), row(1, 9), row(3, 3))
    assert not interpreted(may_begin)(row(2, 1), row(1, 3), row(3, 3))


def test_without_dimensions_there_is_room():
    """Nothing is counted."""
    for fits in (has_room_after, may_begin):
        assert interpreted(fits)(row(), row(), row())
