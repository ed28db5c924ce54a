"""Many orders in a row."""

import pytest

from dispatch.allocation import AllocationParams, Allocator
from dispatch.batch import allocate_many
from dispatch.directory import Directory
from dispatch.ledger.memory import MemoryLedger
from dispatch.ledger.protocol import Demand
from dispatch.model import Item, Site, Zone
from dispatch.service_levels import DEFAULT_LEVELS
from geo.great_circle import GreatCircleTravel
from geo.profiles import Profile
from tests.dispatch.market import ESTIMATES, T0, at, line, order, row, store


def test_orders_take_from_each_other_in_their_order() -> None:
    """The first gets the nearest store's last unit, the next goes on, the last goes without."""
    market = row("a", "b", stock={"a": {"milk": 1}, "b": {"milk": 1}})
    day = [order(line("milk"), order_id=f"o{number}") for number in range(3)]
    decisions = list(allocate_many(market.allocator, day))
    assert [[source.site for source in decision.sources] for decision in decisions] == [["a"], ["b"], []]
    assert list(allocate_many(market.allocator, [])) == []


def test_nothing_is_held_before_it_is_asked_for() -> None:
    """Decisions are made one by one, at the time that is said."""
    market = row("a", stock={"a": {"milk": 9}})
    day = (order(line("milk"), order_id=f"o{number}") for number in range(5))
    decisions = allocate_many(market.allocator, day, now_s=lambda each: each.placed_s + 7, chunk=3)
    assert next(decisions).at_s == T0 + 7
    assert market.ledgers["z"].balance("a", "milk", now_s=T0).held == 1


@pytest.mark.parametrize("chunk", [1, 4, 100])
def test_the_fast_way_for_pairs_changes_nothing(chunk: int) -> None:
    """With two zones, their profiles, and hours of the day that differ in speed."""
    speeds = tuple(0.5 if hour % 2 else 1.0 for hour in range(24))
    travel = GreatCircleTravel(
        [Profile("bike", speed_kmh=15, speed_factor_by_hour=speeds), Profile("van", speed_kmh=25)], "UTC"
    )
    directory = Directory(
        [Zone(id="w", timezone="UTC", profile="bike"), Zone(id="e", timezone="Europe/Helsinki", profile="van")],
        [Site(id=f"s{number}", point=at(2 * number, number % 3)) for number in range(8)],
        [store(f"s{number}", zone="w" if number < 4 else "e", radius_m=900) for number in range(8)],
        [Item(sku="milk")],
        DEFAULT_LEVELS,
    )
    day = [
        order(line("milk"), to=at(number * 0.7, 1), order_id=f"o{number}", placed_s=T0 + 700 * number)
        for number in range(25)
    ]

    def allocator() -> Allocator:
        ledgers = {zone: MemoryLedger() for zone in directory.zones}
        for each in directory.stores.values():
            ledgers[each.zone].receive([Demand(each.id, "milk", 2)], now_s=0)
        return Allocator(directory, travel, ESTIMATES, ledgers, AllocationParams(hold_s=100_000))

    one = allocator()
    expected = [one.allocate(each, now_s=each.placed_s) for each in day]
    assert list(allocate_many(allocator(), day, chunk=chunk)) == expected
    assert {decision.code is None for decision in expected} == {True, False}
