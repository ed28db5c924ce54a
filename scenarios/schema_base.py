"""What all tables of a scenario file share: strictness, ids, places on earth, times of the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from dispatch.errors import ModelError
from dispatch.hours import OpeningHours
from dispatch.ids import PATTERN


@dataclass(frozen=True, slots=True)
class Says:
    """What may be written here, in words, for error messages."""

    words: str


class Table(BaseModel):
    """A table of the file: no key that is not listed, no number that is none, no text where a number belongs."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


_CLOCK = r"([0-3]\d|4[0-7]):[0-5]\d(:[0-5]\d)?"


def _as_text(value: object) -> object:
    """Turn TOML's own local times and date-times into text: 10:30:00 and "10:30:00" mean the same."""
    return value.isoformat() if isinstance(value, dt.time | dt.datetime) else value


def _hours(value: object) -> object:
    """Refuse what are no opening hours, with the reason."""
    try:
        OpeningHours.parse(value)  # type: ignore[arg-type]
    except ModelError as error:
        raise ValueError(error.message) from None
    return value


T = TypeVar("T")

Many = Annotated[tuple[T, ...], Strict(False)]
"""A list of the file, kept as a tuple: laxness is about that only, the elements stay strict."""

Id = Annotated[str, StringConstraints(pattern=rf"^{PATTERN.pattern}$"), Says("an id: 1 to 64 of A-Z a-z 0-9 . _ : -")]
"""An id."""

ShortId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,48}$"), Says("an id: 1 to 48 of A-Z a-z 0-9 . _ : -")
]
"""An id from which others are made by adding a number."""

Pattern = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9._:*?-]{1,64}$"), Says("ids, with * and ? as wild cards")
]
"""Ids, with * for any characters and ? for any one."""

Lat = Annotated[float, Field(ge=-90.0, le=90.0)]
Lon = Annotated[float, Field(ge=-180.0, le=180.0)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Weight = Annotated[float, Field(ge=0.0, le=1e9)]
Seconds = Annotated[int, Field(ge=0, le=86_400)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Position = Annotated[Many[float], Field(min_length=2, max_length=2), Says("[lon, lat]")]
"""[lon, lat], as in GeoJSON."""

Range = Annotated[
    Many[Count],
    BeforeValidator(lambda value: [value, value] if isinstance(value, int) and not isinstance(value, bool) else value),
    Field(min_length=2, max_length=2),
    Says("a whole number from 0 to 1000000, or [least, most]"),
]
"""[least, most]; a number alone is both."""

Clock = Annotated[
    str,
    BeforeValidator(_as_text),
    StringConstraints(pattern=rf"^{_CLOCK}$"),
    Says("a time as 09:30 or 09:30:15, hours 24 to 47 being the next day's"),
]
"""Time of the local day on which the scenario starts, HH:MM or HH:MM:SS; hours 24 to 47 are the next day's."""

DayTime = Annotated[
    str,
    BeforeValidator(lambda value: value.isoformat("minutes") if isinstance(value, dt.time) else value),
    StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$"),
    Says("a time from 00:00 to 23:59"),
]

Shift = Annotated[str, StringConstraints(pattern=rf"^{_CLOCK}-{_CLOCK}$"), Says("two times as 09:30-17:00")]
"""Two clock times; an end that is not after the begin is the next day's."""

Hours = Annotated[Any, BeforeValidator(_hours), Says('hours as "08:00-22:00", or a table by days of the week')]
"""Opening hours, as `dispatch.hours.OpeningHours.parse` reads them."""

Moment = Annotated[str, BeforeValidator(_as_text), Says("a time as 09:30 or a date-time as 2025-06-12T09:30:00")]
"""A clock time, or an ISO 8601 date-time; without offset it is local."""


def clock_s(clock: str) -> int:
    """Return the seconds from midnight of a `Clock`."""
    hours, minutes, *seconds = (int(part) for part in clock.split(":"))
    return hours * 3600 + minutes * 60 + sum(seconds)


def shift_s(shift: str) -> tuple[int, int]:
    """Return the seconds from midnight of both ends of a `Shift`, the end after the begin."""
    begin, end = (clock_s(clock) for clock in shift.split("-"))
    return begin, end if end > begin else end + 86_400
