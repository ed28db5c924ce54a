"""The directory: references are checked, content has a version."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely

from dispatch.directory import Directory, find, nearest
from dispatch.errors import ModelError, UnknownIdError
from dispatch.model import Item, Site, Zone
from dispatch.service_levels import DEFAULT_LEVELS
from geo.areas import Polygon
from tests.dispatch.market import at, store

ZONES = (Zone(id="north", timezone="UTC", profile="bike"), Zone(id="south", timezone="UTC", profile="bike"))
SITES = (Site(id="mall", point=at(0)), Site(id="corner", point=at(5)))
STORES = (
    store("baker", site="mall", zone="north"),
    store("butcher", site="mall", zone="north"),
    store("kiosk", site="corner", zone="south"),
)
ITEMS = (Item(sku="milk", skills=frozenset({"cold", "age_check", "van"})), Item(sku="bread"))


def directory(**parts: Any) -> Directory:
    """Return a directory with some parts changed."""
    whole = {"zones": ZONES, "sites": SITES, "stores": STORES, "items": ITEMS, "service_levels": DEFAULT_LEVELS}
    return Directory(**{**whole, **parts})


def test_everything_is_found_by_id() -> None:
    """Zones, sites, stores, items and levels, and a store's zone and site."""
    found = directory()
    assert found.zones["south"] is ZONES[1]
    assert found.items["bread"] is ITEMS[1]
    assert found.levels["slot"].id == "slot"
    assert found.zone_of("kiosk") is ZONES[1]
    assert found.site_of("butcher") is SITES[0]
    with pytest.raises(UnknownIdError, match="did you mean 'kiosk'"):
        found.site_of("kiosc")


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ({"zones": (*ZONES, ZONES[0])}, ModelError, "'north' is there twice"),
        ({"items": (*ITEMS, ITEMS[0])}, ModelError, "'milk' is there twice"),
        ({"stores": (*STORES, store("pub", site="mal", zone="north"))}, UnknownIdError, "did you mean 'mall'"),
        ({"stores": (*STORES, store("pub", site="mall", zone="nort"))}, UnknownIdError, "did you mean 'north'"),
        ({"stores": (*STORES, store("pub", site="mall", zone="south"))}, ModelError, "one zone"),
        ({"zones": (replace(ZONES[0], timezone="Mars/North"), ZONES[1])}, ModelError, "no time zone"),
    ],
)
def test_contradictions_are_refused(parts: dict[str, Any], error: type[Exception], message: str) -> None:
    """Double ids, unknown references, a site in two zones, an unknown time zone."""
    with pytest.raises(error, match=message):
        directory(**parts)


def test_the_version_names_the_content() -> None:
    """The same content in any order has one version; any change has another."""
    version = directory().version
    assert directory(stores=STORES[::-1], items=ITEMS[::-1]).version == version
    assert directory(sites=(replace(SITES[0], setup_s=1), SITES[1])).version != version
    square = Polygon(shapely.box(0, 0, 1, 1))
    changed = directory(stores=(replace(STORES[0], area=square), *STORES[1:]))
    assert changed.version != version
    other = directory(stores=(replace(STORES[0], area=Polygon(shapely.box(0, 0, 1, 2))), *STORES[1:]))
    assert other.version != changed.version


def test_the_version_is_the_same_in_every_process() -> None:
    """Also where texts hash to other numbers: sets are put in order first."""
    code = "from tests.dispatch.test_directory import directory; print(directory().version)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )
    assert done.stdout.strip() == directory().version


def test_hints() -> None:
    """The nearest known id, if one is near."""
    assert nearest("mlik", ["milk", "bread"]) == "; did you mean 'milk'?"
    assert nearest("xyz", ["milk", "bread"]) == ""
    with pytest.raises(UnknownIdError, match="sku"):
        find("sku", {"milk": 1}, "xyz")
