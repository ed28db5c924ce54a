"""What tests of pages look at: canvases in numbers, and the ways to point at them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

PICTURE = """(canvas) => {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    const seen = new Map();
    let hash = 0;
    for (let i = 0; i < data.length; i += 4) {
        const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
        seen.set(colour, (seen.get(colour) || 0) + 1);
        hash = (Math.imul(hash, 31) + colour) | 0;
    }
    const [ground, often] = [...seen.entries()].reduce((most, own) => (own[1] > most[1] ? own : most));
    return { hash, colours: seen.size, ground, drawn: 1 - often / (data.length / 4) };
}"""
"""A canvas in numbers: a hash of its pixels, how many colours, the most frequent, and the share of all others."""


def settle(page: Page) -> None:
    """Wait until what was asked for is drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def drawn(page: Page, canvas: str, name: str) -> int:
    """Return how many things of a kind a canvas says it drew."""
    settle(page)
    return int(page.locator(canvas).get_attribute(f"data-{name}") or -1)


def picture(page: Page, canvas: str) -> dict[str, float]:
    """Return what is on a canvas, see `PICTURE`."""
    settle(page)
    found: dict[str, float] = page.locator(canvas).evaluate(PICTURE)
    return found


def wait_until(page: Page, condition: str) -> None:
    """Wait until an expression holds. (Playwright's own wait needs eval, which the page forbids.)"""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    raise AssertionError(condition)


def in_sight(page: Page, canvas: str) -> dict[str, float]:
    """Scroll to a canvas, and return its box in the window."""
    page.locator(canvas).evaluate("(node) => node.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = page.locator(canvas).bounding_box()
    assert box
    return dict(box)


def turn_wheel(page: Page, by: int) -> None:
    """Turn the wheel with Ctrl held down, and wait until it has come."""
    page.evaluate("() => { window.turned = new Promise((done) => addEventListener('wheel', done, { once: true })); }")
    page.keyboard.down("Control")
    page.mouse.wheel(0, by)
    page.evaluate("() => window.turned")
    page.keyboard.up("Control")


def chip(page: Page, group: str, label: str) -> Locator:
    """Return a switch of a group."""
    return page.locator(f"#{group} button", has_text=re.compile(rf"^\s*{label}"))
