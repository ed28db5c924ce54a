"""Judges sites of one store for orders that any store may serve: the most frequent case, and the fast one."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch.codes import Code
from dispatch.decision import LETTER_OF
from dispatch.eligibility import Timetable, judge
from dispatch.ledger.protocol import Choice, Claim, Demand
from dispatch.offers import Case, Findings, Found
from dispatch.scoring import Offer, Scoring
from geo.travel import UNREACHABLE_S


class LoneStores:
    """Judges stores that are alone at their site, all sites of an order in one pass.

    Gives what `dispatch.spread.Spread` gives for the same sites, without searching for covers.
    """

    def __init__(self, timetable: Timetable, scoring: Scoring, *, choices: int) -> None:
        self._timetable = timetable
        self._scoring = scoring
        self._choices = choices

    def look(self, case: Case) -> Findings:
        """Judge every source in reach; as many offers as a hold may pass on are made, in rank order."""
        rows, wish = case.rows, case.wish
        stock = case.stock(rows.store, [need.sku for need in case.intake.needs])
        letters, figures = ["O"] * len(rows.site), [0] * len(rows.site)
        findings = Findings(letters, figures, stock)
        good: Sequence[int] = range(len(letters))
        for need, units in zip(case.intake.needs, stock, strict=True):
            quantity = need.quantity
            good = [row for row in good if units[row] >= quantity]
        self._mark_unreachable_and_closed(case, findings)
        names, capacities = case.places.store_ids, case.places.capacities
        until_s, want_s, queued, claimed = wish.until_s, wish.want_s, wish.queued, wish.claimed
        at_once = want_s <= wish.now_s
        limit = self._choices if self._scoring.nearest_first else len(letters)
        for row in good:
            if letters[row] != "O":
                continue
            store = rows.store[row]
            name = names[store]
            ready_s, arrive_s = rows.ready_s[row], rows.arrive_s[row]
            claims: tuple[Claim, ...] = ()
            if arrive_s >= 0 and not (at_once and queued(name)):
                capacity = capacities[store]
                if capacity is not None:
                    bucket_s = want_s - want_s % capacity.bucket_s
                    if claimed(store, bucket_s) >= capacity.orders:
                        letters[row], figures[row] = "F", capacity.orders
                        continue
                    claims = (Claim(name, bucket_s, capacity.orders),)
                if arrive_s > until_s:
                    letters[row], figures[row] = "T", arrive_s - until_s
                    continue
            else:
                times = self._timetable.site(rows.site[row], {store: case.intake.units}, wish)
                ready_s, claims = times.ready_s, times.claims
                arrive_s = ready_s + times.service_s + rows.travel_s[row]
                code, figure = judge((times,), arrive_s=arrive_s, until_s=until_s)
                if code is not None:
                    letters[row], figures[row] = LETTER_OF[code], figure
                    continue
            letters[row] = "."
            if len(findings.offers) < limit:
                findings.offers.append(self._offer(case, row, ready_s, arrive_s, claims))
        if not self._scoring.nearest_first:
            findings.rank()
        return findings

    def _offer(self, case: Case, row: int, ready_s: int, arrive_s: int, claims: tuple[Claim, ...]) -> Found:
        rows, places = case.rows, case.places
        site = rows.site[row]
        name = places.store_ids[rows.store[row]]
        offer = Offer(0, (places.sites[site].id,), (name,), rows.travel_s[row], rows.distance_m[row], ready_s, arrive_s)
        return Found(
            self._scoring.terms(offer),
            offer.sites,
            offer.stores,
            arrive_s,
            places.zone_of_site[site],
            Choice(tuple([Demand(name, sku, quantity) for sku, quantity in case.intake.needs]), claims),
            (row,),
            (ready_s,),
            None,
        )

    def _mark_unreachable_and_closed(self, case: Case, findings: Findings) -> None:
        rows, letters = case.rows, findings.letters
        if rows.travel_s[-1] >= UNREACHABLE_S:  # they rank last
            for row, travel_s in enumerate(rows.travel_s):
                if travel_s >= UNREACHABLE_S:
                    letters[row] = "U"
        if min(rows.arrive_s) >= 0:
            return
        for row, arrive_s in enumerate(rows.arrive_s):
            if arrive_s < 0 and letters[row] == "O":
                times = self._timetable.site(rows.site[row], {rows.store[row]: case.intake.units}, case.wish)
                late = times.ready_s + times.service_s + rows.travel_s[row] > case.wish.until_s
                if late and times.blame is Code.CLOSED:
                    letters[row], findings.figures[row] = "C", times.figure
