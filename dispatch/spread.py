"""Judges sites of several stores, orders whose lines name their stores, splits over sites, and substitutes.

What single stores cannot give as it was ordered is looked for in this order: several sites of one zone, where the order
allows it, the fewest first; then, with substitutes for as few lines as can be, one site, then several.

The door of a split is reached by one courier who collects at its sites one after the other, waits at each until the
goods are packed, and takes the order of sites that is at the door first. Splits are built from the nearest sites of a
zone that can give at least one line (`considered` of them).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, permutations
from typing import NamedTuple

import numpy as np

from dispatch.codes import Code
from dispatch.cover import Cover, Given, Judged, Option, best_cover, options_of
from dispatch.decision import LETTER_OF
from dispatch.eligibility import SiteTimes, Timetable, judge
from dispatch.hours import QUARTER_S
from dispatch.ledger.protocol import Choice, Demand
from dispatch.model import Line
from dispatch.offers import Case, Findings, Found, Free, ranked
from dispatch.scoring import Offer, Scoring
from geo.travel import UNREACHABLE_S, TravelTimes


class _Route(NamedTuple):
    """A courier's way over the sites of an offer: rows in the order of collecting, and what they say there."""

    arrive_s: int
    travel_s: int
    distance_m: int
    rows: tuple[int, ...]
    times: tuple[SiteTimes, ...]


class _Ways(NamedTuple):
    """Travel between the sites of one zone that a split may be built from: seconds and metres by pair of rows."""

    seconds: Mapping[tuple[int, int], int]
    metres: Mapping[tuple[int, int], int]


_NO_WAYS = _Ways({}, {})


class Spread:
    """Judges what takes a search: which of several stores gives which line.

    Parameters
    ----------
    split_sites
        Most sites of a split.
    considered
        Nearest sites of a zone from which splits are built.
    """

    def __init__(
        self, timetable: Timetable, scoring: Scoring, travel: TravelTimes, *, split_sites: int, considered: int
    ) -> None:
        self._timetable = timetable
        self._scoring = scoring
        self._travel = travel
        self._split_sites = split_sites
        self._considered = considered

    def look(self, case: Case) -> Findings:
        """Judge every source in reach, one site at a time, without substitutes."""
        needs = case.intake.needs
        free = self._free(case, case.intake.skus)
        stock = self._stock_seen(case, free)
        letters: list[str] = []
        figures: dict[int, int] = {}
        offers: list[Found] = []
        for row in range(len(case.columns.site)):
            found = self._site(case, row, free, substitutes=False)
            if isinstance(found, Found):
                letters.append(LETTER_OF[None])
                offers.append(found)
                continue
            code, figure = found
            told = any(0 <= units[row] < need.quantity for need, units in zip(needs, stock, strict=True))
            letters.append(LETTER_OF[code])
            if figure and not (code is Code.OUT_OF_STOCK and told):
                figures[row] = figure
        return Findings("".join(letters), figures, np.array(stock), ranked(offers))

    def look_further(self, case: Case, findings: Findings) -> None:
        """Add offers of several sites, then with substitutes, to findings that have none."""
        lines = case.order.lines
        findings.plain = False
        offers: list[Found] = []
        if case.order.split_allowed and len(lines) > 1:
            free = self._free(case, case.intake.skus)
            offers += self._splits(case, findings, free, substitutes=False)
        if not offers and any(line.substitutes for line in lines):
            offers += self._substitutes(case, findings)
        findings.offers = ranked(offers)

    def _substitutes(self, case: Case, findings: Findings) -> list[Found]:
        lines = case.order.lines
        offers: list[Found] = []
        skus = dict.fromkeys(sku for line in lines for sku in (line.sku, *line.substitutes))
        free = self._free(case, list(skus))
        for row in range(len(case.columns.site)):
            found = self._site(case, row, free, substitutes=True)
            if isinstance(found, Found):
                offers.append(found)
        if case.order.split_allowed and len(lines) > 1:
            offers += self._splits(case, findings, free, substitutes=True)
        return offers

    def _free(self, case: Case, skus: Sequence[str]) -> Free:
        stores = np.array([store for row in range(len(case.columns.site)) for store in case.stores_of(row)])
        return {
            (store, sku): count
            for sku, units in zip(skus, case.stock(stores, skus).tolist(), strict=True)
            for store, count in zip(stores.tolist(), units, strict=True)
        }

    def _stock_seen(self, case: Case, free: Free) -> list[list[int]]:
        seen = []
        for need in case.intake.needs:
            lines = [line for line in case.order.lines if line.sku == need.sku]
            seen.append(
                [
                    max(
                        (
                            free[store, need.sku]
                            for store in case.stores_of(row)
                            if any(self._allowed(case, line, store) for line in lines)
                        ),
                        default=-1,
                    )
                    for row in range(len(case.columns.site))
                ]
            )
        return seen

    def _allowed(self, case: Case, line: Line, store: int) -> bool:
        return line.stores is None or case.places.store_ids[store] in line.stores

    def _site(self, case: Case, row: int, free: Free, *, substitutes: bool) -> Found | tuple[Code, int]:
        """Return the best offer of one site, or the code and figure of its refusal."""
        if case.columns.travel_s[row] >= UNREACHABLE_S:
            return Code.UNREACHABLE, 0
        lines, stores = case.order.lines, case.stores_of(row)
        allowed = [any(self._allowed(case, line, store) for store in stores) for line in lines]
        if not any(allowed):
            return Code.STORE_NOT_ALLOWED, 0
        options = [options_of(line, stores, case.places, free, substitutes=substitutes) for line in lines]
        cover = best_cover(lines, options, free, self._judge(case, (row,), _NO_WAYS))
        if cover is None:
            opens_s = self._all_closed(case, row, stores)
            if opens_s is not None:
                return Code.CLOSED, opens_s
            if all(allowed) or any(may and not option for may, option in zip(allowed, options, strict=True)):
                return Code.OUT_OF_STOCK, sum(line.quantity for line, o in zip(lines, options, strict=True) if not o)
            return Code.PARTIAL, sum(allowed)
        if cover.judged.code is not None:
            return cover.judged.code, cover.judged.figure
        return self._offer(case, (row,), cover, _NO_WAYS)

    def _all_closed(self, case: Case, row: int, stores: Sequence[int]) -> int | None:
        """Return when the first of a site's allowed stores opens, if none is open in time; else None."""
        opening = []
        for store in stores:
            if not any(self._allowed(case, line, store) for line in case.order.lines):
                continue
            times = self._timetable.site(case.columns.site.item(row), {store: case.intake.units}, case.wish)
            late = times.ready_s + times.service_s + case.columns.travel_s.item(row) > case.wish.until_s
            if not late or times.blame is not Code.CLOSED:
                return None
            opening.append(times.figure)
        return min((opens_s for opens_s in opening if opens_s), default=0)

    def _splits(self, case: Case, findings: Findings, free: Free, *, substitutes: bool) -> list[Found]:
        """Return the offers of the fewest sites; with substitutes those of any number, for the rank to decide."""
        lines = case.order.lines
        offers: list[Found] = []
        by_zone: dict[str, list[int]] = {}
        options_at: dict[int, list[list[Option]]] = {}
        for row, site in enumerate(case.columns.site.tolist()):
            if case.columns.travel_s[row] >= UNREACHABLE_S:
                break
            near = by_zone.setdefault(case.places.zone_of_site[site], [])
            if len(near) < self._considered:
                stores = case.stores_of(row)
                options = [options_of(line, stores, case.places, free, substitutes=substitutes) for line in lines]
                if any(options):
                    near.append(row)
                    options_at[row] = options
        ways = {zone: self._between(case, near) for zone, near in by_zone.items() if len(near) > 1}
        for sites in range(2, self._split_sites + 1):
            for zone in ways:
                for group in combinations(by_zone[zone], sites):
                    options = [[o for row in group for o in options_at[row][line]] for line in range(len(lines))]
                    cover = best_cover(lines, options, free, self._judge(case, group, ways[zone]))
                    if cover is None:
                        continue
                    if cover.judged.code is None:
                        offers.append(self._offer(case, group, cover, ways[zone]))
                    else:
                        findings.fail(cover.judged)
            if offers and not substitutes:
                break
        return offers

    def _between(self, case: Case, rows: Sequence[int]) -> _Ways:
        """Ask for the travel between the sites of some rows."""
        places = case.places
        sites = [case.columns.site.item(row) for row in rows]
        points = [places.sites[site].point for site in sites]
        depart_s = case.wish.want_s - case.wish.want_s % QUARTER_S
        profile = places.profiles[places.profile_of_site[sites[0]]]
        found = self._travel.many_to_many(points, points, profile=profile, depart_s=depart_s)
        pairs = [(a, b) for a in range(len(rows)) for b in range(len(rows))]
        return _Ways(
            {(rows[a], rows[b]): int(found.durations_s[a, b]) for a, b in pairs},
            {(rows[a], rows[b]): int(found.distances_m[a, b]) for a, b in pairs},
        )

    def _judge(self, case: Case, group: tuple[int, ...], ways: _Ways) -> Callable[[Mapping[int, int]], Judged | None]:
        """Return what judges covers by the stores of some rows, all of which must give something."""
        known: dict[tuple[int, tuple[tuple[int, int], ...]], SiteTimes] = {}
        row_of = {store: row for row in group for store in case.stores_of(row)}

        def judged(units: Mapping[int, int]) -> Judged | None:
            at: dict[int, dict[int, int]] = {row: {} for row in group}
            for store, count in units.items():
                at[row_of[store]][store] = count
            if not all(at.values()):
                return None
            times = []
            for row in group:
                key = (row, tuple(sorted(at[row].items())))
                if key not in known:
                    known[key] = self._timetable.site(case.columns.site.item(row), at[row], case.wish)
                times.append(known[key])
            route = _best_route(case, group, times, ways)
            if route is None:
                return Judged(Code.UNREACHABLE, 0, 0, 0)
            code, figure = judge(route.times, arrive_s=route.arrive_s, until_s=case.wish.until_s)
            return Judged(code, figure, max(each.ready_s for each in times), route.arrive_s)

        return judged

    def _offer(self, case: Case, group: tuple[int, ...], cover: Cover, ways: _Ways) -> Found:
        places = case.places
        units_at: dict[int, dict[int, int]] = {row: {} for row in group}
        row_of = {store: row for row in group for store in case.stores_of(row)}
        for line, (store, _) in zip(case.order.lines, cover.given, strict=True):
            at = units_at[row_of[store]]
            at[store] = at.get(store, 0) + line.quantity
        times = [self._timetable.site(case.columns.site.item(row), units_at[row], case.wish) for row in group]
        route = _best_route(case, group, times, ways)
        assert route is not None  # the cover was judged on it
        offer = Offer(
            cover.substituted,
            tuple(sorted(places.sites[case.columns.site.item(row)].id for row in group)),
            tuple(sorted(places.store_ids[store] for store in cover.stores)),
            route.travel_s,
            route.distance_m,
            max(each.ready_s for each in times),
            route.arrive_s,
        )
        claims = tuple(claim for each in route.times for claim in each.claims)
        return Found(
            self._scoring.terms(offer),
            offer.stores,
            route.arrive_s,
            places.zone_of_site[case.columns.site.item(group[0])],
            Choice(_demands(case, cover.given), claims),
            route.rows,
            tuple(each.ready_s for each in route.times),
            cover,
        )


def _demands(case: Case, given: Given) -> tuple[Demand, ...]:
    wanted: dict[tuple[int, str], int] = {}
    for line, (store, sku) in zip(case.order.lines, given, strict=True):
        wanted[store, sku] = wanted.get((store, sku), 0) + line.quantity
    return tuple(Demand(case.places.store_ids[store], sku, count) for (store, sku), count in wanted.items())


def _best_route(case: Case, group: Sequence[int], times: Sequence[SiteTimes], ways: _Ways) -> _Route | None:
    """Return the order of collecting that is at the door first, or None if the sites cannot reach each other."""
    routes = []
    for order in permutations(range(len(group))):
        at_s, travel_s, distance_m = 0, 0, 0
        for here, there in zip((None, *order), order, strict=False):
            if here is not None:
                way_s = ways.seconds[group[here], group[there]]
                if way_s >= UNREACHABLE_S:
                    break
                at_s, travel_s = at_s + way_s, travel_s + way_s
                distance_m += ways.metres[group[here], group[there]]
            at_s = max(at_s, times[there].ready_s) + times[there].service_s
        else:
            last = group[order[-1]]
            routes.append(
                _Route(
                    at_s + case.columns.travel_s.item(last),
                    travel_s + case.columns.travel_s.item(last),
                    distance_m + case.columns.distance_m.item(last),
                    tuple(group[each] for each in order),
                    tuple(times[each] for each in order),
                )
            )
    return min(routes, key=lambda route: route[:4], default=None)
