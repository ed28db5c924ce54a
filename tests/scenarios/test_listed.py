"""Listed orders: what cannot be one is refused with a reason, and the day goes on."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.model import Interval
from geo.point import Point
from scenarios.errors import ContentFault, ScenarioError, SyntaxFault
from scenarios.load import load
from tests.scenarios.corner_shop import START_S, corner

GOOD = {
    "id": '"O1"',
    "placed": '"10:00"',
    "lat": "60.17",
    "lon": "24.95",
    "service_level": '"two_hour"',
    "lines": '[{sku="milk", quantity=2}]',
}
HEAD = "order,placed,lat,lon,service_level,sku,quantity"


def order(**changes: str | None) -> str:
    """Return an order as TOML; None leaves a key out."""
    keys = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    return "[[orders]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())


def test_a_listed_order_has_what_it_says(tmp_path: Path) -> None:
    """Prices come from the items, the customer from the order, unless they are given."""
    lines = '[{sku="milk", quantity=2}, {sku="beer", id="b", unit_price=7, stores=["S1"], substitutes=["milk"]}]'
    more = order(lines=lines) + order(id='"O2"', customer='"Ann"', placed="2025-06-12T09:30:10", split_allowed="true")
    day = load(corner(tmp_path, more))
    second, first = day.orders
    assert (first.id, first.customer, first.destination) == ("O1", "C-O1", Point(60.17, 24.95))
    assert (first.placed_s, first.service_level, first.split_allowed) == (START_S + 3_600, "two_hour", False)
    assert [(line.id, line.sku, line.quantity, line.unit_price) for line in first.lines] == [
        ("1", "milk", 2, 120),
        ("b", "beer", 1, 7),
    ]
    assert first.lines[1].stores == {"S1"}
    assert first.lines[1].substitutes == ("milk",)
    assert (second.customer, second.placed_s, second.split_allowed) == ("Ann", START_S + 1_810, True)


@pytest.mark.parametrize(
    ("placed", "after_s"),
    [('"09:30:05"', 1_805), ('"2025-06-12T10:00+03:00"', 3_600), ('"2025-06-12T07:00Z"', 3_600), ("10:00:00", 3_600)],
)
def test_times_may_be_written_in_several_ways(tmp_path: Path, placed: str, after_s: int) -> None:
    """Clock times, date-times with and without offset."""
    assert load(corner(tmp_path, order(placed=placed))).orders[0].placed_s == START_S + after_s


def test_slots_are_read(tmp_path: Path) -> None:
    """Both ends are times of the day."""
    day = load(corner(tmp_path, order(service_level='"slot"', slot='["12:00", "13:30"]')))
    assert day.orders[0].slot == Interval(START_S + 10_800, START_S + 16_200)


REJECTED = [
    (order(id='"O 1"'), "BAD_ID: 'O 1' is no id"),
    (order() + order(), "DUPLICATE_ID: O1 was there before"),
    (order(placed='"soon"'), "BAD_TIME: placed = 'soon': give a time"),
    (order(placed='"99999-01-01"'), "BAD_TIME: placed = "),
    (order(placed='"08:59:59"'), "OUTSIDE_DAY: placed at 08:59:59"),
    (order(placed='"13:00"'), "OUTSIDE_DAY: placed at 13:00"),
    (order(lat="91"), "BAD_PLACE: lat = 91.0: give degrees from -90 to 90"),
    (order(lon="-180.5"), "BAD_PLACE: lon = -180.5"),
    (order(lat="nan"), "BAD_PLACE: lat = nan"),
    (order(lon="inf"), "BAD_PLACE: lon = inf"),
    (order(service_level='"express"'), "UNKNOWN_SERVICE_LEVEL: 'express' is not known; did you mean express_"),
    (order(lines='[{sku="mlk"}]'), "UNKNOWN_SKU: line 1: 'mlk' is not known; did you mean milk?"),
    (order(lines='[{sku="milk", substitutes=["x"]}]'), "UNKNOWN_SKU: line 1: 'x' is not known"),
    (order(lines='[{sku="milk", stores=["S2"]}]'), "UNKNOWN_STORE: line 1: 'S2' is not known"),
    (order(lines='[{sku="milk"}, {sku="beer", quantity=0}]'), "BAD_QUANTITY: line 2: quantity = 0"),
    (order(lines='[{sku="milk", quantity=-1}]'), "BAD_QUANTITY: line 1: quantity = -1"),
    (order(lines='[{sku="milk", quantity=10001}]'), "BAD_QUANTITY: line 1: quantity = 10001"),
    (order(lines='[{sku="milk", unit_price=-1}]'), "BAD_PRICE: line 1: unit_price = -1"),
    (order(lines='[{sku="milk", id="a b"}]'), "BAD_LINE: line 1: line.id: 'a b'"),
    (order(lines='[{sku="milk", id="a"}, {sku="milk", id="a"}]'), "BAD_ORDER: order.lines: line ids must differ"),
    (order(lines="[]"), "BAD_ORDER: order.lines: an order needs at least one line"),
    (order(slot='["12:00", "11:00"]'), "BAD_SLOT: slot 12:00 to 11:00 ends before it begins"),
    (order(slot='["12:00", "12:00"]'), "BAD_SLOT: slot 12:00 to 12:00"),
    (order(slot='["12:00", "late"]'), "BAD_SLOT: slot = 'late'"),
]


@pytest.mark.parametrize(("more", "says"), REJECTED)
def test_what_is_no_order_is_refused_with_its_reason(tmp_path: Path, more: str, says: str) -> None:
    """It does not stop the day, and is counted with a time inside of it."""
    day = load(corner(tmp_path, more + order(id='"fine"')))
    assert "fine" in {found.id for found in day.orders}
    [(name, placed_s, reason)] = day.rejected
    assert reason.startswith(says)
    assert day.start_s <= placed_s <= day.end_s
    assert name == ("O1" if "BAD_ID" not in says else "orders[0]")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (order(lat='"north"'), 'orders[O1].lat: "north": give a number'),
        (order(lines='[{sku="milk", quantity=1.5}]'), "orders[O1].lines[milk].quantity: 1.5: give a whole number"),
        (order(lines=None), "orders[O1].lines: is missing"),
        (order(place='"x"'), "orders[O1].place: unknown key; did you mean placed?"),
    ],
)
def test_wrong_types_are_faults_of_the_file(tmp_path: Path, more: str, says: str) -> None:
    """What no shop's system could have sent stops the reading."""
    with pytest.raises(ContentFault) as caught:
        load(corner(tmp_path, more))
    assert says in str(caught.value)


def with_csv(folder: Path, rows: str, *, head: str = HEAD) -> Path:
    """Write orders as CSV, and a scenario that names them."""
    (folder / "orders.csv").write_text(f"{head}\n{rows}")
    return corner(folder, '[files]\norders = "orders.csv"\n')


def test_rows_of_one_order_are_its_lines(tmp_path: Path) -> None:
    """Rows need not be next to each other; optional columns may be there."""
    head = HEAD + ",unit_price,stores,substitutes,customer,slot_from,slot_until,split_allowed"
    rows = (
        "O1,10:00,60.17,24.95,slot,milk,2,,S1,,Ann,12:00,13:00,1\n"
        "O2,09:10,60.17,24.95,two_hour,milk,1,,,,,,,\n"
        "O1,10:00,60.17,24.95,slot,beer,3,99,,milk,Ann,12:00,13:00,1\n"
    )
    day = load(with_csv(tmp_path, rows, head=head))
    assert [found.id for found in day.orders] == ["O2", "O1"]
    found = day.orders[1]
    assert (found.customer, found.split_allowed) == ("Ann", True)
    assert found.slot == Interval(START_S + 10_800, START_S + 14_400)
    assert [(line.sku, line.quantity, line.unit_price) for line in found.lines] == [("milk", 2, 120), ("beer", 3, 99)]
    assert (found.lines[0].stores, found.lines[1].substitutes) == ({"S1"}, ("milk",))
    assert not day.rejected


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("O1,10:00,60.17,24.95,two_hour,milk,0", "BAD_QUANTITY: line 1: quantity = 0"),
        ("O1,10:00,60.17,24.95,two_hour,milk,-3", "BAD_QUANTITY: line 1: quantity = -3"),
        ("O1,10:00,60.17,24.95,two_hour,milk,99999999", "BAD_QUANTITY: line 1: quantity = 99999999"),
        ("O1,10:00,60.17,24.95,two_hour,milk,two", "BAD_QUANTITY: line 1: quantity = two"),
        ("O1,10:00,60.17,24.95,two_hour,milk,2.5", "BAD_QUANTITY: line 1: quantity = 2.5"),
        ("O1,10:00,60.17,24.95,two_hour,milk,", "BAD_QUANTITY: line 1: quantity = None"),
        ("O1,10:00,60.17,24.95,two_hour,,1", "UNKNOWN_SKU: line 1: '' is not known"),
        ("O1,10:00,north,24.95,two_hour,milk,1", "BAD_PLACE: lat = north"),
        ("O1,10:00,60.17,,two_hour,milk,1", "BAD_PLACE: lon = : give degrees"),
        ("O1,,60.17,24.95,two_hour,milk,1", "BAD_TIME: placed is missing"),
        ("O1,25:61,60.17,24.95,two_hour,milk,1", "BAD_TIME: placed = '25:61'"),
        ("O1,10:00,60.17,24.95,,milk,1", "UNKNOWN_SERVICE_LEVEL: ''"),
        (
            "O1,10:00,60.17,24.95,two_hour,milk,1\nO1,10:01,60.17,24.95,two_hour,beer,1",
            "CONTRADICTION: line 3 gives another placed than line 2",
        ),
    ],
)
def test_rows_that_are_no_order_are_refused(tmp_path: Path, row: str, says: str) -> None:
    """The other orders of the file are read."""
    day = load(with_csv(tmp_path, f"{row}\nfine,10:00,60.17,24.95,two_hour,milk,1\n"))
    assert [found.id for found in day.orders] == ["fine"]
    [(name, placed_s, reason)] = day.rejected
    assert (name, reason[: len(says)]) == ("O1", says)
    assert day.start_s <= placed_s <= day.end_s


def test_rows_without_an_id_are_called_by_their_line(tmp_path: Path) -> None:
    """Each is an order of its own, and refused."""
    rows = ",10:00,60.17,24.95,two_hour,milk,1\n,10:00,60.17,24.95,two_hour,milk,1\n"
    day = load(with_csv(tmp_path, rows))
    assert [name for name, _, _ in day.rejected] == ["orders.csv line 2", "orders.csv line 3"]
    assert {reason.partition(":")[0] for _, _, reason in day.rejected} == {"BAD_ID"}


@pytest.mark.parametrize(
    ("column", "field", "says"),
    [
        ("unit_price", "-1", "BAD_PRICE"),
        ("unit_price", "dear", "BAD_PRICE"),
        ("split_allowed", "maybe", "BAD_SPLIT"),
        ("slot_from", "12:00", "BAD_SLOT: slot is missing"),
        ("customer", "A B", "BAD_ORDER: order.customer"),
    ],
)
def test_optional_columns_are_judged_too(tmp_path: Path, column: str, field: str, says: str) -> None:
    """What is given must be right."""
    day = load(with_csv(tmp_path, f"O1,10:00,60.17,24.95,slot,milk,1,{field}\n", head=f"{HEAD},{column}"))
    assert day.rejected[0][2].startswith(says)


def test_an_order_in_both_places_counts_once(tmp_path: Path) -> None:
    """The file's own comes first, the CSV's is refused."""
    path = with_csv(tmp_path, "O1,10:00,60.17,24.95,two_hour,milk,1\n")
    path.write_text(path.read_text() + order())
    day = load(path)
    assert len(day.orders) == 1
    assert day.rejected[0][2].startswith("DUPLICATE_ID")


def test_a_csv_that_was_cut_off_is_an_error(tmp_path: Path) -> None:
    """Form is no matter of a single order."""
    with pytest.raises(SyntaxFault, match=r"orders\.csv line 2, column lat"):
        load(with_csv(tmp_path, "O1,10:00,60.17"))


def test_generated_orders_may_not_take_the_ids_of_listed_ones(tmp_path: Path) -> None:
    """The demand is told to take another id."""
    shop = '[[demand]]\nid="shop"\norders_per_hour=9\nservice_levels={two_hour=1}\n'
    shop += 'places={kind="around_sites", radius_m=100}\n'
    with pytest.raises(ContentFault, match=r"demand\[shop\]\.id: makes order shop-00001, which is listed"):
        load(corner(tmp_path, shop + order(id='"shop-00001"')))


@given(fields=st.lists(st.text(max_size=12), min_size=7, max_size=7))
@settings(deadline=None, max_examples=100)
def test_any_row_is_an_order_refused_or_an_error(tmp_path_factory: pytest.TempPathFactory, fields: list[str]) -> None:
    """Whatever stands in a row, it is counted once, or the file's form is wrong."""
    folder = tmp_path_factory.mktemp("orders")
    quoted = ",".join('"' + field.replace('"', '""') + '"' for field in fields)
    (folder / "orders.csv").write_bytes(f"{HEAD}\n{quoted}\n".encode("utf-8", "surrogatepass"))
    path = corner(folder, '[files]\norders = "orders.csv"\n')
    try:
        day = load(path)
    except ScenarioError as error:
        assert isinstance(error, SyntaxFault)  # noqa: PT017 - both ends are right
    else:
        assert len(day.orders) + len(day.rejected) == 1
