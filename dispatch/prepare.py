"""Everything on orders that does not depend on stock, capacity and queues: found for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.candidates import IntArray, Places, Reached, reach, way_to_the_door
from dispatch.codes import OrderCode, PromiseRefusal
from dispatch.directory import Directory
from dispatch.eligibility import Timetable
from dispatch.intake import Intake, take_in, unknown_ids
from dispatch.model import Order
from geo.travel import TravelTimes


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Orders with all that does not depend on stock, capacity and queues: made for many at once.

    `intakes` holds, per order, what it asks for or why it is refused. `columns` are those of `Rows`, (8, rows).
    """

    orders: Sequence[Order]
    now_s: Sequence[int]
    intakes: Sequence[Intake | PromiseRefusal]
    offsets: Sequence[int]
    columns: IntArray
    stores: list[int]


class Preparation:
    """Prepares orders: checks them, and finds their candidates, the travel, and when those would be ready.

    Parameters
    ----------
    pick_lead_s
        How long before a promise that begins later picking begins.
    """

    def __init__(
        self, directory: Directory, places: Places, travel: TravelTimes, timetable: Timetable, *, pick_lead_s: int
    ) -> None:
        self._directory = directory
        self._places = places
        self._travel = travel
        self._timetable = timetable
        self._pick_lead_s = pick_lead_s
        self._timezones = sorted({zone.timezone for zone in directory.zones.values()})

    def prepare(self, orders: Sequence[Order], now_s: Sequence[int]) -> Prepared:
        """Find candidates and travel for many orders at once: `now_s` is when each will be decided."""
        reached = reach(self._places, [order.destination for order in orders])
        offsets = reached.offsets.tolist()
        intakes = [
            self._take_in(order, at_s, reached, offsets[number], offsets[number + 1])
            for number, (order, at_s) in enumerate(zip(orders, now_s, strict=True))
        ]
        known = [(each.want_s, each.units) if isinstance(each, Intake) else (0, 0) for each in intakes]
        want_s, units = np.array(known, dtype=np.int64).reshape(-1, 2).T
        travel_s, distance_m = way_to_the_door(
            self._places, self._travel, reached, [order.destination for order in orders], want_s
        )
        ready_s, arrive_s = self._timetable.times_of_rows(reached, travel_s, want_s=want_s, units=units)
        store = reached.stores[reached.first]
        columns = np.array((reached.site, store, reached.first, reached.count, travel_s, distance_m, ready_s, arrive_s))
        return Prepared(orders, now_s, intakes, offsets, columns, reached.stores.tolist())

    def _take_in(self, order: Order, now_s: int, reached: Reached, begin: int, end: int) -> Intake | PromiseRefusal:
        refused = unknown_ids(order, self._directory)
        if refused is not None:
            return refused
        if begin == end:
            return PromiseRefusal(OrderCode.NO_STORE_IN_REACH)
        timezone = self._timezones[0]
        if len(self._timezones) > 1:  # the promise is told in the time of the nearest store in reach
            nearest_row = begin + int(reached.metres[begin:end].argmin())
            timezone = self._places.timezone_of_site[reached.site[nearest_row]]
        return take_in(order, self._directory, timezone=timezone, now_s=now_s, pick_lead_s=self._pick_lead_s)
