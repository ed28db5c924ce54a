"""Changes from the command line: paths, elements of lists, values."""

from typing import Any

import pytest

from scenarios.errors import ScenarioError
from scenarios.overrides import apply, split


def data() -> dict[str, Any]:
    """Return a parsed file."""
    return {
        "name": "x",
        "stores": [{"id": "S1", "pickers": 1}, {"id": "S.2", "pickers": 1}],
        "items": [{"sku": "milk"}],
        "orders": [{"id": "O1", "lines": [{"sku": "milk"}, {"sku": "beer"}]}],
        "rivers": [{"line": [[1.0, 2.0], [3.0, 4.0]]}],
    }


@pytest.mark.parametrize(
    ("text", "keys", "value"),
    [
        ("seed=3", ("seed",), 3),
        (" solver.work_limit = 50 ", ("solver", "work_limit"), 50),
        ("stores.S1.pickers=3", ("stores", "S1", "pickers"), 3),
        ("stores[S.2].pickers=3", ("stores", "S.2", "pickers"), 3),
        ("orders[0].lines[1].sku=beer", ("orders", "0", "lines", "1", "sku"), "beer"),
        ("zones.0.profile=bike", ("zones", "0", "profile"), "bike"),
        ('name="a=b"', ("name",), "a=b"),
        ("couriers.C1.shifts=['09:00-10:00']", ("couriers", "C1", "shifts"), ["09:00-10:00"]),
        ("demand.d.service_levels={two_hour = 1}", ("demand", "d", "service_levels"), {"two_hour": 1}),
        ("files.orders=other.csv", ("files", "orders"), "other.csv"),
        ("policy.margin_share=", ("policy", "margin_share"), ""),
    ],
)
def test_a_change_is_keys_and_a_value(text: str, keys: tuple[str, ...], value: object) -> None:
    """Points and brackets part keys; values are TOML, or bare words."""
    assert split(text) == (keys, value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("seed", "no = in it"),
        ("=3", "no key before"),
        (".seed=3", "is no path"),
        ("[0].x=3", "is no path"),
        ("stores[.pickers=3", "is no path"),
        ("x=[1,", "no TOML"),
        ('x="a', "no TOML"),
        ("x=1\ny=2", "one value on one line"),
    ],
)
def test_what_is_no_change_is_refused(text: str, says: str) -> None:
    """Each error repeats the text and says what is wrong with it."""
    with pytest.raises(ScenarioError, match=says):
        split(text)


def test_elements_are_chosen_by_id_by_number_or_all() -> None:
    """Ids go before numbers, which count from zero."""
    changed = data()
    assert apply(changed, "stores.S1.pickers=3") == [("stores", 0, "pickers")]
    assert apply(changed, "stores[S.2].pickers=4") == [("stores", 1, "pickers")]
    assert apply(changed, "items.milk.price=5") == [("items", 0, "price")]
    assert apply(changed, "orders.O1.lines.1.quantity=2") == [("orders", 0, "lines", 1, "quantity")]
    assert apply(changed, "rivers.0.line.1.0=9.5") == [("rivers", 0, "line", 1, 0)]
    assert apply(changed, "stores.*.kind=warehouse") == [("stores", 0, "kind"), ("stores", 1, "kind")]
    assert changed["stores"] == [
        {"id": "S1", "pickers": 3, "kind": "warehouse"},
        {"id": "S.2", "pickers": 4, "kind": "warehouse"},
    ]
    assert changed["items"][0]["price"] == 5
    assert changed["orders"][0]["lines"][1]["quantity"] == 2
    assert changed["rivers"][0]["line"] == [[1.0, 2.0], [9.5, 4.0]]


def test_tables_on_the_way_are_made() -> None:
    """A key of a table that the file leaves out can be set."""
    changed = data()
    apply(changed, "policy.step_s=30")
    assert changed["policy"] == {"step_s": 30}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("stores.S11.pickers=1", "stores has no S11; did you mean S1"),
        ("stores.7.pickers=1", "stores has 2 elements, numbered from 0; there is no 7"),
        ("rivers.first.line=1", "rivers has no first; there are none"),
        ("name.x=1", "name is 'x', no table; there is no x in it"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(text: str, says: str) -> None:
    """The error names what is there instead."""
    with pytest.raises(ScenarioError, match=says):
        apply(data(), text)
