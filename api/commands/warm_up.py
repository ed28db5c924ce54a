"""`doorstep warm-up`: compile the planner once, so that no plan waits for it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from api.planner import prepare_planner


def warm_up(
    everything: Annotated[
        bool,
        typer.Option("--all", help="Compile the loops for breaks, alternatives and the rest of the model as well."),
    ] = False,
) -> None:
    """Compile the planner's inner loops; what is compiled already is only looked up."""
    prepare_planner(Console(stderr=True), wide=everything)
