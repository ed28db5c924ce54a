"""What every ledger does, whichever keeps it. `LEDGERS` names the implementations."""

from collections.abc import Callable

import numpy as np
import pytest

from dispatch.errors import (
    DispatchError,
    HoldMismatchError,
    HoldNotFoundError,
    HoldResolvedError,
    ModelError,
    StockStateError,
)
from dispatch.ledger.memory import MemoryLedger
from dispatch.ledger.protocol import Balance, Choice, Claim, Demand, HoldState, Ledger, Shortfall

LEDGERS: dict[str, Callable[[], Ledger]] = {"memory": MemoryLedger}

MILK_3 = Choice((Demand("a", "milk", 3),))
BREAD_AND_MILK = Choice((Demand("a", "milk", 1), Demand("b", "bread", 2)))


@pytest.fixture(params=sorted(LEDGERS))
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """A ledger with five milk at a, and four bread at b."""
    made = LEDGERS[request.param]()
    made.receive([Demand("a", "milk", 2), Demand("b", "bread", 4), Demand("a", "milk", 3)], now_s=0)
    return made


def milk(ledger: Ledger, now_s: int = 0) -> Balance:
    """Return the balance of milk at a."""
    return ledger.balance("a", "milk", now_s=now_s)


def test_what_is_received_is_available(ledger: Ledger) -> None:
    """Summed where a delivery names a sku twice; what nobody has is zero."""
    assert ledger.available("a", "milk", now_s=0) == 5
    assert ledger.available("a", "bread", now_s=0) == ledger.available("x", "y", now_s=0) == 0
    assert milk(ledger) == Balance(on_hand=5, received=5)
    assert ledger.balance("x", "y", now_s=0) == Balance()
    assert [(store, sku) for store, sku, _ in ledger.balances(now_s=0)] == [("a", "milk"), ("b", "bread")]
    assert milk(ledger).available == 5


def test_a_view_reads_many_at_once(ledger: Ledger) -> None:
    """Skus by stores, by position in the list that the view was asked for; capacity likewise."""
    ledger.hold("h", [Choice(MILK_3.demands, (Claim("a", 900, 2),))], expires_s=10, now_s=0)
    view = ledger.view(["b", "nowhere", "a"])
    rows = view.available(["milk", "tea", "bread"], np.array([2, 0, 1, 2]), now_s=0)
    assert np.asarray(rows).tolist() == [[2, 0, 0, 2], [0, 0, 0, 0], [0, 4, 0, 0]]
    assert np.asarray(view.available(["milk"], np.array([2]), now_s=10)).tolist() == [[5]]
    ledger.hold("h2", [Choice(MILK_3.demands, (Claim("a", 900, 2),))], expires_s=30, now_s=10)
    bread = Choice((Demand("b", "bread", 1),), (Claim("a", 1_800, 2), Claim("b", 0, 9)))
    ledger.hold("h3", [bread], expires_s=30, now_s=10)
    fullest = view.fullest(np.array([2, 1, 0]))
    assert fullest[0] >= 1
    assert fullest[2] >= 1
    assert fullest[1] == 0


def test_the_first_choice_that_fits_is_taken_whole(ledger: Ledger) -> None:
    """What the ones before lacked is told; nothing of them is taken."""
    many = Choice((Demand("a", "milk", 4), Demand("b", "bread", 5)))
    twice = Choice((Demand("a", "milk", 3), Demand("a", "milk", 3)))
    result = ledger.hold("h", [many, twice, BREAD_AND_MILK], expires_s=10, now_s=0)
    assert (result.hold, result.taken, result.expires_s) == ("h", 2, 10)
    assert result.shortfalls == ((Shortfall("b", "bread", 1),), (Shortfall("a", "milk", 1),))
    assert milk(ledger) == Balance(on_hand=5, held=1, received=5)
    assert ledger.available("b", "bread", now_s=0) == 2


def test_a_hold_that_takes_nothing_leaves_no_trace(ledger: Ledger) -> None:
    """It is not found, and its id may be used again."""
    result = ledger.hold("h", [Choice((Demand("a", "milk", 6),))], expires_s=10, now_s=0)
    assert result.taken is None
    assert result.shortfalls == ((Shortfall("a", "milk", 1),),)
    with pytest.raises(HoldNotFoundError):
        ledger.state("h", now_s=0)
    assert ledger.hold("h", [MILK_3], expires_s=10, now_s=0).taken == 0


def test_a_retry_gets_the_first_answer(ledger: Ledger) -> None:
    """Also when it would go otherwise now; other choices under the same id are refused."""
    first = ledger.hold("h", [Choice((Demand("a", "milk", 9),)), MILK_3], expires_s=10, now_s=0)
    ledger.receive([Demand("a", "milk", 90)], now_s=1)
    assert ledger.hold("h", [Choice((Demand("a", "milk", 9),)), MILK_3], expires_s=99, now_s=1) == first
    assert milk(ledger).held == 3
    for other in ([MILK_3], [MILK_3, MILK_3], [Choice((Demand("a", "milk", 8),)), MILK_3]):
        with pytest.raises(HoldMismatchError):
            ledger.hold("h", other, expires_s=10, now_s=1)
    with pytest.raises(HoldMismatchError):
        ledger.hold(
            "h",
            [Choice((Demand("a", "milk", 9),)), Choice(MILK_3.demands, (Claim("a", 0, 1),))],
            expires_s=10,
            now_s=1,
        )


def test_commit_turns_held_into_allocated(ledger: Ledger) -> None:
    """Once; a repeated commit is no error, a release after it is."""
    ledger.hold("h", [MILK_3], expires_s=10, now_s=0)
    ledger.commit("h", now_s=9)
    ledger.commit("h", now_s=99)
    assert milk(ledger, 99) == Balance(on_hand=5, allocated=3, received=5)
    assert ledger.state("h", now_s=99) is HoldState.COMMITTED
    with pytest.raises(HoldResolvedError, match="committed") as error:
        ledger.release("h", now_s=99)
    assert (error.value.hold_id, error.value.resolution) == ("h", "committed")


def test_release_gives_back(ledger: Ledger) -> None:
    """Once; a repeated release is no error, a commit after it is."""
    ledger.hold("h", [MILK_3], expires_s=10, now_s=0)
    ledger.release("h", now_s=5)
    ledger.release("h", now_s=50)
    assert milk(ledger) == Balance(on_hand=5, received=5)
    with pytest.raises(HoldResolvedError, match="released"):
        ledger.commit("h", now_s=5)
    with pytest.raises(HoldResolvedError, match="released"):
        ledger.extend("h", expires_s=90, now_s=5)


def test_expiry_is_judged_when_read(ledger: Ledger) -> None:
    """Open until the second before; from then on its units are back, for whatever is asked first."""
    ledger.hold("h", [Choice(MILK_3.demands, (Claim("a", 0, 1),))], expires_s=10, now_s=0)
    assert (ledger.available("a", "milk", now_s=9), ledger.claimed("a", 0, now_s=9)) == (2, 1)
    assert ledger.available("a", "milk", now_s=10) == 5
    assert ledger.claimed("a", 0, now_s=10) == 0
    assert ledger.state("h", now_s=10) is HoldState.EXPIRED
    for late in (ledger.commit, ledger.release):
        with pytest.raises(HoldResolvedError, match="expired"):
            late("h", now_s=10)
    assert ledger.hold("h2", [Choice((Demand("a", "milk", 5),))], expires_s=20, now_s=10).taken == 0


def test_each_way_of_reading_sees_expiry(ledger: Ledger) -> None:
    """State, balance, balances and claims, each as the first to look."""
    reads: list[Callable[[int], object]] = [
        lambda now_s: ledger.state("h", now_s=now_s),
        lambda now_s: milk(ledger, now_s).held,
        lambda now_s: ledger.balances(now_s=now_s)[0][2].held,
        lambda now_s: ledger.claimed("a", 0, now_s=now_s),
    ]
    for number, read in enumerate(reads):
        name, begin_s = "h" if number == 0 else f"h{number}", 100 * number
        choice = Choice(MILK_3.demands, (Claim("a", 0, 1),))
        ledger.hold(name, [choice], expires_s=begin_s + 10, now_s=begin_s)
        assert read(begin_s + 9) in (HoldState.OPEN, 3, 1)
        assert read(begin_s + 10) in (HoldState.EXPIRED, 0)


def test_extend_moves_the_expiry_on(ledger: Ledger) -> None:
    """Later only; an ended hold, or none, cannot be extended."""
    ledger.hold("h", [MILK_3], expires_s=10, now_s=0)
    ledger.extend("h", expires_s=30, now_s=5)
    ledger.extend("h", expires_s=20, now_s=6)
    assert ledger.state("h", now_s=29) is HoldState.OPEN
    assert ledger.available("a", "milk", now_s=29) == 2
    assert ledger.available("a", "milk", now_s=30) == 5
    with pytest.raises(HoldResolvedError):
        ledger.extend("h", expires_s=99, now_s=31)
    with pytest.raises(HoldNotFoundError):
        ledger.extend("x", expires_s=99, now_s=31)


def test_capacity_is_claimed_with_the_stock(ledger: Ledger) -> None:
    """A full bucket refuses, other buckets and stores do not; what is given back is free again."""

    def choice(bucket_s: int = 900) -> Choice:
        return Choice((Demand("a", "milk", 1),), (Claim("a", bucket_s, 2),))

    assert ledger.hold("h1", [choice()], expires_s=10, now_s=0).taken == 0
    assert ledger.hold("h2", [choice()], expires_s=50, now_s=0).taken == 0
    full = ledger.hold("h3", [choice()], expires_s=50, now_s=0)
    assert (full.taken, full.shortfalls) == (None, ((Shortfall("a", "", 1),),))
    assert ledger.hold("h3", [choice(), choice(1_800)], expires_s=50, now_s=0).taken == 1
    assert ledger.hold("h4", [choice()], expires_s=50, now_s=10).taken == 0
    ledger.commit("h2", now_s=10)
    ledger.release("h4", now_s=11)
    assert ledger.claimed("a", 900, now_s=11) == 1
    double = Choice((Demand("a", "milk", 1),), (Claim("a", 2_700, 1), Claim("a", 2_700, 1)))
    assert ledger.hold("h5", [double], expires_s=50, now_s=11).shortfalls == ((Shortfall("a", "", 1),),)


def test_a_place_is_given_back_with_the_last_unpicked_unit(ledger: Ledger) -> None:
    """When a store picks nothing of an order after all, others may have its place; once picked it was used."""
    both = Choice((Demand("a", "milk", 2), Demand("b", "bread", 1)), (Claim("a", 0, 1), Claim("b", 0, 1)))
    ledger.hold("h", [both], expires_s=10, now_s=0)
    ledger.commit("h", now_s=0)
    ledger.unallocate("h", [Demand("a", "milk", 1)], now_s=1)
    assert ledger.claimed("a", 0, now_s=1) == 1
    ledger.unallocate("h", [Demand("a", "milk", 1)], now_s=2)
    assert (ledger.claimed("a", 0, now_s=2), ledger.claimed("b", 0, now_s=2)) == (0, 1)
    ledger.pick("h", [Demand("b", "bread", 1)], now_s=3)
    ledger.put_back("h", [Demand("b", "bread", 1)], now_s=4)
    assert ledger.claimed("b", 0, now_s=4) == 1


def test_units_move_from_shelf_to_door(ledger: Ledger) -> None:
    """Every step is booked in the state it leads to, and nothing is lost."""
    ledger.hold("h", [MILK_3], expires_s=10, now_s=0)
    ledger.commit("h", now_s=0)
    ledger.pick("h", [Demand("a", "milk", 1), Demand("a", "milk", 2)], now_s=1)
    assert milk(ledger) == Balance(on_hand=2, picked=3, received=5)
    ledger.load("h", [Demand("a", "milk", 3)], now_s=2)
    assert milk(ledger) == Balance(on_hand=2, on_courier=3, received=5)
    ledger.deliver("h", [Demand("a", "milk", 1)], now_s=3)
    ledger.accept_return("h", [Demand("a", "milk", 1)], sellable=True, now_s=4)
    ledger.accept_return("h", [Demand("a", "milk", 1)], sellable=False, now_s=5)
    assert milk(ledger) == Balance(on_hand=3, delivered=1, quarantine=1, received=5)
    assert ledger.available("a", "milk", now_s=5) == 3


def test_units_come_back_before_they_are_loaded(ledger: Ledger) -> None:
    """Unpicked ones are on the shelf already, picked ones are put back."""
    ledger.hold("h", [MILK_3], expires_s=10, now_s=0)
    ledger.commit("h", now_s=0)
    ledger.pick("h", [Demand("a", "milk", 1)], now_s=1)
    ledger.unallocate("h", [Demand("a", "milk", 2)], now_s=1)
    ledger.put_back("h", [Demand("a", "milk", 1)], now_s=2)
    assert milk(ledger) == Balance(on_hand=5, received=5)
    assert ledger.available("a", "milk", now_s=2) == 5


MOVES = ("unallocate", "pick", "put_back", "load", "deliver", "accept_return")


def _move(ledger: Ledger, name: str, hold: str, demands: list[Demand], now_s: int) -> None:
    more = {"sellable": True} if name == "accept_return" else {}
    getattr(ledger, name)(hold, demands, now_s=now_s, **more)


@pytest.mark.parametrize("name", MOVES)
def test_moves_are_bounded_by_what_the_hold_has(ledger: Ledger, name: str) -> None:
    """More units than the hold has in that state, another store's or sku's: refused whole, nothing is booked."""
    for number in (1, 2):
        ledger.hold(f"h{number}", [Choice((Demand("a", "milk", 2), Demand("b", "bread", 1)))], expires_s=10, now_s=0)
        ledger.commit(f"h{number}", now_s=0)
    if name in ("put_back", "load", "deliver", "accept_return"):
        ledger.pick("h1", [Demand("a", "milk", 2), Demand("b", "bread", 1)], now_s=1)
    if name in ("deliver", "accept_return"):
        ledger.load("h1", [Demand("a", "milk", 2), Demand("b", "bread", 1)], now_s=1)
    before = ledger.balances(now_s=2)
    for demands in (
        [Demand("b", "bread", 1), Demand("a", "milk", 3)],
        [Demand("b", "bread", 1), Demand("b", "bread", 1)],
        [Demand("b", "bread", 1), Demand("a", "bread", 1)],
    ):
        with pytest.raises(StockStateError, match="h1 has"):
            _move(ledger, name, "h1", demands, 2)
    assert ledger.balances(now_s=2) == before
    _move(ledger, name, "h1", [Demand("b", "bread", 1), Demand("a", "milk", 2)], 2)
    with pytest.raises(StockStateError):
        _move(ledger, name, "h1", [Demand("a", "milk", 1)], 2)


@pytest.mark.parametrize("name", MOVES)
def test_only_a_committed_hold_moves_units(ledger: Ledger, name: str) -> None:
    """Open, released, expired or unknown ones do not."""
    ledger.hold("open", [Choice((Demand("a", "milk", 1),))], expires_s=90, now_s=0)
    ledger.hold("released", [Choice((Demand("a", "milk", 1),))], expires_s=90, now_s=0)
    ledger.release("released", now_s=0)
    ledger.hold("expired", [Choice((Demand("a", "milk", 1),))], expires_s=5, now_s=0)
    errors: dict[str, type[DispatchError]] = {
        "open": StockStateError,
        "released": HoldResolvedError,
        "expired": HoldResolvedError,
        "unknown": HoldNotFoundError,
    }
    for hold, error in errors.items():
        with pytest.raises(error, match=hold):
            _move(ledger, name, hold, [Demand("a", "milk", 1)], 10)


def test_a_buffer_is_kept_back(ledger: Ledger) -> None:
    """And may leave a shortfall where more is spoken for than is left; that blocks new holds."""
    ledger.set_buffer("a", "milk", quantity=2)
    assert ledger.available("a", "milk", now_s=0) == 3
    ledger.hold("h", [MILK_3], expires_s=10, now_s=0)
    ledger.set_buffer("a", "milk", quantity=4)
    assert milk(ledger).available == ledger.available("a", "milk", now_s=0) == -2
    short = ledger.hold("h2", [Choice((Demand("a", "milk", 1),))], expires_s=10, now_s=0)
    assert short.shortfalls == ((Shortfall("a", "milk", 3),),)
    ledger.set_buffer("a", "milk", quantity=0)
    assert ledger.available("a", "milk", now_s=0) == 2
    ledger.set_buffer("new", "sku", quantity=3)
    assert ledger.available("new", "sku", now_s=0) == -3


@pytest.mark.parametrize("quantity", [0, -1, True, 1.0, "1", None, 2**53])
def test_only_whole_units_are_counted(ledger: Ledger, quantity: object) -> None:
    """Zero, below zero, true, fractions and texts are refused, before anything is booked."""
    wrong = Demand("a", "milk", quantity)  # type: ignore[arg-type]
    right = Demand("a", "milk", 1)
    ledger.hold("h", [Choice((right,))], expires_s=10, now_s=0)
    ledger.commit("h", now_s=0)
    before = ledger.balances(now_s=0)
    for call in (
        lambda: ledger.receive([right, wrong], now_s=0),
        lambda: ledger.hold("h2", [Choice((right, wrong))], expires_s=10, now_s=0),
        lambda: ledger.hold("h2", [Choice((right,)), Choice((wrong,))], expires_s=10, now_s=0),
        lambda: ledger.pick("h", [right, wrong], now_s=0),
    ):
        with pytest.raises(ModelError, match="quantity"):
            call()
    if quantity != 0 or isinstance(quantity, bool):
        with pytest.raises(ModelError, match="buffer"):
            ledger.set_buffer("a", "milk", quantity=quantity)  # type: ignore[arg-type]
    assert ledger.balances(now_s=0) == before


def test_a_ledger_counts_to_its_limit(ledger: Ledger) -> None:
    """What would overflow is refused whole, also where it is only the sum that does."""
    most = 2**53 - 1
    ledger.receive([Demand("c", "tea", most)], now_s=0)
    assert ledger.available("c", "tea", now_s=0) == most
    with pytest.raises(StockStateError, match="counts to"):
        ledger.receive([Demand("d", "tea", 1), Demand("c", "tea", 1)], now_s=0)
    with pytest.raises(StockStateError, match="counts to"):
        ledger.receive([Demand("d", "tea", most), Demand("d", "tea", 1)], now_s=0)
    ledger.hold("h", [Choice((Demand("c", "tea", most),))], expires_s=10, now_s=0)
    with pytest.raises(StockStateError, match="counts to"):
        ledger.receive([Demand("c", "tea", 1)], now_s=0)
    assert ledger.available("d", "tea", now_s=0) == 0


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ([], "give 1 to 16"),
        ([MILK_3] * 17, "give 1 to 16"),
        ([Choice(())], "demands nothing"),
        ([Choice(MILK_3.demands, (Claim("a", 0, -1),))], "claim"),
        ([Choice(MILK_3.demands, (Claim("a", 0.5, 1),))], "claim"),  # type: ignore[arg-type]
    ],
)
def test_holds_are_checked(ledger: Ledger, choices: list[Choice], message: str) -> None:
    """One to sixteen choices, each of something, with whole figures."""
    with pytest.raises(ModelError, match=message):
        ledger.hold("h", choices, expires_s=10, now_s=0)


def test_a_hold_must_expire_later_than_now(ledger: Ledger) -> None:
    """And at a whole second."""
    for expires_s in (5, 4, 9.5):
        with pytest.raises(ModelError, match="expires_s"):
            ledger.hold("h", [MILK_3], expires_s=expires_s, now_s=5)  # type: ignore[arg-type]
    ledger.hold("h", [MILK_3], expires_s=6, now_s=5)
    with pytest.raises(ModelError, match="expires_s"):
        ledger.extend("h", expires_s=True, now_s=5)
    assert milk(ledger, 5).held == 3


def test_unknown_holds(ledger: Ledger) -> None:
    """Are an error of their own."""
    for call in (ledger.commit, ledger.release, ledger.state):
        with pytest.raises(HoldNotFoundError, match="no hold x"):
            call("x", now_s=0)
