"""Where everything in the sample city lies, what is sold there, and who drives."""

from __future__ import annotations

import math
from dataclasses import dataclass

from geo.distance import EARTH_RADIUS_M

CENTRE = (46.5, -5.5)
"""Latitude and longitude of the city hall, far out at sea, so that nobody looks for it."""

GROCERIES = (
    *("milk", "bread", "eggs", "butter", "coffee", "tea", "rice", "pasta", "apples", "bananas"),
    *("yoghurt", "cheese", "ice-cream", "salmon", "chicken", "tomatoes", "potatoes", "onions", "juice", "water"),
    *("beer", "wine", "chocolate", "crisps", "soap", "tissues", "batteries", "candles", "nappies", "cat-food"),
)
"""Sold by several merchants, the stores and the warehouse; the most wanted first."""

BULKY = ("desk", "chair", "shelf", "lamp", "washer", "fridge", "bicycle", "mattress", "sofa", "grill")
"""Kept in the warehouse only, and carried by vans."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A store outside the mall: kilometres east and north of the centre, radius, pickers, and units of each grocery."""

    id: str
    zone: str
    x_km: float
    y_km: float
    radius_m: int
    pickers: int
    units: int


SHOPS = (
    Shop("W-harbour", "west", -4.6, 3.4, 5_000, 2, 30),
    Shop("W-garden", "west", -3.4, -2.8, 5_000, 2, 30),
    Shop("E-station", "east", 2.2, 1.9, 5_000, 3, 40),
    Shop("E-market", "east", 3.0, -2.6, 5_000, 2, 30),
    Shop("E-hill", "east", 6.2, 2.6, 5_000, 2, 24),
)
DEPOT = Shop("E-depot", "east", 8.6, 5.2, 16_000, 4, 200)
MALL_KM = (-1.6, 1.4)

RIVER_KM = ((-40.0, 3.0), (-9.0, 0.6), (-5.0, -0.7), (-1.0, -0.4), (2.4, -0.9), (6.0, 0.4), (10.0, 0.2), (40.0, -2.0))
BRIDGES_KM = ((-5.0, -0.7), (-1.0, -0.4), (2.4, -0.9), (6.0, 0.4))


NEAR_KM = ((-1.4, 1.2, 700, 3.0), (-0.2, 0.6, 600, 2.0), (-2.6, 2.3, 600, 2.0), (-1.0, -1.0, 500, 1.5))
AROUND_KM = (*NEAR_KM, (-4.2, 2.6, 700, 1.5), (1.4, 1.6, 700, 2.0), (-3.2, -2.0, 600, 1.0), (2.0, -0.2, 500, 1.0))
CITY_KM = (
    *((0.4, 0.7, 700, 3.0), (-4.2, 2.8, 800, 2.0), (-3.0, -2.4, 800, 2.0), (2.4, 1.6, 800, 2.5)),
    *((3.0, -2.2, 700, 2.0), (5.6, 2.2, 700, 1.5), (0.3, -1.6, 600, 1.5), (-1.6, 1.4, 900, 1.5)),
)

FLEETS = (
    ("west-bike", "west", "bike", 6, ("08:45-15:15", "15:00-22:30"), ("plaza", "plaza", "W-harbour", "W-garden")),
    ("west-bike-lunch", "west", "bike", 5, ("11:15-14:45",), ("plaza",)),
    ("west-bike-evening", "west", "bike", 5, ("17:15-21:45",), ("plaza", "W-garden")),
    ("west-scooter", "west", "scooter", 5, ("08:45-15:15", "15:00-22:30"), ("plaza", "W-harbour", "W-garden")),
    ("west-scooter-lunch", "west", "scooter", 3, ("11:15-14:45",), ("plaza",)),
    ("west-scooter-evening", "west", "scooter", 4, ("17:15-21:45",), ("plaza",)),
    ("east-bike", "east", "bike", 3, ("08:45-15:15", "15:00-22:30"), ("E-station", "E-market", "E-hill")),
    ("east-scooter", "east", "scooter", 5, ("08:45-15:15", "15:00-22:30"), ("E-station", "E-market", "E-hill")),
    ("east-scooter-evening", "east", "scooter", 4, ("17:15-21:45",), ("E-station", "E-market")),
    ("east-van", "east", "van", 2, ("08:45-15:15", "15:00-22:30"), ("E-depot",)),
)


def degrees(x_km: float, y_km: float) -> tuple[float, float]:
    """Return latitude and longitude of a place so many kilometres east and north of the centre."""
    degree_km = math.radians(EARTH_RADIUS_M) / 1_000.0
    lat = CENTRE[0] + y_km / degree_km
    lon = CENTRE[1] + x_km / (degree_km * math.cos(math.radians(CENTRE[0])))
    return round(lat, 5), round(lon, 5)
