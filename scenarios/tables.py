"""CSV files of a scenario: read strictly as to form; what the fields say is judged later, by line and column.

A file begins with the names of its columns, in any order. A column that is not known is an error, as a misspelt one
would otherwise be lost. An empty field counts as left out. Several values in one field are separated by spaces.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from scenarios.errors import Fault, ScenarioError, SyntaxFault
from scenarios.schema_errors import hint

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")

Kind = Literal["text", "whole", "number", "list", "yes"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its fields are, and whether the file must have it."""

    name: str
    kind: Kind = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row as text: its line in the file (the first is 1), and what stands in its columns, without empty fields."""

    line: int
    fields: dict[str, str]


STORES = (
    Column("id", required=True),
    Column("zone", required=True),
    Column("site"),
    Column("lat", "number"),
    Column("lon", "number"),
    Column("setup_s", "whole"),
    Column("kind"),
    Column("party"),
    Column("radius_m", "number"),
    Column("geojson"),
    Column("hours"),
    Column("pickers", "whole"),
    Column("capacity_orders", "whole"),
    Column("capacity_bucket_s", "whole"),
)
ITEMS = (
    Column("sku", required=True),
    Column("weight_g", "whole"),
    Column("volume_ml", "whole"),
    Column("price", "whole"),
    Column("skills", "list"),
)
STOCK = (
    Column("store", required=True),
    Column("sku", required=True),
    Column("quantity", "whole", required=True),
    Column("buffer", "whole"),
)
COURIERS = (
    Column("id", required=True),
    Column("zone", required=True),
    Column("profile", required=True),
    Column("shifts", "list", required=True),
    Column("site"),
    Column("lat", "number"),
    Column("lon", "number"),
    Column("end_site"),
    Column("capacity_weight_g", "whole"),
    Column("capacity_volume_ml", "whole"),
    Column("capacity_deliveries", "whole"),
    Column("skills", "list"),
)
ORDERS = (
    Column("order", required=True),
    Column("placed", required=True),
    Column("lat", required=True),
    Column("lon", required=True),
    Column("service_level", required=True),
    Column("sku", required=True),
    Column("quantity", "whole", required=True),
    Column("unit_price", "whole"),
    Column("stores", "list"),
    Column("substitutes", "list"),
    Column("customer"),
    Column("slot_from"),
    Column("slot_until"),
    Column("split_allowed", "yes"),
)
POINTS = (Column("lat", "number", required=True), Column("lon", "number", required=True), Column("weight", "number"))


def read_rows(path: Path, columns: Sequence[Column]) -> Iterator[Row]:
    """Yield the rows of a file, one after the other.

    Raises
    ------
    SyntaxFault
        If the file is no UTF-8 text, empty, lacks a column, has an unknown one or one twice, or a line with another
        number of fields than the first: the last line of a file that was cut off, mostly. Names file, line and column.
    ScenarioError
        If the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SyntaxFault(f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read: {error.strerror}") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = next(reader, None)
        if names is None:
            raise SyntaxFault(f"{path}: empty; the first line names the columns: {', '.join(c.name for c in columns)}")
        names = [name.strip() for name in names]
        _check_names(path, names, columns)
        for fields in reader:
            if not fields:
                continue
            if len(fields) != len(names):
                last = names[min(len(fields), len(names)) - 1]
                raise SyntaxFault(
                    f"{path} line {reader.line_num}, column {last}: the line ends after {len(fields)} fields, but the "
                    f"first line names {len(names)}; was the file cut off, or a comma left without quotes?"
                )
            kept = {name: field.strip() for name, field in zip(names, fields, strict=True) if field.strip()}
            yield Row(reader.line_num, kept)
    except csv.Error as error:
        raise SyntaxFault(f"{path} line {reader.line_num}: {error}; is a quote missing, or the file cut off?") from None


def _check_names(path: Path, names: Sequence[str], columns: Sequence[Column]) -> None:
    known = [column.name for column in columns]
    for number, name in enumerate(names):
        if name not in known:
            free = [other for other in known if other not in names]
            raise SyntaxFault(f"{path} line 1, column {number + 1}: unknown column {name!r}; {hint(name, free)}")
        if name in names[:number]:
            raise SyntaxFault(f"{path} line 1, column {number + 1}: column {name!r} stands there twice")
    missing = [column.name for column in columns if column.required and column.name not in names]
    if missing:
        raise SyntaxFault(f"{path} line 1: no column {', '.join(missing)}; the first line must name it")


def read_table(path: Path, columns: Sequence[Column]) -> tuple[list[dict[str, Any]], list[int], list[Fault]]:
    """Return the rows of a file as tables with numbers and lists, the line of each, and the fields that are none.

    Raises
    ------
    ScenarioError
        As `read_rows`.
    """
    tables: list[dict[str, Any]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    kinds = {column.name: column.kind for column in columns}
    for row in read_rows(path, columns):
        table: dict[str, Any] = {}
        for name, field in row.fields.items():
            try:
                table[name] = convert(field, kinds[name])
            except ValueError as error:
                faults.append(Fault(f"{path} line {row.line}, column {name}", f"{field!r}: {error}"))
        tables.append(table)
        lines.append(row.line)
    return tables, lines, faults


def convert(field: str, kind: Kind) -> Any:
    """Return what a field says.

    Raises
    ------
    ValueError
        If it is not of that kind; says what to give.
    """
    match kind:
        case "whole":
            if not _WHOLE.fullmatch(field):
                raise ValueError("give a whole number")
            return int(field)
        case "number":
            if not _NUMBER.fullmatch(field):
                raise ValueError("give a number")
            return float(field)
        case "list":
            return field.split()
        case "yes":
            if field.lower() not in ("1", "0", "true", "false", "yes", "no"):
                raise ValueError("give 1 or 0")
            return field.lower() in ("1", "true", "yes")
    return field
