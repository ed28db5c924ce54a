"""Messages over file descriptors."""

import os
import time

import pytest

from solver.routing.pipe import Pipe


@pytest.fixture
def ends():
    """Return two pipes that are connected to each other."""
    a_read, b_write = os.pipe()
    b_read, a_write = os.pipe()
    a, b = Pipe(a_read, a_write), Pipe(b_read, b_write)
    yield a, b
    for pipe in (a, b):
        try:
            pipe.close()
        except OSError:
            continue  # the test has closed it


def soon(seconds=0.05):
    """Return a deadline that comes soon."""
    return time.monotonic() + seconds


def test_messages_arrive_in_order(ends):
    """Two messages sent before the first is read."""
    here, there = ends
    here.send({"number": 1})
    here.send([2, 3])
    assert there.has_more()
    assert there.receive() == {"number": 1}
    assert there.has_more()
    assert there.receive() == [2, 3]
    assert not there.has_more()


def test_nothing_by_the_deadline(ends):
    """None, also for a deadline that has passed."""
    here, _ = ends
    assert here.receive(deadline_s=soon()) is None
    assert here.receive(deadline_s=0.0) is None


def test_a_part_of_a_message_is_none(ends):
    """A message cut off in the middle is not a message."""
    here, there = ends
    os.write(here._write_fd, b"\x00" * 7)
    assert there.receive(deadline_s=soon()) is None
    os.write(here._write_fd, b"\x05hel")
    assert there.receive(deadline_s=soon()) is None


def test_the_other_side_is_gone(ends):
    """Its end is an end of file to who reads, and a broken pipe to who writes."""
    here, there = ends
    there.close()
    assert here.has_more()
    with pytest.raises(EOFError):
        here.receive()
    with pytest.raises(BrokenPipeError):
        here.send("hello")


def test_who_does_not_read_is_not_waited_for(ends):
    """A message larger than the pipe holds."""
    here, _ = ends
    with pytest.raises(TimeoutError):
        here.send(bytes(10**6), deadline_s=soon())
