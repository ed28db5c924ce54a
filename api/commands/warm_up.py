"""`doorstep warm-up`: compile the planner once, so that no plan waits for it."""

from __future__ import annotations

from rich.console import Console

from api.planner import prepare_planner


def warm_up() -> None:
    """Compile the planner's inner loops; what is compiled already is only looked up."""
    prepare_planner(Console(stderr=True))
