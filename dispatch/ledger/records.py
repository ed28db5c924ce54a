"""What a ledger in memory keeps of a (store, sku) and of a hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from dispatch.errors import ModelError, StockStateError
from dispatch.ledger.protocol import Balance, Choice, Claim, Demand, HoldResult, HoldState

MAX_UNITS = 2**53 - 1
"""Of one sku at one store: what every language that reads a ledger can count to."""


class Place(Enum):
    """Where a unit of a committed hold is, or ends up."""

    ALLOCATED = "allocated"
    PICKED = "picked"
    ON_COURIER = "on_courier"
    SHELF = "on_hand"
    DELIVERED = "delivered"
    QUARANTINE = "quarantine"


class Units:
    """Units of one sku at one store, by state: a `Balance` that can be written."""

    __slots__ = (
        "allocated",
        "buffer",
        "delivered",
        "held",
        "lost",
        "on_courier",
        "on_hand",
        "picked",
        "quarantine",
        "received",
    )

    def __init__(self, on_hand: int) -> None:
        self.on_hand = self.received = on_hand
        self.buffer = self.held = self.allocated = self.picked = 0
        self.on_courier = self.quarantine = self.delivered = self.lost = 0

    def move(self, quantity: int, origin: Place, target: Place) -> None:
        """Book units from a place to another. What is allocated stands on the shelf, and leaves it when it moves."""
        if origin is Place.ALLOCATED:
            self.on_hand -= quantity
        setattr(self, origin.value, getattr(self, origin.value) - quantity)
        setattr(self, target.value, getattr(self, target.value) + quantity)

    def balance(self) -> Balance:
        """Return the figures as a value."""
        return Balance(**{name: getattr(self, name) for name in self.__slots__})


class Hold:
    """A hold that took a choice, and, once committed, where its units are."""

    __slots__ = ("_given_back", "_where", "choice", "expires_s", "fingerprint", "number", "result", "state")

    def __init__(self, result: HoldResult, number: int, choice: Choice, fingerprint: int, expires_s: int) -> None:
        self.result = result
        self.number = number
        self.choice = choice
        self.fingerprint = fingerprint
        self.expires_s = expires_s
        self.state = HoldState.OPEN
        # Both made with the first move: most holds of a busy ledger are never looked at again.
        self._where: dict[Place, dict[tuple[str, str], int]] | None = None
        self._given_back: dict[str, int] = {}

    def check(self, wanted: Mapping[tuple[str, str], int], origin: Place) -> None:
        """Refuse a move of more units than the hold has at that place.

        Raises
        ------
        StockStateError
            Names store, sku and figures.
        """
        there = self._at(origin)
        for (store, sku), quantity in wanted.items():
            if quantity > (has := there.get((store, sku), 0)):
                raise StockStateError(
                    f"hold {self.result.hold} has {has} of {sku} at {store} {origin.value}, not {quantity}"
                )

    def move(self, store: str, sku: str, quantity: int, origin: Place, target: Place) -> None:
        """Book units from a place to another."""
        self._at(origin)[store, sku] -= quantity
        there = self._at(target)
        there[store, sku] = there.get((store, sku), 0) + quantity
        if origin is Place.ALLOCATED and target is Place.SHELF:
            self._given_back[store] = self._given_back.get(store, 0) + quantity

    def untouched_given_back(self, store: str) -> bool:
        """Say whether all of the hold's units of a store went back to sale before any was picked."""
        total = sum(demand.quantity for demand in self.choice.demands if demand.store == store)
        return 0 < total == self._given_back.get(store, 0)

    def spoken_for(self) -> Iterator[tuple[tuple[str, str], tuple[int, int, int, int]]]:
        """Yield units held, allocated, picked and on courier by store and sku."""
        totals = wanted_by(self.choice.demands)
        if self.state is HoldState.OPEN:
            yield from ((key, (quantity, 0, 0, 0)) for key, quantity in totals.items())
        elif self.state is HoldState.COMMITTED:
            places = [self._at(place) for place in (Place.ALLOCATED, Place.PICKED, Place.ON_COURIER)]
            for key in totals:
                allocated, picked, on_courier = (there.get(key, 0) for there in places)
                yield key, (0, allocated, picked, on_courier)

    def claims_kept(self) -> Iterator[Claim]:
        """Yield the places in buckets that the hold takes."""
        if self.state is HoldState.OPEN:
            yield from self.choice.claims
        elif self.state is HoldState.COMMITTED:
            yield from (claim for claim in self.choice.claims if not self.untouched_given_back(claim.store))

    def _at(self, place: Place) -> dict[tuple[str, str], int]:
        if self._where is None:
            self._where = {each: {} for each in Place}
            self._where[Place.ALLOCATED] = wanted_by(self.choice.demands)
        return self._where[place]


def wanted_by(demands: Sequence[Demand]) -> dict[tuple[str, str], int]:
    """Return units by store and sku, summed.

    Raises
    ------
    ModelError
        If a quantity is not a whole number above zero (True and 1.0 are none).
    """
    wanted: dict[tuple[str, str], int] = {}
    for store, sku, quantity in demands:
        if type(quantity) is not int or not 0 < quantity <= MAX_UNITS:
            raise ModelError("demand.quantity", f"{quantity!r} of {sku} at {store}: give a whole number, 1 or more")
        key = (store, sku)
        wanted[key] = wanted.get(key, 0) + quantity
    return wanted
