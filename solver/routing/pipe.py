"""Whole messages over a pair of file descriptors, by a deadline."""

from __future__ import annotations

import os
import pickle
import select
import struct
import time

_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 20


class Pipe:
    """Sends and receives pickled messages. Only for processes that trust each other, such as parent and child.

    Deadlines are readings of `time.monotonic`; None is never.
    """

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._received = bytearray()
        os.set_blocking(read_fd, False)
        os.set_blocking(write_fd, False)

    def send(self, message: object, *, deadline_s: float | None = None) -> None:
        """Send a message.

        Raises
        ------
        TimeoutError
            If the other side did not take it in time; a part of it may be sent.
        BrokenPipeError
            If the other side is gone.
        """
        body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        rest = memoryview(_LENGTH.pack(len(body)) + body)
        while rest:
            if not _wait(self._write_fd, select.POLLOUT, deadline_s):
                raise TimeoutError("the other side does not read")
            rest = rest[os.write(self._write_fd, rest[:_CHUNK]) :]

    def receive(self, *, deadline_s: float | None = None) -> object | None:
        """Return the next message, or None if it was not complete by the deadline.

        Raises
        ------
        EOFError
            If the other side is gone.
        """
        while (message := self._take()) is None:
            if not _wait(self._read_fd, select.POLLIN, deadline_s):
                return None
            part = os.read(self._read_fd, _CHUNK)
            if not part:
                raise EOFError("the other side is gone")
            self._received += part
        return message

    def has_more(self) -> bool:
        """Return whether there is something to read, or the other side is gone."""
        return bool(self._received) or _wait(self._read_fd, select.POLLIN, 0.0)

    def close(self) -> None:
        """Close both file descriptors."""
        os.close(self._read_fd)
        os.close(self._write_fd)

    def _take(self) -> object | None:
        if len(self._received) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._received)
        end = _LENGTH.size + length
        if len(self._received) < end:
            return None
        body = bytes(self._received[_LENGTH.size : end])
        del self._received[:end]
        message: object = pickle.loads(body)
        return message


def _wait(fd: int, event: int, deadline_s: float | None) -> bool:
    """Wait until `fd` is ready or its other side is gone, and return whether it is."""
    poll = select.poll()
    poll.register(fd, event)
    while True:
        left_s = None if deadline_s is None else max(0.0, deadline_s - time.monotonic())
        if poll.poll(None if left_s is None else left_s * 1_000):
            return True
        if deadline_s is not None and time.monotonic() >= deadline_s:
            return False
