"""From the tables of a scenario to a directory: zones, sites, stores, items and service levels."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from dispatch.directory import Directory
from dispatch.errors import DispatchError
from dispatch.hours import OpeningHours, check_timezone, parse_time
from dispatch.model import BucketCapacity, Item, Site, Store, StoreKind, Zone
from dispatch.service_levels import DEFAULT_LEVELS, Kind, ServiceLevel
from geo.areas import DEFAULT_RADIUS_M, Polygon, Radius
from geo.errors import GeoError
from geo.point import Point
from scenarios.read import Source
from scenarios.schema import ScenarioFile
from scenarios.schema_errors import hint
from scenarios.schema_orders import ServiceLevelTable
from scenarios.schema_places import StoreTable


def directory_of(tables: ScenarioFile, source: Source) -> Directory:
    """Build the directory; what is wrong is noted in `source`, and then raised.

    Raises
    ------
    ContentFault
        If ids are given twice or name nothing, or an area, a time zone or a service level is senseless.
    """
    _differ(tables, source)
    profiles = [profile.id for profile in tables.profiles]
    zones = []
    for number, zone in enumerate(tables.zones):
        must_know(source, ("zones", number, "profile"), zone.profile, profiles)
        zones.append(Zone(id=zone.id, timezone=zone.timezone or tables.timezone, profile=zone.profile))
        if zone.timezone is not None:
            _check_timezone(source, ("zones", number, "timezone"), zone.timezone)
    sites = [Site(id=site.id, point=Point(site.lat, site.lon), setup_s=site.setup_s) for site in tables.sites]
    known_sites = {site.id for site in sites}
    stores = []
    for number, row in enumerate(tables.stores):
        must_know(source, ("stores", number, "zone"), row.zone, [zone.id for zone in zones])
        own = _own_site(source, number, row, known_sites)
        sites += [own] if own is not None else []
        store = _store(source, number, row, site=own.id if own is not None else str(row.site))
        stores += [store] if store is not None else []
    items = [
        Item(
            sku=item.sku,
            weight_g=item.weight_g,
            volume_ml=item.volume_ml,
            price=item.price,
            skills=frozenset(item.skills),
        )
        for item in tables.items
    ]
    levels = [_level(source, number, row) for number, row in enumerate(tables.service_levels)]
    source.stop_if_wrong()
    offered = [level for level in levels if level is not None] or DEFAULT_LEVELS
    try:
        return Directory(zones, sites, stores, items, offered)
    except DispatchError as error:
        source.wrong(("stores",), str(error))
        source.stop_if_wrong()
        raise


def must_know(source: Source, path: tuple[str | int, ...], word: str, known: Collection[str]) -> bool:
    """Note a word that names nothing, with the nearest that does; return whether it names something."""
    if word not in known:
        source.wrong(path, f"{word} is not known; {hint(word, sorted(known))}")
    return word in known


def area_of(coordinates: list[Any]) -> Polygon:
    """Return the polygon of GeoJSON coordinates; a single ring may stand without the list of rings round it.

    Raises
    ------
    AreaError
        If it is no polygon.
    """
    try:
        single = isinstance(coordinates[0][0], int | float)
    except (IndexError, KeyError, TypeError):
        single = False
    return Polygon.from_coordinates([coordinates] if single else coordinates)


def _differ(tables: ScenarioFile, source: Source) -> None:
    """Note ids that are given twice."""
    for name in ("zones", "sites", "stores", "items", "profiles", "couriers", "fleets", "service_levels", "demand"):
        seen: set[str] = set()
        for number, row in enumerate(getattr(tables, name)):
            key = "sku" if name == "items" else "id"
            word = getattr(row, key)
            if word in seen:
                source.wrong((name, number, key), f"{word} is there twice; give each its own")
            seen.add(word)


def _check_timezone(source: Source, path: tuple[str | int, ...], timezone: str) -> None:
    try:
        check_timezone("timezone", timezone)
    except DispatchError as error:
        source.wrong(path, str(error).removeprefix("timezone: "))


def _own_site(source: Source, number: int, row: StoreTable, known: set[str]) -> Site | None:
    """Return the site of a store that gives its own place, or None for one that names a site."""
    if row.site is not None:
        must_know(source, ("stores", number, "site"), row.site, known)
        for key in ("lat", "lon", "setup_s"):
            if getattr(row, key) is not None:
                source.wrong(("stores", number, key), f"site {row.site}, where the store stands, says it; leave it out")
        return None
    if row.lat is None or row.lon is None:
        key = "lat" if row.lat is None else "lon"
        source.wrong(("stores", number, key), "is missing; give site, or lat and lon")
        return None
    if row.id in known:
        source.wrong(("stores", number, "id"), f"{row.id} is a site too; name it by site, or give the store another id")
        return None
    return Site(id=row.id, point=Point(row.lat, row.lon), setup_s=row.setup_s or 0)


def _store(source: Source, number: int, row: StoreTable, *, site: str) -> Store | None:
    area = _area(source, number, row)
    if area is None:
        return None
    capacity = None
    if row.capacity_orders is not None:
        capacity = BucketCapacity(orders=row.capacity_orders, bucket_s=row.capacity_bucket_s)
    return Store(
        id=row.id,
        site=site,
        zone=row.zone,
        area=area,
        hours=OpeningHours.parse(row.hours),
        kind=StoreKind(row.kind),
        party=row.party,
        pickers=row.pickers,
        capacity=capacity,
    )


def _area(source: Source, number: int, row: StoreTable) -> Radius | Polygon | None:
    given = [key for key in ("radius_m", "polygon", "geojson") if getattr(row, key) is not None]
    if len(given) > 1:
        source.wrong(("stores", number, given[1]), f"there is {given[0]} too; give radius_m, polygon or geojson")
        return None
    key = given[0] if given else "radius_m"
    try:
        if row.polygon is not None:
            return area_of(list(row.polygon))
        if row.geojson is not None:
            return Polygon.from_geojson(_geojson(source, row.geojson))
        return Radius(DEFAULT_RADIUS_M if row.radius_m is None else row.radius_m)
    except (GeoError, ValueError) as error:
        source.wrong(("stores", number, key), str(error))
        return None


def _geojson(source: Source, name: str) -> dict[str, Any]:
    """Read a geometry, a feature, or a collection of one feature."""
    file = source.folder / name
    try:
        found = json.loads(file.read_bytes())
    except OSError as error:
        raise ValueError(f"{file}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{file}: no JSON: {error}") from None
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise ValueError(f"{file}: give a collection of one feature, or the feature alone")
        found = features[0]
    if not isinstance(found, dict):
        raise ValueError(f"{file}: give a GeoJSON Polygon or MultiPolygon")
    return found


def _level(source: Source, number: int, row: ServiceLevelTable) -> ServiceLevel | None:
    clocks = {
        key: None if getattr(row, key) is None else parse_time(key, getattr(row, key))
        for key in ("until", "earliest", "cut_off")
    }
    others: dict[str, Any] = {**row.model_dump(exclude={"kind", "hours", *clocks}), **clocks}
    try:
        return ServiceLevel(kind=Kind(row.kind), hours=OpeningHours.parse(row.hours), **others)
    except DispatchError as error:
        source.wrong_value(("service_levels", number), error)
        return None


def ids(rows: Iterable[Any]) -> list[str]:
    """Return the ids of rows."""
    return [row.id for row in rows]
