"""The parts of the report that are plain HTML: its outcomes, tables and warning."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.page.markup import Part, escape, parts_bar
from scenarios.report.figures import Figures
from scenarios.report.rows import State
from scenarios.report.tables import Table
from solver.words import told_count

_STATE_LABELS = {
    State.ON_TIME: "on time",
    State.LATE: "late",
    State.FAILED: "failed",
    State.REFUSED: "refused",
    State.CANCELLED: "cancelled",
}


def outcome_bar(counts: dict[State, int]) -> str:
    """Return one bar of all orders by how they ended, with its legend."""
    parts = [Part(state.value, _STATE_LABELS[state], count) for state, count in counts.items()]
    return parts_bar(parts, whole="orders", nothing="No order was placed in this run.")


def table(shown: Table) -> str:
    """Return a table in a panel; an empty one says so."""

    def cell(tag: str, index: int, text: str, more: str = "") -> str:
        numeric = ' class="n"' if shown.numeric[index] else ""
        return f"<{tag}{numeric}{more}>{escape(text)}</{tag}>"

    head = "".join(
        cell("th", index, label, f' scope="col"{f""" title="{escape(hint)}" """.rstrip() if hint else ""}')
        for index, (label, hint) in enumerate(shown.head)
    )
    body = "".join(
        "<tr>"
        + "".join(cell("td" if i else "th", i, text, "" if i else ' scope="row"') for i, text in enumerate(row))
        + "</tr>"
        for row in shown.rows
    )
    empty = "" if shown.rows else '<p class="empty">None in this run.</p>'
    return (
        f'<div class="panel"><div class="table-wrap"><table><caption>{escape(shown.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{empty}</div>"
    )


def audit_warning(figures: Figures, found: Sequence[object]) -> str:
    """Return a warning if the run's own audit found a fault, else nothing."""
    count = figures.value("audit.faults")
    if not count:
        return ""
    listed = "".join(f"<li>{escape(fault)}</li>" for fault in found[:10])
    counted = told_count(int(count), "contradiction")
    return (
        f'<div class="warning" role="alert"><b>The audit of this run found {counted}: '
        "do not rely on its figures.</b> Please report them with <code>scenario.json</code>."
        f"<ul>{listed}</ul></div>"
    )
