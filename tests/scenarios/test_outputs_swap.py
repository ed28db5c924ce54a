"""A run's directory appears whole or not at all."""

import os
from pathlib import Path

import pytest

from scenarios.swap import DirectorySwap, OutputError


def names(directory: Path) -> list[str]:
    """Return what is in a directory."""
    return sorted(path.name for path in directory.iterdir())


def write(out: Path, text: str = "new") -> None:
    """Write a run of one file."""
    swap = DirectorySwap(out)
    with swap as draft:
        (draft / "result.json").write_text(text)
        swap.finish()


def test_a_new_directory_is_made_with_its_parents(tmp_path: Path) -> None:
    """What was written stands under the name, and nothing else is left beside it."""
    out = tmp_path / "runs" / "demo"
    write(out)
    assert (out / "result.json").read_text() == "new"
    assert names(out.parent) == ["demo"]
    assert out.stat().st_mode & 0o777 == 0o777 & ~_umask()


def test_a_run_is_replaced_whole(tmp_path: Path) -> None:
    """Files of the run before are gone."""
    out = tmp_path / "demo"
    write(out)
    (out / "report.html").touch()
    write(out, "newer")
    assert [path.name for path in out.iterdir()] == ["result.json"]
    assert (out / "result.json").read_text() == "newer"
    assert names(tmp_path) == ["demo"]


def test_an_empty_directory_and_a_link_to_one_are_taken(tmp_path: Path) -> None:
    """Both count as a place for a run; the link stays a link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "result.json").exists()


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    """A directory of other files, and a file, stay as they are."""
    (tmp_path / "letter").write_text("dear")
    with pytest.raises(OutputError, match="holds files, but no result"):
        write(tmp_path)
    with pytest.raises(OutputError, match="is no directory"):
        write(tmp_path / "letter")
    assert names(tmp_path) == ["letter"]


@pytest.mark.parametrize("strange", ["thesis.txt", "orders.csv/"])
def test_a_run_with_something_else_beside_it_is_refused(tmp_path: Path, strange: str) -> None:
    """A file no run writes, or a folder: nothing is touched."""
    out = tmp_path / "demo"
    write(out)
    if strange.endswith("/"):
        (out / strange).mkdir()
    else:
        (out / strange).write_text("years of work")
    before = names(out)
    with pytest.raises(OutputError, match=f"holds '{strange.rstrip('/')}', which no run has written"):
        write(out, "newer")
    assert names(out) == before
    assert (out / "result.json").read_text() == "new"


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """A parent that is a file names itself in the error."""
    (tmp_path / "letter").write_text("dear")
    with pytest.raises(OutputError, match=r"cannot write in .*letter"):
        write(tmp_path / "letter" / "demo")


def test_an_interrupted_run_leaves_what_was_there(tmp_path: Path) -> None:
    """Without `finish`, the run before stands and the draft is gone."""
    out = tmp_path / "demo"
    write(out)
    swap = DirectorySwap(out)
    (swap.__enter__() / "result.json").write_text("half")
    assert len(names(tmp_path)) == 2
    swap.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert (out / "result.json").read_text() == "new"
    assert names(tmp_path) == ["demo"]


def test_a_failed_exchange_brings_the_old_run_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the last step fails, the first is undone."""
    out = tmp_path / "demo"
    write(out)
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == out and "old" not in self.name:
            raise OSError("disk gone")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OSError, match="disk gone"):
        write(out, "newer")
    monkeypatch.undo()
    assert (out / "result.json").read_text() == "new"
    assert names(tmp_path) == ["demo"]


def test_a_new_run_that_cannot_be_put_in_place_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was, nothing is."""

    def replace(self: Path, target: Path) -> Path:
        raise OSError(f"cannot move {self} to {target}")

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OSError, match="cannot move"):
        write(tmp_path / "demo")
    assert names(tmp_path) == []


def test_finish_belongs_inside_the_context(tmp_path: Path) -> None:
    """Outside, there is nothing to put in place."""
    with pytest.raises(RuntimeError, match="inside the context"):
        DirectorySwap(tmp_path / "demo").finish()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
