"""What the map is drawn on: rivers, bridges, service areas, and sites with their stores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.page.plane import Place, Plane
from scenarios.report.rows import StoreRow

Ring = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class River:
    """A river's line and its bridges."""

    line: Ring
    bridges: Ring


@dataclass(frozen=True, slots=True)
class Area:
    """A service area that `stores` stores of a zone share: a circle round `centre`, or rings, the holes among them."""

    zone: str
    stores: int
    centre: Place
    radius_m: int | None
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class SiteMark:
    """A place that couriers drive to, and which rows of ``stores.csv`` are there; `warehouse` if all of them are."""

    site: str
    zone: str
    place: Place
    warehouse: bool
    stores: tuple[int, ...]


def rivers_of(scenario: Mapping[str, Any], plane: Plane) -> tuple[River, ...]:
    """Return the rivers of ``scenario.json``; what is no river there is left out, a map without it is still a map."""
    found = []
    for river in _list(scenario.get("rivers")):
        if not isinstance(river, Mapping):
            continue
        line = _ring(river.get("line"), plane)
        if len(line) >= 2:
            found.append(River(line, _ring(river.get("bridges"), plane)))
    return tuple(found)


def areas_of(stores: Sequence[StoreRow], scenario: Mapping[str, Any], plane: Plane) -> tuple[Area, ...]:
    """Return each different service area once: the merchants of a mall mostly share theirs."""
    polygons = _polygons(scenario)
    counted: Counter[tuple[str, Place, int | None, tuple[Ring, ...]]] = Counter()
    for store in stores:
        centre = plane.place(store.lat, store.lon)
        if store.radius_m is not None:
            counted[store.zone, centre, store.radius_m, ()] += 1
            continue
        rings = tuple(ring for ring in (_ring(raw, plane) for raw in polygons.get(store.store, ())) if len(ring) >= 3)
        if rings:
            counted[store.zone, centre, None, rings] += 1
    return tuple(Area(zone, count, centre, radius, rings) for (zone, centre, radius, rings), count in counted.items())


def sites_of(stores: Sequence[StoreRow], plane: Plane) -> tuple[SiteMark, ...]:
    """Return the sites in the order of their first store."""
    at: dict[str, list[int]] = {}
    for index, store in enumerate(stores):
        at.setdefault(store.site, []).append(index)
    return tuple(
        SiteMark(
            site=site,
            zone=stores[members[0]].zone,
            place=plane.place(stores[members[0]].lat, stores[members[0]].lon),
            warehouse=all(stores[member].kind == "warehouse" for member in members),
            stores=tuple(members),
        )
        for site, members in at.items()
    )


def _polygons(scenario: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the rings of each store whose area is a GeoJSON Polygon or MultiPolygon."""
    found: dict[str, list[Any]] = {}
    for store in _list(scenario.get("stores")):
        if isinstance(store, Mapping) and isinstance(store.get("polygon"), Mapping):
            found[str(store.get("id"))] = list(_rings_in(store["polygon"].get("coordinates")))
    return found


def _rings_in(coordinates: Any) -> Iterable[Any]:
    """Yield rings from coordinates nested as deep as GeoJSON nests them."""
    if not isinstance(coordinates, list) or not coordinates:
        return
    if _position(coordinates[0]) is not None:
        yield coordinates
        return
    for part in coordinates:
        yield from _rings_in(part)


def positions(raw: Any) -> list[tuple[float, float]]:
    """Return the (lon, lat) of a list of GeoJSON positions; what is none is left out."""
    found = (_position(entry) for entry in _list(raw))
    return [position for position in found if position is not None]


def _ring(raw: Any, plane: Plane) -> Ring:
    return tuple(plane.place(lat, lon) for lon, lat in positions(raw))


def _position(entry: Any) -> tuple[float, float] | None:
    """Return (lon, lat) of a GeoJSON position."""
    if not isinstance(entry, list) or len(entry) < 2:
        return None
    lon, lat = entry[0], entry[1]
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (lon, lat))
    return (float(lon), float(lat)) if numbers else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
