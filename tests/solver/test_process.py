"""The child process: its answers, its ends, and what comes after."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from solver.errors import WorkerError
from solver.routing import process as process_module
from solver.routing.assistant import Assistant
from solver.routing.messages import Ask, Done, Failed
from solver.routing.process import RoutingProcess
from solver.routing.search import NEIGHBOURS_PER_UNIT
from tests.solver import instances

PROBLEM = instances.orders_from_stores(6, 2)
EMPTY = [[], []]
WATCHDOG_S = 30.0


@pytest.fixture
def process():
    """Return a process that is ended after the test."""
    own = RoutingProcess()
    yield own
    own.close()


def answer_to(process, *, work=1):
    """Return the last answer to a small question."""
    assert process.wait_ready()
    process.ask(Ask(number=1, problem=PROBLEM, rows=EMPTY, work=work))
    while not isinstance(answer := process.answer(deadline_s=time.monotonic() + WATCHDOG_S), Done | Failed):
        assert answer is not None
    return answer


def is_gone(pid):
    """Wait until no process has that number, not even a dead one, and return whether that is so."""
    until_s = time.monotonic() + WATCHDOG_S
    while time.monotonic() < until_s:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def test_it_answers(process):
    """A question, and Done at the end."""
    assert answer_to(process) == Done(number=1, steps=NEIGHBOURS_PER_UNIT)


def test_it_starts_when_first_needed(process):
    """Not before; and only once."""
    assert process.pid is None
    process.start()
    pid = process.pid
    process.start()
    assert pid is not None
    assert process.pid == pid


def test_the_parent_does_not_import_ortools():
    """Solving in a fresh interpreter leaves OR-Tools to the child."""
    code = (
        "import sys\n"
        "from solver.solve import Solver\n"
        "from solver.params import SolveParams\n"
        "from tests.solver import instances\n"
        "with Solver() as solver:\n"
        "    plan = solver.solve(instances.orders_from_stores(8, 2), SolveParams(work_limit=1, engine='ortools'))\n"
        "print(plan.engine, any(name.startswith('ortools') for name in sys.modules))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["ortools", "False"]


def test_closing_ends_the_child(process):
    """It leaves no process behind, and may be closed twice and used again."""
    answer_to(process)
    pid = process.pid
    process.close()
    process.close()
    assert is_gone(pid)
    assert isinstance(answer_to(process), Done)
    assert process.pid != pid


def test_a_busy_child_is_ended_too(process):
    """A search without limits does not keep the child."""
    process.wait_ready()
    process.ask(Ask(number=1, problem=PROBLEM, rows=EMPTY))
    pid = process.pid
    process.close()
    assert is_gone(pid)


def test_a_child_that_died_is_reported_and_replaced(process):
    """Killed from outside: an error that says so, then a new child."""
    process.wait_ready()
    pid = process.pid
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(WorkerError, match="exit status -9"):
        process.answer()
    assert is_gone(pid)
    assert isinstance(answer_to(process), Done)


def test_a_child_that_does_not_read_is_given_up(process):
    """A stopped child does not take a question that is larger than the pipe."""
    process.wait_ready()
    os.kill(process.pid, signal.SIGSTOP)
    rows = [list(range(10**5)), []]
    with pytest.raises(WorkerError, match="does not read"):
        process.ask(Ask(number=1, problem=PROBLEM, rows=rows), deadline_s=time.monotonic() + 0.1)
    assert process.pid is None


def test_what_it_said_last_is_told(process, monkeypatch):
    """A child that cannot even start says why."""
    monkeypatch.setattr(process_module, "_CODE", "raise SystemExit('no such module')")
    with pytest.raises(WorkerError, match="exit status 1; no such module"):
        process.wait_ready()


def test_a_child_that_never_gets_ready_is_given_up(process, monkeypatch):
    """It sleeps instead of importing."""
    monkeypatch.setattr(process_module, "_CODE", "import time; time.sleep(60)")
    monkeypatch.setattr(process_module, "START_S", 0.1)
    assert not process.wait_ready(deadline_s=time.monotonic())
    with pytest.raises(WorkerError, match=r"not ready within 0\.1 s"):
        process.wait_ready()
    assert process.pid is None


def test_without_an_interpreter_there_is_no_child(process, monkeypatch):
    """As where Python is embedded in another program."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(WorkerError, match="cannot be started"):
        process.start()


def test_asking_before_the_start_is_an_error(process):
    """There is nobody to answer."""
    with pytest.raises(WorkerError, match="start it first"):
        process.answer()


def test_a_forked_copy_leaves_the_child_alone(process, monkeypatch):
    """To another process id the child is not its own: it is not ended, and a new one started."""
    process.wait_ready()
    pid = process.pid
    theirs = process._child
    with monkeypatch.context() as forked:
        forked.setattr(os, "getpid", lambda: -1)
        theirs.end(patience_s=0.0)
    os.kill(pid, 0)
    monkeypatch.setattr(theirs, "_owner", -1)
    process.start()
    assert process.pid != pid
    theirs._popen.kill()
    theirs._popen.wait()
    theirs.pipe.close()
    theirs._errors.close()


@pytest.mark.parametrize("thread", [False, True])
def test_the_child_ends_with_its_parent(thread):
    """However hard the parent ends, and whichever thread has started the child, in the midst of a search."""
    start = "t = threading.Thread(target=go); t.start(); t.join()" if thread else "go()"
    code = (
        "import os, threading\n"
        "from solver.routing.messages import Ask\n"
        "from solver.routing.process import RoutingProcess\n"
        "from tests.solver import instances\n"
        "process = RoutingProcess()\n"
        "def go():\n"
        "    process.wait_ready()\n"
        "    problem = instances.orders_from_stores(6, 2)\n"
        "    process.ask(Ask(number=1, problem=problem, rows=[[], []]))\n"
        f"{start}\n"
        "print(process.pid, flush=True)\n"
        "os._exit(1)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert is_gone(int(run.stdout))


def test_the_child_outlives_the_thread_that_started_it(process):
    """Only the end of the process ends it."""
    thread = threading.Thread(target=process.wait_ready)
    thread.start()
    thread.join()
    assert isinstance(answer_to(process), Done)


def test_a_hung_search_is_ended_and_the_next_problem_has_a_child(process):
    """A stopped child: nothing is heard, then it is killed and another started."""
    assistant = Assistant(process, PROBLEM)
    assert assistant.is_ready(deadline_s=None)
    pid = process.pid
    os.kill(pid, signal.SIGSTOP)
    assistant.ask(EMPTY, work=1)
    assert assistant.newest(deadline_s=time.monotonic() + 0.05) is None
    assert assistant.is_busy
    assistant.end()
    assert is_gone(pid)
    assert not assistant.is_ready(deadline_s=None)
    other = Assistant(process, PROBLEM)
    assert other.is_ready(deadline_s=None)
    other.ask(EMPTY, work=20)
    rows = other.newest(deadline_s=None)
    assert sum(map(len, rows)) == 12
    assert (other.took_part, other.steps) == (True, 20 * NEIGHBOURS_PER_UNIT)


def test_a_child_that_dies_is_no_loss_to_the_caller(process, caplog):
    """The search is over, and the reason logged."""
    assistant = Assistant(process, PROBLEM)
    assistant.is_ready(deadline_s=None)
    assistant.ask(EMPTY)
    os.kill(process.pid, signal.SIGKILL)
    while assistant.is_busy:
        assistant.newest(deadline_s=time.monotonic() + 0.1)
    assert assistant.is_lost
    assert "was lost" in caplog.text
    assistant.ask(EMPTY)
    assert not assistant.is_busy


def test_an_error_in_the_child_is_logged(process, caplog):
    """Tasks that do not exist."""
    assistant = Assistant(process, PROBLEM)
    assistant.is_ready(deadline_s=None)
    assistant.ask([["x"], []], work=1)
    assert assistant.newest(deadline_s=None) is None
    assert "OR-Tools broke off" in caplog.text
    assert not assistant.took_part


def test_a_plan_that_the_model_refuses_is_logged(process, caplog):
    """An unload before its load."""
    assistant = Assistant(process, PROBLEM)
    assistant.is_ready(deadline_s=None)
    assistant.ask([[1, 0], []], work=1)
    assert assistant.newest(deadline_s=None) is None
    assert "does not have the plan" in caplog.text


def test_answers_to_an_earlier_question_are_not_taken(process):
    """A second question while the first search runs."""
    assistant = Assistant(process, PROBLEM)
    assistant.is_ready(deadline_s=None)
    assistant.ask(EMPTY)
    assistant.ask(EMPTY, work=1)
    assistant.newest(deadline_s=None)
    assert assistant.steps == NEIGHBOURS_PER_UNIT


def test_a_child_that_cannot_be_started_again_is_logged(process, monkeypatch, caplog):
    """After a kill the interpreter is gone."""
    assistant = Assistant(process, PROBLEM)
    assistant.is_ready(deadline_s=None)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assistant.give_up("was tired")
    assert "cannot be started" in caplog.text
    assert not Assistant(process, PROBLEM).is_ready(deadline_s=None)
