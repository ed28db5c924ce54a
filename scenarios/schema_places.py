"""Tables about places and goods: zones, sites, stores, rivers, items, stock."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from scenarios.schema_base import Count, Hours, Id, Lat, Lon, Many, Pattern, Position, Range, Seconds, Share, Table


class ZoneTable(Table):
    """A market area."""

    id: Id
    profile: Id
    timezone: str | None = None


class SiteTable(Table):
    """A place one drives to."""

    id: Id
    lat: Lat
    lon: Lon
    setup_s: Seconds = 0


class StoreTable(Table):
    """Who holds stock, at a site of the list or, by `lat` and `lon`, at one of its own."""

    id: Id
    zone: Id
    site: Id | None = None
    lat: Lat | None = None
    lon: Lon | None = None
    setup_s: Seconds | None = None
    kind: Literal["store", "warehouse"] = "store"
    party: Id = "own"
    radius_m: Annotated[float, Field(gt=0, le=20_100_000)] | None = None
    polygon: Many[Any] | None = None
    geojson: str | None = None
    hours: Hours = "always"
    pickers: Annotated[int, Field(ge=1, le=10_000)] = 1
    capacity_orders: Count | None = None
    capacity_bucket_s: Annotated[int, Field(ge=1, le=86_400)] = 900


class RiverTable(Table):
    """A line that only bridges cross."""

    line: Annotated[Many[Position], Field(min_length=2)]
    bridges: Many[Position] = ()


class ItemTable(Table):
    """What a sku is."""

    sku: Id
    weight_g: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    volume_ml: Annotated[int, Field(ge=0, le=100_000_000)] = 0
    price: Annotated[int, Field(ge=0, le=10**12)] = 0
    skills: Many[Id] = ()


class StockTable(Table):
    """Units of a sku in a store when the day begins."""

    store: Id
    sku: Id
    quantity: Count
    buffer: Count = 0


class StockRuleTable(Table):
    """Units of many skus in many stores: a number, or one drawn between two for each store and sku."""

    stores: Many[Pattern] = ("*",)
    skus: Many[Pattern] = ("*",)
    quantity: Range
    buffer: Count = 0
    carried: Share = 1.0
