"""What can go wrong in geography.

GeoError
├── CoordinateError    a coordinate is not a finite number, or out of range
├── AreaError          a service area is no valid polygon or radius
├── BarrierError       a river is no line that parts two banks
├── TimezoneError      an unknown time zone
└── ProfileError       an unknown travel profile, or one with senseless figures
"""


class GeoError(Exception):
    """Base of all errors of this package."""


class CoordinateError(GeoError):
    """A coordinate is not a finite number, or out of range."""


class AreaError(GeoError):
    """A service area is no valid polygon or radius."""


class BarrierError(GeoError):
    """A river is no line that parts two banks."""


class TimezoneError(GeoError):
    """An unknown time zone."""


class ProfileError(GeoError):
    """An unknown travel profile, or one with senseless figures."""
