"""From the tables of a scenario to the stock on the shelves when the day begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from dispatch.directory import Directory
from scenarios.build_directory import must_know
from scenarios.read import Source
from scenarios.scenario import StockRow
from scenarios.schema import ScenarioFile
from scenarios.schema_places import StockRuleTable
from scenarios.streams import stream


def stock_of(tables: ScenarioFile, source: Source, directory: Directory, *, seed: int) -> tuple[StockRow, ...]:
    """Build the stock, by store and sku in the order of the directory; later rules replace earlier, rows replace rules.

    A rule's figures are drawn for each store and sku from a stream of their own.
    """
    found: dict[tuple[str, str], StockRow] = {}
    for number, rule in enumerate(tables.stock_rules):
        path = ("stock_rules", number)
        stores = _chosen(source, (*path, "stores"), rule.stores, directory.stores)
        skus = _chosen(source, (*path, "skus"), rule.skus, directory.items)
        if rule.quantity[0] > rule.quantity[1]:
            source.wrong((*path, "quantity"), f"{list(rule.quantity)}: give the least first, [least, most]")
            continue
        for store in stores:
            for sku in skus:
                drawn = _drawn(rule, store, sku, seed=seed)
                if drawn is not None:
                    found[store, sku] = drawn
    listed: set[tuple[str, str]] = set()
    for number, row in enumerate(tables.stock):
        path = ("stock", number)
        must_know(source, (*path, "store"), row.store, directory.stores)
        must_know(source, (*path, "sku"), row.sku, directory.items)
        if (row.store, row.sku) in listed:
            source.wrong(path, f"{row.sku} in {row.store} is there twice; give one quantity")
        listed.add((row.store, row.sku))
        found[row.store, row.sku] = StockRow(store=row.store, sku=row.sku, quantity=row.quantity, buffer=row.buffer)
    order = {store: number for number, store in enumerate(directory.stores)}
    items = {sku: number for number, sku in enumerate(directory.items)}
    known = [row for row in found.values() if row.store in order and row.sku in items]
    return tuple(sorted(known, key=lambda row: (order[row.store], items[row.sku])))


def matching(patterns: Sequence[str], words: Iterable[str]) -> list[str]:
    """Return the words that any pattern matches, in their own order."""
    if "*" in patterns:
        return list(words)
    return [word for word in words if any(fnmatchcase(word, pattern) for pattern in patterns)]


def _chosen(source: Source, path: tuple[str | int, ...], patterns: Sequence[str], words: Iterable[str]) -> list[str]:
    words = list(words)
    for pattern in patterns:
        if pattern != "*" and not matching([pattern], words):
            must_know(source, path, pattern, words)
    return matching(patterns, words)


def _drawn(rule: StockRuleTable, store: str, sku: str, *, seed: int) -> StockRow | None:
    least, most = rule.quantity
    quantity = least
    if least != most or rule.carried < 1.0:
        rng = stream(seed, "stock", f"{store}/{sku}")
        carried, quantity = rng.random() < rule.carried, int(rng.integers(least, most, endpoint=True))
        if not carried:
            return None
    return StockRow(store=store, sku=sku, quantity=quantity, buffer=rule.buffer)
