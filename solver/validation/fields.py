"""What is the same wherever it stands: windows, places, amounts."""

from __future__ import annotations

from collections.abc import Sequence

from solver.errors import ProblemError
from solver.problem import FOREVER_S, Window


def check_windows(at: str, windows: Sequence[Window]) -> None:
    """Raise the first window that is none, or not after the one before."""
    if not windows:
        raise ProblemError(f"{at}/windows", "is empty: give at least one window; the default is open for ever")
    for number, window in enumerate(windows):
        check_window(f"{at}/windows/{number}", window)
        if number and window.earliest_s <= windows[number - 1].latest_s:
            raise ProblemError(
                f"{at}/windows/{number}",
                f"begins at {window.earliest_s}, not after {windows[number - 1].latest_s}, the end of the window "
                "before: give disjoint windows in ascending order",
            )


def check_window(at: str, window: Window) -> None:
    """Raise a window that ends before it begins, or is out of bounds."""
    if window.earliest_s > window.latest_s:
        raise ProblemError(at, f"ends at {window.latest_s}, before it begins at {window.earliest_s}")
    if window.earliest_s < 0 or window.latest_s > FOREVER_S:
        raise ProblemError(
            at, f"is {window.earliest_s} to {window.latest_s}: give seconds from 0 to {FOREVER_S} (FOREVER_S)"
        )


def check_place(at: str, place: int, places: int) -> None:
    """Raise a place that the matrices do not have."""
    if not 0 <= place < places:
        raise ProblemError(at, f"is {place}, and the matrices have {places} places: give 0 to n - 1")


def check_amounts(at: str, amounts: Sequence[int], dimensions: int) -> None:
    """Raise amounts that are not one for each dimension, or the first below 0."""
    if len(amounts) != dimensions:
        raise ProblemError(
            at,
            f"has {len(amounts)} entries where the problem has {dimensions} dimensions: "
            "give one for each, or none at all",
        )
    check_not_negative(at, amounts)


def check_not_negative(at: str, amounts: Sequence[int]) -> None:
    """Raise the first amount below 0."""
    for number, amount in enumerate(amounts):
        if amount < 0:
            raise ProblemError(f"{at}/{number}", f"is {amount}: give 0 or more")
