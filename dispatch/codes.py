"""Why an order, or a source, was refused: stable codes with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Figures = Mapping[str, int | str]
"""What a refusal is measured by, such as ``{"late_s": 120}``."""


class Code(StrEnum):
    """Why a source was refused, in the order in which a source is judged: a later code means it came further."""

    UNREACHABLE = "UNREACHABLE"
    STORE_NOT_ALLOWED = "STORE_NOT_ALLOWED"
    CLOSED = "CLOSED"
    PARTIAL = "PARTIAL"
    OUT_OF_STOCK = "OUT_OF_STOCK"
    AT_CAPACITY = "AT_CAPACITY"
    PAST_CUT_OFF = "PAST_CUT_OFF"
    TOO_SLOW = "TOO_SLOW"
    SOLD_OUT_MEANWHILE = "SOLD_OUT_MEANWHILE"


class OrderCode(StrEnum):
    """Why an order was refused as a whole."""

    UNKNOWN_SERVICE_LEVEL = "UNKNOWN_SERVICE_LEVEL"
    UNKNOWN_SKU = "UNKNOWN_SKU"
    UNKNOWN_STORE = "UNKNOWN_STORE"
    NO_STORE_IN_REACH = "NO_STORE_IN_REACH"
    BAD_SLOT = "BAD_SLOT"
    SERVICE_CLOSED = "SERVICE_CLOSED"
    PAST_CUT_OFF = "PAST_CUT_OFF"
    UNREACHABLE = "UNREACHABLE"
    STORE_NOT_ALLOWED = "STORE_NOT_ALLOWED"
    ALL_CLOSED = "ALL_CLOSED"
    NO_STOCK = "NO_STOCK"
    NO_CAPACITY = "NO_CAPACITY"
    TOO_SLOW = "TOO_SLOW"


@dataclass(frozen=True, slots=True)
class PromiseRefusal:
    """Why a service level makes no promise for an order."""

    code: OrderCode
    figures: Figures = field(default_factory=dict)
