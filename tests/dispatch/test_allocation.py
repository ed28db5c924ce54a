"""Allocation, case by case: which sources, why not the others, and what is held."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dispatch.allocation import AllocationParams
from dispatch.codes import Code, OrderCode
from dispatch.decision import Decision
from dispatch.errors import HoldMismatchError, HoldResolvedError, ModelError, UnknownIdError
from dispatch.explanation import explain
from dispatch.hours import OpeningHours
from dispatch.ledger.memory import MemoryLedger
from dispatch.ledger.protocol import Choice, Demand, HoldResult, HoldState, Shortfall
from dispatch.model import BucketCapacity, Interval, Item, Part, Zone
from tests.dispatch.market import (
    BLOCK_M,
    BLOCK_S,
    ESTIMATES,
    HANDOVER_S,
    PICK_S,
    T0,
    Market,
    at,
    line,
    order,
    row,
    store,
)

ZONES = (Zone(id="west", timezone="UTC", profile="bike"), Zone(id="east", timezone="UTC", profile="bike"))


def test_the_nearest_store_with_the_stock() -> None:
    """The nearest is short of one; the next serves, and holds its units and its place."""
    market = row("near", "mid", "far", stock={"near": {"milk": 1}, "mid": {"milk": 5}, "far": {"milk": 5}})
    decision = market.allocator.allocate(order(line("milk", 2)), now_s=T0)
    assert decision.code is None
    (source,) = decision.sources
    assert (source.site, source.travel_s, source.distance_m) == ("mid", 2 * BLOCK_S, 2 * BLOCK_M)
    assert source.ready_s == T0 + PICK_S
    assert source.arrive_s == T0 + PICK_S + HANDOVER_S + 2 * BLOCK_S
    assert [(r.source, r.code, dict(r.figures)) for r in decision.refusals] == [
        ("near", Code.OUT_OF_STOCK, {"milk": 1})
    ]
    assert [ranked.stores for ranked in decision.ranked] == [("mid",), ("far",)]
    assert market.ledgers["z"].balance("mid", "milk", now_s=T0).held == 2
    assert market.ledgers["z"].state("order:o1", now_s=T0) is HoldState.OPEN
    market.verify()


def test_the_allocation_that_others_work_with() -> None:
    """One delivery with the load of all items, their skills together, the promise and its late limit."""
    items = [
        Item(sku="ice", weight_g=500, volume_ml=700, skills=frozenset({"cold"})),
        Item(sku="wine", weight_g=1_200, volume_ml=900, skills=frozenset({"age_check"})),
    ]
    market = row("near", stock={"near": {"ice": 9, "wine": 9}}, items=items)
    wanted = order(line("ice", 2), line("wine", 1))
    allocation = market.allocator.allocate(wanted, now_s=T0).allocation
    assert allocation is not None
    assert allocation.delivery.load == (2_200, 2_300, 1)
    assert allocation.delivery.skills == {"cold", "age_check"}
    assert allocation.delivery.late_limit_s == 7_200
    assert allocation.promise == allocation.delivery.promise == Interval(T0, T0 + 7_200)
    (fulfilment,) = allocation.delivery.fulfilments
    assert (fulfilment.store, fulfilment.zone) == ("near", "z")
    assert fulfilment.parts == (Part("ice", "ice", 2), Part("wine", "wine", 1))


def test_two_merchants_of_a_mall_are_one_source() -> None:
    """A basket from both is one pickup: one source, two fulfilments, one set-up."""
    market = Market(
        {"mall": at(3), "near": at(1)},
        [store("baker", site="mall"), store("butcher", site="mall"), store("near")],
        {"baker": {"bread": 5}, "butcher": {"ham": 5}, "near": {"bread": 5}},
        setup_s=45,
    )
    decision = market.allocator.allocate(order(line("bread"), line("ham")), now_s=T0)
    (source,) = decision.sources
    assert (source.site, [each.store for each in source.stores]) == ("mall", ["baker", "butcher"])
    assert source.arrive_s == T0 + PICK_S + 45 + 2 * HANDOVER_S + 3 * BLOCK_S
    assert decision.allocation is not None
    assert [each.store for each in decision.allocation.delivery.fulfilments] == ["baker", "butcher"]
    assert decision.seen.sources == ("near", "mall")


def test_a_split_only_where_it_is_allowed() -> None:
    """Two sites of one zone, collected in the order that is at the door first; refused if it may not be split."""
    market = row("one", "two", stock={"one": {"bread": 5}, "two": {"ham": 5}})
    whole = market.allocator.allocate(order(line("bread"), line("ham")), now_s=T0)
    assert (whole.code, set(whole.figures)) == (OrderCode.NO_STOCK, {"reason"})
    split = market.allocator.allocate(order(line("bread"), line("ham"), order_id="o2", split=True), now_s=T0)
    assert [source.site for source in split.sources] == ["two", "one"]
    assert split.sources[0].arrive_s == T0 + PICK_S + 2 * HANDOVER_S + 2 * BLOCK_S
    assert split.ranked[0].terms == (0, 2, 2 * BLOCK_S, 2 * BLOCK_M)
    assert split.allocation is not None
    assert len(split.allocation.delivery.fulfilments) == 2


def test_a_split_stays_in_one_zone() -> None:
    """Sites of two zones cannot serve one delivery together."""
    market = Market(
        {"one": at(1), "two": at(2)},
        [store("one", zone="west"), store("two", zone="east")],
        {"one": {"bread": 5}, "two": {"ham": 5}},
        zones=ZONES,
    )
    assert market.allocator.allocate(order(line("bread"), line("ham"), split=True), now_s=T0).code is OrderCode.NO_STOCK


def test_a_customer_near_the_border_gets_the_nearer_side() -> None:
    """Stores of both zones are ranked together; the other zone serves where it is nearer, or has the stock."""
    market = Market(
        {"w": at(-2), "e": at(3)},
        [store("w", zone="west"), store("e", zone="east")],
        {"w": {"milk": 1}, "e": {"milk": 5}},
        zones=ZONES,
    )
    first = market.allocator.allocate(order(line("milk")), now_s=T0)
    second = market.allocator.allocate(order(line("milk"), order_id="o2"), now_s=T0)
    assert [d.sources[0].zone for d in (first, second)] == ["west", "east"]
    assert market.ledgers["east"].state("order:o2", now_s=T0) is HoldState.OPEN
    assert second.refusals[0].figures == {"milk": 1}


def test_a_substitute_only_if_the_line_is_not_to_be_had() -> None:
    """A far store with the item itself comes before a near one with the substitute; the part says what was given."""
    stock = {"near": {"oats": 9}, "far": {"milk": 1}}
    market = row("near", "far", stock=stock)
    wanted = order(line("milk", 1, substitutes=("soy", "oats")))
    market = row("near", "far", stock={**stock, "far": {"milk": 1, "soy": 0}})
    first = market.allocator.allocate(wanted, now_s=T0)
    assert (first.sources[0].site, first.sources[0].stores[0].parts) == ("far", (Part("milk", "milk", 1),))
    second = market.allocator.allocate(replace(wanted, id="o2"), now_s=T0)
    assert (second.sources[0].site, second.sources[0].stores[0].parts) == ("near", (Part("milk", "oats", 1),))
    assert second.ranked[0].terms[0] == 1


def test_lines_that_name_their_stores() -> None:
    """A nearer store that no line names is not allowed; one that only one line names covers only some."""
    market = row("a", "b", "c", stock={name: {"milk": 9, "bread": 9} for name in "abc"})
    named = (line("milk", stores=frozenset({"b", "c"})), line("bread", stores=frozenset({"c"})))
    decision = market.allocator.allocate(order(*named), now_s=T0)
    assert decision.sources[0].site == "c"
    assert [(r.source, r.code, dict(r.figures)) for r in decision.refusals] == [
        ("a", Code.STORE_NOT_ALLOWED, {}),
        ("b", Code.PARTIAL, {"lines": 1}),
    ]
    assert decision.seen.stock == ((-1, 9, 9), (-1, -1, 9))


def test_every_source_has_its_reason() -> None:
    """Closed, too late before closing, full, short, out of reach of any road; a code and its figures each."""
    market = Market(
        {"shut": at(1), "closing": at(2), "full": at(3), "short": at(4), "island": at(5, 501), "far": at(50)},
        [
            store("shut", hours=OpeningHours.parse("20:00-22:00")),
            store("closing", hours=OpeningHours.parse("08:00-15:10")),
            store("full", capacity=BucketCapacity(orders=0)),
            store("short"),
            store("island", radius_m=200_000),
            store("far"),
        ],
        {name: {"milk": 9, "tea": 2} for name in ("shut", "closing", "full", "island", "far")} | {"short": {"tea": 1}},
    )
    decision = market.allocator.allocate(order(line("milk", 2), line("tea", 2), level="express_30"), now_s=T0)
    assert [(r.source, r.code, dict(r.figures)) for r in decision.refusals] == [
        ("shut", Code.CLOSED, {"opens_s": T0 + 17_600}),
        ("closing", Code.PAST_CUT_OFF, {"late_s": 100}),
        ("full", Code.AT_CAPACITY, {"limit": 0}),
        ("short", Code.OUT_OF_STOCK, {"milk": 2, "tea": 1}),
        ("far", Code.TOO_SLOW, {"late_s": 50 * BLOCK_S + PICK_S + HANDOVER_S - 1_800}),
        ("island", Code.UNREACHABLE, {}),
    ]
    assert decision.code is OrderCode.TOO_SLOW


def test_too_slow_by_how_many_seconds() -> None:
    """Queue, picking, handover and the way count; the promise's last second is in time."""
    market = row("only", stock={"only": {"milk": 9}})
    spare_s = 1_800 - PICK_S - HANDOVER_S - BLOCK_S
    assert spare_s == 4 * PICK_S + 180
    fits = market.allocator.allocate(order(line("milk"), level="express_30"), now_s=T0 + 180, queued=lambda _: 4)
    assert fits.sources[0].arrive_s == T0 + 1_800
    late = market.allocator.allocate(
        order(line("milk"), order_id="o2", level="express_30"), now_s=T0 + 181, queued=lambda _: 4
    )
    assert (late.code, late.figures) == (OrderCode.TOO_SLOW, {"late_s": 1})
    assert late.seen.figures == (1,)


def test_capacity_is_claimed_in_the_bucket_of_picking() -> None:
    """An express order fills the bucket of now, a slot's that of its lead time."""
    market = Market(
        {"a": at(1), "b": at(2)},
        [store("a", capacity=BucketCapacity(orders=1, bucket_s=600)), store("b")],
        {"a": {"milk": 9}, "b": {"milk": 9}},
        params=AllocationParams(pick_lead_s=1_200),
    )
    slot = Interval(T0 + 7_200, T0 + 10_800)
    takes = market.allocator.allocate(order(line("milk"), level="slot", slot=slot), now_s=T0)
    assert takes.sources[0].ready_s == T0 + 6_000 + PICK_S
    bucket_s = T0 + 6_000 - (T0 + 6_000) % 600
    assert market.ledgers["z"].claimed("a", bucket_s, now_s=T0) == 1
    now = market.allocator.allocate(order(line("milk"), order_id="o2"), now_s=T0)
    full = market.allocator.allocate(order(line("milk"), order_id="o3"), now_s=T0)
    assert [d.sources[0].site for d in (now, full)] == ["a", "b"]
    assert full.refusals[0].code is Code.AT_CAPACITY


def test_orders_that_cannot_be_read() -> None:
    """Unknown skus, levels and stores, bad slots, places nobody delivers to: refused with a reason, nothing held."""
    market = row("only", stock={"only": {"milk": 9}})
    cases = {
        OrderCode.UNKNOWN_SKU: order(line("milc")),
        OrderCode.UNKNOWN_SERVICE_LEVEL: order(line("milk"), level="express"),
        OrderCode.UNKNOWN_STORE: order(line("milk", stores=frozenset({"onli"}))),
        OrderCode.BAD_SLOT: order(line("milk"), level="slot"),
        OrderCode.NO_STORE_IN_REACH: order(line("milk"), to=at(500)),
        OrderCode.NO_STOCK: order(line("milk", 10_000)),
    }
    for number, (code, wanted) in enumerate(cases.items()):
        decision = market.allocator.allocate(replace(wanted, id=f"o{number}"), now_s=T0)
        assert (decision.code, decision.allocation, decision.hold) == (code, None, "")
        if code.value.startswith("UNKNOWN"):
            assert "did you mean" in str(decision.figures["hint"])
    assert decision.figures == {"milk": 9_991}
    assert market.ledgers["z"].balance("only", "milk", now_s=T0).held == 0


@pytest.mark.parametrize(
    ("stores", "code"),
    [
        ([store("s", hours=OpeningHours.parse("closed"))], OrderCode.ALL_CLOSED),
        ([store("s", capacity=BucketCapacity(orders=0))], OrderCode.NO_CAPACITY),
        ([store("s", hours=OpeningHours.parse("08:00-15:07"))], OrderCode.PAST_CUT_OFF),
    ],
)
def test_an_order_has_the_reason_of_its_best_source(stores: Sequence[object], code: OrderCode) -> None:
    """Closed, full, too late."""
    market = Market({"s": at(1)}, stores, {"s": {"milk": 9}})  # type: ignore[arg-type]
    assert market.allocator.allocate(order(line("milk")), now_s=T0).code is code


def test_a_repeated_order_gets_the_same_answer() -> None:
    """While its hold is open; with other content, or when the hold has ended, it is an error; a new attempt is new."""
    market = row("a", "b", stock={"a": {"milk": 2}, "b": {"milk": 9}}, params=AllocationParams(hold_s=60))
    wanted = order(line("milk", 2))
    first = market.allocator.allocate(wanted, now_s=T0)
    assert market.allocator.allocate(wanted, now_s=T0 + 59) is first
    with pytest.raises(HoldMismatchError, match="o1"):
        market.allocator.allocate(order(line("milk", 1)), now_s=T0 + 59)
    with pytest.raises((HoldResolvedError, HoldMismatchError)):
        market.allocator.allocate(wanted, now_s=T0 + 60)
    again = market.allocator.allocate(wanted, now_s=T0 + 60, attempt=1)
    assert (again.hold, again.sources[0].site) == ("order:o1.1", "a")
    assert again.allocation is not None
    assert again.allocation.delivery.id != "o1.d"
    market.verify(now_s=T0 + 60)


class Contested(MemoryLedger):
    """A ledger at which somebody else is quicker: before a hold, the stock of some stores is gone."""

    def __init__(self, sold_out: Sequence[str]) -> None:
        super().__init__()
        self._sold_out = list(sold_out)

    def hold(self, hold_id: str, choices: Sequence[Choice], *, expires_s: int, now_s: int) -> HoldResult:
        """Sell out, then hold."""
        while self._sold_out:
            name = self._sold_out.pop()
            self.set_buffer(name, "milk", quantity=self.balance(name, "milk", now_s=now_s).on_hand)
        return super().hold(hold_id, choices, expires_s=expires_s, now_s=now_s)


@pytest.mark.parametrize("choices", [1, 2, 16])
def test_the_next_is_taken_if_the_first_has_just_sold_out(choices: int) -> None:
    """In one hold or several; what was short is told."""
    market = row("a", "b", "c", stock={name: {"milk": 9} for name in "abc"}, params=AllocationParams(choices=choices))
    ledger = Contested(["a"])
    for name in ("a", "b", "c"):
        ledger.receive([Demand(name, "milk", 9)], now_s=0)
    market.ledgers["z"] = ledger
    market.allocator = type(market.allocator)(
        market.directory, market.allocator._travel, ESTIMATES, {"z": ledger}, AllocationParams(choices=choices)
    )
    decision = market.allocator.allocate(order(line("milk")), now_s=T0)
    assert (decision.taken, decision.sources[0].site) == (1, "b")
    assert decision.sold_out == ((Shortfall("a", "milk", 1),),)
    assert (decision.refusals[-1].source, decision.refusals[-1].code) == ("a", Code.SOLD_OUT_MEANWHILE)


def test_all_may_have_sold_out_meanwhile() -> None:
    """Then the sources are looked at anew, and the order is refused for want of stock."""
    market = row("a", "b", stock={name: {"milk": 9} for name in "ab"})
    ledger = Contested(["a", "b"])
    for name in "ab":
        ledger.receive([Demand(name, "milk", 9)], now_s=0)
    allocator = type(market.allocator)(market.directory, market.allocator._travel, ESTIMATES, {"z": ledger})
    decision = allocator.allocate(order(line("milk")), now_s=T0)
    assert (decision.code, decision.allocation) == (OrderCode.NO_STOCK, None)
    once = Contested(["a", "b"])
    for name in "ab":
        once.receive([Demand(name, "milk", 9)], now_s=0)
    allocator = type(market.allocator)(
        market.directory, market.allocator._travel, ESTIMATES, {"z": once}, AllocationParams(rounds=1)
    )
    decision = allocator.allocate(order(line("milk")), now_s=T0)
    assert (decision.code, decision.figures) == (OrderCode.NO_STOCK, {"reason": "sold out meanwhile"})
    assert len(decision.sold_out) == 2


def test_more_than_64_sources_are_counted() -> None:
    """The nearest 64 one by one, the rest by their codes."""
    names = [f"s{number:03}" for number in range(90)]
    sites = {name: at(number / 10) for number, name in enumerate(names)}
    stock = {name: {"milk": 0 if number < 80 else 9} for number, name in enumerate(names)}
    market = Market(sites, [store(name) for name in names], stock)
    decision = market.allocator.allocate(order(line("milk")), now_s=T0)
    assert decision.in_reach == 90
    assert len(decision.seen) == 64
    assert decision.beyond == ((Code.OUT_OF_STOCK, 16),)
    assert decision.code is None
    assert decision.sources[0].site == "s080"


@pytest.mark.parametrize(
    ("field", "value"), [("hold_s", 0), ("choices", 17), ("choices", True), ("rounds", 1.5), ("split_sites", 0)]
)
def test_parameters_are_checked(field: str, value: object) -> None:
    """Every bound."""
    with pytest.raises(ModelError, match=field):
        AllocationParams(**{field: value})  # type: ignore[arg-type]


def test_every_zone_needs_a_ledger() -> None:
    """One that is missing is named."""
    market = row("a", stock={"a": {"milk": 1}})
    with pytest.raises(UnknownIdError, match="ledger of zone 'z'"):
        type(market.allocator)(market.directory, market.allocator._travel, ESTIMATES, {})


LATER = {"level": "slot", "slot": Interval(T0 + 7_200, T0 + 10_800)}


def held(market: Market, *stores: str) -> list[int]:
    """Return how many units of milk are held at stores."""
    return [market.ledgers["z"].balance(each, "milk", now_s=T0).held for each in stores]


def test_several_sources_are_held_for_an_order_that_is_picked_later() -> None:
    """The three nearest of four, by holds of their own; asked again, the answer is the same."""
    stock = {name: {"milk": 5} for name in "abcd"}
    market = row(*"abcd", stock=stock, params=AllocationParams(sources_held=3))
    decision = market.allocator.allocate(order(line("milk", 2), **LATER), now_s=T0)
    assert (decision.taken, decision.also) == (0, (1, 2))
    assert held(market, *"abcd") == [2, 2, 2, 0]
    assert [each.hold for each in decision.others] == ["order:o1~2", "order:o1~3"]
    assert [each.delivery.id for each in decision.others] == ["o1.d", "o1.d"]
    assert market.allocator.allocate(order(line("milk", 2), **LATER), now_s=T0) == decision
    assert Decision.from_json(decision.to_json()) == decision
    assert "held as well, until a plan has chosen: b, c" in explain(decision)
    market.verify()


def test_what_is_not_to_be_had_is_no_alternative() -> None:
    """The second store has sold out since it was looked at; the third is held."""
    market = row("a", "b", "c", stock={name: {"milk": 2} for name in "abc"}, params=AllocationParams(sources_held=2))
    prepared = market.allocator.prepare([order(line("milk", 2), **LATER)], [T0])
    take = market.ledgers["z"].hold

    def hold(hold_id: str, choices: Sequence[Choice], **when: int) -> HoldResult:
        if hold_id == "order:o1":
            take("other", [Choice((Demand("b", "milk", 1),))], **when)
        return take(hold_id, choices, **when)

    market.ledgers["z"].hold = hold  # type: ignore[method-assign]
    decision = market.allocator.decide(prepared, 0)
    assert decision.also == (2,)
    assert held(market, *"abc") == [2, 1, 2]


def test_alternatives_weigh_the_same() -> None:
    """Of substitutes, one that is lighter is none to the first."""
    items = (Item(sku="milk", weight_g=1_000), Item(sku="oat", weight_g=2_000), Item(sku="soy", weight_g=1_000))
    stock = {"a": {"oat": 5}, "b": {"soy": 5}, "c": {"oat": 5}}
    market = row("a", "b", "c", stock=stock, items=items, params=AllocationParams(sources_held=3))
    wanted = line("milk", substitutes=("oat", "soy"))
    decision = market.allocator.allocate(order(wanted, **LATER), now_s=T0)
    assert [each.sources[0].site for each in decision.others] == ["c"]
