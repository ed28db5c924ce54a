"""The scenario as it was run: what stands in `scenario.json`."""

from __future__ import annotations

from typing import Any

import shapely

from dispatch.model import DIMENSIONS, Courier, Store
from geo.areas import Radius
from geo.point import Point
from scenarios.plain import Clock, plain
from scenarios.scenario import Scenario


def describe(scenario: Scenario, *, version: str) -> dict[str, Any]:
    """Return everything that the scenario says, by the keys of `docs/outputs.md`; `version` is Doorstep's."""
    directory, clock = scenario.directory, Clock(scenario.timezone)
    return {
        "name": scenario.name,
        "seed": scenario.seed,
        "version": version,
        "timezone": scenario.timezone,
        "start": clock.text(scenario.start_s),
        "end": clock.text(scenario.end_s),
        "zones": [plain(zone) for _, zone in sorted(directory.zones.items())],
        "sites": [
            {"id": site.id, "lat": site.point.lat, "lon": site.point.lon, "setup_s": site.setup_s}
            for _, site in sorted(directory.sites.items())
        ],
        "stores": [_store(store, directory.sites[store.site].point) for _, store in sorted(directory.stores.items())],
        "couriers": [_courier(courier, clock) for courier in sorted(scenario.couriers, key=lambda courier: courier.id)],
        "service_levels": [
            {("name" if key == "id" else key): value for key, value in plain(level).items()}
            for _, level in sorted(directory.levels.items())
        ],
        "rivers": [
            {"line": plain(river.line), "bridges": [_position(bridge) for bridge in river.bridges]}
            for river in scenario.rivers
        ],
        "counts": {
            "orders": len(scenario.orders),
            "rejected": len(scenario.rejected),
            "items": len(directory.items),
            "stock_rows": len(scenario.stock),
            "stock_units": sum(row.quantity for row in scenario.stock),
        },
        "policy": plain(scenario.policy),
        "objective": plain(scenario.objective),
        "behaviour": plain(scenario.behaviour),
        "durations": plain(scenario.durations),
        "estimates": plain(scenario.estimates),
        "work_limit": scenario.work_limit,
        "engine": scenario.engine,
        "travel": {"believed": scenario.believed.version, "true": scenario.true_travel.version},
    }


def _position(point: Point) -> list[float]:
    return [point.lon, point.lat]


def _store(store: Store, point: Point) -> dict[str, Any]:
    radius = store.area if isinstance(store.area, Radius) else None
    return {
        "id": store.id,
        "site": store.site,
        "zone": store.zone,
        "kind": store.kind.value,
        "party": store.party,
        "lat": point.lat,
        "lon": point.lon,
        "hours": str(store.hours),
        "pickers": store.pickers,
        "capacity": plain(store.capacity),
        "radius_m": None if radius is None else radius.metres,
        "polygon": None if isinstance(store.area, Radius) else plain(shapely.geometry.mapping(store.area.shape)),
    }


def _courier(courier: Courier, clock: Clock) -> dict[str, Any]:
    return {
        "id": courier.id,
        "zone": courier.zone,
        "profile": courier.profile,
        "shift_from": clock.text(courier.shift.from_s),
        "shift_until": clock.text(courier.shift.until_s),
        "lat": courier.start.lat,
        "lon": courier.start.lon,
        "end": None if courier.end is None else _position(courier.end),
        "capacity": dict(zip(DIMENSIONS, courier.capacity, strict=True)),
        "skills": sorted(courier.skills),
    }
