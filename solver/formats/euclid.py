"""Distances in the plane as whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.problem import UNREACHABLE_S, IntMatrix

NOISE_DIGITS = 6
"""Digits after the point beyond which a distance is rounding noise: 5.000000001 is 5, whatever it is rounded to."""


def distances(places: Sequence[tuple[float, float]], *, scale: int, up: bool) -> IntMatrix:
    """Return Euclidean distances times `scale`, as (n, n) whole numbers of 64 bits.

    Parameters
    ----------
    up
        Rounded up, so that who is in time by these figures is in time by the real ones; or else to the nearest whole
        number, halves up, as TSPLIB 95 (Reinelt 1995, section 2.1) defines ``EUC_2D``.
    """
    x, y = np.array(places, dtype=np.float64).reshape(-1, 2).T
    whole = np.empty((len(x), len(x)), dtype=np.int64)
    for row in range(len(x)):
        exact = np.round(np.hypot(x - x[row], y - y[row]) * scale, NOISE_DIGITS)
        # What is too far apart stays too far apart, and within 64 bits.
        exact = np.minimum(exact, float(UNREACHABLE_S))
        whole[row] = np.ceil(exact) if up else np.floor(exact + 0.5)
    return whole


__all__ = ["distances"]
