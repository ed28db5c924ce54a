"""Places for a map: coordinates on a flat ground, or a layout of travel times where there are no coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from api.drawing.model import Ground, Place
from scenarios.page.plane import plane_of
from solver.problem import UNREACHABLE_S

Coordinates = tuple[float, float]
"""Longitude and latitude, as VROOM and GeoJSON have them."""

_FEW = 200
"""Up to so many places every eigenvalue is computed."""

_FAR = 1.5
"""Places without a way between them are drawn so many times as far apart as the longest way."""


def on_the_ground(coordinates: Sequence[Coordinates]) -> tuple[Ground, list[Place]]:
    """Return places for coordinates: metres on a flat map, or, where they are none of the earth, as they are."""
    if not coordinates:
        return Ground.NONE, []
    if any(abs(lon) > 180 or abs(lat) > 90 for lon, lat in coordinates):
        return Ground.PLANE, [(float(x), float(y)) for x, y in coordinates]
    plane = plane_of((lat, lon) for lon, lat in coordinates)
    return Ground.MAP, [plane.place(lat, lon) for lon, lat in coordinates]


def from_travel_times(durations_s: npt.ArrayLike, places: Sequence[int]) -> Mapping[int, Place]:
    """Lay places out so that straight distances come near travel times, both ways averaged.

    Classical multidimensional scaling: W. S. Torgerson, Multidimensional scaling: I. Theory and method, Psychometrika
    17 (1952), 401-419. It takes the two directions in which the places differ most.

    Parameters
    ----------
    durations_s
        (n, n) seconds, rows are origins.
    places
        Which rows to lay out, each once.
    """
    count = len(places)
    if count < 2:
        return dict.fromkeys(places, (0.0, 0.0))
    rows = np.asarray(places)
    ways_s: npt.NDArray[Any] = np.asarray(durations_s)[np.ix_(rows, rows)].astype(float)
    known = ways_s < UNREACHABLE_S
    ways_s[~known] = _FAR * ways_s[known].max()
    squares = ((ways_s + ways_s.T) / 2) ** 2
    np.fill_diagonal(squares, 0.0)
    if not squares.any():
        return dict.fromkeys(places, (0.0, 0.0))
    means = squares.mean(axis=0)
    inner = (means[:, None] + means[None, :] - squares - means.mean()) / 2
    values, directions = _largest_two(inner)
    # Each direction may be mirrored; which way is settled by its largest entry, so that the same plan looks the same.
    signs = np.sign(directions[np.abs(directions).argmax(axis=0), range(directions.shape[1])])
    found = directions * signs * np.sqrt(np.maximum(values, 0.0))
    return {place: (round(float(x), 1), round(float(y), 1)) for place, (y, x) in zip(places, found, strict=True)}


def _largest_two(inner: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the two largest eigenvalues of a symmetric matrix, ascending, and their vectors in columns."""
    if len(inner) <= _FEW:
        values, directions = np.linalg.eigh(inner)
        return values[-2:], directions[:, -2:]
    from scipy.sparse.linalg import eigsh

    # All of them would take 7 s for 1,300 places, two take a quarter of one. The start is any fixed direction but the
    # constant one, which the centring has taken out.
    values, directions = eigsh(inner, k=2, which="LA", v0=np.cos(np.arange(len(inner))), tol=1e-6)
    ascending = np.argsort(values)
    return values[ascending], directions[:, ascending]


class Spot(NamedTuple):
    """What is known of where something is: a row of the matrices, coordinates, both or neither."""

    row: int | None = None
    coordinates: Coordinates | None = None


def lay_out(
    spots: Iterable[Spot], known: Mapping[int, Coordinates], durations_s: npt.ArrayLike | None
) -> tuple[Ground, Mapping[Spot, Place]]:
    """Return places for spots: by coordinates if there are any, else by travel times; a spot without has none.

    Parameters
    ----------
    known
        Coordinates of rows of the matrices that are told elsewhere.
    durations_s
        (n, n) seconds, or None.
    """
    listed = list(dict.fromkeys(spots))
    at = {spot: spot.coordinates or (None if spot.row is None else known.get(spot.row)) for spot in listed}
    coordinates = {spot: found for spot, found in at.items() if found is not None}
    if coordinates or durations_s is None:
        ground, places = on_the_ground(list(coordinates.values()))
        return ground, dict(zip(coordinates, places, strict=True))
    table = np.asarray(durations_s)
    rows = list(dict.fromkeys(spot.row for spot in listed if spot.row is not None and spot.row < len(table)))
    if not rows:
        return Ground.NONE, {}
    laid = from_travel_times(table, rows)
    return Ground.TRAVEL_TIMES, {spot: laid[spot.row] for spot in listed if spot.row is not None and spot.row in laid}
