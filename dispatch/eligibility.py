"""When a store could have an order packed, and whether that is in time.

What is believed of one store:

* Picking begins when it is wanted (now, or a lead time before a later promise), or when the store opens next.
  Where that is now, the fulfilments that wait for a picker come first: as many pick times as wait, shared among the
  pickers, rounded up.
* It must end before the store closes; otherwise it begins at the next opening.
* The courier pays the site's set-up time, a handover for each store, and the way. Handling times are those of the hour
  in which picking can begin, before the queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from dispatch.candidates import IntArray, Places, Reached
from dispatch.codes import Code
from dispatch.estimates import Estimates
from dispatch.hours import DAY_S, local_hour
from dispatch.ledger.protocol import Claim

T = TypeVar("T")

NEVER_S = 2**40
"""Later than any time."""

HARD = -1
"""Marks a row whose times must be found store by store."""

_LOOK_AHEAD_S = 21 * DAY_S


class Pick(NamedTuple):
    """When one store would pick an order's units: it could begin at `from_s`, and does at `start_s`, after the queue.

    `blame` is what is at fault should the promise be missed: CLOSED with the second of opening (0: it never opens), or
    PAST_CUT_OFF with the seconds by which picking would have ended after closing; None means that it is just slow.
    """

    from_s: int
    start_s: int
    ready_s: int
    handover_s: int
    blame: Code | None
    figure: int


class SiteTimes(NamedTuple):
    """When the stores of one site together would have an order packed, and what the courier's visit takes."""

    ready_s: int
    service_s: int
    claims: tuple[Claim, ...]
    full: int | None
    blame: Code | None
    figure: int


class Verdict(NamedTuple):
    """Whether a source can serve an order (no code), or why not, with the figure of the code."""

    code: Code | None
    figure: int


OK = Verdict(None, 0)


class Wish(NamedTuple):
    """What an order asks of every source: seconds of now, of the wanted beginning of picking, of the promise's end.

    `queued` says how many fulfilments wait for a picker at a store (its id; None: nowhere any), `claimed` how many
    places are taken of a store's (its number) bucket, named by its beginning.
    """

    now_s: int
    want_s: int
    until_s: int
    queued: Callable[[str], int] | None
    claimed: Callable[[int, int], int]


class Timetable:
    """Answers when stores, by the numbers of `Places`, could have something packed."""

    def __init__(self, places: Places, estimates: Estimates) -> None:
        self._places = places
        self._estimates = estimates
        self._timezones = [places.timezone_of_site[site] for site in places.site_of_store]
        self._setup_of_site = np.array([site.setup_s for site in places.sites], dtype=np.int64)
        self._groups, self._group = _numbered(
            (store.hours, timezone) for store, timezone in zip(places.stores, self._timezones, strict=True)
        )
        self._zones, self._zone = _numbered(self._timezones)
        tables = (estimates.pick, estimates.pick_per_unit, estimates.handover)
        named = set().union(*(table.names() for table in tables))
        named_sites = estimates.setup.names()
        # Stores that no estimate names share one row of figures.
        kinds, self._kind = _numbered(
            (store.id if store.id in named else None, store.site if store.site in named_sites else None)
            for store in places.stores
        )
        hours = range(24)
        self._pick, self._per_unit, handover = (
            np.array([[table.of(store, hour) for hour in hours] for store, _ in kinds]).reshape(-1, 24)
            for table in tables
        )
        setup = np.array([[estimates.setup.of(site, hour) for hour in hours] for _, site in kinds]).reshape(-1, 24)
        self._visit = np.floor(handover + 0.5).astype(np.int64) + np.floor(setup + 0.5).astype(np.int64)

    def pick(self, store: int, *, units: int, wish: Wish) -> Pick:
        """Return when one store would pick so many units."""
        hours, timezone = self._places.stores[store].hours, self._timezones[store]
        name = self._places.store_ids[store]
        opens_s = hours.opens_s(wish.want_s, timezone)
        if opens_s is None:
            return Pick(NEVER_S, NEVER_S, NEVER_S, 0, Code.CLOSED, 0)
        blame, figure = (None, 0) if opens_s == wish.want_s else (Code.CLOSED, opens_s)
        wait_s = 0
        if wish.queued is not None and opens_s <= wish.now_s and (waiting := wish.queued(name)) > 0:
            pick_s = self._estimates.pick_s(name, opens_s, units, timezone)
            wait_s = -(-waiting * pick_s // self._places.stores[store].pickers)
        for _ in range(64):
            pick_s = self._estimates.pick_s(name, opens_s, units, timezone)
            handover_s = self._estimates.handover_s(name, opens_s, timezone)
            start_s = opens_s + wait_s
            ready_s = start_s + pick_s
            closes_s = hours.closes_s(opens_s, timezone)
            if closes_s is None or ready_s <= closes_s:
                return Pick(opens_s, start_s, ready_s, handover_s, blame, figure)
            if blame is None:
                blame, figure = Code.PAST_CUT_OFF, ready_s - closes_s
            # Those who waited are served in the opening that is over by then, as far as anyone can tell.
            wait_s = 0
            opens_s = hours.opens_s(closes_s, timezone) or NEVER_S
            if opens_s > wish.until_s:
                break
        return Pick(opens_s, opens_s, NEVER_S, handover_s, blame, figure)

    def site(self, site: int, units: Mapping[int, int], wish: Wish) -> SiteTimes:
        """Return when one site's stores would have their units packed: `units` by store number."""
        ready_s, handovers_s, first_s = 0, 0, NEVER_S
        blame: Code | None = None
        full: int | None = None
        figure = 0
        claims: list[Claim] = []
        for store in sorted(units):
            pick = self.pick(store, units=units[store], wish=wish)
            ready_s, first_s = max(ready_s, pick.ready_s), min(first_s, pick.from_s)
            handovers_s += pick.handover_s
            # The more telling of two: a closed store before one that closes too soon.
            if pick.blame is not None and (blame is None or pick.blame is Code.CLOSED):
                blame, figure = pick.blame, pick.figure
            claim = self.claim(store, start_s=pick.start_s)
            if claim is not None:
                claims.append(claim)
                if wish.claimed(store, claim.bucket_s) >= claim.limit:
                    full = claim.limit
        return SiteTimes(ready_s, self.setup_s(site, at_s=first_s) + handovers_s, tuple(claims), full, blame, figure)

    def setup_s(self, site: int, *, at_s: int) -> int:
        """Return seconds that a visit to a site takes whatever is done there."""
        place = self._places.sites[site]
        if at_s >= NEVER_S:
            return place.setup_s
        return place.setup_s + self._estimates.setup_s(place.id, at_s, self._places.timezone_of_site[site])

    def claim(self, store: int, *, start_s: int) -> Claim | None:
        """Return the place in a bucket that picking from `start_s` on takes; None where there is no limit."""
        capacity = self._places.stores[store].capacity
        if capacity is None:
            return None
        return Claim(self._places.store_ids[store], start_s - start_s % capacity.bucket_s, capacity.orders)

    def times_of_rows(
        self, reached: Reached, travel_s: IntArray, *, want_s: IntArray, units: IntArray
    ) -> tuple[IntArray, IntArray]:
        """Return when the goods would be packed, and at the door, for every row of one store that is open long enough.

        These are the figures that `site` gives where nobody waits for a picker, for all rows at once. Rows of another
        kind are `HARD`.

        Parameters
        ----------
        travel_s
            (rows,) from the site to the door.
        want_s, units
            (destinations,): when picking shall begin, and how much there is to pick.
        """
        if not len(reached.site):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        begin_s, end_s = self._openings_at(want_s)
        hour = np.array(
            [[local_hour(at_s, timezone) for at_s in want_s.tolist()] for timezone in self._zones], dtype=np.int64
        )
        store = reached.stores[reached.first]
        order, kind, group = reached.destination, self._kind[store], self._group[store]
        hour_of_row = hour[self._zone[store], order]
        pick_s = self._pick[kind, hour_of_row] + units[order] * self._per_unit[kind, hour_of_row] + 0.5
        start_s = want_s[order]
        ready_s = start_s + pick_s.astype(np.int64)
        arrive_s = ready_s + self._visit[kind, hour_of_row] + self._setup_of_site[reached.site] + travel_s
        easy = (begin_s[group, order] <= start_s) & (ready_s <= end_s[group, order]) & (reached.count == 1)
        return np.where(easy, ready_s, HARD), np.where(easy, arrive_s, HARD)

    def _openings_at(self, want_s: IntArray) -> tuple[IntArray, IntArray]:
        """Return, per kind of opening hours and destination, the opening at the wanted second or the next one."""
        first_s, last_s = int(want_s.min()), int(want_s.max()) + _LOOK_AHEAD_S
        begin_s = np.empty((len(self._groups), len(want_s)), dtype=np.int64)
        end_s = np.empty_like(begin_s)
        for number, (hours, timezone) in enumerate(self._groups):
            if hours.never_closes:
                begin_s[number], end_s[number] = first_s, 2 * NEVER_S
                continue
            begins, ends = hours.openings(first_s, last_s, timezone)
            at = np.searchsorted(np.array(ends, dtype=np.int64), want_s, side="right")
            begin_s[number] = np.array((*begins, NEVER_S))[at]
            end_s[number] = np.array((*ends, 0))[at]
        return begin_s, end_s


def judge(times: Sequence[SiteTimes], *, arrive_s: int, until_s: int) -> Verdict:
    """Say whether stores that would be ready then, and a courier at the door then, keep the promise.

    The first that applies: closed, at capacity, past cut-off, too slow.
    """
    late_s = arrive_s - until_s
    if late_s > 0:
        for each in times:
            if each.blame is Code.CLOSED:
                return Verdict(Code.CLOSED, each.figure)
    for each in times:
        if each.full is not None:
            return Verdict(Code.AT_CAPACITY, each.full)
    if late_s > 0:
        for each in times:
            if each.blame is not None:
                return Verdict(each.blame, each.figure)
        return Verdict(Code.TOO_SLOW, late_s)
    return OK


def _numbered(values: Iterable[T]) -> tuple[list[T], IntArray]:
    """Return the different values in the order in which they come first, and each value's number."""
    numbers: dict[T, int] = {}
    found = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), np.array(found, dtype=np.int64)
