"""The one way in which functions of this package are compiled.

Numba keeps what it has compiled beside each source file, and takes it for good as long as that file is unchanged. But
compiled code contains the functions it calls, which may be those of another file: so at import, whatever is older than
the newest source that it may contain is thrown away, to be compiled again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])

FOLDERS = ("insertion", "routing")
"""Folders of this package whose compiled functions call each other."""


def compiled(function: F) -> F:
    """Compile a function at its first call, once for this installation; it runs without the interpreter's lock.

    Such functions make no arrays, so Numba's own memory management is left out: counting references to the dozens of
    arrays passed along took nine tenths of the time.
    """
    return cast(F, njit(nogil=True, cache=True, _nrt=False)(function))  # type: ignore[call-overload]


def inlined(function: F) -> F:
    """Compile a function into each function that calls it: for small ones called millions of times with many arrays."""
    return cast(F, njit(nogil=True, cache=True, _nrt=False, inline="always")(function))  # type: ignore[call-overload]


def forget_stale(package: Path) -> int:
    """Remove what was compiled before the newest source under `package`, and return how many files that were.

    Where the folder is read-only, Numba keeps its files elsewhere and nothing is removed.
    """
    sources = [package / "problem.py"]
    for folder in FOLDERS:
        sources += (package / folder).glob("*.py")
    newest_ns = max(source.stat().st_mtime_ns for source in sources)
    removed = 0
    for folder in FOLDERS:
        for index in sorted((package / folder / "__pycache__").glob("*.nbi")):
            try:
                if index.stat().st_mtime_ns < newest_ns:
                    index.unlink()
                    removed += 1
            except OSError:
                # Another process was quicker, or the folder is read-only.
                continue
    return removed


forget_stale(Path(__file__).resolve().parent.parent)
