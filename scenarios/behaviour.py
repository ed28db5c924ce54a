"""What people do in the simulated world besides what was planned."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from dispatch.errors import ModelError

_DAY_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Shares are probabilities from 0 to 1, drawn once for each order or courier.

    Attributes
    ----------
    cancelled, cancel_after_s
        Share of orders that are cancelled, and the longest time after placing at which that happens (uniform from 0).
    unconfirmed
        Share of orders never paid for: their hold runs out.
    absent
        Share of door visits at which nobody opens.
    courier_late, late_s
        Share of couriers who begin their shift late, and the longest delay (uniform from 0).
    courier_ill
        Share of couriers who do not come at all; the engine learns it when the shift begins.
    """

    cancelled: float = 0.0
    cancel_after_s: int = 1_200
    unconfirmed: float = 0.0
    absent: float = 0.0
    courier_late: float = 0.0
    late_s: int = 1_200
    courier_ill: float = 0.0

    def __post_init__(self) -> None:
        """Check every bound."""
        for field in fields(self):
            value, whole = getattr(self, field.name), field.name.endswith("_s")
            bound = _DAY_S if whole else 1
            if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
                raise ModelError(f"behaviour.{field.name}", f"{value!r}: give a {'whole ' if whole else ''}number")
            if not (math.isfinite(value) and 0 <= value <= bound):
                raise ModelError(
                    f"behaviour.{field.name}", f"{value}: give {'seconds' if whole else 'a share'} from 0 to {bound}"
                )
