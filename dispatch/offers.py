"""One order, the sources in its reach, and the offers found among them: the words that judging them shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dispatch.candidates import Places
from dispatch.cover import STAGE, Cover, Judged
from dispatch.eligibility import SiteTimes, Wish
from dispatch.intake import Intake
from dispatch.ledger.protocol import Choice, Ledger
from dispatch.model import Order

Free = dict[tuple[int, str], int]
"""Units that may be taken, by store number and sku."""


class Rows(NamedTuple):
    """The sites in reach of one order as columns, in rank order: travel time, then distance, then id.

    `site` and `store` are numbers of `Places`; `store` is the first of the row's stores in reach, which are
    ``stores_in_reach[first:first + width]``. `ready_s`, `arrive_s` are those of `Timetable.times_of_rows`.
    """

    site: list[int]
    store: list[int]
    first: list[int]
    width: list[int]
    travel_s: list[int]
    distance_m: list[int]
    ready_s: list[int]
    arrive_s: list[int]


@dataclass(frozen=True, slots=True)
class Case:
    """One order to be decided, with everything that does not change while its sources are judged."""

    order: Order
    intake: Intake
    wish: Wish
    rows: Rows
    stores_in_reach: Sequence[int]
    ledgers: Mapping[str, Ledger]
    places: Places

    def stores_of(self, row: int) -> list[int]:
        """Return the numbers of a row's stores in reach."""
        first = self.rows.first[row]
        return list(self.stores_in_reach[first : first + self.rows.width[row]])

    def stock(self, stores: Sequence[int], skus: Sequence[str]) -> list[list[int]]:
        """Return what the ledgers say is available: per sku, a row of the stores (numbers)."""
        places, now_s = self.places, self.wish.now_s
        ids = places.store_ids
        names = [ids[store] for store in stores]
        if len(places.zones) == 1:
            return list(map(list, self.ledgers[places.zones[0]].available_many(names, skus, now_s=now_s)))
        by_zone: dict[str, list[int]] = {}
        for at, store in enumerate(stores):
            by_zone.setdefault(places.zone_of_store[store], []).append(at)
        found = [[0] * len(names) for _ in skus]
        for zone, where in by_zone.items():
            part = self.ledgers[zone].available_many([names[at] for at in where], skus, now_s=now_s)
            for target, units in zip(found, part, strict=True):
                for at, count in zip(where, units, strict=True):
                    target[at] = count
        return found


class Leg(NamedTuple):
    """One site of an offer, in the order in which a courier would collect: its row, and its times."""

    row: int
    times: SiteTimes


class Found(NamedTuple):
    """An offer, and how it would be done. `cover` is None where one store gives the whole order as it was ordered."""

    terms: tuple[int, ...]
    sites: tuple[str, ...]
    stores: tuple[str, ...]
    arrive_s: int
    zone: str
    choice: Choice
    legs: tuple[int, ...]
    ready_s: tuple[int, ...]
    cover: Cover | None


@dataclass(slots=True)
class Findings:
    """What was found on every source: a letter of `decision.LETTERS` and a figure a row, and what it could give.

    Attributes
    ----------
    stock
        Per need a row of units, one a source: what its best store could give; -1 where none of its stores is allowed.
    offers
        In rank order.
    failed
        Of the ways over several sites, or with substitutes, that came to nothing: the one that came furthest.
    """

    letters: list[str]
    figures: list[int]
    stock: list[list[int]]
    offers: list[Found] = field(default_factory=list)
    failed: Judged | None = None

    def fail(self, judged: Judged) -> None:
        """Keep the failure that came furthest, and of those the one with the least figure."""
        if judged.code is None:
            return
        if self.failed is None or _furthest(judged) > _furthest(self.failed):
            self.failed = judged

    def rank(self) -> None:
        """Put the offers into rank order: terms, then ids."""
        self.offers.sort(key=lambda offer: (offer.terms, offer.sites, offer.stores))


def _furthest(judged: Judged) -> tuple[int, int]:
    return (-1 if judged.code is None else STAGE[judged.code], -judged.figure)
