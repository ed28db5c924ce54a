"""Travel times without a street network: the great circle, led round rivers, times a detour, at a profile's speed."""

from __future__ import annotations

import difflib
import hashlib
import json
import zoneinfo
from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

from geo.barriers import Crossings, River
from geo.distance import EARTH_RADIUS_M, FloatArray, check_degrees, degrees_of, unit_vectors, vector_distance_m
from geo.errors import ProfileError, TimezoneError
from geo.point import Point
from geo.profiles import Profile
from geo.travel import UNREACHABLE_S, Travel

FORMULA = 1
"""Part of the version: raised with every change that changes a result."""

_NOISE = 1e-6
"""Metres and seconds that rounding up forgives: the same place by two names (lon -180 and 180) lies 0 m away."""


class GreatCircleTravel:
    """Travel times from great circles: a `geo.travel.TravelTimes`.

    Metres are the great circle (where a river parts the two places: the shortest way over its bridges) times the
    profile's detour factor. Seconds are those metres at the profile's speed in the local hour of departure; the whole
    way is made at that speed. Both are rounded up, so that what a chain of ways adds up to is never below the direct
    way; a pair gets the same figures in every matrix, there and back.

    Parameters
    ----------
    profiles
        The ways to travel; their names differ.
    timezone
        IANA name of the zone whose hours choose the speed, such as ``Europe/Helsinki``.
    barriers
        Rivers that are crossed on bridges only.

    Raises
    ------
    ProfileError
        If two profiles share a name.
    TimezoneError
        If there is no such zone.
    BarrierError
        If there are too many rivers.
    """

    def __init__(self, profiles: Iterable[Profile], timezone: str, barriers: Sequence[River] = ()) -> None:
        self._profiles: dict[str, Profile] = {}
        for profile in profiles:
            if profile.name in self._profiles:
                raise ProfileError(f"two profiles are called {profile.name!r}: give each its own name")
            self._profiles[profile.name] = profile
        self._timezone = _zone(timezone)
        self._crossings = Crossings(barriers) if barriers else None
        self._version = _version(self._profiles.values(), timezone, barriers)

    @property
    def version(self) -> str:
        """Names the settings: equal settings, equal version, on any machine."""
        return self._version

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The ways to travel."""
        return tuple(self._profiles.values())

    def many_to_many(
        self, origins: Sequence[Point], destinations: Sequence[Point], *, profile: str, depart_s: int
    ) -> Travel:
        """Return travel from every origin to every destination.

        Raises
        ------
        ProfileError
            If there is no such profile; names the nearest.
        """
        count = len(origins)
        degrees = degrees_of((*origins, *destinations))
        return self._travel(degrees[:, 0], degrees[:, 1], count, profile=profile, depart_s=depart_s)

    def matrix_of(self, origins: npt.ArrayLike, destinations: npt.ArrayLike, *, profile: str, depart_s: int) -> Travel:
        """Return travel from every origin to every destination, for those who hold arrays.

        The figures are those of `many_to_many`.

        Parameters
        ----------
        origins, destinations
            (n, 2) and (m, 2): lat, lon in degrees.

        Raises
        ------
        CoordinateError
            If a value is not finite or out of range.
        ProfileError
            If there is no such profile; names the nearest.
        """
        first = np.asarray(origins, dtype=np.float64).reshape(-1, 2)
        degrees = np.concatenate((first, np.asarray(destinations, dtype=np.float64).reshape(-1, 2)))
        lats, lons = check_degrees(degrees[:, 0], degrees[:, 1])
        return self._travel(lats, lons, len(first), profile=profile, depart_s=depart_s)

    def _travel(self, lats: FloatArray, lons: FloatArray, count: int, *, profile: str, depart_s: int) -> Travel:
        """Return travel from the first `count` places to the rest: what is done per place is done for all at once."""
        way = self._profile(profile)
        hour = datetime.fromtimestamp(depart_s, self._timezone).hour
        vectors = unit_vectors(lats, lons)
        origins, destinations = vectors[:, :count], vectors[:, count:]
        metres = vector_distance_m(origins[:, :, None], destinations[:, None, :])
        if self._crossings is not None:
            sides = self._crossings.sides_of(lats, lons)
            self._crossings.lead_round(
                metres,
                origins=origins,
                destinations=destinations,
                origin_sides=sides[:count],
                destination_sides=sides[count:],
            )
        metres *= way.detour_factor
        seconds = metres / way.speed_m_per_s(hour=hour)
        return Travel(durations_s=_round_up(seconds), distances_m=_round_up(metres))

    def _profile(self, name: str) -> Profile:
        try:
            return self._profiles[name]
        except KeyError:
            near = difflib.get_close_matches(name, self._profiles, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            known = ", ".join(self._profiles) or "none"
            raise ProfileError(f"no profile is called {name!r}: {hint}there are: {known}") from None


def _round_up(values: FloatArray) -> npt.NDArray[np.int32]:
    """Round up in place, infinity to `UNREACHABLE_S`."""
    values -= _NOISE
    np.ceil(values, out=values)
    np.minimum(values, UNREACHABLE_S, out=values)
    return values.astype(np.int32)


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = difflib.get_close_matches(name, sorted(zoneinfo.available_timezones()), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise TimezoneError(
            f"no time zone is called {name!r}: give an IANA name such as 'Europe/Helsinki'{hint}"
        ) from None


def _version(profiles: Iterable[Profile], timezone: str, rivers: Sequence[River]) -> str:
    settings = {
        "formula": FORMULA,
        "earth_radius_m": EARTH_RADIUS_M,
        "timezone": timezone,
        "profiles": sorted(
            (way.name, float(way.speed_kmh), float(way.detour_factor), way.speed_factor_by_hour) for way in profiles
        ),
        "rivers": [
            ([[float(x) for x in place] for place in river.line], [(float(b.lat), float(b.lon)) for b in river.bridges])
            for river in rivers
        ],
    }
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()
    return f"great-circle-{digest[:16]}"
