"""Units that new holds may take, as a table of skus and stores: made to be read for many stores at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]


class Shelves:
    """A table of whole numbers by sku (rows) and store (columns) that grows; what was never written is zero.

    It takes 8 bytes for every sku and store of the zone, whether the store carries the sku or not. All stores of a sku
    stand side by side, so that a read for an order stays in the cache, which a dictionary misses at every step.
    """

    def __init__(self) -> None:
        # Row 0 is of the skus that nobody has.
        self._rows: dict[str, int] = {}
        self._columns: dict[str, int] = {}
        self._table = np.zeros((16, 16), dtype=np.int64)

    def get(self, store: str, sku: str) -> int:
        """Return one number."""
        column = self._columns.get(store)
        return 0 if column is None else self._table.item(self._rows.get(sku, 0), column)

    def add(self, store: str, sku: str, quantity: int) -> None:
        """Add to one number."""
        row, column = self._row(sku), self._column(store)
        self._table[row, column] += quantity

    def add_many(self, quantities: Mapping[tuple[str, str], int]) -> None:
        """Add to many numbers, by store and sku."""
        columns = [self._column(store) for store, _ in quantities]
        rows = [self._row(sku) for _, sku in quantities]
        self._table[rows, columns] += np.fromiter(quantities.values(), dtype=np.int64, count=len(quantities))

    def columns_of(self, stores: Sequence[str]) -> IntArray:
        """Return where stores stand, for `table_of`; stores without a number yet get one."""
        return np.array([self._column(store) for store in stores], dtype=np.int64)

    def table_of(self, skus: Sequence[str], columns: IntArray) -> IntArray:
        """Return the numbers of some skus (rows) and stores (columns)."""
        table, row_of = self._table, self._rows.get
        found = np.empty((len(skus), len(columns)), dtype=np.int64)
        # Row by row: five times as fast as all at once.
        for number, sku in enumerate(skus):
            table[row_of(sku, 0)].take(columns, out=found[number], mode="clip")
        return found

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield every store and sku whose number is not zero."""
        stores, skus = list(self._columns), ["", *self._rows]
        for row, column in zip(*(axis.tolist() for axis in np.nonzero(self._table)), strict=True):
            yield stores[column], skus[row]

    def _row(self, sku: str) -> int:
        row = self._rows.get(sku)
        if row is None:
            row = self._rows[sku] = len(self._rows) + 1
            if row == self._table.shape[0]:
                self._grow(axis=0)
        return row

    def _column(self, store: str) -> int:
        column = self._columns.get(store)
        if column is None:
            column = self._columns[store] = len(self._columns)
            if column == self._table.shape[1]:
                self._grow(axis=1)
        return column

    def _grow(self, *, axis: int) -> None:
        self._table = np.concatenate((self._table, np.zeros_like(self._table)), axis=axis)
