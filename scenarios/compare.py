"""Variants of a scenario on the same days: what differs, and how sure that is."""

from __future__ import annotations

import multiprocessing
import re
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from scenarios.errors import ScenarioError
from scenarios.statistics import Estimate, estimate, paired

BASE = "as written"
"""The name of the scenario without a variant's changes."""

CHANGED = "changed"
"""The name of the scenario with the changes of ``--set``."""

_NEXT_KEY = re.compile(r",\s*[A-Za-z_][\w.\[\]*-]*\s*=")
_QUOTED = re.compile(r"""(?<=[=,\[{])\s*("(?:\\.|[^"\\])*"|'[^']*')""")
_SKIPPED = ("audit.", "seed", "versions.", "work.", "stock.")


@dataclass(frozen=True, slots=True)
class Variant:
    """A name and what it changes: ``key.path=value`` texts."""

    name: str
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """The figures of one day of one variant, one level deep (``on_time.share``)."""

    variant: str
    seed: int
    figures: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class MetricLine:
    """One figure over all days: its mean in each variant, and for all but the first the paired difference to it."""

    metric: str
    means: Mapping[str, Estimate]
    differences: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Variants (the first is what the others are compared with), seeds, every day, and a line a figure."""

    variants: tuple[Variant, ...]
    seeds: tuple[int, ...]
    days: tuple[Day, ...]
    lines: tuple[MetricLine, ...]


def parse_variant(text: str) -> Variant:
    """Read ``name: key=value, key=value``.

    A comma parts two changes where a key and ``=`` follow it, but not within brackets or a quoted text.

    Raises
    ------
    ScenarioError
        If the text is not of this form.
    """
    name, colon, changes = text.partition(":")
    name = name.strip()
    overrides = tuple(part for part in _parted(changes) if part)
    if not colon or not name or not overrides or not all("=" in part for part in overrides):
        raise ScenarioError(f"--variant {text!r}: give a name and what it changes: 'name: key=value, key=value'")
    return Variant(name, overrides)


def _parted(changes: str) -> Iterator[str]:
    begin = at = depth = 0
    while at < len(changes):
        if quoted := _QUOTED.match(changes, at):
            at = quoted.end()
            continue
        sign = changes[at]
        depth += (sign in "[{") - (sign in "]}")
        if depth <= 0 and _NEXT_KEY.match(changes, at):
            yield changes[begin:at].strip()
            begin, depth = at + 1, 0
        at += 1
    yield changes[begin:].strip()


def check_names(variants: Sequence[Variant]) -> None:
    """Refuse two variants of one name.

    Raises
    ------
    ScenarioError
        If two have the same name.
    """
    names = [variant.name for variant in variants]
    for name in names:
        if names.count(name) > 1:
            raise ScenarioError(f"--variant {name!r} is there twice: give each its own name ({BASE!r} is the base's)")


def run_day(scenario: str, overrides: tuple[str, ...], seed: int) -> dict[str, float | None]:
    """Live through one day and return its figures, one level deep. Runs in a process of its own."""
    from scenarios.audit import audit
    from scenarios.load import load
    from scenarios.outputs import summarise
    from scenarios.run import RunError, run
    from solver.words import told_count

    result = run(load(scenario, overrides=overrides, seed=seed))
    book = audit(result)
    if book.faults:
        raise RunError(
            f"the audit of seed {seed} found {told_count(len(book.faults), 'fault')}; the first: {book.faults[0]}"
        )
    return numbers(summarise(result, book))


def numbers(figures: Mapping[str, Any]) -> dict[str, float | None]:
    """Return the figures that can be compared, one level deep: numbers, and None where there was nothing to measure."""
    from scenarios.metrics import flatten

    return {
        key: value
        for key, value in flatten(figures).items()
        if (value is None or isinstance(value, int | float)) and not key.startswith(_SKIPPED)
    }


def compare(
    scenario: str,
    variants: Sequence[Variant],
    *,
    seeds: Sequence[int],
    jobs: int,
    day_done: Callable[[Day], None] | None = None,
) -> Comparison:
    """Live through the same days once for each variant, `jobs` of them at a time.

    The result does not depend on `jobs`, nor on which day is done first.

    Raises
    ------
    ScenarioError
        If a variant makes the scenario wrong.
    """
    check_names(variants)
    wanted = [(variant, seed) for seed in seeds for variant in variants]
    found: dict[tuple[str, int], Day] = {}
    for day in _days(scenario, wanted, jobs=jobs):
        found[day.variant, day.seed] = day
        if day_done is not None:
            day_done(day)
    days = tuple(found[variant.name, seed] for variant, seed in wanted)
    return Comparison(tuple(variants), tuple(seeds), days, _lines(variants, seeds, found))


def _days(scenario: str, wanted: Sequence[tuple[Variant, int]], *, jobs: int) -> Iterator[Day]:
    if jobs == 1:
        for variant, seed in wanted:
            yield Day(variant.name, seed, run_day(scenario, variant.overrides, seed))
        return
    # A fresh interpreter for each worker: nothing of this process, threads least of all, is inherited.
    pool = ProcessPoolExecutor(
        max_workers=min(jobs, len(wanted)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_DFL),
    )
    others = set(multiprocessing.active_children())
    try:
        running = {pool.submit(run_day, scenario, variant.overrides, seed): (variant, seed) for variant, seed in wanted}
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                variant, seed = running.pop(future)
                yield Day(variant.name, seed, future.result())
    except BaseException:
        # Nobody will ask for the days that are still being lived.
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _lines(
    variants: Sequence[Variant], seeds: Sequence[int], days: Mapping[tuple[str, int], Day]
) -> tuple[MetricLine, ...]:
    metrics = sorted({key for day in days.values() for key in day.figures})
    lines = []
    for metric in metrics:
        values = {
            variant.name: [days[variant.name, seed].figures.get(metric) for seed in seeds] for variant in variants
        }
        base = values[variants[0].name]
        lines.append(
            MetricLine(
                metric,
                {name: estimate([value for value in row if value is not None]) for name, row in values.items()},
                {variant.name: paired(base, values[variant.name]) for variant in variants[1:]},
            )
        )
    return tuple(lines)
