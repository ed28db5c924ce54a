"""When plans are made and when they become binding."""

from __future__ import annotations

from dataclasses import dataclass, fields

from dispatch.errors import ModelError

_LEAST = {
    "step_s": 1,
    "hold_s": 1,
    "couriers_per_delivery": 1,
    "replan_couriers": 1,
    "replan_deliveries": 1,
    "replans_per_step": 1,
    "attempts": 1,
    "sources_held": 1,
}

_MOST = {"sources_held": 8}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How the engine turns plans into instructions.

    Attributes
    ----------
    step_s
        Seconds from one turn of the loop to the next.
    decision_delay_s
        Seconds until an instruction reaches courier or store.
    hold_s
        How long an unconfirmed order keeps its stock.
    pick_lead_s
        How long before its promise begins an order is picked at the earliest.
    sources_held
        For an order that is picked later, the stock of so many sources is held at once, where it is to be had: plans
        choose among them until picking has to begin, or a courier is told.
    horizon_s
        A delivery whose promise begins later than this is not planned yet.
    margin_s, margin_share
        A courier sets off so early that it is expected at the store this much before the goods are ready: a fixed
        part, and a share of the travel time, for the spread of both.
    slack_s
        Lateness is counted from this long before the promise ends, because things take longer than expected as often
        as not.
    commit_ahead_s
        A courier is told its next visit when it is expected to be free within this time.
    couriers_per_delivery
        How many couriers are considered for a delivery, the soonest at its store first.
    replan_couriers, replan_deliveries
        The size of one re-plan: at most so many couriers, and so many deliveries in their hands or in wait.
    replans_per_step
        At most so many re-plans a zone and turn; what is left over comes first in the next turn.
    reconsider_s
        A delivery for which no courier was found is looked at again after this time.
    drift_s
        A courier who is so much later than planned has its deliveries looked at again.
    attempts, retry_after_s
        How often a drop is tried, and the shortest time between two tries. After the last, the goods go back to their
        store.
    """

    step_s: int = 20
    decision_delay_s: int = 5
    hold_s: int = 600
    pick_lead_s: int = 2_700
    sources_held: int = 1
    horizon_s: int = 5_400
    margin_s: int = 30
    margin_share: float = 0.1
    slack_s: int = 360
    commit_ahead_s: int = 45
    couriers_per_delivery: int = 8
    replan_couriers: int = 16
    replan_deliveries: int = 40
    replans_per_step: int = 3
    reconsider_s: int = 90
    drift_s: int = 120
    attempts: int = 2
    retry_after_s: int = 600

    def __post_init__(self) -> None:
        """Check every bound."""
        for field in fields(self):
            value, least = getattr(self, field.name), _LEAST.get(field.name, 0)
            whole = field.name != "margin_share"
            if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
                raise ModelError(f"policy.{field.name}", f"{value!r}: give a {'whole ' if whole else ''}number")
            most = _MOST.get(field.name, 86_400)
            if not least <= value <= most:
                raise ModelError(f"policy.{field.name}", f"{value}: give {least} to {most}")

    def margin(self, travel_s: int) -> int:
        """Return how many seconds before the goods are ready a courier should be at the store."""
        return self.margin_s + int(self.margin_share * travel_s)

    def set_off_s(self, *, wanted_s: int, travel_s: int) -> int:
        """Return when to set off to be at a place, with margin, at `wanted_s`."""
        return wanted_s - travel_s - self.margin(travel_s)
