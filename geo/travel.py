"""How long the way takes: the protocol that every source of travel times follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from geo.point import Point

UNREACHABLE_S = 2**30
"""Seconds and metres of a way that does not exist."""


@dataclass(frozen=True, slots=True, eq=False)
class Travel:
    """Many-to-many travel: two (origins, destinations) int32 arrays of whole seconds and whole metres."""

    durations_s: npt.NDArray[np.int32]
    distances_m: npt.NDArray[np.int32]


class TravelTimes(Protocol):
    """A source of travel times.

    `profile` is the name of a way to travel (walk, bike, scooter, van). `depart_s` is Unix seconds: the hour decides
    the speed. What cannot be reached is `UNREACHABLE_S`, never a guess. An unknown profile raises
    `geo.errors.ProfileError`.
    """

    @property
    def version(self) -> str:
        """Names the data and settings: what was computed from another version may differ."""
        ...

    def many_to_many(
        self, origins: Sequence[Point], destinations: Sequence[Point], *, profile: str, depart_s: int
    ) -> Travel:
        """Return travel from every origin to every destination."""
        ...
