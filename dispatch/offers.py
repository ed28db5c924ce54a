"""One order, the sources in its reach, and the offers found among them: the words that judging them shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from dispatch.candidates import NO_LIMIT, IntArray, Places
from dispatch.cover import STAGE, Cover, Judged
from dispatch.eligibility import Wish
from dispatch.intake import Intake
from dispatch.ledger.protocol import Choice, StockView
from dispatch.model import Order
from dispatch.prepare import MIXED, Columns

Free = dict[tuple[int, str], int]
"""Units that may be taken, by store number and sku."""


class Case(NamedTuple):
    """One order to be decided, with everything that does not change while its sources are judged.

    `columns` are the order's own; `zone` and `hard` as of `Prepared`; `views` read the stock of the zones' stores.
    """

    order: Order
    intake: Intake
    wish: Wish
    columns: Columns
    stores_in_reach: IntArray
    zone: int
    hard: bool
    views: Sequence[StockView]
    places: Places

    def stores_of(self, row: int) -> list[int]:
        """Return the numbers of a row's stores in reach."""
        first = self.columns.first[row]
        found: list[int] = self.stores_in_reach[first : first + self.columns.width[row]].tolist()
        return found

    def stock(self, stores: IntArray, skus: Sequence[str]) -> IntArray:
        """Return what the ledgers say is available, (skus, stores): stores by number."""
        places, now_s = self.places, self.wish.now_s
        found = np.zeros((len(skus), len(stores)), dtype=np.int64)
        zones = places.zone_number[stores]
        for number in set(zones.tolist()):
            inside = np.flatnonzero(zones == number)
            positions = places.place_in_zone[stores[inside]]
            found[:, inside] = self.views[number].available(skus, positions, now_s=now_s)
        return found

    def perhaps_full(self, rows: IntArray) -> IntArray:
        """Return those of some rows whose first store may have a bucket without a free place."""
        columns, limits = self.columns, self.places.limits
        if self.zone == MIXED:
            return rows[limits[columns.store[rows]] < NO_LIMIT]
        return rows[self.views[self.zone].fullest(columns.place[rows]) >= limits[columns.store[rows]]]

    def stock_of_rows(self) -> IntArray:
        """Return what is available of every need (rows) at the first store of every row (columns)."""
        if self.zone == MIXED:
            return self.stock(self.columns.store, self.intake.skus)
        return self.views[self.zone].available(self.intake.skus, self.columns.place, now_s=self.wish.now_s)


class Found(NamedTuple):
    """An offer, and how it would be done.

    `legs` are rows in the order in which a courier would collect, `ready_s` when each is packed. `cover` is None where
    one store gives the whole order as it was ordered.
    """

    terms: tuple[int, ...]
    stores: tuple[str, ...]
    arrive_s: int
    zone: str
    choice: Choice
    legs: tuple[int, ...]
    ready_s: tuple[int, ...]
    cover: Cover | None


@dataclass(slots=True)
class Findings:
    """What was found on every source.

    Attributes
    ----------
    letters
        One of `decision.LETTERS` a row.
    figures
        Of the rows whose letter has one.
    stock
        (needs, rows): units that the source's best store could give; -1 where none of its stores is allowed.
    offers
        In rank order.
    plain
        Whether the offers are just the rows without a refusal, ranked as they are.
    arrive_s
        (rows,), where `plain`: when a courier would be at the door.
    failed
        Of the ways over several sites, or with substitutes, that came to nothing: the one that came furthest.
    """

    letters: str
    figures: dict[int, int]
    stock: IntArray
    offers: Sequence[Found]
    plain: bool = False
    arrive_s: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    failed: Judged | None = None

    def fail(self, judged: Judged) -> None:
        """Keep the failure that came furthest, and of those the one with the least figure."""
        if judged.code is not None and (self.failed is None or _furthest(judged) > _furthest(self.failed)):
            self.failed = judged


def ranked(offers: Sequence[Found]) -> list[Found]:
    """Return offers in rank order: terms, then ids."""
    return sorted(offers, key=lambda offer: (offer.terms, offer.stores))


def _furthest(judged: Judged) -> tuple[int, int]:
    return (-1 if judged.code is None else STAGE[judged.code], -judged.figure)
