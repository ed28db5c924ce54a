"""How far a simulated day is: a bar on a terminal, a line every tenth of the way elsewhere."""

from __future__ import annotations

import datetime as dt
from types import TracebackType
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from scenarios.run import Progress
from scenarios.scenario import Scenario
from solver.words import told_count


class DayProgress:
    """A context, to be called with every `Progress` of a run. Its bar follows the scenario's hours."""

    def __init__(self, console: Console, scenario: Scenario) -> None:
        self._console = console
        self._scenario = scenario
        self._zone = ZoneInfo(scenario.timezone)
        self._bar = Bar(
            TextColumn("{task.fields[clock]}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[orders]}"),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._length_s = max(1, scenario.end_s - scenario.start_s)
        self._task = self._bar.add_task("day", total=self._length_s, clock="", orders="")
        self._tenths = 0
        self._last: Progress | None = None

    def __enter__(self) -> DayProgress:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take it away, after its last state is shown."""
        if kind is None and self._last is not None and self._console.is_terminal:
            self._show(self._last)
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        """Show how far the run is."""
        self._last = progress
        if self._console.is_terminal:
            # The bar redraws itself ten times a second; more often is work for nothing.
            if progress.now_s // 60 != self._tenths:
                self._tenths = progress.now_s // 60
                self._show(progress)
            return
        tenths = min(10, 10 * (progress.now_s - self._scenario.start_s) // self._length_s)
        if tenths > self._tenths:
            self._tenths = tenths
            self._console.print(
                f"{10 * tenths:3d} %  {self._clock(progress)}  {self._orders(progress)}", highlight=False
            )

    def _show(self, progress: Progress) -> None:
        done_s = min(self._length_s, progress.now_s - self._scenario.start_s)
        self._bar.update(self._task, completed=done_s, clock=self._clock(progress), orders=self._orders(progress))

    def _clock(self, progress: Progress) -> str:
        return dt.datetime.fromtimestamp(progress.now_s, self._zone).strftime("%a %H:%M")

    def _orders(self, progress: Progress) -> str:
        share = (
            f"{100 * progress.on_time / progress.delivered:.1f} % on time"
            if progress.delivered
            else "none delivered yet"
        )
        return f"{told_count(progress.placed, 'order')}, {progress.ended:,} ended, {share}"
