"""The sample city: what is shipped is what the generator writes, and it is what it says."""

from collections import Counter
from pathlib import Path

import pytest

from scenarios.generate import files, main
from scenarios.load import load
from scenarios.read import SHIPPED


def test_the_shipped_files_are_what_the_generator_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Byte for byte."""
    main(["--out", str(tmp_path / "city")])
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert {path.name for path in written} == set(files()) == {path.name for path in SHIPPED.glob("plaza*")}
    for path in written:
        assert path.read_bytes() == (SHIPPED / path.name).read_bytes(), path.name
        assert path.stat().st_size < 100_000


def test_plaza_is_the_city_it_is_said_to_be() -> None:
    """A mall of forty, five stores, a warehouse, four bridges, two zones, three vehicles, four promises."""
    day = load("plaza")
    stores = day.directory.stores.values()
    assert sum(store.site == "plaza" for store in stores) == 40
    assert Counter(store.kind for store in stores if store.site != "plaza") == {"store": 5, "warehouse": 1}
    assert {store.area.metres for store in stores if store.site == "plaza"} == {6_000}  # type: ignore[union-attr]
    assert [len(river.bridges) for river in day.rivers] == [4]
    assert {store.zone for store in stores} == {courier.zone for courier in day.couriers} == {"west", "east"}
    assert {courier.profile for courier in day.couriers} == {"bike", "scooter", "van"}
    assert {order.service_level for order in day.orders} == {"express_30", "two_hour", "same_day", "slot"}
    assert 600 <= len(day.orders) <= 900
    assert not day.rejected
    assert (day.end_s - day.start_s) // 3_600 in (12, 13, 14)


def test_plaza_has_two_peaks_and_baskets_from_several_merchants() -> None:
    """Lunch and evening bring more than the hours between; many baskets name two or three merchants."""
    day = load("plaza")
    by_hour = Counter((order.placed_s - day.start_s) // 3_600 + 9 for order in day.orders)
    between = max(by_hour[15], by_hour[16])
    assert min(by_hour[12], by_hour[13]) > 1.3 * between
    assert min(by_hour[18], by_hour[19]) > 1.3 * between
    merchants = [{store for line in order.lines for store in line.stores or ()} for order in day.orders]
    assert sum(len(found) >= 2 for found in merchants) > 50
    assert any(len(found) == 3 for found in merchants)


def test_plaza_sells_more_of_some_things_than_it_has() -> None:
    """At some merchants the most wanted skus run out."""
    day = load("plaza")
    wanted: Counter[tuple[str, str]] = Counter()
    for order in day.orders:
        for line in order.lines:
            if line.stores is not None and len(line.stores) == 1:
                wanted[next(iter(line.stores)), line.sku] += line.quantity
    stock = {(row.store, row.sku): row.quantity - row.buffer for row in day.stock}
    assert 1 <= sum(units > stock[place] for place, units in wanted.items()) <= 20


def test_every_day_of_plaza_is_another() -> None:
    """The seed is the day's, not the city's."""
    one, two = load("plaza", seed=1), load("plaza", seed=2)
    assert one.directory.version == two.directory.version
    assert one.stock == two.stock
    assert one.orders != two.orders
