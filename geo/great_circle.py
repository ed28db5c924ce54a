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

_BLOCK = 16_384
"""Pairs worked on at once: what they need fits a core's own cache."""


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
        return self._travel(degrees_of((*origins, *destinations)), len(origins), profile=profile, depart_s=depart_s)

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
        first, second = (np.asarray(places, dtype=np.float64).reshape(-1, 2) for places in (origins, destinations))
        degrees = np.ascontiguousarray(np.concatenate((first, second)).T)
        check_degrees(*degrees)
        return self._travel(degrees, len(first), profile=profile, depart_s=depart_s)

    def pairs_of(self, origins: npt.ArrayLike, destinations: npt.ArrayLike, *, profile: str, depart_s: int) -> Travel:
        """Return travel from the first origin to the first destination, from the second to the second, and so on.

        The figures are those of `many_to_many`, as arrays of shape (n,).

        Parameters
        ----------
        origins, destinations
            (n, 2) each: lat, lon in degrees.

        Raises
        ------
        CoordinateError
            If a value is not finite or out of range.
        ProfileError
            If there is no such profile; names the nearest.
        """
        way = self._profile(profile)
        speed_m_per_s = way.speed_m_per_s(hour=datetime.fromtimestamp(depart_s, self._timezone).hour)
        first, second = (np.asarray(places, dtype=np.float64).reshape(-1, 2).T for places in (origins, destinations))
        durations_s, distances_m = np.empty(first.shape[1], dtype=np.int32), np.empty(first.shape[1], dtype=np.int32)
        for begin in range(0, first.shape[1], _BLOCK):
            part = slice(begin, begin + _BLOCK)
            metres = self._pairs_m(np.ascontiguousarray(first[:, part]), np.ascontiguousarray(second[:, part]))
            metres *= way.detour_factor
            _round_up(metres / speed_m_per_s, out=durations_s[part])
            _round_up(metres, out=distances_m[part])
        return Travel(durations_s=durations_s, distances_m=distances_m)

    def _pairs_m(self, first: FloatArray, second: FloatArray) -> FloatArray:
        """Return metres of (2, n) degrees to as many others, pair by pair."""
        check_degrees(*first)
        check_degrees(*second)
        u, v = unit_vectors(*first), unit_vectors(*second)
        metres = vector_distance_m(u, v)
        if self._crossings is not None:
            from_sides, to_sides = self._crossings.sides_of(*first), self._crossings.sides_of(*second)
            apart = np.flatnonzero(from_sides != to_sides)
            if len(apart):
                out_m = self._crossings.to_bridges_m(u[:, apart], from_sides[apart])
                back_m = self._crossings.to_bridges_m(v[:, apart], to_sides[apart])
                metres[apart] = self._crossings.across_pairs_m(out_m, back_m)
        return metres

    def _travel(self, degrees: FloatArray, count: int, *, profile: str, depart_s: int) -> Travel:
        """Return travel from the first `count` of (2, places) degrees to the rest."""
        way = self._profile(profile)
        speed_m_per_s = way.speed_m_per_s(hour=datetime.fromtimestamp(depart_s, self._timezone).hour)
        # What is found once per place is found for all places at once: small matrices are asked for most often.
        vectors = unit_vectors(*degrees)
        destinations = vectors[:, None, count:]
        crossings = self._crossings
        if crossings is not None:
            sides = crossings.sides_of(*degrees)
            if np.count_nonzero(sides != sides[:1]):
                to_bridges_m = crossings.to_bridges_m(vectors, sides)
            else:
                crossings = None  # nobody is on another bank
        shape = (count, len(degrees[0]) - count)
        durations_s, distances_m = np.empty(shape, dtype=np.int32), np.empty(shape, dtype=np.int32)
        rows_at_once = max(1, _BLOCK // max(1, shape[1]))
        for begin in range(0, count, rows_at_once):
            rows = slice(begin, min(begin + rows_at_once, count))
            metres = vector_distance_m(vectors[:, rows, None], destinations)
            if crossings is not None:
                apart = sides[rows, None] != sides[count:]
                if np.count_nonzero(apart):
                    across_m = crossings.across_m(to_bridges_m[:, rows], to_bridges_m[:, count:])
                    np.copyto(metres, across_m, where=apart)
            metres *= way.detour_factor
            _round_up(metres / speed_m_per_s, out=durations_s[rows])
            _round_up(metres, out=distances_m[rows])
        return Travel(durations_s=durations_s, distances_m=distances_m)

    def _profile(self, name: str) -> Profile:
        try:
            return self._profiles[name]
        except KeyError:
            near = difflib.get_close_matches(name, self._profiles, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            known = ", ".join(self._profiles) or "none"
            raise ProfileError(f"no profile is called {name!r}: {hint}there are: {known}") from None


def _round_up(values: FloatArray, *, out: npt.NDArray[np.int32]) -> None:
    """Round up into `out`, infinity to `UNREACHABLE_S`; `values` are spent."""
    values -= _NOISE
    np.ceil(values, out=values)
    np.minimum(values, UNREACHABLE_S, out=values)
    np.copyto(out, values, casting="unsafe")


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
