"""Random small days: whatever chance and customers do, stock, time and counts hold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch.messages import Action
from dispatch.model import BucketCapacity, Interval, Line, Order, Outcome
from dispatch.policy import Policy
from scenarios.audit import audit
from scenarios.behaviour import Behaviour
from scenarios.collect import courier_rows, order_rows
from scenarios.durations import Constant, Durations, DurationTable, Exponential, LogNormal, Sampled
from scenarios.outputs import summarise
from scenarios.plain import to_json
from scenarios.run import RunResult, run
from scenarios.scenario import Scenario, StockRow
from tests.scenarios.village import T0, at, courier, directory, order, scenario, store

QUIET = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])

shares = st.sampled_from([0.0, 0.0, 0.1, 0.3, 1.0])
choices_of_stores = st.sampled_from([None, None, None, frozenset({"m1"}), frozenset({"m2", "s1"})])
places = st.builds(at, st.integers(-8, 12), st.integers(-6, 6))
waits = st.one_of(
    st.builds(Constant, st.integers(0, 400)),
    st.builds(LogNormal, st.integers(1, 300), st.sampled_from([0.1, 0.8])),
    st.builds(Exponential, st.integers(1, 300)),
    st.builds(Sampled, st.lists(st.integers(0, 600), min_size=1, max_size=4).map(tuple)),
)
tables = st.builds(DurationTable, default=waits)
durations = st.builds(
    Durations,
    pick=tables,
    pick_per_unit=st.builds(DurationTable, default=st.builds(Constant, st.integers(0, 20))),
    handover=tables,
    door=tables,
    travel_factor_cv=st.sampled_from([0.0, 0.3]),
)
behaviours = st.builds(
    Behaviour,
    cancelled=shares,
    cancel_after_s=st.integers(0, 4_000),
    unconfirmed=st.sampled_from([0.0, 0.2]),
    absent=shares,
    courier_late=shares,
    late_s=st.integers(0, 4_000),
    courier_ill=st.sampled_from([0.0, 0.3]),
)
policies = st.builds(
    Policy,
    step_s=st.sampled_from([5, 20, 61]),
    decision_delay_s=st.sampled_from([0, 5, 90]),
    hold_s=st.integers(1, 900),
    attempts=st.integers(1, 3),
    retry_after_s=st.integers(0, 900),
    replan_couriers=st.integers(1, 4),
    replan_deliveries=st.integers(1, 6),
    drift_s=st.sampled_from([0, 120]),
)


@st.composite
def orders(draw: st.DrawFn, number: int) -> Order:
    """Draw an order of one or two lines, from anywhere or from named stores, by a level or for a slot."""
    placed_s = T0 + draw(st.integers(-300, 5_400))
    skus = draw(st.lists(st.sampled_from(["tea", "ice"]), min_size=1, max_size=2))
    lines = tuple(
        Line(
            id=str(index),
            sku=sku,
            quantity=draw(st.integers(1, 4)),
            stores=draw(choices_of_stores),
        )
        for index, sku in enumerate(skus)
    )
    return order(
        f"o{number}",
        destination=draw(places),
        placed_s=placed_s,
        lines=lines,
        service_level=draw(st.sampled_from(["express_30", "express_60", "two_hour"])),
        split_allowed=draw(st.booleans()),
    )


@st.composite
def days(draw: st.DrawFn) -> Scenario:
    """Draw a small day."""
    capacity = draw(st.sampled_from([None, None, None, BucketCapacity(orders=2)]))
    stores = [
        replace(
            store(name, site, pickers=draw(st.integers(1, 2)), metres=draw(st.sampled_from([900, 6_000]))),
            capacity=capacity,
        )
        for name, site in (("m1", "mall"), ("m2", "mall"), ("s1", "east"))
        if draw(st.sampled_from([True] * 9 + [False]))
    ]
    crews = [
        courier(
            f"c{number}",
            start=draw(places),
            hours=draw(st.sampled_from([(0, 3), (0, 1), (-1, 2), (1, 2), (0, 0.1), (-3, -1)])),
            capacity=draw(st.sampled_from([(20_000, 60_000, 4), (3_000, 60_000, 2), (20_000, 60_000, 1)])),
            skills=draw(st.sampled_from([frozenset(), frozenset({"cold"})])),
            end=draw(st.none() | places),
        )
        for number in range(draw(st.sampled_from([2, 4, 1, 0])))
    ]
    count = draw(st.integers(0, 12))
    day = scenario(
        orders=[draw(orders(number)) for number in range(count)],
        couriers=crews,
        places=directory(stores=stores),
        behaviour=draw(behaviours),
        takes=draw(durations),
        policy=draw(policies),
        seed=draw(st.integers(0, 2**31 - 1)),
    )
    stock = [
        StockRow(
            store=whole.id,
            sku=sku,
            quantity=draw(st.sampled_from([50, 50, 10, 2, 0])),
            buffer=draw(st.sampled_from([0, 0, 1])),
        )
        for whole in stores
        for sku in ("tea", "ice")
    ]
    return replace(day, stock=tuple(stock))


def goods_by_order(result: RunResult) -> Counter[str]:
    """Return how many units each order was given."""
    return Counter(
        {
            name: sum(goods.units for goods in record.fulfilments.values())
            for name, record in result.state.orders.items()
            if record.allocation is not None
        }
    )


def check_counts(day: Scenario, result: RunResult) -> None:
    """Each order ends once, after it was placed; the sums add up."""
    rows = order_rows(result)
    assert sorted(row.order for row in rows) == sorted(order.id for order in day.orders)
    assert all(count == 1 for count in result.watch.ends.values())
    assert result.watch.ends.total() == len(rows)
    assert all(row.ended_s >= max(row.placed_s, T0) for row in rows)
    assert all(row.reason for row in rows if row.outcome is not Outcome.DELIVERED)
    figures = summarise(result, audit(result))
    counts = figures["orders"]
    assert counts["total"] == counts["delivered"] + counts["refused"] + counts["failed"] + counts["cancelled"]
    assert figures["couriers"]["deliveries"] == counts["delivered"]
    assert sum(level["orders"] for level in figures["service_levels"].values()) == len(rows)


def check_stock(day: Scenario, result: RunResult) -> None:
    """No unit appears or vanishes; what was delivered is what the delivered orders asked for."""
    received = sum(row.quantity for row in day.stock)
    assert sum(balance.received for _, _, balance in result.balances) == received
    on_hand = sum(balance.on_hand for _, _, balance in result.balances)
    delivered = sum(balance.delivered for _, _, balance in result.balances)
    assert on_hand + delivered == received
    asked = {order.id: sum(line.quantity for line in order.lines) for order in day.orders}
    done = [row.order for row in order_rows(result) if row.outcome is Outcome.DELIVERED]
    assert delivered == sum(asked[name] for name in done)
    given = goods_by_order(result)
    assert all(given[name] == asked[name] for name in given)


def check_time(day: Scenario, result: RunResult) -> None:
    """Nothing is done before it is known; nobody is in two places."""
    placed_s = {order.id: max(order.placed_s, T0) for order in day.orders}
    windows: dict[str, list[Interval]] = {}
    for drive in result.diary.drives:
        windows.setdefault(drive.courier, []).append(Interval(drive.set_off_s, drive.arrived_s))
    for stop in result.diary.stops:
        windows.setdefault(stop.courier, []).append(Interval(stop.started_s, stop.done_s))
        assert placed_s[stop.order] + day.policy.decision_delay_s <= stop.told_s <= stop.set_off_s <= stop.arrived_s
        assert stop.arrived_s <= stop.started_s <= stop.done_s
    for row in courier_rows(result):
        assert row.idle_s >= 0
        busy = sorted(windows.get(row.courier, []))
        assert all(before.until_s <= after.from_s for before, after in pairwise(busy))
    for row in order_rows(result):
        if row.door_s is not None and row.promise is not None and row.ready_s is not None:
            assert row.placed_s <= row.ready_s <= row.door_s
            assert row.promise.from_s <= row.door_s


def check_goods(stops: Sequence[object], result: RunResult) -> None:
    """Every load ends at a door or back in its store."""
    moves: Counter[str] = Counter()
    for stop in result.diary.stops:
        for name in stop.fulfilments:
            moves[name] += (stop.action is Action.LOAD) - (stop.action is not Action.LOAD and not stop.failed)
    assert all(balance == 0 for balance in moves.values())
    assert len(stops) == len(result.diary.stops)


@QUIET
@given(day=days())
def test_random_days_hold_their_invariants(day: Scenario) -> None:
    """Stock at every event, time, counts and goods, and an audit without faults."""
    result = run(day)
    assert audit(result).faults == []
    check_counts(day, result)
    check_stock(day, result)
    check_time(day, result)
    check_goods(result.diary.stops, result)


@settings(QUIET, max_examples=5)
@given(day=days())
def test_the_same_day_is_the_same_to_the_byte(day: Scenario) -> None:
    """Lived through twice, a day gives the same figures."""
    first, second = run(day), run(day)
    assert to_json(summarise(first, audit(first))) == to_json(summarise(second, audit(second)))
    assert first.diary.stops == second.diary.stops
