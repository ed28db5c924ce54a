"""Compiling once, so that no plan waits for it."""

import subprocess
from types import SimpleNamespace

import pytest

from solver import warm_up as warm_up_module
from solver.warm_up import is_compiled, warm_up


@pytest.fixture
def steps(monkeypatch):
    """Return what is compiled in which order, here and by the other process, which starts no Python."""
    made = []

    class Other:
        def __init__(self, *_, **__):
            made.append("other began")

        def __enter__(self):
            return self

        def __exit__(self, *_):
            made.append("other ended")

        def kill(self):
            made.append("other killed")

    monkeypatch.setattr(subprocess, "Popen", Other)
    monkeypatch.setattr(warm_up_module, "compile_insertion", lambda **_: made.append("insertion"))
    monkeypatch.setattr(warm_up_module, "compile_search", lambda **_: made.append("search"))
    return made


def kept_in(monkeypatch, **folders):
    """Have functions looked for in these folders."""
    for name, folder in folders.items():
        function = SimpleNamespace(__name__=name, stats=SimpleNamespace(cache_path=str(folder)))
        monkeypatch.setattr(warm_up_module, name, function)


def test_everything_is_compiled_after_warming_up():
    """For real: what is kept is looked up."""
    warm_up()
    assert is_compiled()


def test_compiled_is_what_has_an_index(monkeypatch, tmp_path):
    """Both of the largest functions, each in its folder; any version of Python will do."""
    one, other = tmp_path / "insertion", tmp_path / "routing"
    one.mkdir()
    kept_in(monkeypatch, survey=one, anneal=other)
    assert not is_compiled()
    (one / "survey.survey-42.py311.1.nbc").touch()
    assert not is_compiled()
    other.mkdir()
    (other / "anneal.anneal_more-30.py311.1.nbc").touch()
    assert not is_compiled()
    (other / "anneal.anneal-30.py311.1.nbc").touch()
    assert is_compiled()
    assert not is_compiled(wide=True)
    (one / "survey.survey-42.py311.2.nbc").touch()
    (other / "anneal.anneal-30.py311.2.nbc").touch()
    assert is_compiled(wide=True)


def test_what_is_compiled_needs_no_other_process(monkeypatch, steps):
    """It is looked up here."""
    monkeypatch.setattr(warm_up_module, "is_compiled", lambda **_: True)
    warm_up()
    assert steps == ["insertion", "search"]


def test_what_is_not_is_compiled_by_two_at_once(monkeypatch, steps):
    """Insertion here, the search in the other process; then the search is looked up here, or made up for."""
    monkeypatch.setattr(warm_up_module, "is_compiled", lambda **_: False)
    warm_up()
    assert steps == ["other began", "insertion", "other ended", "search"]


def test_the_other_process_ends_with_this_one(monkeypatch, steps):
    """Even where it is interrupted."""

    def interrupted(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(warm_up_module, "is_compiled", lambda **_: False)
    monkeypatch.setattr(warm_up_module, "compile_insertion", interrupted)
    with pytest.raises(KeyboardInterrupt):
        warm_up()
    assert steps == ["other began", "other killed", "other ended"]
