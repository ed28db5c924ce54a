"""Opening hours, and the instants they stand for."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.errors import ModelError
from dispatch.hours import (
    ALWAYS,
    DAY_MIN,
    OpeningHours,
    check_timezone,
    instant_s,
    local_day,
    local_hour,
    parse_time,
)

HELSINKI = "Europe/Helsinki"


def local_s(timezone: str, *when: int, fold: int = 0) -> int:
    """Return Unix seconds of a local time."""
    return int(datetime(*when, tzinfo=ZoneInfo(timezone), fold=fold).timestamp())  # type: ignore[misc, arg-type]


def test_open_and_closed_in_a_plain_week() -> None:
    """The beginning of an opening is inside, its end outside; a lunch break is closed."""
    hours = OpeningHours.parse({"mon-fri": "08:00-12:00,13:00-20:00", "sun": "closed"})
    monday = (2026, 3, 2)
    for when, is_open in [((7, 59, 59), False), ((8,), True), ((11, 59, 59), True), ((12,), False), ((13,), True)]:
        assert hours.is_open(local_s(HELSINKI, *monday, *when), HELSINKI) is is_open
    lunch_s = local_s(HELSINKI, *monday, 12, 30)
    assert hours.opens_s(lunch_s, HELSINKI) == local_s(HELSINKI, *monday, 13)
    assert hours.closes_s(lunch_s, HELSINKI) == lunch_s
    morning_s = local_s(HELSINKI, *monday, 9)
    assert hours.opens_s(morning_s, HELSINKI) == morning_s
    assert hours.closes_s(morning_s, HELSINKI) == local_s(HELSINKI, *monday, 12)
    friday_night_s = local_s(HELSINKI, 2026, 3, 6, 21)
    assert hours.opens_s(friday_night_s, HELSINKI) == local_s(HELSINKI, 2026, 3, 9, 8)


def test_hours_past_midnight() -> None:
    """A span past midnight belongs to the day on which it begins, and joins one that begins at its end."""
    hours = OpeningHours.parse({"sat": "18:00-02:00", "sun": "02:00-03:00"})
    begin_s = local_s(HELSINKI, 2026, 3, 7, 18)
    assert hours.opens_s(local_s(HELSINKI, 2026, 3, 4, 0), HELSINKI) == begin_s
    assert hours.closes_s(begin_s, HELSINKI) == local_s(HELSINKI, 2026, 3, 8, 3)
    assert hours.is_open(local_s(HELSINKI, 2026, 3, 8, 1), HELSINKI)
    assert not hours.is_open(local_s(HELSINKI, 2026, 3, 7, 1), HELSINKI)


def test_the_night_without_an_hour() -> None:
    """On 29 March 2026 the clocks of Helsinki leap from 03:00 to 04:00: a shop from 03:30 on opens at the leap."""
    leap_s = int(datetime(2026, 3, 29, 1, tzinfo=UTC).timestamp())
    opens = OpeningHours.parse("03:30-10:00")
    assert opens.opens_s(leap_s - 600, HELSINKI) == leap_s
    assert opens.closes_s(leap_s, HELSINKI) == local_s(HELSINKI, 2026, 3, 29, 10)
    closes = OpeningHours.parse("00:00-03:30")
    assert closes.closes_s(leap_s - 600, HELSINKI) == leap_s
    never = OpeningHours.parse({"sun": "03:10-03:50"})
    assert never.opens_s(leap_s - 600, HELSINKI) == local_s(HELSINKI, 2026, 4, 5, 3, 10)
    night = OpeningHours.parse("22:00-05:00")
    begin_s = night.opens_s(leap_s - 8 * 3600, HELSINKI)
    assert begin_s is not None
    assert night.closes_s(begin_s, HELSINKI) == begin_s + 6 * 3600


def test_the_night_with_an_hour_twice() -> None:
    """On 25 October 2026 the clocks show 03:00 to 04:00 twice: what opens or closes then does so the first time."""
    first_s = local_s(HELSINKI, 2026, 10, 25, 3, 30)
    second_s = local_s(HELSINKI, 2026, 10, 25, 3, 30, fold=1)
    assert second_s == first_s + 3600
    until = OpeningHours.parse("00:00-03:30")
    assert until.closes_s(first_s - 600, HELSINKI) == first_s
    assert not until.is_open(second_s - 600, HELSINKI)
    since = OpeningHours.parse("03:30-10:00")
    assert since.opens_s(first_s - 600, HELSINKI) == first_s
    night = OpeningHours.parse("22:00-05:00")
    begin_s = night.opens_s(first_s - 8 * 3600, HELSINKI)
    assert begin_s is not None
    assert night.closes_s(begin_s, HELSINKI) == begin_s + 8 * 3600


def test_midnight_that_is_leapt_over() -> None:
    """Where the clock leaps over midnight (Beirut, 31 March 2024), days still join without a gap or an overlap."""
    hours = OpeningHours.parse({"sat": "20:00-24:00", "sun": "00:00-06:00"})
    begin_s = local_s("Asia/Beirut", 2024, 3, 30, 20)
    assert hours.closes_s(begin_s, "Asia/Beirut") == local_s("Asia/Beirut", 2024, 3, 31, 6)


def test_always_and_never() -> None:
    """What never closes has no closing time; what is never open no opening."""
    at_s = 1_750_000_123
    for hours in (ALWAYS, OpeningHours.parse("always"), OpeningHours.parse("12:00-11:59,11:59-12:00")):
        assert hours.never_closes
        assert hours.is_open(at_s, HELSINKI)
        assert hours.closes_s(at_s, HELSINKI) is None
        assert hours.opens_s(at_s, HELSINKI) == at_s
        assert str(hours) == "always"
        begins, ends = hours.openings(at_s, at_s + 10, HELSINKI)
        assert begins == (at_s,)
        assert ends[0] > at_s + 10**9
    closed = OpeningHours.parse("closed")
    assert closed.opens_s(at_s, HELSINKI) is None
    assert closed.closes_s(at_s, HELSINKI) == at_s
    assert not closed.is_open(at_s, HELSINKI)
    assert not closed.never_closes
    assert closed.openings(at_s, at_s + 10**6, HELSINKI) == ((), ())


def test_openings_are_those_that_touch_the_time() -> None:
    """Uncut, and each once, also over the border of what is computed at once."""
    hours = OpeningHours.parse("08:00-20:00")
    from_s = local_s(HELSINKI, 2026, 3, 2, 10)
    begins, ends = hours.openings(from_s, from_s + 40 * 86_400, HELSINKI)
    assert len(begins) == 41
    assert begins[0] == local_s(HELSINKI, 2026, 3, 2, 8)
    assert ends[-1] == local_s(HELSINKI, 2026, 4, 11, 20)
    assert all(begin < end for begin, end in zip(begins, ends, strict=True))
    assert all(end < begin for end, begin in zip(ends[:-1], begins[1:], strict=True))


MINUTES = st.integers(0, DAY_MIN - 1)


@st.composite
def weeks(draw: st.DrawFn) -> OpeningHours:
    """Draw a week of up to two spans a day, some past midnight."""
    week = []
    for _ in range(7):
        edges = sorted(draw(st.lists(MINUTES, max_size=4, unique=True)))
        spans = list(zip(edges[::2], edges[1::2], strict=False))
        if spans and draw(st.booleans()):
            spans[-1] = (spans[-1][0], DAY_MIN + min(spans[0][0], spans[-1][0] - 1, 300) if spans[-1][0] else 400)
        week.append(tuple(span for span in spans if span[0] < span[1]))
    return OpeningHours(tuple(week))


@settings(deadline=None, max_examples=60)
@given(
    weeks(),
    st.sampled_from([HELSINKI, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
    st.integers(1_700_000_000, 1_800_000_000),
)
def test_openings_agree_with_the_clock_on_the_wall(hours: OpeningHours, timezone: str, at_s: int) -> None:
    """On days without a change of the clock, it is open when the clock shows a time inside a span."""
    zone = ZoneInfo(timezone)
    wall = datetime.fromtimestamp(at_s, zone)
    offsets = {(wall + timedelta(days=day)).utcoffset() for day in range(-2, 3)}
    if len(offsets) == 1:
        minute = wall.hour * 60 + wall.minute
        today, before = hours.week[wall.weekday()], hours.week[wall.weekday() - 1]
        expected = any(a <= minute < b for a, b in today) or any(a <= minute + DAY_MIN < b for a, b in before)
        assert hours.is_open(at_s, timezone) is expected
    opens_s, closes_s = hours.opens_s(at_s, timezone), hours.closes_s(at_s, timezone)
    assert hours.is_open(at_s, timezone) is (opens_s == at_s)
    if opens_s is None:
        assert not any(hours.week)
    else:
        assert hours.is_open(opens_s, timezone)
        assert opens_s == at_s or not hours.is_open(opens_s - 1, timezone)
    if closes_s is None:
        assert hours.never_closes
    else:
        assert not hours.is_open(closes_s, timezone)
        assert closes_s == at_s or hours.is_open(closes_s - 1, timezone)
    if any(hours.week) and not hours.never_closes:
        assert OpeningHours.parse({part[:3]: part[4:] for part in str(hours).split("; ")}) == hours


def test_the_text_of_hours_says_their_days() -> None:
    """Days without an opening are left out."""
    hours = OpeningHours.parse({"mon-tue": "08:00-12:00,13:00-24:00", "fri-sun": "20:00-02:30"})
    assert str(hours) == (
        "mon 08:00-12:00,13:00-24:00; tue 08:00-12:00,13:00-24:00; fri 20:00-02:30; sat 20:00-02:30; sun 20:00-02:30"
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("8-20", "give a time from 00:00 to 24:00"),
        ("08:00", "give from and until"),
        ("08:00-25:00", "25:00"),
        ("08:60-20:00", "08:60"),
        ("08:00-08:00", "ends when it begins"),
        ("08:00-12:00,11:00-20:00", "begins before 12:00"),
        ({"monday": "08:00-20:00"}, "give days as mon, tue"),
        ({"mon-fri": "08:00-20:00", "fri": "closed"}, "fri was given before"),
        ({"mon": 8}, "give text"),
        (8, "give text such as"),
        ("24:00-08:00", "no span of a day"),
    ],
)
def test_what_is_no_hours_is_refused(value: object, message: str) -> None:
    """Says which part, and what is allowed."""
    with pytest.raises(ModelError, match=message):
        OpeningHours.parse(value)  # type: ignore[arg-type]


def test_a_week_has_seven_days() -> None:
    """Fewer are refused."""
    with pytest.raises(ModelError, match="give seven"):
        OpeningHours(((),) * 6)


def test_days_may_pass_the_end_of_the_week() -> None:
    """``sat-mon`` is Saturday, Sunday and Monday."""
    hours = OpeningHours.parse({"sat-mon": "10:00-11:00"})
    assert [bool(day) for day in hours.week] == [True, False, False, False, False, True, True]


def test_local_times() -> None:
    """Times are read, and zones checked, with errors that say what to write."""
    assert parse_time("cut_off", "14:30") == time(14, 30)
    with pytest.raises(ModelError, match="23:59"):
        parse_time("cut_off", "24:00")
    with pytest.raises(ModelError, match="cut_off"):
        parse_time("cut_off", "two")
    assert check_timezone("zone", HELSINKI) == HELSINKI
    for wrong in ("Helsinki", "", "../etc/passwd", None):
        with pytest.raises(ModelError, match="no time zone"):
            check_timezone("zone", wrong)  # type: ignore[arg-type]


def test_local_day_and_hour() -> None:
    """By the clock on the wall, in zones with odd offsets too."""
    at_s = int(datetime(2026, 3, 2, 23, 50, tzinfo=UTC).timestamp())
    assert local_hour(at_s, "Asia/Kathmandu") == 5
    assert local_day(at_s, "Asia/Kathmandu") == date(2026, 3, 3)
    assert local_day(at_s, "America/New_York") == date(2026, 3, 2)
    assert instant_s(date(2026, 3, 2), time(23, 50), "UTC") == at_s
