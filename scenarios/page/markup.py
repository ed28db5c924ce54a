"""Plain HTML, readable without the script. Every text that comes from a file is escaped here."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.page import units


@dataclass(frozen=True, slots=True)
class Card:
    """One key figure. `note` puts it in proportion, `hint` says what it means; `tone` is the state it is about."""

    label: str
    value: str
    note: str
    hint: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: how many, in what words, and the state whose colour it has."""

    tone: str
    label: str
    count: int


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


def parts_bar(parts: Sequence[Part], *, whole: str, nothing: str) -> str:
    """Return one bar of the parts of a whole, with its legend; `nothing` is what is said where all are 0.

    `whole` is the word for what is counted, as in "12 orders".
    """
    total = sum(part.count for part in parts)
    if not total:
        return f'<p class="panel empty">{escape(nothing)}</p>'
    bar = "".join(
        f'<span class="t-{part.tone}" style="flex:{part.count} 1 0" title="{part.count} {escape(part.label)}"></span>'
        for part in parts
        if part.count
    )
    legend = "".join(
        f'<li class="t-{part.tone}"><span class="dot"></span><b>{units.whole(part.count)}</b> {escape(part.label)} '
        f"({units.share(part.count, total)})</li>"
        for part in parts
    )
    label = ", ".join(f"{part.count} {escape(part.label)}" for part in parts)
    return (
        f'<div class="outcomes" role="img" aria-label="{units.whole(total)} {escape(whole)}: {label}">{bar}</div>'
        f'<ul class="outcome-legend">{legend}</ul>'
    )
