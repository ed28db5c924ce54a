"""Where generated orders go to."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

import numpy as np

from geo.areas import Polygon
from geo.distance import EARTH_RADIUS_M
from geo.errors import GeoError
from geo.point import Point
from scenarios.build_directory import area_of, must_know
from scenarios.read import Source
from scenarios.schema import ScenarioFile
from scenarios.schema_demand import AroundSites, Box, Clusters, InPolygon
from scenarios.schema_demand import Places as PlacesTable
from scenarios.tables import POINTS, read_table

_DEGREE_M = math.radians(1.0) * EARTH_RADIUS_M
_DECIMALS = 6
"""A place is known to a tenth of a metre; below that, platforms may differ in the last bit."""

_TRIES = 10_000


class Places(Protocol):
    """Draws places."""

    def draw(self, rng: np.random.Generator) -> Point:
        """Draw a place."""
        ...


class Weighted:
    """Draws numbers of a list, each as often as its weight says."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._sums = list(accumulate(weights))

    @property
    def total(self) -> float:
        """Sum of all weights."""
        return self._sums[-1] if self._sums else 0.0

    def draw(self, rng: np.random.Generator) -> int:
        """Draw a number; one of weight zero never comes."""
        return min(bisect_right(self._sums, rng.random() * self.total), len(self._sums) - 1)


def _moved(origin: Point, *, east_m: float, north_m: float) -> Point:
    """Return the place so many metres from another, for distances that are small beside the earth."""
    lat = min(max(origin.lat + north_m / _DEGREE_M, -90.0), 90.0)
    narrow = max(math.cos(math.radians(origin.lat)), 1e-6)
    lon = (origin.lon + east_m / (_DEGREE_M * narrow) + 180.0) % 360.0 - 180.0
    return Point(round(lat, _DECIMALS), round(lon, _DECIMALS))


@dataclass(frozen=True, slots=True)
class _Discs:
    centres: tuple[Point, ...]
    radius_m: float

    def draw(self, rng: np.random.Generator) -> Point:
        centre = self.centres[int(rng.random() * len(self.centres))]
        away_m, turn = self.radius_m * math.sqrt(rng.random()), math.tau * rng.random()
        return _moved(centre, east_m=away_m * math.cos(turn), north_m=away_m * math.sin(turn))


@dataclass(frozen=True, slots=True)
class _Box:
    box: Box

    def draw(self, rng: np.random.Generator) -> Point:
        lat = self.box.south + (self.box.north - self.box.south) * rng.random()
        lon = self.box.west + (self.box.east - self.box.west) * rng.random()
        return Point(round(lat, _DECIMALS), round(lon, _DECIMALS))


@dataclass(frozen=True, slots=True)
class _Inside:
    area: Polygon

    def draw(self, rng: np.random.Generator) -> Point:
        west, south, east, north = self.area.shape.bounds
        for _ in range(_TRIES):
            lat, lon = south + (north - south) * rng.random(), west + (east - west) * rng.random()
            point = Point(round(lat, _DECIMALS), round(lon, _DECIMALS))
            if self.area.covers(point, point):
                return point
        middle = self.area.shape.representative_point()
        return Point(middle.y, middle.x)


@dataclass(frozen=True, slots=True)
class _Clusters:
    rows: Clusters
    weighted: Weighted

    def draw(self, rng: np.random.Generator) -> Point:
        cluster = self.rows.clusters[self.weighted.draw(rng)]
        east, north = 4.0, 0.0
        while math.hypot(east, north) > 3.0:
            east, north = rng.standard_normal(2).tolist()
        centre = Point(cluster.lat, cluster.lon)
        return _moved(centre, east_m=east * cluster.sigma_m, north_m=north * cluster.sigma_m)


@dataclass(frozen=True, slots=True)
class _Points:
    points: tuple[Point, ...]
    weighted: Weighted

    def draw(self, rng: np.random.Generator) -> Point:
        return self.points[self.weighted.draw(rng)]


def places_of(tables: ScenarioFile, source: Source, number: int) -> Places | None:
    """Build the places of a demand; what is wrong is noted, and then there are none."""
    path = ("demand", number, "places")
    table: PlacesTable = tables.demand[number].places
    if isinstance(table, AroundSites):
        return _discs(tables, source, path, table)
    if isinstance(table, Box):
        for low, high in (("south", "north"), ("west", "east")):
            if getattr(table, low) >= getattr(table, high):
                source.wrong((*path, low), f"{getattr(table, low)} is not below {high}, {getattr(table, high)}")
        return _Box(table)
    if isinstance(table, InPolygon):
        try:
            return _Inside(area_of(list(table.polygon)))
        except GeoError as error:
            source.wrong((*path, "polygon"), str(error))
            return None
    if isinstance(table, Clusters):
        weighted = Weighted([cluster.weight for cluster in table.clusters])
        if weighted.total <= 0.0:
            source.wrong((*path, "clusters"), "all weights are zero; give at least one above")
        return _Clusters(table, weighted)
    return _points(source, (*path, "csv"), table.csv)


def _discs(tables: ScenarioFile, source: Source, path: tuple[str | int, ...], table: AroundSites) -> Places | None:
    sites = {site.id: Point(site.lat, site.lon) for site in tables.sites}
    for store in tables.stores:
        if store.site is None and store.lat is not None and store.lon is not None:
            sites.setdefault(store.id, Point(store.lat, store.lon))
    chosen = table.sites or tuple(sites)
    if not chosen:
        source.wrong(path, "there is no site to be around; give sites, or another kind of places")
    known = [must_know(source, (*path, "sites"), site, sites) for site in chosen]
    if not known or not all(known):
        return None
    return _Discs(tuple(sites[site] for site in chosen), table.radius_m)


def _points(source: Source, path: tuple[str | int, ...], name: str) -> Places | None:
    file = source.folder / name
    rows, lines, faults = read_table(file, POINTS)
    points, weights = [], []
    for row, line in zip(rows, lines, strict=True):
        try:
            points.append(Point(row["lat"], row["lon"]))
            weight = float(row.get("weight", 1.0))
            if not weight >= 0.0:
                source.wrong(path, f"{file} line {line}, column weight: {weight:g}: give 0 or more")
            weights.append(max(weight, 0.0))
        except (GeoError, KeyError) as error:
            text = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            source.wrong(path, f"{file} line {line}: {text}")
    source.faults += faults
    weighted = Weighted(weights)
    if weighted.total <= 0.0:
        source.wrong(path, f"{file} has no point of a weight above zero")
        return None
    return _Points(tuple(points), weighted)
