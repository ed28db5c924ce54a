"""Service levels: which window follows from an order, or why none does."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from dispatch.codes import OrderCode, PromiseRefusal
from dispatch.errors import ModelError
from dispatch.hours import OpeningHours
from dispatch.model import Interval
from dispatch.service_levels import DEFAULT_LEVELS, EXPRESS_30, SAME_DAY, SLOT, TWO_HOUR, Kind, ServiceLevel
from tests.dispatch.market import line, order

HELSINKI = "Europe/Helsinki"


def local_s(*when: int) -> int:
    """Return Unix seconds of a local time in Helsinki."""
    return int(datetime(*when, tzinfo=ZoneInfo(HELSINKI)).timestamp())  # type: ignore[misc, arg-type]


NOON_S = local_s(2026, 3, 2, 12)


def test_within() -> None:
    """From placing, so long."""
    assert EXPRESS_30.promise(order(line("tea"), placed_s=NOON_S), HELSINKI) == Interval(NOON_S, NOON_S + 1_800)
    assert TWO_HOUR.promise(order(line("tea"), placed_s=NOON_S), HELSINKI) == Interval(NOON_S, NOON_S + 7_200)


def test_same_day_until_and_cut_off() -> None:
    """Until 21:00 local time, if placed before 16:00; at 16:00 it is too late by 0 s."""
    promise = SAME_DAY.promise(order(line("tea"), placed_s=NOON_S), HELSINKI)
    assert promise == Interval(NOON_S, local_s(2026, 3, 2, 21))
    for placed_s, late_s in [(local_s(2026, 3, 2, 16), 0), (local_s(2026, 3, 2, 16, 5), 300)]:
        refused = SAME_DAY.promise(order(line("tea"), placed_s=placed_s), HELSINKI)
        assert refused == PromiseRefusal(OrderCode.PAST_CUT_OFF, {"late_s": late_s})


def test_same_day_without_cut_off_ends_with_its_window() -> None:
    """After `until` nothing is promised; `earliest` begins the window later."""
    level = ServiceLevel(id="evening", kind=Kind.SAME_DAY, earliest=time(17), until=time(21))
    assert level.promise(order(line("tea"), placed_s=NOON_S), HELSINKI) == Interval(
        local_s(2026, 3, 2, 17), local_s(2026, 3, 2, 21)
    )
    evening_s = local_s(2026, 3, 2, 18)
    assert level.promise(order(line("tea"), placed_s=evening_s), HELSINKI) == Interval(
        evening_s, local_s(2026, 3, 2, 21)
    )
    late = level.promise(order(line("tea"), placed_s=local_s(2026, 3, 2, 21, 0, 30)), HELSINKI)
    assert late == PromiseRefusal(OrderCode.PAST_CUT_OFF, {"late_s": 30})


def test_same_day_on_the_day_the_clock_changes() -> None:
    """The day's end is told by the clock on the wall: 21:00 is 18:00 UTC once summer time has begun."""
    placed_s = int(datetime(2026, 3, 29, 0, 30, tzinfo=UTC).timestamp())  # 02:30, before the leap
    promise = SAME_DAY.promise(order(line("tea"), placed_s=placed_s), HELSINKI)
    assert promise == Interval(placed_s, int(datetime(2026, 3, 29, 18, tzinfo=UTC).timestamp()))


def test_outside_the_hours_of_the_service() -> None:
    """Says when it opens, if it does."""
    hours = OpeningHours.parse("08:00-20:00")
    level = ServiceLevel(id="day", kind=Kind.WITHIN, within_s=600, hours=hours)
    night_s = local_s(2026, 3, 2, 3)
    refused = level.promise(order(line("tea"), placed_s=night_s), HELSINKI)
    assert refused == PromiseRefusal(OrderCode.SERVICE_CLOSED, {"opens_s": local_s(2026, 3, 2, 8)})
    never = ServiceLevel(id="day", kind=Kind.WITHIN, within_s=600, hours=OpeningHours.parse("closed"))
    assert never.promise(order(line("tea"), placed_s=NOON_S), HELSINKI) == PromiseRefusal(OrderCode.SERVICE_CLOSED)


def test_cut_off_of_a_within_level() -> None:
    """A local time of the day of placing."""
    level = ServiceLevel(id="lunch", kind=Kind.WITHIN, within_s=600, cut_off=time(14))
    assert isinstance(level.promise(order(line("tea"), placed_s=local_s(2026, 3, 2, 13, 59)), HELSINKI), Interval)
    refused = level.promise(order(line("tea"), placed_s=local_s(2026, 3, 2, 15)), HELSINKI)
    assert refused == PromiseRefusal(OrderCode.PAST_CUT_OFF, {"late_s": 3_600})


def test_a_slot_is_the_promise() -> None:
    """As the customer chose it."""
    slot = Interval(NOON_S + 7_200, NOON_S + 10_800)
    assert SLOT.promise(order(line("tea"), placed_s=NOON_S, slot=slot), HELSINKI) == slot


@pytest.mark.parametrize(
    ("slot", "reason"),
    [
        (None, "no slot was chosen"),
        (Interval(NOON_S + 3_600, NOON_S + 3_660), "its length is not on offer"),
        (Interval(NOON_S + 3_600, NOON_S + 90_000), "its length is not on offer"),
        (Interval(NOON_S - 3_600, NOON_S), "it ends too soon"),
        (Interval(NOON_S + 20 * 86_400, NOON_S + 20 * 86_400 + 3_600), "it is too far ahead"),
    ],
)
def test_bad_slots(slot: Interval | None, reason: str) -> None:
    """Missing, too short or long, over, or too far ahead."""
    refused = SLOT.promise(order(line("tea"), placed_s=NOON_S, slot=slot), HELSINKI)
    assert isinstance(refused, PromiseRefusal)
    assert (refused.code, refused.figures["reason"]) == (OrderCode.BAD_SLOT, reason)


def test_a_slot_must_lie_within_the_hours() -> None:
    """One that reaches past closing is refused, and one that begins before opening."""
    for begin, opens in [((21, 30), (2026, 3, 3, 7)), ((6,), (2026, 3, 3, 7))]:
        day = 2 if begin[0] > 12 else 3
        slot = Interval(local_s(2026, 3, day, *begin), local_s(2026, 3, day, *begin) + 7_200)
        refused = SLOT.promise(order(line("tea"), placed_s=NOON_S, slot=slot), HELSINKI)
        assert refused == PromiseRefusal(OrderCode.SERVICE_CLOSED, {"opens_s": local_s(*opens)})


def test_cut_off_of_a_slot_is_of_its_day() -> None:
    """Tomorrow's slots may be chosen all day, today's until the cut-off."""
    level = ServiceLevel(id="slots", kind=Kind.SLOT, cut_off=time(10))
    today, tomorrow = Interval(NOON_S + 7_200, NOON_S + 10_800), Interval(NOON_S + 86_400, NOON_S + 90_000)
    assert level.promise(order(line("tea"), placed_s=NOON_S, slot=tomorrow), HELSINKI) == tomorrow
    refused = level.promise(order(line("tea"), placed_s=NOON_S, slot=today), HELSINKI)
    assert refused == PromiseRefusal(OrderCode.PAST_CUT_OFF, {"late_s": 7_200})


def test_a_slot_where_there_are_none() -> None:
    """A level without slots does not take one."""
    refused = EXPRESS_30.promise(order(line("tea"), slot=Interval(NOON_S, NOON_S + 3_600)), HELSINKI)
    assert isinstance(refused, PromiseRefusal)
    assert refused.code is OrderCode.BAD_SLOT


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": Kind.WITHIN}, "within_s"),
        ({"kind": Kind.WITHIN, "within_s": 0}, "within_s"),
        ({"kind": Kind.SAME_DAY}, "until"),
        ({"kind": Kind.SAME_DAY, "until": time(9), "earliest": time(10)}, "earliest"),
        ({"kind": Kind.WITHIN, "within_s": 60, "until": time(9)}, "until: 09:00:00: it is for kind 'same_day'"),
        ({"kind": Kind.WITHIN, "within_s": 60, "earliest": time(9)}, "earliest"),
        ({"kind": Kind.SAME_DAY, "until": time(9), "slot_min_s": 60}, "slot_min_s: 60: it is for kind 'slot'"),
        ({"kind": Kind.SLOT, "within_s": 60}, "within_s: 60: .* means nothing to 'slot'; leave it out"),
        ({"kind": Kind.SLOT, "late_limit_s": -1}, "late_limit_s"),
        ({"kind": Kind.SLOT, "slot_max_s": 60}, "slot_max_s"),
        ({"id": "no id", "kind": Kind.SLOT}, "service_level.id"),
    ],
)
def test_levels_are_checked(fields: dict[str, object], message: str) -> None:
    """What the kind needs must be there, and in bounds; what it would not look at must not."""
    with pytest.raises(ModelError, match=message):
        ServiceLevel(**{"id": "x", **fields})  # type: ignore[arg-type]


def test_the_levels_on_offer() -> None:
    """Five, with ids that orders use."""
    assert [level.id for level in DEFAULT_LEVELS] == ["express_30", "express_60", "two_hour", "same_day", "slot"]
