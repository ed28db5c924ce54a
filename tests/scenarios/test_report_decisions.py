"""Decisions about orders in trouble are told in the report."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dispatch.codes import OrderCode
from dispatch.decision import Decision, Need, Seen
from dispatch.explanation import why
from dispatch.model import Source
from scenarios.report import decisions
from scenarios.report.decisions import stories_of
from scenarios.report.errors import RunFileError

REFUSED = Decision(
    order="o1",
    at_s=0,
    level="quick",
    directory="d",
    travel="t",
    needs=(Need("milk", 3),),
    in_reach=7,
    seen=Seen(
        sources=("a", "b", "c", "d", "e", "f", "g"),
        travel_s=(1,) * 7,
        distance_m=(1,) * 7,
        letters="OTCUFKO",
        figures=(0, 90, 28_800, 0, 4, 60, 0),
        stock=((1, 9, 9, 9, 9, 9, 2),),
    ),
    code=OrderCode.NO_STOCK,
)
TAKEN = Decision(
    order='o"2',
    at_s=0,
    level="quick",
    directory="d",
    travel="t",
    in_reach=2,
    sources=(Source(site="a", zone="z", stores=(), travel_s=300, distance_m=900, ready_s=200, arrive_s=600),),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write two decisions, one of them twice."""
    written = tmp_path / "decisions.ndjson.gz"
    with gzip.open(written, "wt", encoding="utf-8") as stream:
        stream.writelines(decision.to_json() + "\n" for decision in (REFUSED, TAKEN, TAKEN))
    return written


def test_a_refusal_is_told_source_by_source(path: Path) -> None:
    """The nearest sources say why each could not serve, with figures in the scenario's time; the rest is counted."""
    (story,) = stories_of(path, {"o1"}, timezone="Europe/Helsinki").values()
    assert story[0].startswith("7 sources in reach; ")
    assert story[1] == "a: 2 of milk missing"
    assert "1 min 30 s" in story[2]
    assert "10:00:00" in story[3]
    assert story[-1] == "and 2 more"


def test_a_choice_is_told_with_why(path: Path) -> None:
    """An order that was taken says where it went and why; ids with quotes are found too."""
    (story,) = stories_of(path, {'o"2', "unknown"}, timezone="UTC").values()
    assert story == (
        "2 sources in reach; chosen: a, 5 min to the door",
        f"Why: {why(TAKEN)}",
    )


def test_an_unknown_zone_tells_universal_time(path: Path) -> None:
    """A result without a known zone is no reason to fail."""
    for timezone in ("Nowhere/Town", "", "../etc"):
        (story,) = stories_of(path, {"o1"}, timezone=timezone).values()
        assert "08:00:00" in story[3]


def test_no_more_stories_than_a_page_can_hold(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most stories of a page, orders are left to the command."""
    monkeypatch.setattr(decisions, "MOST_ORDERS", 1)
    assert list(stories_of(path, {"o1", 'o"2'}, timezone="UTC")) == ['o"2']


def test_a_run_without_decisions(tmp_path: Path) -> None:
    """Without the file there are no stories."""
    assert stories_of(tmp_path / "decisions.ndjson.gz", {"o1"}, timezone="UTC") == {}


@pytest.mark.parametrize("damage", ["cut", "other", "plain"])
def test_a_file_that_cannot_be_read(path: Path, damage: str) -> None:
    """A file that is cut off, of another form or not compressed is named."""
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    elif damage == "plain":
        path.write_text("{}", encoding="utf-8")
    else:
        with gzip.open(path, "wt", encoding="utf-8") as stream:
            stream.write('{"v":1,"o":"o1"}\n')
    with pytest.raises(RunFileError, match=r"decisions\.ndjson\.gz: cut off or of another form"):
        stories_of(path, {"o1"}, timezone="UTC")
