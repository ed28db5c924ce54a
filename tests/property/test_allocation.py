"""Random small markets: the allocator finds what trying everything finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, permutations, product
from random import Random
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch.allocation import AllocationParams
from dispatch.batch import allocate_many
from dispatch.codes import OrderCode
from dispatch.decision import Decision
from dispatch.hours import ALWAYS, OpeningHours
from dispatch.model import BucketCapacity, Line, Order, Store, Zone
from dispatch.scoring import EarliestFirst, NearestFirst
from geo.travel import UNREACHABLE_S
from tests.dispatch.market import BLOCK_M, BLOCK_S, HANDOVER_S, PICK_S, T0, Market, at, store

SKUS = ("milk", "bread", "tea", "salt")
ZONES = (Zone(id="z", timezone="UTC", profile="bike"), Zone(id="y", timezone="Europe/Helsinki", profile="bike"))
SETUP_S = 30
HOURS = (ALWAYS, OpeningHours.parse("09:00-15:10"), OpeningHours.parse("15:20-18:00"), OpeningHours.parse("closed"))
"""T0 is 15:06:40 UTC: always open, about to close, about to open, closed."""

QUIET = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


class World(NamedTuple):
    """What a market is made of."""

    east: Mapping[str, int]
    stores: tuple[Store, ...]
    stock: Mapping[str, Mapping[str, int]]
    queue: Mapping[str, int]

    def market(self, *, backwards: bool = False, **rest: object) -> Market:
        """Return the market, its stores given in one order or the other."""
        sites = {site: at(east, 600 if east == 99 else 0) for site, east in self.east.items()}
        stores = self.stores[::-1] if backwards else self.stores
        return Market(sites, stores, self.stock, zones=ZONES, setup_s=SETUP_S, **rest)  # type: ignore[arg-type]


def made_world(seed: int) -> World:
    """Make up to six stores in two zones: at shared sites with little stock, or apart, each with few of the skus."""
    rng = Random(seed)
    apart = rng.random() < 0.6
    sites = [f"site{number}" for number in range(6 if apart else rng.randint(1, 4))]
    east = {site: rng.choice([1, 2, 3, 5, 8, -2, -5, 6, 7, 9, 20, 99 if rng.random() < 0.3 else 4]) for site in sites}
    zone_of = {site: rng.choice("zzzy") for site in sites}
    capacities = [None] * 8 + [BucketCapacity(orders=1), BucketCapacity(orders=0)]
    stores = [
        store(
            f"s{number}",
            site=sites[number] if apart else rng.choice(sites),
            zone="z",
            hours=rng.choice([ALWAYS] * 9 + [*HOURS]),
            capacity=rng.choice(capacities),
            pickers=rng.randint(1, 2),
            radius_m=rng.choice([600, 6_000, 6_000, 6_000, 200_000]),
        )
        for number in range(rng.choice([1, 3, 4, 5, 6, 6]))
    ]
    stores = [replace(each, zone=zone_of[each.site]) for each in stores]
    units = [0, 0, 0, 2, 6] if apart else [0, 0, 2, 3, 6]
    stock = {each.id: {sku: rng.choice(units) for sku in SKUS} for each in stores}
    queue = {each.id: rng.choice([0, 0, 0, 1, 3]) for each in stores}
    return World(east, tuple(stores), stock, queue)


def made_order(seed: int) -> Order:
    """Make an order of up to four lines to the origin."""
    rng = Random(seed)
    lines = []
    for number in range(rng.choice([1, 2, 2, 3, 3, 4])):
        sku = rng.choice(SKUS)
        others = rng.sample([other for other in SKUS if other != sku], 2)
        lines.append(
            Line(
                id=f"l{number}",
                sku=sku,
                quantity=rng.randint(1, 3),
                stores=rng.choice([None] * 8 + [frozenset({"s0", "s1"}), frozenset({"s2"})]),
                substitutes=tuple(rng.choice([[], [], [], others[:1], others])),
            )
        )
    return Order(
        id="o1",
        customer="c",
        destination=at(0),
        lines=tuple(lines),
        service_level=rng.choice(["express_30", "two_hour", "two_hour"]),
        placed_s=T0,
        split_allowed=rng.random() < 0.75,
    )


# Seeds, so that every kind of world is as likely as it was made to be.
SEEDS = st.integers(0, 2**32)
worlds = st.builds(made_world, SEEDS)
orders = st.builds(made_order, SEEDS)


def known(world: World, order: Order) -> Order:
    """Return the order without names of stores that the world has not."""
    ids = {each.id for each in world.stores}
    lines = [
        replace(line, stores=line.stores if line.stores is None or line.stores <= ids else None) for line in order.lines
    ]
    return replace(order, lines=tuple(lines))


# What the allocator must find, by trying everything


class Way(NamedTuple):
    """A way to serve an order, with its rank."""

    substituted: int
    sites: int
    travel_s: int
    distance_m: int
    stores: tuple[str, ...]
    arrive_s: int
    given: tuple[tuple[str, str], ...]


def ready_s(world: World, each: Store, until_s: int) -> int:
    """Return when a store would have anything packed, by the clock on its wall; a day off if not in time."""
    timezone = {zone.id: zone.timezone for zone in ZONES}[each.zone]
    begin_s = each.hours.opens_s(T0, timezone)
    while begin_s is not None and begin_s <= until_s:
        wait_s = -(-world.queue[each.id] * PICK_S // each.pickers) if begin_s == T0 else 0
        closes_s = each.hours.closes_s(begin_s, timezone)
        if closes_s is None or begin_s + wait_s + PICK_S <= closes_s:
            return begin_s + wait_s + PICK_S
        begin_s = each.hours.opens_s(closes_s, timezone)
    return T0 + 86_400


def blocks(world: World, here: str, there: str | None) -> int:
    """Return blocks between two sites, or a site and the door; none between the mainland and the far north."""
    a, b = world.east[here], 0 if there is None else world.east[there]
    if (a == 99) != (b == 99):
        return UNREACHABLE_S
    return abs(a - b)


def route(
    world: World, sites: Sequence[str], ready_at: Mapping[str, int], service_s: Mapping[str, int]
) -> tuple[int, int]:
    """Return arrival and travel of the order of sites that is at the door first."""
    found = []
    for order in permutations(sites):
        at_s = travel = 0
        for here, there in zip((None, *order), order, strict=False):
            step = 0 if here is None else blocks(world, here, there)
            at_s, travel = max(at_s + step * BLOCK_S, ready_at[there]) + service_s[there], travel + step
        last = blocks(world, order[-1], None)
        found.append((at_s + last * BLOCK_S, (travel + last) * BLOCK_S))
    return min(found)


def ways(world: World, order: Order, *, zone: str, sites: int, substitutes: bool) -> Iterator[Way]:
    """Yield every way over exactly so many sites of a zone that keeps the promise."""
    until_s = T0 + (1_800 if order.service_level == "express_30" else 7_200)
    near = [
        each
        for each in world.stores
        if each.zone == zone
        and blocks(world, each.site, None) < UNREACHABLE_S
        and blocks(world, each.site, None) * 111.2 <= each.area.metres  # type: ignore[union-attr]
    ]
    for group in combinations(sorted({each.site for each in near}), sites):
        stores = [each for each in near if each.site in group]
        options = [
            [
                (each, sku, number)
                for each in stores
                if line.stores is None or each.id in line.stores
                for number, sku in enumerate((line.sku, *line.substitutes) if substitutes else (line.sku,))
            ]
            for line in order.lines
        ]
        best: tuple[object, ...] | None = None
        found: Way | None = None
        for picked in product(*options):
            taken: dict[tuple[str, str], int] = {}
            for line, (each, sku, _) in zip(order.lines, picked, strict=True):
                taken[each.id, sku] = taken.get((each.id, sku), 0) + line.quantity
            if any(count > world.stock[name][sku] for (name, sku), count in taken.items()):
                continue
            used = {each.id: each for each, _, _ in picked}
            if {each.site for each in used.values()} != set(group):
                continue
            if any(each.capacity is not None and each.capacity.orders == 0 for each in used.values()):
                continue
            at_site = {site: [each for each in used.values() if each.site == site] for site in group}
            arrive_s, travel_s = route(
                world,
                group,
                {site: max(ready_s(world, each, until_s) for each in at_site[site]) for site in group},
                {site: SETUP_S + HANDOVER_S * len(at_site[site]) for site in group},
            )
            if arrive_s > until_s:
                continue
            substituted = sum(1 for _, _, number in picked if number)
            penalty = sum(number for _, _, number in picked)
            # Store numbers follow the site's id, then the store's.
            numbers = tuple(sorted((each.site, name) for name, each in used.items()))
            given = tuple((each.id, sku) for each, sku, _ in picked)
            key = (
                substituted,
                penalty,
                len(used),
                arrive_s,
                numbers,
                [(used[name].site, name, sku) for name, sku in given],
            )
            if best is None or key < best:
                best = key
                distance_m = travel_s // BLOCK_S * BLOCK_M
                found = Way(substituted, sites, travel_s, distance_m, tuple(sorted(used)), arrive_s, given)
        if found is not None:
            yield found


def best_way(world: World, order: Order, *, sites: int) -> Way | None:
    """Return the best way of all, or None."""
    most = sites if order.split_allowed and len(order.lines) > 1 else 1
    for substitutes in (False, True):
        found = [
            way
            for zone in ("z", "y")
            for count in range(1, most + 1)
            for way in ways(world, order, zone=zone, sites=count, substitutes=substitutes)
        ]
        if found:
            return min(found)
    return None


def given_by(decision: Decision, order: Order) -> tuple[tuple[str, str], ...]:
    """Return, per line, the store and the sku that the decision gives."""
    parts = {
        part.line: (each.store, part.sku, part.quantity)
        for source in decision.sources
        for each in source.stores
        for part in each.parts
    }
    assert [parts[line.id][2] for line in order.lines] == [line.quantity for line in order.lines]
    return tuple(parts[line.id][:2] for line in order.lines)


@QUIET
@given(worlds, orders)
def test_the_allocator_finds_the_best_way(world: World, order: Order) -> None:
    """Single sources and splits, named stores, substitutes, hours, queues and capacity, against trying everything."""
    order = known(world, order)
    market = world.market()
    decision = market.allocator.allocate(order, now_s=T0, queued=lambda name: world.queue[name])
    expected = best_way(world, order, sites=3)
    if expected is None:
        assert decision.allocation is None
        assert decision.code is not None
        assert not decision.sources
        assert all(ledger.balances(now_s=T0) == _untouched(market, zone) for zone, ledger in market.ledgers.items())
        return
    assert decision.code is None
    taken = decision.ranked[decision.taken or 0]
    assert taken.terms == (expected.substituted, expected.sites, expected.travel_s, expected.distance_m)
    assert (taken.arrive_s, given_by(decision, order)) == (expected.arrive_s, expected.given)
    assert decision.taken == 0
    assert Decision.from_json(decision.to_json()) == decision
    held = {
        (name, sku): balance.held
        for ledger in market.ledgers.values()
        for name, sku, balance in ledger.balances(now_s=T0)
        if balance.held
    }
    asked: dict[tuple[str, str], int] = {}
    for line, place in zip(order.lines, expected.given, strict=True):
        asked[place] = asked.get(place, 0) + line.quantity
    assert held == asked
    market.verify()


def _untouched(market: Market, zone: str) -> object:
    ids = {name for name, each in market.directory.stores.items() if each.zone == zone}
    return [each for each in market.ledgers[zone].balances(now_s=T0) if each[0] in ids and each[2].held == 0]


@QUIET
@given(worlds, st.lists(orders, min_size=1, max_size=3), st.sampled_from([NearestFirst, EarliestFirst]))
def test_the_order_of_stores_does_not_matter(world: World, wanted: list[Order], scoring: type[NearestFirst]) -> None:
    """Given backwards, the same orders get the same decisions."""
    one, two = world.market(scoring=scoring()), world.market(backwards=True, scoring=scoring())
    for number, order in enumerate(wanted):
        order = replace(known(world, order), id=f"o{number}")
        first = one.allocator.allocate(order, now_s=T0 + number)
        assert two.allocator.allocate(order, now_s=T0 + number) == first


@QUIET
@given(worlds, st.lists(orders, min_size=1, max_size=6), st.integers(1, 4), st.booleans())
def test_many_at_once_are_decided_as_one_by_one(world: World, wanted: list[Order], chunk: int, queues: bool) -> None:
    """In whatever parts they are prepared."""
    one, two = world.market(), world.market()
    day = [
        replace(known(world, order), id=f"o{number}", placed_s=T0 + 400 * number) for number, order in enumerate(wanted)
    ]
    queued = (lambda name: world.queue[name]) if queues else None
    decisions = list(allocate_many(two.allocator, day, queued=queued, chunk=chunk))
    assert decisions == [one.allocator.allocate(order, now_s=order.placed_s, queued=queued) for order in day]
    two.verify(now_s=T0 + 2_400)


@QUIET
@given(worlds, orders)
def test_one_store_a_site_may_be_judged_either_way(world: World, order: Order) -> None:
    """The fast way for single stores, and the search for covers, say the same of every source."""
    order = replace(order, lines=tuple(replace(line, stores=None) for line in order.lines))
    spread = {each.id: each.id for each in world.stores}
    east = {each.id: world.east[each.site] for each in world.stores}
    apart = world._replace(east=east, stores=tuple(replace(each, site=spread[each.id]) for each in world.stores))
    queued = lambda name: world.queue[name]  # noqa: E731 - as short as it is said
    fast = apart.market().allocator.allocate(order, now_s=T0, queued=queued)
    market = apart.market(params=AllocationParams())
    named = frozenset(each.id for each in world.stores)
    slow_order = replace(order, lines=tuple(replace(line, stores=named) for line in order.lines))
    slow = market.allocator.allocate(slow_order, now_s=T0, queued=queued)
    assert fast.seen.letters == slow.seen.letters
    assert (fast.seen.figures, fast.seen.stock) == (slow.seen.figures, slow.seen.stock)
    assert fast.ranked == slow.ranked
    assert (fast.code, fast.figures, fast.sources) == (slow.code, slow.figures, slow.sources)


@QUIET
@given(worlds, st.lists(orders, min_size=1, max_size=12))
def test_nothing_is_sold_twice(world: World, wanted: list[Order]) -> None:
    """Order after order, held or committed or run out: the ledgers add up, and nobody gets what is not there."""
    market = world.market(params=AllocationParams(hold_s=300))
    for number, order in enumerate(wanted):
        now_s = T0 + 100 * number
        decision = market.allocator.allocate(replace(known(world, order), id=f"o{number}", placed_s=now_s), now_s=now_s)
        if decision.allocation is not None and number % 2:
            market.ledgers[decision.allocation.delivery.zone].commit(decision.hold, now_s=now_s)
        assert decision.code is not OrderCode.NO_STORE_IN_REACH or decision.in_reach == 0
    market.verify(now_s=T0 + 1_200)
    for ledger in market.ledgers.values():
        for _, _, balance in ledger.balances(now_s=T0 + 1_200):
            assert 0 <= balance.held + balance.allocated <= balance.on_hand
