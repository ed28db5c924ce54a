"""Generated demand: the rates that are said, and the same orders whatever else changes."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from dispatch.model import Order
from geo.distance import between_m
from geo.point import Point
from scenarios.errors import ContentFault
from scenarios.load import load
from scenarios.scenario import Scenario
from tests.scenarios.corner_shop import CORNER, START_S, corner

BASE = """
[[demand]]
id = "shop"
orders_per_hour = 100
service_levels = {express_30 = 3, two_hour = 1}
places = {kind = "around_sites", radius_m = 2000}
"""


def day(folder: Path, *changes: str, more: str = BASE, seed: int | None = None) -> Scenario:
    """Return the corner shop's day with demand."""
    return load(corner(folder, more), overrides=changes, seed=seed)


def without_times(orders: tuple[Order, ...]) -> dict[str, tuple[object, ...]]:
    """Return what each order is, but for when it comes."""
    return {order.id: (order.destination, order.lines, order.service_level, order.split_allowed) for order in orders}


def test_orders_come_at_the_rate_that_is_said(tmp_path: Path) -> None:
    """By the hour, a Poisson process: the count over many days is within five standard deviations."""
    rates = [0.0] * 24
    rates[9], rates[10], rates[12] = 30.0, 0.0, 90.0
    counts: Counter[int] = Counter()
    for seed in range(20):
        for order in day(tmp_path, f"demand.shop.orders_per_hour={rates}", seed=seed).orders:
            counts[(order.placed_s - START_S) // 3_600] += 1
            assert START_S <= order.placed_s < START_S + 4 * 3_600
    assert set(counts) == {0, 3}
    assert abs(counts[0] - 600) < 5 * 600**0.5
    assert abs(counts[3] - 1_800) < 5 * 1_800**0.5


def test_gaps_between_orders_are_exponential(tmp_path: Path) -> None:
    """Their coefficient of variation is one."""
    times = [order.placed_s for order in day(tmp_path, "demand.shop.factor=5").orders]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    mean = sum(gaps) / len(gaps)
    spread = (sum((gap - mean) ** 2 for gap in gaps) / len(gaps)) ** 0.5
    assert mean == pytest.approx(7.2, rel=0.1)
    assert spread / mean == pytest.approx(1.0, rel=0.1)


def test_the_nth_order_stays_the_same_at_another_rate(tmp_path: Path) -> None:
    """More orders an hour bring the same orders sooner, and then others."""
    few, many = day(tmp_path).orders, day(tmp_path, "demand.shop.factor=2").orders
    assert len(many) > 1.5 * len(few)
    assert without_times(few).items() <= without_times(many).items()
    sooner = {order.id: order.placed_s for order in many}
    assert all(sooner[order.id] <= order.placed_s for order in few)


@pytest.mark.parametrize(
    "change",
    ["stores.S1.pickers=9", "hours=3", "policy.step_s=60", "stores.S1.radius_m=500", "stock_rules.0.quantity=1"],
)
def test_orders_do_not_depend_on_who_serves_them(tmp_path: Path, change: str) -> None:
    """Two variants meet the same day."""
    plain, changed = day(tmp_path).orders, day(tmp_path, change).orders
    assert changed == tuple(order for order in plain if order.placed_s < changed[-1].placed_s + 1)


def test_demands_do_not_disturb_each_other(tmp_path: Path) -> None:
    """A second demand adds its orders and changes none of the first's."""
    other = BASE.replace('"shop"', '"other"')
    both = day(tmp_path, more=BASE + other).orders
    assert tuple(order for order in both if order.id.startswith("shop")) == day(tmp_path).orders
    assert any(order.id.startswith("other") for order in both)


def test_other_places_leave_baskets_and_times_alone(tmp_path: Path) -> None:
    """When, where, which promise and what are drawn apart."""
    box = "demand.shop.places={kind='box', south=60.1, west=24.9, north=60.2, east=25}"
    here, there = day(tmp_path).orders, day(tmp_path, box).orders
    assert [(o.placed_s, o.lines, o.service_level) for o in here] == [
        (o.placed_s, o.lines, o.service_level) for o in there
    ]
    assert all(60.1 <= o.destination.lat <= 60.2 and 24.9 <= o.destination.lon <= 25 for o in there)


def test_service_levels_come_by_weight(tmp_path: Path) -> None:
    """A level of weight zero never comes."""
    found = day(tmp_path, "demand.shop.factor=5", "demand.shop.service_levels={express_30=3, two_hour=1, same_day=0}")
    counts = Counter(order.service_level for order in found.orders)
    assert set(counts) == {"express_30", "two_hour"}
    assert counts["express_30"] / len(found.orders) == pytest.approx(0.75, abs=0.05)


LEVELS = """
[[service_levels]]
id = "early"
kind = "same_day"
until = "21:00"
cut_off = "11:00"
[[service_levels]]
id = "slot"
kind = "slot"
hours = "08:00-15:00"
"""


def test_customers_take_what_is_on_offer(tmp_path: Path) -> None:
    """After its cut-off a level is chosen no more, unless there is nothing else."""
    levels = "demand.shop.service_levels={early=1, slot=1}"
    orders = day(tmp_path, levels, more=BASE + LEVELS).orders
    by_hour: dict[int, set[str]] = {}
    for order in orders:
        by_hour.setdefault((order.placed_s - START_S) // 3_600, set()).add(order.service_level)
        if order.service_level == "slot" and order.placed_s < START_S + 3 * 3_600:
            assert order.slot is not None
            assert order.slot.until_s <= START_S + 6 * 3_600
    # At 11:00 early ends, at 12:00 the last slot that lies in the hours: then the first choice stays, and is refused.
    assert by_hour == {0: {"early", "slot"}, 1: {"early", "slot"}, 2: {"slot"}, 3: {"early", "slot"}}
    only = day(tmp_path, "demand.shop.service_levels={early=1}", more=BASE + LEVELS).orders
    assert {order.service_level for order in only} == {"early"}


def test_slots_lie_on_whole_steps_ahead(tmp_path: Path) -> None:
    """They begin on the hour, at least the lead after ordering, among so many choices."""
    slots = "demand.shop.slots={lead_s=1800, every_s=3600, length_s=5400, choices=2}"
    orders = day(tmp_path, slots, "demand.shop.service_levels={slot=1}", more=BASE + LEVELS).orders
    ahead = set()
    for order in orders:
        assert order.slot is not None
        assert (order.slot.from_s - START_S) % 3_600 == 0
        assert order.slot.until_s - order.slot.from_s == 5_400
        ahead.add((order.slot.from_s - order.placed_s - 1_800) // 3_600)
    assert ahead == {0, 1}


def test_hours_follow_the_local_clock_over_its_change(tmp_path: Path) -> None:
    """On the night that has 03:00 twice, the rate of that hour holds twice as long."""
    rates = [0.0] * 24
    rates[3] = 60.0
    base = CORNER.replace("2025-06-12T09:00:00", "2025-10-26T00:00:00").replace("hours = 4", "hours = 8")
    found = load(corner(tmp_path, BASE, base=base), overrides=[f"demand.shop.orders_per_hour={rates}"])
    after_h = [(order.placed_s - found.start_s) / 3_600 for order in found.orders]
    assert 3.0 <= min(after_h) < 3.5
    assert 4.5 < max(after_h) < 5.0


def test_places_around_sites_are_within_their_radius(tmp_path: Path) -> None:
    """Evenly over the disc: half of them lie beyond 0.7 of the radius."""
    store = Point(60.17, 24.94)
    metres = [between_m(store, order.destination) for order in day(tmp_path, "demand.shop.factor=5").orders]
    assert max(metres) <= 2_001
    assert sum(m > 2_000 * 0.5**0.5 for m in metres) / len(metres) == pytest.approx(0.5, abs=0.05)


def test_places_in_polygons_and_clusters_and_files(tmp_path: Path) -> None:
    """Inside, dense in the middle, and exactly at the points that have weight."""
    triangle = "demand.shop.places={kind='polygon', polygon=[[24, 60], [25, 60], [24, 61], [24, 60]]}"
    for order in day(tmp_path, triangle).orders:
        assert (order.destination.lon - 24) + (order.destination.lat - 60) <= 1.000_01
    middle = "{lat=60, lon=25, sigma_m=500, weight=2}, {lat=61, lon=25, sigma_m=500, weight=1}"
    clustered = day(
        tmp_path, f"demand.shop.places={{kind='clusters', clusters=[{middle}]}}", "demand.shop.factor=5"
    ).orders
    south = [o for o in clustered if o.destination.lat < 60.5]
    assert len(south) / len(clustered) == pytest.approx(2 / 3, abs=0.05)
    away = sorted(between_m(Point(60, 25), o.destination) for o in south)
    assert away[-1] <= 1_502
    assert away[len(away) // 2] == pytest.approx(500 * 1.17, rel=0.1)
    (tmp_path / "points.csv").write_text("lat,lon,weight\n60,25,1\n61,25,0\n62,25,3\n")
    pointed = Counter(
        o.destination for o in day(tmp_path, "demand.shop.places={kind='points', csv='points.csv'}").orders
    )
    assert set(pointed) == {Point(60, 25), Point(62, 25)}
    assert pointed[Point(62, 25)] > 2 * pointed[Point(60, 25)]


def test_a_weight_below_zero_is_named(tmp_path: Path) -> None:
    """By file, line and column."""
    (tmp_path / "points.csv").write_text("lat,lon,weight\n60,25,1\n61,25,-2\n")
    with pytest.raises(ContentFault, match=r"points\.csv line 3, column weight: -2: give 0 or more"):
        day(tmp_path, "demand.shop.places={kind='points', csv='points.csv'}")


def test_a_polygon_too_thin_to_hit_still_has_a_place(tmp_path: Path) -> None:
    """Where rounding leaves nothing inside, a point of it is taken."""
    sliver = "[[24, 60], [24.0000001, 60], [24.0000001, 60.0000001], [24, 60]]"
    found = day(tmp_path, f"demand.shop.places={{kind='polygon', polygon={sliver}}}", "demand.shop.orders_per_hour=1")
    assert all(abs(order.destination.lat - 60) < 1e-5 for order in found.orders)


def test_places_stay_on_earth(tmp_path: Path) -> None:
    """Round a pole and across the antimeridian."""
    edge = "{lat=89.999, lon=179.999, sigma_m=5000}"
    for order in day(tmp_path, f"demand.shop.places={{kind='clusters', clusters=[{edge}]}}").orders:
        assert abs(order.destination.lat) <= 90
        assert abs(order.destination.lon) <= 180


MALL = """
[[sites]]
id = "mall"
lat = 60.2
lon = 24.9
[[items]]
sku = "tea"
[[items]]
sku = "shoes"
[[stores]]
id = "M1"
zone = "centre"
site = "mall"
[[stores]]
id = "M2"
zone = "centre"
site = "mall"
[[stores]]
id = "M3"
zone = "centre"
site = "mall"
[[stock_rules]]
stores = ["M*"]
quantity = 0
[[stock]]
store = "M1"
sku = "milk"
quantity = 9
[[stock]]
store = "M1"
sku = "tea"
quantity = 9
[[stock]]
store = "M2"
sku = "shoes"
quantity = 9
"""


def test_baskets_have_different_skus_by_popularity(tmp_path: Path) -> None:
    """No sku twice in a basket, no more lines than skus, the first items the most wanted."""
    found = day(
        tmp_path, "demand.shop.factor=5", "demand.shop.basket.lines={1=1, 9=1}", "demand.shop.basket.split_allowed=0.25"
    )
    sizes: Counter[int] = Counter()
    firsts: Counter[str] = Counter()
    for order in found.orders:
        skus = [line.sku for line in order.lines]
        assert len(set(skus)) == len(skus)
        assert all(line.stores is None for line in order.lines)
        sizes[len(skus)] += 1
        firsts[skus[0]] += 1
    assert set(sizes) == {1, 2}
    assert firsts["milk"] / len(found.orders) == pytest.approx(2 / 3, abs=0.05)
    assert sum(order.split_allowed for order in found.orders) / len(found.orders) == pytest.approx(0.25, abs=0.05)


def test_equal_popularity_is_equal(tmp_path: Path) -> None:
    """With exponent 0 all skus come alike, and with a choice of skus only those."""
    even = day(tmp_path, "demand.shop.factor=5", "demand.shop.basket={popularity=0, lines={1=1}}").orders
    assert Counter(o.lines[0].sku for o in even)["milk"] / len(even) == pytest.approx(0.5, abs=0.05)
    beer = day(tmp_path, "demand.shop.basket={skus=['b*'], units={7=1}}").orders
    assert {(line.sku, line.quantity) for order in beer for line in order.lines} == {("beer", 7)}


def test_baskets_of_a_mall_name_its_merchants(tmp_path: Path) -> None:
    """Each line is from a merchant that has it, with as many merchants as are said, if there are so many."""
    basket = "demand.shop.basket={mall='mall', lines={2=1, 3=1}, merchants={1=1, 3=1}, popularity=0}"
    sizes: Counter[int] = Counter()
    for order in day(tmp_path, basket, more=BASE + MALL).orders:
        merchants = set()
        for line in order.lines:
            assert line.stores is not None
            [merchant] = line.stores
            assert line.sku in {"M1": ("milk", "tea"), "M2": ("shoes",)}[merchant]
            merchants.add(merchant)
        sizes[len(merchants)] += 1
    assert set(sizes) == {1, 2}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("service_levels={express=1}", "demand[shop].service_levels: express is not known; did you mean express_60?"),
        ("service_levels={two_hour=0}", "demand[shop].service_levels: all weights are zero"),
        ("places={kind='around_sites', radius_m=5, sites=['S2']}", "demand[shop].places.sites: S2 is not known"),
        (
            "places={kind='box', south=2, north=1, west=1, east=2}",
            "demand[shop].places.south: 2.0 is not below north, 1.0",
        ),
        ("places={kind='polygon', polygon=[[1, 2]]}", "demand[shop].places.polygon: ring of 1 positions"),
        ("places={kind='clusters', clusters=[{lat=1, lon=1, sigma_m=1, weight=0}]}", "clusters: all weights are zero"),
        ("places={kind='points', csv='points.csv'}", "points.csv line 2: lat = 91.0: give degrees"),
        ("places={kind='points', csv='points.csv'}", "points.csv line 3: 'lon' is missing"),
        ("places={kind='points', csv='points.csv'}", "points.csv line 4, column lat: 'x': give a number"),
        ("places={kind='points', csv='nothing.csv'}", "nothing.csv has no point of a weight above zero"),
        ("basket={skus=['x*']}", "demand[shop].basket.skus: there is no such item to order"),
        ("basket={lines={1=0}}", "demand[shop].basket.lines: all weights are zero"),
        ("basket={mall='mall'}", "demand[shop].basket.mall: mall is not known"),
        ("basket={mall='S1', skus=['beer']}", "demand[shop].basket.mall: no store at S1 has stock of these skus"),
    ],
)
def test_what_makes_no_orders_is_named(tmp_path: Path, change: str, says: str) -> None:
    """Faults of a demand have their place; of a file of points, its line too."""
    (tmp_path / "points.csv").write_text("lat,lon\n91,1\n1,\nx,1\n5,5\n")
    (tmp_path / "nothing.csv").write_text("lat,lon,weight\n1,1,0\n")
    with pytest.raises(ContentFault) as caught:
        day(tmp_path, f"demand.shop.{change}", more=BASE + '[[stock]]\nstore="S1"\nsku="beer"\nquantity=0\n')
    assert says in str(caught.value)


def test_demand_without_a_site_needs_other_places(tmp_path: Path) -> None:
    """A day with no stores has nothing to be around."""
    bare = CORNER[: CORNER.index("[[stores]]")] + '[[items]]\nsku="milk"\n'
    with pytest.raises(ContentFault, match=r"demand\[shop\]\.places: there is no site to be around"):
        load(corner(tmp_path, BASE, base=bare))
    box = "demand.shop.places={kind='box', south=1, north=2, west=1, east=2}"
    assert load(corner(tmp_path, BASE, base=bare), overrides=[box]).orders
