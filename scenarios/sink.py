"""Where a run's history goes as it is made."""

from __future__ import annotations

from typing import Protocol

from dispatch.decision import Decision
from dispatch.events import Event


class Sink(Protocol):
    """Takes events and decisions in the order in which they come."""

    def event(self, event: Event, /) -> None:
        """Take one event."""
        ...

    def decision(self, decision: Decision, /) -> None:
        """Take one decision."""
        ...


class NoSink:
    """Keeps nothing."""

    def event(self, event: Event, /) -> None:
        """Let it go."""

    def decision(self, decision: Decision, /) -> None:
        """Let it go."""
