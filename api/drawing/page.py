"""A drawing as one HTML file that opens without network."""

from __future__ import annotations

from collections import Counter
from string import Template

from api.drawing.model import TASKS, Drawing, DrawnStop, Ground, Kind
from api.drawing.payload import payload_of
from scenarios.page import units
from scenarios.page.markup import Card, Part, cards, escape, facts, json_block, parts_bar
from scenarios.page.offline import asset, policy, script_of, shared
from solver.words import told_count

SHARED = ("elements.js", "shapes.js", "view.js", "lanes.js", "table.js")
"""Scripts of `scenarios.page` that the page uses, before its own."""

SCRIPTS = ("plan.js", "routes.js", "ground.js", "courier.js", "rows.js", "left_out.js", "drawing.js")

GROUNDS = {
    Ground.MAP: "Places are where their coordinates say; legs are drawn straight from stop to stop.",
    Ground.PLANE: "Places are where the plan's coordinates say, which are none of the earth; legs are drawn straight.",
    Ground.TRAVEL_TIMES: "Drawn from travel times, not from a map: the nearer two places, the shorter the way between "
    "them. North and south mean nothing (classical multidimensional scaling).",
    Ground.NONE: "",
}

REASONS = {
    "impossible": "no courier could serve it, even with nothing else to do",
    "crowded_out": "a courier could, but others' tasks are in the way",
    "not_worth_its_price": "it fits, but costs more than leaving it out",
    "not_found": "the search ended before there was a way, or proof of none",
}
"""What the reasons of `solver.plan.Reason` mean."""


def render(drawing: Drawing, *, version: str) -> str:
    """Return the page; `version` is that of the program, for the foot."""
    theme = shared("theme.js")
    script = script_of([shared(name) for name in SHARED] + [_own(name) for name in SCRIPTS])
    return Template(_own("page.html")).substitute(
        policy=policy(theme, script),
        name=escape(drawing.title),
        version=escape(version),
        facts=facts(_facts(drawing)),
        outcomes=_outcomes(drawing),
        cards=cards(cards_of(drawing)),
        ground=escape(GROUNDS[drawing.ground]),
        clock=escape(_clock(drawing)),
        theme=theme,
        style=shared("page.css") + _own("drawing.css"),
        data=json_block(payload_of(drawing) | {"reasons": REASONS}),
        script=script,
    )


def cards_of(drawing: Drawing) -> tuple[Card, ...]:
    """Return the key figures in reading order."""
    tasks = _tasks(drawing)
    late = [stop.late_s for stop in _stops(drawing) if stop.late_s]
    left = len(drawing.left_out)
    stops = _stops(drawing)
    travel_s = sum(stop.travel_s for stop in stops)
    wait_s = sum(stop.wait_s for stop in stops)
    work_s = sum(stop.setup_s + stop.service_s for stop in stops if stop.kind is not Kind.BREAK)
    rest_s = sum(stop.service_s for stop in stops if stop.kind is Kind.BREAK)
    total_s = travel_s + wait_s + work_s + rest_s
    distances = [stop.distance_m for stop in stops if stop.distance_m is not None]
    each = f"{units.minutes(travel_s / len(tasks))} a task" if tasks else ""
    note = f"{units.kilometres(sum(distances))}, {each}" if distances and each else each
    return (
        Card(
            "Tasks served",
            units.whole(len(tasks)),
            f"of {units.whole(len(tasks) + left)} ({units.share(len(tasks), len(tasks) + left)})",
            f"{told_count(len(late), 'stop')} late, the worst by {units.minutes(max(late))}"
            if late
            else "no stop is late",
            "late" if late else "on_time",
        ),
        Card(
            "Left out",
            units.whole(left),
            _why(drawing) if left else "nothing",
            "why, task by task, below" if left else "every task has a courier",
            "refused" if left else "",
        ),
        Card(
            "Couriers used",
            units.whole(len(drawing.lanes)),
            "" if drawing.couriers is None else f"of {units.whole(drawing.couriers)}",
            f"{units.decimal(len(tasks) / len(drawing.lanes))} tasks each" if drawing.lanes else "no routes",
        ),
        Card("Travel", units.hours(travel_s), note, f"{units.share(travel_s, total_s)} of the time on the routes"),
        Card(
            "Waiting",
            units.hours(wait_s) if wait_s >= 3600 else units.minutes(wait_s),
            f"{units.share(wait_s, total_s)} of the time on the routes",
            f"set-up and service: {units.share(work_s, total_s)}"
            + (f", breaks: {units.share(rest_s, total_s)}" if rest_s else ""),
        ),
        Card(
            "Cost",
            units.whole(drawing.cost),
            f"{units.decimal(drawing.cost / len(tasks))} a task" if drawing.cost is not None and tasks else "",
            "as the plan counts it" if drawing.cost is not None else "the plan tells none",
        ),
    )


def _own(name: str) -> str:
    return asset("api.drawing", name)


def _stops(drawing: Drawing) -> list[DrawnStop]:
    return [stop for lane in drawing.lanes for stop in lane.stops]


def _tasks(drawing: Drawing) -> list[DrawnStop]:
    return [stop for stop in _stops(drawing) if stop.kind in TASKS]


def _outcomes(drawing: Drawing) -> str:
    late = sum(stop.late_s > 0 for stop in _tasks(drawing))
    parts = (
        Part("on_time", "served in time", len(_tasks(drawing)) - late),
        Part("late", "served late", late),
        Part("refused", "left out", len(drawing.left_out)),
    )
    return parts_bar(parts, whole="tasks", nothing="This plan has no task.")


def _why(drawing: Drawing) -> str:
    counts = Counter(item.reason.replace("_", " ") or "no reason told" for item in drawing.left_out)
    return ", ".join(f"{reason} {units.whole(count)}" for reason, count in counts.most_common(3))


def _facts(drawing: Drawing) -> list[tuple[str, str]]:
    places = {stop.place for stop in _stops(drawing) if stop.place is not None}
    unplaced = sum(stop.place is None for stop in _stops(drawing) if stop.kind is not Kind.BREAK)
    return [
        ("Routes", units.whole(len(drawing.lanes))),
        ("Stops", units.whole(len(_tasks(drawing)))),
        ("Places", units.whole(len(places)) + (f", {told_count(unplaced, 'stop')} without" if unplaced else "")),
    ]


def _clock(drawing: Drawing) -> str:
    if drawing.epoch_s is not None:
        return "Times are Unix times, shown in UTC."
    return "Times are hours and minutes of the plan's own clock, which begins at 0:00."
