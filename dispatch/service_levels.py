"""Service levels as data: the promise sold, and how its window follows from an order."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import time
from enum import StrEnum

from dispatch.codes import OrderCode, PromiseRefusal
from dispatch.errors import ModelError
from dispatch.hours import ALWAYS, OpeningHours, instant_s, local_day
from dispatch.ids import check_id
from dispatch.model import Interval, Order


class Kind(StrEnum):
    """How the window follows."""

    WITHIN = "within"
    SLOT = "slot"
    SAME_DAY = "same_day"


_OF_KIND = {"within_s": Kind.WITHIN, "until": Kind.SAME_DAY, "earliest": Kind.SAME_DAY} | dict.fromkeys(
    ("slot_lead_s", "slot_min_s", "slot_max_s", "slot_ahead_s"), Kind.SLOT
)
"""Figures that mean something to one kind only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevel:
    """A promise that customers can buy.

    Attributes
    ----------
    kind
        ``within``: from the order's placing, `within_s` long. ``slot``: the slot the customer chose. ``same_day``: on
        the local day of placing, from `earliest` (from placing, where that is later or not given) until `until`.
    cut_off
        Local time from which it is refused; for slots, of the day on which the slot begins.
    hours
        When it is on offer: an order is placed, or a slot lies wholly, inside.
    late_limit_s
        How long after the promise a delivery is still tried.
    slot_lead_s
        A slot must end at least this long after the order is placed.
    slot_min_s, slot_max_s
        How long a slot may be.
    slot_ahead_s
        How long after placing a slot may begin at the latest.

    Raises
    ------
    ModelError
        If a figure that the kind needs is missing, one that it would not look at is given, or one is out of bounds.
    """

    id: str
    kind: Kind
    within_s: int | None = None
    until: time | None = None
    earliest: time | None = None
    cut_off: time | None = None
    hours: OpeningHours = ALWAYS
    late_limit_s: int = 3_600
    slot_lead_s: int = 1_800
    slot_min_s: int = 900
    slot_max_s: int = 43_200
    slot_ahead_s: int = 14 * 86_400

    def __post_init__(self) -> None:
        """Check that the kind has what it needs."""
        check_id("service_level.id", self.id)
        place = f"service level {self.id}"
        if self.kind is Kind.WITHIN and (self.within_s is None or self.within_s <= 0):
            raise ModelError(f"{place}: within_s", f"{self.within_s}: kind 'within' needs more than 0 seconds")
        if self.kind is Kind.SAME_DAY and self.until is None:
            raise ModelError(f"{place}: until", "kind 'same_day' needs a local time such as 21:00")
        for field in fields(self):
            kind, value = _OF_KIND.get(field.name, self.kind), getattr(self, field.name)
            if kind is not self.kind and value != field.default:
                raise ModelError(
                    f"{place}: {field.name}",
                    f"{value}: it is for kind '{kind}', and means nothing to '{self.kind}'; leave it out "
                    "(cut_off and hours say when a level is on offer)",
                )
        if self.earliest is not None and self.until is not None and self.earliest >= self.until:
            raise ModelError(f"{place}: earliest", f"{self.earliest} is not before until, {self.until}")
        for name in ("late_limit_s", "slot_lead_s", "slot_min_s", "slot_ahead_s"):
            if getattr(self, name) < 0:
                raise ModelError(f"{place}: {name}", f"{getattr(self, name)}: give 0 or more seconds")
        if self.slot_max_s < max(1, self.slot_min_s):
            raise ModelError(f"{place}: slot_max_s", f"{self.slot_max_s}: give at least slot_min_s, {self.slot_min_s}")

    def promise(self, order: Order, timezone: str) -> Interval | PromiseRefusal:
        """Return the window told to the customer, or why there is none."""
        if self.kind is Kind.SLOT:
            return self._slot(order, timezone)
        if order.slot is not None:
            return PromiseRefusal(OrderCode.BAD_SLOT, {"reason": f"{self.id} has no slots"})
        if not self.hours.is_open(order.placed_s, timezone):
            return self._closed(order.placed_s, timezone)
        if self.cut_off is not None and (late_s := self._past_cut_off_s(order.placed_s, order.placed_s, timezone)) >= 0:
            return PromiseRefusal(OrderCode.PAST_CUT_OFF, {"late_s": late_s})
        if self.within_s is not None and self.kind is Kind.WITHIN:
            return Interval(order.placed_s, order.placed_s + self.within_s)
        return self._same_day(order, timezone)

    def _same_day(self, order: Order, timezone: str) -> Interval | PromiseRefusal:
        day = local_day(order.placed_s, timezone)
        from_s = order.placed_s
        if self.earliest is not None:
            from_s = max(from_s, instant_s(day, self.earliest, timezone))
        until_s = instant_s(day, self.until, timezone) if self.until is not None else from_s
        if until_s <= order.placed_s:
            return PromiseRefusal(OrderCode.PAST_CUT_OFF, {"late_s": order.placed_s - until_s})
        return Interval(from_s, until_s)

    def _slot(self, order: Order, timezone: str) -> Interval | PromiseRefusal:
        slot = order.slot
        if slot is None:
            return PromiseRefusal(OrderCode.BAD_SLOT, {"reason": "no slot was chosen"})
        length_s, lead_s = slot.until_s - slot.from_s, slot.until_s - order.placed_s
        if not self.slot_min_s <= length_s <= self.slot_max_s:
            figures = {"length_s": length_s, "min_s": self.slot_min_s, "max_s": self.slot_max_s}
            return PromiseRefusal(OrderCode.BAD_SLOT, {"reason": "its length is not on offer", **figures})
        if lead_s < self.slot_lead_s:
            figures = {"lead_s": lead_s, "min_s": self.slot_lead_s}
            return PromiseRefusal(OrderCode.BAD_SLOT, {"reason": "it ends too soon", **figures})
        if slot.from_s - order.placed_s > self.slot_ahead_s:
            figures = {"ahead_s": slot.from_s - order.placed_s, "max_s": self.slot_ahead_s}
            return PromiseRefusal(OrderCode.BAD_SLOT, {"reason": "it is too far ahead", **figures})
        closes_s = self.hours.closes_s(slot.from_s, timezone)
        if closes_s is not None and closes_s < slot.until_s:
            return self._closed(max(closes_s, slot.from_s), timezone)
        late_s = self._past_cut_off_s(order.placed_s, slot.from_s, timezone)
        if self.cut_off is not None and late_s >= 0:
            return PromiseRefusal(OrderCode.PAST_CUT_OFF, {"late_s": late_s})
        return slot

    def _past_cut_off_s(self, placed_s: int, day_of_s: int, timezone: str) -> int:
        """Return how long after the cut-off of a day an order was placed; below zero is before it."""
        if self.cut_off is None:
            return -1
        return placed_s - instant_s(local_day(day_of_s, timezone), self.cut_off, timezone)

    def _closed(self, at_s: int, timezone: str) -> PromiseRefusal:
        opens_s = self.hours.opens_s(at_s, timezone)
        return PromiseRefusal(OrderCode.SERVICE_CLOSED, {} if opens_s is None else {"opens_s": opens_s})


EXPRESS_30 = ServiceLevel(id="express_30", kind=Kind.WITHIN, within_s=1_800, late_limit_s=3_600)
EXPRESS_60 = ServiceLevel(id="express_60", kind=Kind.WITHIN, within_s=3_600, late_limit_s=3_600)
TWO_HOUR = ServiceLevel(id="two_hour", kind=Kind.WITHIN, within_s=7_200, late_limit_s=7_200)
SAME_DAY = ServiceLevel(id="same_day", kind=Kind.SAME_DAY, until=time(21), cut_off=time(16), late_limit_s=7_200)
SLOT = ServiceLevel(id="slot", kind=Kind.SLOT, hours=OpeningHours.parse("07:00-22:00"), late_limit_s=7_200)

DEFAULT_LEVELS = (EXPRESS_30, EXPRESS_60, TWO_HOUR, SAME_DAY, SLOT)
"""What is on offer where nothing else is said."""
