"""Any commands in any order: units are conserved, and never more is spoken for than is there."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dispatch.errors import HoldNotFoundError, HoldResolvedError, StockStateError
from dispatch.ledger.memory import MemoryLedger
from dispatch.ledger.protocol import Choice, Claim, Demand, HoldState, Ledger

STORES, SKUS, HOLDS = ("a", "b"), ("x", "y"), tuple(f"h{number}" for number in range(6))

demands = st.builds(Demand, st.sampled_from(STORES), st.sampled_from(SKUS), st.integers(1, 4))
claims = st.builds(Claim, st.sampled_from(STORES), st.sampled_from((0, 900)), st.just(3))
choices = st.builds(
    Choice, st.lists(demands, min_size=1, max_size=3).map(tuple), st.lists(claims, max_size=2).map(tuple)
)
holds = st.sampled_from(HOLDS)


class LedgerMachine(RuleBasedStateMachine):
    """Sends commands to a ledger, and keeps only what every ledger must agree with."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger: Ledger = MemoryLedger()
        self.now_s = 0
        self.received: dict[tuple[str, str], int] = {}
        self.asked: dict[str, tuple[list[Choice], object]] = {}
        self.ended: dict[str, HoldState] = {}

    @rule(seconds=st.integers(1, 30))
    def wait(self, seconds: int) -> None:
        """Time passes."""
        self.now_s += seconds

    @rule(delivered=st.lists(demands, min_size=1, max_size=3))
    def receive(self, delivered: list[Demand]) -> None:
        """Goods come in."""
        self.ledger.receive(delivered, now_s=self.now_s)
        for store, sku, quantity in delivered:
            self.received[store, sku] = self.received.get((store, sku), 0) + quantity

    @rule(hold=holds, wanted=st.lists(choices, min_size=1, max_size=3), lasting_s=st.integers(1, 60))
    def hold(self, hold: str, wanted: list[Choice], lasting_s: int) -> None:
        """A new hold is taken if and only if a choice fits; a known one gives its first answer."""
        if hold in self.asked:
            wanted, first = self.asked[hold]
            assert self.ledger.hold(hold, wanted, expires_s=self.now_s + lasting_s, now_s=self.now_s) == first
            return
        fits = [self._fits(choice) for choice in wanted]
        result = self.ledger.hold(hold, wanted, expires_s=self.now_s + lasting_s, now_s=self.now_s)
        assert result.taken == (fits.index(True) if any(fits) else None)
        if result.taken is not None:
            self.asked[hold] = (wanted, result)

    def _fits(self, choice: Choice) -> bool:
        summed: dict[tuple[str, str], int] = {}
        for store, sku, quantity in choice.demands:
            summed[store, sku] = summed.get((store, sku), 0) + quantity
        places: dict[tuple[str, int], int] = {}
        for store, bucket_s, _ in choice.claims:
            places[store, bucket_s] = places.get((store, bucket_s), 0) + 1
        return all(
            self.ledger.available(store, sku, now_s=self.now_s) >= quantity for (store, sku), quantity in summed.items()
        ) and all(
            self.ledger.claimed(store, bucket_s, now_s=self.now_s) + count <= 3
            for (store, bucket_s), count in places.items()
        )

    @rule(hold=holds, how=st.sampled_from(["commit", "release", "extend"]))
    def resolve(self, hold: str, how: str) -> None:
        """A hold ends once: how it ended stays, and the other end is an error."""
        resolution = None
        try:
            if how == "commit":
                self.ledger.commit(hold, now_s=self.now_s)
            elif how == "release":
                self.ledger.release(hold, now_s=self.now_s)
            else:
                self.ledger.extend(hold, expires_s=self.now_s + 20, now_s=self.now_s)
        except HoldNotFoundError:
            assert hold not in self.asked
        except HoldResolvedError as error:
            resolution = error.resolution
        if resolution is not None:
            assert resolution == self.ledger.state(hold, now_s=self.now_s)
            assert resolution != {"commit": "committed", "release": "released"}.get(how)

    @precondition(lambda self: bool(self.asked))
    @rule(
        hold=holds,
        how=st.sampled_from(["unallocate", "pick", "put_back", "load", "deliver", "accept_return"]),
        moved=st.lists(demands, min_size=1, max_size=2),
        sellable=st.booleans(),
        whole=st.booleans(),
    )
    def move(self, hold: str, how: str, moved: list[Demand], sellable: bool, whole: bool) -> None:
        """A move is booked whole, or refused and nothing is booked."""
        if whole and hold in self.asked:
            wanted, result = self.asked[hold]
            moved = list(wanted[result.taken].demands)  # type: ignore[attr-defined]
        before = self.ledger.balances(now_s=self.now_s)
        more = {"sellable": sellable} if how == "accept_return" else {}
        try:
            getattr(self.ledger, how)(hold, moved, now_s=self.now_s, **more)
        except (StockStateError, HoldNotFoundError, HoldResolvedError):
            assert self.ledger.balances(now_s=self.now_s) == before
        else:
            assert self.ledger.state(hold, now_s=self.now_s) is HoldState.COMMITTED

    @invariant()
    def never_oversold(self) -> None:
        """Held and allocated units are on the shelf, for there is no buffer and no feed that takes away."""
        for _, _, balance in self.ledger.balances(now_s=self.now_s):
            assert balance.held + balance.allocated <= balance.on_hand
            assert min(balance.held, balance.allocated, balance.picked, balance.on_courier) >= 0

    @invariant()
    def conserved(self) -> None:
        """Every unit received is in exactly one state."""
        for store, sku, balance in self.ledger.balances(now_s=self.now_s):
            ended = balance.delivered + balance.quarantine + balance.lost
            assert balance.on_hand + balance.picked + balance.on_courier + ended == balance.received
            assert balance.received == self.received[store, sku]
        assert isinstance(self.ledger, MemoryLedger)
        self.ledger.verify(now_s=self.now_s)

    @invariant()
    def ends_are_final(self) -> None:
        """A hold that has ended never changes again."""
        for hold in self.asked:
            state = self.ledger.state(hold, now_s=self.now_s)
            assert self.ended.get(hold, state) is state
            if state is not HoldState.OPEN:
                self.ended[hold] = state

    @invariant()
    def capacity_is_kept(self) -> None:
        """No bucket has more than its limit."""
        for store in STORES:
            for bucket_s in (0, 900):
                assert 0 <= self.ledger.claimed(store, bucket_s, now_s=self.now_s) <= 3


TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(deadline=None, max_examples=60, stateful_step_count=40)
