"""Rivers, service areas and sites of the map."""

from __future__ import annotations

from typing import Any

from scenarios.page.plane import Plane
from scenarios.report.ground import areas_of, rivers_of, sites_of
from scenarios.report.rows import StoreRow

PLANE = Plane(0.0, 0.0)
RING = [[0.0, 0.0], [0.01, 0.0], [0.0, 0.01], [0.0, 0.0]]


def store(name: str, **changes: Any) -> StoreRow:
    """Return a store at a mall."""
    whole: dict[str, Any] = {
        "store": name,
        "site": "mall",
        "zone": "north",
        "kind": "store",
        "lat": 0.0,
        "lon": 0.0,
        "radius_m": 6_000,
        "orders": 0,
        "units": 0,
        "refused_out_of_stock": 0,
        "pick_mean_s": None,
    }
    return StoreRow(**whole | changes)


def test_a_river_and_its_bridges() -> None:
    """Positions are longitude first, as in GeoJSON."""
    (river,) = rivers_of({"rivers": [{"line": [[0, 0], [0.01, 0.02]], "bridges": [[0.005, 0.01]]}]}, PLANE)
    assert river.line == ((0, 0), (1_112, 2_224))
    assert river.bridges == ((556, 1_112),)


def test_what_is_no_river_is_left_out() -> None:
    """A scenario without rivers, or with something else in their place, still gives a map."""
    for rivers in (None, "Danube", [7], [{}], [{"line": [[0, 0]]}], [{"line": [[0, 0], ["a", "b"]]}], [{"line": 3}]):
        assert rivers_of({"rivers": rivers}, PLANE) == ()
    (river,) = rivers_of({"rivers": [{"line": [[0, 0], [1, True], [2], [0.01, 0]]}]}, PLANE)
    assert river.line == ((0, 0), (1_112, 0))


def test_equal_areas_are_one() -> None:
    """The merchants of a mall share one circle; another radius or zone is another."""
    stores = [store("a"), store("b"), store("c", radius_m=3_000), store("d", zone="south")]
    areas = areas_of(stores, {}, PLANE)
    assert [(area.zone, area.radius_m, area.stores) for area in areas] == [
        ("north", 6_000, 2),
        ("north", 3_000, 1),
        ("south", 6_000, 1),
    ]
    assert {area.centre for area in areas} == {(0, 0)}


def test_areas_that_are_polygons() -> None:
    """Polygons and multipolygons keep all of their rings, holes among them; one that is not there is left out."""
    hole = [[0.001, 0.001], [0.002, 0.001], [0.001, 0.002], [0.001, 0.001]]
    scenario = {
        "stores": [
            {"id": "a", "polygon": {"type": "Polygon", "coordinates": [RING, hole]}},
            {"id": "b", "polygon": {"type": "MultiPolygon", "coordinates": [[RING], [hole]]}},
            {"id": "c", "polygon": None},
            {"id": "d", "polygon": {"type": "Polygon", "coordinates": []}},
            {"id": "e", "polygon": {"type": "Polygon", "coordinates": [[[0, 0]]]}},
            "no store",
        ]
    }
    stores = [store(name, radius_m=None, site=name) for name in "abcde"]
    areas = areas_of(stores, scenario, PLANE)
    assert [(area.stores, len(area.rings)) for area in areas] == [(2, 2)]
    assert areas[0].rings[0][:3] == ((0, 0), (1_112, 0), (0, 1_112))
    assert areas[0].radius_m is None


def test_a_mall_is_one_site() -> None:
    """The stores of a place are one site; it is a warehouse only if all of them are."""
    stores = [
        store("a"),
        store("w", site="depot", kind="warehouse", lat=0.01),
        store("b", kind="warehouse"),
        store("c"),
    ]
    mall, depot = sites_of(stores, PLANE)
    assert (mall.site, mall.stores, mall.warehouse, mall.place) == ("mall", (0, 2, 3), False, (0, 0))
    assert (depot.site, depot.stores, depot.warehouse, depot.place) == ("depot", (1,), True, (0, 1_112))
