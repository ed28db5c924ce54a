"""The proof that a ledger's sums hold: nothing is lost, and nothing is spoken for twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from dispatch.errors import LedgerError
from dispatch.ledger.records import Hold, Units
from dispatch.ledger.shelves import Shelves


def prove(
    holds: Iterable[Hold],
    units: Mapping[tuple[str, str], Units],
    free: Shelves,
    claims: Mapping[tuple[str, int], int],
) -> None:
    """Check that every unit received is in one state, and that balances, free units and claims are what the holds say.

    Parameters
    ----------
    holds
        All that were ever taken.
    units
        By store and sku; a pair without an entry was only ever received.
    free
        Units that a new hold may take.
    claims
        Places taken, by store and bucket.

    Raises
    ------
    LedgerError
        At the first sum that does not hold; names store, sku and figures.
    """
    spoken: dict[tuple[str, str], list[int]] = {}
    kept: Counter[tuple[str, int]] = Counter()
    for hold in holds:
        for key, figures in hold.spoken_for():
            sums = spoken.setdefault(key, [0] * len(figures))
            for state, quantity in enumerate(figures):
                sums[state] += quantity
        kept.update((claim.store, claim.bucket_s) for claim in hold.claims_kept())
    for (store, sku), record in units.items():
        balance = record.balance()
        said = spoken.pop((store, sku), [0, 0, 0, 0])
        booked = [balance.held, balance.allocated, balance.picked, balance.on_courier]
        ended = balance.quarantine + balance.delivered + balance.lost
        whole = balance.on_hand + balance.picked + balance.on_courier + ended == balance.received
        if not whole or booked != said or balance.available != free.get(store, sku) or min(booked) < 0:
            raise LedgerError(f"{sku} at {store} does not add up: {balance}; its holds speak for {said}")
    if spoken:
        raise LedgerError(f"holds speak for units that no store has: {sorted(spoken)}")
    if +kept != +Counter(claims):
        raise LedgerError(
            f"holds take places {sorted((+kept).items())}, booked are {sorted((+Counter(claims)).items())}"
        )
