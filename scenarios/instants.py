"""Times of a scenario file as Unix seconds."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dispatch.hours import instant_s
from scenarios.schema_base import clock_s, shift_s

_CLOCK = re.compile(r"([0-3]?\d|4[0-7]):[0-5]\d(:[0-5]\d)?")
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class LocalDay:
    """The day on which a scenario starts, in its time zone."""

    date: dt.date
    timezone: str

    def at_s(self, clock_second: int) -> int:
        """Return the moment at which clocks show that many seconds after this day's midnight, days of 24 hours each."""
        days, second = divmod(clock_second, _DAY_S)
        minute, rest = divmod(second, 60)
        return instant_s(self.date + dt.timedelta(days=days), dt.time(minute // 60, minute % 60), self.timezone) + rest

    def shift(self, shift: str) -> tuple[int, int]:
        """Return both ends of a shift such as ``09:00-17:00``."""
        begin, end = shift_s(shift)
        return self.at_s(begin), self.at_s(end)

    def moment(self, text: str) -> int:
        """Return when a clock time of this day, or an ISO 8601 date-time, is; without offset it is local.

        Raises
        ------
        ValueError
            If it is neither.
        """
        if _CLOCK.fullmatch(text):
            return self.at_s(clock_s(text))
        try:
            moment = dt.datetime.fromisoformat(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=ZoneInfo(self.timezone))
            return int(moment.timestamp())
        except (ValueError, OverflowError):
            raise ValueError("give a time as 09:30 or a date-time as 2025-06-12T09:30:00") from None
