"""The parts of the page that are plain HTML, readable without the script. Every text from a file is escaped here."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Sequence
from typing import Any

from scenarios.report import units
from scenarios.report.figures import Card, Figures
from scenarios.report.rows import State
from scenarios.report.tables import Table

_STATE_LABELS = {
    State.ON_TIME: "on time",
    State.LATE: "late",
    State.FAILED: "failed",
    State.REFUSED: "refused",
    State.CANCELLED: "cancelled",
}


def escape(text: object) -> str:
    """Return text for use between tags and in quoted attributes."""
    return html.escape(str(text), quote=True)


def json_block(value: Any) -> str:
    """Return JSON that may stand in a script element: no character of it can end the element or begin a comment."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return terms and what they are, for a definition list."""
    return "".join(f"<div><dt>{escape(term)}</dt><dd>{escape(value)}</dd></div>" for term, value in pairs)


def cards(shown: Sequence[Card]) -> str:
    """Return the key figures."""
    return "".join(
        f'<div class="panel card{f" t-{card.tone}" if card.tone else ""}">'
        f'<span class="label">{escape(card.label)}</span> <span class="value">{escape(card.value)}</span> '
        f'<span class="note">{escape(card.note)}</span> <span class="hint">{escape(card.hint)}</span></div>'
        for card in shown
    )


def outcome_bar(counts: dict[State, int]) -> str:
    """Return one bar of all orders by how they ended, with its legend."""
    total = sum(counts.values())
    if not total:
        return '<p class="panel empty">No order was placed in this run.</p>'
    parts = "".join(
        f'<span class="t-{state}" style="flex:{count} 1 0" title="{count} {_STATE_LABELS[state]}"></span>'
        for state, count in counts.items()
        if count
    )
    legend = "".join(
        f'<li class="t-{state}"><span class="dot"></span><b>{units.whole(count)}</b> {_STATE_LABELS[state]} '
        f"({units.share(count, total)})</li>"
        for state, count in counts.items()
    )
    label = ", ".join(f"{count} {_STATE_LABELS[state]}" for state, count in counts.items())
    return (
        f'<div class="outcomes" role="img" aria-label="{units.whole(total)} orders: {label}">{parts}</div>'
        f'<ul class="outcome-legend">{legend}</ul>'
    )


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
    counted = f"{units.whole(count)} contradiction{'' if count == 1 else 's'}"
    return (
        f'<div class="warning" role="alert"><b>The audit of this run found {counted}: '
        "do not rely on its figures.</b> Please report them with <code>scenario.json</code>."
        f"<ul>{listed}</ul></div>"
    )
