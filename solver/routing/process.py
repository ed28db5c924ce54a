"""The parent's side of the child process that runs OR-Tools."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from pathlib import Path
from typing import IO

from solver.errors import WorkerError
from solver.routing.messages import Ask, Better, Done, Failed, Ready
from solver.routing.pipe import Pipe

START_S = 60.0
"""A child that is not ready by then has failed: it reads some hundred files first."""

LEAVE_S = 1.0
"""How long a child may take to end once its pipe is closed."""

LAST_WORDS = 1_000
"""So many bytes of what a lost child has written to its standard error are told."""

_CODE = "import sys; sys.path.insert(0, {root!r}); from solver.routing.worker import main; main()"


class RoutingProcess:
    """A child process that is started when first needed, and started again after it was killed or died.

    For one thread at a time. A copy that a fork makes of it starts a child of its own.
    """

    def __init__(self) -> None:
        self._child: _Child | None = None

    def start(self) -> None:
        """Start the child if none runs. It becomes ready meanwhile; `wait_ready` waits for that.

        Raises
        ------
        WorkerError
            If it cannot be started.
        """
        if self._child is not None and not self._child.is_ours():
            self._child = None
        if self._child is None:
            self._child = _Child()

    def wait_ready(self, *, deadline_s: float | None = None) -> bool:
        """Return whether the child is ready by the deadline.

        Raises
        ------
        WorkerError
            If it died, or was not ready within `START_S`.
        """
        self.start()
        child = self._running()
        while not child.ready:
            limit_s = child.started_s + START_S
            message = self._receive(child, limit_s if deadline_s is None else min(deadline_s, limit_s))
            child.ready = isinstance(message, Ready)
            if message is None:
                if time.monotonic() >= limit_s:
                    self.kill()
                    raise WorkerError(f"the solver's child process was not ready within {START_S:g} s")
                return False
        return True

    def ask(self, ask: Ask, *, deadline_s: float | None = None) -> None:
        """Send a question to the child, which is ready.

        Raises
        ------
        WorkerError
            If the child is gone or does not take it by the deadline; it is then killed.
        """
        child = self._running()
        try:
            child.pipe.send(ask, deadline_s=deadline_s)
        except (TimeoutError, BrokenPipeError) as error:
            raise self._lost(error) from error

    def answer(self, *, deadline_s: float | None = None) -> Better | Done | Failed | None:
        """Return the child's next answer, or None if there was none by the deadline.

        Raises
        ------
        WorkerError
            If the child is gone.
        """
        message = self._receive(self._running(), deadline_s)
        return message if isinstance(message, Better | Done | Failed) else None

    def kill(self) -> None:
        """End the child at once; the next `start` makes a new one."""
        child, self._child = self._child, None
        if child is not None:
            child.end(patience_s=0.0)

    def close(self) -> None:
        """End the child, at once if it is busy."""
        child, self._child = self._child, None
        if child is not None:
            child.end(patience_s=LEAVE_S)

    @property
    def pid(self) -> int | None:
        """Process id of the child, if one runs."""
        return None if self._child is None else self._child.pid

    def _running(self) -> _Child:
        if self._child is None:
            raise WorkerError("the solver's child process does not run: start it first")
        return self._child

    def _receive(self, child: _Child, deadline_s: float | None) -> object | None:
        try:
            return child.pipe.receive(deadline_s=deadline_s)
        except EOFError as error:
            raise self._lost(error) from error

    def _lost(self, error: Exception) -> WorkerError:
        child = self._running()
        self.kill()
        return WorkerError(f"the solver's child process was lost ({error}): {child.last_words}")


class _Child:
    """One child, from its start to its end."""

    def __init__(self) -> None:
        their_read, our_write = os.pipe()
        our_read, their_write = os.pipe()
        self._owner = os.getpid()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        try:
            self._popen = _popen(their_read, their_write, self._errors)
        except OSError as error:
            os.close(our_read)
            os.close(our_write)
            self._errors.close()
            raise WorkerError(f"the solver's child process cannot be started: {error}") from error
        finally:
            os.close(their_read)
            os.close(their_write)
        self.pipe = Pipe(our_read, our_write)
        self.pid = self._popen.pid
        self.ready = False
        self.started_s = time.monotonic()
        # At the latest when the interpreter ends; a copy in a forked process must leave the child alone.
        self._finish = weakref.finalize(self, _end, self._popen, self.pipe, self._errors, self._owner)
        self.last_words = ""
        """How it ended, and the end of what it wrote to its standard error."""

    def is_ours(self) -> bool:
        """Return whether this process, not one it was forked from, started the child."""
        return self._owner == os.getpid()

    def end(self, *, patience_s: float) -> None:
        """Close the pipe, and kill the child if it does not end within `patience_s`."""
        if self._finish.detach() is not None:
            self.last_words = _end(self._popen, self.pipe, self._errors, self._owner, patience_s)


def _popen(read_fd: int, write_fd: int, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[2])
    # Only the main thread lives as long as the process: see `solver.routing.worker.follow_parent`.
    parent = os.getpid() if threading.current_thread() is threading.main_thread() else 0
    return subprocess.Popen(
        [sys.executable, "-c", _CODE.format(root=root), str(read_fd), str(write_fd), str(parent)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        pass_fds=(read_fd, write_fd),
    )


def _end(popen: subprocess.Popen[bytes], pipe: Pipe, errors: IO[bytes], owner: int, patience_s: float = 0.0) -> str:
    """End a child, unless this is a forked copy of its parent, and return its last words."""
    if owner != os.getpid():
        return ""
    pipe.close()
    try:
        popen.wait(timeout=patience_s)
    except subprocess.TimeoutExpired:
        popen.kill()
        popen.wait()
    with errors:
        errors.seek(0, os.SEEK_END)
        errors.seek(max(0, errors.tell() - LAST_WORDS))
        text = errors.read().decode(errors="replace").strip()
    return f"exit status {popen.returncode}; {text or 'it said nothing'}"
