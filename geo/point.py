"""A place on earth."""

from __future__ import annotations

from dataclasses import dataclass

from geo.errors import CoordinateError


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place in degrees (WGS 84).

    Raises
    ------
    CoordinateError
        If a coordinate is not a finite number, or out of range.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        """Refuse what is no place on earth."""
        for name, value, bound in (("lat", self.lat, 90.0), ("lon", self.lon, 180.0)):
            if (
                isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= bound
            ):  # so is NaN refused
                raise CoordinateError(f"{name} = {value!r}: give degrees from -{bound:g} to {bound:g}")
