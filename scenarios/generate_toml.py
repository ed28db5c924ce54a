"""The text of the sample city's scenario file."""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

from scenarios.generate_city import (
    AROUND_KM,
    BRIDGES_KM,
    BULKY,
    CITY_KM,
    FLEETS,
    GROCERIES,
    MALL_KM,
    NEAR_KM,
    RIVER_KM,
    degrees,
)


def _positions(places_km: Sequence[tuple[float, float]]) -> str:
    """Return GeoJSON positions."""
    return ", ".join(f"[{lon}, {lat}]" for lat, lon in (degrees(*place) for place in places_km))


def _rates(first_hour: int, rates: Sequence[int]) -> str:
    by_hour = [0] * first_hour + list(rates)
    return f"[{', '.join(map(str, by_hour + [0] * (24 - len(by_hour))))}]"


def _clusters(clusters: Sequence[tuple[float, float, int, float]]) -> str:
    """Return clusters of kilometres east and north, sigma in metres, weight."""
    lines = []
    for x_km, y_km, sigma_m, weight in clusters:
        lat, lon = degrees(x_km, y_km)
        lines.append(f"    {{lat = {lat}, lon = {lon}, sigma_m = {sigma_m}, weight = {weight}}},\n")
    return f"[\n{''.join(lines)}]"


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _fleets() -> str:
    tables = []
    for name, zone, profile, count, shifts, sites in FLEETS:
        tables.append(
            f'[[fleets]]\nid = "{name}"\nzone = "{zone}"\nprofile = "{profile}"\ncount = {count}\n'
            f"shifts = [{_quoted(shifts)}]\nsites = [{_quoted(sites)}]\n"
        )
    return "\n".join(tables)


_TEMPLATE = Template("""\
# The sample city. Made by `python -m scenarios.generate`; docs/scenarios.md explains every key.
name = "plaza"
description = "A city that is nowhere: a mall of 40 merchants, five stores, a warehouse, a river and two zones."
seed = 1
timezone = "Europe/Paris"
start = 2025-06-12T09:00:00
hours = 13

[files]
items = "plaza-items.csv"
stores = "plaza-stores.csv"
stock = "plaza-stock.csv"

# The border runs from north to south, half a kilometre east of the centre: a customer near it gets the nearer store.
[[zones]]
id = "west"
profile = "scooter"

[[zones]]
id = "east"
profile = "scooter"

# Forty merchants share this site: a basket from several of them is one pickup.
[[sites]]
id = "plaza"
lat = $mall_lat
lon = $mall_lon
setup_s = 90

[[rivers]]
line = [$river]
bridges = [$bridges]

[[profiles]]
id = "bike"
speed_kmh = 16
detour_factor = 1.25
capacity_weight_g = 15000
capacity_volume_ml = 45000
capacity_deliveries = 3
skills = ["cold"]

# In the rush hours the streets are slower than planning believes.
[[profiles]]
id = "scooter"
speed_kmh = 24
detour_factor = 1.3
true_speed_factor_by_hour = $scooter_factors
capacity_weight_g = 25000
capacity_volume_ml = 80000
capacity_deliveries = 4
skills = ["cold", "age_check"]

[[profiles]]
id = "van"
speed_kmh = 28
detour_factor = 1.4
true_speed_factor_by_hour = $van_factors
capacity_weight_g = 600000
capacity_volume_ml = 6000000
capacity_deliveries = 20
skills = ["cold", "age_check", "van"]

$fleets
[[service_levels]]
id = "express_30"
kind = "within"
within_s = 1800
hours = "09:00-21:30"

[[service_levels]]
id = "two_hour"
kind = "within"
within_s = 7200
hours = "09:00-20:00"
late_limit_s = 7200

[[service_levels]]
id = "same_day"
kind = "same_day"
until = "21:30"
cut_off = "17:00"
late_limit_s = 7200

[[service_levels]]
id = "slot"
kind = "slot"
hours = "09:00-22:00"
cut_off = "17:00"
late_limit_s = 7200

# Lunch and dinner from the mall, to doors nearby, at once.
[[demand]]
id = "meal"
orders_per_hour = $meal_rates
service_levels = {express_30 = 1}

[demand.places]
kind = "clusters"
clusters = $near

[demand.basket]
mall = "plaza"
skus = ["bakery-*", "sushi-*", "deli-*", "pharmacy-*", "flowers-*"]
lines = {1 = 5, 2 = 4, 3 = 1}
units = {1 = 9, 2 = 1}
merchants = {1 = 8, 2 = 2}
popularity = 0.8

# Shopping in the mall, from several merchants at a time.
[[demand]]
id = "mall"
orders_per_hour = $mall_rates
service_levels = {two_hour = 6, same_day = 3, slot = 1}

[demand.places]
kind = "clusters"
clusters = $around

[demand.basket]
mall = "plaza"
lines = {1 = 3, 2 = 4, 3 = 2, 4 = 1}
units = {1 = 9, 2 = 1}
merchants = {1 = 4, 2 = 4, 3 = 2}
popularity = 0.6
split_allowed = 0.5

# Groceries, from whichever store is nearest, all over the city.
[[demand]]
id = "grocery"
orders_per_hour = $grocery_rates
service_levels = {express_30 = 5, two_hour = 3, same_day = 1, slot = 1}

[demand.places]
kind = "clusters"
clusters = $city

[demand.basket]
skus = [$groceries]
lines = {1 = 3, 2 = 3, 3 = 2, 4 = 1}
units = {1 = 8, 2 = 2}
popularity = 0.7
split_allowed = 0.5

# Furniture and the like, from the warehouse by van.
[[demand]]
id = "bulky"
orders_per_hour = $bulky_rates
service_levels = {same_day = 2, slot = 1}

[demand.places]
kind = "clusters"
clusters = $city

[demand.basket]
skus = [$bulky]
lines = {1 = 1}
units = {1 = 1}
popularity = 0.5

[durations]
pick_per_unit = {kind = "lognormal", mean_s = 12, cv = 0.5}
handover = {kind = "lognormal", mean_s = 25, cv = 0.4}
travel_factor_cv = 0.12

[durations.pick]
default = {kind = "lognormal", mean_s = 150, cv = 0.4}

[[durations.pick.exceptions]]
hours = [12, 13, 18, 19]
duration = {kind = "lognormal", mean_s = 190, cv = 0.5}

[[durations.pick.exceptions]]
stores = ["E-depot"]
duration = {kind = "lognormal", mean_s = 420, cv = 0.4}

[durations.door]
default = {kind = "lognormal", mean_s = 90, cv = 0.6}

[[durations.door.exceptions]]
hours = [18, 19, 20]
duration = {kind = "lognormal", mean_s = 75, cv = 0.6}

[behaviour]
cancelled = 0.015
unconfirmed = 0.01
absent = 0.02
courier_late = 0.1
late_s = 900
courier_ill = 0.03
""")


def toml() -> str:
    """Return the scenario file."""
    mall_lat, mall_lon = degrees(*MALL_KM)
    slow = {8: 0.85, 12: 0.95, 13: 0.95, 17: 0.85, 18: 0.9}
    return _TEMPLATE.substitute(
        mall_lat=mall_lat,
        mall_lon=mall_lon,
        river=_positions(RIVER_KM),
        bridges=_positions(BRIDGES_KM),
        scooter_factors=[slow.get(hour, 1.0) for hour in range(24)],
        van_factors=[slow.get(hour, 1.0) - (0.05 if hour in slow else 0.0) for hour in range(24)],
        fleets=_fleets(),
        meal_rates=_rates(9, (4, 5, 12, 36, 34, 10, 6, 6, 16, 36, 34, 16, 2)),
        mall_rates=_rates(9, (8, 12, 14, 16, 16, 16, 14, 14, 14, 12, 10)),
        grocery_rates=_rates(9, (12, 14, 20, 32, 28, 16, 14, 20, 34, 46, 40, 20, 4)),
        bulky_rates=_rates(9, (4, 4, 4, 4, 3, 3, 3, 2)),
        near=_clusters(NEAR_KM),
        around=_clusters(AROUND_KM),
        city=_clusters(CITY_KM),
        groceries=_quoted(GROCERIES),
        bulky=_quoted(BULKY),
    )
