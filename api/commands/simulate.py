"""`doorstep simulate`: live through a scenario's hours, and write what happened."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.planner import prepare_planner

if TYPE_CHECKING:
    from scenarios.scenario import Scenario

MAX_SEEDS = 10_000

BAD_INPUT, INTERNAL, INTERRUPTED, TERMINATED = 2, 1, 130, 143
"""Exit statuses."""


def simulate(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or the name of a shipped one (plaza).")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Directory to write; runs/NAME if not given.", file_okay=False)
    ] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Change a key of the scenario; may be given several times."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Instead of the scenario's seed.")] = None,
    seeds: Annotated[
        int | None,
        typer.Option(
            "--seeds", min=1, max=MAX_SEEDS, help="Live through so many days, and compare variants on the same days."
        ),
    ] = None,
    variant: Annotated[
        list[str] | None,
        typer.Option(
            "--variant", metavar='"NAME: KEY=VALUE, ..."', help="With --seeds: a variant to compare; may be repeated."
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="With --seeds: days at a time.")] = 1,
) -> None:
    """Live through a scenario's hours on a simulated clock, and write what happened."""
    # Asked to end, it tidies up as for Ctrl-C: no half run is left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    console = Console(stderr=True)
    console.print(f"reading scenario {scenario} …", highlight=False, markup=False, soft_wrap=True)
    with _clear_errors(console):
        if seeds is None:
            if variant or jobs != 1:
                raise typer.BadParameter(
                    "--variant and --jobs belong to --seeds: give the number of days to compare on"
                )
            _one_day(console, scenario, out, overrides or [], seed=seed)
        else:
            _many_days(console, scenario, out, overrides or [], variant or [], seed=seed, seeds=seeds, jobs=jobs)


@contextmanager
def _clear_errors(console: Console) -> Iterator[None]:
    """Turn what can go wrong into a few lines and an exit status."""
    try:
        yield
    except KeyboardInterrupt:
        _say(console, "stopped; nothing was written")
        raise typer.Exit(INTERRUPTED) from None
    except (BrokenPipeError, typer.Exit, typer.BadParameter):
        raise
    except OSError as error:
        _say(console, f"{error.filename or 'output'}: {error.strerror or error}; what was there before is still there")
        raise typer.Exit(BAD_INPUT) from None
    except Exception as error:
        # Imported late: the command has said what it is doing before it loads anything heavy.
        from dispatch.errors import DispatchError
        from geo.errors import GeoError
        from scenarios.errors import ScenarioError
        from scenarios.run import RunError
        from scenarios.world.errors import WorldError
        from solver.errors import SolverError

        if isinstance(error, ScenarioError):
            _say(console, str(error))
            raise typer.Exit(BAD_INPUT) from None
        ours = (RunError, WorldError, DispatchError, SolverError, GeoError)
        if not isinstance(error, ours) or os.environ.get("DOORSTEP_DEBUG"):
            raise
        _say(console, f"a fault of doorstep itself: {error}; DOORSTEP_DEBUG=1 shows where")
        raise typer.Exit(INTERNAL) from None


def _say(console: Console, text: str) -> None:
    console.print(f"doorstep: {text}", highlight=False, markup=False, soft_wrap=True)


def _one_day(console: Console, source: str, out: Path | None, overrides: Sequence[str], *, seed: int | None) -> None:
    from api.figures import day_lines, day_table
    from api.progress import DayProgress
    from scenarios.load import load
    from scenarios.outputs import HistoryFiles, write_run, write_timings
    from scenarios.report.build import write_report
    from scenarios.run import run
    from scenarios.swap import DirectorySwap

    phases = _Phases()
    scenario = load(source, overrides=overrides, seed=seed)
    phases.end("load")
    prepare_planner(console)
    phases.end("prepare")
    target = out or _default_out(scenario)
    swap = DirectorySwap(target)
    with swap as draft:
        with HistoryFiles(draft) as history, DayProgress(console, scenario) as progress:
            result = run(scenario, sink=history, observe=progress)
        phases.end("run")
        console.print("writing …", highlight=False)
        written = write_run(draft, result)
        phases.end("write")
        report = write_report(draft)
        phases.end("report")
        write_timings(draft, result.clockwork, phases_s=phases.seconds)
        swap.finish()
    screen = Console()
    screen.print(day_table(written.figures))
    for line in day_lines(written.figures):
        screen.print(line, highlight=False, markup=False, soft_wrap=True)
    screen.print(f"report: {target / report.name}", highlight=False, markup=False, soft_wrap=True)
    if written.audit.faults:
        for fault in written.audit.faults[:10]:
            _say(console, f"a fault of doorstep itself: {fault}")
        raise typer.Exit(INTERNAL)


def _many_days(
    console: Console,
    source: str,
    out: Path | None,
    overrides: Sequence[str],
    variants: Sequence[str],
    *,
    seed: int | None,
    seeds: int,
    jobs: int,
) -> None:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from api.figures import comparison_table
    from scenarios.compare import BASE, CHANGED, Variant, compare, parse_variant
    from scenarios.compare_outputs import MARKS, write_comparison
    from scenarios.load import load
    from scenarios.swap import DirectorySwap

    common = tuple(overrides) if variants else ()
    chosen = [Variant(BASE, common)]
    for text in variants:
        one = parse_variant(text)
        chosen.append(Variant(one.name, common + one.overrides))
    if overrides and not variants:
        chosen.append(Variant(CHANGED, tuple(overrides)))
    # Each variant is read once before any day is lived: a mistake in the last shows at once.
    read = [load(source, overrides=one.overrides, seed=seed) for one in chosen]
    first = read[0].seed
    prepare_planner(console)
    swap = DirectorySwap(out or Path(f"{_default_out(read[0])}-compare"), marks=MARKS)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
    )
    with swap as draft:
        with bar:
            task = bar.add_task("days", total=seeds * len(chosen))
            comparison = compare(
                source,
                chosen,
                seeds=range(first, first + seeds),
                jobs=jobs,
                day_done=lambda day: bar.update(task, advance=1, description=f"{day.variant}, seed {day.seed}"),
            )
        write_comparison(draft, source, comparison)
        swap.finish()
    screen = Console()
    screen.print(comparison_table(comparison))
    target = out or Path(f"{_default_out(read[0])}-compare")
    screen.print(f"all figures: {target / 'compare.csv'}, {target / 'compare.json'}", highlight=False, soft_wrap=True)


def _default_out(scenario: Scenario) -> Path:
    return Path("runs") / scenario.name


class _Phases:
    """Wall-clock seconds of what was done, one after the other."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._began = time.perf_counter()

    def end(self, name: str) -> None:
        """The phase `name` ends now, and the next begins."""
        now = time.perf_counter()
        self.seconds[name], self._began = now - self._began, now
