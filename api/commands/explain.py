"""`doorstep explain`: why an order went to its store, or to none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from dispatch.decision import Decision

BAD_INPUT = 2
"""Exit status where the order or the run is not there, or cannot be read."""

DECISIONS, SCENARIO, ORDERS = "decisions.ndjson.gz", "scenario.json", "orders.csv"


def explain(
    order: Annotated[str, typer.Argument(help="The id of an order.")],
    run: Annotated[
        Path, typer.Option("--run", metavar="DIR", help="Directory that a simulation wrote.", file_okay=False)
    ],
) -> None:
    """Say why an order went to its store, or to none: the promise, the offers in rank order, every refusal."""
    from rich.markup import escape

    from dispatch.errors import ModelError
    from solver.words import told_count

    console = Console(highlight=False)
    try:
        decisions, others = _read(run / DECISIONS, order)
    except (OSError, EOFError, UnicodeDecodeError, ModelError) as error:
        _fail(_reading_problem(run, error))
    if not decisions:
        if refused := _refused_at_intake(run / ORDERS, order):
            console.print(
                escape(f"order {order} was refused before any store was looked at: {refused}"), soft_wrap=True
            )
            return
        _fail(f"no order {order!r} in {run}{_nearest(order, others)} ({told_count(len(others), 'order')} there)")
    timezone = _timezone(run / SCENARIO)
    for decision in decisions:
        _show(console, decision, timezone)


def _read(path: Path, order: str) -> tuple[list[Decision], list[str]]:
    """Return the order's decisions, and the ids of the other orders."""
    import gzip
    import json
    import zlib

    from dispatch.decision import Decision
    from dispatch.errors import ModelError

    wanted = f'"o":{json.dumps(order)},'
    decisions: list[Decision] = []
    others: list[str] = []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if wanted in line:
                    decision = Decision.from_json(line)
                    if decision.order == order:
                        decisions.append(decision)
                        continue
                _, _, rest = line.partition('"o":"')
                others.append(rest.partition('"')[0])
    except zlib.error as error:
        raise ModelError("decisions", f"the file is damaged ({error})") from error
    return decisions, list(dict.fromkeys(others))


def _refused_at_intake(path: Path, order: str) -> str:
    """Return why an order of the run has no decision: what it asked for made no sense."""
    import csv

    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["order"] == order:
                    return f"{row['reason']} {row['detail']}".strip()
    except (OSError, UnicodeDecodeError, KeyError, csv.Error):
        return ""
    return ""


def _reading_problem(run: Path, error: Exception) -> str:
    if not run.exists():
        parent = run.parent
        siblings = sorted(path.name for path in parent.iterdir() if path.is_dir()) if parent.is_dir() else []
        return f"no directory {run}{_nearest(run.name, siblings)}; doorstep simulate SCENARIO --out {run} writes one"
    if not (run / DECISIONS).exists():
        return f"{run} has no {DECISIONS}: give the directory that doorstep simulate wrote"
    return f"{run / DECISIONS} cannot be read to its end, as after a run that was cut off ({error})"


def _nearest(name: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, n=3)
    return f"; did you mean {', '.join(near)}?" if near else ""


def _timezone(path: Path) -> str:
    """Return the time zone of the scenario that was run; UTC if it cannot be read."""
    import json

    from dispatch.errors import ModelError
    from dispatch.hours import check_timezone

    try:
        return check_timezone("timezone", json.loads(path.read_text(encoding="utf-8"))["timezone"])
    except (OSError, ValueError, KeyError, TypeError, ModelError):
        return "UTC"


def _show(console: Console, decision: Decision, timezone: str) -> None:
    from rich.markup import escape

    from dispatch.explanation import Clock, beyond_words, headlines, reach_words, refusal_words

    clock = Clock(timezone)
    for line in headlines(decision, timezone):
        name, colon, rest = line.partition(":")
        is_label = colon and name in LABELS
        console.print(f"[bold]{name}[/bold]:{escape(rest)}" if is_label else escape(line), soft_wrap=True)
    if decision.ranked:
        names = (name.replace("_", " ") for name in decision.term_names)
        table = _table("", "served by", *names, "at the door", title="offers, in rank order")
        for number, offer in enumerate(decision.ranked):
            terms = (f"{term:,}" for term in offer.terms)
            short = decision.taken is None or number < decision.taken
            mark = "taken" if number == decision.taken else "sold out" if short else str(number + 1)
            table.add_row(mark, "+".join(offer.stores), *terms, clock(offer.arrive_s))
        console.print(table)
    if decision.refusals or decision.beyond:
        table = _table("source", "code", "in words", title="refused")
        for refusal in decision.refusals:
            table.add_row(refusal.source, refusal.code.value, escape(refusal_words(refusal, timezone)))
        if decision.beyond:
            table.add_row("further away", "", beyond_words(decision))
        console.print(table)
    console.print(f"{reach_words(decision)}; {decision.directory}, {decision.travel}", soft_wrap=True)


def _table(*columns: str, title: str) -> Table:
    """Return a table that breaks what is too long for the terminal, and leaves nothing away."""
    table = Table(title=title)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


LABELS = frozenset({"asked for", "promised", "refused", "served by", "at the door from", "why"})
"""What `headlines` begins its sentences with."""


def _fail(message: str) -> None:
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(f"doorstep: {message}")
    raise typer.Exit(BAD_INPUT)
