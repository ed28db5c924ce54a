"""Which sources serve an order: candidates, eligibility, ranking, and the hold that takes stock and capacity."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dispatch.assembly import allocation_of, sources_of
from dispatch.candidates import Places
from dispatch.codes import Code, Figures, OrderCode, PromiseRefusal
from dispatch.decision import LETTERS, OFFERS, SEEN, Decision, Ranked
from dispatch.directory import Directory, find
from dispatch.eligibility import Timetable, Wish
from dispatch.errors import HoldMismatchError, HoldResolvedError, ModelError
from dispatch.estimates import Estimates
from dispatch.ledger.protocol import HoldState, Ledger, Shortfall
from dispatch.lone import LoneStores
from dispatch.model import Allocation, Order, Source
from dispatch.offers import Case, Findings, Found
from dispatch.prepare import Columns, Preparation, Prepared
from dispatch.refusal import order_code
from dispatch.scoring import NearestFirst, Scoring
from dispatch.seen import Seen
from dispatch.spread import Spread
from geo.travel import TravelTimes


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationParams:
    """How orders are allocated.

    Attributes
    ----------
    hold_s
        How long stock and capacity are set aside for an order before it must be committed.
    pick_lead_s
        How long before a promise that begins later picking begins; its bucket of capacity is claimed.
    choices
        Most offers that are passed to a ledger at once. Where nobody else writes to it, one is enough: nothing can be
        sold out between a look and the hold.
    sources_held
        For an order that is picked later, so many offers are held at once, where they are to be had: those after the
        first are `Decision.others`.
    split_sites, split_considered
        Most sites of a split, and the nearest sites of a zone from which splits are built.
    rounds
        How often sources are looked at anew when everything on offer was sold out in the meantime.
    """

    hold_s: int = 900
    pick_lead_s: int = 1_800
    choices: int = 16
    sources_held: int = 1
    split_sites: int = 3
    split_considered: int = 12
    rounds: int = 3

    def __post_init__(self) -> None:
        """Check every bound."""
        bounds = {
            "hold_s": (1, 2**31),
            "pick_lead_s": (0, 2**31),
            "choices": (1, 16),
            "sources_held": (1, 8),
            "split_sites": (1, 6),
            "split_considered": (1, 64),
            "rounds": (1, 16),
        }
        for name, (least, most) in bounds.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
                raise ModelError(f"allocation.{name}", f"{value!r}: give a whole number from {least} to {most}")


_REFUSED = tuple((letter, code) for letter, code in LETTERS.items() if code is not None)


class Allocator:
    """Finds the sources of orders and holds their stock and capacity. The caller commits the hold, or releases it.

    Parameters
    ----------
    ledgers
        One for each zone that has a store.
    scoring
        What ranks the offers.

    Raises
    ------
    UnknownIdError
        If a zone has no ledger.
    """

    def __init__(
        self,
        directory: Directory,
        travel: TravelTimes,
        estimates: Estimates,
        ledgers: Mapping[str, Ledger],
        params: AllocationParams | None = None,
        scoring: Scoring | None = None,
    ) -> None:
        self.params = params or AllocationParams()
        self._directory = directory
        self._travel = travel
        self._places = Places(directory)
        self._ledgers = {zone: find("ledger of zone", ledgers, zone) for zone in self._places.zones}
        self._views = [self._ledgers[zone].view(self._places.stores_of_zone(zone)) for zone in self._places.zones]
        self._scoring = scoring or NearestFirst()
        self._timetable = Timetable(self._places, estimates)
        self._lone = LoneStores(self._timetable, self._scoring)
        self._spread = Spread(
            self._timetable,
            self._scoring,
            travel,
            split_sites=self.params.split_sites,
            considered=self.params.split_considered,
        )
        self._preparation = Preparation(
            directory, self._places, travel, self._timetable, pick_lead_s=self.params.pick_lead_s
        )
        # Answers while their holds are open, so that a repeated order gets the same.
        self._answers: dict[str, tuple[Order, Decision]] = {}  # by hold
        self._expiries: deque[tuple[int, str]] = deque()

    def allocate(
        self, order: Order, *, now_s: int, queued: Callable[[str], int] | None = None, attempt: int = 0
    ) -> Decision:
        """Find the sources of an order and hold what it needs.

        Parameters
        ----------
        now_s
            Unix seconds.
        queued
            Fulfilments that wait for a picker at a store now; None: nowhere any.
        attempt
            Tells an order that is allocated anew, after its hold has ended, from one that is only sent again.

        Returns
        -------
        The decision. While its hold may be open, the same order and attempt get the same decision.

        Raises
        ------
        HoldMismatchError, HoldResolvedError
            If another order had this id, or the order was allocated before and its hold has ended.
        """
        return self.decide(self.prepare([order], [now_s]), 0, queued=queued, attempt=attempt)

    def prepare(self, orders: Sequence[Order], now_s: Sequence[int]) -> Prepared:
        """Find candidates and travel for many orders at once: `now_s` is when each will be decided."""
        return self._preparation.prepare(orders, now_s)

    def decide(
        self, prepared: Prepared, number: int, *, queued: Callable[[str], int] | None = None, attempt: int = 0
    ) -> Decision:
        """Decide one of the prepared orders, as `allocate` does."""
        order, now_s = prepared.orders[number], prepared.now_s[number]
        known = self._known(order, attempt=attempt, now_s=now_s)
        if known is not None:
            return known
        intake = prepared.intakes[number]
        begin, end = prepared.offsets[number], prepared.offsets[number + 1]
        if isinstance(intake, PromiseRefusal):
            return self._refused(order, now_s, intake.code, intake.figures, in_reach=end - begin)
        places, ledgers = self._places, self._ledgers

        def claimed(store: int, bucket_s: int) -> int:
            return ledgers[places.zone_of_store[store]].claimed(places.store_ids[store], bucket_s, now_s=now_s)

        wish = Wish(now_s, intake.want_s, intake.promise.until_s, queued, claimed)
        case = Case(
            order,
            intake,
            wish,
            Columns(*[column[begin:end] for column in prepared.columns]),
            prepared.stores_in_reach,
            prepared.zones[number],
            prepared.hard[number],
            self._views,
            places,
        )
        return self._settle(case, lone=intake.plain and prepared.lone[number], attempt=attempt)

    def _settle(self, case: Case, *, lone: bool, attempt: int) -> Decision:
        """Look at the sources, and hold; look again where all that was on offer was sold out meanwhile."""
        prefix = case.order.id if attempt == 0 else f"{case.order.id}.{attempt}"
        hold, now_s = f"order:{prefix}", case.wish.now_s
        sold_out: tuple[tuple[Shortfall, ...], ...] = ()
        for _ in range(self.params.rounds):
            findings = self._lone.look(case) if lone else self._spread.look(case)
            if not len(findings.offers):
                self._spread.look_further(case, findings)
            if not len(findings.offers):
                break
            taken, sold_out = self._hold(hold, findings.offers, now_s=now_s)
            if taken is not None:
                decision = self._served(case, findings, taken, sold_out, hold=hold, prefix=prefix)
                decision = self._with_others(decision, case, findings, taken, prefix=prefix)
                self._answers[hold] = (case.order, decision)
                self._expiries.append((now_s + self.params.hold_s, hold))
                return decision
        code, figures = order_code(case, findings)
        return self._decision(case, findings, sold_out=sold_out, code=code, figures=figures)

    def _hold(
        self, hold: str, offers: Sequence[Found], *, now_s: int
    ) -> tuple[int | None, tuple[tuple[Shortfall, ...], ...]]:
        """Hold the first offer that is still to be had, zone by zone: its number, and what those before lacked."""
        sold_out: list[tuple[Shortfall, ...]] = []
        begin = 0
        while begin < min(len(offers), OFFERS):
            lot = [offers[begin]]
            while len(lot) < self.params.choices and begin + len(lot) < min(len(offers), OFFERS):
                following = offers[begin + len(lot)]
                if following.zone != lot[0].zone:
                    break
                lot.append(following)
            ledger = self._ledgers[lot[0].zone]
            choices = [offer.choice for offer in lot]
            result = ledger.hold(hold, choices, expires_s=now_s + self.params.hold_s, now_s=now_s)
            if result.taken is not None:
                state = ledger.state(hold, now_s=now_s)
                if state in (HoldState.RELEASED, HoldState.EXPIRED):
                    raise HoldResolvedError(hold, state)
                return begin + result.taken, (*sold_out, *result.shortfalls)
            sold_out += result.shortfalls
            begin += len(lot)
        return None, tuple(sold_out)

    def _with_others(self, decision: Decision, case: Case, findings: Findings, taken: int, *, prefix: str) -> Decision:
        """Hold further offers after the one taken, if picking does not begin yet; return the decision with them.

        They share no site with it nor with each other, and weigh and ask of a courier the same.
        """
        first, now_s = decision.allocation, case.wish.now_s
        if self.params.sources_held == 1 or first is None or case.wish.want_s <= now_s:
            return decision
        found = [first]
        sites = {source.site for source in first.sources}
        also: list[int] = []
        for rank in range(taken + 1, min(len(findings.offers), OFFERS)):
            if len(found) == self.params.sources_held:
                break
            offer = findings.offers[rank]
            sources = sources_of(case, offer)
            if offer.zone != first.delivery.zone or sites & {source.site for source in sources}:
                continue
            hold = f"{first.hold}~{rank + 1}"
            other = allocation_of(
                case.order,
                sources,
                self._directory,
                hold=hold,
                prefix=prefix,
                at_s=now_s,
                promise=first.promise,
            )
            if (other.delivery.load, other.delivery.skills) != (first.delivery.load, first.delivery.skills):
                continue
            ledger = self._ledgers[offer.zone]
            taken_too = ledger.hold(hold, [offer.choice], expires_s=now_s + self.params.hold_s, now_s=now_s).taken
            if taken_too is not None and ledger.state(hold, now_s=now_s) is HoldState.OPEN:
                found.append(other)
                also.append(rank)
                sites |= {source.site for source in sources}
        return replace(decision, also=tuple(also), others=tuple(found[1:]))

    def _known(self, order: Order, *, attempt: int, now_s: int) -> Decision | None:
        """Return the answer that an order with an open hold got before."""
        while self._expiries and self._expiries[0][0] <= now_s:
            self._answers.pop(self._expiries.popleft()[1], None)
        known = self._answers.get(f"order:{order.id}" if attempt == 0 else f"order:{order.id}.{attempt}")
        if known is None:
            return None
        if known[0] != order:
            raise HoldMismatchError(f"order {order.id} was allocated before with other content: give it its own id")
        return known[1]

    def _served(
        self,
        case: Case,
        findings: Findings,
        taken: int,
        sold_out: tuple[tuple[Shortfall, ...], ...],
        *,
        hold: str,
        prefix: str,
    ) -> Decision:
        sources = sources_of(case, findings.offers[taken])
        allocation = allocation_of(
            case.order,
            sources,
            self._directory,
            hold=hold,
            prefix=prefix,
            at_s=case.wish.now_s,
            promise=case.intake.promise,
        )
        return self._decision(
            case, findings, sold_out=sold_out, taken=taken, sources=sources, allocation=allocation, hold=hold
        )

    def _decision(
        self,
        case: Case,
        findings: Findings,
        *,
        sold_out: tuple[tuple[Shortfall, ...], ...],
        taken: int | None = None,
        sources: tuple[Source, ...] = (),
        allocation: Allocation | None = None,
        hold: str = "",
        code: OrderCode | None = None,
        figures: Figures | None = None,
    ) -> Decision:
        columns, letters = case.columns, findings.letters
        beyond: tuple[tuple[Code, int], ...] = ()
        if len(letters) > SEEN:
            beyond = tuple([(code, count) for letter, code in _REFUSED if (count := letters.count(letter, SEEN))])
        return Decision(
            order=case.order.id,
            at_s=case.wish.now_s,
            level=case.order.service_level,
            directory=self._directory.version,
            travel=self._travel.version,
            hold=hold,
            promise=case.intake.promise,
            needs=case.intake.needs,
            in_reach=len(letters),
            seen=Seen(
                sources=columns.store[:SEEN] if findings.plain else self._names(case),
                names=self._places.store_ids,
                travel_s=columns.travel_s[:SEEN],
                distance_m=columns.distance_m[:SEEN],
                letters=letters[:SEEN],
                figures={row: figure for row, figure in findings.figures.items() if row < SEEN},
                stock=findings.stock[:, :SEEN],
                arrive_s=findings.arrive_s[:SEEN],
            ),
            beyond=beyond,
            offers=None
            if findings.plain
            else tuple([Ranked(offer.stores, offer.terms, offer.arrive_s) for offer in findings.offers[:OFFERS]]),
            term_names=tuple(self._scoring.names),
            taken=taken,
            sold_out=sold_out,
            sources=sources,
            code=code,
            figures=figures or {},
            allocation=allocation,
        )

    def _names(self, case: Case) -> list[str]:
        """Return what the nearest sources are called: by their store where only one is in reach, else by their site."""
        places, columns = self._places, case.columns
        rows = zip(columns.site[:SEEN].tolist(), columns.store.tolist(), columns.width.tolist(), strict=False)
        return [places.store_ids[store] if width == 1 else places.sites[site].id for site, store, width in rows]

    def _refused(self, order: Order, now_s: int, code: OrderCode, figures: Figures, *, in_reach: int) -> Decision:
        """Return the decision on an order that no source was asked for."""
        return Decision(
            order=order.id,
            at_s=now_s,
            level=order.service_level,
            directory=self._directory.version,
            travel=self._travel.version,
            in_reach=in_reach,
            code=code,
            figures=figures,
        )
