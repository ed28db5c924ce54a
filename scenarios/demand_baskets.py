"""What generated orders contain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.directory import Directory
from dispatch.model import Line
from scenarios.build_directory import must_know
from scenarios.build_stock import matching
from scenarios.demand_places import Weighted
from scenarios.read import Source
from scenarios.scenario import StockRow
from scenarios.schema_demand import BasketTable


@dataclass(frozen=True, slots=True)
class Shelf:
    """Skus to choose from, the popular ones first: rank r is chosen in proportion to 1 / r ** exponent (Zipf's law)."""

    skus: tuple[str, ...]
    exponent: float

    def draw(self, rng: np.random.Generator, count: int) -> list[str]:
        """Draw different skus, at most as many as there are, by their popularity.

        The smallest of exponential times with these rates come first: weighted sampling without replacement (Efraimidis
        and Spirakis, 2006). A sku's time does not depend on which others there are.
        """
        times = rng.standard_exponential(len(self.skus)) * np.arange(1, len(self.skus) + 1) ** self.exponent
        return [self.skus[place] for place in np.argsort(times, kind="stable")[:count].tolist()]


class _Counts:
    """Draws whole numbers by their weights."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._numbers = [int(number) for number in weights]
        self._weighted = Weighted(list(weights.values()))

    def draw(self, rng: np.random.Generator) -> int:
        return self._numbers[self._weighted.draw(rng)]


@dataclass(frozen=True, slots=True)
class Baskets:
    """Draws baskets: lines, and whether the order may be split."""

    directory: Directory
    lines: _Counts
    units: _Counts
    split_allowed: float
    shelf: Shelf
    merchants: Shelf
    per_basket: _Counts
    shelves: Mapping[str, Shelf]

    def draw(self, rng: np.random.Generator) -> tuple[tuple[Line, ...], bool]:
        """Draw a basket."""
        split = bool(rng.random() < self.split_allowed)
        count = self.lines.draw(rng)
        chosen: list[tuple[str, frozenset[str] | None]] = []
        if self.shelves:
            merchants = self.merchants.draw(rng, min(self.per_basket.draw(rng), count))
            for place, merchant in enumerate(merchants):
                share = len(range(place, count, len(merchants)))
                chosen += [(sku, frozenset({merchant})) for sku in self.shelves[merchant].draw(rng, share)]
        else:
            chosen = [(sku, None) for sku in self.shelf.draw(rng, count)]
        lines = tuple(
            Line(
                id=str(number + 1),
                sku=sku,
                quantity=self.units.draw(rng),
                unit_price=self.directory.items[sku].price,
                stores=stores,
            )
            for number, (sku, stores) in enumerate(chosen)
        )
        return lines, split


def baskets_of(
    table: BasketTable, source: Source, number: int, directory: Directory, stock: Sequence[StockRow]
) -> Baskets | None:
    """Build the baskets of a demand; what is wrong is noted, and then there are none."""
    path = ("demand", number, "basket")
    for key in ("lines", "units", "merchants"):
        if sum(getattr(table, key).values()) <= 0.0:
            source.wrong((*path, key), "all weights are zero; give at least one above")
    skus = matching(table.skus, directory.items)
    if not skus:
        source.wrong((*path, "skus"), "there is no such item to order; list items, or other skus")
        return None
    shelves: dict[str, Shelf] = {}
    if table.mall is not None:
        if not must_know(source, (*path, "mall"), table.mall, directory.sites):
            return None
        shelves = _shelves(table.mall, table.popularity, skus, directory, stock)
        if not shelves:
            source.wrong((*path, "mall"), f"no store at {table.mall} has stock of these skus")
            return None
    return Baskets(
        directory=directory,
        lines=_Counts(table.lines),
        units=_Counts(table.units),
        split_allowed=table.split_allowed,
        shelf=Shelf(tuple(skus), table.popularity),
        merchants=Shelf(tuple(shelves), table.merchant_popularity),
        per_basket=_Counts(table.merchants),
        shelves=shelves,
    )


def _shelves(
    site: str, exponent: float, skus: Sequence[str], directory: Directory, stock: Sequence[StockRow]
) -> dict[str, Shelf]:
    """Return what each merchant of a site has, in the order of items."""
    wanted = set(skus)
    found: dict[str, list[str]] = {store.id: [] for store in directory.stores.values() if store.site == site}
    for row in stock:
        if row.store in found and row.sku in wanted and row.quantity > 0:
            found[row.store].append(row.sku)
    return {store: Shelf(tuple(shelf), exponent) for store, shelf in found.items() if shelf}
