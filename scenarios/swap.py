"""A run's directory that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from scenarios.errors import ScenarioError

MARK = "result.json"
"""A directory that holds this, and nothing but `FILES`, is a run's and may be replaced by another run."""

FILES = frozenset(
    {
        MARK,
        "compare.csv",
        "compare.json",
        "couriers.csv",
        "decisions.ndjson.gz",
        "events.ndjson.gz",
        "orders.csv",
        "report.html",
        "scenario.json",
        "stops.csv",
        "stores.csv",
        "timings.json",
    }
)
"""What a run or a comparison writes."""


class OutputError(ScenarioError):
    """A run cannot be written where it should be. The text says why and what to do."""


def check_replaceable(out: Path, *, marks: tuple[str, ...] = (MARK,)) -> None:
    """Refuse a place that holds something else than a run.

    Raises
    ------
    OutputError
        If `out` is there and is neither an empty directory nor one that holds one of `marks` and `FILES` only.
    """
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is no directory: give another place with --out")
    if any(out.iterdir()) and not any((out / mark).is_file() for mark in marks):
        raise OutputError(
            f"{out} holds files, but no {' or '.join(marks)}: it is no run and will not be replaced; "
            "give another place with --out, or empty it"
        )
    strange = sorted(path.name for path in out.iterdir() if path.name not in FILES or not path.is_file())
    if strange:
        raise OutputError(
            f"{out} holds {strange[0]!r}, which no run has written: it will not be replaced; "
            f"give another place with --out, or move {strange[0]!r} away"
        )


class DirectorySwap:
    """A context that collects files beside `out` and puts them in its place at the end.

    Unless `finish` was called when the context ends, what was collected is removed and `out` is as it was.
    """

    def __init__(self, out: Path, *, marks: tuple[str, ...] = (MARK,)) -> None:
        self._out = out.resolve()
        self._marks = marks
        self._draft: Path | None = None

    def __enter__(self) -> Path:
        """Return the directory to write into.

        Raises
        ------
        OutputError
            If `out` may not be replaced, or nothing can be written there.
        """
        check_replaceable(self._out, marks=self._marks)
        parent = self._out.parent
        try:
            parent.mkdir(parents=True, exist_ok=True)
            self._draft = Path(tempfile.mkdtemp(prefix=f".{self._out.name}.", dir=parent))
        except OSError as error:
            raise OutputError(f"{self._out}: cannot write in {parent}: {error.strerror}") from error
        # mkdtemp makes it private; a run is meant to be read like any other directory.
        self._draft.chmod(0o777 & ~_umask())
        return self._draft

    def finish(self) -> None:
        """Put what was written in the place of what was there."""
        draft, self._draft = self._draft, None
        if draft is None:
            raise RuntimeError("finish belongs inside the context, once")
        check_replaceable(self._out, marks=self._marks)
        old = None
        if self._out.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{self._out.name}.old.", dir=draft.parent))
            self._out.replace(old)
        try:
            draft.replace(self._out)
        except BaseException:
            if old is not None:
                old.replace(self._out)
            shutil.rmtree(draft, ignore_errors=True)
            raise
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)

    def __exit__(self, *_: object) -> None:
        """Remove what was not put in place."""
        if self._draft is not None:
            shutil.rmtree(self._draft, ignore_errors=True)
            self._draft = None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
