"""Tables of generated demand: when orders come, from where, and what is in the basket."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from scenarios.schema_base import Id, Lat, Lon, Many, Pattern, Says, Seconds, Share, ShortId, Table, Weight

Metres = Annotated[float, Field(gt=0.0, le=1_000_000.0)]

Rate = Annotated[float, Field(ge=0.0, le=100_000.0)]


def _all_day(value: object) -> object:
    """Read a bare number as the same in every hour."""
    return [value] * 24 if isinstance(value, int | float) and not isinstance(value, bool) else value


HourlyRates = Annotated[
    Many[Rate],
    BeforeValidator(_all_day),
    Field(min_length=24, max_length=24),
    Says("a number from 0 to 100000, or a list of 24, one an hour of the local day"),
]

CountWeights = Annotated[
    dict[Annotated[str, Field(pattern=r"^[1-9]\d?$"), Says("whole numbers from 1 to 99")], Weight],
    Field(min_length=1),
    Says("a table of whole numbers from 1 to 99 and how likely each is, such as {1 = 0.7, 2 = 0.3}"),
]
"""How likely each whole number from 1 to 99 is; weights need not add up to one."""

LevelWeights = Annotated[
    dict[Id, Weight],
    Field(min_length=1),
    Says("a table of service levels and how likely each is, such as {two_hour = 1}"),
]


class AroundSites(Table):
    """Evenly over a disc round a site, each site as likely as the next."""

    kind: Literal["around_sites"]
    radius_m: Metres
    sites: Many[Id] = ()


class Box(Table):
    """Evenly over degrees of a box."""

    kind: Literal["box"]
    south: Lat
    west: Lon
    north: Lat
    east: Lon


class InPolygon(Table):
    """Evenly over a polygon."""

    kind: Literal["polygon"]
    polygon: Many[Any]


class ClusterTable(Table):
    """Dense in the middle: normal with `sigma_m` to either side, nothing beyond three times that."""

    lat: Lat
    lon: Lon
    sigma_m: Metres
    weight: Weight = 1.0


class Clusters(Table):
    """Several dense places, chosen by weight."""

    kind: Literal["clusters"]
    clusters: Annotated[Many[ClusterTable], Field(min_length=1)]


class Points(Table):
    """One of the points of a CSV file, by weight."""

    kind: Literal["points"]
    csv: str


Places = Annotated[AroundSites | Box | InPolygon | Clusters | Points, Field(discriminator="kind")]


class BasketTable(Table):
    """What is ordered. With `mall` each basket names merchants of that site and takes each line from one of them."""

    lines: CountWeights = Field(default_factory=lambda: {"1": 5.0, "2": 3.0, "3": 2.0})
    units: CountWeights = Field(default_factory=lambda: {"1": 8.0, "2": 2.0})
    skus: Many[Pattern] = ("*",)
    popularity: Annotated[float, Field(ge=0.0, le=5.0)] = 1.0
    mall: Id | None = None
    merchants: CountWeights = Field(default_factory=lambda: {"1": 1.0})
    merchant_popularity: Annotated[float, Field(ge=0.0, le=5.0)] = 0.5
    split_allowed: Share = 0.0


class SlotsTable(Table):
    """Which slots customers see and choose from, each as likely: whole steps from midnight, `lead_s` after ordering."""

    lead_s: Seconds = 3_600
    every_s: Annotated[int, Field(ge=60, le=86_400)] = 3_600
    length_s: Annotated[int, Field(ge=60, le=86_400)] = 7_200
    choices: Annotated[int, Field(ge=1, le=1_000)] = 4


class DemandTable(Table):
    """Orders that come at random, but the same whenever the seed is the same."""

    id: ShortId
    orders_per_hour: HourlyRates
    service_levels: LevelWeights
    places: Places
    factor: Annotated[float, Field(ge=0.0, le=1_000.0)] = 1.0
    basket: BasketTable = BasketTable()
    slots: SlotsTable = SlotsTable()
