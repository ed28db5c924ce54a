"""When stores could have something packed, and whether that keeps a promise."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.candidates import Places, reach
from dispatch.codes import Code
from dispatch.directory import Directory
from dispatch.eligibility import HARD, NEVER_S, OK, SiteTimes, Timetable, Verdict, Wish, judge
from dispatch.estimates import Estimates, SecondsTable
from dispatch.hours import ALWAYS, OpeningHours
from dispatch.ledger.protocol import Claim
from dispatch.model import BucketCapacity, Item, Site, Store, Zone
from dispatch.service_levels import DEFAULT_LEVELS
from tests.dispatch.market import T0, at, store

ESTIMATES = Estimates(
    pick=SecondsTable(default_s=100, by_hour={15: 200, 16: 400}, by_store={"slow": 600}),
    pick_per_unit=SecondsTable(default_s=10.4),
    handover=SecondsTable(default_s=60, by_store_hour={("slow", 15): 90}),
    setup=SecondsTable(default_s=5, by_store={"mall": 15}),
)
"""T0 is 15:06:40 UTC."""


def timetable(*stores: Store) -> Timetable:
    """Return the timetable of stores, each at a site of its own unless they share the mall, which takes 30 s."""
    sites = {each.site for each in stores}
    directory = Directory(
        [Zone(id="z", timezone="UTC", profile="bike")],
        [Site(id=site, point=at(1), setup_s=30 if site == "mall" else 0) for site in sorted(sites)],
        stores,
        [Item(sku="milk")],
        DEFAULT_LEVELS,
    )
    return Timetable(Places(directory), ESTIMATES)


def wish(*, want_s: int = T0, until_s: int = T0 + 7_200, queue: int = 0, taken: int = 0) -> Wish:
    """Return the wish of an order placed at T0."""
    queued: Callable[[str], int] | None = (lambda _: queue) if queue else None
    return Wish(T0, want_s, until_s, queued, lambda _store, _bucket_s: taken)


def test_picking_begins_at_once() -> None:
    """Base and units of the hour: 200 + 3 x 10.4 s, rounded."""
    pick = timetable(store("s")).pick(0, units=3, wish=wish())
    assert (pick.from_s, pick.start_s, pick.ready_s, pick.handover_s, pick.blame) == (T0, T0, T0 + 231, 60, None)


def test_picking_begins_as_wanted() -> None:
    """An hour on it takes as long as picking does at that hour, and nobody waits there yet."""
    pick = timetable(store("s")).pick(0, units=0, wish=wish(want_s=T0 + 3_600, queue=5))
    assert (pick.start_s, pick.ready_s) == (T0 + 3_600, T0 + 4_000)


@pytest.mark.parametrize(("queue", "pickers", "wait_s"), [(1, 1, 200), (3, 2, 300), (1, 3, 67)])
def test_the_queue_is_shared_among_pickers(queue: int, pickers: int, wait_s: int) -> None:
    """As many pick times as wait, divided by the pickers, rounded up."""
    pick = timetable(store("s", pickers=pickers)).pick(0, units=0, wish=wish(queue=queue))
    assert (pick.from_s, pick.start_s, pick.ready_s) == (T0, T0 + wait_s, T0 + wait_s + 200)


def test_a_closed_store_picks_when_it_opens() -> None:
    """It is to blame if that is too late."""
    sixteen_s = T0 + 3_200
    pick = timetable(store("s", hours=OpeningHours.parse("16:00-18:00"))).pick(0, units=0, wish=wish(queue=3))
    assert (pick.start_s, pick.ready_s, pick.blame, pick.figure) == (sixteen_s, sixteen_s + 400, Code.CLOSED, sixteen_s)


def test_a_store_that_never_opens() -> None:
    """Is closed without a time of opening."""
    pick = timetable(store("s", hours=OpeningHours.parse("closed"))).pick(0, units=0, wish=wish())
    assert (pick.ready_s, pick.blame, pick.figure) == (NEVER_S, Code.CLOSED, 0)


def test_picking_that_would_end_after_closing_waits_for_the_next_opening() -> None:
    """Ten seconds too late before the break; after it there is time enough."""
    hours = OpeningHours.parse("08:00-15:09,15:30-20:00")
    pick = timetable(store("s", hours=hours)).pick(0, units=0, wish=wish())
    closes_s, opens_s = T0 + 140, T0 + 1_400
    assert (pick.start_s, pick.ready_s) == (opens_s, opens_s + 200)
    assert (pick.blame, pick.figure) == (Code.PAST_CUT_OFF, T0 + 200 - closes_s)


def test_there_may_be_no_opening_in_time() -> None:
    """Then nothing is ever ready, and the cut-off is to blame."""
    pick = timetable(store("s", hours=OpeningHours.parse("08:00-15:09"))).pick(0, units=0, wish=wish(queue=1))
    assert (pick.ready_s, pick.blame, pick.figure) == (NEVER_S, Code.PAST_CUT_OFF, 260)
    one_day = OpeningHours.parse({"sun": "08:00-15:09"})
    assert timetable(store("s", hours=one_day)).pick(0, units=0, wish=wish()).ready_s == NEVER_S


def test_a_site_is_ready_with_its_last_store() -> None:
    """One set-up, a handover for each store, a claim for each bucket; the slow store is the last."""
    capacity = BucketCapacity(orders=2, bucket_s=600)
    table = timetable(store("quick", site="mall"), store("slow", site="mall", capacity=capacity))
    times = table.site(0, {1: 1, 0: 2}, wish(taken=1))
    assert times == SiteTimes(T0 + 610, 30 + 15 + 60 + 90, (Claim("slow", T0 - T0 % 600, 2),), None, None, 0)
    assert table.site(0, {1: 1}, wish(taken=2)).full == 2


def test_a_closed_store_is_more_telling_than_one_that_closes() -> None:
    """Of two stores that are to blame the closed one is named."""
    closing, closed = OpeningHours.parse("08:00-15:09"), OpeningHours.parse("16:00-18:00")
    for first, second in [(closing, closed), (closed, closing)]:
        table = timetable(store("a", site="mall", hours=first), store("b", site="mall", hours=second))
        times = table.site(0, {0: 1, 1: 1}, wish())
        assert (times.ready_s, times.blame) == (NEVER_S, Code.CLOSED)


@pytest.mark.parametrize(
    ("times", "arrive_s", "verdict"),
    [
        ({}, 100, OK),
        ({}, 101, Verdict(Code.TOO_SLOW, 1)),
        ({"blame": Code.CLOSED, "figure": 90}, 100, OK),
        ({"blame": Code.CLOSED, "figure": 90}, 101, Verdict(Code.CLOSED, 90)),
        ({"blame": Code.PAST_CUT_OFF, "figure": 7}, 101, Verdict(Code.PAST_CUT_OFF, 7)),
        ({"full": 3}, 100, Verdict(Code.AT_CAPACITY, 3)),
        ({"full": 3, "blame": Code.PAST_CUT_OFF, "figure": 7}, 101, Verdict(Code.AT_CAPACITY, 3)),
        ({"full": 3, "blame": Code.CLOSED, "figure": 90}, 101, Verdict(Code.CLOSED, 90)),
    ],
)
def test_the_first_reason_that_applies(times: dict[str, object], arrive_s: int, verdict: Verdict) -> None:
    """Closed, at capacity, past cut-off, too slow; the promise's last second is in time."""
    whole = {"ready_s": 0, "service_s": 0, "claims": (), "full": None, "blame": None, "figure": 0}
    site = SiteTimes(**{**whole, **times})  # type: ignore[arg-type]
    assert judge((site,), arrive_s=arrive_s, until_s=100) == verdict
    fine = SiteTimes(**whole)  # type: ignore[arg-type]
    assert judge((fine, site), arrive_s=arrive_s, until_s=100) == verdict


HOURS = st.sampled_from(
    [ALWAYS, *map(OpeningHours.parse, ["08:00-15:09", "15:00-15:40", "16:00-18:00", "closed", "22:00-16:30"])]
)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "slow"]), HOURS, st.booleans()), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 30), st.integers(0, 900)), min_size=1, max_size=5),
)
def test_rows_at_once_have_the_figures_of_one(
    shops: list[tuple[str, OpeningHours, bool]], wanted: list[tuple[int, int, int]]
) -> None:
    """Where they are not left to be found store by store; every store that is open long enough is among them."""
    stores = [
        store(f"{name}{number}" if name != "slow" or number else "slow", hours=hours, site="mall" if mall else None)
        for number, (name, hours, mall) in enumerate(shops)
    ]
    stores = [replace(each, site="mall" if each.site == "mall" else each.id) for each in stores]
    table = timetable(*stores)
    places = table._places
    reached = reach(places, [at(0)] * len(wanted))
    want_s, units = np.array([T0 + w for w, _, _ in wanted]), np.array([u for _, u, _ in wanted])
    travel_s = np.array([wanted[number][2] for number in reached.destination])
    ready_s, arrive_s = table.times_of_rows(reached, travel_s, want_s=want_s, units=units)
    for row, (site, destination) in enumerate(zip(reached.site.tolist(), reached.destination.tolist(), strict=True)):
        asked = wish(want_s=int(want_s[destination]), until_s=T0 + 90_000)
        number = int(reached.stores[reached.first[row]])
        pick = table.pick(number, units=int(units[destination]), wish=asked)
        if reached.count[row] > 1 or pick.blame is not None:
            assert ready_s[row] == arrive_s[row] == HARD
            continue
        times = table.site(site, {number: int(units[destination])}, asked)
        assert (ready_s[row], arrive_s[row]) == (times.ready_s, times.ready_s + times.service_s + travel_s[row])


def test_no_rows_have_no_times() -> None:
    """Nobody in reach."""
    table = timetable(store("s", radius_m=10))
    reached = reach(table._places, [at(50)])
    nothing = np.empty(0, dtype=np.int64)
    ready_s, arrive_s = table.times_of_rows(reached, nothing, want_s=np.array([T0]), units=np.array([1]))
    assert len(ready_s) == len(arrive_s) == 0
