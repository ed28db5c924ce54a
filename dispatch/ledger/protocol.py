"""What every ledger does: holds in two phases, stock that moves between states and is conserved.

The model is TigerBeetle's two-phase transfer: a hold is committed, released or expires, one of the three, once. The
caller chooses the hold's id; a retry under the same id gets the first answer; a second resolution is an error of its
own.

Units of a (store, sku) are in one of these states, and ``received = on_hand + picked + on_courier + quarantine +
delivered + lost`` at all times. On hand are the units on the shelf; *held* and *allocated* are parts of it that are
spoken for. At every commit ``held + allocated <= on_hand - buffer``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt


class Demand(NamedTuple):
    """So many units of a sku at a store."""

    store: str
    sku: str
    quantity: int


class Claim(NamedTuple):
    """One order's place in a capacity bucket of a store; `limit` is what the bucket may take."""

    store: str
    bucket_s: int
    limit: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One complete way to serve an order: every demand and every claim, or none. All of one zone."""

    demands: tuple[Demand, ...]
    claims: tuple[Claim, ...] = ()


class Shortfall(NamedTuple):
    """Why a choice was not held: so many units (or places, where `sku` is empty) are missing."""

    store: str
    sku: str
    missing: int


@dataclass(frozen=True, slots=True)
class HoldResult:
    """The answer to a hold: the number of the choice that was taken, or None and, per choice, what was short."""

    hold: str
    taken: int | None
    expires_s: int
    shortfalls: tuple[tuple[Shortfall, ...], ...] = ()


class HoldState(StrEnum):
    """Where a hold stands."""

    OPEN = "open"
    COMMITTED = "committed"
    RELEASED = "released"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Units of one sku at one store, by state."""

    on_hand: int = 0
    buffer: int = 0
    held: int = 0
    allocated: int = 0
    picked: int = 0
    on_courier: int = 0
    quarantine: int = 0
    delivered: int = 0
    lost: int = 0
    received: int = 0

    @property
    def available(self) -> int:
        """Units that a new hold may take; below zero where a feed or a short pick left a shortfall."""
        return self.on_hand - self.buffer - self.held - self.allocated


class StockView(Protocol):
    """Reads stock and capacity at stores named by their positions in a fixed list: one read for a whole order."""

    def available(self, skus: Sequence[str], positions: npt.NDArray[np.int64], *, now_s: int) -> npt.NDArray[np.int64]:
        """Return what new holds could take: an array of its own, (skus, positions)."""
        ...

    def fullest(self, positions: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return a number of places for each store: in none of its buckets are more taken.

        Where that is below the store's limit, as it mostly is, no bucket need be looked up.
        """
        ...


class Ledger(Protocol):
    """One zone's stock and capacity.

    Every method is one commit: it happens wholly or not at all. `now_s` is the zone's clock; expiry is judged when
    read. At most 16 choices are passed to a hold, in rank order; the first that can be taken whole is taken.
    """

    def receive(self, demands: Sequence[Demand], *, now_s: int) -> None:
        """Put units on the shelf."""
        ...

    def set_buffer(self, store: str, sku: str, *, quantity: int) -> None:
        """Keep so many units back from sale."""
        ...

    def available(self, store: str, sku: str, *, now_s: int) -> int:
        """Return what a new hold could take."""
        ...

    def view(self, stores: Sequence[str]) -> StockView:
        """Return what reads `available` for some of these stores and many skus at once."""
        ...

    def claimed(self, store: str, bucket_s: int, *, now_s: int) -> int:
        """Return how many places of the bucket are taken."""
        ...

    def hold(self, hold_id: str, choices: Sequence[Choice], *, expires_s: int, now_s: int) -> HoldResult:
        """Take the first choice that can be taken whole.

        Raises
        ------
        HoldMismatchError
            If `hold_id` was used for other choices before.
        """
        ...

    def extend(self, hold_id: str, *, expires_s: int, now_s: int) -> None:
        """Move the expiry of an open hold to `expires_s`; earlier than it stands changes nothing.

        Raises
        ------
        HoldNotFoundError, HoldResolvedError
            If there is no such hold, or it has ended.
        """
        ...

    def commit(self, hold_id: str, *, now_s: int) -> None:
        """Turn held units into allocated ones. A repeated commit is no error; one after release or expiry is.

        Raises
        ------
        HoldNotFoundError, HoldResolvedError
        """
        ...

    def release(self, hold_id: str, *, now_s: int) -> None:
        """Give an open hold back. A repeated release is no error; one after commit or expiry is.

        Raises
        ------
        HoldNotFoundError, HoldResolvedError
        """
        ...

    def state(self, hold_id: str, *, now_s: int) -> HoldState:
        """Return where a hold stands.

        Raises
        ------
        HoldNotFoundError
        """
        ...

    def unallocate(self, hold_id: str, demands: Sequence[Demand], *, now_s: int) -> None:
        """Give allocated, unpicked units of a committed hold back to sale (the order was cancelled or given up)."""
        ...

    def pick(self, hold_id: str, demands: Sequence[Demand], *, now_s: int) -> None:
        """Allocated units leave the shelf for the packing bench."""
        ...

    def put_back(self, hold_id: str, demands: Sequence[Demand], *, now_s: int) -> None:
        """Picked units go back to the shelf (the order was cancelled or given up before a courier took it)."""
        ...

    def load(self, hold_id: str, demands: Sequence[Demand], *, now_s: int) -> None:
        """Picked units go on board of a courier."""
        ...

    def deliver(self, hold_id: str, demands: Sequence[Demand], *, now_s: int) -> None:
        """Units on board are handed over at the door."""
        ...

    def accept_return(self, hold_id: str, demands: Sequence[Demand], *, sellable: bool, now_s: int) -> None:
        """Units on board come back to their store: to the shelf, or to quarantine."""
        ...

    def balance(self, store: str, sku: str, *, now_s: int) -> Balance:
        """Return the units by state."""
        ...

    def balances(self, *, now_s: int) -> Sequence[tuple[str, str, Balance]]:
        """Return every (store, sku, balance), sorted."""
        ...
