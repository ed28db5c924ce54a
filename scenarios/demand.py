"""Orders that a seeded generator makes.

Each order draws from streams of its own number, one for each of when, where, which promise and what. So the n-th order
of a demand goes to the same door with the same basket, whatever the rates, the couriers or the other demands are.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np

from dispatch.directory import Directory
from dispatch.hours import local_hour
from dispatch.model import Interval, Order
from dispatch.service_levels import Kind, ServiceLevel
from scenarios.build_directory import must_know
from scenarios.demand_baskets import Baskets, baskets_of
from scenarios.demand_places import Places, places_of
from scenarios.instants import LocalDay
from scenarios.read import Source
from scenarios.scenario import StockRow
from scenarios.schema import ScenarioFile
from scenarios.schema_demand import DemandTable
from scenarios.streams import stream, uniform

_HOUR_S = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A source of orders, ready to draw from."""

    table: DemandTable
    timezone: str
    levels: Mapping[str, ServiceLevel]
    places: Places
    baskets: Baskets

    def orders(self, *, start_s: int, end_s: int, seed: int) -> Iterator[Order]:
        """Yield the orders between start and end, in the order of their times."""
        for number, placed_s in enumerate(self._times(start_s, end_s, seed)):
            name = f"{self.table.id}-{number + 1:05}"
            lines, split = self.baskets.draw(stream(seed, "demand.basket", name))
            order = Order(
                id=name,
                customer=f"C-{name}",
                destination=self.places.draw(stream(seed, "demand.place", name)),
                lines=lines,
                service_level=next(iter(self.levels)),
                placed_s=placed_s,
                split_allowed=split,
            )
            yield self._promised(order, stream(seed, "demand.level", name))

    def _times(self, start_s: int, end_s: int, seed: int) -> Iterator[int]:
        """Yield arrival times of a Poisson process whose rate changes by the hour.

        Orders lie at exponential distances on a scale on which one is expected per unit, and the rates stretch that
        scale over the day (inversion: Cinlar, Introduction to Stochastic Processes, 1975, chapter 4). Higher rates
        bring the same orders sooner, and more.
        """
        number, expected = 0, 0.0
        wanted = self._gap(number, seed)
        begin_s = start_s
        while begin_s < end_s:
            until_s = min(end_s, begin_s + _to_next_hour_s(begin_s, self.timezone))
            rate = self.table.orders_per_hour[local_hour(begin_s, self.timezone)] * self.table.factor / _HOUR_S
            here = rate * (until_s - begin_s)
            while wanted < expected + here:
                yield min(begin_s + int((wanted - expected) / rate), until_s - 1)
                number += 1
                wanted += self._gap(number, seed)
            expected += here
            begin_s = until_s

    def _gap(self, number: int, seed: int) -> float:
        return -math.log1p(-uniform(seed, "demand.gap", f"{self.table.id}-{number + 1:05}"))

    def _promised(self, order: Order, rng: np.random.Generator) -> Order:
        """Choose a service level by weight, among those on offer at that time; where none is, the first choice."""
        weights = [self.table.service_levels[level] for level in self.levels]
        times = rng.standard_exponential(len(weights)).tolist()
        slot_choice = rng.random()
        timed = zip(times, weights, self.levels, strict=True)
        ranked = sorted((time / weight, name) for time, weight, name in timed if weight > 0.0)
        wishes = [wish for _, name in ranked for wish in self._wishes(order, name, slot_choice)]
        on_offer = (wish for wish in wishes if self._is_on_offer(wish))
        return next(on_offer, wishes[0])

    def _is_on_offer(self, order: Order) -> bool:
        return isinstance(self.levels[order.service_level].promise(order, self.timezone), Interval)

    def _wishes(self, order: Order, level: str, slot_choice: float) -> Iterator[Order]:
        """Yield the order with a service level, and with each slot if it has slots, the chosen one first."""
        if self.levels[level].kind is not Kind.SLOT:
            yield replace(order, service_level=level)
            return
        choices = self.table.slots.choices
        for turn in range(choices):
            slot = self._slot(order.placed_s, (int(slot_choice * choices) + turn) % choices)
            yield replace(order, service_level=level, slot=slot)

    def _slot(self, placed_s: int, number: int) -> Interval:
        """Return one of the next slots: whole steps from local midnight, at least `lead_s` ahead."""
        slots = self.table.slots
        local = dt.datetime.fromtimestamp(placed_s, ZoneInfo(self.timezone))
        day = LocalDay(local.date(), self.timezone)
        clock_s = local.hour * _HOUR_S + local.minute * 60 + local.second + slots.lead_s
        step = -(-clock_s // slots.every_s) + number
        from_s = day.at_s(step * slots.every_s)
        return Interval(from_s, from_s + slots.length_s)


def demands_of(
    tables: ScenarioFile, source: Source, directory: Directory, stock: Sequence[StockRow]
) -> tuple[Demand, ...]:
    """Build the demands; what is wrong is noted, and left out."""
    demands = []
    for number, table in enumerate(tables.demand):
        path = ("demand", number)
        here = (*path, "service_levels")
        known = [must_know(source, here, level, directory.levels) for level in table.service_levels]
        if sum(table.service_levels.values()) <= 0.0:
            source.wrong(here, "all weights are zero; give at least one above")
        places = places_of(tables, source, number)
        baskets = baskets_of(table.basket, source, number, directory, stock)
        if places is None or baskets is None or not all(known):
            continue
        levels = {level: directory.levels[level] for level in table.service_levels}
        demands.append(Demand(table=table, timezone=tables.timezone, levels=levels, places=places, baskets=baskets))
    return tuple(demands)


def _to_next_hour_s(at_s: int, timezone: str) -> int:
    """Return the seconds to the next full hour of the local clock."""
    local = dt.datetime.fromtimestamp(at_s, ZoneInfo(timezone))
    return _HOUR_S - local.minute * 60 - local.second
