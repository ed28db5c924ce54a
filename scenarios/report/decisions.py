"""Why orders in trouble were refused, or went to the store they went to: read from the stored decisions."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch.decision import Decision
from dispatch.errors import ModelError
from dispatch.explanation import Clock, duration, order_words, reach_words, refusal_words, why
from scenarios.report.errors import RunFileError

MOST_ORDERS = 3_000
"""Stories in a page. All others can be asked for by command, and a page of tens of thousands would not open."""

MOST_REFUSALS = 5

_ORDER = re.compile(r'"o":("(?:[^"\\]|\\.)*")')


def stories_of(path: Path, wanted: Collection[str], *, timezone: str) -> Mapping[str, tuple[str, ...]]:
    """Return a few sentences for each of the wanted orders (the first `MOST_ORDERS` of them) that has a decision.

    Parameters
    ----------
    path
        ``decisions.ndjson.gz``; without that file there are no stories.
    timezone
        IANA name of the zone in which times are told; UTC if there is no such zone.

    Raises
    ------
    RunFileError
        If the file is cut off or of another form.
    """
    listed = set(sorted(wanted)[:MOST_ORDERS])
    clock = Clock(_known(timezone))
    stories: dict[str, tuple[str, ...]] = {}
    if not path.exists():
        return stories
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                found = _ORDER.search(line)
                if found and json.loads(found[1]) in listed:
                    decision = Decision.from_json(line)
                    stories[decision.order] = _story(decision, clock)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error, ModelError) as error:
        raise RunFileError(f"{path}: cut off or of another form ({error}); simulate again to write it") from error
    return stories


def _story(decision: Decision, clock: Clock) -> tuple[str, ...]:
    reach = reach_words(decision)
    if decision.code is None:
        chosen = [f"{source.site}, {duration(source.travel_s)} to the door" for source in decision.sources]
        return (f"{reach}; chosen: {'; '.join(chosen)}", f"Why: {why(decision)}")
    refusals = [f"{each.source}: {refusal_words(each, clock.timezone)}" for each in decision.refusals[:MOST_REFUSALS]]
    more = len(decision.refusals) - len(refusals)
    return (f"{reach}; {order_words(decision, clock)}", *refusals, *([f"and {more} more"] if more > 0 else []))


def _known(timezone: str) -> str:
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"
    return timezone
