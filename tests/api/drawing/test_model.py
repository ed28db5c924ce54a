"""When a stop is late."""

from __future__ import annotations

import pytest

from api.drawing.model import Window, lateness_s

TWO = (Window(100, 200), Window(400, 500))


@pytest.mark.parametrize(
    ("start_s", "windows", "late_s"),
    [
        (150, TWO, 0),
        (200, TWO, 0),
        (230, TWO, 30),
        (400, TWO, 0),
        (560, TWO, 60),
        (50, TWO, 0),
        (10**6, (Window(100, None),), 0),
        (10**6, (), 0),
        (7, (Window(None, 5),), 2),
    ],
)
def test_lateness(start_s: int, windows: tuple[Window, ...], late_s: int) -> None:
    """Counted from the end of the window before; too early is not late."""
    assert lateness_s(start_s, windows) == late_s
