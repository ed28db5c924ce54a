"""Getting the planner ready: what the commands that plan do first."""

from __future__ import annotations

import time

from rich.console import Console

WORTH_TELLING_S = 2.0
"""From so many seconds on it is said how long it took."""


PREPARING = "getting the planner ready (compiling it, the first time: 20 to 60 s)"


def prepare_planner(console: Console, *, wide: bool = False) -> None:
    """Compile the planner's inner loops, once for this installation; what is compiled already is only looked up.

    With `wide` also those for problems with breaks, reloads and the like.
    """
    began_s = time.monotonic()
    with console.status(PREPARING):
        # Imported late: the command has said what it is doing before it loads anything heavy.
        from solver.warm_up import is_compiled, warm_up

        was_compiled = is_compiled() and is_compiled(wide=wide)
        warm_up()
        if wide:
            warm_up(wide=True)
    took_s = time.monotonic() - began_s
    if not was_compiled and took_s >= WORTH_TELLING_S:
        console.print(f"planner compiled in {took_s:.0f} s", highlight=False)
