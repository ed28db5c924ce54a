"""Places taken of buckets of capacity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from dispatch.ledger.protocol import Claim
from dispatch.ledger.shelves import IntArray


class Claims:
    """How many places of each store's buckets are taken, and at once for many stores how many at most."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, int], int] = {}
        self._columns: dict[str, int] = {}
        # Never lowered: a store whose fullest bucket was given back is looked at once too often.
        self._fullest = np.zeros(16, dtype=np.int64)

    @property
    def taken(self) -> Mapping[tuple[str, int], int]:
        """Places taken, by store and bucket."""
        return self._taken

    def of(self, store: str, bucket_s: int) -> int:
        """Return how many places of a bucket are taken."""
        return self._taken.get((store, bucket_s), 0)

    def add(self, claims: Iterable[Claim]) -> None:
        """Take a place for each claim."""
        for claim in claims:
            key = claim[:2]
            taken = self._taken[key] = self._taken.get(key, 0) + 1
            column = self._column(claim.store)
            if taken > self._fullest[column]:
                self._fullest[column] = taken

    def remove(self, claims: Iterable[Claim]) -> None:
        """Give back the place of each claim."""
        for claim in claims:
            self._taken[claim[:2]] -= 1

    def columns_of(self, stores: Sequence[str]) -> IntArray:
        """Return where stores stand, for `fullest`."""
        return np.array([self._column(store) for store in stores], dtype=np.int64)

    def fullest(self, columns: IntArray) -> IntArray:
        """Return for each store a number of places that in none of its buckets more are taken than."""
        return self._fullest[columns]

    def _column(self, store: str) -> int:
        column = self._columns.get(store)
        if column is None:
            column = self._columns[store] = len(self._columns)
            if column == len(self._fullest):
                self._fullest = np.concatenate((self._fullest, np.zeros_like(self._fullest)))
        return column
