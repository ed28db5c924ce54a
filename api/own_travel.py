"""Travel between coordinates of a problem in VROOM's JSON that gives no matrices: the great circle, times a detour.

VROOM asks a routing engine then. These are estimates: a problem with matrices of real streets is better planned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solver.problem import Matrix

SPEEDS_KMH = {"car": 30.0, "scooter": 25.0, "bike": 15.0, "foot": 5.0}
"""How fast one gets on in a city, by means."""

DETOUR_FACTOR = 1.3
"""Metres on the street per metre of great circle."""

MEANS = {
    **dict.fromkeys(("car", "driving", "auto", "driving-car", "van"), "car"),
    **dict.fromkeys(("scooter", "motor_scooter"), "scooter"),
    **dict.fromkeys(("bike", "bicycle", "cycling", "cycling-regular"), "bike"),
    **dict.fromkeys(("foot", "walk", "walking", "pedestrian", "foot-walking"), "foot"),
}
"""Names of profiles, as OSRM, openrouteservice, Valhalla and Doorstep have them, and the means that each stands for."""


class OwnTravel:
    """A `solver.formats.vroom.Travel`. `asked` are the profiles that it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @property
    def profiles(self) -> Sequence[str]:
        """The names that it knows."""
        return tuple(MEANS)

    def matrix(self, profile: str, coordinates: Sequence[tuple[float, float]]) -> Matrix:
        """Return travel between places, given by longitude and latitude, in whole seconds and metres, rounded up."""
        from geo.great_circle import GreatCircleTravel
        from geo.profiles import Profile
        from solver.problem import Matrix

        means = MEANS[profile]
        way = Profile(means, speed_kmh=SPEEDS_KMH[means], detour_factor=DETOUR_FACTOR)
        places = np.array(coordinates, dtype=np.float64).reshape(-1, 2)[:, ::-1]
        travel = GreatCircleTravel([way], "UTC").matrix_of(places, places, profile=means, depart_s=0)
        self.asked.append(profile)
        return Matrix(durations_s=travel.durations_s, distances_m=travel.distances_m)

    def note(self) -> str:
        """Return what was estimated and how; nothing where nothing was."""
        if not self.asked:
            return ""
        told = ", ".join(f"{profile} at {SPEEDS_KMH[MEANS[profile]]:g} km/h" for profile in self.asked)
        return f"travel is estimated from straight lines ({told}, {DETOUR_FACTOR:g} times the distance): give matrices"


__all__ = ["DETOUR_FACTOR", "MEANS", "SPEEDS_KMH", "OwnTravel"]
