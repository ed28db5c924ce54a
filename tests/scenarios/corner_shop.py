"""The least scenario that makes a day, as a file to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.errors import ContentFault
from scenarios.load import load

CORNER = """\
name = "corner"
timezone = "Europe/Helsinki"
start = 2025-06-12T09:00:00
hours = 4

[[zones]]
id = "centre"
profile = "bike"

[[profiles]]
id = "bike"
speed_kmh = 15

[[stores]]
id = "S1"
zone = "centre"
lat = 60.17
lon = 24.94

[[items]]
sku = "milk"
price = 120

[[items]]
sku = "beer"
price = 250
skills = ["age_check"]

[[stock_rules]]
quantity = 100
"""

RIDERS = """
[[fleets]]
id = "rider"
zone = "centre"
profile = "bike"
count = 2
shifts = ["08:45-14:00"]
sites = ["S1"]
"""

SHOP = """
[[demand]]
id = "shop"
orders_per_hour = 6
service_levels = {express_30 = 1}
places = {kind = "around_sites", radius_m = 2000}
"""

SITE = '[[sites]]\nid="mall"\nlat=60.2\nlon=24.9\n'
STORE = '[[stores]]\nid="S2"\nzone="centre"\n'
"""A second store, to be given a place."""

HERE = "lat=60.2\nlon=24.9\n"

START_S = 1_749_708_000
"""09:00 on 2025-06-12 in Helsinki (UTC+3)."""


def corner(folder: Path, more: str = "", *, base: str = CORNER) -> Path:
    """Write the corner shop's scenario and whatever more, and return its path."""
    path = folder / "corner.toml"
    path.write_text(base + more, encoding="utf-8")
    return path


def faults(folder: Path, more: str) -> str:
    """Return what is said of the corner shop's scenario with more in it that is wrong."""
    with pytest.raises(ContentFault) as caught:
        load(corner(folder, more))
    return str(caught.value)
