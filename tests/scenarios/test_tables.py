"""CSV files: strict as to form, with file, line and column in every error."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.errors import ScenarioError, SyntaxFault
from scenarios.tables import STOCK, STORES, Kind, convert, read_rows, read_table


def csv_file(folder: Path, content: str | bytes) -> Path:
    """Write a file."""
    path = folder / "stock.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_rows_come_with_their_lines(tmp_path: Path) -> None:
    """Columns may stand in any order, fields may be quoted and empty, lines may be blank or end as on Windows."""
    text = '\ufeffsku,store,buffer,quantity\r\nmilk,S1,,5\r\n\r\n"be,er",S1,2, 7 \r\n'
    tables, lines, faults = read_table(csv_file(tmp_path, text), STOCK)
    assert tables == [
        {"store": "S1", "sku": "milk", "quantity": 5},
        {"store": "S1", "sku": "be,er", "quantity": 7, "buffer": 2},
    ]
    assert lines == [2, 4]
    assert not faults


def test_fields_that_are_no_numbers_are_named(tmp_path: Path) -> None:
    """Each wrong field is a fault of its own, with line and column; the rest of the row is kept."""
    text = "id,zone,lat,lon,pickers\nS1,z,north,1e999,2\nS2,z,1,2,two\n"
    tables, _, faults = read_table(csv_file(tmp_path, text), STORES)
    assert [str(fault).partition("stock.csv ")[2] for fault in faults] == [
        "line 2, column lat: 'north': give a number",
        "line 2, column lon: '1e999': give a number",
        "line 3, column pickers: 'two': give a whole number",
    ]
    assert tables[0] == {"id": "S1", "zone": "z", "pickers": 2}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty; the first line names the columns: store, sku, quantity, buffer"),
        ("store,sku\n", "line 1: no column quantity"),
        ("store,sku,quantty\n", "line 1, column 3: unknown column 'quantty'; did you mean quantity?"),
        ("store,sku,quantity,store\n", "line 1, column 4: column 'store' stands there twice"),
        ("store,sku,quantity\nS1,milk,5\nS1,be", "line 3, column sku: the line ends after 2 fields"),
        ("store,sku,quantity\nS1,milk,5,6\n", "line 2, column quantity: the line ends after 4 fields"),
        ('store,sku,quantity\nS1,"milk,5\n', "line 2: unexpected end of data"),
        ('store,sku,quantity\nS1,"mi"lk,5\n', "line 2: ',' expected"),
        (b"store,sku,quantity\nS1,\xff,5\n", "byte 22 is no UTF-8"),
    ],
)
def test_a_wrong_form_is_an_error_with_its_place(tmp_path: Path, content: str | bytes, says: str) -> None:
    """Nothing is guessed of a file that was cut off or misses columns."""
    with pytest.raises(SyntaxFault, match=r"stock\.csv") as caught:
        read_table(csv_file(tmp_path, content), STOCK)
    assert says in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file, and a folder, are errors of their own."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(ScenarioError, match="cannot be read"):
            list(read_rows(path, STOCK))


@pytest.mark.parametrize(
    ("field", "kind", "value"),
    [
        ("+5", "whole", 5),
        ("-0.5e1", "number", -5.0),
        (".5", "number", 0.5),
        ("a b", "list", ["a", "b"]),
        ("Yes", "yes", True),
        ("0", "yes", False),
        ("x", "text", "x"),
    ],
)
def test_fields_are_read_by_their_kind(field: str, kind: Kind, value: object) -> None:
    """Numbers, lists, and yes or no."""
    assert convert(field, kind) == value


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("1_000", "whole"),
        ("1.0", "whole"),
        ("\u0663", "whole"),
        ("9" * 19, "whole"),
        ("nan", "number"),
        ("maybe", "yes"),
    ],
)
def test_fields_of_another_kind_are_refused(field: str, kind: Kind) -> None:
    """What Python would let pass as a number, but no spreadsheet means as one, is none."""
    with pytest.raises(ValueError, match="give"):
        convert(field, kind)


@given(content=st.binary(max_size=200))
@settings(deadline=None, max_examples=100)
def test_any_bytes_are_rows_or_an_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Nothing but a ScenarioError comes out of a broken file."""
    path = tmp_path_factory.mktemp("csv") / "any.csv"
    path.write_bytes(b"store,sku,quantity\n" + content)
    try:
        lines = [row.line for row in read_rows(path, STOCK)]
    except ScenarioError as error:
        lines = [] if "any.csv" in str(error) else [0]
    assert all(line >= 2 for line in lines)
