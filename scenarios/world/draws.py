"""Every chance of a day, each from a stream of its own.

A stream is keyed by what it is for and whom it concerns, never by when it is asked or by which courier: whatever a
policy decides, the same customer is out, the same picker is slow and the same leg is jammed.
"""

from __future__ import annotations

import math

from dispatch.hours import local_hour
from scenarios.behaviour import Behaviour
from scenarios.durations import Durations
from scenarios.streams import stream, uniform


class Draws:
    """The chances of one seed. `timezone` decides the local hour that durations may depend on."""

    def __init__(self, *, seed: int, timezone: str, durations: Durations, behaviour: Behaviour) -> None:
        self._seed = seed
        self._timezone = timezone
        self._durations = durations
        self._behaviour = behaviour

    def hour(self, at_s: int) -> int:
        """Return the hour of the local day."""
        return local_hour(at_s, self._timezone)

    def confirmed(self, order: str) -> bool:
        """Tell whether the customer pays for the order."""
        share = self._behaviour.unconfirmed
        return share <= 0.0 or uniform(self._seed, "unconfirmed", order) >= share

    def cancelled_after_s(self, order: str) -> int | None:
        """Return how long after placing the customer changes their mind, None where they do not."""
        share = self._behaviour.cancelled
        if share <= 0.0 or uniform(self._seed, "cancelled", order) >= share:
            return None
        return int(uniform(self._seed, "cancel_after", order) * (self._behaviour.cancel_after_s + 1))

    def absent(self, order: str, attempt: int) -> bool:
        """Tell whether nobody opens at the order's door at this attempt, counted from 1."""
        share = self._behaviour.absent
        return share > 0.0 and uniform(self._seed, "absent", f"{order}#{attempt}") < share

    def ill(self, courier: str) -> bool:
        """Tell whether the courier does not come at all."""
        share = self._behaviour.courier_ill
        return share > 0.0 and uniform(self._seed, "courier_ill", courier) < share

    def late_s(self, courier: str) -> int:
        """Return by how much the courier's shift begins late."""
        share = self._behaviour.courier_late
        if share <= 0.0 or uniform(self._seed, "courier_late", courier) >= share:
            return 0
        return int(uniform(self._seed, "courier_late_by", courier) * (self._behaviour.late_s + 1))

    def pick_s(self, fulfilment: str, *, store: str, units: int, at_s: int) -> int:
        """Return how long picking and packing takes: a draw for the fulfilment and one for each unit in it."""
        hour = self.hour(at_s)
        rng = stream(self._seed, "pick", fulfilment)
        each = self._durations.pick_per_unit.of(store, hour)
        return self._durations.pick.of(store, hour).draw(rng) + sum(each.draw(rng) for _ in range(units))

    def handover_s(self, fulfilment: str, *, store: str, at_s: int) -> int:
        """Return how long it takes to hand a packed fulfilment over to a courier."""
        rng = stream(self._seed, "handover", fulfilment)
        return self._durations.handover.of(store, self.hour(at_s)).draw(rng)

    def return_s(self, fulfilment: str, *, store: str, at_s: int) -> int:
        """Return how long a store takes to accept a fulfilment back."""
        rng = stream(self._seed, "return", fulfilment)
        return self._durations.handover.of(store, self.hour(at_s)).draw(rng)

    def door_s(self, order: str, *, attempt: int, at_s: int) -> int:
        """Return how long the order's door takes at this attempt, opened or not."""
        rng = stream(self._seed, "door", f"{order}#{attempt}")
        return self._durations.door.of(None, self.hour(at_s)).draw(rng)

    def travel_s(self, leg: str, *, true_s: int) -> int:
        """Return how long a leg takes whose true travel time is `true_s`: a log-normal factor of mean 1."""
        cv = self._durations.travel_factor_cv
        if cv <= 0.0 or true_s <= 0:
            return max(true_s, 0)
        variance = math.log1p(cv * cv)
        factor = stream(self._seed, "travel", leg).lognormal(-variance / 2, math.sqrt(variance))
        return max(1, round(true_s * float(factor)))
