"""Values as plain JSON that says the same on every machine."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.hours import OpeningHours
from scenarios.durations import Constant, Exponential, LogNormal, Sampled

DECIMALS = 6

_KINDS = {Constant: "constant", Exponential: "exponential", LogNormal: "lognormal", Sampled: "sampled"}


def plain(value: object) -> Any:
    """Return a value as dicts, lists, texts and numbers.

    Dataclasses become objects of their fields, distributions with their `kind`; sets are sorted; the keys of a mapping
    by several things are joined by ``@``; numbers that are not whole are rounded to six decimals.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | OpeningHours | dt.time):
        return str(value)
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if is_dataclass(value):
        kind = {"kind": _KINDS[type(value)]} if type(value) in _KINDS else {}
        return kind | {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    raise TypeError(f"{type(value).__name__} has no plain form")


def _key(key: object) -> str:
    return "@".join(str(part) for part in key) if isinstance(key, tuple) else str(key)


def to_json(value: object) -> str:
    """Return JSON text with sorted keys, one line an item, and a newline at the end."""
    return json.dumps(plain(value), indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


class Clock:
    """Unix seconds as RFC 3339 text with the offset of a zone."""

    def __init__(self, timezone: str) -> None:
        self._zone = ZoneInfo(timezone)

    def text(self, at_s: int) -> str:
        """Return such as ``2026-05-04T12:30:00+02:00``."""
        return dt.datetime.fromtimestamp(at_s, self._zone).isoformat()

    def maybe(self, at_s: int | None) -> str:
        """Return the text, empty for None."""
        return "" if at_s is None else self.text(at_s)
