"""Loading: from a scenario file to a day."""

from pathlib import Path

import pytest

from dispatch.model import Interval, StoreKind
from dispatch.service_levels import DEFAULT_LEVELS
from geo.areas import Radius
from geo.point import Point
from scenarios.errors import ContentFault, ScenarioError
from scenarios.load import load
from scenarios.scenario import StockRow
from tests.scenarios.corner_shop import CORNER, RIDERS, SHOP, START_S, corner, faults


def test_the_least_day_has_what_it_says(tmp_path: Path) -> None:
    """Stores, stock, couriers and times follow from the file, everything else from defaults."""
    day = load(corner(tmp_path, RIDERS + SHOP))
    assert (day.name, day.seed, day.timezone, day.start_s, day.end_s) == (
        "corner",
        1,
        "Europe/Helsinki",
        START_S,
        START_S + 4 * 3600,
    )
    store = day.directory.stores["S1"]
    assert (store.site, store.zone, store.area, store.kind) == ("S1", "centre", Radius(6_000.0), StoreKind.STORE)
    assert day.directory.sites["S1"].point == Point(60.17, 24.94)
    assert tuple(day.directory.levels.values()) == DEFAULT_LEVELS
    assert day.stock == (
        StockRow(store="S1", sku="milk", quantity=100),
        StockRow(store="S1", sku="beer", quantity=100),
    )
    assert [courier.id for courier in day.couriers] == ["rider-01", "rider-02"]
    assert day.couriers[0].shift == Interval(START_S, START_S + 5 * 3600)
    assert day.couriers[0].start == Point(60.17, 24.94)
    assert day.orders
    assert list(day.orders) == sorted(day.orders, key=lambda order: (order.placed_s, order.id))
    assert not day.rejected
    assert day.believed is day.true_travel
    assert day.estimates.pick.default_s == day.durations.pick.default.mean_s


def test_days_without_stores_orders_or_couriers_are_days(tmp_path: Path) -> None:
    """What makes sense, if only to see everything refused, is no error."""
    bare = CORNER[: CORNER.index("[[stores]]")]
    day = load(corner(tmp_path, base=bare))
    assert not day.directory.stores
    assert not day.orders
    assert not day.couriers
    listed = '[[orders]]\nid="O1"\nplaced="10:00"\nlat=60\nlon=25\nservice_level="express_30"\nlines=[{sku="milk"}]\n'
    items = '[[items]]\nsku="milk"\n'
    assert [order.id for order in load(corner(tmp_path, items + listed, base=bare)).orders] == ["O1"]


def test_the_seed_may_be_given(tmp_path: Path) -> None:
    """Another seed is another day, the same seed the same day."""
    path = corner(tmp_path, SHOP)
    assert load(path, seed=1).orders == load(path).orders
    assert load(path, seed=2).orders != load(path).orders
    assert load(path, seed=2).seed == 2
    with pytest.raises(ScenarioError, match="seed -1: give 0"):
        load(path, seed=-1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("timezone=Europe/Helsinky", "timezone: 'Europe/Helsinky' is no time zone"),
        ("start=2025-06-12T09:00:00Z", "start: 2025-06-12T09:00:00+00:00: give local time without offset"),
        ("stores.S1.zone=other", "other is not known"),
    ],
)
def test_top_level_faults_are_named(tmp_path: Path, change: str, says: str) -> None:
    """Time zone and start come before everything else."""
    with pytest.raises(ContentFault) as caught:
        load(corner(tmp_path), overrides=[change])
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("[objective]\nlate_s=-1\n", "objective.late_s: -1: give a whole number"),
        ("[behaviour]\nabsent=2\n", "behaviour.absent: 2.0: give a share from 0 to 1"),
    ],
)
def test_what_is_out_of_bounds_is_named(tmp_path: Path, more: str, says: str) -> None:
    """Values that the domain refuses."""
    assert says in faults(tmp_path, more)
