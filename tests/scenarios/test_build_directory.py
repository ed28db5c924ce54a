"""Tables of zones, sites and stores become a directory, or faults that say where."""

import json
from pathlib import Path

import pytest

from geo.areas import Polygon
from geo.point import Point
from scenarios.errors import ContentFault
from scenarios.load import load
from tests.scenarios.corner_shop import HERE, SITE, STORE, corner, faults


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (STORE, "stores[S2].lat: is missing; give site, or lat and lon"),
        (STORE + "lat=60\n", "stores[S2].lon: is missing"),
        (STORE + 'site="mal"\n' + SITE, "stores[S2].site: mal is not known; did you mean mall?"),
        (STORE + 'site="mall"\nsetup_s=5\n' + SITE, "stores[S2].setup_s: site mall, where the store stands, says it"),
        (STORE.replace("S2", "mall") + HERE + SITE, "stores[mall].id: mall is a site too"),
        (STORE.replace("S2", "S1") + HERE, "stores[1].id: S1 is there twice"),
        (STORE.replace("centre", "center") + HERE, "stores[S2].zone: center is not known; did you mean centre?"),
        (STORE + HERE + "radius_m=5\npolygon=[]\n", "stores[S2].polygon: there is radius_m too"),
        (STORE + HERE + "polygon=[]\n", "stores[S2].polygon: area is empty"),
        (STORE + HERE + "polygon=[[[1.0, 2.0]]]\n", "stores[S2].polygon: ring of 1 positions"),
        (STORE + HERE + 'geojson="none.json"\n', "none.json: cannot be read"),
        (STORE + HERE + 'geojson="corner.toml"\n', "corner.toml: no JSON"),
        ('[[zones]]\nid="b"\nprofile="bke"\n', "zones[b].profile: bke is not known; did you mean bike?"),
        ('[[zones]]\nid="b"\nprofile="bike"\ntimezone="Mars/Base"\n', "zones[b].timezone: 'Mars/Base' is no time zone"),
        ('[[service_levels]]\nid="x"\nkind="within"\n', "service_levels[x].within_s: None: kind 'within' needs"),
    ],
)
def test_stores_that_contradict_other_tables_are_named(tmp_path: Path, more: str, says: str) -> None:
    """References that lead nowhere, and values that the domain refuses."""
    assert says in faults(tmp_path, more)


def test_stores_of_a_site_are_of_one_zone(tmp_path: Path) -> None:
    """The directory's own checks are faults of the file."""
    zone = '[[zones]]\nid="b"\nprofile="bike"\n'
    stores = "".join(f'[[stores]]\nid="M{z}"\nzone="{z}"\nsite="mall"\n' for z in ("b", "centre"))
    with pytest.raises(ContentFault, match="give the stores of one site one zone"):
        load(corner(tmp_path, zone + SITE + stores))


RING = [[24.9, 60.1], [25.0, 60.1], [25.0, 60.2], [24.9, 60.2], [24.9, 60.1]]


@pytest.mark.parametrize("polygon", [RING, [RING], [[RING]]])
def test_areas_may_be_polygons(tmp_path: Path, polygon: object) -> None:
    """A ring, rings, or several polygons."""
    day = load(corner(tmp_path, STORE + HERE + f"polygon = {polygon}\n"))
    area = day.directory.stores["S2"].area
    assert isinstance(area, Polygon)
    assert area.covers(Point(0, 0), Point(60.15, 24.95))
    assert not area.covers(Point(0, 0), Point(60.25, 24.95))


@pytest.mark.parametrize(
    ("geojson", "says"),
    [
        ({"type": "Polygon", "coordinates": [RING]}, None),
        ({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [RING]}}, None),
        (
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [RING]}}],
            },
            None,
        ),
        ({"type": "FeatureCollection", "features": []}, "collection of one feature"),
        ({"type": "FeatureCollection", "features": [5]}, "give a GeoJSON Polygon"),
        ([1], "give a GeoJSON Polygon"),
        ({"type": "Point", "coordinates": [1, 2]}, "area of type 'Point'"),
    ],
)
def test_areas_may_be_geojson_files(tmp_path: Path, geojson: object, says: str | None) -> None:
    """Paths are relative to the scenario file."""
    (tmp_path / "area.json").write_text(json.dumps(geojson))
    path = corner(tmp_path, STORE + HERE + 'geojson = "area.json"\n')
    if says is None:
        assert isinstance(load(path).directory.stores["S2"].area, Polygon)
    else:
        with pytest.raises(ContentFault, match=says):
            load(path)
