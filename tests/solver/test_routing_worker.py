"""The child's side, in this process: what is asked is written to its pipe beforehand."""

import os
import sys
import threading
import time

import pytest

from solver.nodes import number_nodes
from solver.routing import worker
from solver.routing.messages import Ask, Better, Done, Failed, Ready
from solver.routing.pipe import Pipe
from solver.routing.search import NEIGHBOURS_PER_UNIT
from solver.schedule import schedule
from tests.solver import instances

PROBLEM = instances.orders_from_stores(6, 2)
EMPTY = [[], []]


@pytest.fixture
def ends():
    """Return the two ends of a conversation."""
    a_read, b_write = os.pipe()
    b_read, a_write = os.pipe()
    return Pipe(a_read, a_write), Pipe(b_read, b_write)


def ask(number, problem=None, *, rows=None, work=1, seconds=None):
    """Return a question."""
    return Ask(number=number, problem=problem, rows=rows or EMPTY, work=work, seconds=seconds)


def answers(ends, *questions, at_once=False):
    """Return all that is answered to some questions, asked one after another, or `at_once`."""
    ours, theirs = ends
    child = threading.Thread(target=worker.serve, args=(theirs,))
    child.start()
    found = [ours.receive()]
    waiting = list(questions)
    while waiting or (at_once and sum(isinstance(answer, Done) for answer in found) < len(questions)):
        while waiting:
            ours.send(waiting.pop(0))
            if not at_once:
                break
        found.append(ours.receive())
        while isinstance(found[-1], Better):
            found.append(ours.receive())
    os.close(ours._write_fd)
    child.join()
    theirs.close()
    return found


def test_ready_then_better_then_done(ends):
    """The last plan sent serves everything."""
    found = answers(ends, ask(7, PROBLEM, work=20))
    assert found[0] == Ready()
    assert all(isinstance(answer, Better) and answer.number == 7 for answer in found[1:-1])
    assert found[-1] == Done(number=7, steps=20 * NEIGHBOURS_PER_UNIT)
    plan = schedule(PROBLEM, number_nodes(PROBLEM).sequences(found[-2].rows))
    assert not plan.left_out


def test_the_problem_is_kept_for_the_next_question(ends):
    """A second question without a problem is about the same one."""
    found = answers(ends, ask(1, PROBLEM), ask(2))
    assert [answer.number for answer in found if isinstance(answer, Done)] == [1, 2]


def test_an_error_is_told_and_the_next_question_answered(ends):
    """A first question without a problem, then one with."""
    found = answers(ends, ask(1), ask(2, PROBLEM))
    assert isinstance(found[1], Failed)
    assert "must have a problem" in found[1].text
    assert isinstance(found[-1], Done)


def test_a_plan_that_is_no_solution_is_told(ends):
    """Done without steps."""
    found = answers(ends, ask(1, PROBLEM, rows=[[1, 0], []]))
    assert found[1:] == [Done(number=1, steps=None)]


def test_a_new_question_ends_the_search(ends):
    """The first search has no limit of its own."""
    found = answers(ends, ask(1, PROBLEM, work=None), ask(2, work=1), at_once=True)
    assert [answer.number for answer in found if isinstance(answer, Done)] == [1, 2]


def test_seconds_end_the_search(ends, monkeypatch):
    """A limit that has passed at once; the parent is there all the while."""
    ours, theirs = ends
    monkeypatch.setattr(worker, "REPORT_PERIOD_S", 0.0)
    steps = worker._Worker(theirs).run(ask(1, PROBLEM, work=None, seconds=1e-6)).steps
    assert steps == 64
    ours.close()
    theirs.close()


def test_plans_in_quick_succession_are_not_all_told(ends, monkeypatch):
    """With an endless pause after the first, only the first and the last are sent."""
    monkeypatch.setattr(worker, "REPORT_PERIOD_S", float("inf"))
    found = answers(ends, ask(1, PROBLEM, work=20))
    assert [type(answer) for answer in found] == [Ready, Better, Done]


def test_the_parent_may_end_in_the_midst(ends):
    """Nobody reads the answer: the child ends without a word."""
    ours, theirs = ends
    ours.send(ask(1, PROBLEM))
    ours.close()
    with pytest.raises(BrokenPipeError):
        worker.serve(theirs)
    theirs.close()


def test_main_serves_on_its_arguments(ends, monkeypatch):
    """File descriptors come as text."""
    ours, theirs = ends
    arguments = ["worker", str(theirs._read_fd), str(theirs._write_fd), "0"]
    monkeypatch.setattr(sys, "argv", arguments)
    os.close(ours._write_fd)
    worker.main()
    assert ours.receive(deadline_s=time.monotonic() + 5) == Ready()
    theirs.close()


def test_who_follows_a_dead_parent_ends(monkeypatch):
    """The parent may have ended before the child could ask to follow it."""
    monkeypatch.setattr(sys, "platform", "other")
    monkeypatch.setattr(sys, "argv", ["worker", "0", "0", str(os.getpid())])
    with pytest.raises(SystemExit):
        worker.main()
