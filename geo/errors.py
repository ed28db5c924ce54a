"""What can go wrong in geography.

    GeoError
    ├── CoordinateError    a coordinate is not a finite number, or out of range
    ├── AreaError          a service area is no valid polygon or radius
    └── ProfileError       an unknown travel profile, or one with senseless figures
"""


class GeoError(Exception):
    """Base of all errors of this package."""


class CoordinateError(GeoError):
    """A coordinate is not a finite number, or out of range."""


class AreaError(GeoError):
    """A service area is no valid polygon or radius."""


class ProfileError(GeoError):
    """An unknown travel profile, or one with senseless figures."""
