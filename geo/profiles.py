"""How fast one travels by which means, and how far the streets lead round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from geo.errors import ProfileError

HOURS = 24


@dataclass(frozen=True, slots=True)
class Profile:
    """A way to travel: walk, bike, scooter, van.

    Parameters
    ----------
    name
        What couriers and calls name it by.
    speed_kmh
        Speed on the way, in kilometres an hour: more than 0.1, at most 300.
    detour_factor
        Metres on the street per metre of great circle, 1 to 10. Street networks of cities lie near 1.3.
    speed_factor_by_hour
        24 numbers, 0.05 to 5: from hour h to h + 1 of the local day, the speed is ``speed_kmh`` times number h.

    Raises
    ------
    ProfileError
        If a figure is no number or out of its bounds; names the field.
    """

    name: str
    _: KW_ONLY
    speed_kmh: float
    detour_factor: float = 1.3
    speed_factor_by_hour: Sequence[float] = (1.0,) * HOURS

    def __post_init__(self) -> None:
        """Check every bound."""
        if not isinstance(self.name, str) or not self.name.strip():
            raise ProfileError(f"name = {self.name!r}: give a profile a name, such as 'bike'")
        self._check("speed_kmh", self.speed_kmh, at_least=0.1, at_most=300.0)
        self._check("detour_factor", self.detour_factor, at_least=1.0, at_most=10.0)
        factors = self.speed_factor_by_hour
        if not isinstance(factors, Sequence) or len(factors) != HOURS:
            raise ProfileError(f"profile {self.name}: speed_factor_by_hour = {factors!r}: give 24 numbers, one an hour")
        for hour, factor in enumerate(factors):
            self._check(f"speed_factor_by_hour[{hour}]", factor, at_least=0.05, at_most=5.0)
        object.__setattr__(self, "speed_factor_by_hour", tuple(float(factor) for factor in factors))

    def _check(self, field: str, value: object, *, at_least: float, at_most: float) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not at_least <= value <= at_most:
            raise ProfileError(
                f"profile {self.name}: {field} = {value!r}: give a number from {at_least:g} to {at_most:g}"
            )

    def speed_m_per_s(self, *, hour: int) -> float:
        """Return the speed in an hour (0 to 23) of the local day."""
        return self.speed_kmh / 3.6 * self.speed_factor_by_hour[hour]
