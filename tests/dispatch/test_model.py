"""The nouns of dispatching refuse what contradicts itself."""

from collections.abc import Callable

import pytest

from dispatch.errors import ModelError
from dispatch.hours import ALWAYS
from dispatch.model import BucketCapacity, Courier, Interval, Item, Line, Order, Site, Store, Zone
from geo.areas import Radius
from geo.point import Point

HERE = Point(60.0, 25.0)


def _order(**fields: object) -> Order:
    whole = {"id": "o", "customer": "c", "destination": HERE, "lines": (Line(id="1", sku="s", quantity=1),)}
    return Order(**{**whole, "service_level": "two_hour", "placed_s": 0, **fields})  # type: ignore[arg-type]


def _courier(**fields: object) -> Courier:
    whole = {"id": "c", "zone": "z", "profile": "bike", "shift": Interval(0, 10), "start": HERE}
    return Courier(**{**whole, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Zone(id="a b", timezone="UTC", profile="bike"), r"zone\.id"),
        (lambda: Site(id="s", point=HERE, setup_s=-1), r"site\.setup_s"),
        (lambda: BucketCapacity(orders=-1), r"capacity\.orders"),
        (lambda: BucketCapacity(orders=1, bucket_s=0), r"capacity\.bucket_s"),
        (lambda: Store(id="s", site="s", zone="z", area=Radius(), hours=ALWAYS, pickers=0), r"store\.pickers"),
        (lambda: Store(id="s", site="s", zone="z", area=Radius(), hours=ALWAYS, party=""), r"store\.party"),
        (lambda: Item(sku="s", weight_g=-1), r"item\.weight_g"),
        (lambda: Line(id="1", sku="s", quantity=0), r"line\.quantity"),
        (lambda: Line(id="1", sku="s", quantity=-3), r"line\.quantity"),
        (lambda: Line(id="1", sku="s", quantity=10_001), r"line\.quantity"),
        (lambda: Line(id="1", sku="s", quantity=1.0), r"line\.quantity"),  # type: ignore[arg-type]
        (lambda: Line(id="1", sku="s", quantity=True), r"line\.quantity"),
        (lambda: _order(lines=()), r"order\.lines"),
        (lambda: _order(lines=(Line(id="1", sku="s", quantity=1),) * 2), r"order\.lines"),
        (lambda: _order(slot=Interval(10, 10)), r"order\.slot"),
        (lambda: _order(customer="?"), r"order\.customer"),
        (lambda: _courier(shift=Interval(10, 10)), r"courier\.shift"),
        (lambda: _courier(capacity=(1, -1, 1)), r"courier\.capacity"),
        (lambda: _courier(capacity=(1, 1)), r"courier\.capacity"),
    ],
)
def test_contradictions_are_refused(make: Callable[[], object], field: str) -> None:
    """With the name of the field."""
    with pytest.raises(ModelError, match=field):
        make()


def test_sound_values_are_taken() -> None:
    """The defaults are what the glossary says."""
    assert _order().slot is None
    assert _courier().capacity == (20_000, 60_000, 4)
    assert Store(id="s", site="s", zone="z", area=Radius(), hours=ALWAYS).capacity is None
