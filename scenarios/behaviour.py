"""What people do in the simulated world besides what was planned."""

from __future__ import annotations

from dataclasses import dataclass


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
