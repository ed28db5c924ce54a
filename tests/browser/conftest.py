"""A headless Chromium without network, and pages that must stay silent: no error, no warning, no request."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
VIOLATIONS = (
    "addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`));"
)


@dataclass(slots=True)
class Heard:
    """What a page complained about, or tried to fetch."""

    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def require(program: Path, *, ci: str) -> None:
    """Skip the test if a program is missing, saying what installs it; fail it where the variable CI is true."""
    if program.exists():
        return
    missing = f"no {program}: apt-get install {program.name}"
    if ci.lower() == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    require(CHROMIUM, ci=os.environ.get("CI", ""))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


Open = Callable[..., Page]


@pytest.fixture(scope="module")
def open_report(chromium: Browser) -> Iterator[Open]:
    """Return a function that opens a report and waits until all of it is drawn.

    When the tests of the module are over, every page it opened must have been silent.
    """
    opened: list[tuple[Heard, Any]] = []

    def open_page(path: Path, *, width: int = 1280, height: int = 900) -> Page:
        # With reduced motion nothing scrolls smoothly: a place on the screen stays where it was measured.
        context = chromium.new_context(
            offline=True, viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        heard = Heard()
        opened.append((heard, context))
        context.add_init_script(VIOLATIONS)
        page = context.new_page()
        page.on(
            "console",
            lambda message: heard.complaints.append(message.text) if message.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: heard.complaints.append(str(error)))
        page.on("request", lambda request: heard.requests.append(request.url))
        page.goto(path.resolve().as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached", timeout=60_000)
        return page

    yield open_page
    for _, context in opened:
        context.close()
    for heard, _ in opened:
        assert heard.complaints == []
        # data: and blob: addresses are the page's own bytes.
        assert [url for url in heard.requests if not url.startswith(("data:", "blob:"))][1:] == []
