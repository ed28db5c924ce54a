"""The proof finds what does not add up."""

from collections.abc import Callable

import pytest

from dispatch.errors import LedgerError
from dispatch.ledger.memory import MemoryLedger
from dispatch.ledger.protocol import Choice, Claim, Demand


def _ledger() -> MemoryLedger:
    ledger = MemoryLedger()
    ledger.receive([Demand("a", "milk", 9)], now_s=0)
    for name in ("h1", "h2"):
        ledger.hold(name, [Choice((Demand("a", "milk", 2),), (Claim("a", 0, 9),))], expires_s=10, now_s=0)
    ledger.commit("h1", now_s=0)
    ledger.pick("h1", [Demand("a", "milk", 1)], now_s=0)
    return ledger


def _lose_a_unit(ledger: MemoryLedger) -> None:
    ledger._units["a", "milk"].on_hand -= 1


def _book_held_units_nobody_holds(ledger: MemoryLedger) -> None:
    ledger._units["a", "milk"].held += 1


def _sell_what_is_held(ledger: MemoryLedger) -> None:
    ledger._free.add("a", "milk", 1)


def _forget_the_units(ledger: MemoryLedger) -> None:
    del ledger._units["a", "milk"]


def _forget_a_claim(ledger: MemoryLedger) -> None:
    ledger._claims.remove([Claim("a", 0, 1)])


def test_a_sound_ledger_is_proved() -> None:
    """In every state of its holds."""
    ledger = _ledger()
    ledger.verify(now_s=0)
    assert ledger.conserved(now_s=10)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_lose_a_unit, "milk at a does not add up"),
        (_book_held_units_nobody_holds, "milk at a does not add up"),
        (_sell_what_is_held, "milk at a does not add up"),
        (_forget_the_units, "units that no store has"),
        (_forget_a_claim, "holds take places"),
    ],
)
def test_each_fault_is_found(spoil: Callable[[MemoryLedger], None], message: str) -> None:
    """A lost unit, figures that no hold stands behind, stock sold twice, a place too few."""
    ledger = _ledger()
    spoil(ledger)
    assert not ledger.conserved(now_s=0)
    with pytest.raises(LedgerError, match=message):
        ledger.verify(now_s=0)
