"""An audit of a run from what was written down, which trusts neither the engine nor the world.

Outcomes and allocations are the engine's word; everything else is held against them: the diary of stops, drives and
picks, how often each order ended, and the balances when all was over.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dispatch.messages import Action
from dispatch.model import Courier, Fulfilment, Outcome
from scenarios.run import RunResult
from scenarios.watch import imbalance
from scenarios.world.records import Drive, Pick, Stop

SIGMAS = 7.0
"""A drawn travel factor this far below the mean does not occur: less is no travel but a leap."""

T = TypeVar("T", Stop, Drive)


@dataclass(slots=True)
class Audit:
    """How many facts were looked at, and what was wrong with some, in words."""

    checks: int = 0
    faults: list[str] = field(default_factory=list)

    def expect(self, holds: bool, fault: str, *figures: object) -> None:
        """Count a check; note its fault, a template and what goes into it, if it does not hold."""
        self.checks += 1
        if not holds:
            self.faults.append(fault.format(*figures))


def audit(result: RunResult) -> Audit:
    """Look at everything that a run wrote down."""
    book = Audit(checks=result.watch.checks, faults=list(result.watch.faults))
    _ends(result, book)
    _stock(result, book)
    _picks(result, book)
    stops, drives = _by_courier(result.diary.stops), _by_courier(result.diary.drives)
    for courier in result.scenario.couriers:
        _road(result, courier, stops[courier.id], drives[courier.id], book)
        _goods(result, courier, stops[courier.id], book)
    _doors(result, book)
    return book


def _by_courier(items: Sequence[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        found[item.courier].append(item)
    return found


def _ends(result: RunResult, book: Audit) -> None:
    """Every order ends once; what ended as delivered was handed over once, and nothing else was."""
    handed_over = Counter(stop.order for stop in result.diary.stops if stop.action is Action.DROP and not stop.failed)
    known = {order.id for order in result.scenario.orders}
    for name in sorted(known | set(result.watch.ends)):
        ends = result.watch.ends[name]
        book.expect(name in known and ends == 1, "order {} ended {} times", name, ends)
    for order in result.scenario.orders:
        outcome = result.state.orders[order.id].outcome
        wanted = int(outcome is Outcome.DELIVERED)
        had = handed_over[order.id]
        book.expect(
            had == wanted,
            "order {} is {}, handed over {} times",
            order.id,
            outcome,
            had,
        )


def _stock(result: RunResult, book: Audit) -> None:
    """What was on the shelves in the morning is there in the evening, or was delivered; nothing is left in between."""
    received: Counter[tuple[str, str]] = Counter()
    for row in result.scenario.stock:
        received[row.store, row.sku] += row.quantity
    delivered: Counter[tuple[str, str]] = Counter()
    for record in result.state.orders.values():
        if record.outcome is Outcome.DELIVERED:
            for fulfilment in record.live.delivery.fulfilments:
                for part in fulfilment.parts:
                    delivered[fulfilment.store, part.sku] += part.quantity
    seen = set()
    for store, sku, balance in result.balances:
        seen.add((store, sku))
        wrong = imbalance(balance)
        book.expect(not wrong, "{} at {}: {}", sku, store, wrong)
        between = balance.held + balance.allocated + balance.picked + balance.on_courier
        book.expect(between == 0, "{} at {}: {} units still under way", sku, store, between)
        there = (balance.received, balance.delivered)
        meant = (received[store, sku], delivered[store, sku])
        book.expect(there == meant, "{} at {}: {} received and delivered, not {}", sku, store, there, meant)
    for store, sku in sorted(+received | +delivered):
        book.expect((store, sku) in seen, "{} at {}: lost from the books", sku, store)


def _picks(result: RunResult, book: Audit) -> None:
    """Nothing is picked before it is known or loaded twice, and no store has more hands than pickers."""
    loads = Counter(stop.id for stop in result.diary.stops if stop.action is Action.LOAD)
    for name, times in loads.items():
        book.expect(times == 1, "fulfilment {} was loaded {} times", name, times)
    delay_s = result.scenario.policy.decision_delay_s
    by_store: dict[str, list[Pick]] = defaultdict(list)
    for pick in result.diary.picks:
        by_store[pick.store].append(pick)
        record = result.state.orders[result.watch.fulfilment(pick.fulfilment).order]
        known_s = max(record.order.placed_s, result.scenario.start_s) + delay_s
        book.expect(
            known_s <= pick.told_s <= pick.started_s <= pick.finished_s,
            "fulfilment {}: known at {}, {}",
            pick.fulfilment,
            known_s,
            pick,
        )
    for store, picks in sorted(by_store.items()):
        hands = sorted([(pick.started_s, 1) for pick in picks] + [(pick.finished_s, -1) for pick in picks])
        busy = most = 0
        # At one second, hands that finish come before hands that begin.
        for _, change in hands:
            busy += change
            most = max(most, busy)
        pickers = result.scenario.directory.stores[store].pickers
        book.expect(most <= pickers, "store {}: {} picks at once, {} pickers", store, most, pickers)


def _road(result: RunResult, courier: Courier, stops: Sequence[Stop], drives: Sequence[Drive], book: Audit) -> None:
    """A courier is in one place at a time, gets nowhere faster than it can, and works only on duty."""
    shift = result.diary.shifts[courier.id]
    on_s, off_s = shift.on_duty_s, shift.off_duty_s
    if on_s is None:
        book.expect(not drives and not stops, "courier {} never came, and yet worked", courier.id)
        return
    book.expect(on_s >= courier.shift.from_s, "courier {} came at {}, before its shift", courier.id, on_s)
    home_s = math.inf if off_s is None else off_s
    book.expect(off_s is not None, "courier {} never went home", courier.id)
    by_visit: dict[str, list[Stop]] = defaultdict(list)
    for stop in stops:
        by_visit[stop.visit].append(stop)
    place, free_s = courier.start, on_s
    for drive in drives:
        book.expect(drive.origin == place, "{} does not begin at {}", drive, place)
        book.expect(drive.set_off_s >= free_s, "{} begins before {}", drive, free_s)
        least_s = _least_s(result, courier, drive)
        book.expect(
            drive.arrived_s - drive.set_off_s >= least_s,
            "{} takes less than {} s",
            drive,
            least_s,
        )
        place, free_s = drive.destination, drive.arrived_s
        for stop in by_visit.pop(drive.visit, []):
            book.expect(
                stop.point == place and free_s <= stop.started_s <= stop.done_s and stop.told_s <= drive.set_off_s,
                "{} is not at {} after {}",
                stop,
                place,
                free_s,
            )
            free_s = stop.done_s
    book.expect(free_s <= home_s, "courier {} works till {}, and goes home at {}", courier.id, free_s, home_s)
    book.expect(not by_visit, "courier {} was at {} without having gone there", courier.id, sorted(by_visit))
    busy_s = shift.driving_s + shift.waiting_s + shift.service_s
    book.expect(busy_s <= home_s - on_s, "courier {} was busy {} s of its time on duty", courier.id, busy_s)


def _least_s(result: RunResult, courier: Courier, drive: Drive) -> int:
    """Return the least time that the way can take."""
    if drive.origin == drive.destination:
        return 0
    cv = result.scenario.durations.travel_factor_cv
    variance = math.log1p(cv * cv)
    travel = result.scenario.true_travel.many_to_many(
        [drive.origin], [drive.destination], profile=courier.profile, depart_s=drive.set_off_s
    )
    return math.floor(int(travel.durations_s[0, 0]) * math.exp(-variance / 2 - SIGMAS * math.sqrt(variance)))


def _goods(result: RunResult, courier: Courier, stops: Sequence[Stop], book: Audit) -> None:
    """What is dropped or returned was loaded before, what is loaded was packed before, and it all fits."""
    packed_s = {pick.fulfilment: pick.finished_s for pick in result.diary.picks}
    on_board: dict[str, Fulfilment] = {}
    for stop in stops:
        goods = [result.watch.fulfilment(name) for name in stop.fulfilments]
        if stop.action is Action.LOAD:
            ready_s = packed_s.get(stop.id, math.inf)
            book.expect(
                stop.id not in on_board and ready_s <= stop.started_s,
                "{}: loaded before, or packed only at {}",
                stop,
                ready_s,
            )
            on_board.update((part.id, part) for part in goods)
            _fits(result, courier, list(on_board.values()), book)
        else:
            book.expect(
                all(part.id in on_board for part in goods),
                "{}: not everything is on board",
                stop,
            )
        if stop.site is not None:
            book.expect(all(part.site == stop.site for part in goods), "{}: goods of another site", stop)
        if stop.action is not Action.LOAD and not stop.failed:
            for part in goods:
                on_board.pop(part.id, None)
    book.expect(not on_board, "courier {} goes home with {} on board", courier.id, sorted(on_board))


def _fits(result: RunResult, courier: Courier, on_board: Sequence[Fulfilment], book: Audit) -> None:
    items = result.scenario.directory.items
    parts = [part for fulfilment in on_board for part in fulfilment.parts]
    weight_g = sum(items[part.sku].weight_g * part.quantity for part in parts)
    volume_ml = sum(items[part.sku].volume_ml * part.quantity for part in parts)
    names = {fulfilment.id for fulfilment in on_board}
    # An order counts as a delivery with its first fulfilment.
    deliveries = sum(
        result.state.orders[order].live.delivery.fulfilments[0].id in names
        for order in {fulfilment.order for fulfilment in on_board}
    )
    load = (weight_g, volume_ml, deliveries)
    book.expect(
        all(used <= room for used, room in zip(load, courier.capacity, strict=True)),
        "courier {} carries {}, more than {}",
        courier.id,
        load,
        courier.capacity,
    )
    needed = frozenset().union(*(items[part.sku].skills for part in parts))
    book.expect(needed <= courier.skills, "courier {} lacks {}", courier.id, sorted(needed - courier.skills))


def _doors(result: RunResult, book: Audit) -> None:
    """Nothing is told before it is known; a door is tried in its window, in order, with a pause, and not too often."""
    policy = result.scenario.policy
    last: dict[str, Stop] = {}
    for stop in sorted(result.diary.stops, key=lambda stop: stop.started_s):
        record = result.state.orders[stop.order]
        known_s = max(record.order.placed_s, result.scenario.start_s) + policy.decision_delay_s
        book.expect(stop.told_s >= known_s, "{}: told before {}", stop, known_s)
        if stop.action is not Action.DROP:
            continue
        before = last.get(stop.order)
        again_s = record.promise.from_s if before is None else before.done_s + policy.retry_after_s
        number = 1 if before is None else before.attempt + 1
        book.expect(
            stop.started_s >= again_s and stop.attempt == number <= policy.attempts,
            "{}: is try {}, not before {}",
            stop,
            number,
            again_s,
        )
        last[stop.order] = stop
