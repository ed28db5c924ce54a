"""What was compiled is forgotten when it may be out of date."""

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from solver.insertion.compiled import (
    FOLDERS,
    OPTIONS,
    compiled,
    forget_stale,
    inlined,
    interpreted,
    never_wide,
    only_wide,
)


@pytest.fixture
def package(tmp_path):
    """Return a package with a source file, two indices and compiled code a folder, all of them made at second 100."""
    for folder in FOLDERS:
        kept = tmp_path / folder / "__pycache__"
        kept.mkdir(parents=True)
        for path in (tmp_path / folder / "one.py", kept / "one.a-1.nbi", kept / "one.b-1.nbi", kept / "one.a-1.1.nbc"):
            touch(path, 100)
    touch(tmp_path / "problem.py", 100)
    return tmp_path


def touch(path, at_s):
    """Make a file, last changed at a second."""
    path.touch()
    os.utime(path, (at_s, at_s))


def kept(package):
    """Return the names of all indices that are left."""
    return sorted(str(path.relative_to(package)) for path in package.rglob("*.nbi"))


def test_what_is_as_new_as_its_sources_is_kept(package):
    """Nothing is removed."""
    assert forget_stale(package) == 0
    assert len(kept(package)) == 4


@pytest.mark.parametrize("source", ["problem.py", "insertion/one.py", "search/two.py"])
def test_what_is_older_than_any_source_is_removed(package, source):
    """Of either folder, or of the constants; what was compiled since is kept."""
    touch(package / source, 101)
    touch(package / "insertion" / "__pycache__" / "one.b-1.nbi", 101)
    touch(package / "search" / "__pycache__" / "one.b-1.nbi", 102)
    assert forget_stale(package) == 4
    assert kept(package) == ["insertion/__pycache__/one.b-1.nbi", "search/__pycache__/one.b-1.nbi"]
    assert not list(package.rglob("*.nbc"))


def test_other_sources_do_not_matter(package):
    """Compiled code is in two folders only."""
    touch(package / "check.py", 200)
    assert forget_stale(package) == 0


def test_nothing_compiled_yet(tmp_path):
    """A package as it was installed."""
    touch(tmp_path / "problem.py", 100)
    assert forget_stale(tmp_path) == 0


def test_a_folder_that_may_not_be_written_to_is_left_alone(package, monkeypatch):
    """Numba keeps its files elsewhere then."""

    def refused(_):
        raise PermissionError

    touch(package / "problem.py", 101)
    monkeypatch.setattr(Path, "unlink", refused)
    assert forget_stale(package) == 0
    assert len(kept(package)) == 4


def test_a_compiled_function_runs_as_python_too():
    """Compiled at its first call only, for a constant as for any number; a plain function is what it is."""

    def twice(number: int) -> int:
        return 2 * number

    for wrap in (compiled, inlined):
        wrapped = wrap(twice)
        assert interpreted(wrapped) is twice
        assert wrapped.signatures == []
    assert interpreted(twice) is twice


class NarrowLayout(NamedTuple):
    """Stands for the layout of a problem that is not wide."""

    number: int


class WideLayout(NarrowLayout):
    """Stands for that of a wide one: it is told by its name."""

    __slots__ = ()


NARROW, WIDE = NarrowLayout(number=3), WideLayout(number=4)


@pytest.mark.parametrize(("apart", "answers"), [(only_wide(-1), (-1, 40)), (never_wide(-1), (30, -1))])
def test_called_by_compiled_code_it_is_made_for_one_kind_of_layout_only(monkeypatch, apart, answers):
    """For the other kind the call is but what stands in for it."""
    monkeypatch.setitem(OPTIONS, "cache", False)

    @apart
    def tenfold(layout: NarrowLayout) -> int:
        return 10 * layout.number

    @compiled
    def caller(layout: NarrowLayout) -> int:
        return tenfold(layout)

    assert (caller(NARROW), caller(WIDE)) == answers


@pytest.mark.parametrize("apart", [only_wide(-1), never_wide(-1)])
def test_called_by_the_interpreter_it_is_what_it_is(monkeypatch, apart):
    """Whoever calls it from there knows the layout."""
    monkeypatch.setitem(OPTIONS, "cache", False)

    def tenfold(layout: NarrowLayout) -> int:
        return 10 * layout.number

    wrapped = apart(tenfold)
    assert wrapped.__name__ == "tenfold"
    assert interpreted(wrapped) is tenfold
    assert (wrapped(NARROW), wrapped(WIDE)) == (30, 40)


def test_where_nothing_is_compiled_it_stays_a_plain_function(monkeypatch):
    """Numba can be switched off."""
    monkeypatch.setattr("solver.insertion.compiled.njit", lambda **_: lambda function: function)
    for apart in (only_wide(-1), never_wide(-1)):
        assert apart(str) is str
