"""Why an order is refused as a whole: the reason of the source that came furthest."""

from __future__ import annotations

from dispatch.candidates import IntArray
from dispatch.codes import Code, Figures, OrderCode
from dispatch.cover import STAGE
from dispatch.decision import LETTERS
from dispatch.offers import Case, Findings

_ORDER_CODE = {
    Code.UNREACHABLE: OrderCode.UNREACHABLE,
    Code.STORE_NOT_ALLOWED: OrderCode.STORE_NOT_ALLOWED,
    Code.CLOSED: OrderCode.ALL_CLOSED,
    Code.PARTIAL: OrderCode.NO_STOCK,
    Code.OUT_OF_STOCK: OrderCode.NO_STOCK,
    Code.AT_CAPACITY: OrderCode.NO_CAPACITY,
    Code.PAST_CUT_OFF: OrderCode.PAST_CUT_OFF,
    Code.TOO_SLOW: OrderCode.TOO_SLOW,
    Code.SOLD_OUT_MEANWHILE: OrderCode.NO_STOCK,
}


def order_code(case: Case, findings: Findings) -> tuple[OrderCode, Figures]:
    """Return why an order is refused of which no offer was held.

    Figures: TOO_SLOW and PAST_CUT_OFF the least ``late_s`` of any source; ALL_CLOSED the first ``opens_s``; NO_STOCK
    the units missing per sku at the best source, or, where every sku is to be had, that no source has all.
    """
    if len(findings.offers):
        return OrderCode.NO_STOCK, {"reason": "sold out meanwhile"}
    reached = [
        (STAGE[code], code, findings.figures.get(row, 0))
        for row, letter in enumerate(findings.letters)
        if (code := LETTERS[letter]) is not None
    ]
    failed = findings.failed
    if failed is not None and failed.code is not None:
        reached.append((STAGE[failed.code], failed.code, failed.figure))
    furthest, code, _ = max(reached)
    figures = [figure for stage, _, figure in reached if stage == furthest]
    if code in (Code.TOO_SLOW, Code.PAST_CUT_OFF):
        return _ORDER_CODE[code], {"late_s": min(figures)}
    if code is Code.CLOSED:
        return _ORDER_CODE[code], {"opens_s": min((opens_s for opens_s in figures if opens_s), default=0)}
    if code in (Code.OUT_OF_STOCK, Code.PARTIAL):
        return _ORDER_CODE[code], _missing(case, findings.stock)
    return _ORDER_CODE[code], {}


def _missing(case: Case, stock: IntArray) -> Figures:
    missing: dict[str, int | str] = {}
    for need, units in zip(case.intake.needs, stock.tolist(), strict=True):
        best = max(0, *units)
        if best < need.quantity:
            missing[need.sku] = need.quantity - best
    if missing:
        return missing
    if len(case.order.lines) > 1 and not case.order.split_allowed:
        return {"reason": "no source has every line, and the order may not be split"}
    return {"reason": "no source, and no split that was tried, has every line"}
