"""The report of a made day, written once, and opened once for all tests of a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from scenarios.report.build import write_report
from scenarios.report.files import RunFiles, read_run
from tests.browser.canvas import settle
from tests.browser.conftest import Open
from tests.browser.made_day import made_day
from tests.browser.made_run import write_day


@pytest.fixture(scope="session")
def run_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a made day and its report."""
    made = write_day(tmp_path_factory.mktemp("browser") / "made run", made_day())
    write_report(made)
    return made


@pytest.fixture(scope="session")
def run(run_dir: Path) -> RunFiles:
    """Read the day's rows, to be held against what is drawn."""
    return read_run(run_dir)


@pytest.fixture(scope="module")
def opened(run_dir: Path, open_report: Open) -> Page:
    """Open the report once for all tests of a file."""
    return open_report(run_dir / "report.html")


@pytest.fixture
def page(opened: Page) -> Page:
    """Put the page back to how it was opened, but for what was selected."""
    opened.locator("#whole-day").dispatch_event("click")
    opened.locator("#zoom-fit").dispatch_event("click")
    for name in ("order-find", "store-find", "line-find"):
        opened.fill(f"#{name}", "")
    opened.locator("#lines").evaluate("(box) => { box.scrollTop = 0; }")
    opened.mouse.move(0, 0)
    settle(opened)
    return opened
