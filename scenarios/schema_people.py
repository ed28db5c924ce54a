"""Tables about couriers: how they travel, who they are, when they work."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scenarios.schema_base import Id, Lat, Lon, Many, Says, Shift, ShortId, Table

Speed = Annotated[float, Field(ge=0.1, le=300.0)]
Detour = Annotated[float, Field(ge=1.0, le=10.0)]
Hourly = Annotated[
    Many[Annotated[float, Field(ge=0.05, le=5.0)]],
    Field(min_length=24, max_length=24),
    Says("a list of 24 numbers from 0.05 to 5, one an hour of the local day"),
]
Grams = Annotated[int, Field(ge=0, le=100_000_000)]
Millilitres = Annotated[int, Field(ge=0, le=1_000_000_000)]


class ProfileTable(Table):
    """A way to travel, and what such a courier carries. `true_` keys are the world's, where the planner is mistaken."""

    id: Id
    speed_kmh: Speed
    detour_factor: Detour = 1.3
    speed_factor_by_hour: Hourly = (1.0,) * 24
    true_speed_kmh: Speed | None = None
    true_detour_factor: Detour | None = None
    true_speed_factor_by_hour: Hourly | None = None
    capacity_weight_g: Grams = 20_000
    capacity_volume_ml: Millilitres = 60_000
    capacity_deliveries: Annotated[int, Field(ge=1, le=10_000)] = 4
    skills: Many[Id] = ()


class CourierTable(Table):
    """A courier: shifts begin at `site`, or at `lat` and `lon`, and end at `end_site`, or anywhere."""

    id: ShortId
    zone: Id
    profile: Id
    shifts: Many[Shift]
    site: Id | None = None
    lat: Lat | None = None
    lon: Lon | None = None
    end_site: Id | None = None
    capacity_weight_g: Grams | None = None
    capacity_volume_ml: Millilitres | None = None
    capacity_deliveries: Annotated[int, Field(ge=1, le=10_000)] | None = None
    skills: Many[Id] = ()


class FleetTable(Table):
    """Couriers alike: `count` for each shift, dealt out to the sites in turn."""

    id: ShortId
    zone: Id
    profile: Id
    count: Annotated[int, Field(ge=0, le=10_000)]
    shifts: Many[Shift]
    sites: Annotated[Many[Id], Field(min_length=1)]
    end_site: Id | None = None
    capacity_weight_g: Grams | None = None
    capacity_volume_ml: Millilitres | None = None
    capacity_deliveries: Annotated[int, Field(ge=1, le=10_000)] | None = None
    skills: Many[Id] = ()
