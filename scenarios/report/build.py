"""Write a run's report: one HTML file that opens without network."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from string import Template

from plotly.offline import get_plotlyjs

from scenarios.page import units
from scenarios.page.markup import cards, escape, facts, json_block
from scenarios.page.offline import asset, policy, script_of, shared
from scenarios.report import markup
from scenarios.report.figures import Figures, cards_of, levels_of, zones_of
from scenarios.report.files import RunFiles, read_run
from scenarios.report.payload import payload_of
from scenarios.report.rows import State
from scenarios.report.series import Span, span_of
from scenarios.report.tables import group_table, objective_table, reason_table
from solver.words import told_count

SHARED = ("elements.js", "shapes.js", "view.js", "lanes.js", "table.js")
"""Scripts of `scenarios.page` that the report uses, before its own."""

SCRIPTS = (
    "base.js",
    "legs.js",
    "ground.js",
    "map.js",
    "replay.js",
    "detail.js",
    "timeline.js",
    "charts.js",
    "orders.js",
    "script.js",
)


def write_report(run_dir: Path) -> Path:
    """Write ``report.html`` into a run's directory, from the other files there and nothing else.

    Parameters
    ----------
    run_dir
        The directory that ``doorstep simulate --out`` wrote. The page does not hold its name, so it may be moved.

    Returns
    -------
    The path of the report.

    Raises
    ------
    RunFileError
        If a file is missing, cut off, or of another form than `docs/outputs.md` says.
    """
    run = read_run(run_dir)
    path = run_dir / "report.html"
    path.write_text(render(run), encoding="utf-8")
    return path


def render(run: RunFiles) -> str:
    """Return the page."""
    figures = Figures(run.result)
    levels, zones = levels_of(run.orders), zones_of(run.orders, run.couriers)
    span = span_of(run.orders, run.couriers, _hours(figures), offset_s=_offset_s(run, figures))
    theme = shared("theme.js")
    script = script_of([shared(name) for name in SHARED] + [_own(name) for name in SCRIPTS])
    plotly = get_plotlyjs()
    payload = payload_of(run, span, levels=levels, zones=zones)
    states = Counter(order.state for order in run.orders)
    found = run.result.get("audit", {}).get("found", []) if isinstance(run.result.get("audit"), dict) else []
    return Template(_own("page.html")).substitute(
        policy=policy(theme, plotly, script),
        name=escape(figures.text("name") or run.directory.name),
        version=escape(figures.text("versions.doorstep") or "of an unknown version"),
        when=escape(_when(span, figures)),
        clock=escape(_clock(run, span, figures)),
        facts=facts(_facts(run, figures)),
        warning=markup.audit_warning(figures, found if isinstance(found, list) else []),
        outcomes=markup.outcome_bar({state: states[state] for state in State}),
        cards=cards(cards_of(figures)),
        tables=_tables(figures, levels=levels, zones=zones),
        theme=theme,
        style=shared("page.css") + _own("style.css"),
        data=json_block(payload),
        plotly=plotly,
        script=script,
    )


def _own(name: str) -> str:
    return asset("scenarios.report", name)


def _hours(figures: Figures) -> list[int]:
    """Return the begin and end of the scenario's hours, as far as ``result.json`` knows them."""
    found = []
    for key in ("start", "end", "ended"):
        try:
            moment = datetime.fromisoformat(figures.text(key))
        except ValueError:
            continue
        if moment.tzinfo is not None:
            found.append(int(moment.timestamp()))
    return found


def _offset_s(run: RunFiles, figures: Figures) -> int:
    """Return the offset from UTC of the run's beginning, which the page's clock has throughout."""
    try:
        offset = datetime.fromisoformat(figures.text("start")).utcoffset()
    except ValueError:
        offset = None
    if offset is not None:
        return int(offset.total_seconds())
    return run.offsets_s[0] if run.offsets_s else 0


def _local(at_s: int, span: Span) -> datetime:
    return datetime.fromtimestamp(at_s, UTC).astimezone(timezone(timedelta(seconds=span.offset_s)))


def _when(span: Span, figures: Figures) -> str:
    if span.until_s == 0:
        return "No hours"
    begin, end = _local(span.from_s, span), _local(span.until_s, span)
    until = f"{end:%H:%M}" if begin.date() == end.date() else f"{end:%A} {end.day} {end:%B %H:%M}"
    zone = figures.text("timezone")
    return f"{begin:%A} {begin.day} {begin:%B %Y}, {begin:%H:%M} to {until}{f' ({zone})' if zone else ''}"


def _clock(run: RunFiles, span: Span, figures: Figures) -> str:
    hours, rest = divmod(abs(span.offset_s) // 60, 60)
    name = f"UTC{'-' if span.offset_s < 0 else '+'}{hours:02d}:{rest:02d}"
    zone = figures.text("timezone") or "the scenario"
    if len(run.offsets_s) > 1:
        return f"{zone} as it was at the begin ({name}), although the clocks were changed during the run"
    return f"{zone} ({name})"


def _facts(run: RunFiles, figures: Figures) -> list[tuple[str, str]]:
    seed = run.result.get("seed")
    sites = len({store.site for store in run.stores})
    return [
        ("Seed", units.NONE if seed is None else str(seed)),
        ("Doorstep", figures.text("versions.doorstep") or units.NONE),
        ("Zones", str(len({store.zone for store in run.stores} | {courier.zone for courier in run.couriers}))),
        ("Stores", f"{len(run.stores):,} at {told_count(sites, 'site')}"),
        ("Couriers", f"{len(run.couriers):,}"),
    ]


def _tables(figures: Figures, *, levels: tuple[str, ...], zones: tuple[str, ...]) -> str:
    groups = (
        group_table(figures, "service_levels", levels, caption="By service level", column="Service level"),
        group_table(figures, "zones", zones, caption="By zone, that of the store", column="Zone"),
    )
    pair = "".join(markup.table(shown) for shown in (reason_table(figures), objective_table(figures)))
    return f'<div class="stack">{"".join(map(markup.table, groups))}</div><div class="grid-2">{pair}</div>'
