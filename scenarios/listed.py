"""Orders that are listed, in the file or in a CSV, and which of them are none.

A line with a quantity of zero, an unknown sku, a place off the map: such things come from the shops' systems, and do
not stop the day. The order is refused when it is placed, with a code and a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dispatch.codes import OrderCode
from dispatch.directory import Directory
from dispatch.errors import ModelError
from dispatch.ids import PATTERN
from dispatch.model import MAX_QUANTITY, Interval, Line, Order
from geo.point import Point
from scenarios.instants import LocalDay
from scenarios.read import Source
from scenarios.schema import ScenarioFile
from scenarios.schema_errors import nearest
from scenarios.tables import ORDERS, Row, convert, read_rows

Rejected = tuple[str, int, str]
"""Id, or file and line where there is none; when it was placed; code and sentence."""

MAX_PRICE = 10**12
_KINDS = {column.name: column.kind for column in ORDERS}
_OF_ORDER = ("placed", "lat", "lon", "service_level", "customer", "slot_from", "slot_until", "split_allowed")


class NoOrderError(Exception):
    """What was listed cannot be an order: never leaves this file. The text begins with a code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")


@dataclass(frozen=True, slots=True)
class Draft:
    """An order as it was listed, types not yet known to be right.

    `name` is what to call it if its id is none; `contradiction` says which rows of it do not agree.
    """

    name: str
    fields: Mapping[str, Any]
    lines: Sequence[Mapping[str, Any]]
    contradiction: str = ""


@dataclass(slots=True)
class OrderBook:
    """Orders by id, and what was refused."""

    directory: Directory
    day: LocalDay
    start_s: int
    end_s: int
    orders: dict[str, Order] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)

    def enter(self, draft: Draft) -> None:
        """Read a draft as an order, or refuse it."""
        placed_s = self.start_s
        try:
            placed_s = self._moment("placed", draft.fields.get("placed"))
            order = self._order(draft, placed_s)
            if order.id in self.orders:
                raise NoOrderError("DUPLICATE_ID", f"{order.id} was there before")
            self.orders[order.id] = order
        except NoOrderError as error:
            within_s = min(max(placed_s, self.start_s), self.end_s)
            self.rejected.append((_name(draft), within_s, str(error)))

    def _moment(self, key: str, text: object, *, code: str = "BAD_TIME") -> int:
        if not isinstance(text, str):
            raise NoOrderError(code, f"{key} is missing")
        try:
            return self.day.moment(text)
        except ValueError as error:
            raise NoOrderError(code, f"{key} = {text!r}: {error}") from None

    def _order(self, draft: Draft, placed_s: int) -> Order:
        fields = draft.fields
        if draft.contradiction:
            raise NoOrderError("CONTRADICTION", draft.contradiction)
        if not PATTERN.fullmatch(str(fields.get("id", ""))):
            raise NoOrderError("BAD_ID", f"{fields.get('id', '')!r} is no id: 1 to 64 of A-Z a-z 0-9 . _ : -")
        if not self.start_s <= placed_s < self.end_s:
            raise NoOrderError("OUTSIDE_DAY", f"placed at {fields['placed']}, outside of the hours of the scenario")
        point = _point(fields)
        self._known(OrderCode.UNKNOWN_SERVICE_LEVEL, str(fields.get("service_level", "")), self.directory.levels)
        lines = tuple(self._line(number, line) for number, line in enumerate(draft.lines))
        try:
            return Order(
                id=str(fields["id"]),
                customer=str(fields.get("customer") or f"C-{fields['id']}"[:64]),
                destination=point,
                lines=lines,
                service_level=str(fields["service_level"]),
                placed_s=placed_s,
                slot=self._slot(fields.get("slot")),
                split_allowed=_yes(fields.get("split_allowed", False)),
            )
        except ModelError as error:
            raise NoOrderError("BAD_ORDER", str(error)) from None

    def _slot(self, slot: Sequence[str] | None) -> Interval | None:
        if slot is None:
            return None
        from_s, until_s = (self._moment("slot", text, code=OrderCode.BAD_SLOT) for text in slot)
        if until_s <= from_s:
            raise NoOrderError(OrderCode.BAD_SLOT, f"slot {slot[0]} to {slot[1]} ends before it begins")
        return Interval(from_s, until_s)

    def _line(self, number: int, line: Mapping[str, Any]) -> Line:
        where = f"line {number + 1}"
        sku, quantity = str(line.get("sku", "")), _quantity(where, line.get("quantity"))
        for known in (sku, *line.get("substitutes", ())):
            self._known(OrderCode.UNKNOWN_SKU, known, self.directory.items, where=f"{where}: ")
        stores = line.get("stores") or ()
        for store in stores:
            self._known(OrderCode.UNKNOWN_STORE, store, self.directory.stores, where=f"{where}: ")
        price = line.get("unit_price")
        if price is not None and not (isinstance(price, int) and 0 <= price <= MAX_PRICE):
            raise NoOrderError("BAD_PRICE", f"{where}: unit_price = {price}: give a whole number from 0 to {MAX_PRICE}")
        try:
            return Line(
                id=str(line.get("id") or number + 1),
                sku=sku,
                quantity=quantity,
                unit_price=self.directory.items[sku].price if price is None else price,
                stores=frozenset(stores) or None,
                substitutes=tuple(line.get("substitutes", ())),
            )
        except ModelError as error:
            raise NoOrderError("BAD_LINE", f"{where}: {error}") from None

    def _known(self, code: str, word: str, known: Mapping[str, object], *, where: str = "") -> None:
        if word not in known:
            meant = nearest(word, list(known))
            meant = f"; did you mean {meant}?" if meant else ""
            raise NoOrderError(code, f"{where}{word!r} is not known{meant}")


def enter_listed(tables: ScenarioFile, book: OrderBook) -> None:
    """Enter the orders that stand in the scenario file."""
    for number, row in enumerate(tables.orders):
        fields = row.model_dump(exclude={"lines"}, exclude_none=True)
        lines = [line.model_dump(exclude_none=True) for line in row.lines]
        book.enter(Draft(f"orders[{number}]", fields, lines))


def enter_csv(tables: ScenarioFile, source: Source, book: OrderBook) -> None:
    """Enter the orders of the CSV file: rows of one order are its lines.

    Raises
    ------
    ScenarioError
        If the file cannot be read, or its form is wrong.
    """
    if tables.files.orders is None:
        return
    file = source.folder / tables.files.orders
    by_order: dict[str, list[Row]] = {}
    for row in read_rows(file, ORDERS):
        by_order.setdefault(row.fields.get("order") or f"{file.name} line {row.line}", []).append(row)
    for name, rows in by_order.items():
        book.enter(_draft(f"{file.name} line {rows[0].line}", name, rows))


def _draft(place: str, name: str, rows: Sequence[Row]) -> Draft:
    first = _typed(rows[0])
    fields = {"id": name, **{key: first[key] for key in _OF_ORDER if key in first}}
    if "slot_from" in fields or "slot_until" in fields:
        fields["slot"] = (fields.get("slot_from"), fields.get("slot_until"))
    for row in rows[1:]:
        for key in _OF_ORDER:
            if row.fields.get(key) != rows[0].fields.get(key):
                contradiction = f"line {row.line} gives another {key} than line {rows[0].line}"
                return Draft(place, fields, [], contradiction)
    return Draft(place, fields, [_typed(row) for row in rows])


def _typed(row: Row) -> dict[str, Any]:
    """Return numbers and lists; what should be one and is none stays text, for its reader to refuse."""
    typed: dict[str, Any] = {}
    for key, text in row.fields.items():
        try:
            typed[key] = convert(text, _KINDS[key])
        except ValueError:
            typed[key] = text
    return typed


def _name(draft: Draft) -> str:
    name = str(draft.fields.get("id", ""))
    return name if PATTERN.fullmatch(name) else draft.name


def _point(fields: Mapping[str, Any]) -> Point:
    found = []
    for key, bound in (("lat", 90.0), ("lon", 180.0)):
        try:
            value = float(fields[key])
        except (KeyError, ValueError, TypeError):
            value = math.nan
        if not (math.isfinite(value) and abs(value) <= bound):
            given = fields.get(key, "")
            raise NoOrderError("BAD_PLACE", f"{key} = {given}: give degrees from -{bound:g} to {bound:g}")
        found.append(value)
    return Point(found[0], found[1])


def _quantity(where: str, quantity: object) -> int:
    if not isinstance(quantity, int) or not 1 <= quantity <= MAX_QUANTITY:
        allowed = f"give a whole number from 1 to {MAX_QUANTITY}"
        raise NoOrderError("BAD_QUANTITY", f"{where}: quantity = {quantity}: {allowed}")
    return quantity


def _yes(value: object) -> bool:
    if not isinstance(value, bool):
        raise NoOrderError("BAD_SPLIT", f"split_allowed = {value}: give 1 or 0")
    return value
