"""The report of a run as one file: what stands in it, and what cannot."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from scenarios.report.build import SCRIPTS, SHARED, write_report
from scenarios.report.errors import RunFileError
from tests.browser.made_day import made_day
from tests.browser.made_run import write_day


class Elements(HTMLParser):
    """Collects a page's elements: tags with attributes, and the text of scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self._script = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))
        self._script = tag == "script"
        if self._script:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the form that the parser calls
        """Leave an element."""
        self._script = False

    def handle_data(self, data: str) -> None:
        """Note text."""
        if self._script:
            self.scripts[-1] += data
        else:
            self.words.append(data)

    def attribute(self, tag: str, name: str, **having: str) -> str:
        """Return an attribute of the first element of a kind."""
        for own, attributes in self.tags:
            if own == tag and all(attributes.get(key) == value for key, value in having.items()):
                return attributes.get(name) or ""
        raise LookupError(tag)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Elements:
    """Write a made day's report and take it apart."""
    run_dir = write_day(tmp_path_factory.mktemp("runs") / "made", made_day(orders=60, couriers=8))
    path = write_report(run_dir)
    assert path == run_dir / "report.html"
    return Elements(path.read_text(encoding="utf-8"))


def test_the_head_names_the_run(page: Elements) -> None:
    """Name, date, hours, seed, version and sizes stand at the top."""
    text = " ".join(page.words)
    assert "Made day" in text
    assert re.search(r"Monday 4 May 2026, 09:00 to 22:\d\d \(Europe/Vienna\)", text)
    for fact in ("Seed 7", "Doorstep 0.1.0", "Zones 2", "Stores 46 at 7 sites", "Couriers 8"):
        assert fact in re.sub(r"\s+", " ", text)
    assert "Times are those of Europe/Vienna (UTC+02:00)" in re.sub(r"\s+", " ", text)


def test_only_the_page_s_own_scripts_may_run(page: Elements) -> None:
    """The policy names each script by its hash, allows nothing else, and no element asks for another file."""
    policy = page.attribute("meta", "content", **{"http-equiv": "Content-Security-Policy"})
    hashes = re.findall(r"'sha256-([^']+)'", policy)
    kinds = [attributes.get("type") for tag, attributes in page.tags if tag == "script"]
    scripts = [text for text, kind in zip(page.scripts, kinds, strict=True) if kind != "application/json"]
    assert [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts] == hashes
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]
    for tag, attributes in page.tags:
        assert "src" not in attributes, tag
        assert (attributes.get("href") or "#").startswith(("#", "data:")), tag
        assert not [name for name in attributes if name.startswith("on")], tag


def test_the_data_is_read_back(page: Elements) -> None:
    """The embedded object is JSON with every order."""
    data = json.loads(next(text for text in page.scripts if text.startswith('{"base_s"')))
    assert len(data["orders"]["id"]) == 60
    assert data["offset_s"] == 7_200
    assert data["orders"]["story"]


def test_the_same_run_gives_the_same_page(tmp_path: Path) -> None:
    """Neither the time of writing nor the directory's name is in the page."""
    day = made_day(orders=20, couriers=3)
    pages = [write_report(write_day(tmp_path / name, day)).read_bytes() for name in ("one", "other")]
    assert pages[0] == pages[1]


def test_every_script_of_the_folder_is_in_the_page() -> None:
    """A script that is written but not listed would be missing without a word."""

    def scripts(package: str) -> set[str]:
        return {item.name for item in resources.files(package).iterdir() if item.name.endswith(".js")}

    assert scripts("scenarios.report") == set(SCRIPTS)
    assert scripts("scenarios.page") == {*SHARED, "theme.js"}


def _result(run_dir: Path, **changes: Any) -> None:
    path = run_dir / "result.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def test_a_run_over_midnight(tmp_path: Path) -> None:
    """Where the run ends on another day, that day is named."""
    run_dir = write_day(tmp_path / "run", made_day(orders=20, couriers=3))
    _result(run_dir, end="2026-05-05T03:00:00+02:00", timezone="")
    text = write_report(run_dir).read_text(encoding="utf-8")
    assert "Monday 4 May 2026, 09:00 to Tuesday 5 May 03:00</p>" in text
    assert "Times are those of the scenario (UTC+02:00)" in text


def test_a_run_in_which_the_clocks_changed(tmp_path: Path) -> None:
    """One offset is kept for the whole page, and the page says so."""
    run_dir = write_day(tmp_path / "run", made_day(orders=20, couriers=3))
    path = run_dir / "stops.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:-1], lines[-1].replace("+02:00", "+01:00")]), encoding="utf-8")
    text = write_report(run_dir).read_text(encoding="utf-8")
    assert "as it was at the begin (UTC+02:00), although the clocks were changed" in re.sub(r"\s+", " ", text)


def test_a_result_that_says_little(tmp_path: Path) -> None:
    """An empty result still gives a page: times from the tables, dashes for figures."""
    run_dir = write_day(tmp_path / "bare", made_day(orders=20, couriers=3))
    (run_dir / "result.json").write_text(
        '{"start": "noon", "end": "2026-05-04T22:00:00", "audit": 3}', encoding="utf-8"
    )
    text = write_report(run_dir).read_text(encoding="utf-8")
    assert "<h1>bare</h1>" in text
    assert "UTC+02:00" in text
    assert "of an unknown version" in text


def test_a_run_in_which_nothing_happened(tmp_path: Path) -> None:
    """No orders, couriers, stores or hours: still a page that says so."""
    run_dir = write_day(tmp_path / "empty", replace(made_day(orders=0, couriers=0), stores=[], rivers=[]))
    (run_dir / "result.json").write_text("{}", encoding="utf-8")
    text = write_report(run_dir).read_text(encoding="utf-8")
    assert "No hours" in text
    assert "No order was placed in this run" in text


def test_faults_that_the_audit_found_come_first(tmp_path: Path) -> None:
    """A run that contradicts itself says so above its figures."""
    run_dir = write_day(tmp_path / "run", replace(made_day(orders=5, couriers=2), audit=("stock <b>lost</b>",)))
    text = write_report(run_dir).read_text(encoding="utf-8")
    assert "found 1 contradiction:" in text
    assert "<li>stock &lt;b&gt;lost&lt;/b&gt;</li>" in text
    assert text.index("contradiction") < text.index('id="figures"')


def test_no_report_without_its_files(tmp_path: Path) -> None:
    """A directory that is no run gets an error that says what is missing, and no page."""
    with pytest.raises(RunFileError, match=r"orders\.csv"):
        write_report(tmp_path)
    assert list(tmp_path.iterdir()) == []
