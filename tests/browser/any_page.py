"""What the tests ask any page: what it carries, what its tip says, which of its controls nobody can name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

from tests.browser.canvas import in_sight, settle

EVIL = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>'\"&{{7*7}}"
"""A name that is markup: where it came to life, `window.hacked` would be set, or a picture would stand on the page."""

CARRIED = "JSON.parse(document.querySelector('script[type=\"application/json\"]').textContent)"

PLACE = f"""([x, y]) => {{
    const {{ view }} = {CARRIED};
    const {{ width, height }} = document.getElementById('map').getBoundingClientRect();
    const scale = Math.min(width / (view[2] - view[0]), height / (view[3] - view[1]));
    return [(x - (view[0] + view[2]) / 2) * scale + width / 2, ((view[1] + view[3]) / 2 - y) * scale + height / 2];
}}"""
"""Where a place of the plane is on the map as it is shown first."""

NAMELESS = """() => [...document.querySelectorAll('button, select, input, canvas, [role=img]')]
    .filter((node) => !node.closest('.modebar, .plotly'))
    .filter((node) => !(node.getAttribute('aria-label') || node.textContent.trim() || node.labels?.length))
    .map((node) => node.outerHTML.slice(0, 120))"""


def embedded(page: Page) -> Any:
    """Return the object that the page carries."""
    return page.evaluate(f"() => {CARRIED}")


def tip(page: Page) -> str:
    """Return what the tip beside the pointer says; nothing where there is none."""
    shown = page.locator("#tip")
    return shown.inner_text() if shown.is_visible() else ""


def point(page: Page, place: Sequence[float], *, click: bool = False) -> str:
    """Move to a place of the plane on the map, and return what the tip says."""
    box = in_sight(page, "#map")
    x, y = page.evaluate(PLACE, list(place))
    page.mouse.move(box["x"] + x - 3, box["y"] + y)
    page.mouse.move(box["x"] + x, box["y"] + y)
    if click:
        page.mouse.click(box["x"] + x, box["y"] + y)
    settle(page)
    return tip(page)


def nameless(page: Page) -> list[str]:
    """Return the buttons, fields and pictures without a name that could be read out."""
    found: list[str] = page.evaluate(NAMELESS)
    return found
