"""A decision in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dispatch.codes import Code, Figures, OrderCode
from dispatch.decision import Decision, Refusal
from solver.words import told_count

Words = Callable[[Figures, "Clock"], str]


class Clock(NamedTuple):
    """Writes Unix seconds as local times."""

    timezone: str

    def __call__(self, at_s: int) -> str:
        """Return the time of day."""
        return datetime.fromtimestamp(at_s, ZoneInfo(self.timezone)).strftime("%H:%M:%S")

    def day(self, at_s: int) -> str:
        """Return date, time and offset."""
        return datetime.fromtimestamp(at_s, ZoneInfo(self.timezone)).isoformat(sep=" ")


def headlines(decision: Decision, timezone: str = "UTC") -> list[str]:
    """Return what was asked and promised, what was decided, and why: a sentence each."""
    clock = Clock(timezone)
    lines = [f"order {decision.order}, {decision.level}, decided {clock.day(decision.at_s)} ({timezone})"]
    if decision.needs:
        lines.append("asked for: " + ", ".join(f"{need.quantity} x {need.sku}" for need in decision.needs))
    if decision.promise is not None:
        lines.append(f"promised: {clock(decision.promise.from_s)} to {clock(decision.promise.until_s)}")
    if decision.code is not None:
        lines.append(f"refused: {decision.code}: {order_words(decision, clock)}")
        return lines
    for source in decision.sources:
        for store, parts in source.stores:
            given = ", ".join(f"{part.quantity} x {part.sku}" for part in parts)
            lines.append(
                f"served by: {store} at site {source.site}, zone {source.zone}: {given}; "
                f"{duration(source.travel_s)}, {source.distance_m:,} m to the door; packed by {clock(source.ready_s)}"
            )
    if decision.promise is not None and decision.sources:
        arrive_s = max(source.arrive_s for source in decision.sources)
        spare = duration(decision.promise.until_s - arrive_s)
        lines.append(f"at the door from: {clock(arrive_s)}, {spare} before the promise ends")
    lines.append(f"why: {why(decision)}")
    if decision.also:
        others = ", ".join("+".join(decision.ranked[number].stores) for number in decision.also)
        lines.append(f"held as well, until a plan has chosen: {others}")
    return lines


def why(decision: Decision) -> str:
    """Say what set the offer that was taken apart from the next best."""
    if decision.taken is None:
        return "nothing was held"
    taken = decision.ranked[decision.taken]
    before = f"what ranked before it was sold out meanwhile ({decision.taken}); " if decision.taken else ""
    rest = decision.ranked[decision.taken + 1 :]
    if not rest:
        return before + "no other source could serve it"
    following = rest[0]
    for name, mine, theirs in zip(decision.term_names, taken.terms, following.terms, strict=True):
        if mine != theirs:
            return before + f"least {name}: {mine:,}, the next best ({'+'.join(following.stores)}) has {theirs:,}"
    return before + f"equal to {'+'.join(following.stores)} in all terms; the lesser id is first"


def refusal_words(refusal: Refusal, timezone: str = "UTC") -> str:
    """Return a source's refusal in words."""
    return _WORDS[refusal.code](refusal.figures, Clock(timezone))


def order_words(decision: Decision, clock: Clock) -> str:
    """Return an order's refusal in words."""
    assert decision.code is not None
    return _ORDER_WORDS[decision.code](decision.figures, clock)


def explain(decision: Decision, timezone: str = "UTC") -> str:
    """Return a whole decision as text: what was decided and why, the offers in rank order, and every refusal."""
    clock = Clock(timezone)
    lines = headlines(decision, timezone)
    if decision.ranked:
        lines += ["", f"offers in rank order ({', '.join(decision.term_names)}; at the door):"]
        for number, offer in enumerate(decision.ranked):
            mark = "*" if number == decision.taken else "+" if number in decision.also else " "
            terms = ", ".join(f"{term:,}" for term in offer.terms)
            lines.append(f" {mark} {number + 1:2}. {'+'.join(offer.stores)}: {terms}; {clock(offer.arrive_s)}")
    refusals = decision.refusals
    if refusals:
        lines += ["", "refused:"]
        lines += [f"   {each.source}: {each.code}: {refusal_words(each, timezone)}" for each in refusals]
    if decision.beyond:
        lines.append("   further away: " + beyond_words(decision))
    lines += ["", f"{reach_words(decision)}; {decision.directory}, {decision.travel}"]
    return "\n".join(lines)


def reach_words(decision: Decision) -> str:
    """Return how many sources there were to choose from."""
    return f"{told_count(decision.in_reach, 'source')} in reach"


def beyond_words(decision: Decision) -> str:
    """Return the refusals of sources that were only counted."""
    return ", ".join(f"{count} x {code}" for code, count in decision.beyond)


def duration(seconds: int) -> str:
    """Return seconds as minutes and seconds, such as ``7 min 30 s``."""
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [f"{value} {unit}" for value, unit in ((hours, "h"), (minutes, "min"), (rest, "s")) if value]
    return sign + (" ".join(parts) or "0 s")


def _missing(figures: Figures, _: Clock) -> str:
    if "reason" in figures:
        return str(figures["reason"])
    if list(figures) == ["missing"]:
        missing = int(figures["missing"])
        return f"{told_count(missing, 'unit')} {'is' if missing == 1 else 'are'} missing"
    return ", ".join(f"{missing} of {sku} missing" for sku, missing in figures.items()) or "not every line is to be had"


def _opens(figures: Figures, clock: Clock) -> str:
    opens_s = int(figures.get("opens_s", 0))
    return f"closed, opens at {clock(opens_s)}" if opens_s else "closed, and does not open"


def _late(what: str) -> Words:
    return lambda figures, _: f"{what} by {duration(int(figures.get('late_s', 0)))}"


def _say(text: str) -> Words:
    return lambda _figures, _clock: text


def _unknown(kind: str) -> Words:
    return lambda figures, _: f"{figures.get(kind)!r} is not known{figures.get('hint', '')}"


def _slot(figures: Figures, _: Clock) -> str:
    rest = ", ".join(f"{name} {value}" for name, value in figures.items() if name != "reason")
    return f"{figures.get('reason', 'the slot is not on offer')}{f' ({rest})' if rest else ''}"


_WORDS: Mapping[Code, Words] = {
    Code.UNREACHABLE: _say("there is no way to the door"),
    Code.STORE_NOT_ALLOWED: _say("every line names other stores"),
    Code.CLOSED: _opens,
    Code.PARTIAL: lambda figures, _: (
        f"may serve only {figures.get('lines')} of the lines; the others name other stores"
    ),
    Code.OUT_OF_STOCK: _missing,
    Code.AT_CAPACITY: lambda figures, _: (
        f"its time bucket is full ({told_count(int(figures.get('limit', 0)), 'order')})"
    ),
    Code.PAST_CUT_OFF: _late("picking would end after closing"),
    Code.TOO_SLOW: _late("later than promised"),
    Code.SOLD_OUT_MEANWHILE: _missing,
}

_ORDER_WORDS: Mapping[OrderCode, Words] = {
    OrderCode.UNKNOWN_SERVICE_LEVEL: _unknown("service_level"),
    OrderCode.UNKNOWN_SKU: _unknown("sku"),
    OrderCode.UNKNOWN_STORE: _unknown("store"),
    OrderCode.NO_STORE_IN_REACH: _say("no store's service area contains the destination"),
    OrderCode.BAD_SLOT: _slot,
    OrderCode.SERVICE_CLOSED: _opens,
    OrderCode.PAST_CUT_OFF: _late("past the cut-off"),
    OrderCode.UNREACHABLE: _say("no store in reach has a way to the door"),
    OrderCode.STORE_NOT_ALLOWED: _say("no store in reach is among those that the lines name"),
    OrderCode.ALL_CLOSED: lambda figures, clock: f"every store that could serve it is {_opens(figures, clock)}",
    OrderCode.NO_STOCK: _missing,
    OrderCode.NO_CAPACITY: _say("every store that could serve it has its time bucket full"),
    OrderCode.TOO_SLOW: _late("the best source would miss the promise"),
}
