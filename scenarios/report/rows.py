"""The rows of a run's tables as values: `docs/outputs.md` describes the columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class State(StrEnum):
    """How an order ended, the delivered ones told apart by their promise. The order is that of legends and tables."""

    ON_TIME = "on_time"
    LATE = "late"
    FAILED = "failed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """One order. Times are Unix seconds, None where it never came so far. `door_s` is when the handover began."""

    order: str
    zone: str
    service_level: str
    placed_s: int
    lat: float | None
    lon: float | None
    lines: int
    units: int
    stores: tuple[str, ...]
    promise_from_s: int | None
    promise_until_s: int | None
    ready_s: int | None
    door_s: int | None
    ended_s: int | None
    outcome: str
    reason: str
    late_s: int
    click_to_door_s: int | None
    courier: str
    distance_m: int | None
    attempts: int
    moves: int

    @property
    def state(self) -> State:
        """How it ended."""
        if self.outcome == "delivered":
            return State.LATE if self.late_s > 0 else State.ON_TIME
        return State(self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRow:
    """One task as a courier did it. `failed` says why a drop came to nothing."""

    courier: str
    action: str
    order: str
    site: str
    lat: float
    lon: float
    eta_s: int | None
    set_off_s: int | None
    arrived_s: int
    started_s: int
    done_s: int
    travel_s: int
    wait_s: int
    failed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierRow:
    """One courier. `on_duty_s` None means that it never came."""

    courier: str
    zone: str
    profile: str
    on_duty_s: int | None
    off_duty_s: int | None
    start_lat: float
    start_lon: float
    deliveries: int
    distance_m: int
    driving_s: int
    waiting_s: int
    service_s: int
    idle_s: int
    use: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRow:
    """One store. `radius_m` None: its area is a polygon."""

    store: str
    site: str
    zone: str
    kind: str
    lat: float
    lon: float
    radius_m: int | None
    orders: int
    units: int
    refused_out_of_stock: int
    pick_mean_s: float | None


class CellError(Exception):
    """A cell that cannot be read: `column`, `value` and what it should be."""

    def __init__(self, column: str, value: object, wanted: str) -> None:
        super().__init__(f"column {column}: {value!r} is no {wanted}")
        self.column = column


Cells = Mapping[str, str | None]


def order_row(cells: Cells) -> OrderRow:
    """Read a row of ``orders.csv``."""
    outcome = _text(cells, "outcome")
    if outcome not in {"delivered", "refused", "failed", "cancelled"}:
        raise CellError("outcome", outcome, "outcome (delivered, refused, failed or cancelled)")
    return OrderRow(
        order=_text(cells, "order"),
        zone=_text(cells, "zone"),
        service_level=_text(cells, "service_level"),
        placed_s=_time(cells, "placed"),
        lat=_maybe(_number, cells, "lat"),
        lon=_maybe(_number, cells, "lon"),
        lines=_maybe(_whole, cells, "lines") or 0,
        units=_maybe(_whole, cells, "units") or 0,
        stores=tuple(name for name in _text(cells, "stores").split("+") if name),
        promise_from_s=_maybe(_time, cells, "promise_from"),
        promise_until_s=_maybe(_time, cells, "promise_until"),
        ready_s=_maybe(_time, cells, "ready"),
        door_s=_maybe(_time, cells, "door"),
        ended_s=_maybe(_time, cells, "ended"),
        outcome=outcome,
        reason=_text(cells, "reason"),
        late_s=_maybe(_whole, cells, "late_s") or 0,
        click_to_door_s=_maybe(_whole, cells, "click_to_door_s"),
        courier=_text(cells, "courier"),
        distance_m=_maybe(_whole, cells, "distance_m"),
        attempts=_maybe(_whole, cells, "attempts") or 0,
        moves=_maybe(_whole, cells, "moves") or 0,
    )


def stop_row(cells: Cells) -> StopRow:
    """Read a row of ``stops.csv``."""
    return StopRow(
        courier=_text(cells, "courier"),
        action=_text(cells, "action"),
        order=_text(cells, "order"),
        site=_text(cells, "site"),
        lat=_number(cells, "lat"),
        lon=_number(cells, "lon"),
        eta_s=_maybe(_time, cells, "eta"),
        set_off_s=_maybe(_time, cells, "set_off"),
        arrived_s=_time(cells, "arrived"),
        started_s=_time(cells, "started"),
        done_s=_time(cells, "done"),
        travel_s=_maybe(_whole, cells, "travel_s") or 0,
        wait_s=_maybe(_whole, cells, "wait_s") or 0,
        failed=_text(cells, "failed"),
    )


def courier_row(cells: Cells) -> CourierRow:
    """Read a row of ``couriers.csv``."""
    return CourierRow(
        courier=_text(cells, "courier"),
        zone=_text(cells, "zone"),
        profile=_text(cells, "profile"),
        on_duty_s=_maybe(_time, cells, "on_duty"),
        off_duty_s=_maybe(_time, cells, "off_duty"),
        start_lat=_number(cells, "start_lat"),
        start_lon=_number(cells, "start_lon"),
        deliveries=_maybe(_whole, cells, "deliveries") or 0,
        distance_m=_maybe(_whole, cells, "distance_m") or 0,
        driving_s=_maybe(_whole, cells, "driving_s") or 0,
        waiting_s=_maybe(_whole, cells, "waiting_s") or 0,
        service_s=_maybe(_whole, cells, "service_s") or 0,
        idle_s=_maybe(_whole, cells, "idle_s") or 0,
        use=_maybe(_number, cells, "use"),
    )


def store_row(cells: Cells) -> StoreRow:
    """Read a row of ``stores.csv``."""
    return StoreRow(
        store=_text(cells, "store"),
        site=_text(cells, "site"),
        zone=_text(cells, "zone"),
        kind=_text(cells, "kind"),
        lat=_number(cells, "lat"),
        lon=_number(cells, "lon"),
        radius_m=_maybe(_whole, cells, "radius_m"),
        orders=_maybe(_whole, cells, "orders") or 0,
        units=_maybe(_whole, cells, "units") or 0,
        refused_out_of_stock=_maybe(_whole, cells, "refused_out_of_stock") or 0,
        pick_mean_s=_maybe(_number, cells, "pick_mean_s"),
    )


def _text(cells: Cells, column: str) -> str:
    return cells.get(column) or ""


def _maybe(read: Callable[[Cells, str], T], cells: Cells, column: str) -> T | None:
    return read(cells, column) if cells.get(column) else None


def _number(cells: Cells, column: str) -> float:
    text = cells.get(column) or ""
    try:
        value = float(text)
    except ValueError as error:
        raise CellError(column, text, "number") from error
    if value - value != 0.0:  # infinite or not a number
        raise CellError(column, text, "finite number")
    return value


def _whole(cells: Cells, column: str) -> int:
    return round(_number(cells, column))


def _time(cells: Cells, column: str) -> int:
    text = cells.get(column) or ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CellError(column, text, "time such as 2026-05-04T12:30:00+02:00") from error
    if moment.tzinfo is None:
        raise CellError(column, text, "time with an offset, such as 2026-05-04T12:30:00+02:00")
    return int(moment.timestamp())
