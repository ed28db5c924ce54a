"""Everything on orders that does not depend on stock, capacity and queues: found for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dispatch.candidates import IntArray, Places, Reached, reach, way_to_the_door
from dispatch.codes import OrderCode, PromiseRefusal
from dispatch.directory import Directory
from dispatch.eligibility import HARD, Timetable
from dispatch.intake import Intake, take_in, unknown_ids
from dispatch.model import Order
from geo.travel import UNREACHABLE_S, TravelTimes

MIXED = -1
"""In place of a zone's number: the sources in reach are of several zones."""


class Columns(NamedTuple):
    """The sites in reach of orders, in rank order: travel time, then distance, then id.

    `site` and `store` are numbers of `Places`, `place` is the store's place in its zone; `store` is the first of the
    row's stores in reach, which are ``stores_in_reach[first:first + width]``. `ready_s`, `arrive_s` are those of
    `Timetable.times_of_rows`.
    """

    site: IntArray
    store: IntArray
    place: IntArray
    first: IntArray
    width: IntArray
    travel_s: IntArray
    distance_m: IntArray
    ready_s: IntArray
    arrive_s: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Orders with what was found on them.

    Attributes
    ----------
    intakes
        Per order: what it asks for, or why it is refused.
    offsets
        The rows of order i are ``offsets[i]:offsets[i + 1]``.
    columns, stores_in_reach
        Of all orders, one after the other.
    zones
        Per order, the number of the one zone of all its rows, or `MIXED`.
    lone
        Whether all rows of an order have one store each.
    hard
        Whether an order has rows that are unreachable, or whose times must be found store by store.
    """

    orders: Sequence[Order]
    now_s: Sequence[int]
    intakes: Sequence[Intake | PromiseRefusal]
    offsets: Sequence[int]
    columns: Columns
    stores_in_reach: IntArray
    zones: Sequence[int]
    lone: Sequence[bool]
    hard: Sequence[bool]


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
        """Find candidates and travel: `now_s` is when each order will be decided."""
        places = self._places
        destinations = [order.destination for order in orders]
        reached = reach(places, destinations)
        offsets = reached.offsets.tolist()
        intakes = [
            self._take_in(order, at_s, reached, begin, end)
            for order, at_s, begin, end in zip(orders, now_s, offsets[:-1], offsets[1:], strict=True)
        ]
        known = [
            (each.want_s, each.units) if isinstance(each, Intake) else (at_s, 0)
            for each, at_s in zip(intakes, now_s, strict=True)
        ]
        want_s, units = np.array(known, dtype=np.int64).reshape(-1, 2).T
        travel_s, distance_m = way_to_the_door(places, self._travel, reached, destinations, want_s)
        ready_s, arrive_s = self._timetable.times_of_rows(reached, travel_s, want_s=want_s, units=units)
        # Rows are in the order of ids before, and stay so where travel and distance are equal. One key for both:
        # neither seconds nor metres are above UNREACHABLE_S, 2**30.
        rank = np.lexsort(((travel_s << 31) + distance_m, reached.destination))
        store = reached.stores[reached.first]
        columns = Columns(
            *(
                column[rank]
                for column in (
                    reached.site,
                    store,
                    places.place_in_zone[store],
                    reached.first,
                    reached.count,
                    travel_s,
                    distance_m,
                    ready_s,
                    arrive_s,
                )
            )
        )
        zone = places.zone_number[columns.store]
        hard = (columns.arrive_s == HARD) | (columns.travel_s >= UNREACHABLE_S)
        least, most = _per_order(np.minimum, zone, offsets), _per_order(np.maximum, zone, offsets)
        return Prepared(
            orders,
            now_s,
            intakes,
            offsets,
            columns,
            reached.stores,
            np.where(least == most, least, MIXED).tolist(),
            (_per_order(np.maximum, columns.width, offsets) <= 1).tolist(),
            (_per_order(np.maximum, hard.astype(np.int64), offsets) > 0).tolist(),
        )

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


def _per_order(least_or_most: np.ufunc, values: IntArray, offsets: Sequence[int]) -> IntArray:
    """Return the least or the greatest value of every order's rows; 0 for an order without rows."""
    begins, ends = np.array(offsets[:-1], dtype=np.int64), np.array(offsets[1:], dtype=np.int64)
    result = np.zeros(len(begins), dtype=np.int64)
    some = begins < ends  # rows between are of these orders only, so that each part ends where the next begins
    if some.any():
        result[some] = least_or_most.reduceat(values, begins[some])
    return result
