"""Texts that commands take and give: a file, or a standard stream as ``-``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

STANDARD = "-"


class TextError(Exception):
    """A text cannot be read or written; says which, and what to do."""


def read_text(file: str) -> str:
    """Return the text of a file, or of standard input.

    Raises
    ------
    TextError
        Where it is not there, or not UTF-8.
    """
    try:
        return sys.stdin.read() if file == STANDARD else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise TextError(f"{file}: {error.strerror}; give a file that can be read, or -") from None
    except UnicodeDecodeError as error:
        raise TextError(f"{name_of(file)}: not UTF-8 at byte {error.start}; give a text in UTF-8") from None


def name_of(file: str) -> str:
    """Return how a message calls a file."""
    return "standard input" if file == STANDARD else file


def title_of(file: str) -> str:
    """Return what a file holds, by its name."""
    return "" if file == STANDARD else Path(file).stem


def check_writable(output: str) -> None:
    """Refuse an output that cannot be written, before anything is done for it.

    Raises
    ------
    TextError
        Where the directory does not exist.
    """
    if output != STANDARD and not Path(output).absolute().parent.is_dir():
        raise TextError(f"{output}: its directory does not exist; make it, or give another, or -")


def write_text(output: str, text: str) -> None:
    """Write a file or standard output. A file has its old text or the whole new one at any time, whatever happens.

    Raises
    ------
    TextError
        Where it cannot be written.
    """
    if output == STANDARD:
        sys.stdout.write(text)
        return
    try:
        # Through links to the file itself. What is no file, such as a pipe, cannot be replaced by one.
        path = Path(output).resolve()
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
        else:
            _replace(path, text)
    except OSError as error:
        raise TextError(f"{output}: {error.strerror}; give a file that can be written, or -") from None


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:64]}.", suffix=".tmp")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(_mode(path))
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Return the permissions that a file has, or would be given."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


__all__ = ["STANDARD", "TextError", "check_writable", "name_of", "read_text", "title_of", "write_text"]
