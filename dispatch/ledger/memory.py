"""A ledger in memory: one zone's stock and capacity for a simulation, or for one process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush

from dispatch.errors import (
    HoldMismatchError,
    HoldNotFoundError,
    HoldResolvedError,
    LedgerError,
    ModelError,
    StockStateError,
)
from dispatch.ledger.claims import Claims
from dispatch.ledger.proof import prove
from dispatch.ledger.protocol import Balance, Choice, Claim, Demand, HoldResult, HoldState, Shortfall
from dispatch.ledger.records import MAX_UNITS, Hold, Place, Units, wanted_by
from dispatch.ledger.shelves import IntArray, Shelves

MAX_CHOICES = 16
"""Of one hold."""


class MemoryView:
    """A `dispatch.ledger.protocol.StockView` of a ledger in memory."""

    def __init__(
        self,
        settle: Callable[[int], None],
        free: Shelves,
        claims: Claims,
        stores: Sequence[str],
    ) -> None:
        self._settle = settle
        self._free = free
        self._claims = claims
        self._columns = free.columns_of(stores)
        self._claim_columns = claims.columns_of(stores)

    def available(self, skus: Sequence[str], positions: IntArray, *, now_s: int) -> IntArray:
        """Return what new holds could take: (skus, positions)."""
        self._settle(now_s)
        return self._free.table_of(skus, self._columns[positions])

    def fullest(self, positions: IntArray) -> IntArray:
        """Return numbers of places that in no bucket of these stores more are taken than."""
        return self._claims.fullest(self._claim_columns[positions])


class MemoryLedger:
    """A `dispatch.ledger.protocol.Ledger` of dictionaries, and a table of what is free.

    A hold that took nothing leaves no trace: its id may be used again. A hold is open before its expiry and has expired
    from that second on. Reading at a second settles what has expired by then for good: time does not run backwards.
    """

    def __init__(self) -> None:
        # What a new hold may take. A (store, sku) that was only ever received has no other record: a large assortment
        # that nobody orders costs one number each.
        self._free = Shelves()
        self._units: dict[tuple[str, str], Units] = {}
        self._claims = Claims()
        self._holds: dict[str, Hold] = {}
        self._expiries: list[tuple[int, str]] = []

    # Reading

    def available(self, store: str, sku: str, *, now_s: int) -> int:
        """Return what a new hold could take."""
        self._settle(now_s)
        return self._free.get(store, sku)

    def view(self, stores: Sequence[str]) -> MemoryView:
        """Return what reads `available` for some of these stores and many skus at once."""
        return MemoryView(self._settle, self._free, self._claims, tuple(stores))

    def claimed(self, store: str, bucket_s: int, *, now_s: int) -> int:
        """Return how many places of the bucket are taken."""
        self._settle(now_s)
        return self._claims.of(store, bucket_s)

    def state(self, hold_id: str, *, now_s: int) -> HoldState:
        """Return where a hold stands."""
        self._settle(now_s)
        return self._hold(hold_id).state

    def balance(self, store: str, sku: str, *, now_s: int) -> Balance:
        """Return the units by state."""
        self._settle(now_s)
        units = self._units.get((store, sku))
        if units is None:
            on_hand = self._free.get(store, sku)
            return Balance(on_hand=on_hand, received=on_hand)
        return units.balance()

    def balances(self, *, now_s: int) -> list[tuple[str, str, Balance]]:
        """Return every (store, sku, balance), sorted."""
        self._settle(now_s)
        pairs = {*self._units, *self._free.pairs()}
        return [(store, sku, self.balance(store, sku, now_s=now_s)) for store, sku in sorted(pairs)]

    # Stock

    def receive(self, demands: Sequence[Demand], *, now_s: int) -> None:
        """Put units on the shelf."""
        self._settle(now_s)
        wanted = wanted_by(demands)
        for (store, sku), quantity in wanted.items():
            units = self._units.get((store, sku))
            received = units.received if units is not None else self._free.get(store, sku)
            if received + quantity > MAX_UNITS:
                raise StockStateError(
                    f"{store} cannot receive {quantity} of {sku}: {received} were received before, "
                    f"and a ledger counts to {MAX_UNITS}"
                )
        for (store, sku), quantity in wanted.items():
            units = self._units.get((store, sku))
            if units is not None:
                units.on_hand += quantity
                units.received += quantity
        self._free.add_many(wanted)

    def set_buffer(self, store: str, sku: str, *, quantity: int) -> None:
        """Keep so many units back from sale."""
        if type(quantity) is not int or not 0 <= quantity <= MAX_UNITS:
            raise ModelError("buffer", f"{quantity!r} of {sku} at {store}: give a whole number of units, 0 or more")
        units = self._touch(store, sku)
        self._free.add(store, sku, units.buffer - quantity)
        units.buffer = quantity

    # Holds

    def hold(self, hold_id: str, choices: Sequence[Choice], *, expires_s: int, now_s: int) -> HoldResult:
        """Take the first choice that can be taken whole."""
        self._settle(now_s)
        fingerprint = _check_choices(choices, expires_s=expires_s)
        known = self._holds.get(hold_id)
        if known is not None:
            if known.fingerprint != fingerprint or choices[known.number] != known.choice:
                raise HoldMismatchError(f"hold {hold_id} was used before for other choices: give every hold its own id")
            return known.result
        if expires_s <= now_s:
            raise ModelError("expires_s", f"{expires_s} is not after now, {now_s}: give a later second")
        shortfalls: list[tuple[Shortfall, ...]] = []
        for number, choice in enumerate(choices):
            wanted = wanted_by(choice.demands)
            short = self._short(wanted, choice.claims)
            if not short:
                result = HoldResult(hold_id, number, expires_s, tuple(shortfalls))
                self._holds[hold_id] = Hold(result, number, choice, fingerprint, expires_s)
                self._take(wanted, choice.claims)
                heappush(self._expiries, (expires_s, hold_id))
                return result
            shortfalls.append(short)
        return HoldResult(hold_id, None, expires_s, tuple(shortfalls))

    def extend(self, hold_id: str, *, expires_s: int, now_s: int) -> None:
        """Move the expiry of an open hold to `expires_s`; earlier than it stands changes nothing."""
        self._settle(now_s)
        hold = self._hold(hold_id)
        if type(expires_s) is not int:
            raise ModelError("expires_s", f"{expires_s!r}: give whole seconds")
        if hold.state is not HoldState.OPEN:
            raise HoldResolvedError(hold_id, hold.state)
        if expires_s > hold.expires_s:
            hold.expires_s = expires_s
            heappush(self._expiries, (expires_s, hold_id))

    def commit(self, hold_id: str, *, now_s: int) -> None:
        """Turn held units into allocated ones."""
        self._settle(now_s)
        hold = self._hold(hold_id)
        if hold.state is HoldState.COMMITTED:
            return
        if hold.state is not HoldState.OPEN:
            raise HoldResolvedError(hold_id, hold.state)
        hold.state = HoldState.COMMITTED
        for store, sku, quantity in hold.choice.demands:
            units = self._units[store, sku]
            units.held -= quantity
            units.allocated += quantity

    def release(self, hold_id: str, *, now_s: int) -> None:
        """Give an open hold back."""
        self._settle(now_s)
        hold = self._hold(hold_id)
        if hold.state is HoldState.RELEASED:
            return
        if hold.state is not HoldState.OPEN:
            raise HoldResolvedError(hold_id, hold.state)
        self._return_hold(hold, HoldState.RELEASED)

    # What happens to a committed hold's units

    def unallocate(self, hold_id: str, demands: Sequence[Demand], *, now_s: int) -> None:
        """Give allocated, unpicked units of a committed hold back to sale.

        When all of the hold's units of a store were given back before any was picked, so is its place in the bucket.
        """
        hold = self._move(hold_id, demands, Place.ALLOCATED, Place.SHELF, now_s=now_s)
        for store in dict.fromkeys(demand.store for demand in demands):
            if hold.untouched_given_back(store):
                self._claims.remove(claim for claim in hold.choice.claims if claim.store == store)

    def pick(self, hold_id: str, demands: Sequence[Demand], *, now_s: int) -> None:
        """Allocated units leave the shelf for the packing bench."""
        self._move(hold_id, demands, Place.ALLOCATED, Place.PICKED, now_s=now_s)

    def put_back(self, hold_id: str, demands: Sequence[Demand], *, now_s: int) -> None:
        """Picked units go back to the shelf."""
        self._move(hold_id, demands, Place.PICKED, Place.SHELF, now_s=now_s)

    def load(self, hold_id: str, demands: Sequence[Demand], *, now_s: int) -> None:
        """Picked units go on board of a courier."""
        self._move(hold_id, demands, Place.PICKED, Place.ON_COURIER, now_s=now_s)

    def deliver(self, hold_id: str, demands: Sequence[Demand], *, now_s: int) -> None:
        """Units on board are handed over at the door."""
        self._move(hold_id, demands, Place.ON_COURIER, Place.DELIVERED, now_s=now_s)

    def accept_return(self, hold_id: str, demands: Sequence[Demand], *, sellable: bool, now_s: int) -> None:
        """Units on board come back to their store: to the shelf, or to quarantine."""
        target = Place.SHELF if sellable else Place.QUARANTINE
        self._move(hold_id, demands, Place.ON_COURIER, target, now_s=now_s)

    # Proof

    def verify(self, *, now_s: int) -> None:
        """Prove every sum: units received are in exactly one state, and what is spoken for is what the holds speak for.

        Raises
        ------
        LedgerError
            At the first sum that does not hold; names store, sku and figures.
        """
        self._settle(now_s)
        prove(self._holds.values(), self._units, self._free, self._claims.taken)

    def conserved(self, *, now_s: int) -> bool:
        """Say whether `verify` finds nothing."""
        try:
            self.verify(now_s=now_s)
        except LedgerError:
            return False
        return True

    # Inside

    def _settle(self, now_s: int) -> None:
        while self._expiries and self._expiries[0][0] <= now_s:
            expires_s, hold_id = heappop(self._expiries)
            hold = self._holds[hold_id]
            if hold.state is HoldState.OPEN and hold.expires_s == expires_s:
                self._return_hold(hold, HoldState.EXPIRED)

    def _hold(self, hold_id: str) -> Hold:
        hold = self._holds.get(hold_id)
        if hold is None:
            raise HoldNotFoundError(f"there is no hold {hold_id}")
        return hold

    def _touch(self, store: str, sku: str) -> Units:
        units = self._units.get((store, sku))
        if units is None:
            units = self._units[store, sku] = Units(self._free.get(store, sku))
        return units

    def _short(self, wanted: Mapping[tuple[str, str], int], claims: Sequence[Claim]) -> tuple[Shortfall, ...]:
        short = []
        for (store, sku), quantity in wanted.items():
            missing = quantity - self._free.get(store, sku)
            if missing > 0:
                short.append(Shortfall(store, sku, missing))
        for claim in claims:
            places = 1 if len(claims) == 1 else sum(1 for other in claims if other[:2] == claim[:2])
            missing = self._claims.of(claim.store, claim.bucket_s) + places - claim.limit
            if missing > 0:
                short.append(Shortfall(claim.store, "", missing))
        return tuple(dict.fromkeys(short)) if short else ()

    def _take(self, wanted: Mapping[tuple[str, str], int], claims: Sequence[Claim]) -> None:
        for (store, sku), quantity in wanted.items():
            self._touch(store, sku).held += quantity
            self._free.add(store, sku, -quantity)
        self._claims.add(claims)

    def _return_hold(self, hold: Hold, state: HoldState) -> None:
        hold.state = state
        for store, sku, quantity in hold.choice.demands:
            self._units[store, sku].held -= quantity
            self._free.add(store, sku, quantity)
        self._claims.remove(hold.choice.claims)

    def _move(self, hold_id: str, demands: Sequence[Demand], origin: Place, target: Place, *, now_s: int) -> Hold:
        """Move units of a committed hold, or refuse before anything is written."""
        self._settle(now_s)
        hold = self._hold(hold_id)
        if hold.state is HoldState.OPEN:
            raise StockStateError(f"hold {hold_id} is open: commit it before its units are moved")
        if hold.state is not HoldState.COMMITTED:
            raise HoldResolvedError(hold_id, hold.state)
        wanted = wanted_by(demands)
        hold.check(wanted, origin)
        for (store, sku), quantity in wanted.items():
            hold.move(store, sku, quantity, origin, target)
            self._units[store, sku].move(quantity, origin, target)
            if target is Place.SHELF:
                self._free.add(store, sku, quantity)
        return hold


def _check_choices(choices: Sequence[Choice], *, expires_s: int) -> int:
    """Refuse choices that are none; return what tells them from others within this process."""
    if not 1 <= len(choices) <= MAX_CHOICES:
        raise ModelError("choices", f"{len(choices)} choices: give 1 to {MAX_CHOICES}")
    if type(expires_s) is not int:
        raise ModelError("expires_s", f"{expires_s!r}: give whole seconds")
    for choice in choices:
        if not choice.demands:
            raise ModelError("choice.demands", "a choice demands nothing: give at least one demand")
        for _, _, quantity in choice.demands:
            if type(quantity) is not int or not 0 < quantity <= MAX_UNITS:
                raise ModelError("demand.quantity", f"{quantity!r}: give a whole number of units, 1 or more")
        for _, bucket_s, limit in choice.claims:
            if type(bucket_s) is not int or type(limit) is not int or limit < 0:
                raise ModelError("claim", f"bucket {bucket_s!r}, limit {limit!r}: give whole numbers, limit 0 or more")
    return hash((tuple([choice.demands for choice in choices]), tuple([choice.claims for choice in choices])))
