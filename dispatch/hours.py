"""Opening hours: weekly spans of local time, turned into instants that are right over changes of the clock.

A span begins when the clock on the wall first shows its time, and ends when it first shows its end; a time that the
clock leaps over in spring stands for the moment of the leap. So a shop open until 02:30 closes once in the night that
has 02:30 twice, and one that opens at 02:30 opens at 03:00 in the night that has no 02:30. The beginning is inside,
the end outside.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dispatch.errors import ModelError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MIN = 24 * 60
DAY_S = 86_400
QUARTER_S = 900
"""Clocks change, and differ from UTC, by whole quarters of an hour: what one second of a quarter shows, all do."""

_BLOCK_DAYS = 14
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")

Span = tuple[int, int]
"""From and until in minutes of the local day; until is after from and may lie past midnight (more than 1,440)."""

Week = tuple[tuple[Span, ...], ...]
"""The spans of Monday to Sunday."""

Openings = tuple[tuple[int, ...], tuple[int, ...]]
"""Unix seconds at which openings begin, and at which they end: ascending, disjoint, with a gap between any two."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a store, or a service, is open: spans of local time for each day of the week.

    Raises
    ------
    ModelError
        If the week has not seven days, or a day's spans are out of range, out of order or overlap.
    """

    week: Week

    def __post_init__(self) -> None:
        """Check every span."""
        if len(self.week) != len(DAYS):
            raise ModelError("hours.week", f"{len(self.week)} days: give seven, Monday first")
        for name, spans in zip(DAYS, self.week, strict=True):
            end = 0
            for opens, closes in spans:
                if not (0 <= opens < DAY_MIN and opens < closes <= opens + DAY_MIN):
                    raise ModelError(f"hours.{name}", f"{_clock(opens)}-{_clock(closes)}: no span of a day")
                if opens < end:
                    raise ModelError(f"hours.{name}", f"{_clock(opens)}-{_clock(closes)} begins before {_clock(end)}")
                end = closes

    @classmethod
    def parse(cls, value: str | Mapping[str, str]) -> OpeningHours:
        """Read opening hours from text.

        Parameters
        ----------
        value
            ``"always"``, ``"closed"``, spans that hold every day (``"08:00-12:00,13:00-20:00"``; ``"18:00-02:00"``
            passes midnight), or spans by days: ``{"mon-fri": "08:00-22:00", "sat,sun": "closed"}``. A day that is not
            named is closed.

        Raises
        ------
        ModelError
            If it is none of these; says which part, and what is allowed.
        """
        if isinstance(value, str):
            return cls((_spans("hours", value),) * len(DAYS))
        if not isinstance(value, Mapping):
            raise ModelError("hours", f"{value!r}: give text such as '08:00-22:00', or a table by days of the week")
        week: list[tuple[Span, ...] | None] = [None] * len(DAYS)
        for key, text in value.items():
            for day in _days(key):
                if week[day] is not None:
                    raise ModelError(f"hours.{key}", f"{DAYS[day]} was given before")
                week[day] = _spans(f"hours.{key}", text)
        return cls(tuple(spans or () for spans in week))

    def is_open(self, at_s: int, timezone: str) -> bool:
        """Say whether it is open at that second."""
        begins, ends = _openings(self.week, timezone, at_s // DAY_S // _BLOCK_DAYS)
        found = bisect_right(ends, at_s)
        return found < len(ends) and begins[found] <= at_s

    def opens_s(self, at_s: int, timezone: str) -> int | None:
        """Return the first second from `at_s` on at which it is open (`at_s` itself if it is then); None if never."""
        begins, ends = _openings(self.week, timezone, at_s // DAY_S // _BLOCK_DAYS)
        found = bisect_right(ends, at_s)
        return max(at_s, begins[found]) if found < len(ends) else None

    def closes_s(self, at_s: int, timezone: str) -> int | None:
        """Return the first second from `at_s` on at which it is closed (`at_s` itself if it is then); None if never."""
        if self.never_closes:
            return None
        begins, ends = _openings(self.week, timezone, at_s // DAY_S // _BLOCK_DAYS)
        found = bisect_right(ends, at_s)
        return ends[found] if found < len(ends) and begins[found] <= at_s else at_s

    def openings(self, from_s: int, until_s: int, timezone: str) -> Openings:
        """Return the openings that touch a time: those that end after `from_s` and begin before `until_s`, uncut.

        Where it never closes, one opening covers the time.
        """
        if self.never_closes:
            return (from_s,), (2**62,)
        begins: list[int] = []
        ends: list[int] = []
        for block in range(from_s // DAY_S // _BLOCK_DAYS, until_s // DAY_S // _BLOCK_DAYS + 1):
            for begin, end in zip(*_openings(self.week, timezone, block), strict=True):
                if from_s < end and begin < until_s and (not ends or begin > ends[-1]):
                    begins.append(begin)
                    ends.append(end)
        return tuple(begins), tuple(ends)

    @property
    def never_closes(self) -> bool:
        """Say whether the spans cover the whole week."""
        return _covers_week(self.week)

    def __str__(self) -> str:
        """Give the text that `parse` reads, by days."""
        if self.never_closes:
            return "always"
        return "; ".join(
            f"{day} {','.join(f'{_clock(opens)}-{_clock(closes)}' for opens, closes in spans)}"
            for day, spans in zip(DAYS, self.week, strict=True)
            if spans
        )


ALWAYS = OpeningHours((((0, DAY_MIN),),) * len(DAYS))
"""Open at every second."""


def parse_time(field: str, text: str) -> time:
    """Read a local time such as ``"14:30"``.

    Raises
    ------
    ModelError
        If it is none from 00:00 to 23:59; names `field`.
    """
    minute = _minute(field, text)
    if minute == DAY_MIN:
        raise ModelError(field, "24:00: give a time from 00:00 to 23:59")
    return time(minute // 60, minute % 60)


def check_timezone(field: str, timezone: str) -> str:
    """Return `timezone` if the time zone database has it.

    Raises
    ------
    ModelError
        If it has not.
    """
    try:
        ZoneInfo(timezone)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(field, f"{timezone!r} is no time zone: give one such as 'Europe/Helsinki'") from error
    return timezone


@lru_cache(maxsize=4096)
def instant_s(day: date, at: time, timezone: str) -> int:
    """Return the Unix second at which the clock on a wall there first shows `at` on `day`, or leaps past it."""
    return _instant_s(day, at.hour * 60 + at.minute, ZoneInfo(timezone))


def local_hour(at_s: int, timezone: str) -> int:
    """Return the hour, 0 to 23, of the local day."""
    return _local_hour(at_s // QUARTER_S, timezone)


def local_day(at_s: int, timezone: str) -> date:
    """Return the local date."""
    return _local_day(at_s // QUARTER_S, timezone)


@lru_cache(maxsize=65_536)
def _local_hour(quarter: int, timezone: str) -> int:
    return datetime.fromtimestamp(quarter * QUARTER_S, ZoneInfo(timezone)).hour


@lru_cache(maxsize=65_536)
def _local_day(quarter: int, timezone: str) -> date:
    return datetime.fromtimestamp(quarter * QUARTER_S, ZoneInfo(timezone)).date()


@lru_cache(maxsize=4096)
def _openings(week: Week, timezone: str, block: int) -> Openings:
    """Return the openings that reach into fourteen UTC days and the fourteen after them."""
    zone = ZoneInfo(timezone)
    begins: list[int] = []
    ends: list[int] = []
    # Two days before: the block's first second may be the local day before, in a span that began the day before that.
    first = date(1970, 1, 1) + timedelta(days=block * _BLOCK_DAYS - 2)
    for offset in range(2 * _BLOCK_DAYS + 4):
        day = first + timedelta(days=offset)
        for opens, closes in week[day.weekday()]:
            begin, end = _instant_s(day, opens, zone), _instant_s(day, closes, zone)
            if ends and begin <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            elif begin < end:  # a span that the clock leaps over is none
                begins.append(begin)
                ends.append(end)
    return tuple(begins), tuple(ends)


def _instant_s(day: date, minute: int, zone: ZoneInfo) -> int:
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    early, late = (int(wall.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (1, 0))
    if early >= late:  # shown once; or twice, and fold 0 is the first
        return late
    # The clock leaps over it (PEP 495: fold 1 then gives the earlier instant): the leap is between the two.
    before = datetime.fromtimestamp(early, zone).utcoffset()
    while late - early > 1:
        middle = (early + late) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


@lru_cache(maxsize=4096)
def _covers_week(week: Week) -> bool:
    end = 0
    for opens, closes in sorted((day * DAY_MIN + a, day * DAY_MIN + b) for day in range(-1, 7) for a, b in week[day]):
        if opens > end:
            return False
        end = max(end, closes)
    return end >= len(DAYS) * DAY_MIN


def _clock(minute: int) -> str:
    minute = minute if minute <= DAY_MIN else minute - DAY_MIN
    return f"{minute // 60:02}:{minute % 60:02}"


def _minute(field: str, text: str) -> int:
    found = _TIME.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None or int(found[2]) > 59 or int(found[1]) * 60 + int(found[2]) > DAY_MIN:
        raise ModelError(field, f"{text!r}: give a time from 00:00 to 24:00")
    return int(found[1]) * 60 + int(found[2])


def _spans(field: str, text: str) -> tuple[Span, ...]:
    if not isinstance(text, str):
        raise ModelError(field, f"{text!r}: give text such as '08:00-12:00,13:00-20:00', 'always' or 'closed'")
    word = text.strip().lower()
    if word == "closed":
        return ()
    if word == "always":
        return ((0, DAY_MIN),)
    spans: list[Span] = []
    for piece in text.split(","):
        opens_text, dash, closes_text = piece.partition("-")
        if not dash:
            raise ModelError(field, f"{piece.strip()!r}: give from and until, such as '08:00-20:00'")
        opens, closes = _minute(field, opens_text), _minute(field, closes_text)
        if opens == closes:
            raise ModelError(field, f"{piece.strip()!r} ends when it begins: give 'always' for the whole day")
        spans.append((opens, closes if closes > opens else closes + DAY_MIN))
    return tuple(sorted(spans))


def _days(key: str) -> list[int]:
    days: list[int] = []
    for piece in str(key).lower().split(","):
        first, _, last = piece.partition("-")
        if first.strip() not in DAYS or (last or first).strip() not in DAYS:
            raise ModelError(f"hours.{key}", f"give days as {', '.join(DAYS)}, 'mon-fri' or 'sat,sun'")
        begin, end = DAYS.index(first.strip()), DAYS.index((last or first).strip())
        days += range(begin, end + 1) if begin <= end else [*range(begin, len(DAYS)), *range(end + 1)]
    return days
