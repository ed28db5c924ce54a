"""Great-circle distance in metres, for whole arrays at once.

Every distance of this package is computed here, by one formula: places become unit vectors u, v, and the angle between
them follows from the chord |u - v|; beyond a quarter turn from |u + v|, because the chord says little about the angle
there. (W. Kahan, "Computing Cross-Products and Rotations in 2- and 3-Dimensional Euclidean Spaces", section 12, gives
the stable angle between vectors.) The formula needs no special case for poles or the antimeridian, its rounding error
is a few nanometres anywhere on earth, and a pair gets the same bits alone, in a list or in a matrix: what an index
finds within a radius is what the distance says.

The earth is a sphere of the mean radius R1 of WGS 84; against the geodesic on the ellipsoid the relative error stays
below 0.6 %.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from geo.errors import CoordinateError
from geo.point import Point

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius R1 = (2a + b) / 3 of WGS 84 (Moritz, "Geodetic Reference System 1980")."""

FloatArray = npt.NDArray[np.float64]

_FEW = 1_000
"""Components of so few places fit any cache."""


def degrees_of(points: Sequence[Point]) -> FloatArray:
    """Return a (2, n) array of the points' latitudes and longitudes in degrees."""
    return np.array(([point.lat for point in points], [point.lon for point in points]), dtype=np.float64)


def check_degrees(lats: npt.ArrayLike, lons: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return two equally long lists of degrees as contiguous float64 arrays.

    Raises
    ------
    CoordinateError
        If they differ in length, or a value is not finite or out of range; names the first such value.
    """
    lats, lons = np.ascontiguousarray(lats, dtype=np.float64), np.ascontiguousarray(lons, dtype=np.float64)
    if lats.ndim != 1 or lats.shape != lons.shape:
        raise CoordinateError(f"{lats.shape} latitudes, {lons.shape} longitudes: give two lists of equal length")
    for name, values, bound in (("lat", lats, 90.0), ("lon", lons, 180.0)):
        right = np.abs(values) <= bound  # false for NaN too
        if np.count_nonzero(right) < len(right):
            at = int(np.argmin(right))
            raise CoordinateError(f"{name}[{at}] = {values[at]}: give degrees from -{bound:g} to {bound:g}")
    return lats, lons


def unit_vectors(lats: npt.ArrayLike, lons: npt.ArrayLike) -> FloatArray:
    """Return unit vectors of places: degrees of any equal shape give an array (3, *shape); x, y, z come first."""
    # Contiguous, because NumPy may take another code path, with other last bits, for strided input.
    angles = np.radians(np.array((lats, lons), dtype=np.float64))
    sines, cosines = np.sin(angles), np.cos(angles)
    vectors = np.empty((3, *angles.shape[1:]))
    vectors[0] = cosines[0] * cosines[1]
    vectors[1] = cosines[0] * sines[1]
    vectors[2] = sines[0]
    return vectors


def vector_distance_m(u: FloatArray, v: FloatArray) -> FloatArray:
    """Return metres between places given as unit vectors, (3, ...) each; what follows the first axis broadcasts."""
    square = _square_of_difference(u, v)
    far = square > 2.0
    any_far = np.count_nonzero(far) > 0
    if any_far:
        square[far] = _square_of_sum(u, v, far)
    metres = np.sqrt(square, out=square)
    metres *= 0.5
    np.arcsin(metres, out=metres)
    metres *= 2.0 * EARTH_RADIUS_M
    if any_far:
        metres[far] = np.pi * EARTH_RADIUS_M - metres[far]
    return metres


def _square_of_difference(u: FloatArray, v: FloatArray) -> FloatArray:
    """Return the squares of the chords, by the same sums in the same order either way."""
    if u.size + v.size <= _FEW:  # the calls cost most: as few as possible
        parts = u - v
        parts *= parts
        return np.asarray(parts[0] + parts[1] + parts[2])
    # The memory costs most: no differences of all three components at once.
    square: FloatArray = np.asarray(u[0] - v[0])
    square *= square
    part = np.empty_like(square)
    for axis in (1, 2):
        np.subtract(u[axis], v[axis], out=part)
        part *= part
        square += part
    return square


def _square_of_sum(u: FloatArray, v: FloatArray, where: npt.NDArray[np.bool_]) -> FloatArray:
    square = np.zeros(np.count_nonzero(where))
    for axis in range(3):
        square += np.broadcast_to(u[axis] + v[axis], where.shape)[where] ** 2
    return square


def great_circle_m(
    lat1: npt.ArrayLike, lon1: npt.ArrayLike, lat2: npt.ArrayLike, lon2: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Return great-circle metres between places in degrees.

    The four arguments broadcast as NumPy arrays do; the result has the common shape, and is an array also for numbers.
    """
    lat1, lon1 = np.broadcast_arrays(np.asarray(lat1, np.float64), np.asarray(lon1, np.float64))
    lat2, lon2 = np.broadcast_arrays(np.asarray(lat2, np.float64), np.asarray(lon2, np.float64))
    u, v = unit_vectors(lat1, lon1), unit_vectors(lat2, lon2)
    # The axis of components stays first when the two have different numbers of dimensions.
    dims = max(u.ndim, v.ndim)
    u = u.reshape(3, *(1,) * (dims - u.ndim), *u.shape[1:])
    v = v.reshape(3, *(1,) * (dims - v.ndim), *v.shape[1:])
    return vector_distance_m(u, v)


def great_circle_matrix_m(origins: npt.ArrayLike, destinations: npt.ArrayLike) -> FloatArray:
    """Return great-circle metres from every origin to every destination.

    Parameters
    ----------
    origins, destinations
        (n, 2) and (m, 2): lat, lon in degrees.

    Returns
    -------
    (n, m) float64 metres.
    """
    u, v = (
        unit_vectors(degrees[:, 0], degrees[:, 1])
        for degrees in (np.asarray(places, np.float64).reshape(-1, 2) for places in (origins, destinations))
    )
    return vector_distance_m(u[:, :, None], v[:, None, :])


def between_m(a: Point, b: Point) -> float:
    """Return great-circle metres between two points."""
    return float(great_circle_m(a.lat, a.lon, b.lat, b.lon))
