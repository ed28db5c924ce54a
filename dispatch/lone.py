"""Judges sites of one store for orders that any store may serve: the most frequent case, and the fast one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from dispatch.candidates import IntArray
from dispatch.codes import Code
from dispatch.decision import LETTER_OF
from dispatch.eligibility import Timetable, judge
from dispatch.ledger.protocol import Choice, Claim, Demand
from dispatch.offers import Case, Findings, Found, ranked
from dispatch.scoring import Offer, Scoring
from geo.travel import UNREACHABLE_S

_GOOD = ord(LETTER_OF[None])
_UNREACHABLE, _CLOSED, _SHORT, _FULL, _SLOW = (
    ord(LETTER_OF[code]) for code in (Code.UNREACHABLE, Code.CLOSED, Code.OUT_OF_STOCK, Code.AT_CAPACITY, Code.TOO_SLOW)
)


class LoneStores:
    """Judges stores that are alone at their site, all sites of an order in one pass.

    Gives what `dispatch.spread.Spread` gives for the same sites, without a search.
    """

    def __init__(self, timetable: Timetable, scoring: Scoring) -> None:
        self._timetable = timetable
        self._scoring = scoring

    def look(self, case: Case) -> Findings:
        """Judge every source in reach."""
        stock = case.stock_of_rows()
        enough = np.logical_and.reduce(stock >= case.intake.quantities)
        letters = np.full(len(enough), _SHORT, dtype=np.uint8)
        figures: dict[int, int] = {}
        wish, columns = case.wish, case.columns
        if case.hard:
            self._mark_unreachable_and_closed(case, letters, figures)
            enough &= letters == _SHORT
        good = enough.nonzero()[0]
        letters[good] = _GOOD
        ready_s, arrive_s = columns.ready_s, columns.arrive_s
        claims: dict[int, tuple[Claim, ...]] = {}
        rows = good.tolist()
        if rows and (case.hard or (wish.queued is not None and wish.want_s <= wish.now_s)):
            ready_s, arrive_s = ready_s.copy(), arrive_s.copy()
            rows = self._time(case, rows, letters, figures, ready_s, arrive_s, claims)
        if rows:
            self._judge(case, rows, letters, figures, arrive_s)
        rows = ((letters == _GOOD).nonzero()[0] if figures else good).tolist()
        offers: Sequence[Found] = LoneOffers(case, self._scoring, rows, ready_s, arrive_s, claims)
        plain = self._scoring.nearest_first
        return Findings(
            letters.tobytes().decode("ascii"), figures, stock, offers if plain else ranked(offers), plain, arrive_s
        )

    def _time(
        self,
        case: Case,
        rows: list[int],
        letters: npt.NDArray[np.uint8],
        figures: dict[int, int],
        ready_s: IntArray,
        arrive_s: IntArray,
        claims: dict[int, tuple[Claim, ...]],
    ) -> list[int]:
        """Judge the rows at which picking does not begin as wanted; write when they are ready, and what they claim.

        Returns
        -------
        The other rows.
        """
        wish, columns, names = case.wish, case.columns, case.places.store_ids
        queued = wish.queued if wish.want_s <= wish.now_s else None
        rest = []
        for row in rows:
            store = columns.store.item(row)
            if arrive_s[row] >= 0 and not (queued is not None and queued(names[store])):
                rest.append(row)
                continue
            times = self._timetable.site(columns.site.item(row), {store: case.intake.units}, wish)
            at_door_s = times.ready_s + times.service_s + columns.travel_s.item(row)
            code, figure = judge((times,), arrive_s=at_door_s, until_s=wish.until_s)
            if code is None:
                ready_s[row], arrive_s[row], claims[row] = times.ready_s, at_door_s, times.claims
            else:
                letters[row], figures[row] = ord(LETTER_OF[code]), figure
        return rest

    def _judge(
        self,
        case: Case,
        rows: list[int],
        letters: npt.NDArray[np.uint8],
        figures: dict[int, int],
        arrive_s: IntArray,
    ) -> None:
        """Judge capacity and time of rows at which picking begins as wanted."""
        until_s, want_s = case.wish.until_s, case.wish.want_s
        places = case.places
        at = np.array(rows)
        for row in case.perhaps_full(at).tolist():
            store = case.columns.store.item(row)
            limit = places.capacities[store]
            if limit is not None and case.wish.claimed(store, want_s - want_s % limit.bucket_s) >= limit.orders:
                letters[row], figures[row] = _FULL, limit.orders
        late_s = arrive_s[at] - until_s
        for number in (late_s > 0).nonzero()[0].tolist():
            row = rows[number]
            if row not in figures:
                letters[row], figures[row] = _SLOW, late_s.item(number)

    def _mark_unreachable_and_closed(self, case: Case, letters: npt.NDArray[np.uint8], figures: dict[int, int]) -> None:
        columns = case.columns
        letters[columns.travel_s >= UNREACHABLE_S] = _UNREACHABLE
        for row in np.flatnonzero((columns.arrive_s < 0) & (letters == _SHORT)).tolist():
            units = {columns.store.item(row): case.intake.units}
            times = self._timetable.site(columns.site.item(row), units, case.wish)
            late = times.ready_s + times.service_s + columns.travel_s.item(row) > case.wish.until_s
            if late and times.blame is Code.CLOSED:
                letters[row], figures[row] = _CLOSED, times.figure


class LoneOffers(Sequence[Found]):
    """The offers of some rows, made when they are looked at: mostly only the first is."""

    def __init__(
        self,
        case: Case,
        scoring: Scoring,
        rows: list[int],
        ready_s: IntArray,
        arrive_s: IntArray,
        claims: dict[int, tuple[Claim, ...]],
    ) -> None:
        self._case = case
        self._scoring = scoring
        self._rows = rows
        self._ready_s = ready_s
        self._arrive_s = arrive_s
        self._claims = claims
        self._made: dict[int, Found] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Found: ...

    @overload
    def __getitem__(self, index: slice) -> list[Found]: ...

    def __getitem__(self, index: int | slice) -> Found | list[Found]:
        if isinstance(index, slice):
            return [self._offer(row) for row in self._rows[index]]
        return self._offer(self._rows[index])

    def _offer(self, row: int) -> Found:
        offer = self._made.get(row)
        if offer is None:
            offer = self._made[row] = self._make(row)
        return offer

    def _make(self, row: int) -> Found:
        case = self._case
        columns, places = case.columns, case.places
        store = columns.store.item(row)
        name = places.store_ids[store]
        ready_s, arrive_s = self._ready_s.item(row), self._arrive_s.item(row)
        travel_s, distance_m = columns.travel_s.item(row), columns.distance_m.item(row)
        offer = Offer(0, (places.sites[columns.site.item(row)].id,), (name,), travel_s, distance_m, ready_s, arrive_s)
        claims = self._claims.get(row)
        capacity = places.capacities[store]
        if claims is None and capacity is not None:
            want_s = case.wish.want_s
            claims = (Claim(name, want_s - want_s % capacity.bucket_s, capacity.orders),)
        return Found(
            self._scoring.terms(offer),
            offer.stores,
            arrive_s,
            places.zone_of_store[store],
            Choice(
                tuple([Demand(name, sku, quantity) for sku, quantity in case.intake.needs]),
                claims or (),
            ),
            (row,),
            (ready_s,),
            None,
        )
