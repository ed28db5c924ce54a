"""Which stores lost orders because something had run out."""

from __future__ import annotations

from collections import Counter

from dispatch.codes import Code
from dispatch.decision import LETTER_OF, Decision
from dispatch.model import Order
from scenarios.scenario import Scenario

_OUT_OF_STOCK = LETTER_OF[Code.OUT_OF_STOCK]


class Shortages:
    """Counts, by store, the orders that came within its reach and lacked something there that it carries."""

    def __init__(self, scenario: Scenario) -> None:
        self.orders: Counter[str] = Counter()
        self._carries = {(row.store, row.sku) for row in scenario.stock}
        # A decision names a source by its only store, or by its site where several stores share it.
        self._stores: dict[str, list[str]] = {name: [name] for name in scenario.directory.stores}
        for store in scenario.directory.stores.values():
            self._stores.setdefault(store.site, []).append(store.id)

    def count(self, decision: Decision, order: Order) -> None:
        """Take one decision and the order it was made for."""
        if _OUT_OF_STOCK not in decision.seen.letters:
            return
        for row, letter in enumerate(decision.seen.letters):
            if letter != _OUT_OF_STOCK:
                continue
            short = {
                need.sku
                for need, stock in zip(decision.needs, decision.seen.stock, strict=True)
                if 0 <= stock[row] < need.quantity
            }
            for store in self._stores[decision.seen.sources[row]]:
                allowed = {line.sku for line in order.lines if line.stores is None or store in line.stores}
                if any((store, sku) in self._carries for sku in short & allowed):
                    self.orders[store] += 1
