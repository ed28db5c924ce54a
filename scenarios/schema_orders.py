"""Tables of service levels and of listed orders.

Of listed orders, types are checked here. What makes an order impossible (a quantity of zero, a place off the map, an
unknown sku) is no fault of the file: such an order is refused on its day, with its reason.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from scenarios.schema_base import DayTime, Hours, Id, Many, Moment, Seconds, Table


class ServiceLevelTable(Table):
    """A promise that customers can buy; `dispatch.service_levels.ServiceLevel` says what each key means."""

    id: Id
    kind: Literal["within", "slot", "same_day"]
    within_s: Annotated[int, Field(ge=1, le=7 * 86_400)] | None = None
    until: DayTime | None = None
    earliest: DayTime | None = None
    cut_off: DayTime | None = None
    hours: Hours = "always"
    late_limit_s: Seconds = 3_600
    slot_lead_s: Seconds = 1_800
    slot_min_s: Seconds = 900
    slot_max_s: Seconds = 43_200
    slot_ahead_s: Annotated[int, Field(ge=0, le=60 * 86_400)] = 14 * 86_400


class LineTable(Table):
    """One line of an order."""

    sku: str
    quantity: int = 1
    id: str | None = None
    unit_price: int | None = None
    stores: Many[str] = ()
    substitutes: Many[str] = ()


class OrderTable(Table):
    """An order; `placed`, and the two ends of `slot`, are clock times or date-times."""

    model_config = ConfigDict(allow_inf_nan=True)

    id: str
    placed: Moment
    lat: float
    lon: float
    service_level: str
    lines: Many[LineTable]
    customer: str | None = None
    slot: Annotated[Many[Moment], Field(min_length=2, max_length=2)] | None = None
    split_allowed: bool = False
