"""Numbers as readers want them: with units, and no more digits than mean something."""

from __future__ import annotations

NONE = "\N{EN DASH}"


def whole(value: float | None) -> str:
    """Return 12,345."""
    return NONE if value is None else f"{value:,.0f}"


def decimal(value: float | None) -> str:
    """Return 3.4."""
    return NONE if value is None else f"{value:,.1f}"


def share(part: float | None, of: float | None) -> str:
    """Return 97.3 %, or a dash where there is nothing to take a share of."""
    return percent(part / of) if part is not None and of else NONE


def percent(fraction: float | None) -> str:
    """Return 97.3 %."""
    return NONE if fraction is None else f"{100 * fraction:.1f} %"


def minutes(seconds: float | None) -> str:
    """Return 4 min 30 s below ten minutes, 42 min below two hours, 3 h 05 min from there on."""
    if seconds is None:
        return NONE
    total = round(seconds)
    if total < 60:
        return f"{total} s"
    if total < 600 and total % 60:
        return f"{total // 60} min {total % 60} s"
    total_min = round(total / 60)
    if total_min < 120:
        return f"{total_min} min"
    return f"{total_min // 60} h {total_min % 60:02d} min"


def kilometres(metres: float | None) -> str:
    """Return 12.3 km; from 100 km on 1,234 km."""
    if metres is None:
        return NONE
    return f"{metres / 1000:,.1f} km" if metres < 100_000 else f"{metres / 1000:,.0f} km"


def hours(seconds: float | None) -> str:
    """Return 12.3 h; from 100 h on 1,234 h."""
    if seconds is None:
        return NONE
    return f"{seconds / 3600:,.1f} h" if seconds < 360_000 else f"{seconds / 3600:,.0f} h"
