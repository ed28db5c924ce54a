"""`doorstep warm-up`: compile the search once, so that no plan waits for it."""

from __future__ import annotations

import time

from rich.console import Console


def warm_up() -> None:
    """Compile the planner's inner loops; what is compiled already is only looked up."""
    console = Console(stderr=True)
    began = time.monotonic()
    with console.status("compiling the planner, once for this installation (10 to 30 s)"):
        from solver.insertion.warm_up import warm_up as compile_all

        compile_all()
    console.print(f"doorstep: planner compiled in {time.monotonic() - began:.1f} s")
