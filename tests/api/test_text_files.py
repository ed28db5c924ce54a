"""Texts in files: read whole, written whole."""

import os
import stat
import threading

import pytest

from api import text_files
from api.text_files import TextError, check_writable, read_text, title_of, write_text


def test_a_file_is_written_beside_and_moved(tmp_path):
    """Nothing else is left in the directory."""
    output = tmp_path / "plan.txt"
    write_text(str(output), "one\n")
    write_text(str(output), "Zoë\n")
    assert output.read_text(encoding="utf-8") == "Zoë\n"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_the_old_text_survives_a_failure(tmp_path, monkeypatch):
    """As where the disk is full, and nothing is left over."""
    output = tmp_path / "plan.txt"
    output.write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(text_files.os, "fsync", full)
    with pytest.raises(TextError, match="No space left on device; give a file that can be written"):
        write_text(str(output), "new")
    assert output.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_permissions_stay_or_are_the_usual(tmp_path):
    """Not those of a temporary file, which only its owner may read."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.touch()
    old.chmod(0o640)
    before = os.umask(0o022)
    try:
        for path in (old, new):
            write_text(str(path), "x")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o640, 0o644]


def test_a_link_stays_a_link(tmp_path):
    """What it leads to is written."""
    (tmp_path / "there").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "there" / "plan")
    write_text(str(link), "x")
    assert link.is_symlink()
    assert (tmp_path / "there" / "plan").read_text() == "x"


def test_a_pipe_is_written_not_replaced(tmp_path):
    """Its reader gets the text."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()), daemon=True)
    reader.start()
    write_text(str(pipe), "x")
    reader.join(10)
    assert got == ["x"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_cannot_be_written_is_named(tmp_path):
    """A directory that is missing, or that is no file."""
    with pytest.raises(TextError, match="its directory does not exist; make it"):
        check_writable(str(tmp_path / "no" / "plan"))
    with pytest.raises(TextError, match="Is a directory"):
        write_text(str(tmp_path), "x")


def test_what_cannot_be_read_is_named(tmp_path):
    """Missing, or not UTF-8."""
    path = tmp_path / "in"
    with pytest.raises(TextError, match="in: No such file"):
        read_text(str(path))
    path.write_bytes(b"ab\xff")
    with pytest.raises(TextError, match="in: not UTF-8 at byte 2"):
        read_text(str(path))


def test_a_file_is_called_by_its_name():
    """Standard input has none."""
    assert (title_of("a/lc101.txt"), title_of("-")) == ("lc101", "")
